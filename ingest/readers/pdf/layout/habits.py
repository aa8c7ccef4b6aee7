"""How a document sets its paragraphs, learnt from all of its lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.readers.pdf.layout.lines import PrintedLine, same_size
from ingest.structure.lists import marks

INDENT = (0.6, 4.5)
"""How far, in sizes of the letters, the first line of a paragraph can stand in."""

_MORE_LEADING = 1.22  # times the leading: a space between paragraphs
_LOOSE_LEADING = 1.75  # times the size, where the leading is not known
_COLUMN_LINES = 8  # lines of a column whose left edge is a margin
_INDENTED_STARTS = 4  # paragraphs begun by an indent, from which it is a habit


class Habits:
    """How a document sets its paragraphs: the leading by size, and whether first lines stand in.

    ``indents``: new paragraphs begin with an indent, so that a line at the margin goes on.
    """

    def __init__(self, columns: Iterable[Sequence[PrintedLine]]) -> None:
        steps: dict[float, Counter[float]] = defaultdict(Counter)
        starts = 0
        margins: Counter[int] = Counter()
        for lines in columns:
            for above, line in pairwise(lines):
                step = line.baseline - above.baseline
                size = line.face.size
                if same_size(above, line) and 0.8 * size < step < 2.4 * size:
                    steps[size][round(step * 2) / 2] += 1
            starts += _indented_starts(lines)
            if len(lines) >= _COLUMN_LINES:
                margins[round(margin_of(lines))] += len(lines)
        self._leading = {
            size: min(step for step, n in counts.items() if n >= 0.6 * max(counts.values()))
            for size, counts in steps.items()
            if sum(counts.values()) >= 3
        }
        self.indents = starts >= _INDENTED_STARTS
        self._margins = [m for m, count in margins.items() if count > 0.1 * margins.total()]

    def margin(self, lines: Sequence[PrintedLine]) -> float:
        """The left edge of a column, also where each of its lines stands in."""
        left, size = margin_of(lines), lines[0].face.size
        if not self.indents or any(abs(m - left) < 2 for m in self._margins):
            return left
        further = [m for m in self._margins if INDENT[0] * size <= left - m <= INDENT[1] * size]
        return max(further, default=left)

    def is_space(self, above: PrintedLine, line: PrintedLine) -> bool:
        """Whether more than a line's leading lies between two lines."""
        step = line.baseline - above.baseline
        size = max(above.face.size, line.face.size)
        leading = self._leading.get(line.face.size) if same_size(above, line) else None
        if leading is None:
            return step > _LOOSE_LEADING * size
        return step > _MORE_LEADING * leading + 0.4


def _indented_starts(lines: Sequence[PrintedLine]) -> int:
    """How many lines between lines at the margin stand in, without a space above."""
    if not lines:
        return 0
    margin = margin_of(lines)
    return sum(
        abs(above.rect.left - margin) < 1
        and abs(below.rect.left - margin) < 1
        and INDENT[0] * line.face.size <= line.rect.left - margin <= INDENT[1] * line.face.size
        and line.baseline - above.baseline < 1.1 * (below.baseline - line.baseline)
        and above.is_closed
        and not marks(line.text)
        for above, line, below in zip(lines, lines[1:], lines[2:], strict=False)
    )


def margin_of(lines: Sequence[PrintedLine]) -> float:
    """The left edge of a column's text."""
    return min(line.rect.left for line in lines)
