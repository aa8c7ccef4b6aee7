"""From stretches of letters to pieces of printed lines, raised note marks among them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ingest.readers.pdf.layout.geometry import Face, Page, Raised, Segment, Stretch

_NUMBER = re.compile(
    r"[-–+]?\s*(?:€\s*)?[-–+]?\(?\d[\d.,]*\)?\s*(?:%|pm|p\.m\.)?$|[-–]$|p\.?m\.?$|n\.?v\.?t\.?$"
)
_MOST_DOTS = 300  # on a page; more are a drawing
_RAISED_LETTERS = 12  # no longer stretch is a note mark
_SMALLER = 0.85  # of the line's size: note marks are at most this large
_RISE = (0.12, 0.8)  # of the line's size: how far note marks stand above the baseline
_DROP = 0.4  # of the line's size: how far an index stands below the baseline
_SAME_BASELINE = 0.17
_SPACE = 0.16  # of the size: the least gap that is a space
_SPACE_UNSAID = 0.22  # the same where the file has no space there
_WIDE = 1.15  # of the size: a gap that ends a segment
_WIDE_SPACED = 2.6  # the same where the file has a space there and goes on drawing
_WIDE_NUMBERS = 0.7  # the same between two numbers
_INITIAL = 1.8  # times the neighbour's size: a large first letter


def is_number(text: str) -> bool:
    """Whether a cell is a number, or what stands for one ("pm", "-")."""
    return bool(_NUMBER.match(text.strip()))


def join_stretches(stretches: Sequence[Stretch]) -> list[Segment]:
    """The segments of a page, from the top to the bottom and from the left to the right."""
    by_baseline = sorted(stretches, key=lambda s: s.baseline)
    baselines = [s.baseline for s in by_baseline]
    placed: list[tuple[float, Stretch, bool]] = []
    for stretch in stretches:
        host = _host(stretch, by_baseline, baselines)
        if host is None:
            placed.append((stretch.baseline, stretch, False))
        else:
            placed.append((host.baseline, stretch, host.baseline > stretch.baseline))
    placed.sort(key=lambda p: (p[0], p[1].left))
    segments: list[Segment] = []
    row: list[tuple[Stretch, bool]] = []
    base = 0.0
    for baseline, stretch, raised in placed:
        if row and baseline - base > _SAME_BASELINE * min(stretch.face.size, row[0][0].face.size):
            segments.extend(_row(row))
            row = []
        if not row:
            base = baseline
        row.append((stretch, raised))
    segments.extend(_row(row))
    return segments


def add_bullets(page: Page) -> None:
    """Write a bullet for each dot that is drawn in front of a line."""
    if len(page.dots) > _MOST_DOTS:
        return
    for dot in page.dots:
        beside = [
            s
            for s in page.segments
            if 0.2 * s.height <= s.left - dot.right <= 3 * s.height
            and s.rect.top < (dot.top + dot.bottom) / 2 < s.baseline
            and dot.height < 0.75 * s.height
        ]
        if not beside:
            continue
        text = min(beside, key=lambda s: s.left)
        middle = (dot.left + dot.right) / 2
        face = Face(text.face.size)
        page.segments.append(Segment("•", [middle], dot.left, dot.right, text.baseline, face))


def _host(
    stretch: Stretch, by_baseline: Sequence[Stretch], baselines: Sequence[float]
) -> Stretch | None:
    """The stretch on whose line a small or a very large one stands, if on another's."""
    size = stretch.face.size
    if len(stretch.text) > _RAISED_LETTERS:
        return None
    best: Stretch | None = None
    nearest = 0.0
    reach = 4 * size
    first = bisect_left(baselines, stretch.baseline - reach)
    last = bisect_right(baselines, stretch.baseline + reach)
    for other in by_baseline[first:last]:
        line = other.face.size
        if _SMALLER * line < size < _INITIAL * line:
            continue
        gap = _gap_if_hosted(stretch, other)
        if gap is not None and (best is None or gap < nearest):
            best, nearest = other, gap
    return best


def _gap_if_hosted(stretch: Stretch, other: Stretch) -> float | None:
    """How far a stretch is from one that it may belong to, ``None`` if it does not."""
    size, line = stretch.face.size, other.face.size
    rise = other.baseline - stretch.baseline
    follows, precedes = stretch.left - other.right, other.left - stretch.right
    if size <= _SMALLER * line:
        if not (_RISE[0] * line <= rise <= _RISE[1] * line or -_DROP * line <= rise < -0.03 * line):
            return None
        if -0.3 * line <= follows <= 0.45 * line:
            return abs(follows)
        if -0.2 * line <= precedes <= 0.9 * line:
            return 0.5 * line + abs(precedes)
        return None
    if size >= _INITIAL * line and len(stretch.text) == 1 and stretch.text.isupper():
        top = 0.5 * size <= -rise <= 0.78 * size
        if top and -0.3 * line <= precedes <= 1.5 * line:
            return 10 * (-(other.baseline) + stretch.baseline)
    return None


def _row(row: Sequence[tuple[Stretch, bool]]) -> list[Segment]:
    """The segments of one printed line."""
    if not row:
        return []
    ordered = sorted(row, key=lambda r: r[0].left)
    groups: list[list[tuple[Stretch, bool]]] = []
    for item in ordered:
        if groups and not _is_wide(groups[-1][-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return [_segment(group) for group in groups]


def _is_wide(before: tuple[Stretch, bool], after: tuple[Stretch, bool]) -> bool:
    left, right = before[0], after[0]
    size = max(left.face.size, right.face.size)
    gap = right.left - left.right
    if left.face.size >= _INITIAL * right.face.size and len(left.text) == 1:
        return False
    if is_number(left.text) and is_number(right.text) and not right.drawn_space:
        return gap > _WIDE_NUMBERS * size
    goes_on = right.drawn_space and right.order == left.order + len(left.text)
    return gap > (_WIDE_SPACED if goes_on else _WIDE) * size


def _segment(group: Sequence[tuple[Stretch, bool]]) -> Segment:
    text: list[str] = []
    middles: list[float] = []
    raised: list[Raised] = []
    previous: Stretch | None = None
    length = 0
    for stretch, above in group:
        if previous is not None and _has_space(previous, stretch, above):
            text.append(" ")
            middles.append((previous.right + stretch.left) / 2)
            length += 1
        start = length
        text.append(stretch.text)
        middles.extend((a + b) / 2 for a, b in stretch.places)
        length += len(stretch.text)
        if above:
            raised.append(Raised(start, length))
        previous = stretch
    face, mixed = _face([s for s, above in group if not above] or [s for s, _ in group])
    hosts = [s for s, above in group if not above] or [s for s, _ in group]
    same = [s.baseline for s in hosts if s.face.size == face.size]
    return Segment(
        "".join(text),
        middles,
        group[0][0].left,
        max(s.right for s, _ in group),
        same[0] if same else hosts[0].baseline,
        face,
        tuple(raised),
        mixed,
    )


def _has_space(before: Stretch, after: Stretch, above: bool) -> bool:
    size = max(min(before.face.size, after.face.size), 0.1)
    gap = after.left - before.right
    if above and gap <= 0.3 * size:
        return False
    if before.face.size >= _INITIAL * after.face.size and len(before.text) == 1:
        return False
    return gap > (_SPACE if after.spaced else _SPACE_UNSAID) * size or (
        after.spaced and after.order == before.order + len(before.text) and gap > 0.05 * size
    )


def _face(stretches: Sequence[Stretch]) -> tuple[Face, bool]:
    """The size of most letters; bold or italic only if (nearly) all are; whether mixed."""
    total = sum(len(s.text) for s in stretches)
    sizes: dict[float, int] = {}
    for s in stretches:
        sizes[s.face.size] = sizes.get(s.face.size, 0) + len(s.text)
    bold = sum(len(s.text) for s in stretches if s.face.bold)
    italic = sum(len(s.text) for s in stretches if s.face.italic)
    size = max(sizes, key=lambda key: (sizes[key], key))
    return Face(size, bold >= 0.9 * total, italic >= 0.9 * total), 0.1 * total < bold < 0.9 * total
