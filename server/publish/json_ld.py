"""JSON-LD with readable names, written as it comes: a list of nodes with one context before them.

Statements about one thing in one graph that come after one another become one node. What it takes
in memory is a few thousand statements, however many there are. Compacting by the algorithm of
JSON-LD 1.1 (section 5 of its API) looks at every name for every value; here only the forms that
the context of :mod:`server.linked.context` has are made, and the test is that they read back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import IO, Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from ontology.names import RDF
from server.linked.framing import readable

AT_ONCE = 2000
"""Statements that are read together."""
_KEYWORDS = {"@id": "id", "@type": "type"}

Node = dict[str, Any]
Statement = Quad | Triple


def write(statements: Iterable[Statement], out: IO[bytes], context: Mapping[str, Any]) -> None:
    """Write them; quads graph by graph, as they come."""
    names = _Names(context)
    out.write(b'{"@context": ' + _json(context) + b',\n"@graph": [')
    for number, (graph, run) in enumerate(groupby(statements, _graph)):
        out.write(b"," if number else b"")
        if graph:
            out.write(b'\n{"id": ' + _json(graph) + b', "@graph": [')
        between = b"\n"
        for some in _batches(run):
            for node in json.loads(serialize(some, format=RdfFormat.JSON_LD) or b"[]"):
                out.write(between + _json(names.compacted(readable(node))))
                between = b",\n"
        out.write(b"\n]}" if graph else b"")
    out.write(b"\n]}\n")


def used(triples: Iterable[Triple]) -> set[str]:
    """The properties, classes and datatypes in triples: what a context must have a name for."""
    found: set[str] = set()
    for triple in triples:
        found.add(triple.predicate.value)
        if isinstance(triple.object, Literal):
            found.add(triple.object.datatype.value)
        elif isinstance(triple.object, NamedNode) and triple.predicate.value == RDF + "type":
            found.add(triple.object.value)
    return found


class _Names:
    """What terms are called in a context, and how their values are written."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        strings = {name: value for name, value in context.items() if isinstance(value, str)}
        self._prefixes = {name: iri for name, iri in strings.items() if iri[-1] in "#/"}
        self._terms: dict[str, str] = {}
        self._forms: dict[str, tuple[str, str]] = {}
        for name, value in context.items():
            definition = value if isinstance(value, dict) else {"@id": value}
            if name in self._prefixes or definition["@id"].startswith("@"):
                continue
            iri = self._expanded(definition["@id"])
            self._terms[iri] = name
            if "@container" in definition:
                self._forms[iri] = ("@language", "")
            elif definition.get("@type") == "@id":
                self._forms[iri] = ("@id", "")
            elif "@type" in definition:
                self._forms[iri] = ("@type", self._expanded(definition["@type"]))

    def compacted(self, node: Node) -> Node:
        """An expanded node with short names."""
        made: Node = {}
        for key, values in sorted(node.items()):
            if key == "@id":
                made["id"] = values
            elif key == "@type":
                made["type"] = _one_or_all([self._name(iri) for iri in values])
            else:
                name, value = self._property(key, values)
                made[name] = value
        return made

    def _property(self, iri: str, values: list[Node]) -> tuple[str, Any]:
        kind, datatype = self._forms.get(iri, ("", ""))
        if kind == "@language" and all(value.keys() == {"@language", "@value"} for value in values):
            return self._terms[iri], _by_language(values)
        if kind == "@id" and all(value.keys() == {"@id"} for value in values):
            return self._terms[iri], _one_or_all([value["@id"] for value in values])
        if kind == "@type" and all(value.get("@type") == datatype for value in values):
            return self._terms[iri], _one_or_all([value["@value"] for value in values])
        # A name that says what its values are is not for others; its prefix says nothing.
        name = self._compact(iri) if kind else self._name(iri)
        return name, _one_or_all([self._value(value) for value in values])

    def _value(self, value: Node) -> Any:
        if value.keys() == {"@value"}:
            return value["@value"]
        made = {_KEYWORDS.get(key, key): one for key, one in value.items()}
        return made | {"type": self._name(made["type"])} if "type" in made else made

    def _name(self, iri: str) -> str:
        return self._terms.get(iri) or self._compact(iri)

    def _compact(self, iri: str) -> str:
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri

    def _expanded(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        return self._prefixes[prefix] + local if colon and prefix in self._prefixes else name


def _by_language(values: list[Node]) -> dict[str, Any]:
    made: dict[str, list[str]] = {}
    for value in values:
        made.setdefault(value["@language"], []).append(value["@value"])
    return {language: _one_or_all(texts) for language, texts in made.items()}


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _batches(statements: Iterable[Statement]) -> Iterator[list[Triple]]:
    """Lists of some length, in which all is said of a thing that is said of it in a row."""
    held: list[Triple] = []
    for _, about in groupby(statements, lambda one: one.subject):
        held += (one.triple if isinstance(one, Quad) else one for one in about)
        if len(held) >= AT_ONCE:
            yield held
            held = []
    if held:
        yield held


def _graph(one: Statement) -> str:
    name = one.graph_name if isinstance(one, Quad) else None
    return name.value if isinstance(name, NamedNode) else ""


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
