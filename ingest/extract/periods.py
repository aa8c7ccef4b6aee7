"""Points in time and periods in a Dutch sentence, as ISO 8601 dates.

A period is as exact as the words are: a year, a month or a day. What is relative to the document's
own date ("juni jl.", "vorig jaar", "de komende jaren") is resolved against it where that is
certain, and marked so; the words as printed are always kept.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace

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
_FOUNDED = (
    r"(?:(?:de|het|haar|zijn)\s+(?:oprichting|start|begin|lancering|invoering)\s+(?:in|van)\s+)?"
)
_UNTIL = r"(?:tot(?: en met)?|t/m|uiterlijk(?: in| eind)?|v[oó]{2}r(?: eind| het einde van)?|tegen)"
# "Voor 2024 is 3 miljoen begroot" is for that year; "moet voor 2024 klaar zijn" is before it.
_FOR_YEAR = re.compile(rf"voor\s+{_YEAR}", re.IGNORECASE)
_AIMED = re.compile(
    r"\b(?:moet|moeten|dient|dienen|wil|willen|streef\w*|doel|ambitie|gereed|afgerond|klaar|zal"
    r"|zullen)\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"\b(?:(?:in de )?(?:periode|jaren)\s+|van\s+|vanaf\s+|(?P<between>tussen)\s+)?{_point('a')}"
    rf"\s*(?:-|–|tot(?: en met)?|t/m|/|(?P<and>en))\s*{_point('b')}(?:\s+e\.v\.)?",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    rf"\b(?:(?P<since>{_SINCE})\s+{_FOUNDED}|(?P<until>{_UNTIL})\s+)?{_point('a')}(?P<onward>\s+e\.v\.)?",
    re.IGNORECASE,
)
_SESSION = re.compile(r"\b(?P<first>(?:19|20)\d\d)/(?P<last>\d\d)\b")
_SEASON = re.compile(r"(?:[Kk]amerstuk(?:ken)?|\bI{1,2}),?\s+$")
_RELATIVE = re.compile(
    rf"\b(?:(?P<since>{_SINCE})\s+)?(?:(?P<month>{_MONTH})\s+(?:van\s+)?)?"
    r"(?P<which>dit|vorig|volgend)\s+jaar\b",
    re.IGNORECASE,
)
_WHICH = {"dit": 0, "vorig": -1, "volgend": 1}
_NAMED_AFTER = re.compile(
    r"\b(?:Agenda|Horizon|Vision|Visie|Strategie|Strategy|[Tt]oekomstverkenning|Actieplan|Doelen|SDG[’']s)"
    r"\s+$"
)
_NAMED_BEFORE = re.compile(r"[\s-]+[Aa]genda\b")
_COMPARED = re.compile(r"\b(?:in\s+)?vergelijking\s+(?:met\s+)?$", re.IGNORECASE)
_NEAR = 60  # characters around a date that tell whether it is one
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
    ahead: dict[re.Pattern[str], re.Match[str] | None] = {}
    while at < end:
        for pattern in (_SPAN, _SINGLE, _SESSION, _RELATIVE, _LAST_MONTH):
            known = ahead.get(pattern)
            if pattern not in ahead or (known is not None and known.start() < at):
                ahead[pattern] = pattern.search(text, at, end)
        found = [(pattern, match) for pattern, match in ahead.items() if match is not None]
        if not found:
            return
        pattern, match = min(found, key=lambda one: (one[1].start(), -one[1].end()))
        if pattern is _SPAN and match["and"] and not match["between"]:
            pattern, match = _SINGLE, _SINGLE.search(text, match.start(), end) or match
        at = match.end()
        period = _period(pattern, match, issued)
        if period is not None and _FOR_YEAR.fullmatch(match.group()):
            for_it = not _AIMED.search(text, start, end)
            period = replace(period, start=period.end) if for_it else period
        compared = _COMPARED.search(text, max(start, match.start() - _NEAR), match.start())
        if period is not None and compared:
            # An increase "in vergelijking tot 2015" is one since 2015.
            words = " ".join(text[compared.start() : match.end()].split())
            period = replace(period, start=period.start or period.end, end="", label=words)
        if period is not None and not _is_part_of_number(text, match):
            yield period


def _is_part_of_number(text: str, match: re.Match[str]) -> bool:
    """Whether the digits belong to a number, a name ("Agenda 2030") or a web address."""
    before = text[max(0, match.start() - _NEAR) : match.start()]
    after = text[match.end() : match.end() + _NEAR]
    if _NAMED_AFTER.search(before) or _NAMED_BEFORE.match(after):
        return True
    return bool(re.search(r"(?:[\w/.,]|\bnrs?\.?\s*|\bartikel\s+)$", before)) or bool(
        re.match(r"[\w/]|[.,]\d", after)
    )


def _period(pattern: re.Pattern[str], match: re.Match[str], issued: str) -> Period | None:
    label = " ".join(match.group().split())
    here = Range(match.start(), match.end())
    if pattern is _LAST_MONTH:
        moment = _last(_MONTHS[match["month"].lower()], issued)
        return Period(here, moment, moment, label, derived=True) if moment else None
    if pattern is _SESSION:
        return _session(here, match, label)
    if pattern is _RELATIVE:
        return _relative(here, match, issued, label)
    first = _iso(match, "a")
    last = _iso(match, "b") if pattern is _SPAN else first
    if pattern is not _SPAN and (match["since"] or match["onward"]):
        last = ""
    elif pattern is not _SPAN and match["until"]:
        first = ""
    return Period(here, first, last, label) if not last or last >= first else None


def _session(here: Range, match: re.Match[str], label: str) -> Period | None:
    """ "2021/22" is two years, unless it is the session in the number of a paper."""
    first, last = match["first"], f"{match['first'][:2]}{match['last']}"
    if int(last) != int(first) + 1 or _SEASON.search(match.string[: match.start()]):
        return None
    return Period(here, first, last, label)


def _relative(here: Range, match: re.Match[str], issued: str, label: str) -> Period | None:
    """ "Dit jaar", "maart vorig jaar": known where the year of the document is."""
    if not re.match(r"\d{4}", issued):
        return None
    moment = str(int(issued[:4]) + _WHICH[match["which"].lower()])
    if match["month"]:
        moment += f"-{_MONTHS[match['month'].lower()]:02d}"
    return Period(here, moment, "" if match["since"] else moment, label, derived=True)


def _iso(match: re.Match[str], name: str) -> str:
    if match[f"{name}y"]:
        year, month = int(match[f"{name}y"]), _MONTHS[match[f"{name}m"].lower()]
        day = int(match[f"{name}d"])
        known = 1 <= day <= monthrange(year, month)[1]  # of a day that never was, the month is left
        return f"{year}-{month:02d}" + (f"-{day:02d}" if known else "")
    if match[f"{name}y2"]:
        return f"{match[f'{name}y2']}-{_MONTHS[match[f'{name}m2'].lower()]:02d}"
    return match[f"{name}y3"]


def _last(month: int, issued: str) -> str:
    """The last such month before the document's date; "" if that is not known to the month."""
    if not re.match(r"\d{4}-\d{2}", issued):
        return ""
    year = int(issued[:4]) - (month >= int(issued[5:7]))
    return f"{year}-{month:02d}"
