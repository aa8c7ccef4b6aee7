"""Tables: ruled ones by their rules, others by numbers that stand under one another."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.readers.pdf.layout.geometry import Page, Rect, Segment, around
from ingest.readers.pdf.layout.grid import Grid, grids
from ingest.readers.pdf.layout.lines import PrintedTable
from ingest.readers.pdf.layout.segments import is_number

_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*\d{2,4})?\*?$")
_LEAST_ROWS = 2
_NEAR = 2.6  # times the size: rows further apart are not one table's
_ADJOINING = 10.0  # points
_SAME_LINE = 3.0


@dataclass(slots=True)
class _Row:
    """Segments on one baseline, from the left to the right."""

    segments: list[Segment] = field(default_factory=list)

    @property
    def rect(self) -> Rect:
        return around(s.rect for s in self.segments)

    @property
    def baseline(self) -> float:
        return self.segments[0].baseline

    @property
    def numbers(self) -> int:
        return sum(is_number(s.text) for s in self.segments)


def lift_tables(page: Page) -> list[PrintedTable]:
    """Take the text of tables out of the page's segments."""
    tables: list[PrintedTable] = []
    for grid in grids(page):
        inside = [s for s in page.segments if grid.rect.holds_centre(s.rect)]
        if table := _ruled(grid, inside, page):
            tables.append(table)
            _take(page, inside)
    for rows in _aligned_runs(page.segments):
        tables.append(_aligned(rows, page))
        _take(page, [s for row in rows for s in row.segments])
    return _continued(sorted(tables, key=lambda table: table.rect.top))


def _continued(tables: Sequence[PrintedTable]) -> list[PrintedTable]:
    """The tables, those put together whose lower half has no rules or ground of its own."""
    result: list[PrintedTable] = []
    for table in tables:
        last = result[-1] if result else None
        if (
            last is not None
            and not table.header_rows
            and len(last.rows[0]) == len(table.rows[0])
            and -2 <= table.rect.top - last.rect.bottom <= _ADJOINING
            and last.rect.overlap_x(table.rect) > 0.8 * table.rect.width
        ):
            last.rows.extend(table.rows)
            last.rect = around([last.rect, table.rect])
        else:
            result.append(table)
    return result


def _take(page: Page, segments: Sequence[Segment]) -> None:
    gone = {id(s) for s in segments}
    page.segments = [s for s in page.segments if id(s) not in gone]


def _ruled(grid: Grid, segments: Sequence[Segment], page: Page) -> PrintedTable | None:
    """The table within rules; ``None`` if the text does not fit its cells."""
    if not segments:
        return None
    xs = grid.xs if len(grid.xs) > 2 else _edges(_rows(segments), grid.rect)
    if len(xs) < 3 or not _fits(segments, xs):
        return None
    cells: list[list[list[Segment]]]
    if grid.all_rows or len(grid.xs) > 2:
        cells = [[[] for _ in xs[1:]] for _ in grid.ys[1:]]
        for segment in segments:
            row, column = _slot(segment.rect, grid.ys, xs)
            cells[row][column].append(segment)
        if len(grid.xs) > 2 and not grid.all_rows:
            cells = _by_baseline_if_single(cells, segments, xs)
    else:
        cells = [_spread(row, xs) for row in _rows(segments)]
    cells = [row for row in cells if any(row)]
    if len(cells) < _LEAST_ROWS or sum(sum(map(bool, row)) > 1 for row in cells) < _LEAST_ROWS:
        return None
    cells = cells if grid.all_rows else _join_labels(cells)
    return _printed(cells, grid.rect, page.number, _shaded_rows(cells, page))


def _by_baseline_if_single(
    cells: list[list[list[Segment]]], segments: Sequence[Segment], xs: Sequence[float]
) -> list[list[list[Segment]]]:
    """Rows by baseline where the rules draw columns but not every row."""
    lines = [len({round(s.baseline) for cell in row for s in cell}) for row in cells]
    numbers = [sum(is_number(s.text) for cell in row for s in cell) for row in cells]
    if max(lines, default=0) > 2 and max(numbers, default=0) > 2 * (len(xs) - 1):
        return [_spread(row, xs) for row in _rows(segments)]
    return cells


def _fits(segments: Sequence[Segment], xs: Sequence[float]) -> bool:
    """Whether few segments cross the columns' edges."""
    crossing = sum(any(s.left < x - 4 and s.right > x + 4 for x in xs[1:-1]) for s in segments)
    return crossing <= 0.25 * len(segments)


def _slot(rect: Rect, ys: Sequence[float], xs: Sequence[float]) -> tuple[int, int]:
    middle = (rect.top + rect.bottom) / 2
    row = max((i for i in range(len(ys) - 1) if ys[i] <= middle), default=0)
    return row, _column(rect, xs)


def _column(rect: Rect, xs: Sequence[float]) -> int:
    """The column in which most of a segment stands, the first of those it spans."""
    best, most = 0, -1e9
    for i in range(len(xs) - 1):
        shared = min(rect.right, xs[i + 1]) - max(rect.left, xs[i])
        if shared > most + 0.5:
            best, most = i, shared
    return best


def _spread(row: _Row, xs: Sequence[float]) -> list[list[Segment]]:
    cells: list[list[Segment]] = [[] for _ in xs[1:]]
    for segment in row.segments:
        cells[_column(segment.rect, xs)].append(segment)
    return cells


def _rows(segments: Sequence[Segment]) -> list[_Row]:
    rows: list[_Row] = []
    for segment in sorted(segments, key=lambda s: (s.baseline, s.left)):
        if rows and segment.baseline - rows[-1].baseline <= _SAME_LINE:
            rows[-1].segments.append(segment)
        else:
            rows.append(_Row([segment]))
    for row in rows:
        row.segments.sort(key=lambda s: s.left)
    return rows


def _edges(rows: Sequence[_Row], rect: Rect) -> list[float]:
    """The columns' edges, from the rows with the most cells."""
    most = max(len(row.segments) for row in rows)
    if most < 2:
        return []
    spans: list[tuple[float, float]] = []
    full = [row for row in rows if len(row.segments) == most]
    for segment in sorted((s for row in full for s in row.segments), key=lambda s: s.left):
        if spans and segment.left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], segment.right))
        else:
            spans.append((segment.left, segment.right))
    middles = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(spans)]
    return [rect.left, *middles, rect.right] if middles else []


def _aligned_runs(segments: Sequence[Segment]) -> list[list[_Row]]:
    """Rows without rules whose numbers stand under one another."""
    rows = _rows(segments)
    runs: list[list[_Row]] = []
    index = 0
    while index < len(rows):
        end = _run_end(rows, index)
        numeric = [row for row in rows[index:end] if _is_numeric(row)]
        if len(numeric) >= _LEAST_ROWS and _stand_under(numeric):
            start = _with_header(rows, index, numeric)
            runs.append(rows[start:end])
            index = end
        else:
            index += 1
    return runs


def _is_numeric(row: _Row) -> bool:
    return row.numbers >= 2 and len(row.segments) >= 3


def _run_end(rows: Sequence[_Row], start: int) -> int:
    """Where the run of table rows that begins here ends; labels without numbers may be inside."""
    if not _is_numeric(rows[start]):
        return start
    end = start + 1
    index = start + 1
    while index < len(rows):
        gap = rows[index].baseline - rows[index - 1].baseline
        if gap > _NEAR * max(s.height for s in rows[index].segments):
            break
        if _is_numeric(rows[index]):
            end = index + 1
        elif len(rows[index].segments) > 2 or index - end >= 2:
            break
        index += 1
    return end


def _stand_under(rows: Sequence[_Row]) -> bool:
    """Whether most numbers share a right or left edge with one of the row above."""
    shared = total = 0
    for above, row in itertools.pairwise(rows):
        for s in row.segments:
            if not is_number(s.text):
                continue
            total += 1
            shared += any(
                abs(s.right - o.right) < 4 or abs(s.left - o.left) < 4 for o in above.segments
            )
    return shared >= 0.6 * total > 0


def _with_header(rows: Sequence[_Row], start: int, numeric: Sequence[_Row]) -> int:
    """The row from which the table goes, its header rows included."""
    width = around(r.rect for r in numeric)
    first = start
    while first > 0 and start - first < 3:
        above, below = rows[first - 1], rows[first]
        near = below.baseline - above.baseline <= _NEAR * max(s.height for s in above.segments)
        beside = above.rect.left >= width.left - 6 and above.rect.right <= width.right + 12
        cells = len(above.segments) >= 2 and all(len(s.text) < 60 for s in above.segments)
        if not (near and beside and cells):
            break
        first -= 1
    return first


def _aligned(rows: Sequence[_Row], page: Page) -> PrintedTable:
    rect = around(row.rect for row in rows)
    xs = _edges([row for row in rows if _is_numeric(row)], rect)
    cells = _join_labels([_spread(row, xs) for row in rows])
    return _printed(cells, rect, page.number, _shaded_rows(cells, page))


def _join_labels(cells: list[list[list[Segment]]]) -> list[list[list[Segment]]]:
    """Labels of two lines put together: the second begins in lower case or has the numbers."""
    joined: list[list[list[Segment]]] = []
    for row in cells:
        label = row[0][0].text if row[0] else ""
        alone = bool(row[0]) and not any(row[1:])
        if joined and alone and label[:1].islower():
            joined[-1][0].extend(row[0])
        elif joined and label[:1].islower() and not any(joined[-1][1:]):
            joined[-1][0].extend(row[0])
            joined[-1][1:] = row[1:]
        else:
            joined.append([list(cell) for cell in row])
    return joined


def _shaded_rows(cells: Sequence[Sequence[Sequence[Segment]]], page: Page) -> int:
    """How many of the first rows are set off by a ground of their own."""
    grounds: list[bool] = []
    for row in cells:
        rect = around(s.rect for cell in row for s in cell)
        fills = [a for a in page.areas if a.fill and a.rect.holds_centre(rect)]
        grounds.append(any(a.rect.height < 3.5 * rect.height for a in fills))
    count = next((i for i, shaded in enumerate(grounds) if not shaded), 0)
    return count if 0 < count <= 3 else 0


def _printed(
    cells: Sequence[Sequence[Sequence[Segment]]], rect: Rect, page: int, shaded: int
) -> PrintedTable:
    rows = [[_cell(cell) for cell in row] for row in cells]
    used = [i for i in range(len(rows[0])) if any(row[i] for row in rows)]
    rows = [[row[i] for i in used] for row in rows]
    return PrintedTable(rect, rows, shaded or _header_rows(rows, cells), page)


def _cell(segments: Sequence[Segment]) -> str:
    ordered = sorted(segments, key=lambda s: (round(s.baseline), s.left))
    text = ""
    for segment in ordered:
        hyphenated = text.endswith("-") and segment.text[:1].islower()
        text = text + segment.text if hyphenated else f"{text} {segment.text}".strip()
    return text


def _header_rows(
    rows: Sequence[Sequence[str]], cells: Sequence[Sequence[Sequence[Segment]]]
) -> int:
    """Rows above the first one with numbers that are no years; else a first row in bold."""
    for count, row in enumerate(rows[:4]):
        values = [cell for cell in row[1:] if cell]
        if any(is_number(cell) and not _YEAR.match(cell) for cell in values):
            return count
    bold = [all(s.face.bold for cell in row for s in cell) for row in cells[:2]]
    return 1 if bold[0] and not bold[-1] else 0
