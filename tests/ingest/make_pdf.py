"""PDFs made for tests: text set line by line, as a word processor or designer would."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

REGULAR, BOLD, ITALIC = "Helvetica", "Helvetica-Bold", "Helvetica-Oblique"
WIDTH, HEIGHT = A4
LEFT, TOP, MEASURE = 70.0, 80.0, 455.0


@dataclass
class Sheet:
    """A PDF under construction; ``y`` is how far down the page the next line comes.

    In a text ``^12`` at the end of a word is a raised 12.
    """

    title: str = ""
    author: str = ""
    encrypt: Any = None
    x: float = LEFT
    y: float = TOP
    measure: float = MEASURE
    size: float = 10.0
    _buffer: BytesIO = field(default_factory=BytesIO)

    def __post_init__(self) -> None:
        self.canvas = Canvas(self._buffer, pagesize=A4, encrypt=self.encrypt, invariant=1)
        if self.title:
            self.canvas.setTitle(self.title)
        if self.author:
            self.canvas.setAuthor(self.author)

    def bytes(self) -> bytes:
        """The finished file."""
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()

    def page(self) -> None:
        self.canvas.showPage()
        self.at(LEFT, TOP, MEASURE)

    def at(self, x: float, y: float, measure: float | None = None) -> None:
        self.x, self.y = x, y
        self.measure = measure or self.measure

    def line(self, text: str, x: float, y: float, size: float, font: str = REGULAR) -> None:
        """One line, with raised numbers."""
        for part, rise in _parts(text):
            letters = size * 0.6 if rise else size
            self.canvas.setFont(font, letters)
            self.canvas.drawString(x, HEIGHT - y + (0.35 * size if rise else 0), part)
            x += stringWidth(part, font, letters)

    def paragraph(
        self,
        text: str,
        font: str = REGULAR,
        size: float = 0.0,
        *,
        indent: float = 0.0,
        hang: float = 0.0,
        after: float = 8.0,
    ) -> None:
        """A text broken into lines; ``indent`` moves the first line, ``hang`` the others."""
        size = size or self.size
        words = text.split(" ")
        first = True
        while words:
            left = self.x + (indent if first else hang)
            room = self.x + self.measure - left
            count = 1
            while count < len(words) and _width(words[: count + 1], font, size) <= room:
                count += 1
            self.line(" ".join(words[:count]), left, self.y, size, font)
            words = words[count:]
            self.y += 1.25 * size
            first = False
        self.y += after

    def heading(self, text: str, size: float = 13.0, font: str = BOLD) -> None:
        self.y += 6
        self.paragraph(text, font, size, after=4)

    def item(self, mark: str, text: str, indent: float = 0.0) -> None:
        """A list item, its text hanging behind its mark."""
        self.line(mark, self.x + indent, self.y, self.size)
        x, measure = self.x, self.measure
        self.at(x + indent + 14, self.y, measure - indent - 14)
        self.paragraph(text, after=0)
        self.at(x, self.y, measure)

    def ground(self, x: float, y: float, width: float, height: float) -> None:
        """A shaded rectangle; its top is at ``y``."""
        self.canvas.setFillColorRGB(0.85, 0.9, 0.96)
        self.canvas.rect(x, HEIGHT - y - height, width, height, stroke=0, fill=1)
        self.canvas.setFillColorRGB(0, 0, 0)

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        self.canvas.rect(x, HEIGHT - y - height, width, height, stroke=1, fill=0)

    def rule(self, x: float, y: float, width: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x, HEIGHT - y, x + width, HEIGHT - y)

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        """A grey picture."""
        image = ImageReader(Image.new("RGB", (4, 4), (120, 120, 120)))
        self.canvas.drawImage(image, x, HEIGHT - y - height, width, height)

    def link(self, address: str, x: float, y: float, width: float) -> None:
        rect = (x, HEIGHT - y - 3, x + width, HEIGHT - y + 9)
        self.canvas.linkURL(address, rect)

    def table(
        self, rows: list[list[str]], widths: list[float], *, ruled: bool, bold: bool = True
    ) -> None:
        """Rows of cells: text to the left, the other columns to the right."""
        height = 1.6 * self.size
        top = self.y - self.size
        for number, row in enumerate(rows):
            font = BOLD if bold and number == 0 else REGULAR
            x = self.x
            for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
                shift = 3.0
                if column:
                    shift = width - 3 - stringWidth(cell, font, self.size)
                self.line(cell, x + shift, self.y, self.size, font)
                if ruled:
                    self.frame(x, top + number * height, width, height)
                x += width
            self.y += height
        self.y += 8


def _parts(text: str) -> list[tuple[str, bool]]:
    """A line's parts: plain text, and the numbers that are raised."""
    parts: list[tuple[str, bool]] = []
    pieces = text.split("^")
    if pieces[0]:
        parts.append((pieces[0], False))
    for piece in pieces[1:]:
        end = next((i for i, c in enumerate(piece) if not c.isdigit()), len(piece))
        parts.append((piece[:end], True))
        if piece[end:]:
            parts.append((piece[end:], False))
    return parts


def _width(words: list[str], font: str, size: float) -> float:
    return sum(
        stringWidth(part, font, size * 0.6 if rise else size)
        for part, rise in _parts(" ".join(words))
    )
