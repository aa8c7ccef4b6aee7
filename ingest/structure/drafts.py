"""A block before its text is made: its kind and the source lines it consists of."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.document import BlockKind, Line
from ingest.structure.chunks import is_closed
from ingest.structure.headings import HeadingMark


@dataclass(slots=True)
class Draft:
    """A block under construction.

    ``lines`` are all its source lines (every character of them is the block's), ``body`` the
    parts whose text is the block's text: without marker and attribution. ``starts_chunk`` and
    ``ends_chunk`` tell whether layout separated it from what precedes and follows, ``wrapped``
    whether its lines were wrapped, ``width`` the width of the chunk it came from. ``gap`` counts
    the blank lines above it, ``after_note`` tells whether a footnote stood there. ``box`` numbers
    the box it stands in, ``aside`` the figure or list that is set apart from the running text,
    ``cells`` are a table's rows of cells, each the lines of that cell. ``margin`` marks a title
    that was printed beside its text.
    """

    kind: BlockKind
    lines: list[Line]
    body: list[Line]
    marker: str = ""
    level: int = 0
    attribution: str = ""
    heading: HeadingMark | None = None
    repeats: bool = False
    starts_chunk: bool = True
    ends_chunk: bool = True
    wrapped: bool = True
    width: int = 0
    box: int | None = None
    cells: tuple[tuple[tuple[Line, ...], ...], ...] = ()
    header_rows: int = 0
    gap: int = 0
    after_note: bool = False
    aside: int | None = None
    margin: bool = False

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0].page

    @property
    def start(self) -> int:
        """Source offset of the first line."""
        return self.lines[0].start

    @property
    def text(self) -> str:
        """The raw text of the body on one line."""
        return " ".join(line.text.strip() for line in self.body).strip()

    @property
    def is_open(self) -> bool:
        """Whether the text ends in the middle of a sentence."""
        last = self.body[-1].text.rstrip()
        return not is_closed(last) and not last.endswith((":", ";"))

    def take_over(self, other: Draft) -> None:
        """Append the other draft's lines: it is this block's continuation."""
        self.ends_chunk = other.ends_chunk
        self.lines.extend(other.lines)
        self.body.extend(other.body)


def plain(kind: BlockKind, lines: list[Line]) -> Draft:
    """A draft whose every line is text."""
    width = max(len(line.text.rstrip()) for line in lines)
    return Draft(kind, list(lines), list(lines), width=width)


def cut_front(lines: list[Line], end: int) -> list[Line]:
    """The lines without the first ``end`` characters of the first one."""
    first = lines[0]
    rest = Line(first.text[end:], first.start + end, first.page)
    return [piece for piece in (rest, *lines[1:]) if piece.text.strip()]
