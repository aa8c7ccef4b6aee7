"""An answer as a person reads it: labels instead of IRIs, the quote with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ontology.names import XSD
from server.pages.language import Texts
from server.pages.links import Links
from server.pages.select import Row, Term

LABEL = "Label"
QUOTE = "quote"
# Shown with the quote, as its place, wherever a query gives a quote.
PLACE = ("evidence", "document", "documentTitle", "documentLabel", "start", "end", "page")

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
    """One cell. ``repeated`` when it says the same as the one above it in the same group."""

    text: str
    link: str | None = None
    iri: str = ""
    language: str = ""
    numeric: bool = False
    place: Place | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its variable and its heading."""

    name: str
    heading: str

    @property
    def quotes(self) -> bool:
        """Whether it holds quotes."""
        return self.name == QUOTE


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: ``total`` rows, of which ``rows`` are shown."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


class AnswerTable:
    """Makes the table of an answer for one reader: in a language, with addresses on this host."""

    def __init__(self, texts: Texts, links: Links, language: str) -> None:
        self._texts = texts
        self._links = links
        self._language = language

    def table(
        self, rows: Sequence[Row], variables: Sequence[str], headings: Mapping[str, str], limit: int
    ) -> Table:
        """The first ``limit`` rows under the headings given, or all variables without any.

        A column in which no row has a value is left out.
        """
        columns = tuple(
            Column(name, headings.get(name, name))
            for name in headings or variables
            if not _folded(name, variables) and (not rows or any(name in row for row in rows))
        )
        made = [tuple(self.cell(column.name, row) for column in columns) for row in rows[:limit]]
        return Table(columns, tuple(_grouped(made)), len(rows))

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


def _folded(name: str, variables: Sequence[str]) -> bool:
    """Whether a variable is shown inside another column: the place of a quote."""
    return QUOTE in variables and name in PLACE


def _grouped(rows: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """The rows, with leading cells that only repeat the row above marked as such."""
    grouped: list[tuple[Cell, ...]] = []
    above: tuple[Cell, ...] = ()
    for row in rows:
        same = 0
        while same < min(len(row), len(above)) - 1 and _same(row[same], above[same]):
            same += 1
        grouped.append(
            tuple(replace(cell, repeated=index < same) for index, cell in enumerate(row))
        )
        above = row
    return grouped


def _same(one: Cell, other: Cell) -> bool:
    return one.place is None and (one.text, one.iri) == (other.text, other.iri)


def _local_name(term: Term) -> Term:
    name = term.value.rstrip("/#").replace("#", "/").rpartition("/")[2]
    return Term("literal", name or term.value)


def _value(row: Row, name: str) -> str:
    term = row.get(name)
    return term.value if term else ""
