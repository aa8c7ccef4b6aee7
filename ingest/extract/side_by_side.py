"""A table of recommendations with their responses beside them, as it survives in plain text.

Each cell is a paragraph of its own: a numbered recommendation (a group's name may stand before
its number or as a paragraph before it), then its response, up to the next number.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.document import Block, BlockKind, Document, Line, Range

_COLUMNS = re.compile(
    r"\baanbeveling(?:en)?\b.*\b(?:inbedding|reactie|antwoord|kabinetsreactie)\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"^(?P<group>\D*?)\s*(?P<number>\d{1,2}) {1,2}(?P<text>[A-Z].*)$", re.DOTALL)
_GROUP_WORDS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A recommendation, its number and group as printed, and the response beside it."""

    group: str
    number: str
    left: tuple[Block, Range]
    right: list[tuple[Block, Range]]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The table: a block that introduces it, and its rows."""

    heading: Block
    rows: tuple[Row, ...]


def read(document: Document) -> Iterator[SideBySide]:
    """The tables of recommendations and responses in a document."""
    tables = list(document.of_kind(BlockKind.TABLE))
    index = 0
    while index < len(tables):
        if not _COLUMNS.search(tables[index].text.text[:200]):
            index += 1
            continue
        last = index + 1
        while last < len(tables) and _COLUMNS.search(tables[last].text.text[:200]):
            last += 1
        rows = tuple(_rows(tables[index:last]))
        if rows:
            yield SideBySide(_introduction(document, tables[index]), rows)
        index = last


def _introduction(document: Document, table: Block) -> Block:
    """The heading right before the table, or the table itself where there is none."""
    before = document.blocks[table.order - 1] if table.order else table
    return before if before.kind is BlockKind.HEADING else table


def _rows(tables: list[Block]) -> Iterator[Row]:
    group, expected = "", 1
    current: Row | None = None
    for block, place in [(table, place) for table in tables for place in _paragraphs(table)]:
        text = block.text.text[place.start : place.end]
        numbered = _NUMBERED.match(text)
        if numbered and int(numbered["number"]) == expected:
            if current is not None:
                yield current
            group = numbered["group"].strip() or group
            start = place.start + numbered.start("text")
            current = Row(group, numbered["number"], (block, Range(start, place.end)), [])
            expected += 1
        elif _COLUMNS.search(text):
            continue
        elif len(text.split()) <= _GROUP_WORDS and not text.rstrip().endswith("."):
            group = text.strip()
        elif current is not None:
            current.right.append((block, place))
    if current is not None:
        yield current


def _paragraphs(block: Block) -> Iterator[Range]:
    """The paragraphs of a table: its runs of lines without an empty line or a new page between."""
    run: list[Line] = []
    for line in block.lines:
        if run and _starts_anew(line, run[-1]):
            yield from _range(block, run)
            run = []
        if line.text.strip():
            run.append(line)
    yield from _range(block, run)


def _starts_anew(line: Line, previous: Line) -> bool:
    """Whether a line does not go on with the one before: a gap, a new page, the column heads."""
    apart = not line.text.strip() or line.start > previous.end + 1 or line.page != previous.page
    return apart or bool(_COLUMNS.search(line.text) or _COLUMNS.search(previous.text))


def _range(block: Block, run: list[Line]) -> Iterator[Range]:
    if run:
        start = bisect_left(block.text.offsets, run[0].start)
        end = bisect_left(block.text.offsets, run[-1].end)
        if start < end:
            yield Range(start, end)
