"""Validation: does a graph look the way ``shapes.ttl`` says good data look?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyshacl
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from ontology.names import XSD
from ontology.vocabulary import FOLDER, OntologyError


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach of a shape: which node, which property, and what the shape says about it."""

    node: str
    path: str
    message: str
    grave: bool = True
    """Whether it must not be; else (a warning) a better one would not have it."""

    def __str__(self) -> str:
        return f"{self.node} {self.path}: {self.message}"


def load_shapes(path: Path = FOLDER / "shapes.ttl") -> Graph:
    """The shapes graph; an :class:`OntologyError` naming the file if it does not parse."""
    try:
        return Graph().parse(path, format="turtle")
    except Exception as error:  # rdflib's parsers raise many kinds
        reason = str(error).splitlines()[0]
        raise OntologyError(f"{path}: {reason}") from error


def to_rdflib(quads: Iterable[Quad]) -> Graph:
    """The triples of the quads as one rdflib graph, for libraries that need it.

    Term by term: several times faster than serialising and parsing again.
    """
    terms: dict[object, Node] = {}

    def term(node: object) -> Node:
        found = terms.get(node)
        if found is None:
            found = terms[node] = _term(node)
        return found

    graph = Graph()
    add = graph.store.add
    for quad in quads:
        add((term(quad.subject), term(quad.predicate), term(quad.object)), graph)
    return graph


def named_in(shapes: Graph) -> frozenset[str]:
    """The IRIs that a shapes graph speaks of; no triple with another property can break it.

    A constraint in SPARQL names its properties in a text: each word of it counts as one.
    """
    texts = " ".join(str(text) for text in shapes.objects(None, SH.select))
    prefixes = {str(one) for one in shapes.objects(None, SH.namespace)}
    spelled = {prefix + word for prefix in prefixes for word in re.findall(r"\w+", texts)}
    iris = {str(term) for triple in shapes for term in triple if isinstance(term, URIRef)}
    return frozenset({*iris, *spelled, str(RDF.type), str(RDFS.subClassOf)})


def _term(node: object) -> Node:
    if isinstance(node, NamedNode):
        return URIRef(node.value)
    if isinstance(node, BlankNode):
        return BNode(node.value)
    if isinstance(node, Literal):
        # rdflib's parsers leave the datatype of a plain string out, and so do shapes graphs.
        plain = bool(node.language) or node.datatype.value == XSD + "string"
        datatype = None if plain else URIRef(node.datatype.value)
        return RdflibLiteral(node.value, lang=node.language, datatype=datatype, normalize=False)
    raise TypeError(f"no RDF 1.1 term: {node}")


def violations(data: Graph, shapes: Graph) -> list[Violation]:
    """What in the data breaks the shapes, in a stable order; nothing is fetched."""
    return [one for one in breaches(data, shapes) if one.grave]


def breaches(data: Graph, shapes: Graph) -> list[Violation]:
    """The violations, and with them the warnings: what a better one would have."""
    _, report, _ = pyshacl.validate(
        data, shacl_graph=shapes, do_owl_imports=False, inference="none", meta_shacl=False
    )
    if not isinstance(report, Graph):
        raise OntologyError(f"shapes.ttl: validation gave no report: {report}")
    found = [
        Violation(
            str(report.value(result, SH.focusNode)),
            _path(report, result),
            str(report.value(result, SH.resultMessage)),
            report.value(result, SH.resultSeverity) == SH.Violation,
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]
    return sorted(found, key=lambda one: (one.node, one.path, one.message))


def _path(report: Graph, result: Node) -> str:
    """The property that a result is on; several joined by "|" where any of them would do."""
    path = report.value(result, SH.resultPath)
    several = report.value(path, SH.alternativePath) if isinstance(path, BNode) else None
    if several is not None:
        return "|".join(str(one) for one in Collection(report, several))
    return str(path or "")
