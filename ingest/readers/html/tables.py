"""The rows and cells of an HTML table, or the finding that it only serves the layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.extraction import Run
from ingest.readers.html.tags import HEADINGS, size_of, tag_of

Cell = list[Run]
_PARTS = ("thead", "tbody", "tfoot")
_WIDEST = 100  # columns that one cell may span
_TALLEST = 1000  # rows
_SPARSE = 8  # empty cells for each cell that is there; more are not made
_NO_PARTS = frozenset(["caption", "colgroup", "col"])


@dataclass(slots=True)
class Grid:
    """The cells of a table in rows of equal length, and how many rows are headers."""

    rows: list[list[Cell]] = field(default_factory=list)
    header_rows: int = 0


def is_layout(table: etree._Element) -> bool:
    """Whether a table only places texts: it says so, is nested, or has nothing to set side by side.

    So is one with text outside its cells, of which no row or column would be right.
    """
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iterdescendants("table", *HEADINGS), None) is not None:
        return True
    if _has_stray_text(table):
        return True
    return all(sum(1 for cell in row if size_of(cell)) <= 1 for row, _ in _rows(table))


def read_grid(table: etree._Element, read_cell: Callable[[etree._Element], Cell]) -> Grid:
    """The cells of a table; a cell that spans others stands at the first place, the rest is empty.

    Rows without text are left out.
    """
    rows = _rows(table)
    spans = sum(_spread(cell) for row, _ in rows for cell in row)
    count = sum(len(row) for row, _ in rows)
    expand = spans <= _SPARSE * count + _WIDEST
    grid = Grid()
    taken: dict[int, int] = {}  # column: rows for which a cell above still holds it
    for row, is_head in rows:
        cells = _place(row, taken, read_cell, expand)
        if not any(run.note or run.text.strip() for cell in cells for run in cell):
            continue
        if is_head and grid.header_rows == len(grid.rows):
            grid.header_rows += 1
        grid.rows.append(cells)
    width = max((len(row) for row in grid.rows), default=0)
    if width * len(grid.rows) <= _SPARSE * max(spans, count) + _WIDEST:
        for row_cells in grid.rows:
            row_cells.extend([] for _ in range(width - len(row_cells)))
    if grid.header_rows == len(grid.rows):
        grid.header_rows = min(1, len(grid.rows) - 1)
    return grid


def _place(
    row: list[etree._Element],
    taken: dict[int, int],
    read_cell: Callable[[etree._Element], Cell],
    expand: bool,
) -> list[Cell]:
    """The cells of one row at their columns, with empty ones where cells above reach down."""
    cells: list[Cell] = []
    held = {column for column, left in taken.items() if left > 0}
    for column in held:
        taken[column] -= 1
    for element in row:
        while len(cells) in held:
            cells.append([])
        columns = _span(element, "colspan", _WIDEST) if expand else 1
        rows = _span(element, "rowspan", _TALLEST) if expand else 1
        for number in range(columns):
            if rows > 1:
                taken[len(cells)] = rows - 1
            cells.append(read_cell(element) if not number else [])
    while len(cells) in held:
        cells.append([])
    return cells


def _rows(table: etree._Element) -> list[tuple[list[etree._Element], bool]]:
    """The rows of a table with their cells, and whether each is a header."""
    found: list[tuple[list[etree._Element], bool]] = []
    for part in table:
        tag = tag_of(part)
        rows = [part] if tag == "tr" else [e for e in part if tag_of(e) == "tr"]
        if tag != "tr" and tag not in _PARTS:
            continue
        for row in rows:
            cells = [cell for cell in row if tag_of(cell) in ("td", "th")]
            names = {tag_of(cell) for cell in cells if size_of(cell)}
            found.append((cells, tag == "thead" or names == {"th"}))
    return found


def _has_stray_text(table: etree._Element) -> bool:
    """Whether text or elements stand in a table beside its cells and caption."""
    return any(_is_stray(table, child) for child in (None, *table))


def _is_stray(parent: etree._Element, child: etree._Element | None) -> bool:
    if child is None:
        return bool((parent.text or "").strip())
    if (child.tail or "").strip():
        return True
    tag = tag_of(child)
    if tag in (*_PARTS, "tr"):
        return any(_is_stray(child, inner) for inner in (None, *child))
    return tag not in ("td", "th") and tag not in _NO_PARTS and size_of(child) > 0


def _spread(cell: etree._Element) -> int:
    return _span(cell, "colspan", _WIDEST) * _span(cell, "rowspan", _TALLEST)


def _span(cell: etree._Element, name: str, largest: int) -> int:
    try:
        return min(max(int(cell.get(name, "1")), 1), largest)
    except ValueError:
        return 1
