"""Footnotes and endnotes of a DOCX file: their labels as Word prints them, and their text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.readers.docx.numbering import formatted
from ingest.readers.docx.package import Package
from ingest.readers.docx.xml import W, number, value
from ingest.readers.extraction import Run

KINDS = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_SPECIAL = ("separator", "continuationSeparator", "continuationNotice")
_MAXIMUM_START = 1_000_000
_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(slots=True)
class _Count:
    """How notes of one kind are numbered, and how far that has come."""

    form: str
    start: int = 1
    by_section: bool = False
    given: int = 0


@dataclass(slots=True)
class Notes:
    """The notes of a document, numbered in the order in which they are referred to."""

    texts: Mapping[tuple[str, str], etree._Element]
    _counts: dict[str, _Count]
    _labels: dict[tuple[str, str], str] = field(default_factory=dict)

    def label(self, key: tuple[str, str], custom: str = "") -> str:
        """The label of the note with this kind and identifier; a custom one is not counted."""
        if key not in self._labels:
            count = self._counts[key[0]]
            if not custom:
                custom = formatted(count.start + count.given, count.form)
                count.given += 1
            self._labels[key] = custom
        return self._labels[key]

    def end_section(self) -> None:
        """Begin anew the counts that run by section."""
        for count in self._counts.values():
            if count.by_section:
                count.given = 0


def read_notes(package: Package, document: etree._Element) -> Notes:
    """The notes of a package."""
    settings = package.part("settings")
    sections = list(document.iter(W + "sectPr"))
    sources = [one for one in (settings, *sections[-1:]) if one is not None]
    texts: dict[tuple[str, str], etree._Element] = {}
    counts: dict[str, _Count] = {}
    for kind, form in _FORMS.items():
        counts[kind] = _Count(form)
        for source in sources:
            _adjust(counts[kind], source.find(f"{W}{kind}Pr"))
        root = package.part(kind + "s")
        for note in () if root is None else root.findall(W + kind):
            if note.get(W + "type") not in _SPECIAL:
                texts.setdefault((kind, note.get(W + "id") or ""), note)
    footnotes, endnotes = counts["footnote"], counts["endnote"]
    if footnotes.form == endnotes.form:  # one series, so that each label means one note
        endnotes.start += sum(kind == "footnote" for kind, _ in texts)
    return Notes(texts, counts)


def without_mark(note: etree._Element, label: str, runs: list[Run]) -> list[Run]:
    """A note's text without its own mark, which stands in it as text where Word prints none."""
    if next(note.iter(W + "footnoteRef", W + "endnoteRef"), None) is not None:
        return runs
    text = "".join(run.text for run in runs)
    mark = re.match(rf"\s*{re.escape(label)}(?=\s)", text)
    rest: list[Run] = []
    cut = mark.end() if mark else 0
    for run in runs:
        rest.append(replace(run, text=run.text[cut:]))
        cut = max(cut - len(run.text), 0)
    return rest


def _adjust(count: _Count, properties: etree._Element | None) -> None:
    if properties is None:
        return
    count.form = value(properties, "numFmt") or count.form
    start = number(value(properties, "numStart"), 1, _MAXIMUM_START)
    count.start = start or count.start
    restart = value(properties, "numRestart")
    count.by_section = restart == "eachSect" if restart else count.by_section
