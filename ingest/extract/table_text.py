"""Budget tables: rows of a label and figures, under years, with a unit in euros."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.document import Block, BlockKind, Document, Range, Span
from ingest.document import Row as TextRow

_FIGURE = re.compile(r"[-–−]?\d{1,3}(?:\.?\d{3})*(?:,\d+)?")
_YEAR = re.compile(
    r"(?:(?:realisatie|begroting|raming|stand|budget)\s+)?((?:19|20)\d{2})(?:\s+e\.v\.)?",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"totaal", re.IGNORECASE)
_UNIT = re.compile(
    r"(?:\b(?:x|in)|×)\s*(?:(?:EUR|€|euro)\s*)(?:1\s*(?=m))?"
    r"(1\.?000(?:\.000)?|miljoen|mln|miljard|mld|duizend)?"
    r"|(?:\b(?:x|in)|×)\s*(?:1\s*(?=m))?(1\.?000(?:\.000)?|miljoen|mln|miljard|mld|duizend)(?:en)?\.?"
    r"\s*(?:EUR|€|euro)"
    r"|(?:€|EUR)\s*(?:x|×)\s*(?:1\s*(?=m))?(1\.?000(?:\.000)?|miljoen|mln|miljard|mld|duizend)",
    re.IGNORECASE,
)
_FACTORS = {
    "": 1,
    "1000": 1_000,
    "duizend": 1_000,
    "1000000": 10**6,
    "miljoen": 10**6,
    "mln": 10**6,
    "miljard": 10**9,
    "mld": 10**9,
}
MINIMUM_YEARS = 3
_LINES = (BlockKind.PARAGRAPH, BlockKind.HEADING)
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as printed, where it stands, and its value before the table's multiplier."""

    text: str
    span: Span
    value: Decimal


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading as printed; ``year`` is None for a total over the years."""

    label: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its label and a cell, or None, for each column."""

    label: str
    span: Span
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """A table of amounts in euros per year; a figure stands for ``value * multiplier`` euros."""

    title: str
    title_span: Span
    multiplier: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def read(document: Document, block: Block) -> BudgetTable | None:
    """The budget table in a table block; None where it has no unit in euros or no years."""
    table = block.table
    if table is None:
        return None
    headers = [row for row in table.rows if row.header]
    header = next(
        (row for row in reversed(headers) if len(_years(block, row)) >= MINIMUM_YEARS), None
    )
    title = _title(document, block)
    unit = _UNIT.search(title[0].text.text) or _UNIT.search(_words(block, headers))
    if header is None or unit is None:
        return None
    columns = _years(block, header)
    rows = (_row(block, row, columns) for row in table.rows if not row.header)
    return BudgetTable(
        title[0].text.text[title[1].start : title[1].end],
        title[0].spans(title[1].start, title[1].end)[0],
        _FACTORS[(unit[1] or unit[2] or unit[3] or "").lower().replace(".", "")],
        tuple(columns.values()),
        tuple(row for row in rows if row is not None),
    )


def _title(document: Document, block: Block) -> tuple[Block, Range]:
    """The caption right before the table, or the line there that gives a unit in euros, or else the
    table's first cell.
    """
    before = document.blocks[block.order - 1] if block.order else block
    line = before.kind in _LINES and len(before.text.text) <= _LONGEST_TITLE
    if before.kind is BlockKind.CAPTION or (line and _UNIT.search(before.text.text)):
        return before, Range(0, len(before.text.text))
    assert block.table is not None
    first = next((cell for row in block.table.rows for cell in row.cells if cell), None)
    return block, first or Range(0, len(block.text.text))


def _words(block: Block, rows: Sequence[TextRow]) -> str:
    cells = (cell for row in rows for cell in row.cells if cell is not None)
    return " ".join(block.text.text[cell.start : cell.end] for cell in cells)


def _years(block: Block, row: TextRow) -> dict[int, Column]:
    """The columns of years, and of their total, by their place in the row."""
    columns: dict[int, Column] = {}
    for place, cell in enumerate(row.cells):
        text = block.text.text[cell.start : cell.end] if cell else ""
        if year := _YEAR.fullmatch(text):
            columns[place] = Column(text, int(year[1]))
        elif columns and _TOTAL.fullmatch(text):
            columns[place] = Column(text, None)
    return columns


def _row(block: Block, row: TextRow, columns: dict[int, Column]) -> Row | None:
    label = row.cells[0] if row.cells else None
    if label is None or 0 in columns:
        return None
    cells = tuple(
        _cell(block, row.cells[place] if place < len(row.cells) else None) for place in columns
    )
    if not any(cells):
        return None
    span = block.spans(label.start, label.end)[0]
    return Row(block.text.text[label.start : label.end], span, cells)


def _cell(block: Block, place: Range | None) -> Cell | None:
    text = block.text.text[place.start : place.end] if place else ""
    if place is None or not _FIGURE.fullmatch(text):
        return None
    value = Decimal(re.sub("[–−]", "-", text).replace(".", "").replace(",", "."))
    return Cell(text, block.spans(place.start, place.end)[0], value)
