"""The rows and cells of a table as it survives in plain text.

Four layouts occur: cells parted by tabs, a cell on a line that begins with a tab (pasted from a
word processor, an empty line between rows), a label and its figures on a line, and texts side by
side of which each cell is a paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Line

Cell = tuple[Line, ...]
Row = tuple[Cell, ...]

FIGURE = re.compile(r"(?<![\w.,])-?\d{1,3}(?:\.\d{3})*(?:,\d+)?%?(?![\w.,])")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b(?:\s+e\.v\.)?")
_UNIT = re.compile(
    r"\(?\b(?:bedragen\s+)?(?:in|x)\s*(?:(?:EUR|€|euro)\s*)?"
    r"(?:1\.?000(?:\.000)?|miljoen(?:en)?|mln|miljard(?:en)?|mld|duizend(?:en)?|euro|EUR|€|procent|%)"
    r"(?:\s*(?:euro|EUR|€))?\)?",
    re.IGNORECASE,
)
_HEADER_YEARS = 3  # years in the header of a table of figures per year
_FIGURES = 2  # figures in a line that make it a row of figures


def table_rows(lines: Sequence[Line]) -> tuple[tuple[Row, ...], int]:
    """The rows, each its cells (empty where one has no text), and how many rows are headers."""
    filled = [line for line in lines if line.text.strip()]
    if sum(line.text.startswith("\t") for line in filled) > len(filled) / 2:
        rows = [tuple(_cell(line, 0, len(line.text)) for line in row) for row in _pasted(lines)]
    elif any("\t" in line.text for line in filled):
        rows = [_by_tabs(line) for line in filled]
    elif any(len(FIGURE.findall(line.text)) >= _HEADER_YEARS for line in filled):
        rows = [_by_figures(line) for line in filled]
    else:
        rows = [((*paragraph,),) for paragraph in _paragraphs(lines)]
    width = max((len(row) for row in rows), default=0)
    headers = _headers(rows)
    aligned = [_aligned(row, width, filled) for row in rows]
    if headers and not any(len(row) == width for row in rows[:headers]):
        aligned[headers - 1] = ((), *aligned[headers - 1][:-1])  # the labels' column has no name
    return tuple(aligned), headers


def unit_of(text: str) -> str:
    """The unit that a table's header or caption states ("x €1000"), as printed; "" if none."""
    match = _UNIT.search(text)
    return match.group().strip("() ") if match else ""


def _headers(rows: Sequence[Row]) -> int:
    for number, row in enumerate(rows):
        text = " ".join(line.text for cell in row for line in cell)
        if len(_YEAR.findall(text)) >= _HEADER_YEARS:
            return number + 1
    return 0


def _pasted(lines: Sequence[Line]) -> list[list[Line]]:
    """The rows: runs of cells without an empty line or empty cells between them."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and line.start <= rows[-1][-1].end + 1:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [row for row in rows if any(line.text.strip() for line in row)]


def _by_tabs(line: Line) -> Row:
    cells: list[Cell] = []
    start = 0
    for part in line.text.split("\t"):
        cells.append(_cell(line, start, start + len(part)))
        start += len(part) + 1
    return tuple(cells)


def _by_figures(line: Line) -> Row:
    """A label, then the figures (or the years of a header) with which the line ends."""
    figures = list(FIGURE.finditer(line.text)) or list(_YEAR.finditer(line.text))
    kept: list[re.Match[str]] = []
    after = len(line.text.rstrip())
    for match in reversed(figures):
        if line.text[match.end() : after].strip():
            break
        kept.insert(0, match)
        after = match.start()
    if len(kept) < _FIGURES:
        return (_cell(line, 0, len(line.text)),)
    label = _cell(line, 0, kept[0].start())
    return (label, *(_cell(line, match.start(), match.end()) for match in kept))


def _aligned(row: Row, width: int, lines: Sequence[Line]) -> Row:
    """The row in the table's width: figures count from the right, texts from the left."""
    missing = width - len(row)
    if missing <= 0 or len(row) == 1:
        return row
    empty: tuple[Cell, ...] = ((),) * missing
    on_one_line = len({line.start for line in lines if any(_inside(c, line) for c in row)}) == 1
    tabbed = any("\t" in line.text for line in lines)
    if on_one_line and not tabbed:
        return (row[0], *empty, *row[1:])
    return (*row, *empty)


def _inside(cell: Cell, line: Line) -> bool:
    return any(line.start <= piece.start < max(line.end, line.start + 1) for piece in cell)


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines without an empty line or a new page between them."""
    runs: list[list[Line]] = []
    before: Line | None = None
    for line in lines:
        if line.text.strip():
            if before is None or line.start > before.end + 1 or line.page != before.page:
                runs.append([line])
            else:
                runs[-1].append(line)
            before = line
        else:
            before = None
    return runs


def _cell(line: Line, start: int, end: int) -> Cell:
    piece = _trimmed(Line(line.text[start:end], line.start + start, line.page))
    return (piece,) if piece.text else ()


def _trimmed(line: Line) -> Line:
    text = line.text.strip()
    lead = len(line.text) - len(line.text.lstrip()) if text else 0
    return Line(text, line.start + lead, line.page)
