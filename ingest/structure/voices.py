"""Who speaks in a block, as far as the document's structure shows it.

The publisher speaks unless a block quotes someone, recommends on an evaluator's behalf, reports an
evaluator's words from its first sentence to its last, or stands in a part that names its author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.document import Block, BlockKind, BlockRole, Section, Voice, VoiceKind
from ingest.structure.advice import LEAD_IN

_AUTHOR = re.compile(r"\b(?:opgesteld|geschreven|verzorgd) door (.+)$", re.IGNORECASE)
_SAYS = r"(?:stelt|concludeert|constateert|oordeelt|beveelt|adviseert|raadt|vindt|benadrukt)"
_EVALUATOR = re.compile(
    rf"^(?:(?:Zoals|Ook|Daarnaast|Verder|Tot slot)\s+{_SAYS}\s+)?(?:de\s+|het\s+)?"
    rf"(?P<name>[A-Z]{{2,6}}|evaluatoren|onderzoekers|(?:IOB-)?evaluatie)\s+(?:\w+\s+)?{_SAYS}\b",
    re.IGNORECASE,
)
_ADVISER = re.compile(
    r"(?P<name>\b[A-Z]{2,6}\b|\b[dD]e (?:evaluatie|evaluatoren|onderzoekers|commissie))"
    r"[^.:]{0,60}\b(?:raadt|raden|beveelt|bevelen|adviseert|adviseren)\b"
)

_PUBLISHER = Voice()


def with_voices(blocks: Sequence[Block], sections: Sequence[Section]) -> tuple[Block, ...]:
    """The blocks, each with the voice that structure shows."""
    advisers = dict(_advisers(blocks))
    authors = [_author(section, sections) for section in sections]
    voices = (_voice(block, authors, advisers) for block in blocks)
    return tuple(
        block if voice == block.voice else replace(block, voice=voice)
        for block, voice in zip(blocks, voices, strict=True)
    )


def _voice(block: Block, authors: Sequence[str], advisers: dict[int, str]) -> Voice:
    if block.kind is BlockKind.PULL_QUOTE:
        return Voice(VoiceKind.QUOTED, block.attribution)
    if block.role is BlockRole.RECOMMENDATION:
        return Voice(VoiceKind.EVALUATOR, advisers.get(block.group, ""))
    first = _EVALUATOR.match(block.text.text)
    if first and all(_EVALUATOR.match(sentence) for sentence in _sentences(block)):
        return Voice(VoiceKind.EVALUATOR, first["name"])
    author = authors[block.section] if block.section is not None else ""
    return Voice(VoiceKind.PART, author) if author else _PUBLISHER


def _author(section: Section, sections: Sequence[Section]) -> str:
    """Who wrote a section, as its heading or one around it says; "" if none does."""
    at: Section | None = section
    while at is not None:
        if author := _AUTHOR.search(at.title):
            return author[1]
        at = sections[at.parent] if at.parent is not None else None
    return ""


def _advisers(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Who advises in each group, as its announcement names it."""
    last = ""
    group = 0
    for block in blocks:
        if LEAD_IN.search(block.text.text):
            named = _ADVISER.search(block.text.text)
            last = named["name"] if named else ""
        if block.role is BlockRole.RECOMMENDATION and block.group != group:
            group = block.group
            yield group, last
            last = ""


def _sentences(block: Block) -> list[str]:
    return [block.text.text[sentence.start : sentence.end] for sentence in block.sentences]
