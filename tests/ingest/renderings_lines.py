"""Lines of set text for PDF renderings: words with fonts, raised references, broken to a width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.renderings import Piece

_FONTS = Path(reportlab.__file__).parent / "fonts"
_RAISED_SIZE = 0.62
_RISE = 0.36
_LEADING = 1.22
_VOWELS = "aeiouyéëèïöü"
_LEAST = 4  # letters of a word on either side of a hyphen


@dataclass(frozen=True, slots=True)
class Face:
    """A font at a size."""

    font: str
    size: float

    def width(self, text: str) -> float:
        """The width of a text in points."""
        return float(pdfmetrics.stringWidth(text, self.font, self.size))

    @property
    def leading(self) -> float:
        """From one base line to the next."""
        return self.size * _LEADING


@dataclass(frozen=True, slots=True)
class Family:
    """The fonts of a layout."""

    regular: str
    bold: str
    italic: str


TIMES = Family("Times-Roman", "Times-Bold", "Times-Italic")
HELVETICA = Family("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
VERA = Family("Vera", "VeraBd", "VeraIt")


def register() -> None:
    """Make the fonts that are files known."""
    for name in (VERA.regular, VERA.bold, VERA.italic):
        pdfmetrics.registerFont(TTFont(name, str(_FONTS / f"{name}.ttf")))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line in one face; ``note`` for the label of a reference."""

    text: str
    note: bool = False


@dataclass(slots=True)
class SetLine:
    """A line of text at an indent; ``mark`` is a list mark or label to the left of it."""

    face: Face
    parts: list[Part]
    indent: float = 0.0
    mark: str = ""
    notes: list[str] = field(default_factory=list)
    slack: float = 0.0
    """What is left of the width, to be shared by the spaces of a justified line."""

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Put the line on a page."""
        if self.mark:
            canvas.setFont(self.face.font, self.face.size)
            canvas.drawString(x, y, self.mark)
        text = canvas.beginText(x + self.indent, y)
        spaces = sum(part.text.count(" ") for part in self.parts)
        text.setWordSpace(self.slack / spaces if spaces and self.slack else 0)
        for part in self.parts:
            size = self.face.size * (_RAISED_SIZE if part.note else 1)
            text.setFont(self.face.font, size)
            text.setRise(self.face.size * _RISE if part.note else 0)
            text.textOut(part.text)
        canvas.drawText(text)


def broken(
    pieces: Iterable[Piece],
    face: Face,
    width: float,
    *,
    indent: float = 0.0,
    first: float | None = None,
    mark: str = "",
    hyphens: bool = False,
    justified: bool = False,
) -> list[SetLine]:
    """The pieces as lines that are no wider than ``width``, the first at its own indent."""
    lines = [SetLine(face, [], indent if first is None else first, mark)]
    used = lines[0].indent
    words = [part for word in _words(pieces) for part in _fitting(word, face, width - indent)]
    while words:
        word = words.pop(0)
        gap = face.width(" ") if lines[-1].parts else 0.0
        if used + gap + _width(word, face) <= width or not (lines[-1].parts or len(word[0].text)):
            used += gap + _width(word, face)
            _append(lines[-1], word)
            continue
        room = width - used - gap
        halves = _divided(word[0].text, face, room) if hyphens else None
        if halves is not None:
            used += gap + face.width(halves[0])
            _append(lines[-1], [Part(halves[0])])
            word = [Part(halves[1]), *word[1:]]
        if not lines[-1].parts:
            _append(lines[-1], word)
            used += _width(word, face)
            continue
        lines[-1].slack = max(0.0, width - used) if justified else 0.0
        lines.append(SetLine(face, [], indent))
        used = indent
        words.insert(0, word)
    return lines


def _words(pieces: Iterable[Piece]) -> Iterator[list[Part]]:
    """The words, each with the references that cling to it."""
    word: list[Part] = []
    for piece in pieces:
        if piece.note:
            word.append(Part(piece.note, note=True))
            continue
        for number, text in enumerate(piece.text.split(" ")):
            if number and word:
                yield word
                word = []
            if text:
                word.append(Part(text))
    if word:
        yield word


def _fitting(word: list[Part], face: Face, width: float) -> list[list[Part]]:
    """The word, or where it is an address too long for a line the parts between its slashes."""
    if len(word) > 1 or word[0].note or _width(word, face) <= width:
        return [word]
    found = [""]
    for step in re.split(r"(?<=[/-])", word[0].text):
        if face.width(found[-1] + step) > width:
            found.append("")
        found[-1] += step
    return [[Part(text)] for text in found if text]


def _width(word: Iterable[Part], face: Face) -> float:
    small = replace(face, size=face.size * _RAISED_SIZE)
    return sum((small if part.note else face).width(part.text) for part in word)


def _append(line: SetLine, word: Iterable[Part]) -> None:
    """Add a word to a line; text of one face is one stretch, as programs write it."""
    for number, part in enumerate(word):
        if part.note:
            line.notes.append(part.text)
        gap = " " if number == 0 and line.parts else ""
        if part.note and line.parts and line.parts[-1].note:  # two references in a row
            gap = " "
        if line.parts and not line.parts[-1].note and not part.note:
            line.parts[-1] = Part(line.parts[-1].text + gap + part.text)
        else:
            line.parts.append(Part(gap + part.text, part.note))


def _divided(word: str, face: Face, room: float) -> tuple[str, str] | None:
    """The word in two at a hyphen that fits, between a vowel's consonant and the next one."""
    if not word.isalpha() or not word.islower():
        return None
    for at in range(len(word) - _LEAST, _LEAST - 1, -1):
        good = word[at] not in _VOWELS and word[at - 1] in _VOWELS and word[at + 1] in _VOWELS
        if good and face.width(word[:at] + "-") <= room:
            return word[:at] + "-", word[at:]
    return None
