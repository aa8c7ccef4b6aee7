"""One thing of the catalogue, with what belongs to it and what the others are called."""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

_NAMING = (RDF.type, DCTERMS.title, FOAF.name, RDFS.label)


def described_in(graph: Graph, iri: str) -> Graph:
    """What the graph says of a thing; nothing if it does not know it.

    With it come its parts (the IRI with a fragment), what leads to it, and of other things in the
    catalogue their class and name. What it is the same as is described as well.
    """
    thing = URIRef(iri)
    found = Graph()
    for subject in _parts(graph, thing) | set(graph.subjects(OWL.sameAs, thing)):
        _add(found, graph, subject)
    if found:
        for triple in graph.triples((None, None, thing)):
            found.add(triple)
            _name(found, graph, triple[0])
        for same in list(graph.subjects(OWL.sameAs, thing)):
            found.add((thing, OWL.sameAs, same))
    return found


def _parts(graph: Graph, thing: URIRef) -> set[Node]:
    begins = f"{thing}#"
    return {one for one in graph.subjects() if one == thing or str(one).startswith(begins)}


def _add(found: Graph, graph: Graph, subject: Node) -> None:
    for triple in graph.triples((subject, None, None)):
        found.add(triple)
        _name(found, graph, triple[2])


def _name(found: Graph, graph: Graph, node: Node) -> None:
    for name in _NAMING:
        for value in graph.objects(node, name):
            found.add((node, name, value))
