"""Dates as Dutch and English documents write them, as ISO 8601."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    "januari": 1, "january": 1, "jan": 1,
    "februari": 2, "february": 2, "feb": 2, "febr": 2,
    "maart": 3, "march": 3, "mrt": 3,
    "april": 4, "apr": 4,
    "mei": 5, "may": 5,
    "juni": 6, "june": 6, "jun": 6,
    "juli": 7, "july": 7, "jul": 7,
    "augustus": 8, "august": 8, "aug": 8,
    "september": 9, "sept": 9, "sep": 9,
    "oktober": 10, "october": 10, "okt": 10, "oct": 10,
    "november": 11, "nov": 11,
    "december": 12, "dec": 12,
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<{}>(?:19|20)\d\d)"
DATE = (
    rf"(?:(?P<day>\d{{1,2}})(?:e|st|nd|rd|th)?\s{{1,3}})?(?P<month>{_MONTH})\b\.?,?\s{{1,3}}"
    rf"{_YEAR.format('year')}"
    rf"|(?P<nday>\d{{1,2}})\s?[-/.]\s?(?P<nmonth>\d{{1,2}})\s?[-/.]\s?{_YEAR.format('nyear')}"
    rf"|{_YEAR.format('iyear')}-(?P<imonth>\d\d)(?:-(?P<iday>\d\d))?"
)
"""A regular expression for one date: with or without a day, in words or in digits."""

_WHOLE = re.compile(rf"(?:{DATE})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text: where it stands in it, and its ISO 8601 form ("2023-03", "2023-03-05")."""

    start: int
    end: int
    iso: str


def date_at(text: str, position: int = 0) -> WrittenDate | None:
    """The date that begins at this position, if it is one of the calendar."""
    match = _WHOLE.match(text, position)
    iso = _iso(match) if match else ""
    return WrittenDate(match.start(), match.end(), iso) if match and iso else None


def only_date(text: str) -> WrittenDate | None:
    """The date of which a line consists, but for white space and a full stop."""
    start = len(text) - len(text.lstrip())
    found = date_at(text, start)
    return found if found and not text[found.end :].strip(" \t\u00a0.") else None


def _iso(match: re.Match[str]) -> str:
    part = match.groupdict()
    year = part["year"] or part["nyear"] or part["iyear"]
    month = part["nmonth"] or part["imonth"] or str(_MONTHS[(part["month"] or "jan").casefold()])
    day = part["day"] or part["nday"] or part["iday"]
    try:
        found = date(int(year), int(month), int(day or 1))
    except ValueError:
        return ""
    return found.isoformat() if day else found.isoformat()[:7]
