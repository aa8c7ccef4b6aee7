"""An answer as objects that read by themselves: labels with IRIs, passages with their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from pyoxigraph import Literal, NamedNode

from ontology.names import XSD
from queries.catalogue import SavedQuery
from queries.contract import LABEL, Column, companion_of, in_group
from queries.rows import Row, Term

_WHOLE = frozenset(XSD + name for name in ("integer", "int", "long", "nonNegativeInteger"))
_FRACTIONS = frozenset(XSD + name for name in ("decimal", "double", "float"))

Address = Callable[[str], str | None]
"""Where an IRI can be looked at on this host; ``None`` if nowhere."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a document, the evidence of a row: its text and where it stands.

    ``prefix`` is that of its variables, ``""`` for the first passage of a row.
    """

    prefix: str
    evidence: str
    quote: str
    document: str
    title: str
    page: int | None
    start: int | None
    end: int | None
    statement: str | None

    @property
    def name(self) -> str:
        """The name of its column."""
        return in_group(self.prefix, "evidence")


def prefixes(query: SavedQuery) -> tuple[str, ...]:
    """The prefix of each passage that a row of the question may have."""
    found: dict[str, None] = {}
    for name in query.variables:
        prefix, companion = companion_of(name, query.variables)
        if companion == "evidence":
            found[prefix] = None
    return tuple(found)


def passages(query: SavedQuery, row: Row) -> tuple[Passage, ...]:
    """The passages of a row, in the order of the columns."""
    found = (passage(row, prefix) for prefix in prefixes(query))
    return tuple(one for one in found if one is not None)


def passage(row: Row, prefix: str) -> Passage | None:
    """The passage with a prefix in a row, if the row has it."""
    own = {
        companion: row.get(in_group(prefix, companion))
        for companion in ("evidence", "quote", "document", "documentTitle", "statement")
    }
    evidence = own["evidence"]
    if not isinstance(evidence, NamedNode):
        return None
    document, statement = own["document"], own["statement"]
    return Passage(
        prefix=prefix,
        evidence=evidence.value,
        quote=_text(own["quote"]),
        document=document.value if isinstance(document, NamedNode) else "",
        title=_text(own["documentTitle"]) or _text(document),
        page=_whole(row.get(in_group(prefix, "page"))),
        start=_whole(row.get(in_group(prefix, "start"))),
        end=_whole(row.get(in_group(prefix, "end"))),
        statement=statement.value if isinstance(statement, NamedNode) else None,
    )


def shown(query: SavedQuery) -> tuple[Column, ...]:
    """The columns for a person, in order: a passage stands in the place of its first variable."""
    columns: dict[str, Column] = {}
    for column in query.columns.values():
        prefix, companion = companion_of(column.name, query.variables)
        name = in_group(prefix, "evidence") if companion else column.name
        if not query.columns[name].hidden:
            columns[name] = query.columns[name]
    return tuple(columns.values())


def objects(query: SavedQuery, rows: Sequence[Row], address: Address) -> list[dict[str, Any]]:
    """The rows as objects: a value by column, and a passage with its quote and place.

    A thing is ``id``, ``label`` and ``href``; a number is a number; what a row does not have is
    left out.
    """
    columns = shown(query)
    groups = {in_group(prefix, "evidence"): prefix for prefix in prefixes(query)}
    return [
        {
            column.name: found
            for column in columns
            if (found := _object(row, column, groups.get(column.name), address)) is not None
        }
        for row in rows
    ]


def label(row: Row, name: str) -> str:
    """What a person reads for the value of a variable."""
    named = row.get(name + LABEL)
    if isinstance(named, Literal):
        return named.value
    term = row.get(name)
    return local_name(term.value) if isinstance(term, NamedNode) else _text(term)


def local_name(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri


def _object(row: Row, column: Column, prefix: str | None, address: Address) -> Any:
    if prefix is not None:
        found = passage(row, prefix)
        return None if found is None else _passage(found, address)
    term = row.get(column.name)
    if term is None:
        return None
    if column.separator is not None:
        return [_thing(iri, local_name(iri), address) for iri in listed(term, column.separator)]
    if isinstance(term, NamedNode):
        return _thing(term.value, label(row, column.name), address)
    return value(term)


def listed(term: Term, separator: str) -> list[str]:
    """The IRIs that one cell lists."""
    return [iri for iri in _text(term).split(separator) if iri]


def value(term: Term) -> Any:
    """A literal as JSON has it: numbers and truth values as such, all else as text."""
    if not isinstance(term, Literal):
        return term.value
    datatype = term.datatype.value
    if datatype == XSD + "boolean":
        return term.value in ("true", "1")
    if datatype in _WHOLE or datatype in _FRACTIONS:
        return _number(term.value)
    return term.value


def _passage(found: Passage, address: Address) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": found.evidence,
        "quote": found.quote,
        "document": _thing(found.document, found.title, address),
        "page": found.page,
        "start": found.start,
        "end": found.end,
        "href": address(found.evidence),
    }
    if found.statement is not None:
        made["statement"] = {"id": found.statement, "href": address(found.statement)}
    return {name: one for name, one in made.items() if one is not None}


def _thing(iri: str, name: str, address: Address) -> dict[str, Any]:
    return {"id": iri, "label": name, "href": address(iri)}


def _text(term: Term | None) -> str:
    return term.value if term is not None else ""


def _number(text: str) -> int | float | str:
    """A number; the text itself where it is none that JSON has."""
    if text.lstrip("+-").isdecimal():
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return text
    if not isfinite(number):
        return text
    return int(number) if number.is_integer() else number


def _whole(term: Term | None) -> int | None:
    try:
        return int(_text(term))
    except ValueError:
        return None
