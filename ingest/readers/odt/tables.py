"""The tables of an ODT file: rows of cells, with repetitions kept within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.docx.tables import is_blank
from ingest.readers.extraction import Run
from ingest.readers.odt.inline import Gathered
from ingest.readers.odt.xml import TABLE, TEXT, count

_COLUMNS = 63
_ROWS = 100  # that are the same
_BOX_ROWS = 2  # a title and the text under it
_BOX_PARAGRAPHS = 40  # in one cell; a longer one is the page itself
_HEADER = TABLE + "table-header-rows"
_GROUPS = (_HEADER, TABLE + "table-rows", TABLE + "table-row-group")
_CELL = TABLE + "table-cell"
_COVERED = TABLE + "covered-table-cell"

Row = list[list[Run]]


@dataclass(slots=True)
class GatheredTable:
    """A table's cells, and what is written after it."""

    rows: list[Row] = field(default_factory=list)
    header_rows: int = 0
    inside: Gathered = field(default_factory=Gathered)
    tables: list[etree._Element] = field(default_factory=list)


CellReader = Callable[[etree._Element, GatheredTable], list[Run]]


def gather_table(table: etree._Element, read: CellReader) -> GatheredTable:
    """Read a table; ``read`` gives a cell's runs and adds to what is written after the table."""
    found = GatheredTable()
    headers = 0
    for row, is_header in _rows(table):
        if row.tag == TEXT + "soft-page-break":
            found.inside.breaks_after += 1
            continue
        cells = _cells(row, read, found)
        times = count(row, TABLE + "number-rows-repeated", 1, _ROWS) if any(cells) else 1
        found.rows.extend([cells] * max(times, 1))
        headers += is_header
    width = max((_width(row) for row in found.rows), default=0)
    found.rows = [row[:width] for row in found.rows]
    headers = sum(not is_blank(row) for row in found.rows[:headers])
    found.rows = [row for row in found.rows if not is_blank(row)]
    found.header_rows = headers or int(_begins_bold(found.rows))
    return found


def box_cells(table: etree._Element) -> list[etree._Element]:
    """The cells of a table that only draws a frame around text; none for a real table."""
    cells: list[etree._Element] = []
    for row, _ in _rows(table):
        here = [cell for cell in row if cell.tag in (_CELL, _COVERED)]
        repeated = count(here[0], TABLE + "number-columns-repeated", 1, 2) if here else 0
        if len(here) != 1 or repeated > 1 or len(cells) == _BOX_ROWS:
            return []
        cells.append(here[0])
    return cells


def is_page(cell: etree._Element) -> bool:
    """Whether a lone cell holds so much that it is no box but a page's layout."""
    return len(cell.findall(TEXT + "p")) > _BOX_PARAGRAPHS


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """The rows and page breaks, each with whether it stands among the header rows."""
    waiting = [(iter(table), False)]
    while waiting:
        children, is_header = waiting[-1]
        child = next(children, None)
        if child is None:
            waiting.pop()
        elif child.tag in _GROUPS:
            waiting.append((iter(child), is_header or child.tag == _HEADER))
        elif child.tag in (TABLE + "table-row", TEXT + "soft-page-break"):
            yield child, is_header


def _cells(row: etree._Element, read: CellReader, found: GatheredTable) -> Row:
    cells: Row = []
    for cell in row:
        if cell.tag not in (_CELL, _COVERED) or len(cells) >= _COLUMNS:
            continue
        runs = read(cell, found) if cell.tag == _CELL else []
        times = count(cell, TABLE + "number-columns-repeated", 1, _COLUMNS - len(cells))
        cells.extend([runs] * max(times, 1))
    return cells


def _width(row: Row) -> int:
    """The number of columns up to the last with text."""
    return max((n for n, cell in enumerate(row, start=1) if cell), default=0)


def _begins_bold(rows: list[Row]) -> bool:
    """Whether the first row is bold and the next is not."""
    return len(rows) > 1 and len(rows[0]) > 1 and _is_bold(rows[0]) and not _is_bold(rows[1])


def _is_bold(row: Row) -> bool:
    printed = [run for cell in row for run in cell if run.text.strip()]
    return bool(printed) and all(run.style.bold for run in printed)
