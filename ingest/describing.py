"""A manifest entry for a document that was just read, made of what it says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from pydantic import ValidationError

from ingest.document import BlockKind, Document, Found, Sureness
from ingest.extract.mentions import Gazetteer
from ingest.manifest import (
    UNNAMED,
    Certainty,
    Dated,
    Entry,
    FoundValue,
    Identifier,
    IdentifierCertainty,
    ManifestError,
    Title,
    valid_id,
)
from ingest.readers.formats import SUFFIXES
from ontology.names import slug
from ontology.vocabulary import OntologyError, Vocabulary

LONGEST_ID = 80
LONGEST_TITLE = 300
_OFFICIAL = re.compile(r"[a-z]+(?:-[a-z]+)?-[0-9]")  # kst-35570-XVII-52, blg-1044012, ah-tk-...
_BY_HAND = "given when the document was added"


@dataclass(frozen=True, slots=True)
class Given:
    """What the one who adds a document says of it; empty where nothing is said."""

    id: str = ""
    title: str = ""
    date: str = ""
    kind: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """The file that was read: its name as handed in, its name with us, its checksum."""

    name: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Named:
    """What a document is called; ``official`` if by its official identifier or on request."""

    id: str
    official: bool


def name_document(document: Document, file_name: str, given: Given) -> Named:
    """An id: the official identifier, or else year and name of the file."""
    if given.id:
        if not valid_id(given.id):
            raise ManifestError(f"{given.id!r} can not be a document's id")
        return Named(given.id, official=True)
    for one in _stated(document, "identifier"):
        if _OFFICIAL.match(one.value) and valid_id(one.value):
            return Named(one.value, official=True)
    date = given.date or next((one.value for one in _all(document, "date")), "")
    name = slug(PurePath(file_name).stem)[:LONGEST_ID].strip("-") or "document"
    year = date[:4]
    name = name if not year or year in name else f"{year}-{name}"
    return Named(name if valid_id(name) else f"document-{name}", official=False)


def describe(
    document: Document, handed: Handed, given: Given, words: Vocabulary, labels: Gazetteer
) -> Entry:
    """The entry; what is not known is left out, and what was not understood is noted."""
    return _Description(document, handed, given, words, labels).entry()


@dataclass
class _Description:
    document: Document
    handed: Handed
    given: Given
    words: Vocabulary
    labels: Gazetteer
    notes: list[str] = field(default_factory=list)

    def entry(self) -> Entry:
        fields = {
            "file": self.handed.file,
            "title": self._title(),
            "kind": self._kind(),
            "date": self._date(),
            "publisher": self._publisher(),
            "speakers": self._speakers() or [UNNAMED],
            "language": next((one.value for one in _all(self.document, "language")), "nl"),
            "identifiers": list(self._identifiers()),
            "source_format": SUFFIXES[PurePath(self.handed.name).suffix.lower()].value,
            "sha256": self.handed.sha256,
            "original_name": PurePath(self.handed.name).name,
            "found": [
                FoundValue(name=one.name, value=one.value, sureness=one.sureness, note=one.note)
                for one in self.document.metadata
            ],
        }
        return Entry.model_validate({**fields, "notes": self.notes})

    def _title(self) -> Title:
        if self.given.title:
            return Title(nl=self.given.title, note=_BY_HAND)
        for one in (*_all(self.document, "title"), *_all(self.document, "subject")):
            if text := _short(one.value):
                return Title(nl=text, certainty=_certainty(one), note=one.note)
        for block in self.document.of_kind(BlockKind.HEADING):
            if text := _short(block.text.text):
                note = "the first heading: the document does not say which is its title"
                return Title(nl=text, certainty=Certainty.INFERRED, note=note)
        stem = PurePath(self.handed.name).stem
        return Title(nl=stem, certainty=Certainty.INFERRED, note="the name of the file")

    def _date(self) -> Dated:
        if self.given.date:
            try:
                return Dated(value=self.given.date, certainty=Certainty.STATED, note=_BY_HAND)
            except ValidationError:
                raise ManifestError(
                    f"{self.given.date!r} is no date: YYYY, YYYY-MM or YYYY-MM-DD"
                ) from None
        for one in _all(self.document, "date"):
            try:
                return Dated(value=one.value, certainty=_certainty(one), note=one.note)
            except ValidationError:
                self.notes.append(f"Not understood as a date: {one.value}")
        return Dated(certainty=Certainty.UNKNOWN)

    def _kind(self) -> str:
        if self.given.kind:
            return self.words.find("document-kinds", self.given.kind).slug
        for one in _all(self.document, "kind"):
            try:
                return self.words.find("document-kinds", one.value).slug
            except OntologyError:
                self.notes.append(f"The scheme has no such kind of document: {one.value}")
        return ""

    def _publisher(self) -> str:
        if self.given.publisher:
            return self.words.find("actors", self.given.publisher).slug
        for one in _all(self.document, "publisher"):
            actors = self._actors(one.value)
            if len(actors) == 1:
                if one.sureness is not Sureness.STATED:
                    self.notes.append(f"The publisher is inferred: {one.note or one.value}")
                return actors[0]
            self.notes.append(f"Publisher, not recognised as one actor: {one.value}")
        return ""

    def _speakers(self) -> list[str]:
        found: dict[str, None] = {}
        for one in _all(self.document, "sender"):
            actors = self._actors(one.value)
            found.update(dict.fromkeys(actors))
            if not actors:
                self.notes.append(f"Sender, not recognised as an actor: {one.value}")
        return list(found)

    def _actors(self, text: str) -> list[str]:
        """The actors that a name names, each once."""
        found = [one.concept for one in self.labels.find(" ".join(text.split()))]
        return list(dict.fromkeys(one.slug for one in found if "Actor" in one.types))

    def _identifiers(self) -> Iterator[Identifier]:
        """Stated ones follow a rule or are printed; they were not looked up anywhere."""
        for one in _all(self.document, "identifier"):
            stated = one.sureness is Sureness.STATED
            certainty = IdentifierCertainty.PATTERN if stated else IdentifierCertainty.CANDIDATE
            scheme = "official publication" if _OFFICIAL.match(one.value) else "as printed"
            yield Identifier(scheme=scheme, value=one.value, certainty=certainty, note=one.note)


def _all(document: Document, name: str) -> Iterator[Found]:
    return (one for one in document.metadata if one.name == name and one.value.strip())


def _stated(document: Document, name: str) -> Iterator[Found]:
    return (one for one in _all(document, name) if one.sureness is Sureness.STATED)


def _certainty(found: Found) -> Certainty:
    return Certainty.STATED if found.sureness is Sureness.STATED else Certainty.INFERRED


def _short(text: str) -> str:
    """On one line, and not longer than a title can be."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"
