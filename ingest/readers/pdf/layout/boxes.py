"""Boxes: parts of a page set apart from the running text by a ground colour or a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.readers.pdf.layout.geometry import Area, Page, Rect, Segment, around

_TOUCH = 3.0  # points; edges nearer than this are one
_LEAST_WIDTH, _LEAST_HEIGHT = 60.0, 24.0
_WHOLE_PAGE = 0.88  # of the page: larger is a background
_MOST_AREAS = 300  # of one page
_MOST_RULES = 300
_LEAST_LINES = 2
_LEAST_TEXT = 70  # characters; less is a heading on a bar or a button


@dataclass(slots=True)
class FoundBox:
    """A box on a page, with the text in it."""

    rect: Rect
    fill: tuple[int, int, int] | None
    segments: list[Segment] = field(default_factory=list)
    tables: list[Rect] = field(default_factory=list)


def lift_boxes(page: Page, tables: Sequence[Rect], backgrounds: Sequence[Rect]) -> list[FoundBox]:
    """Take the boxes' text out of the page's segments; ``tables`` are no boxes."""
    boxes: list[FoundBox] = []
    for area in _candidates(page, tables, backgrounds):
        inside = [s for s in page.segments if area.rect.holds_centre(s.rect)]
        held = [t for t in tables if area.rect.holds_centre(t)]
        lines = {round(s.baseline) for s in inside}
        text = sum(len(s.text) for s in inside)
        if (len(lines) < _LEAST_LINES or text < _LEAST_TEXT) and not held:
            continue
        gone = {id(s) for s in inside}
        page.segments = [s for s in page.segments if id(s) not in gone]
        boxes.append(FoundBox(area.rect, area.fill, inside, held))
    return boxes


def page_backgrounds(pages: Sequence[Page]) -> list[Rect]:
    """Areas that most pages have in the same place: part of the design."""
    counts: dict[tuple[int, int, int, int], list[Rect]] = {}
    for page in pages:
        for area in page.areas:
            r = area.rect
            key = (round(r.left), round(r.top), round(r.right), round(r.bottom))
            counts.setdefault(key, []).append(r)
    return [places[0] for places in counts.values() if len(places) >= max(3, 0.5 * len(pages))]


def _candidates(page: Page, tables: Sequence[Rect], backgrounds: Sequence[Rect]) -> list[Area]:
    """The areas that can be boxes: the outermost, those that touch taken together."""
    areas = sorted(page.areas, key=lambda area: -area.rect.area)[:_MOST_AREAS]
    areas += frames(page.rows, page.columns)
    fitting = [
        area
        for area in areas
        if area.rect.width >= _LEAST_WIDTH
        and area.rect.height >= _LEAST_HEIGHT * 0.6
        and area.rect.area < _WHOLE_PAGE * page.width * page.height
        and not any(t.holds(area.rect, 6.0) for t in tables)
        and not any(b.holds(area.rect) and area.rect.holds(b) for b in backgrounds)
    ]
    fitting.sort(key=lambda area: -area.rect.area)
    kept: list[Area] = []
    for area in fitting:
        if any(other.rect.holds(area.rect) for other in kept):
            continue
        kept.append(area)
    merged = _stacked(sorted(kept, key=lambda area: area.rect.top))
    return [area for area in merged if area.rect.height >= _LEAST_HEIGHT]


def _stacked(areas: Sequence[Area]) -> list[Area]:
    """Areas of one width that stand on one another (a title bar and its box) as one."""
    result: list[Area] = []
    for area in areas:
        for index, other in enumerate(result):
            same = (
                abs(other.rect.left - area.rect.left) <= _TOUCH
                and abs(other.rect.right - area.rect.right) <= _TOUCH
                and other.rect.overlap_y(area.rect) >= -_TOUCH
            )
            if same:
                result[index] = Area(around([other.rect, area.rect]), other.fill or area.fill)
                break
        else:
            result.append(area)
    return result


def frames(rows: Sequence[Rect], columns: Sequence[Rect]) -> list[Area]:
    """Rectangles made of rules; one end is open where a page ends within a box."""
    found: list[Area] = []
    if len(rows) + len(columns) > _MOST_RULES:
        return found
    for i, first in enumerate(columns):
        for second in columns[i + 1 :]:
            left, right = sorted((first, second), key=lambda r: r.left)
            if (
                abs(left.top - right.top) > _TOUCH
                or abs(left.bottom - right.bottom) > _TOUCH
                or right.left - left.right < _LEAST_WIDTH
                or left.height < _LEAST_HEIGHT
            ):
                continue
            rect = Rect(left.left, left.top, right.right, left.bottom)
            ends = [
                row
                for row in rows
                if abs(row.left - rect.left) <= _TOUCH and abs(row.right - rect.right) <= _TOUCH
            ]
            if any(
                abs(r.top - rect.top) <= _TOUCH or abs(r.bottom - rect.bottom) <= _TOUCH
                for r in ends
            ):
                found.append(Area(rect, None))
    return found
