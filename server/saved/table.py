"""An answer as a person reads it: labels that lead on, passages with their place, proof by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from ontology.names import XSD
from queries.catalogue import SavedQuery
from queries.contract import Column, in_group
from queries.readable import Passage, label, listed, passage, prefixes, shown
from queries.rows import Row, Term
from server.pages.language import Texts
from server.pages.links import Links

ROOM = 4  # columns beside which a passage can be read
MOST_PROOFS = 12  # statements that one cell links to; the data have all

_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))
_DATES = frozenset(XSD + name for name in ("date", "dateTime", "gYearMonth"))


Numbers = Mapping[str, int]
"""The number on the page of each passage of a row, by its column."""


def passages_in(query: SavedQuery, rows: Sequence[Row]) -> int:
    """How many passages rows have."""
    names = [in_group(prefix, "evidence") for prefix in prefixes(query)]
    return sum(isinstance(row.get(name), NamedNode) for row in rows for name in names)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage as shown: its number on the page, its words and where it stands."""

    number: int
    text: str
    language: str
    document: str
    document_link: str | None
    page: str
    start: str
    end: str
    evidence_link: str | None
    statement_link: str | None


@dataclass(frozen=True, slots=True)
class Proof:
    """A link from a cell to a statement that it rests on."""

    label: str
    link: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``repeated`` when it says the same as the one above it in the same group."""

    text: str = ""
    link: str | None = None
    iri: str = ""
    language: str = ""
    numeric: bool = False
    quoted: Quoted | None = None
    proofs: tuple[Proof, ...] = ()
    more_proofs: int = 0
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its variable, its heading, what it means, and whether it holds passages."""

    name: str
    text: str
    description: str
    quotes: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A part of an answer; columns in which no row has a value are left out."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def quoting(self) -> int:
        """How many columns hold passages."""
        return sum(heading.quotes for heading in self.headings)

    @property
    def narrow(self) -> int:
        """How many columns hold none."""
        return len(self.headings) - self.quoting

    @property
    def wide(self) -> bool:
        """Whether passages stand below their row, for want of room beside it."""
        return self.quoting > 0 and (self.quoting > 1 or self.narrow > ROOM)


class Tables:
    """Makes tables of a question's rows for one reader: in a language, with links on this host."""

    def __init__(self, query: SavedQuery, texts: Texts, links: Links, language: str) -> None:
        self._query = query
        self._texts = texts
        self._links = links
        self._language = language
        self._groups = {in_group(prefix, "evidence"): prefix for prefix in prefixes(query)}

    def table(self, rows: Sequence[Row], before: int = 0) -> Table:
        """The table of these rows; ``before`` passages stand in the rows before them."""
        columns = [
            column
            for column in shown(self._query)
            if not rows or any(column.name in row for row in rows)
        ]
        made: list[tuple[Cell, ...]] = []
        for row in rows:
            numbers = self._numbers(row, before)
            made.append(tuple(self._cell(column, row, numbers) for column in columns))
            before += len(numbers)
        headings = tuple(
            Heading(
                column.name,
                column.label.in_language(self._language),
                column.description.in_language(self._language) if column.description else "",
                column.name in self._groups,
            )
            for column in columns
        )
        return Table(headings, tuple(_grouped(made)))

    def _cell(self, column: Column, row: Row, numbers: Numbers) -> Cell:
        if column.name in self._groups:
            return self._passage(column, row, numbers)
        term = row.get(column.name)
        if term is None:
            return Cell()
        proofs = self._proofs(column, row, numbers)
        if column.separator is not None:
            return self._listing(listed(term, column.separator), proofs)
        if isinstance(term, NamedNode):
            name = row.get(f"{column.name}Label")
            return Cell(
                label(row, column.name),
                link=self._links.thing(term.value),
                iri=term.value,
                language=self._other(name),
                proofs=proofs,
            )
        return replace(self._literal(term), proofs=proofs)

    def _passage(self, column: Column, row: Row, numbers: Numbers) -> Cell:
        found = passage(row, self._groups[column.name])
        if found is None:
            return Cell()
        return Cell(quoted=self._quoted(found, numbers[column.name]))

    def _quoted(self, found: Passage, number: int) -> Quoted:
        return Quoted(
            number=number,
            text=found.quote,
            language="nl" if self._language != "nl" else "",
            document=found.title,
            document_link=self._links.thing(found.document) if found.document else None,
            page=_shown(found.page),
            start=_shown(found.start),
            end=_shown(found.end),
            evidence_link=self._links.thing(found.evidence),
            statement_link=self._links.thing(found.statement) if found.statement else None,
        )

    def _proofs(self, column: Column, row: Row, numbers: Numbers) -> tuple[Proof, ...]:
        """What a cell rests on: the statement of its passage, or the statements listed."""
        name = column.evidence
        if name is None or name == column.name:
            return ()
        if name in self._groups:
            found = passage(row, self._groups[name])
            iri = (found.statement or found.evidence) if found is not None else ""
            link = self._links.thing(iri) if iri else None
            return (Proof(str(numbers[name]), link),) if link else ()
        separator = self._query.columns[name].separator
        if separator is None or name not in row:
            return ()
        iris = listed(row[name], separator)
        return tuple(
            Proof(str(number), link)
            for number, iri in enumerate(iris[:MOST_PROOFS], 1)
            if (link := self._links.thing(iri)) is not None
        )

    def _listing(self, iris: Sequence[str], proofs: tuple[Proof, ...]) -> Cell:
        linked = tuple(
            Proof(str(number), link)
            for number, iri in enumerate(iris[:MOST_PROOFS], 1)
            if (link := self._links.thing(iri)) is not None
        )
        return Cell(proofs=proofs or linked, more_proofs=max(len(iris) - MOST_PROOFS, 0))

    def _literal(self, term: Term) -> Cell:
        datatype = term.datatype.value if isinstance(term, Literal) else ""
        if datatype in _NUMBERS:
            return Cell(self._texts.number(term.value, self._language), numeric=True)
        if datatype == XSD + "boolean":
            return Cell(self._texts.text("yes" if term.value == "true" else "no", self._language))
        if datatype in _DATES:
            return Cell(self._texts.date(term.value, self._language))
        return Cell(term.value, language=self._other(term))

    def _numbers(self, row: Row, before: int) -> Numbers:
        """The number of each passage that a row has: they are counted row by row."""
        present = (name for name in self._groups if isinstance(row.get(name), NamedNode))
        return {name: before + number for number, name in enumerate(present, 1)}

    def _other(self, term: Term | None) -> str:
        """The language of a text where it is not the page's own."""
        language = term.language if isinstance(term, Literal) else None
        return language if language and language != self._language else ""


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
    return one.quoted is None and (one.text, one.iri) == (other.text, other.iri)


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)
