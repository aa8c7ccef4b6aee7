"""Printed lines and blocks of lines, before anything is written."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.document import BlockKind
from ingest.readers.pdf.layout.geometry import Face, Raised, Rect, Segment, around

_CLOSED = re.compile(r"(?:[.!?…][”’\"')\]»]*|[”’]\)?)[\d,]*\s*$")
_LOWER = re.compile(r"[(‘“\"'„–-]*\s?[a-zß-ÿ]")
_OTHER_SIZE = 0.07  # share by which sizes differ that are not the same
_SAME_LINE = 0.35  # of the size: baselines nearer than this are one line's


@dataclass(slots=True)
class PrintedLine:
    """A line of one column; ``edge`` is how far to the right it could have gone."""

    text: str
    middles: list[float]
    rect: Rect
    baseline: float
    face: Face
    page: int
    raised: tuple[Raised, ...] = ()
    mixed: bool = False
    edge: float = 0.0

    @property
    def is_closed(self) -> bool:
        """Whether the line ends as a sentence does; raised note numbers do not count."""
        text = self.text
        if self.raised and self.raised[-1].end >= len(text.rstrip()):
            text = text[: self.raised[-1].start]
        return bool(_CLOSED.search(text))

    @property
    def begins_low(self) -> bool:
        """Whether the line begins in lower case: it goes on with a sentence."""
        return bool(_LOWER.match(self.text))

    def has_room_for(self, following: PrintedLine) -> bool:
        """Whether the next line's first word would still have fitted on this one."""
        word = following.text.split(" ", maxsplit=1)[0]
        mean = following.rect.width / max(len(following.text), 1)
        width = following.middles[max(len(word) - 1, 0)] - following.middles[0] + mean
        return self.rect.right + width + 0.45 * self.face.size < self.edge


def same_size(a: PrintedLine, b: PrintedLine) -> bool:
    """Whether two lines are set in the same size."""
    largest = max(a.face.size, b.face.size)
    return abs(a.face.size - b.face.size) <= _OTHER_SIZE * largest


@dataclass(slots=True)
class PrintedTable:
    """Rows of cells, each the text of that cell on one line (``None`` for an empty one)."""

    rect: Rect
    rows: list[list[str]]
    header_rows: int
    page: int


@dataclass(slots=True)
class PrintedBlock:
    """Lines that belong together: later an element.

    ``opens`` tells that a column, page or box begins with it or that something stands between it
    and the text above; ``depth`` is the indent rank of its list mark (0 without a mark).
    """

    lines: list[PrintedLine]
    kind: BlockKind | None = None
    box: int | None = None
    depth: int = 0
    label: str = ""
    opens: bool = False
    indented: bool = False
    noise: bool = False
    table: PrintedTable | None = None

    @property
    def face(self) -> Face:
        """The face of most of its text."""
        weights: dict[Face, int] = {}
        for line in self.lines:
            weights[line.face] = weights.get(line.face, 0) + len(line.text)
        return max(weights, key=lambda f: weights[f])

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.table.page if self.table else self.lines[0].page

    @property
    def rect(self) -> Rect:
        """The space that it takes on its first page."""
        if self.table:
            return self.table.rect
        return around(line.rect for line in self.lines if line.page == self.page)

    @property
    def text(self) -> str:
        """Its text on one line."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Column:
    """A column's lines and what stands between them, from the top to the bottom."""

    rect: Rect
    segments: list[Segment]
    regions: list[Rect] = field(default_factory=list)


def printed_lines(segments: Sequence[Segment], page: int) -> list[PrintedLine]:
    """The segments of one column as lines, those on one baseline together."""
    lines: list[PrintedLine] = []
    row: list[Segment] = []
    for segment in sorted(segments, key=lambda s: (s.baseline, s.left)):
        if row and segment.baseline - row[0].baseline > _SAME_LINE * min(
            segment.height, row[0].height
        ):
            lines.append(one_line(row, page))
            row = []
        row.append(segment)
    if row:
        lines.append(one_line(row, page))
    return lines


def one_line(row: Sequence[Segment], page: int) -> PrintedLine:
    """Segments on one baseline as one line."""
    ordered = sorted(row, key=lambda s: s.left)
    text = ordered[0].text
    middles = list(ordered[0].middles)
    raised = list(ordered[0].raised)
    for before, segment in itertools.pairwise(ordered):
        text += " "
        middles.append((before.right + segment.left) / 2)
        raised += [Raised(r.start + len(text), r.end + len(text)) for r in segment.raised]
        text += segment.text
        middles.extend(segment.middles)
    longest = max(ordered, key=lambda s: len(s.text))
    return PrintedLine(
        text,
        middles,
        around(s.rect for s in ordered),
        longest.baseline,
        Face(
            longest.face.size,
            all(s.face.bold for s in ordered),
            all(s.face.italic for s in ordered),
        ),
        page,
        tuple(raised),
        any(s.mixed or s.face.bold != longest.face.bold for s in ordered),
    )
