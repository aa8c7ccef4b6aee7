"""The lists of a DOCX file: which number or bullet Word prints before which paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.readers.docx.styles import Styles
from ingest.readers.docx.xml import W, number, switch, value
from ingest.readers.list_marks import bullet, letters, roman

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_NONE = "0"  # the number of the list that is no list
_MAXIMUM_START = 1_000_000
_MAXIMUM_TEXT = 60  # characters around the numbers
_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": letters,
    "upperLetter": lambda count: letters(count).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "decimalZero": lambda count: f"{count:02d}",
    "none": lambda _: "",
    "bullet": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; ``restart`` is the level (from 1) that restarts it."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A list: its levels, the definition with which it shares its count, its own starts."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists by number, and how far each has been counted."""

    root: etree._Element | None
    styles: Styles
    _lists: dict[str, _List | None] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)
    _definitions: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    _nums: dict[str, etree._Element] = field(default_factory=dict)
    _abstracts: dict[str, etree._Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        for one in self.root.findall(W + "num"):
            self._nums.setdefault(one.get(W + "numId") or "", one)
        for one in self.root.findall(W + "abstractNum"):
            self._abstracts.setdefault(one.get(W + "abstractNumId") or "", one)

    def level_of(self, identifier: str, style: str) -> int | None:
        """The level of a list (from 0) that belongs to a paragraph style."""
        listing = self._list(identifier)
        levels = listing.levels.items() if listing and style else ()
        return next((level for level, one in levels if one.style == style), None)

    def mark(self, identifier: str, level: int) -> str | None:
        """Count a paragraph; its number or bullet as printed, ``None`` if it is in no list."""
        listing = self._list(identifier)
        if listing is None:
            return None
        here = listing.levels.get(level, Level(text=f"%{level + 1}."))
        counts = self._counts.setdefault(listing.definition, {})
        if level in listing.starts and (identifier, level) not in self._begun:
            counts[level] = listing.starts[level]
        else:
            start = listing.starts.get(level, here.start)
            counts[level] = counts[level] + 1 if level in counts else start
        self._begun.add((identifier, level))
        for deeper in [one for one in counts if one > level]:
            restart = listing.levels.get(deeper, Level()).restart
            if restart is None or 0 < level + 1 <= restart:
                del counts[deeper]
        return _printed(listing, here, counts)

    def _list(self, identifier: str) -> _List | None:
        if identifier not in self._lists:
            self._lists[identifier] = self._read(identifier)
        return self._lists[identifier]

    def _read(self, identifier: str) -> _List | None:
        one = self._nums.get(identifier)
        if one is None or identifier == _NONE:
            return None
        definition, defined = self._defined(value(one, "abstractNumId"))
        levels = dict(defined)
        starts: dict[int, int] = {}
        for override in one.findall(W + "lvlOverride"):
            level = number(override.get(W + "ilvl") or "", 0, LEVELS - 1)
            if level is None:
                continue
            if own := next(iter(_levels(override).values()), None):
                levels[level] = own
            start = number(value(override, "startOverride"), 0, _MAXIMUM_START)
            if start is not None:
                starts[level] = start
        return _List(definition, levels, starts)

    def _defined(self, definition: str) -> tuple[str, dict[int, Level]]:
        """A definition's levels; those of another where it borrows them through a style."""
        if definition not in self._definitions:
            abstract, key = self._abstracts.get(definition), definition
            if abstract is not None and (style := value(abstract, "numStyleLink")):
                linked = self._nums.get(self.styles.numbering_of(style))
                key = value(linked, "abstractNumId") or definition
                abstract = self._abstracts.get(key)
            self._definitions[definition] = (key, {} if abstract is None else _levels(abstract))
        return self._definitions[definition]


def _levels(parent: etree._Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for one in parent.findall(W + "lvl"):
        level = number(one.get(W + "ilvl") or "", 0, LEVELS - 1)
        if level is None:
            continue
        start = number(value(one, "start"), 0, _MAXIMUM_START)
        found[level] = Level(
            form=value(one, "numFmt") or "decimal",
            text=value(one, "lvlText")[:_MAXIMUM_TEXT],
            start=0 if start is None else start,
            restart=number(value(one, "lvlRestart"), 0, LEVELS),
            legal=bool(switch(one, "isLgl")),
            style=value(one, "pStyle"),
        )
    return found


def _printed(listing: _List, here: Level, counts: dict[int, int]) -> str:
    if here.form == "bullet":
        return bullet(here.text)
    if here.form == "none":
        return _PLACE.sub("", here.text).strip()

    def place(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        one = listing.levels.get(level, Level())
        one = replace(one, form="decimal") if here.legal else one
        return formatted(counts.get(level, one.start), one.form)

    return _PLACE.sub(place, here.text).strip()


def formatted(count: int, form: str) -> str:
    """A count in one of Word's number formats; decimal for those that are rare."""
    return _FORMS.get(form, str)(count)
