"""The tables of a DOCX file: rows of cells in which joined cells keep their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.docx.inline import Gathered
from ingest.readers.docx.xml import W, children, number, switch, value
from ingest.readers.extraction import Run

_COLUMNS = 63  # the most that Word makes
_BOX_ROWS = 2  # a title and the text under it
_BOX_PARAGRAPHS = 40  # in one cell; a longer one is the page itself


@dataclass(slots=True)
class GatheredTable:
    """A table's cells, and what is written after it."""

    rows: list[list[list[Run]]] = field(default_factory=list)
    header_rows: int = 0
    inside: Gathered = field(default_factory=Gathered)
    tables: list[etree._Element] = field(default_factory=list)


def gather_table(
    table: etree._Element,
    read: Callable[[etree._Element], Gathered],
    first_row_is_bold: Callable[[str], bool],
) -> GatheredTable:
    """Read a table; ``read`` gives a paragraph's content with its list mark."""
    found = GatheredTable()
    marked: list[bool] = []
    for row in table_rows(table):
        properties = row.find(W + "trPr")
        cells: list[list[Run]] = [[] for _ in range(_span(properties, "gridBefore", 0))]
        for cell in row_cells(row):
            cells.extend(_cell(cell, read, found))
        if is_blank(cells):
            continue
        found.rows.append(cells[:_COLUMNS])
        marked.append(bool(switch(properties, "tblHeader")))
    found.header_rows = next((n for n, header in enumerate(marked) if not header), 0)
    if not found.header_rows and _begins_with_header(table, found.rows, first_row_is_bold):
        found.header_rows = 1
    return found


def is_blank(row: Sequence[Sequence[Run]]) -> bool:
    """Whether a row of at most one column has no text: there is nothing to write of it."""
    return not row[1:] and not any(run.text.strip() or run.note for cell in row for run in cell)


def box_cells(table: etree._Element) -> list[etree._Element]:
    """The cells of a table that only draws a frame around text; none for a real table."""
    cells: list[etree._Element] = []
    for row in table_rows(table):
        here = list(row_cells(row))
        if len(here) != 1 or len(cells) == _BOX_ROWS:
            return []
        cells.append(here[0])
    return cells


def is_page(cell: etree._Element) -> bool:
    """Whether a lone cell holds so much that it is no box but a page's layout."""
    return len(cell.findall(W + "p")) > _BOX_PARAGRAPHS


def table_rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows that are not deleted."""
    for row in children(table):
        if row.tag == W + "tr" and row.find(f"{W}trPr/{W}del") is None:
            yield row


def row_cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row."""
    return (cell for cell in children(row) if cell.tag == W + "tc")


def _cell(
    cell: etree._Element, read: Callable[[etree._Element], Gathered], found: GatheredTable
) -> list[list[Run]]:
    """The runs of a cell, followed by an empty cell for each further column that it spans."""
    properties = cell.find(W + "tcPr")
    runs: list[Run] = []
    if not _goes_on(properties):
        for child in children(cell):
            if child.tag == W + "tbl":
                found.tables.append(child)
            elif child.tag == W + "p":
                gathered = read(child)
                runs.extend([*([Run("\n")] if runs else []), *gathered.runs])
                _collect(found.inside, gathered)
    return [runs, *[[]] * (_span(properties, "gridSpan", 1) - 1)]


def _goes_on(properties: etree._Element | None) -> bool:
    """Whether a cell is the lower part of a cell in a row above."""
    merge = None if properties is None else properties.find(W + "vMerge")
    return merge is not None and merge.get(W + "val") != "restart"


def _collect(inside: Gathered, gathered: Gathered) -> None:
    inside.notes.extend(gathered.notes)
    inside.boxes.extend(gathered.boxes)
    inside.breaks_after += gathered.breaks_before + gathered.breaks_after


def _span(properties: etree._Element | None, name: str, default: int) -> int:
    return number(value(properties, name), default, _COLUMNS) or default


def _begins_with_header(
    table: etree._Element, rows: list[list[list[Run]]], first_row_is_bold: Callable[[str], bool]
) -> bool:
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    properties = table.find(W + "tblPr")
    if _looks_for_first_row(properties) and first_row_is_bold(value(properties, "tblStyle")):
        return True
    return _is_bold(rows[0]) and not _is_bold(rows[1])


def _looks_for_first_row(properties: etree._Element | None) -> bool:
    """Whether the table style's look of a first row applies here."""
    look = None if properties is None else properties.find(W + "tblLook")
    if look is None:
        return False
    if (told := look.get(W + "firstRow")) is not None:
        return told in ("1", "true", "on")
    try:
        return bool(int((look.get(W + "val") or "0")[:8], 16) & 0x20)
    except ValueError:
        return False


def _is_bold(row: list[list[Run]]) -> bool:
    printed = [run for cell in row for run in cell if run.text.strip()]
    return bool(printed) and all(run.style.bold for run in printed)
