"""From the lines of a column to blocks: paragraphs, titles, list items."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.readers.pdf.layout.geometry import Rect
from ingest.readers.pdf.layout.habits import INDENT, Habits
from ingest.readers.pdf.layout.lines import (
    Column,
    PrintedBlock,
    PrintedLine,
    printed_lines,
    same_size,
)
from ingest.structure.headings import number_mark
from ingest.structure.lists import Mark, marks

_HANG = 3.0  # points
_DISPLAY = 13.5  # points; larger letters are no running text
_ENOUGH_LINES = 3  # of one size, to show how wide they are set
_HALF_FULL = 0.65  # of the column, where a line at the margin should go on
_SHORT = 0.85  # of the column: a line this short was ended on purpose


def column_lines(column: Column, page: int) -> list[PrintedLine]:
    """The lines of a column, each with the place to which it could have gone."""
    lines = printed_lines(column.segments, page)
    for line in lines:
        beside = [
            r.left for r in column.regions if r.left > line.rect.left and r.overlap_y(line.rect) > 0
        ]
        line.edge = min([_edge(line, lines, column), *beside])
    return lines


def _edge(line: PrintedLine, lines: Sequence[PrintedLine], column: Column) -> float:
    """How far to the right the lines of this size go; that of the column if they are few."""
    rights = [other.rect.right for other in lines if same_size(line, other)]
    return max(rights) if len(rights) >= _ENOUGH_LINES else column.rect.right


class BlockBuilder:
    """Divides columns into blocks; lists go on from one column into the next."""

    def __init__(self, habits: Habits) -> None:
        self._habits = habits
        self._margin = 0.0
        self._open: list[tuple[float, str]] = []  # indents and styles of open lists

    def blocks(self, lines: Sequence[PrintedLine], regions: Sequence[Rect]) -> list[PrintedBlock]:
        """The blocks of a column whose lines are given."""
        if not lines:
            return []
        margin = self._margin = self._habits.margin(lines)
        blocks: list[PrintedBlock] = []
        previous: PrintedLine | None = None
        for index, line in enumerate(lines):
            between = previous is not None and _between(previous, line, regions)
            mark = _mark(line, previous, blocks[-1] if blocks else None, self._habits)
            last = blocks[-1] if blocks else None
            if (
                previous is not None
                and last is not None
                and mark is None
                and not between
                and not self._begins(last, previous, line, lines[index + 1 : index + 2])
            ):
                last.lines.append(line)
            else:
                indent = line.rect.left - margin
                if mark is None and indent <= _HANG:
                    self._open.clear()
                depth = self._depth(mark, indent)
                opens = previous is None or between or not same_size(previous, line)
                indented = INDENT[0] * line.face.size <= indent
                blocks.append(PrintedBlock([line], depth=depth, opens=opens, indented=indented))
            previous = line
        return blocks

    def _depth(self, mark: Mark | None, indent: float) -> int:
        if mark is None:
            return 0
        while self._open and self._open[-1][0] > indent + _HANG:
            self._open.pop()
        if not self._open or self._open[-1][0] < indent - _HANG:
            self._open.append((indent, mark.style))
        return len(self._open)

    def _begins(
        self,
        block: PrintedBlock,
        above: PrintedLine,
        line: PrintedLine,
        following: Sequence[PrintedLine],
    ) -> bool:
        """Whether a line begins a new block below ``above``."""
        if not same_size(above, line) or self._habits.is_space(above, line):
            return True
        ended = above.has_room_for(line) or above.is_closed
        if above.face.bold != line.face.bold or above.face.italic != line.face.italic:
            return _changes(above, line, ended)
        if line.face.bold or above.face.size > _DISPLAY:
            return number_mark(line.text) is not None and above.has_room_for(line)
        if block.depth:
            return _leaves_item(block, above, line)
        return self._begins_paragraph(block, above, line, following)

    def _begins_paragraph(
        self,
        block: PrintedBlock,
        above: PrintedLine,
        line: PrintedLine,
        following: Sequence[PrintedLine],
    ) -> bool:
        """Whether a line in the style of the one above, without a space, begins a paragraph."""
        ended = above.has_room_for(line) or above.is_closed
        if _is_indented(block, above, line, following) and (ended or self._habits.indents):
            return True
        if self._habits.indents and not line.face.italic:
            indent = line.rect.left - self._margin
            alike = len(block.lines) == 1 and abs(line.rect.left - above.rect.left) < 1
            if alike and indent >= INDENT[0] * line.face.size and above.has_room_for(line):
                return True
            width = above.edge - self._margin
            short = above.rect.right - above.rect.left < _HALF_FULL * width
            return short and _was_ended(block, above, line)
        return _was_ended(block, above, line)


def _was_ended(block: PrintedBlock, above: PrintedLine, line: PrintedLine) -> bool:
    """Whether a line was ended on purpose: the next word would have fitted on it."""
    if not above.has_room_for(line) or line.begins_low:
        return False
    width = above.edge - block.lines[0].rect.left
    short = above.rect.right - above.rect.left < _SHORT * width
    text = above.text.rstrip()
    return above.is_closed or text.endswith(":") or (short and not text.endswith((",", "-")))


def _changes(above: PrintedLine, line: PrintedLine, ended: bool) -> bool:
    """Whether another weight or slant begins a block, and not just emphasised words."""
    if line.begins_low and not ended:
        return False
    if above.mixed or line.mixed:
        return above.is_closed and ended
    return ended or above.face.bold


def _between(above: PrintedLine, line: PrintedLine, regions: Sequence[Rect]) -> bool:
    """Whether a box, table or picture stands between two lines."""
    return any(
        r.top > above.rect.top
        and r.bottom < line.rect.bottom
        and r.left < line.rect.right
        and r.right > line.rect.left
        for r in regions
    )


def _is_indented(
    block: PrintedBlock,
    above: PrintedLine,
    line: PrintedLine,
    following: Sequence[PrintedLine],
) -> bool:
    """Whether a line stands further in, as the first of a paragraph does."""
    size = line.face.size
    step = line.rect.left - above.rect.left
    if len(block.lines) == 1 and step < 0:
        return False
    alone = not following or following[0].rect.left < line.rect.left - 0.3 * size
    return INDENT[0] * size <= step <= INDENT[1] * size and alone


def _leaves_item(block: PrintedBlock, above: PrintedLine, line: PrintedLine) -> bool:
    """Whether a line below a list item is not part of it."""
    first = block.lines[0].rect.left
    hang = block.lines[1].rect.left if len(block.lines) > 1 else None
    if hang is not None and hang > first + _HANG:
        return line.rect.left < hang - _HANG
    if line.begins_low:
        return False
    hangs = line.rect.left > first + _HANG
    return not hangs and (above.is_closed or above.has_room_for(line))


def _mark(
    line: PrintedLine,
    above: PrintedLine | None,
    block: PrintedBlock | None,
    habits: Habits,
) -> Mark | None:
    """The list mark with which a line begins, if it does begin an item."""
    found = marks(line.text)
    if not found:
        return None
    mark = found[0]
    if mark.value == 0 and mark.style != "dash":
        return mark
    if above is None or block is None or habits.is_space(above, line):
        return mark
    if (
        block.depth
        and marks(block.lines[0].text)[:1]
        and (
            marks(block.lines[0].text)[0].style == mark.style
            and abs(block.lines[0].rect.left - line.rect.left) < _HANG
        )
    ):
        return mark
    text = above.text.rstrip()
    ended = above.is_closed or text.endswith((":", ";")) or above.has_room_for(line)
    return mark if ended or not same_size(above, line) else None
