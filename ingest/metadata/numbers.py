"""Numbers that identify a document: its sender's reference, the House's number, an ISBN."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.document import Found
from ingest.metadata.findings import stated
from ingest.metadata.labels import Labelled
from ingest.metadata.lines import HeadLine

_REFERENCE = re.compile(
    r"\s{0,20}(?P<value>[A-Za-z0-9][\w./:-]{0,60}\d[\w./:-]{0,60}(?:\s[\w./-]{0,40}\d[\w./-]{0,40})?)"
)
_HOUSE = re.compile(r"\s*(?P<value>20\d\d[DZ]\d{5})\b")
_ISBN = re.compile(r"\bISBN(?:-1[03])?\s*:?\s*(?P<value>[\d][\d \u2011-]{8,16}[\dXx])")
_OLD, _NEW = 10, 13  # digits


def references(labels: Iterable[Labelled]) -> list[Found]:
    """The sender's own reference: "Onze referentie", "Ons kenmerk"."""
    found = []
    for one in labels:
        line = one.lines[0]
        if one.name == "reference" and (match := _REFERENCE.match(line.text)):
            span = line.span(match.start("value"), match.end("value"))
            found.append(stated("identifier", match["value"], span, "the sender's reference"))
    return found[:1]


def house_numbers(labels: Iterable[Labelled]) -> list[Found]:
    """A labelled number of the House of Representatives."""
    found = []
    for one in labels:
        line = one.lines[0]
        if one.name == "number" and (match := _HOUSE.match(line.text)):
            span = line.span(match.start("value"), match.end("value"))
            note = "number of the House of Representatives"
            found.append(stated("identifier", match["value"], span, note))
    return found


def book_numbers(lines: Iterable[HeadLine]) -> list[Found]:
    """An ISBN with a right check digit, as a URN."""
    found = []
    for line in lines:
        for match in _ISBN.finditer(line.text):
            digits = re.sub(r"[^\dX]", "", match["value"].upper())
            if _is_right(digits):
                span = line.span(match.start(), match.end())
                found.append(stated("identifier", f"urn:isbn:{digits}", span))
    return found


def _is_right(digits: str) -> bool:
    if len(digits) == _NEW and digits.isdecimal():
        return sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(digits)) % 10 == 0
    if len(digits) == _OLD and "X" not in digits[:-1]:
        values = [10 if d == "X" else int(d) for d in digits]
        return sum(v * (10 - i) for i, v in enumerate(values)) % 11 == 0
    return False
