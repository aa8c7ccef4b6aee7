"""Saved questions answered on the spot, on an opened store, for the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, Store

from queries import readable
from queries.catalogue import SavedQuery
from queries.contract import Column, in_group
from queries.document import document
from queries.entities import Entities, names_query
from queries.markdown import markdown
from queries.parameters import ParameterType, Value
from queries.readable import Passage
from queries.rows import Answer, Row
from queries.text import LANGUAGE, LANGUAGES

RESULTS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "srj": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_WIDTH = 96
_LABEL = 24
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the term of each parameter, and the text that asks it."""

    query: SavedQuery
    terms: Mapping[str, Value | None]

    @property
    def text(self) -> str:
        """The SPARQL text."""
        return self.query.bound(self.terms)

    @property
    def language(self) -> str:
        """The language of the names."""
        term = self.terms.get(LANGUAGE)
        return term.value if term is not None else LANGUAGES[0]


class Answering:
    """Asks one store saved questions; its default graph is the union of all graphs."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._base = base
        self._entities: dict[str, Entities] = {}

    def asked(self, query: SavedQuery, values: Mapping[str, str]) -> Asked:
        """The question with these values, which may be names in any language.

        :class:`~queries.errors.ParameterError` for one that is unknown or does not fit.
        """
        known = {
            parameter.range.value: self.entities(parameter.range)
            for parameter in query.parameters
            if parameter.type is ParameterType.ENTITY and values.get(parameter.name, "").strip()
        }
        return Asked(query, query.terms(values, known))

    def solutions(self, text: str) -> QuerySolutions:
        """The solutions of a SELECT, not yet read."""
        found = self._store.query(text, use_default_graph_as_union=True)
        if not isinstance(found, QuerySolutions):
            raise TypeError("a saved question is a SELECT")
        return found

    def answer(self, text: str) -> Answer:
        """The whole answer to a SELECT."""
        return Answer.of(self.solutions(text))

    def entities(self, class_: NamedNode) -> Entities:
        """The entities of a class with their names."""
        if class_.value not in self._entities:
            rows = self.answer(names_query(class_)).rows
            self._entities[class_.value] = Entities.of(rows, self._base)
        return self._entities[class_.value]


def formatted(answering: Answering, asked: Asked, output: str, version: str) -> str:
    """The answer in one of :data:`FORMATS`; ``version`` is that of the data set."""
    if output in RESULTS:
        serialized = answering.solutions(asked.text).serialize(format=RESULTS[output]) or b""
        return serialized.decode()
    return _READABLE[output](asked, answering.answer(asked.text), version)


def address(iri: str) -> str | None:
    """Where an IRI can be looked at: away from a host, at the IRI itself."""
    return iri if iri.startswith(("http://", "https://")) else None


def _json(asked: Asked, answer: Answer, version: str) -> str:
    made = document(asked.query, asked.terms, answer, version, asked.language, address)
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _markdown(asked: Asked, answer: Answer, _version: str) -> str:
    return markdown(asked.query, answer, asked.language, address)


def _table(asked: Asked, answer: Answer, _version: str) -> str:
    """A record per row: each value after the heading of its column, the passages below."""
    lines = [asked.query.title.in_language(asked.language), ""]
    for row in answer.rows:
        lines += [*_record(asked, row), ""]
    count = len(answer.rows)
    return "\n".join([*lines, "1 row" if count == 1 else f"{count} rows", ""])


_READABLE: Mapping[str, Callable[[Asked, Answer, str], str]] = {
    "table": _table,
    "json": _json,
    "md": _markdown,
}
FORMATS = ("table", "csv", "tsv", "json", "srj", "xml", "md")


def _record(asked: Asked, row: Row) -> Iterator[str]:
    groups = {in_group(prefix, "evidence"): prefix for prefix in readable.prefixes(asked.query)}
    columns = readable.shown(asked.query)
    for column in columns:
        if column.name not in groups and column.name in row:
            yield from _field(column.label.in_language(asked.language), cell(column, row))
    for column in columns:
        found = readable.passage(row, groups[column.name]) if column.name in groups else None
        if found is not None:
            heading = column.label.in_language(asked.language) if found.prefix else ""
            yield from _quoted(found, heading)


def cell(column: Column, row: Row) -> str:
    """What a person reads in a cell: a label or a value; of a list, how many it has."""
    if column.name in row and column.separator is not None:
        return str(len(readable.listed(row[column.name], column.separator)))
    return readable.label(row, column.name)


def _field(heading: str, text: str) -> Iterator[str]:
    first, *rest = wrap(text, _WIDTH - _LABEL) or [""]
    yield f"{heading[: _LABEL - 2]:<{_LABEL}}{first}"
    yield from (" " * _LABEL + line for line in rest)


def _quoted(found: Passage, heading: str) -> Iterator[str]:
    page = f", p. {found.page}" if found.page is not None else ""
    lead = f"{heading}: " if heading else ""
    for text in (f"{lead}“{found.quote}”", f"— {found.title}{page}"):
        yield from wrap(text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
