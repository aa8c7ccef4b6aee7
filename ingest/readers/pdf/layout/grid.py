"""Grids of rules: where a ruled table's rows and columns begin."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf.layout.geometry import Page, Rect, around

_TOUCH = 3.0
_MOST_RULES = 1_500  # on one page; more is a drawing
_MOST_CELLS = 600
_FAR = 260.0  # points; rules further apart do not bound one row
_CELL_HEIGHT = 120.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's edges: ``xs`` of columns, ``ys`` of rows; ``all_rows`` if every row is ruled."""

    rect: Rect
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    all_rows: bool


def grids(page: Page) -> list[Grid]:
    """The grids on a page, by rules that touch and by rules of one width above each other."""
    rows, columns = _rules(page)
    rows = _lengthened(rows)
    columns = [_turned(r) for r in _lengthened([_turned(c) for c in columns])]
    if len(rows) + len(columns) > _MOST_RULES:
        return []
    found: list[Grid] = []
    used: set[int] = set()
    for group in _touching([*rows, *columns]):
        ys = _distinct([r.top for r in group if r.width >= r.height])
        xs = _distinct([r.left for r in group if r.width < r.height])
        if len(ys) >= 3 and len(xs) >= 3:
            found.append(Grid(around(group), tuple(xs), tuple(ys), _dense(ys, page)))
            used.update(id(r) for r in group)
    free = [r for r in rows if id(r) not in used and not any(g.rect.holds(r, 4) for g in found)]
    found.extend(_stacks(free, page))
    return found


def _rules(page: Page) -> tuple[list[Rect], list[Rect]]:
    """The rules, with the edges of cells that are drawn as rectangles or as grounds."""
    rows, columns = list(page.rows), list(page.columns)
    cells = [a.rect for a in page.areas if a.rect.height <= _CELL_HEIGHT][:_MOST_CELLS]
    for cell in cells:
        neighbours = [o for o in cells if o is not cell and o.meets(cell, 1.5) and _beside(o, cell)]
        if neighbours:
            rows += [
                Rect(cell.left, cell.top, cell.right, cell.top + 0.1),
                Rect(cell.left, cell.bottom, cell.right, cell.bottom + 0.1),
            ]
            columns += [
                Rect(cell.left, cell.top, cell.left + 0.1, cell.bottom),
                Rect(cell.right, cell.top, cell.right + 0.1, cell.bottom),
            ]
        if len(rows) + len(columns) > _MOST_RULES:
            break
    return rows, columns


def _lengthened(rules: Sequence[Rect]) -> list[Rect]:
    """Horizontal rules, the pieces of one drawn cell by cell put together."""
    by_height: dict[int, list[Rect]] = {}
    for rule in rules:
        by_height.setdefault(round(rule.top), []).append(rule)
    result: list[Rect] = []
    for _, pieces in sorted(by_height.items()):
        pieces.sort(key=lambda r: r.left)
        run: list[Rect] = []
        for piece in pieces:
            if run and piece.left > max(r.right for r in run[-3:]) + _TOUCH:
                result.append(around(run))
                run = []
            run.append(piece)
        result.append(around(run))
    return result


def _turned(rule: Rect) -> Rect:
    """A rule with its axes exchanged."""
    return Rect(rule.top, rule.left, rule.bottom, rule.right)


def _beside(a: Rect, b: Rect) -> bool:
    """Whether two rectangles are cells of one row."""
    return abs(a.top - b.top) <= _TOUCH and abs(a.bottom - b.bottom) <= _TOUCH


def _touching(rules: Sequence[Rect]) -> list[list[Rect]]:
    """The rules in groups that hang together."""
    if len(rules) > _MOST_RULES:
        return []
    left = sorted(rules, key=lambda r: r.top)
    groups: list[tuple[Rect, list[Rect]]] = []
    for rule in left:
        hit = [
            g
            for g in groups
            if g[0].meets(rule, _TOUCH) and any(o.meets(rule, _TOUCH) for o in g[1])
        ]
        rest = [g for g in groups if not any(g is h for h in hit)]
        members = [r for g in hit for r in g[1]] + [rule]
        groups = [*rest, (around(members), members)]
    return [members for _, members in groups]


def _distinct(values: Sequence[float]) -> list[float]:
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > _TOUCH:
            result.append(value)
    return result


def _dense(ys: Sequence[float], page: Page) -> bool:
    """Whether each row has its rules: no two lines of numbers between two of them."""
    gaps = [b - a for a, b in itertools.pairwise(ys)]
    typical = sorted(s.height for s in page.segments)[len(page.segments) // 2 :][:1]
    if not typical:
        return True
    return sorted(gaps)[len(gaps) // 2] < 4.5 * typical[0] or len(ys) > 3


def _stacks(rows: Sequence[Rect], page: Page) -> list[Grid]:
    """Three or more rules of one width with text of more than one column between them."""
    found: list[Grid] = []
    left = sorted(rows, key=lambda r: r.top)
    while left:
        first = left.pop(0)
        stack = [first]
        for rule in list(left):
            same = abs(rule.left - first.left) <= _TOUCH and abs(rule.right - first.right) <= _TOUCH
            if same and rule.top - stack[-1].top <= _FAR:
                stack.append(rule)
                left.remove(rule)
        ys = _distinct([r.top for r in stack])
        if len(ys) >= 3 and first.width > 60:
            rect = around(stack)
            if _tabular(rect, page):
                dense = all(b - a < 60 for a, b in itertools.pairwise(ys)) and len(ys) > 4
                found.append(Grid(rect, (rect.left, rect.right), tuple(ys), dense))
    return found


def _tabular(rect: Rect, page: Page) -> bool:
    """Whether most lines between the rules have several pieces."""
    rows: dict[int, int] = {}
    for segment in page.segments:
        if rect.holds_centre(segment.rect):
            key = round(segment.baseline / 2)
            rows[key] = rows.get(key, 0) + 1
    return len(rows) >= 2 and sum(n > 1 for n in rows.values()) >= 0.5 * len(rows)
