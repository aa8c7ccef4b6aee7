"""A graph as a JSON-LD tree: the thing at the root, each node where it is first pointed at.

Framing (https://www.w3.org/TR/json-ld11-framing/) by PyLD, with names from :mod:`.context`. Nodes
that the thing does not lead to, and the names of classes, stand in its ``@included`` block
(https://www.w3.org/TR/json-ld11/#included-blocks).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from threading import Lock
from typing import Any, NoReturn

from pyld import jsonld
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from ontology.names import RDF, XSD
from server.linked import context

_turn = Lock()  # PyLD keeps contexts that it has read, and not for several threads
_NATIVE: dict[str, Callable[[str], int | bool]] = {
    XSD + "integer": int,
    XSD + "boolean": "true".__eq__,
}


def json_ld(triples: Collection[Triple], root: str) -> bytes:
    """The triples as a JSON-LD document with its context inside."""
    used = {term.value for one in triples for term in _named(one)}
    given = context.part(used)
    reached = _reached(triples, root)
    nodes: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for node in json.loads(serialize(triples, format=RdfFormat.JSON_LD) or b"[]"):
        (nodes if node["@id"] in reached else others).append(readable(node))
    with _turn:
        frame = {"@context": given, "@id": root}
        made = jsonld.frame(nodes, frame, {"embed": "@once", "documentLoader": _refuse})
        if others:
            options = {"graph": True, "documentLoader": _refuse}
            flat = jsonld.compact(others, given, options)
            made = {**made, "included": flat["@graph"]}
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def _named(triple: Triple) -> Iterable[NamedNode]:
    yield triple.predicate
    if triple.predicate.value == RDF + "type" and isinstance(triple.object, NamedNode):
        yield triple.object
    if isinstance(triple.object, Literal):
        yield triple.object.datatype


def _reached(triples: Iterable[Triple], root: str) -> set[str]:
    """The nodes that the root leads to, itself among them. Classes are values, no nodes."""
    leads: dict[str, list[str]] = {}
    for triple in triples:
        is_node = isinstance(triple.object, NamedNode | BlankNode)
        if is_node and triple.predicate.value != RDF + "type":
            leads.setdefault(_id(triple.subject), []).append(_id(triple.object))
    seen: set[str] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += leads.get(node, ())
    return seen


def _id(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def readable(node: dict[str, Any]) -> dict[str, Any]:
    """A node in expanded form, classes under ``@type`` and numbers as JSON has them."""
    made: dict[str, Any] = {}
    for name, values in node.items():
        if name == RDF + "type" and all("@id" in value for value in values):
            made["@type"] = [value["@id"] for value in values]
        elif name.startswith("@"):
            made[name] = values
        else:
            made[name] = [_native(value) for value in values]
    return made


def _native(value: dict[str, Any]) -> dict[str, Any]:
    convert = _NATIVE.get(value.get("@type", ""))
    if convert is None:
        return value
    made = convert(value["@value"])
    # Only where it is written back as it was: 007 stays a text with its datatype.
    return {"@value": made} if json.dumps(made) == value["@value"] else value


def _refuse(url: str, _: object) -> NoReturn:
    """No context is ever fetched."""
    raise ValueError(f"{url} is not fetched")
