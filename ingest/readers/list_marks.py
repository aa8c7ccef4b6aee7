"""Numbers as word processors print them before list items, headings and notes."""

from __future__ import annotations

_LETTERS = 26
_MAXIMUM_LETTERS = 780  # thirty times the alphabet, as word processors have it
_MAXIMUM_ROMAN = 4999
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0a8": "◻",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0e0": "→",
    "\uf0e8": "➔",
    "\uf06c": "●",
    "\uf06e": "■",
    "\uf06f": "□",
    "\uf071": "❑",
    "\uf076": "❖",
    "\uf0fe": "☑",
    "\uf02d": "-",
}
_PRIVATE = range(0xE000, 0xF900)
BULLET = "•"


def letters(number: int) -> str:
    """The number as letters: a, b ... z, aa, bb ..."""
    if not 1 <= number <= _MAXIMUM_LETTERS:
        return str(number)
    times, place = divmod(number - 1, _LETTERS)
    return chr(ord("a") + place) * (times + 1)


def roman(number: int) -> str:
    """The number as a Roman numeral in small letters."""
    if not 1 <= number <= _MAXIMUM_ROMAN:
        return str(number)
    numeral = ""
    for value, letter in _ROMAN:
        times, number = divmod(number, value)
        numeral += letter * times
    return numeral


def bullet(text: str) -> str:
    """A bullet as printed: symbol fonts hold theirs at private places."""
    mark = text.strip()[:3]
    if not mark:
        return BULLET
    if len(mark) == 1 and ord(mark) in _PRIVATE:
        return _BULLETS.get(mark, BULLET)
    return mark


def is_bullet(mark: str) -> bool:
    """Whether a mark is a bullet, not a number."""
    return not any(character.isalnum() for character in mark)


def symbol(code: str) -> str:
    """The character with this hexadecimal code in a symbol font, as far as it is known."""
    try:
        place = int(code[:6], 16)
    except ValueError:
        return ""
    if not 0x20 <= place <= 0x10FFFF or 0xD800 <= place < 0xE000:
        return ""
    if place < 0x100:
        place += 0xF000  # the same place, written without the private range
    return _BULLETS.get(chr(place), chr(place))
