"""A document's text to be read: its blocks in order, put together as a page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from ontology.names import VOCABULARY
from server.linked.passage import Passage, Run, runs
from server.pages.select import Row

_BLANK_LINES = re.compile(r"\s*\n\s*\n\s*")
_TOGETHER = {"ListItem": "list", "Footnote": "notes"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a block that nothing interrupts; ``page`` where a new page begins with it."""

    runs: tuple[Run, ...]
    page: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """A block: ``kind`` is its class, ``level`` the depth of a heading or list item, 1 outermost.

    ``opens`` is the section that begins with it; a table has a line for each row. ``first`` when
    the passage that was asked for begins in it.
    """

    order: int
    kind: str
    marker: str
    level: int
    opens: str
    pieces: tuple[Piece, ...]
    first: bool = False

    @property
    def marked(self) -> bool:
        """Whether the passage asked for, or part of it, stands here."""
        return any(run.marked for piece in self.pieces for run in piece.runs)

    @property
    def page(self) -> int | None:
        """The page that begins with this block."""
        return self.pieces[0].page

    @property
    def role(self) -> str:
        """How it is shown: in a list, among notes, or by itself."""
        return _TOGETHER.get(self.kind, self.kind.lower())


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together: the items of a list, the notes of a page; else one block."""

    role: str
    page: int | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the table of contents; ``name`` is the end of its IRI."""

    name: str
    title: str
    number: str
    level: int


def wanted_exactly(rows: Iterable[Row], passage: Passage | None) -> list[str]:
    """The places whose exact text is needed: where the passage is, and tables."""
    return [
        row["evidence"].value
        for row in rows
        if _kind(row) == "Table" or (passage is not None and passage.touches(*_span(row)))
    ]


def blocks(
    rows: Iterable[Row], exact: Mapping[str, str], passage: Passage | None
) -> tuple[Block, ...]:
    """The blocks of rows in reading order. ``exact`` is the exact text by evidence."""
    made: list[Block] = []
    opened: set[str] = set()
    page, found = 0, False
    for _, same in groupby(rows, key=lambda row: row["order"].value):
        parts = list(same)
        pieces: list[Piece] = []
        for row in parts:
            at = int(row["page"].value) if "page" in row else 0
            # A note may stand on an earlier page than the text that runs on around it.
            pieces.append(Piece(_runs(row, exact, passage), at if at > page else None))
            page = max(page, at)
        block = _block(parts, tuple(pieces), opened, found=found)
        found = found or block.marked
        made.append(block)
    return tuple(made)


def grouped(made: Iterable[Block]) -> tuple[Group, ...]:
    """The blocks with those that belong together put together, anew on a new page."""
    groups: list[Group] = []
    for block in made:
        last = groups[-1] if groups else None
        together = block.kind in _TOGETHER and block.page is None
        if last is not None and together and last.role == block.role:
            groups[-1] = Group(last.role, last.page, (*last.blocks, block))
        else:
            groups.append(Group(block.role, block.page, (block,)))
    return tuple(groups)


def contents(rows: Iterable[Row]) -> tuple[Section, ...]:
    """The table of contents."""
    return tuple(
        Section(
            name=_end(row["section"].value),
            title=row["title"].value,
            number=row["number"].value if "number" in row else "",
            level=int(row["level"].value),
        )
        for row in rows
    )


def _block(
    rows: list[Row],
    pieces: tuple[Piece, ...],
    opened: set[str],
    *,
    found: bool,
) -> Block:
    row = rows[0]
    kind = _kind(row)
    section = _end(row["section"].value) if "section" in row else ""
    opens = section if kind == "Heading" and section not in opened else ""
    opened.add(opens)
    marked = any(run.marked for piece in pieces for run in piece.runs)
    return Block(
        order=int(row["order"].value),
        kind=kind,
        marker=row["number"].value if "number" in row else "",
        level=int(row["level"].value) if "level" in row else 1,
        opens=opens,
        pieces=pieces,
        first=marked and not found,
    )


def _runs(row: Row, exact: Mapping[str, str], passage: Passage | None) -> tuple[Run, ...]:
    text = row["quote"].value
    literal = exact.get(row["evidence"].value, "")
    start, end = _span(row)
    if _kind(row) == "Table" and literal:
        text = literal = _table_rows(literal)
    if passage is None or not passage.touches(start, end):
        return (Run(text),)
    return runs(text, literal, start, passage)


def _table_rows(exact: str) -> str:
    """A table's text with a line for each row, every character in its place.

    The sources separate rows by blank lines, and cells by spaces or by single line ends.
    """
    lines = _BLANK_LINES.sub(lambda gap: "\x00" + " " * (len(gap[0]) - 1), exact)
    return lines.replace("\n", " ").replace("\x00", "\n")


def _span(row: Row) -> tuple[int, int]:
    return int(row["start"].value), int(row["end"].value)


def _kind(row: Row) -> str:
    return row["kind"].value.removeprefix(VOCABULARY)


def _end(iri: str) -> str:
    return iri.rpartition("/")[2]
