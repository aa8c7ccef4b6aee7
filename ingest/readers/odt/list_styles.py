"""The list styles of an ODT file: how the items and headings of each level are marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.list_marks import BULLET, bullet, letters, roman
from ingest.readers.odt.xml import STYLE, TEXT, count

LEVELS = 10
_MAXIMUM_START = 1_000_000
_MAXIMUM_TEXT = 60  # characters around a number
_PLACE = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is marked; ``whole`` is the form with all numbers in place."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    whole: str = ""
    shown: int = 1
    start: int = 1
    bullet: str = ""


@dataclass(slots=True)
class Counts:
    """How far a list has been counted, by level from 1."""

    numbers: dict[int, int] = field(default_factory=dict)

    def add(self, level: int, start: int, given: int | None = None) -> None:
        """Count an item; ``given`` is the number that it is told to have."""
        following = self.numbers[level] + 1 if level in self.numbers else start
        self.numbers[level] = following if given is None else given
        self.restart_below(level)

    def restart_below(self, level: int) -> None:
        """Begin the deeper levels anew."""
        for deeper in [one for one in self.numbers if one > level]:
            del self.numbers[deeper]


@dataclass(slots=True)
class ListStyles:
    """The marks of lists by list style, and of headings."""

    elements: Mapping[str, etree._Element]
    outline: etree._Element | None
    _known: dict[str, dict[int, Level]] = field(default_factory=dict)
    _headings: dict[int, Level] | None = None

    def item(self, style: str, level: int, counts: Counts, given: int | None = None) -> str:
        """Count an item of a list; its mark as printed."""
        levels = self._levels(style)
        return _count(levels, level, counts, given)

    def heading(self, level: int, counts: Counts, given: int | None = None) -> str:
        """Count a heading; its number as printed."""
        if self._headings is None:
            self._headings = {} if self.outline is None else _read(self.outline)
        return _count(self._headings, level, counts, given)

    def _levels(self, style: str) -> dict[int, Level]:
        if style not in self._known:
            element = self.elements.get(style)
            unknown = {level: Level(bullet=BULLET) for level in range(1, LEVELS + 1)}
            self._known[style] = unknown if element is None else _read(element)
        return self._known[style]


def _count(levels: Mapping[int, Level], level: int, counts: Counts, given: int | None) -> str:
    here = levels.get(level)
    if here is None:
        return ""
    counts.add(level, here.start, given)
    if here.bullet:
        return here.bullet

    def place(one: int) -> str:
        at = levels.get(one, Level())
        return _formatted(counts.numbers.get(one, at.start), at.form)

    if here.whole:
        return _PLACE.sub(lambda match: place(int(match[1])), here.whole).strip()
    if not here.form:
        return (here.prefix + here.suffix).strip()
    shown = [place(one) for one in range(max(1, level - here.shown + 1), level + 1)]
    return (here.prefix + ".".join(one for one in shown if one) + here.suffix).strip()


def _read(element: etree._Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for one in element:
        level = count(one, TEXT + "level", 0, LEVELS)
        if not level:
            continue
        if one.tag in (TEXT + "list-level-style-number", TEXT + "outline-level-style"):
            found[level] = Level(
                form=one.get(STYLE + "num-format") or "",
                prefix=(one.get(STYLE + "num-prefix") or "")[:_MAXIMUM_TEXT],
                suffix=(one.get(STYLE + "num-suffix") or "")[:_MAXIMUM_TEXT],
                whole=_whole(one),
                shown=count(one, TEXT + "display-levels", 1, LEVELS),
                start=count(one, TEXT + "start-value", 1, _MAXIMUM_START),
            )
        else:
            found[level] = Level(bullet=bullet(one.get(TEXT + "bullet-char") or ""))
    return found


def _whole(element: etree._Element) -> str:
    """The number's whole form ("%1%.%2%."), which newer files give, in one of two namespaces."""
    name = "num-list-format"
    forms = (text for key, text in element.items() if key.rpartition("}")[2] == name)
    return next(forms, "")[:_MAXIMUM_TEXT]


def _formatted(number: int, form: str) -> str:
    match form[:1]:
        case "":
            return ""
        case "a":
            return letters(number)
        case "A":
            return letters(number).upper()
        case "i":
            return roman(number)
        case "I":
            return roman(number).upper()
    return str(number)
