"""Points in time and periods in a Dutch sentence, as ISO 8601 dates.

A period is as exact as the words are: a year, a month or a day. What is relative to the document's
own date ("juni jl.", "vorig jaar", "de komende jaren") is resolved against it where that is
certain, and marked so; the words as printed are always kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.document import Range

_MONTHS = {
    "januari": 1,
    "februari": 2,
    "maart": 3,
    "april": 4,
    "mei": 5,
    "juni": 6,
    "juli": 7,
    "augustus": 8,
    "september": 9,
    "oktober": 10,
    "november": 11,
    "december": 12,
}
_MONTH = "|".join(_MONTHS)
_YEAR = r"(?:19|20)\d\d"
_PART = r"(?:begin|eind|medio|mid|midden|voorjaar|zomer|najaar|herfst|winter)"
_POINT = (
    rf"(?:(?P<{{n}}d>\d{{1,2}})\s+(?P<{{n}}m>{_MONTH})\s+(?P<{{n}}y>{_YEAR})"
    rf"|(?P<{{n}}m2>{_MONTH})\s+(?P<{{n}}y2>{_YEAR})"
    rf"|(?:{_PART}[\s-]+)?(?P<{{n}}y3>{_YEAR}))"
)


def _point(name: str) -> str:
    return _POINT.replace("{n}", name).replace("{{", "{").replace("}}", "}")


_SINCE = r"(?:sinds|vanaf|met ingang van|sedert)"
_UNTIL = r"(?:tot(?: en met)?|t/m|uiterlijk(?: in| eind)?|v[oó]{2}r(?: eind| het einde van)?|tegen)"
_SPAN = re.compile(
    rf"\b(?:(?:in de )?(?:periode|jaren)\s+|van\s+|vanaf\s+|(?P<between>tussen)\s+)?{_point('a')}"
    rf"\s*(?:-|–|tot(?: en met)?|t/m|/|(?P<and>en))\s*{_point('b')}(?:\s+e\.v\.)?",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    rf"\b(?:(?P<since>{_SINCE})\s+|(?P<until>{_UNTIL})\s+)?{_point('a')}(?P<onward>\s+e\.v\.)?",
    re.IGNORECASE,
)
_LAST_MONTH = re.compile(rf"\b(?P<month>{_MONTH})\s+(?:jl\.|jongstleden)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: ISO 8601 ``start`` and ``end`` ("" for an open one), with its words.

    A moment has the same start and end ("2019", "2020-06", "2015-09-08"). ``range`` is where it
    stands in the text searched. ``derived`` tells that the document's date was needed.
    """

    range: Range
    start: str
    end: str
    label: str
    derived: bool = False


def find(text: str, within: Range | None = None, issued: str = "") -> Iterator[Period]:
    """The periods of a text, or a stretch of it, in order, none overlapping.

    ``issued`` is the document's date (ISO 8601, possibly only a year; "" if unknown).
    """
    start, end = (within.start, within.end) if within else (0, len(text))
    at = start
    while at < end:
        found = [
            (pattern, match)
            for pattern in (_SPAN, _SINGLE, _LAST_MONTH)
            if (match := pattern.search(text, at, end))
        ]
        if not found:
            return
        pattern, match = min(found, key=lambda one: (one[1].start(), -one[1].end()))
        if pattern is _SPAN and match["and"] and not match["between"]:
            pattern, match = _SINGLE, _SINGLE.search(text, match.start(), end) or match
        at = match.end()
        period = _period(pattern, match, issued)
        if period is not None and not _is_part_of_number(text, match):
            yield period


def _is_part_of_number(text: str, match: re.Match[str]) -> bool:
    """Whether the digits belong to a number or a web address."""
    before, after = text[: match.start()], text[match.end() :]
    return bool(re.search(r"(?:[\w/.,]|\bnrs?\.?\s*|\bartikel\s+)$", before)) or bool(
        re.match(r"[\w/]|[.,]\d", after)
    )


def _period(pattern: re.Pattern[str], match: re.Match[str], issued: str) -> Period | None:
    label = " ".join(match.group().split())
    here = Range(match.start(), match.end())
    if pattern is _LAST_MONTH:
        moment = _last(_MONTHS[match["month"].lower()], issued)
        return Period(here, moment, moment, label, derived=True) if moment else None
    first = _iso(match, "a")
    if pattern is _SPAN:
        second = _iso(match, "b")
        return Period(here, first, second, label) if second >= first else None
    if match["since"] or match["onward"]:
        return Period(here, first, "", label)
    if match["until"]:
        return Period(here, "", first, label)
    return Period(here, first, first, label)


def _iso(match: re.Match[str], name: str) -> str:
    if match[f"{name}y"]:
        month, day = _MONTHS[match[f"{name}m"].lower()], int(match[f"{name}d"])
        return f"{match[f'{name}y']}-{month:02d}-{day:02d}"
    if match[f"{name}y2"]:
        return f"{match[f'{name}y2']}-{_MONTHS[match[f'{name}m2'].lower()]:02d}"
    return match[f"{name}y3"]


def _last(month: int, issued: str) -> str:
    """The last such month before the document's date; "" if that is not known to the month."""
    if not re.match(r"\d{4}-\d{2}", issued):
        return ""
    year = int(issued[:4]) - (month >= int(issued[5:7]))
    return f"{year}-{month:02d}"
