"""The properties of a thing as a person reads them: labelled, linked, in one language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from ontology.names import OA, RDF, VOCABULARY
from server.linked.names import Naming
from server.pages.cells import Cell, Cells
from server.pages.select import Row, Term

# Said elsewhere on a page: what it is, what it is called, and where it stands.
SHOWN_ELSEWHERE = frozenset(
    {
        RDF + "type",
        VOCABULARY + "evidence",
        VOCABULARY + "sentence",
        OA + "hasTarget",
        OA + "hasBody",
        OA + "motivatedBy",
    }
)


@dataclass(frozen=True, slots=True)
class Property:
    """A property and its values."""

    name: Cell
    values: tuple[Cell, ...]


class Properties:
    """Makes the properties for one reader."""

    def __init__(self, naming: Naming, cells: Cells, language: str) -> None:
        self._naming = naming
        self._cells = cells
        self._language = language

    def of(
        self, rows: Iterable[Row], value: str = "value", hidden: Collection[str] = ()
    ) -> tuple[Property, ...]:
        """The properties of rows of ``?property`` and a value, by name, but for the hidden."""
        found: dict[str, list[Term]] = {}
        for row in rows:
            if row["property"].value not in hidden:
                found.setdefault(row["property"].value, []).append(row[value])
        made = [Property(self.thing(iri), self._values(terms)) for iri, terms in found.items()]
        return tuple(sorted(made, key=lambda one: one.name.text.casefold()))

    def thing(self, iri: str) -> Cell:
        """A thing by its name, with a link."""
        return self._cell(Term("uri", iri))

    def _values(self, terms: Sequence[Term]) -> tuple[Cell, ...]:
        cells = [self._cell(term) for term in in_language(terms, self._language)]
        return tuple(sorted(cells, key=lambda cell: cell.text.casefold()))

    def _cell(self, term: Term) -> Cell:
        if term.kind == "uri":
            return self._cells.cell(
                "value", {"value": term, "valueLabel": self._naming[term.value]}
            )
        cell = self._cells.cell("value", {"value": term})
        # A code says by its datatype in which register it is one.
        if term.datatype.startswith(VOCABULARY):
            register = term.datatype.removeprefix(VOCABULARY)
            return replace(cell, text=f"{cell.text} ({register})")
        return cell


def in_language(terms: Sequence[Term], language: str) -> list[Term]:
    """The terms without the texts in other languages, where this language has any."""
    spoken = {term.language for term in terms}
    if language not in spoken:
        return list(terms)
    return [term for term in terms if term.language in ("", language)]


def chosen(rows: Iterable[Row], names: Sequence[str], language: str) -> Term | None:
    """The best value of the first of these properties that a thing has."""
    rows = list(rows)
    for name in names:
        terms = [row["value"] for row in rows if row["property"].value == name]
        if terms:
            return in_language(terms, language)[0]
    return None
