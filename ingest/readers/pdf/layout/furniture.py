"""Running headers and footers, page numbers and other things that pages repeat."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ingest.readers.pdf.layout.geometry import Page, Segment

_ZONE = 0.13  # of the page's height, above and below: where headers and footers stand
_SMALL = 0.95  # times the size of the text: what stands beside it is smaller
_LARGE = 1.2  # times the size of the text: larger letters are a heading's
_SIDE_PAGES = 3  # pages on which a thing beside the text must recur in the same place
_SIDE_SHARE = 0.4  # of all pages
_DIGITS = re.compile(r"\d+")
_NUMERALS = re.compile(r"\b[ivxl]+\b")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:pagina|page|blz\.?|p\.)\s*)?(?:\d{1,4}|[ivxl]{1,6})"
    r"(?:\s*(?:van|of|/|\|)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(\d{1,3})(?:[.)]?\s|$)")
_GRID = 4.0  # points; things nearer than this stand at the same height
_CELLS = 3  # segments in a row that are rather a table's


def lift_furniture(
    pages: Sequence[Page], body_size: float
) -> list[tuple[list[Segment], list[Segment]]]:
    """Take what pages repeat out of their segments; for each page what stood above and below."""
    recurring = _recurring(pages, body_size)
    lifted: list[tuple[list[Segment], list[Segment]]] = []
    for page in pages:
        zones = {id(s): _zone(s, page) for s in page.segments}
        taken = {id(s) for s in page.segments if id(s) in recurring}
        taken |= _lone_numbers(page, taken)
        gone = [s for s in page.segments if id(s) in taken]
        page.segments = [s for s in page.segments if id(s) not in taken]
        top = [s for s in gone if zones[id(s)] == "top"]
        lifted.append((top, [s for s in gone if zones[id(s)] != "top"]))
    return lifted


def _zone(segment: Segment, page: Page) -> str:
    if segment.baseline <= _ZONE * page.height:
        return "top"
    return "bottom" if segment.baseline >= (1 - _ZONE) * page.height else ""


def _key(text: str) -> str:
    """What is the same in a header on left and on right pages: its words, without numbers."""
    words = _NUMERALS.sub("#", _DIGITS.sub("#", text.casefold())).split()
    return " ".join(sorted(words))


def _recurring(pages: Sequence[Page], body_size: float) -> set[int]:
    """The segments that recur on other pages at the same height, by identity."""
    edges: dict[tuple[str, str, int], list[tuple[int, Segment]]] = defaultdict(list)
    sides: dict[tuple[str, int, int], list[tuple[int, Segment]]] = defaultdict(list)
    for page in pages:
        crowded = _crowded(page) | _notes(page)
        for segment in page.segments:
            zone, text = _zone(segment, page), segment.text
            if zone and segment.height < _LARGE * body_size and id(segment) not in crowded:
                height = segment.baseline if zone == "top" else page.height - segment.baseline
                for cell in {round(height / _GRID), round(height / _GRID + 0.5)}:
                    edges[zone, _key(text), cell].append((page.number, segment))
            if segment.height < _SMALL * body_size:
                place = round(segment.left / _GRID), round(segment.baseline / _GRID)
                sides[text, *place].append((page.number, segment))
    found: set[int] = set()
    for (_, key, _), places in edges.items():
        values = {(number, segment.text) for number, segment in places}
        if len({number for number, _ in places}) >= 2 and (key != "#" or _ascending(values)):
            found.update(id(segment) for _, segment in places)
    enough = max(_SIDE_PAGES, _SIDE_SHARE * len(pages))
    for (text, _, _), places in sides.items():
        if len({n for n, _ in places}) >= enough and any(c.isalpha() for c in text):
            found.update(id(segment) for _, segment in places)
    return found


def _ascending(values: set[tuple[int, str]]) -> bool:
    """Whether numbers on pages go up with the pages, as page numbers do."""
    shifts = [int(text) - page for page, text in values if text.strip().isdecimal()]
    return len(shifts) < 2 or any(shifts.count(shift) > 1 for shift in shifts)


def _crowded(page: Page) -> set[int]:
    """Segments in rows that are a table's: several, and none of them a page number."""
    rows: dict[int, list[Segment]] = defaultdict(list)
    for segment in page.segments:
        rows[round(segment.baseline)].append(segment)
    return {
        id(segment)
        for row in rows.values()
        if len(row) > _CELLS
        or (len(row) == _CELLS and not any(_PAGE_NUMBER.match(s.text) for s in row))
        for segment in row
    }


def _notes(page: Page) -> set[int]:
    """Segments in rows that begin with the number of a note to which the page refers."""
    labels = {s.text[r.start : r.end] for s in page.segments for r in s.raised}
    rows = {
        round(s.baseline)
        for s in page.segments
        if (match := _LABEL.match(s.text)) and match[1] in labels
    }
    return {id(s) for s in page.segments if round(s.baseline) in rows}


def _lone_numbers(page: Page, taken: set[int]) -> set[int]:
    """A page number that stands alone at the edge of a page, apart from the text."""
    rest = [s for s in page.segments if id(s) not in taken]
    found: set[int] = set()
    for zone, last in (("top", min), ("bottom", max)):
        inside = [s for s in rest if _zone(s, page) == zone]
        if not inside:
            continue
        outer = last(inside, key=lambda s: s.baseline)
        row = [s for s in rest if abs(s.baseline - outer.baseline) < 2]
        gaps = [abs(s.baseline - outer.baseline) for s in rest if s not in row]
        apart = min(gaps, default=100.0) > 1.6 * outer.height
        if len(row) == 1 and apart and _PAGE_NUMBER.match(outer.text):
            found.add(id(outer))
    return found
