"""Marks of list items and numbers of headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLET = re.compile(r"\s*([•·▪◦‣●○■□➢✓\uf0b7\uf0a7\uf0d8\uf02d])\s*")
_DASH = re.compile(r"\s*([-–—])\s{1,3}(?=\S)")
_ROMAN = re.compile(r"\s*(([ivxl]+)[.)])\s+(?=\S)")
_LETTER = re.compile(r"\s*(\(?([a-z])\))\s+(?=\S)")
_NUMBER = re.compile(r"\s*(\(?(\d{1,2})[.)])\s+(?=\S)")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True, slots=True)
class Mark:
    """A list item's mark: as printed, its style, its place in the count (0 for bullets)."""

    text: str
    style: str
    value: int
    end: int  # where the item's own text begins in the line


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral in either case ("viii" is 8)."""
    total = 0
    previous = 0
    for letter in reversed(numeral.lower()):
        value = _ROMAN_VALUES[letter]
        total += value if value >= previous else -value
        previous = max(previous, value)
    return total


def marks(text: str) -> list[Mark]:
    """The ways in which a line's beginning can be read as a list mark (none for most lines)."""
    if match := _BULLET.match(text):
        return [Mark(match[1], match[1], 0, match.end())]
    if match := _DASH.match(text):
        return [Mark(match[1], "dash", 0, match.end())]
    found: list[Mark] = []
    if match := _ROMAN.match(text):
        style = "roman" + match[1][-1]
        found.append(Mark(match[1], style, roman_value(match[2]), match.end()))
    if match := _LETTER.match(text):
        found.append(Mark(match[1], "letter", ord(match[2]) - ord("a") + 1, match.end()))
    if match := _NUMBER.match(text):
        found.append(Mark(match[1], "number" + match[1][-1], int(match[2]), match.end()))
    return found


class ListState:
    """The lists that are open at a point of the text, outermost first."""

    def __init__(self) -> None:
        self._open: list[Mark] = []

    @property
    def depth(self) -> int:
        """How many lists are open."""
        return len(self._open)

    def close(self) -> None:
        """Ordinary text or a heading follows: no list is open any more."""
        self._open.clear()

    def accepts(self, mark: Mark) -> bool:
        """Whether the mark can begin an item here: the first of a list, or the next one."""
        if mark.value in (0, 1):
            return True
        return any(o.style == mark.style and o.value == mark.value - 1 for o in self._open)

    def enter(self, mark: Mark) -> int:
        """Open the item; returns its level (1 for the outermost list)."""
        for level, other in enumerate(self._open):
            if other.style == mark.style:
                del self._open[level:]
                break
        self._open.append(mark)
        return len(self._open)
