"""The columns of a page, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf.layout.geometry import Rect, Segment, around
from ingest.readers.pdf.layout.lines import Column

_LEAST_LINES = 3  # lines side by side from which there are columns
_GUTTER = 5.0  # points; the narrowest space between columns
_SAME_LEFT = 3.0
_SHORT, _TINY = 15, 7  # characters; lines of labels, and of list numbers
_ALIGNED = 0.75  # share of lines on the other side's baselines, as labels and values are
_NEXT_LINE = 1.75  # times the size: lines no further apart follow on one another
_MOST_EDGES = 16  # places where columns may begin that are tried
_DEPTH = 6


@dataclass(slots=True)
class Item:
    """Something that has its place in the order: a segment, or a region lifted as a whole."""

    rect: Rect
    segment: Segment | None = None


@dataclass(slots=True)
class _Band:
    """Items between two heights; ``split`` where they stand left and right of the gutter."""

    items: list[Item]
    split: bool


def columns_of(segments: Sequence[Segment], regions: Sequence[Rect]) -> list[Column]:
    """The columns; ``regions`` (boxes, tables, pictures with text) are placed within them."""
    items = [Item(s.rect, s) for s in segments] + [Item(r) for r in regions]
    return [_column(group) for group in _divide(items, 0)]


def _column(items: Sequence[Item]) -> Column:
    segments = [item.segment for item in items if item.segment is not None]
    rects = [s.rect for s in segments] or [item.rect for item in items]
    return Column(around(rects), segments, [item.rect for item in items if item.segment is None])


def _divide(items: list[Item], depth: int) -> list[list[Item]]:
    """The items of each column, in reading order."""
    if len(items) < 2 * _LEAST_LINES or depth >= _DEPTH:
        return [items] if items else []
    best: list[_Band] = []
    best_edge = 0.0
    most = _LEAST_LINES - 1
    for edge in _left_edges(items):
        bands = _bands(items, edge)
        support = sum(_support(band.items, edge) for band in bands if band.split)
        if support == _LEAST_LINES - 1 and _is_side_note(items, edge):
            support = _LEAST_LINES
        if support > most:
            most, best, best_edge = support, bands, edge
    if not best:
        return [items]
    groups: list[list[Item]] = []
    whole: list[Item] = []
    for band in best:
        if not band.split:
            whole.extend(band.items)
            continue
        groups.extend(_divide(whole, depth + 1))
        whole = []
        for side in (True, False):
            part = [i for i in band.items if (i.rect.left < best_edge - _SAME_LEFT) is side]
            groups.extend(_divide(part, depth + 1))
    groups.extend(_divide(whole, depth + 1))
    return groups


def _left_edges(items: Sequence[Item]) -> list[float]:
    """Where several lines begin, other than at the far left."""
    lefts = sorted(item.rect.left for item in items if item.segment is not None)
    edges: list[tuple[int, float]] = []
    start = 0
    for index in range(1, len(lefts) + 1):
        if index < len(lefts) and lefts[index] - lefts[index - 1] <= _SAME_LEFT:
            continue
        if index - start >= _LEAST_LINES - 1 and lefts[start] > lefts[0] + 4 * _GUTTER:
            edges.append((start - index, lefts[start]))
        start = index
    return sorted(edge for _, edge in sorted(edges)[:_MOST_EDGES])


def _bands(items: Sequence[Item], edge: float) -> list[_Band]:
    """The items from the top to the bottom, cut where something crosses the gutter."""
    bands: list[_Band] = []
    for item in sorted(items, key=lambda i: (i.rect.top, i.rect.left)):
        crosses = item.rect.left < edge - _SAME_LEFT and item.rect.right > edge - _GUTTER
        if bands and bands[-1].split is not crosses:
            bands[-1].items.append(item)
        else:
            bands.append(_Band([item], not crosses))
    _settle_ends(bands, edge)
    joined: list[_Band] = []
    for band in bands:
        if not band.items:
            continue
        split = band.split and _support(band.items, edge) > 0
        if joined and joined[-1].split is split:
            joined[-1].items.extend(band.items)
        else:
            joined.append(_Band(list(band.items), split))
    return joined


def _settle_ends(bands: Sequence[_Band], edge: float) -> None:
    """Give short lines of full width text back to it: they only seem to stand in a column."""
    for before, band in pairwise(bands):
        if not before.split and band.split:
            moved = _attached(band.items, before.items[-1], edge, down=True)
            before.items.extend(moved)
        elif before.split and not band.split:
            moved = _attached(before.items[::-1], band.items[0], edge, down=False)
            band.items[:0] = moved[::-1]
        else:
            continue
        gone = {id(item) for item in moved}
        split = band if band.split else before
        split.items[:] = [item for item in split.items if id(item) not in gone]


def _attached(items: Sequence[Item], neighbour: Item, edge: float, down: bool) -> list[Item]:
    """The items that follow on ``neighbour`` line by line, with nothing in the other column."""
    others = [i.rect for i in items if i.segment and i.rect.left >= edge - _SAME_LEFT]
    bound = min(r.top for r in others) if others and down else 0.0
    if others and not down:
        bound = max(r.bottom for r in others)
    found: list[Item] = []
    last = neighbour.segment
    for item in items:
        here = item.segment
        if here is None or last is None or item.rect.left >= edge - _SAME_LEFT:
            break
        step = (here.baseline - last.baseline) * (1 if down else -1)
        clear = item.rect.bottom <= bound if down else item.rect.top >= bound
        if not clear or not 0 <= step <= _NEXT_LINE * max(here.height, last.height):
            break
        if (not found or down) and here.face != last.face:
            break
        found.append(item)
        last = here
    return found


def _support(items: Sequence[Item], edge: float) -> int:
    """How many lines stand side by side as columns do (0: these are no columns)."""
    left = [i.segment for i in items if i.segment and i.rect.left < edge - _SAME_LEFT]
    right = [i.segment for i in items if i.segment and i.rect.left >= edge - _SAME_LEFT]
    if not left or not right:
        return 0
    beside = _beside(left, right)
    if beside < 2:
        return 0
    lengths = sorted((_mean_length(left), _mean_length(right)))
    if lengths[0] < _TINY:
        return 0
    if lengths[0] < _SHORT and _aligned(left, right) >= _ALIGNED:
        return 0
    return beside


def _is_side_note(items: Sequence[Item], edge: float) -> bool:
    """Whether a few lines in another size stand beside all of the text."""
    left = [i.segment for i in items if i.segment and i.rect.left < edge - _SAME_LEFT]
    right = [i.segment for i in items if i.segment and i.rect.left >= edge - _SAME_LEFT]
    if not left or not right or max(s.right for s in left) > edge - _GUTTER:
        return False
    sizes = {round(s.height) for s in right}
    return max(sizes) < 0.85 * (sum(s.height for s in left) / len(left))


def _beside(left: Sequence[Segment], right: Sequence[Segment]) -> int:
    """How many lines of the shorter side stand within the other side's height."""
    few, many = sorted((left, right), key=len)
    side = around(s.rect for s in many)
    return sum(side.top - 1 <= s.rect.top and s.rect.bottom <= side.bottom + 1 for s in few)


def _mean_length(segments: Sequence[Segment]) -> float:
    return sum(len(s.text) for s in segments) / len(segments)


def _aligned(left: Sequence[Segment], right: Sequence[Segment]) -> float:
    """The share of the shorter side's lines that stand on the other side's baselines."""
    few, many = sorted((left, right), key=len)
    baselines = [s.baseline for s in many]
    return sum(any(abs(s.baseline - b) < 1.5 for b in baselines) for s in few) / len(few)
