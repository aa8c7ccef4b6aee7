"""Tables of official publications (the CALS model) as rows of equal places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from lxml import etree

from ingest.readers.extraction import Run, Runs, UnreadableError
from ingest.readers.official.inline import InlineReader, InlineText, Note, tag

_ROWS = frozenset(("row", "tr"))
_CELLS = frozenset(("entry", "td", "th"))
_MOST_COLUMNS = 500
_LONGEST_NUMBER = 4  # digits
_PARTS = frozenset(("al", "al-groep", "lijst", "li", "li.nr", "nadruk-groep", "p"))


@dataclass(slots=True)
class Grid:
    """A table's rows of cells, how many of them are headers, and the notes called in it."""

    rows: list[list[Runs]] = field(default_factory=list)
    header_rows: int = 0
    notes: list[Note] = field(default_factory=list)


class GridReader:
    """Reads tables; ``most_cells`` bounds what the places of one may take."""

    def __init__(self, inline: InlineReader, name: str, most_cells: int) -> None:
        self._inline = inline
        self._name = name
        self._most_cells = most_cells

    def read(self, group: etree._Element) -> Grid:
        """A ``tgroup`` (or a table without one): every row with a cell for each place.

        A cell that spans columns stands in the first of them; one that spans rows in the first.
        """
        grid = Grid()
        columns = _columns(group)
        headers: list[list[Runs]] = []
        others: list[list[Runs]] = []
        for rows, header in _parts(group):
            below: dict[int, int] = {}  # column -> rows that a cell above still covers
            for row in rows:
                (headers if header else others).append(self._row(row, columns, below, grid))
                self._most_cells -= len((headers if header else others)[-1])
                if self._most_cells < 0:
                    raise UnreadableError(f"{self._name}: a table with too many cells")
        headers = [row for row in headers if any(row)]
        others = [row for row in others if any(row)]
        grid.rows = headers + others
        bold = takewhile(_is_bold, others) if not headers else ()
        grid.header_rows = len(headers) or max(0, min(len(list(bold)), len(others) - 1))
        width = min(max(map(len, grid.rows), default=0), _MOST_COLUMNS)
        for cells in grid.rows:
            cells.extend([()] * (width - len(cells)))
        return grid

    def _row(
        self, row: etree._Element, columns: dict[str, int], below: dict[int, int], grid: Grid
    ) -> list[Runs]:
        cells: list[Runs] = []
        covered = {column for column, left in below.items() if left > 0}
        for column in covered:
            below[column] -= 1
        for entry in row:
            if tag(entry) not in _CELLS:
                continue
            first = columns.get(entry.get("namest") or entry.get("colname") or "", len(cells))
            first = max(first, len(cells))
            while first in covered:
                first += 1
            last = columns.get(entry.get("nameend") or "", first)
            last = max(last, first + _number(entry.get("colspan")) - 1)
            last = min(last, first + _MOST_COLUMNS)
            cells.extend([()] * (first - len(cells)))
            content = _cell(entry, self._inline)
            content.trim()
            grid.notes.extend(content.notes)
            cells.append(tuple(content.runs) if content.text or content.notes else ())
            cells.extend([()] * (last - first))
            if len(cells) > 2 * _MOST_COLUMNS:
                raise UnreadableError(f"{self._name}: a table with too many columns")
            more = _number(entry.get("morerows")) or _number(entry.get("rowspan")) - 1
            if more > 0:
                below.update(dict.fromkeys(range(first, last + 1), more))
        return cells


def _parts(group: etree._Element) -> Iterator[tuple[Iterable[etree._Element], bool]]:
    """The rows of a table by part: head, body, foot; and whether they are headers."""
    loose = [child for child in group if tag(child) in _ROWS]
    if loose:
        yield loose, False
    for part in group:
        if tag(part) in ("thead", "tbody", "tfoot"):
            yield (row for row in part if tag(row) in _ROWS), tag(part) == "thead"


def _columns(group: etree._Element) -> dict[str, int]:
    """The place of each named column, counted from 0."""
    names: Sequence[etree._Element] = [spec for spec in group if tag(spec) == "colspec"]
    places: dict[str, int] = {}
    for order, spec in enumerate(names[:_MOST_COLUMNS]):
        number = _number(spec.get("colnum"))
        place = number - 1 if 0 < number <= _MOST_COLUMNS else order
        places[spec.get("colname") or f"col{place + 1}"] = place
    return places


def _is_bold(row: Sequence[Runs]) -> bool:
    """Whether every cell is set in bold: what old tables have for a head."""
    texts = [run for cell in row for run in cell if run.text.strip()]
    return sum(map(bool, row)) > 1 and all(run.style.bold for run in texts)


def _number(value: str | None) -> int:
    value = (value or "").strip()
    return int(value) if value.isdecimal() and len(value) <= _LONGEST_NUMBER else 0


def _cell(entry: etree._Element, inline: InlineReader) -> InlineText:
    """A cell's paragraphs and lists on one line."""
    found = InlineText()
    found.words(entry.text)
    for child in entry:
        if tag(child) in _PARTS:
            found.join(_cell(child, inline), glue=" ")
            found.runs.append(Run(" "))
        else:
            inline.child(child, found)
        found.words(child.tail)
    return found
