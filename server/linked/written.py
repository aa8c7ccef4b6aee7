"""A description as bytes: in each format the same triples, in an order that never varies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from ontology.names import PREFIXES
from server.linked.framing import json_ld
from server.negotiation import MediaType
from server.sparql.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE

FORMS = {
    TURTLE: RdfFormat.TURTLE,
    N_TRIPLES: RdfFormat.N_TRIPLES,
    RDF_XML: RdfFormat.RDF_XML,
    JSON_LD: RdfFormat.JSON_LD,
    TRIG: RdfFormat.TRIG,
    N_QUADS: RdfFormat.N_QUADS,
}
"""The formats of a description, in the order of preference."""
OF_GRAPHS = (TRIG, N_QUADS)
"""Those that say in which graph a triple stands."""
Statement = TypeVar("Statement", Triple, Quad)
_PLAIN = (N_TRIPLES, N_QUADS)


def written(triples: Collection[Triple], root: str, form: MediaType) -> bytes:
    """A graph in a format; what is said of ``root`` comes first."""
    if form is JSON_LD:
        return json_ld(in_order(triples, root), root)
    return _serialized(triples, root, form)


def written_in_graphs(quads: Collection[Quad], root: str, form: MediaType) -> bytes:
    """Graphs in a format that says in which one a triple stands."""
    return _serialized(quads, root, form)


def _serialized(statements: Collection[Statement], root: str, form: MediaType) -> bytes:
    prefixes = {} if form in _PLAIN else used(statements)
    ordered: Any = in_order(statements, root)
    # The serialiser takes no prefixes for the formats that have none.
    return serialize(ordered, format=FORMS[form], prefixes=prefixes or None) or b""


def in_order(statements: Iterable[Statement], root: str) -> list[Statement]:
    """Graph by graph, the default graph first; the root first, then by IRI."""
    return sorted(statements, key=lambda one: _place(one, root))


def used(statements: Iterable[Triple | Quad]) -> dict[str, str]:
    """The prefixes that these need."""
    found = {
        _namespace(term.value)
        for one in statements
        for term in (one.subject, one.predicate, one.object, getattr(one.object, "datatype", None))
        if isinstance(term, NamedNode)
    }
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if namespace in found}


def _place(one: Triple | Quad, root: str) -> tuple[str, bool, str, bool, str, str]:
    graph = str(one.graph_name) if isinstance(one, Quad) else ""
    return (
        "" if graph == "DEFAULT" else graph,
        getattr(one.subject, "value", "") != root,
        str(one.subject),
        not one.predicate.value.endswith("#type"),
        one.predicate.value,
        str(one.object),
    )


def _namespace(iri: str) -> str:
    cut = iri.rfind("#") if "#" in iri else iri.rfind("/")
    return iri[: cut + 1]
