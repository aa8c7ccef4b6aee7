"""The letters of a PDF's page: what they are, where they stand, in which face they are set."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from ctypes import addressof, byref, c_double
from dataclasses import dataclass, field
from math import hypot
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.pdf.layout.geometry import Face, Segment, Stretch
from ingest.readers.pdf.layout.segments import join_stretches

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|semibd|cmbx|\bbd\b", re.IGNORECASE)
_REGULAR_NAME = re.compile(r"regular|roman|book|light|medium|thin", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|kursiv|\bit\b", re.IGNORECASE)
_BOLD_WEIGHT = 650
_ITALIC_FLAG = 1 << 6
_FORCE_BOLD_FLAG = 1 << 18
_FILL_AND_STROKE = 2
_LINE_END_HYPHENS = (0x2, 0xFFFE)  # what the library makes of a hyphen at a line end
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))
_BULLETS = "\uf0b7\uf0a7\uf0d8\uf02d\uf0fc\uf076\uf0a8\uf06e\uf071\uf0e0"
_FALLBACK_SIZE = 10.0
_FORWARD = 0.35  # of the size: a gap from which letters belong to another stretch
_BACKWARD = 0.6
_SAME_BASELINE = 0.06
_BESIDE = 8.0  # points; letters further off the page are not seen
_LARGEST = 14_400.0  # points; the largest page that the format allows


@dataclass(frozen=True, slots=True)
class View:
    """How the page is to be looked at so that its text stands upright: quarter ``turns``."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def width(self) -> float:
        """Width of the page as looked at."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height of the page as looked at."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def shows(self, x: float, y: float) -> bool:
        """Whether a place, as seen from the top left, is on the page (or just beside it)."""
        return (
            -_BESIDE <= x <= min(self.width, _LARGEST) + _BESIDE
            and -_BESIDE <= y <= min(self.height, _LARGEST) + _BESIDE
        )

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file's coordinates as seen from the top left."""
        match self.turns:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
        return x - self.left, self.top - y


@dataclass(slots=True)
class Letters:
    """A page's text as segments; ``lost`` of the ``count`` letters have no usable meaning."""

    segments: list[Segment]
    view: View
    count: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class _Setting:
    """The face of a text object and the direction in which it runs."""

    face: Face
    turns: int | None  # quarter turns; None for slanted text


@dataclass(slots=True)
class _Letter:
    character: str
    box: tuple[float, float, float, float]  # left, bottom, right, top
    origin: tuple[float, float]
    setting: _Setting
    spaced: bool
    drawn_space: bool


@dataclass(slots=True)
class _Settings:
    """The settings of a page's text objects, each looked up once."""

    text: Any
    known: dict[int, _Setting] = field(default_factory=dict)
    weights: dict[int, tuple[bool, bool]] = field(default_factory=dict)
    settings: dict[_Setting, _Setting] = field(default_factory=dict)

    def of(self, index: int, drawn: Any) -> _Setting:
        """The setting of the letter at ``index``, which is part of the text object ``drawn``."""
        key = addressof(drawn.contents)
        setting = self.known.get(key)
        if setting is None:
            setting = self.known[key] = self._look_up(index, drawn)
        return setting

    def _look_up(self, index: int, drawn: Any) -> _Setting:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.text, index, byref(matrix))
        size = pdfium.FPDFText_GetFontSize(self.text, index)
        size *= hypot(matrix.c, matrix.d) or 1.0
        if not 0.5 <= size <= 2000:
            size = _FALLBACK_SIZE
        bold, italic = self._weight(drawn)
        if pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _FILL_AND_STROKE:
            bold = True
        if matrix.a > 0 and abs(matrix.b) < 0.02 * matrix.a and matrix.c > 0.12 * matrix.d > 0:
            italic = True
        face = Face(round(size * 4) / 4, bold, italic)
        setting = _Setting(face, _quarter_turns(matrix.a, matrix.b))
        return self.settings.setdefault(setting, setting)

    def _weight(self, drawn: Any) -> tuple[bool, bool]:
        font = pdfium.FPDFTextObj_GetFont(drawn)
        if not font:
            return False, False
        key = addressof(font.contents)
        found = self.weights.get(key)
        if found is None:
            found = self.weights[key] = _bold_and_italic(font)
        return found


def _bold_and_italic(font: Any) -> tuple[bool, bool]:
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = (pdfium.c_char * max(size, 1))()
    pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    flags = pdfium.FPDFFont_GetFlags(font)
    flags = flags if flags > 0 else 0
    bold = bool(_BOLD_NAME.search(name)) or bool(flags & _FORCE_BOLD_FLAG)
    if not bold and not _REGULAR_NAME.search(name):
        bold = pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
    return bold, bool(_ITALIC_NAME.search(name)) or bool(flags & _ITALIC_FLAG)


def _quarter_turns(a: float, b: float) -> int | None:
    """How the page must be turned (clockwise quarters) for text with this direction."""
    if abs(b) <= 0.05 * abs(a):
        return 0 if a >= 0 else 2
    if abs(a) <= 0.05 * abs(b):
        return 1 if b > 0 else 3
    return None


def read_letters(page: pypdfium2.PdfPage, limit: int) -> Letters:
    """The text of a page; of a page with more than ``limit`` letters only their number."""
    left, bottom, right, top = page.get_bbox()
    view = View(left, bottom, right, top)
    text = page.get_textpage()
    count = max(pdfium.FPDFText_CountChars(text.raw), 0)
    if count > limit:
        return Letters([], view, count)
    letters = _letters(text.raw, count)
    turns = Counter(letter.setting.turns for letter in letters)
    turns.pop(None, None)
    main = turns.most_common(1)[0][0] if turns else 0
    view = View(left, bottom, right, top, main or 0)
    upright = [letter for letter in letters if letter.setting.turns == main]
    segments = join_stretches(_stretches(upright, view))
    lost = sum(_is_lost(letter.character) for letter in letters)
    text.close()
    return Letters(segments, view, len(letters), lost)


def _letters(text: Any, count: int) -> list[_Letter]:
    """Every letter that is not a space, in the order of the file."""
    settings = _Settings(text)
    rect = pdfium.FS_RECTF()
    x, y = c_double(), c_double()
    to_rect, to_x, to_y = byref(rect), byref(x), byref(y)
    unicode_at = pdfium.FPDFText_GetUnicode
    box_at = pdfium.FPDFText_GetLooseCharBox
    origin_at = pdfium.FPDFText_GetCharOrigin
    object_at = pdfium.FPDFText_GetTextObject
    is_generated = pdfium.FPDFText_IsGenerated
    letters: list[_Letter] = []
    spaced = drawn_space = False
    high = 0
    for index in range(count):
        code = unicode_at(text, index)
        if code in (0x20, 0xA0, 0x09, 0x0A, 0x0D):
            spaced = True
            drawn_space = drawn_space or not is_generated(text, index)
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        character = _character(code, high)
        high = 0
        drawn = object_at(text, index)
        if not character or not drawn or not box_at(text, index, to_rect):
            continue
        if not origin_at(text, index, to_x, to_y):
            continue
        box = (rect.left, rect.bottom, rect.right, rect.top)
        setting = settings.of(index, drawn)
        letters.append(_Letter(character, box, (x.value, y.value), setting, spaced, drawn_space))
        spaced = drawn_space = False
    return letters


def _character(code: int, high: int) -> str:
    """What a code stands for: ligatures as letters, line-end hyphens as hyphens."""
    if code in _LINE_END_HYPHENS:
        return "-"
    if code < 0x20 or 0x7F <= code < 0xA0:
        return "\ufffd" if code == 0 else ""
    if 0xDC00 <= code < 0xE000:
        code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
    if code > 0x10FFFF or code == 0xFFFF:
        return "\ufffd"
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", chr(code))
    return chr(code)


def _is_lost(character: str) -> bool:
    if character == "\ufffd":
        return True
    code = ord(character[0])
    return character not in _BULLETS and any(low <= code <= high for low, high in _PRIVATE)


def _stretches(letters: list[_Letter], view: View) -> list[Stretch]:
    """Letters that follow one another on a line in one face, together."""
    stretches: list[Stretch] = []
    current: Stretch | None = None
    for order, letter in enumerate(letters):
        box = letter.box
        a, b = view.place(box[0], box[1]), view.place(box[2], box[3])
        left, right = min(a[0], b[0]), max(a[0], b[0])
        baseline = view.place(*letter.origin)[1]
        size = letter.setting.face.size
        width = (right - left) / len(letter.character)
        places = [(left + n * width, left + (n + 1) * width) for n in range(len(letter.character))]
        if (
            current is not None
            and current.face is letter.setting.face
            and not letter.spaced
            and abs(baseline - current.baseline) <= _SAME_BASELINE * size
            and -_BACKWARD * size <= left - current.right <= _FORWARD * size
        ):
            current.text += letter.character
            current.places.extend(places)
            continue
        current = Stretch(
            letter.character,
            places,
            baseline,
            letter.setting.face,
            order,
            letter.spaced,
            letter.drawn_space,
        )
        stretches.append(current)
    return [s for s in stretches if view.shows(s.left, s.baseline) and s.right < _LARGEST]
