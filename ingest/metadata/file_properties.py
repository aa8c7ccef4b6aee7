"""What a file's own metadata say of the document, after leaving out what programs fill in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ingest.document import Found
from ingest.metadata.findings import inferred
from ingest.metadata.kinds import kind_of_type

_NOTE = "from the file's own metadata"
_JUNK = re.compile(
    r"(?:microsoft word|powerpoint|untitled|naamloos|document\d*\b|titel\b$|title\b$|_?sjabloon)"
    r"|.*\.(?:docx?|odt|pdf|indd|rtf|html?)$",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?=$|[T ])")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")
_OFFICIAL = re.compile(
    r"\b(?:minister(?:ie)?|staatssecretaris|kamer|inspectie|directie|staten-generaal|kabinet)\b",
    re.I,
)


def from_properties(properties: Mapping[str, str]) -> list[Found]:
    """The findings; none is stated, as it stands nowhere in the text."""
    found: list[Found] = []
    for term, raw in properties.items():
        read = _READERS.get(term)
        if read is None:
            continue
        name, values = read(" ".join(raw.split()))
        found += [inferred(name, value, None, _NOTE) for value in values if value]
    return found


def _words(name: str) -> Callable[[str], tuple[str, list[str]]]:
    return lambda value: (name, [] if _JUNK.match(value) else [value])


def _part(name: str, pattern: re.Pattern[str]) -> Callable[[str], tuple[str, list[str]]]:
    return lambda value: (name, [match[0].lower()] if (match := pattern.match(value)) else [])


_READERS: Mapping[str, Callable[[str], tuple[str, list[str]]]] = {
    "title": _words("title"),
    "subject": _words("subject"),
    "publisher": _words("publisher"),
    "identifier": _words("identifier"),
    "date": _part("date", _DATE),
    "language": _part("language", _LANGUAGE),
    "type": lambda value: ("kind", [kind_of_type(value)]),
    "dossier": lambda value: ("dossier", [one.strip() for one in value.split(";")]),
    "creator": lambda value: ("sender", [value] if _OFFICIAL.search(value) else []),
}
