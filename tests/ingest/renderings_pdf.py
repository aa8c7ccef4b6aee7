"""A document that was read, written again as PDF in several layouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from io import BytesIO

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Block, BlockKind, Document
from tests.ingest.renderings import (
    Piece,
    footnotes,
    grouped,
    pieces,
    running,
    title,
)
from tests.ingest.renderings_lines import (
    HELVETICA,
    TIMES,
    VERA,
    Face,
    Family,
    SetLine,
    broken,
    register,
)
from tests.ingest.renderings_tables import set_rows

_WIDTH, _HEIGHT = A4
_MARGIN = 68.0
_TOP, _BOTTOM = _HEIGHT - 84.0, 72.0
_GUTTER = 20.0
_NOTE_SIZE = 7.6
_PADDING = 9.0
_GREY = 0.9
_ITEM = 15.0
_PICTURE = Image.new("RGB", (140, 70), (120, 150, 180))
_TABLE = ("Tabel", "Uitgaven")
_HEADINGS = (6.5, 3.5, 1.5, 0.6)  # points larger than running text, by level


class Layout(Enum):
    """How a document is laid out: columns, fonts, and what parts one paragraph from the next."""

    ONE_COLUMN = "one column"
    TWO_COLUMNS = "two columns"
    BOXES = "boxes"

    @property
    def family(self) -> Family:
        """The fonts."""
        return {"one column": TIMES, "two columns": HELVETICA, "boxes": VERA}[self.value]

    @property
    def size(self) -> float:
        """The size of running text."""
        return {"one column": 11.0, "two columns": 9.0, "boxes": 9.5}[self.value]


@dataclass(slots=True)
class _Stack:
    """Things that stay together: lines with their heights, and what is drawn behind them."""

    lines: list[SetLine] = field(default_factory=list)
    before: float = 0.0
    keep: bool = False
    """Whether the first line of what follows must stand on the same page."""


@dataclass(slots=True)
class _Press:
    """Sets a document: a cursor going down columns, with footnotes at their feet."""

    document: Document
    layout: Layout
    canvas: Canvas
    notes: dict[str, list[SetLine]] = field(default_factory=dict)
    column: int = 0
    top: float = _TOP
    y: float = _TOP
    page: int = 1
    pending: list[str] = field(default_factory=list)
    deferred: list[list[Block]] = field(default_factory=list)

    @property
    def columns(self) -> int:
        return 2 if self.layout is Layout.TWO_COLUMNS else 1

    @property
    def width(self) -> float:
        whole = _WIDTH - 2 * _MARGIN
        return (whole - _GUTTER * (self.columns - 1)) / self.columns

    @property
    def x(self) -> float:
        return _MARGIN + self.column * (self.width + _GUTTER)

    def face(self, *, bold: bool = False, italic: bool = False, larger: float = 0.0) -> Face:
        family = self.layout.family
        font = family.bold if bold else family.italic if italic else family.regular
        return Face(font, self.layout.size + larger)

    def run(self) -> None:
        """Set the whole document."""
        small = Face(self.layout.family.regular, _NOTE_SIZE)
        for note in footnotes(self.document):
            parts = [Piece(note=note.marker), Piece(" "), *pieces(note)]
            self.notes[note.marker] = broken(parts, small, self.width)
        for box, members in grouped(running(self.document)):
            if box is not None:
                self._place_box(members)
                continue
            for before, block in zip([None, *members], members, strict=False):
                self._place_block(block, before)
        while self.deferred:
            self._next_column()
        self._end_page()

    def _place_block(self, block: Block, before: Block | None) -> None:
        if block.kind is BlockKind.TABLE:
            self._place_table(block)
            return
        if block.kind is BlockKind.CAPTION and not block.text.text.startswith(_TABLE):
            self._place_picture()
        if self.columns > 1 and block.kind is BlockKind.HEADING and self._is_chapter(block):
            self._place_chapter(block)
            return
        self._flow(self._set(block, self.width, before))

    def _is_chapter(self, heading: Block) -> bool:
        return heading.level == 1 and any(s.level > 1 for s in self.document.sections)

    def _set(self, block: Block, room: float, before: Block | None = None) -> _Stack:
        """A block as lines of a width."""
        space = self.layout.size * 0.6
        justified = self.layout is Layout.TWO_COLUMNS
        match block.kind:
            case BlockKind.HEADING:
                larger = _HEADINGS[min(block.level, len(_HEADINGS)) - 1]
                face = self.face(bold=True, larger=larger)
                return _Stack(broken(title(block), face, room), space * 2, keep=True)
            case BlockKind.LIST_ITEM:
                indent = _ITEM * (block.level + 0.6 * (len(block.marker) > 3))
                start = _ITEM * (block.level - 1)
                face = self.face()
                lines = broken(pieces(block), face, room - start, indent=indent - start)
                lines[0].mark = block.marker
                for line in lines:
                    line.indent += start if not line.mark else 0.0
                return _Stack(lines, space * 0.4)
            case BlockKind.CAPTION:
                face = self.face(italic=True, larger=-1.5)
                return _Stack(broken(pieces(block), face, room), space)
            case BlockKind.PULL_QUOTE:
                face = self.face(italic=True, larger=2.5)
                return _Stack(broken(pieces(block), face, room, indent=_ITEM), space * 1.6)
            case _:
                return self._paragraph(block, room, before, space, justified)

    def _paragraph(
        self, block: Block, room: float, before: Block | None, space: float, justified: bool
    ) -> _Stack:
        """In two columns a paragraph is shown by its first line, else by the space above it."""
        after_text = before is not None and before.kind is BlockKind.PARAGRAPH
        first = 10.0 if justified and after_text else 0.0
        lines = broken(
            pieces(block),
            self.face(),
            room,
            first=first,
            hyphens=justified,
            justified=justified,
        )
        return _Stack(lines, 0.0 if first else space)

    def _place_chapter(self, block: Block) -> None:
        """A heading over the whole width, at the top of a page."""
        while self.deferred:
            self._next_column()
        if self.y < _TOP or self.column or self.pending:
            self._end_page()
            self._begin_page()
        face = self.face(bold=True, larger=_HEADINGS[0])
        for line in broken(title(block), face, _WIDTH - 2 * _MARGIN):
            self.y -= face.leading
            line.draw(self.canvas, _MARGIN, self.y)
            self.pending.extend(line.notes)
        self.y -= face.leading * 0.6
        self.top = self.y

    def _flow(self, stack: _Stack) -> None:
        """Put lines down the column, and on in the next one."""
        if self.y < self.top:
            self.y -= stack.before
        needed = sum(line.face.leading for line in stack.lines)
        if stack.keep and self.y - needed - 3 * self.layout.size < self._foot([]):
            self._next_column()
        for line in stack.lines:
            if self.y - line.face.leading < self._foot(line.notes) and self.y < self.top:
                self._next_column()
            self.y -= line.face.leading
            line.draw(self.canvas, self.x, self.y)
            self.pending.extend(line.notes)

    def _foot(self, more: Sequence[str]) -> float:
        """Where the column must end so that its notes have room below it."""
        labels = [*self.pending, *more]
        height = sum(line.face.leading for label in labels for line in self.notes[label])
        return _BOTTOM + height + (12.0 if labels else 0.0)

    def _end_column(self) -> None:
        """Print the notes of the column at its foot, under a short rule."""
        y = self._foot([]) - 6.0
        if self.pending:
            self.canvas.setLineWidth(0.5)
            self.canvas.line(self.x, y, self.x + 90, y)
        for label in self.pending:
            for line in self.notes[label]:
                y -= line.face.leading
                line.draw(self.canvas, self.x, y)
        self.pending = []

    def _next_column(self) -> None:
        self._end_column()
        if self.column + 1 < self.columns:
            self.column += 1
            self.y = self.top
        else:
            self._end_page()
            self._begin_page()
        while self.deferred and (self.y == self.top or self._fits(self.deferred[0])):
            self._draw_box(self.deferred.pop(0))

    def _end_page(self) -> None:
        self._end_column()
        face = Face(self.layout.family.regular, 8.0)
        self.canvas.setFont(face.font, face.size)
        header = "Ministerie van Buitenlandse Zaken  |  " + self.document.id
        self.canvas.drawString(_MARGIN, _HEIGHT - 46, header)
        number = str(self.page)
        if self.layout is Layout.BOXES:
            number = f"Pagina {self.page}"
        self.canvas.drawRightString(_WIDTH - _MARGIN, 40, number)
        self.canvas.showPage()

    def _begin_page(self) -> None:
        self.page += 1
        self.column = 0
        self.top = self.y = _TOP

    def _place_box(self, members: list[Block]) -> None:
        """A shaded frame where it belongs, or at the top of the next column, in running text."""
        if self._fits(members):
            self._draw_box(members)
        else:
            self.deferred.append(members)

    def _fits(self, members: Sequence[Block]) -> bool:
        return self.y - self._height(members) >= self._foot(_labels(members))

    def _stacks(self, members: Sequence[Block]) -> list[_Stack]:
        return [self._set(block, self.width - 2 * _PADDING) for block in members]

    def _height(self, members: Sequence[Block]) -> float:
        text = sum(
            stack.before + sum(line.face.leading for line in stack.lines)
            for stack in self._stacks(members)
        )
        return text + 3 * _PADDING

    def _draw_box(self, members: Sequence[Block]) -> None:
        height = self._height(members) - _PADDING
        self.y -= _PADDING if self.y < self.top else 0.0
        self.canvas.setFillGray(_GREY)
        self.canvas.rect(self.x, self.y - height, self.width, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)
        end = self.y - height
        self.y -= _PADDING / 2
        for stack in self._stacks(members):
            self.y -= stack.before
            for line in stack.lines:
                self.y -= line.face.leading
                line.draw(self.canvas, self.x + _PADDING, self.y)
                self.pending.extend(line.notes)
        self.y = end - _PADDING

    def _place_table(self, block: Block) -> None:
        """A ruled table; a row is not parted."""
        self.y -= self.layout.size * 0.5
        regular, bold = self.face(larger=-1.5), self.face(bold=True, larger=-1.5)
        for row in set_rows(block, regular, bold, self.width):
            if self.y - row.height < self._foot(row.notes):
                self._next_column()
            row.draw(self.canvas, self.x, self.y)
            self.y -= row.height
            self.pending.extend(row.notes)
        self.y -= self.layout.size * 0.6

    def _place_picture(self) -> None:
        """A picture, as stands above a caption."""
        if self.y - _PICTURE.height - 4 * self.layout.size < self._foot([]):
            self._next_column()
        self.y -= _PICTURE.height + self.layout.size
        self.canvas.drawInlineImage(_PICTURE, self.x, self.y)


def _labels(members: Sequence[Block]) -> list[str]:
    return [note.label for block in members for note in block.notes]


def as_pdf(document: Document, layout: Layout) -> bytes:
    """The document as a PDF in a layout; running header and page number on every page."""
    register()
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=True)
    _Press(document, layout, canvas).run()
    canvas.save()
    return stream.getvalue()
