"""The structure of a document for a person to look over: one line for each block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ingest.document import Block, BlockKind, Document, VoiceKind

FIRST_WORDS = 72
_INDENT = "  "


def outline_text(document: Document, name: str) -> str:
    """What was found of the document, its blocks under their headings, and what is to be doubted.

    A heading stands at the depth of its section, with its number; any other block below it, with
    its kind, its page, what marks it and its first words.
    """
    return "\n".join([*_summary(document, name), "", *_blocks(document), *_warnings(document)])


def _summary(document: Document, name: str) -> Iterator[str]:
    sentences = sum(len(block.sentences) for block in document.blocks)
    notes = sum(1 for _ in document.of_kind(BlockKind.FOOTNOTE))
    references = sum(len(block.notes) for block in document.blocks)
    yield name
    yield (
        f"{len(document.source.text):,} characters, {document.pages} pages, "
        f"{len(document.sections)} sections, {len(document.blocks)} blocks, "
        f"{sentences} sentences"
    )
    yield (
        f"{notes} notes, {references} references to notes, {len(document.boxes)} boxes, "
        f"{len(document.links)} links, {len(document.warnings)} warnings"
    )
    kinds = Counter(block.kind.value for block in document.blocks)
    yield ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    for found in document.metadata:
        place = f" at {found.span.start}-{found.span.end}" if found.span else ""
        note = f" ({found.note})" if found.note else ""
        yield f"{found.name}: {_words(found.value)} [{found.sureness.value}{place}]{note}"


def _blocks(document: Document) -> Iterator[str]:
    for block in document.blocks:
        section = document.sections[block.section] if block.section is not None else None
        depth = section.level if section else 0
        if section and section.heading == block.order:
            number = f"{section.number} " if section.number else ""
            indent = _INDENT * (depth - 1)
            yield f"{indent}# {number}{_words(section.title)}  (p. {block.page})"
        else:
            yield _INDENT * depth + _line(document, block)


def _line(document: Document, block: Block) -> str:
    label = f"{block.marker} " if block.marker else ""
    marks = "".join(f" <{mark}>" for mark in _marks(document, block))
    return f"{block.kind.value} p. {block.page}{marks}: {label}{_words(block.text.text)}"


def _marks(document: Document, block: Block) -> Iterator[str]:
    """What sets a block apart: what it does, who speaks, where it stands, what it holds."""
    if block.kind is BlockKind.LIST_ITEM and block.level > 1:
        yield f"depth {block.level}"
    if block.role is not None:
        yield f"{block.role.value}, group {block.group}"
    if block.voice.kind is not VoiceKind.PUBLISHER:
        yield f"voice: {block.voice.name or block.voice.kind.value}"
    if block.attribution:
        yield f"says {_words(block.attribution)}"
    if block.box is not None:
        title = next((box.title for box in document.boxes if box.order == block.box), "")
        yield f"box {block.box + 1}{': ' + _words(title) if title else ''}"
    if block.table is not None:
        columns = max((len(row.cells) for row in block.table.rows), default=0)
        unit = f", {block.table.unit}" if block.table.unit else ""
        yield f"{len(block.table.rows)} rows of {columns} cells{unit}"
    if block.notes:
        yield "notes " + ", ".join(note.label for note in block.notes)


def _warnings(document: Document) -> Iterator[str]:
    if document.warnings:
        yield ""
        yield from (f"warning: {warning}" for warning in document.warnings)


def _words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= FIRST_WORDS else line[: FIRST_WORDS - 1].rstrip() + "…"
