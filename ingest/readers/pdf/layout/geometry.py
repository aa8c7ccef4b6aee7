"""What stands on a page, and where: coordinates in points from the top left, y downwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

ASCENT = 0.78  # of the size: how far letters reach above the baseline
DESCENT = 0.22


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def area(self) -> float:
        """Square points."""
        return self.width * self.height

    def holds(self, other: Rect, slack: float = 2.0) -> bool:
        """Whether the other rectangle lies within this one, give or take ``slack``."""
        return (
            other.left >= self.left - slack
            and other.right <= self.right + slack
            and other.top >= self.top - slack
            and other.bottom <= self.bottom + slack
        )

    def holds_centre(self, other: Rect) -> bool:
        """Whether the middle of the other rectangle lies within this one."""
        x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def meets(self, other: Rect, slack: float = 0.0) -> bool:
        """Whether the two share a point, give or take ``slack``."""
        return (
            self.left <= other.right + slack
            and other.left <= self.right + slack
            and self.top <= other.bottom + slack
            and other.top <= self.bottom + slack
        )

    def overlap_x(self, other: Rect) -> float:
        """Over how many points the two stand above each other (negative: how far apart)."""
        return min(self.right, other.right) - max(self.left, other.left)

    def overlap_y(self, other: Rect) -> float:
        """Over how many points the two stand side by side (negative: how far apart)."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)


def around(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle that holds all of them (at least one)."""
    every = list(rects)
    return Rect(
        min(r.left for r in every),
        min(r.top for r in every),
        max(r.right for r in every),
        max(r.bottom for r in every),
    )


@dataclass(frozen=True, slots=True)
class Face:
    """How letters are set: size in points as seen on the page, weight, slant."""

    size: float
    bold: bool = False
    italic: bool = False


@dataclass(slots=True)
class Stretch:
    """Letters that follow one another on one baseline in one face, as the file draws them.

    ``places`` are the letters' left and right edges; ``spaced`` tells that a space precedes,
    ``drawn_space`` that it is a letter of the file and not just a gap, ``order`` its place in the
    order in which the file draws.
    """

    text: str
    places: list[tuple[float, float]]
    baseline: float
    face: Face
    order: int
    spaced: bool = False
    drawn_space: bool = False

    @property
    def left(self) -> float:
        """Left edge of the first letter."""
        return self.places[0][0]

    @property
    def right(self) -> float:
        """Right edge of the last letter."""
        return self.places[-1][1]


@dataclass(frozen=True, slots=True)
class Raised:
    """A part of a segment's text that stands small above the line: a note reference."""

    start: int
    end: int


@dataclass(slots=True)
class Segment:
    """A piece of a printed line without a wide gap in it; ``middles`` are its letters' middles."""

    text: str
    middles: list[float]
    left: float
    right: float
    baseline: float
    face: Face
    raised: tuple[Raised, ...] = ()
    mixed: bool = False  # bold and regular words in one line

    @property
    def rect(self) -> Rect:
        """The space that the text takes."""
        size = self.face.size
        return Rect(
            self.left, self.baseline - ASCENT * size, self.right, self.baseline + DESCENT * size
        )

    @property
    def height(self) -> float:
        """The size of the letters."""
        return self.face.size


@dataclass(frozen=True, slots=True)
class Area:
    """A filled or framed part of the page; ``fill`` is its colour, ``None`` for a frame only."""

    rect: Rect
    fill: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class WebLink:
    """A part of the page that leads to an address."""

    rect: Rect
    target: str


@dataclass(slots=True)
class Page:
    """A page as drawn: its text, rules, filled areas, pictures and links."""

    number: int
    width: float
    height: float
    segments: list[Segment]
    rows: list[Rect] = field(default_factory=list)  # horizontal rules
    columns: list[Rect] = field(default_factory=list)  # vertical rules
    areas: list[Area] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)
    dots: list[Rect] = field(default_factory=list)  # small filled shapes: drawn bullets
    links: list[WebLink] = field(default_factory=list)
