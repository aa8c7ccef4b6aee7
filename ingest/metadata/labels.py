"""The labelled facts of a letterhead: "Datum", "Betreft", "Onze referentie" and their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.metadata.dates import date_at, only_date
from ingest.metadata.lines import HeadLine

_LABELS = {
    # what a letterhead says of something else, and what only ends a value
    "other": r"(?:uw|your) (?:referentie|kenmerk|brief|reference|letter|e-?mail|bericht)(?: van)?"
    r"|datum uw (?:brief|bericht|verzoek)|ingekomen|ontvangen op|contactpersoon|contact"
    r"|behandeld door|bijlagen?|bijlage\(n\)|aantal bijlagen|enclosures?|kopie(?: aan)?|cc|c\.c\."
    r"|telefoon(?:nummer)?|tel\.?|t|f|m|e|e-?mail|fax|doorkiesnummer|versie|auteurs?|auteur\(s\)"
    r"|status|retouradres|postadres|bezoekadres|opgesteld door|naar aanleiding van|steller"
    r"|vertrouwelijkheid|classificatie|van kracht|aantal pagina['’]s|pagina",
    "date": r"datum(?: brief| publicatie)?|publicatiedatum|date",
    "subject": r"betreft|onderwerp|betreffende|subject",
    "reference": r"(?:onze|ons) (?:referentie|kenmerk)|kenmerk|our reference|reference",
    "addressee": r"aan|to",
    "sender": r"van|afzender|from",
    "number": r"documentnummer|nummer",
}
_LABEL = re.compile(
    r"\s{0,80}(?:>\s{0,80})?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")(?P<rest>\s*:\s*|\t\s*|\s+|$)",
    re.IGNORECASE,
)
# words that also begin an ordinary line: they are labels only with a colon, tab or wide space
_NEEDS_MARK = frozenset(("addressee", "sender", "number", "other"))
_BEFORE_NAMES = frozenset(("addressee", "sender"))
_SHORTEST_ALONE = 4  # characters
_LONGEST_SUBJECT = 6  # lines
_SALUTATION = re.compile(
    r"\s*(?:Geachte|Zeer geachte|Mijnheer de voorzitter|Mevrouw de voorzitter|Beste|Dear)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled value: what it is, and the lines (the first without the label) that hold it."""

    name: str
    lines: tuple[HeadLine, ...]


def is_salutation(line: HeadLine) -> bool:
    """Whether a letter proper begins here."""
    return bool(_SALUTATION.match(line.text))


def label_of(line: HeadLine) -> tuple[str, HeadLine | None] | None:
    """The label with which a line begins, and what stands behind it."""
    match = _LABEL.match(line.text)
    if match is None:
        return None
    name = next(key for key, value in match.groupdict().items() if value and key != "rest")
    between, rest = match["rest"], line.text[match.end() :]
    if not rest.strip():
        bare = match[0].strip().removesuffix(":").rstrip()
        is_label = bare[:1].isupper() and len(bare) >= _SHORTEST_ALONE and name not in _BEFORE_NAMES
        return (name, None) if is_label or ":" in between else None
    marked = ":" in between or "\t" in between or len(between) > 1
    if not marked and not _plausible(name, rest):
        return None
    return name, HeadLine(rest, line.start + match.end(), line.after_gap)


def _plausible(name: str, rest: str) -> bool:
    """Whether words behind an unmarked label can be its value: "Datum 3 maart 2023"."""
    if name == "date":
        return date_at(rest) is not None
    return name == "subject" or (name not in _NEEDS_MARK and not rest[:1].islower())


def labelled(lines: Sequence[HeadLine]) -> list[Labelled]:
    """The labelled values among these lines, in order."""
    found: list[Labelled] = []
    marks = [label_of(line) for line in lines]
    position = 0
    while position < len(lines):
        mark = marks[position]
        if mark is None:
            position += 1
            continue
        if mark[1] is None and position + 1 < len(lines) and marks[position + 1]:
            position = _column(lines, marks, position, found)
            continue
        name, first = mark
        after = position + 1
        value = [first] if first else []
        while after < len(lines) and _goes_on(lines[after], marks[after], value, name):
            value.append(lines[after])
            after += 1
        if value:
            found.append(Labelled(name, tuple(value)))
        position = after
    return found


def _goes_on(
    line: HeadLine,
    mark: tuple[str, HeadLine | None] | None,
    value: Sequence[HeadLine],
    name: str,
) -> bool:
    """Whether a line is (more of) the value of the label above it."""
    if mark is not None or is_salutation(line):
        return False
    if not value:
        return True
    return name == "subject" and not line.after_gap and len(value) < _LONGEST_SUBJECT


def _column(
    lines: Sequence[HeadLine],
    marks: Sequence[tuple[str, HeadLine | None] | None],
    position: int,
    found: list[Labelled],
) -> int:
    """Labels that stand below each other with their values below them in the same order."""
    names: list[str] = []
    while position < len(lines) and (mark := marks[position]) and mark[1] is None:
        names.append(mark[0])
        position += 1
    values = list(lines[position : position + len(names)])
    pairs = list(zip(names, values, strict=False))
    dates = [value for name, value in pairs if name == "date"]
    if len(pairs) == len(names) and dates and all(only_date(value.text) for value in dates):
        found.extend(Labelled(name, (value,)) for name, value in pairs)
        return position + len(names)
    return position - 1  # the last of the labels has its value below it
