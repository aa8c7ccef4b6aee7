"""A value as a person reads it: a label instead of an IRI, a quote with its place."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.names import XSD
from server.pages.language import Texts
from server.pages.links import Links
from server.pages.select import Row, Term

LABEL = "Label"
QUOTE = "quote"
_NUMBERS = tuple(XSD + name for name in ("integer", "decimal", "double", "float"))
_BOOLEAN = XSD + "boolean"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: document, page and the characters of the source text."""

    document: str
    document_link: str | None
    page: str
    start: str
    end: str
    evidence_link: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value."""

    text: str
    link: str | None = None
    iri: str = ""
    language: str = ""
    numeric: bool = False
    place: Place | None = None


class Cells:
    """Makes cells of a row for one reader: in a language, with addresses on this host."""

    def __init__(self, texts: Texts, links: Links, language: str) -> None:
        self._texts = texts
        self._links = links
        self._language = language

    def cell(self, name: str, row: Row) -> Cell:
        """The cell of a variable in a row; ``{name}Label``, where the row has it, is its text."""
        term = row.get(name)
        if term is None:
            return Cell("")
        if name == QUOTE:
            return Cell(term.value, language=term.language, place=self.place(row))
        if term.kind == "uri":
            label = row.get(name + LABEL)
            return self._linked(label or _local_name(term), term)
        thing = row.get(name.removesuffix(LABEL)) if name.endswith(LABEL) else None
        if name == "documentTitle":
            thing = row.get("document")
        if thing is not None and thing.kind == "uri":
            return self._linked(term, thing)
        return self._plain(term)

    def _linked(self, label: Term, thing: Term) -> Cell:
        return Cell(
            label.value,
            link=self._links.thing(thing.value),
            iri=thing.value,
            language=self._other(label),
        )

    def _plain(self, term: Term) -> Cell:
        if term.datatype in _NUMBERS:
            return Cell(self._texts.number(term.value, self._language), numeric=True)
        if term.datatype == _BOOLEAN:
            return Cell(self._texts.text("yes" if term.value == "true" else "no", self._language))
        if term.datatype.startswith(XSD + "date") or term.datatype == XSD + "gYearMonth":
            return Cell(self._texts.date(term.value, self._language))
        return Cell(term.value, language=self._other(term))

    def place(self, row: Row) -> Place:
        """The place of the quote in a row."""
        title = row.get("documentTitle", row.get("documentLabel", row.get("document")))
        return Place(
            document=title.value if title else "",
            document_link=self._link(row, "document"),
            page=_value(row, "page"),
            start=_value(row, "start"),
            end=_value(row, "end"),
            evidence_link=self._link(row, "evidence"),
        )

    def _link(self, row: Row, name: str) -> str | None:
        term = row.get(name)
        return self._links.thing(term.value) if term and term.kind == "uri" else None

    def _other(self, term: Term) -> str:
        """The language of a text where it is not the page's own."""
        return term.language if term.language != self._language else ""


def _local_name(term: Term) -> Term:
    name = term.value.rstrip("/#").replace("#", "/").rpartition("/")[2]
    return Term("literal", name or term.value)


def _value(row: Row, name: str) -> str:
    term = row.get(name)
    return term.value if term else ""
