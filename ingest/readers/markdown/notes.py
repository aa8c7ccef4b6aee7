"""Footnotes in Markdown: "[^1]" in the text and "[^1]: ..." at the start of a line."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_DEFINITION = re.compile(r"\[\^([^\]\s]{1,60})\]:[ \t]*")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,60})\]")
_INDENT = 2  # columns; a line indented this far goes on with a note after an empty line
_DEFINED = "notes"  # key of the labels in the parser's environment


def notes_plugin(markdown: MarkdownIt) -> None:
    """Make the parser give ``note_open``, ``note_close`` and ``note_reference`` tokens."""
    markdown.block.ruler.before(
        "reference", "note", _definition, {"alt": ["paragraph", "reference"]}
    )
    markdown.inline.ruler.before("link", "note_reference", _reference)


def _definition(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """A note's text, with the lines that go on with it."""
    if state.is_code_block(line):
        return False
    start = state.bMarks[line] + state.tShift[line]
    match = _DEFINITION.match(state.src, start, state.eMarks[line])
    if match is None or silent:
        return match is not None
    paragraphs = [[state.src[match.end() : state.eMarks[line]]]]
    following = line + 1
    while following < end_line and _goes_on(state, following, end_line):
        begin = state.bMarks[following] + state.tShift[following]
        if state.isEmpty(following):
            paragraphs.append([])
        else:
            paragraphs[-1].append(state.src[begin : state.eMarks[following]])
        following += 1
    state.env.setdefault(_DEFINED, set()).add(match[1])
    state.push("note_open", "", 1).meta = {"label": match[1]}
    for paragraph in paragraphs:
        text = "\n".join(paragraph).strip()
        if text:
            inline = state.push("inline", "", 0)
            inline.content, inline.map, inline.children = text, [line, following], []
    state.push("note_close", "", -1)
    state.line = following
    return True


def _goes_on(state: StateBlock, line: int, end_line: int) -> bool:
    """Whether a line belongs to the note above it."""
    if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
        return False
    if state.isEmpty(line):
        after = state.skipEmptyLines(line)
        return after < end_line and _indent(state, after) >= _INDENT
    if state.isEmpty(line - 1):
        return _indent(state, line) >= _INDENT
    terminators = state.md.block.ruler.getRules("paragraph")
    return not any(rule(state, line, end_line, True) for rule in terminators)


def _indent(state: StateBlock, line: int) -> int:
    return state.sCount[line] - state.blkIndent


def _reference(state: StateInline, silent: bool) -> bool:
    """A reference to a note that has a text somewhere in the document."""
    if state.src[state.pos] != "[":
        return False
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None or match[1] not in state.env.get(_DEFINED, ()):
        return False
    if not silent:
        state.push("note_reference", "", 0).meta = {"label": match[1]}
    state.pos = match.end()
    return True
