"""The date of a document itself: never one that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.document import Found
from ingest.metadata.dates import DATE, WrittenDate, date_at, only_date
from ingest.metadata.findings import inferred, stated
from ingest.metadata.labels import Labelled, is_salutation, label_of
from ingest.metadata.lines import HeadLine

_PLACE = re.compile(
    r"\s*(?:['’‘`]s-)?[A-Z][\w.' ’-]{2,28}(?:,|\s+[-–|])\s*(?:d\.d\.\s*)?(?=\d|[a-z])"
)
_SET = re.compile(
    r"\s*(?:(?P<event>Ontvangen|Vastgesteld|Voorgesteld|Received|Adopted)(?:\s+op)?\s+|d\.d\.\s*)",
)
_BESIDE = re.compile(
    rf"\s*[^|•·]{{2,80}}\s*[|•·]\s*(?P<date>{DATE})\s*(?:[|•·].{{0,60}})?$", re.IGNORECASE
)
_COLOPHON = re.compile(
    r"\s*(?:©.*|Colofon|Uitgave(?: van)?\b.*|Deze brochure is een uitgave.*)", re.I
)
_CONTENTS = re.compile(
    r"\s*(?:Inhoud(?:sopgave)?|Samenvatting|Voorwoord|Contents)\b", re.IGNORECASE
)
_TITLE_PAGE = 30  # lines
_AFTER_COLOPHON = 15
_TRAILER = re.compile(r"\s*$|\s{2,}\S|\t|\s*[.;]\s*$")


def own_date(
    lines: Sequence[HeadLine], tail: Sequence[HeadLine], labels: Iterable[Labelled]
) -> list[Found]:
    """The date, from the surest place that has one; a second, other date is never stated."""
    above = list(_above_the_text(lines))
    by_place = [found for line in above if (found := _with_place(line))]
    by_label = [found for labelled in labels if (found := _under_label(labelled))]
    at_end = [found for line in tail if (found := _with_place(line))]
    for place in (by_place, by_label, list(_events(above)), list(_alone(above)), at_end[-1:]):
        if place:
            return _one(place)
    return _one(list(_in_colophon([*lines, *tail])))


def _one(found: Sequence[Found]) -> list[Found]:
    """The first date; only inferred if others of the same kind differ from it."""
    first = list(found[:1])
    if len({one.value for one in found}) > 1 and found[0].span:
        note = "the first of several dates in places where a document's own date stands"
        return [inferred("date", found[0].value, found[0].span, note)]
    return first


def _stated(line: HeadLine, written: WrittenDate, note: str = "") -> Found:
    return stated("date", written.iso, line.span(written.start, written.end), note)


def _above_the_text(lines: Sequence[HeadLine]) -> Iterable[HeadLine]:
    """The lines up to the salutation or the table of contents."""
    for line in lines[:_TITLE_PAGE]:
        if is_salutation(line) or _CONTENTS.match(line.text):
            return
        yield line


def _with_place(line: HeadLine) -> Found | None:
    """A place and a date: "Den Haag, 25 januari 2021"."""
    match = _PLACE.match(line.text)
    written = date_at(line.text, match.end()) if match else None
    if written is None or not _TRAILER.match(line.text, written.end):
        return None
    return _stated(line, written)


def _under_label(labelled: Labelled) -> Found | None:
    if labelled.name != "date":
        return None
    line = labelled.lines[0]
    written = date_at(line.text, len(line.text) - len(line.text.lstrip()))
    if written is None or not _TRAILER.match(line.text, written.end):
        return None
    return _stated(line, written)


def _events(lines: Iterable[HeadLine]) -> Iterable[Found]:
    """The day on which a paper was received or adopted, or "d.d." on a line of its own."""
    for line in lines:
        match = _SET.match(line.text)
        written = date_at(line.text, match.end()) if match else None
        if match and written and _TRAILER.match(line.text, written.end):
            event = match["event"] or ""
            yield _stated(line, written, f'the day after the word "{event}"' if event else "")


def _alone(lines: Sequence[HeadLine]) -> Iterable[Found]:
    """A date that has a line of a title page to itself, or stands beside a name."""
    previous: HeadLine | None = None
    for line in lines:
        under = label_of(previous) if previous else None
        if under is None or under[1] is not None:
            written = only_date(line.text)
            beside = None if written else _BESIDE.match(line.text)
            if beside:
                written = date_at(line.text, beside.start("date"))
            if written:
                yield _stated(line, written)
        previous = line


def _in_colophon(lines: Sequence[HeadLine]) -> Iterable[Found]:
    """A date on a line of its own below "Colofon" or "Uitgave"."""
    left = 0
    for line in lines:
        left = _AFTER_COLOPHON if _COLOPHON.match(line.text) else left - 1
        written = only_date(line.text) if left > 0 else None
        beside = _BESIDE.match(line.text) if left > 0 and not written else None
        if beside:
            written = date_at(line.text, beside.start("date"))
        if written:
            yield _stated(line, written)
