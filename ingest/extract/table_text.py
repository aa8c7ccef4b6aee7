"""Budget tables as they survive in plain text: rows of a label and figures, under years.

Two layouts occur: a row on a line ("Klimaat 30 65 100"), and a cell on a line that begins with a
tab, with an empty line between rows (a table pasted from a word processor).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.document import Block, Line, Span

_FIGURE = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})*(?:,\d+)?(?![\w.,])")
_YEAR = re.compile(r"\b((?:19|20)\d{2})(?:\s+e\.v\.)?")
_UNIT = re.compile(r"x\s*(?:EUR|€|euro)\s*(1\.?000|miljoen|mln|miljard|mld)?", re.IGNORECASE)
_FACTORS = {None: 1, "1000": 1_000, "miljoen": 10**6, "mln": 10**6, "miljard": 10**9, "mld": 10**9}
MINIMUM_YEARS = 3


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


def read(block: Block) -> BudgetTable | None:
    """The budget table in a table block; None where it has no unit in euros or no years."""
    lines = [line for line in block.lines if line.text.strip()]
    unit = next((match for line in lines if (match := _UNIT.search(line.text))), None)
    if unit is None:
        return None
    factor = unit[1].lower().replace(".", "") if unit[1] else None
    rows = _by_tabs(block.lines) if _pasted(block.lines) else [[line] for line in lines]
    header = next((i for i, row in enumerate(rows) if len(_years(row)) >= MINIMUM_YEARS), None)
    if header is None:
        return None
    columns = _years(rows[header])
    body = (_row(row, len(columns)) for row in rows[header + 1 :])
    return BudgetTable(
        " ".join(lines[0].text.split()),
        _span(lines[0]),
        _FACTORS[factor],
        tuple(columns),
        tuple(row for row in body if row is not None),
    )


def _pasted(lines: tuple[Line, ...]) -> bool:
    return sum(line.text.startswith("\t") for line in lines) > len(lines) / 2


def _by_tabs(lines: tuple[Line, ...]) -> list[list[Line]]:
    """The rows: runs of cells without an empty line or empty cells between them."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and line.start <= rows[-1][-1].end + 1:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _years(row: list[Line]) -> list[Column]:
    text = " ".join(line.text.strip() for line in row)
    columns = [Column(match[0], int(match[1])) for match in _YEAR.finditer(text)]
    if columns and re.search(r"\bTotaal$", text.strip(), re.IGNORECASE):
        columns.append(Column("Totaal", None))
    return columns


def _row(row: list[Line], width: int) -> Row | None:
    """A row's figures, counted from the right: a figure missing on the left shifts the others."""
    if not row:
        return None
    cells = [
        Cell(match[0], _at(line, match.start(), match.end()), _value(match[0]))
        for line in row
        for match in _FIGURE.finditer(line.text)
    ]
    label_line = row[0]
    first = re.search(r"\S", label_line.text)
    if len(row) == 1:  # a row on a line: the label may hold figures itself ("artikel 4.1")
        cells = _trailing(label_line, cells)[-width:]
        end = cells[0].span.start - label_line.start if cells else 0
        end = len(label_line.text[:end].rstrip())
    else:
        end = len(label_line.text.rstrip())
        cells = [cell for cell in cells if cell.span.start >= label_line.end]
    if first is None or not cells or end <= first.start():
        return None
    label = " ".join(label_line.text[first.start() : end].split())
    placed = _placed(cells[-width:], width, len(row) > 1)
    return Row(label, _at(label_line, first.start(), end), placed)


def _trailing(line: Line, cells: list[Cell]) -> list[Cell]:
    """The figures at the end of a line, with nothing but space between and after them."""
    kept: list[Cell] = []
    after = len(line.text)
    for cell in reversed(cells):
        if line.text[cell.span.end - line.start : after].strip():
            break
        kept.insert(0, cell)
        after = cell.span.start - line.start
    return kept


def _placed(cells: list[Cell], width: int, pasted: bool) -> tuple[Cell | None, ...]:
    missing: list[Cell | None] = [None] * (width - len(cells))
    return tuple([*cells, *missing] if pasted else [*missing, *cells])


def _value(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _span(line: Line) -> Span:
    text = line.text
    return _at(line, len(text) - len(text.lstrip()), len(text.rstrip()))


def _at(line: Line, start: int, end: int) -> Span:
    return Span(line.start + start, line.start + end)
