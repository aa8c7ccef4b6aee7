"""The SPARQL constraints of official shapes (SHACL, section 5), asked of the engine.

pySHACL parses each of them again for each node, which takes minutes for a thousand concepts. Here
the same queries run in Oxigraph, with the node as their pre-bound ``$this``; pySHACL checks all the
rest (:func:`without`).
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, Variable
from rdflib import OWL, RDF, SH, Graph, URIRef
from rdflib.term import Node

from tests.publish.shapes import Result, found


def breaches(data: Graph, path: str) -> list[Result]:
    """What breaks the SPARQL constraints of a shapes file, in a stable order."""
    shapes = Graph().parse(found(path))
    store = Store()
    store.load(data.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
    results = {
        Result(_severity(shapes, constraint), str(node), "", "", _message(shapes, constraint))
        for shape, constraint in shapes.subject_objects(SH.sparql)
        for node in _targets(data, shapes, shape)
        if _breaks(store, shapes, constraint, node)
    }
    return sorted(results, key=str)


def without(path: str, folder: Path) -> Path:
    """The shapes file without its SPARQL constraints, written to the folder."""
    shapes = Graph().parse(found(path))
    shapes.remove((None, SH.sparql, None))
    shapes.remove((None, OWL.imports, None))
    target = folder / Path(path).name
    shapes.serialize(target, format="turtle", encoding="utf-8")
    return target


def _targets(data: Graph, shapes: Graph, shape: Node) -> set[URIRef]:
    """The nodes that a shape is about (section 2.1.3)."""
    nodes: set[Node] = set()
    for kind in shapes.objects(shape, SH.targetClass):
        nodes |= set(data.subjects(RDF.type, kind))
    for name in shapes.objects(shape, SH.targetSubjectsOf):
        nodes |= set(data.subjects(name))
    for name in shapes.objects(shape, SH.targetObjectsOf):
        nodes |= set(data.objects(None, name))
    return {node for node in nodes if isinstance(node, URIRef)}


def _breaks(store: Store, shapes: Graph, constraint: Node, node: URIRef) -> bool:
    rows = store.query(
        str(shapes.value(constraint, SH.select)),
        prefixes=_prefixes(shapes, constraint),
        substitutions={Variable("this"): NamedNode(str(node))},
    )
    assert isinstance(rows, QuerySolutions)
    return next(rows, None) is not None


def _prefixes(shapes: Graph, constraint: Node) -> dict[str, str]:
    declared = [
        one
        for ontology in shapes.objects(constraint, SH.prefixes)
        for one in shapes.objects(ontology, SH.declare)
    ]
    return {
        str(shapes.value(one, SH.prefix)): str(shapes.value(one, SH.namespace)) for one in declared
    }


def _severity(shapes: Graph, constraint: Node) -> str:
    return str(shapes.value(constraint, SH.severity) or SH.Violation).rpartition("#")[2]


def _message(shapes: Graph, constraint: Node) -> str:
    return str(shapes.value(constraint, SH.message) or "")
