"""Writes triples into one named graph, with terms only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from ontology.names import RDF, XSD, definition

Value = NamedNode | Literal | str | int | bool


class GraphWriter:
    """Collects the triples of one named graph; a triple written twice stands once."""

    def __init__(self, graph: NamedNode) -> None:
        self.graph = graph
        self._quads: dict[Quad, None] = {}

    def __iter__(self) -> Iterator[Quad]:
        return iter(self._quads)

    def __len__(self) -> int:
        return len(self._quads)

    def add(self, subject: NamedNode, predicate: NamedNode | str, *values: Value) -> None:
        """One triple per value. A plain string predicate names a term of our vocabulary."""
        term = definition(predicate) if isinstance(predicate, str) else predicate
        for value in values:
            self._quads[Quad(subject, term, literal(value), self.graph)] = None

    def type(self, subject: NamedNode, *classes: NamedNode) -> None:
        """The classes of a thing."""
        self.add(subject, NamedNode(RDF + "type"), *classes)


def literal(value: Value) -> NamedNode | Literal:
    """A term for a value, in the canonical form that the store keeps."""
    if isinstance(value, NamedNode | Literal):
        return value
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=NamedNode(XSD + "boolean"))
    if isinstance(value, int):
        return Literal(str(value), datatype=NamedNode(XSD + "integer"))
    return Literal(value)


def text(value: str, language: str) -> Literal:
    """A text in a language."""
    return Literal(value, language=language)


def dated(value: str) -> Literal:
    """A date as exact as it is known: "2021-01-25", "2023-02" or "2014"; ValueError otherwise."""
    if len(value) == 10:
        date.fromisoformat(value)
        return Literal(value, datatype=NamedNode(XSD + "date"))
    kind = {4: "gYear", 7: "gYearMonth"}.get(len(value))
    if kind is None:
        raise ValueError(f"not a date: {value!r}")
    return Literal(value, datatype=NamedNode(XSD + kind))
