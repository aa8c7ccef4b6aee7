"""What follows from the plain triples and the schemes by the axioms of the model (OWL 2 RL).

The reasoner gets the axioms on links between things and the links themselves, not the statements:
those say what a document says, and nothing more follows from them. What it returns stands in a
graph of its own that tells how it was made. docs/model.md says what is inferred, why that is safe,
and how to trace a triple.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version

from pyoxigraph import NamedNode, Quad, Store
from rdflib import URIRef
from reasonable import PyReasoner

from ingest.across.comparison import Comparison
from ingest.graph.writer import GraphWriter, text
from ontology.names import OWL, PROV, RDF, RDFS, SKOS, VOCABULARY, Minter

GRAPH = "inferred"
REASONER = "reasonable"
ORG = "http://www.w3.org/ns/org#"

_INVERSE, _CHAIN = NamedNode(OWL + "inverseOf"), NamedNode(OWL + "propertyChainAxiom")
_SUPER = NamedNode(RDFS + "subPropertyOf")
_FIRST, _REST = NamedNode(RDF + "first"), NamedNode(RDF + "rest")  # of which a chain is made
_AXIOMS = (_INVERSE, _SUPER, _CHAIN, _FIRST, _REST)
_KINDS = (NamedNode(OWL + "TransitiveProperty"), NamedNode(OWL + "SymmetricProperty"))

KEPT = (VOCABULARY, ORG, SKOS)
"""The vocabularies whose properties are worth having inferred. Those of other vocabularies that
ours refine (a speaker is a ``prov:wasAttributedTo``) would double the statements for no question.
"""

Link = tuple[str, str, str]
Chain = tuple[str, tuple[str, ...]]


def inferred(compared: Comparison) -> list[Quad]:
    """The links between things that follow from all documents and the schemes together."""
    minter, store = compared.minter, compared.store
    axioms = list(_axioms(store, minter.thing("graph", "ontology")))
    premises = [
        quad
        for predicate in _properties(axioms)
        for quad in store.quads_for_pattern(None, predicate, None, None)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    ]
    said = {_link(quad) for quad in premises}
    writer = GraphWriter(minter.thing("graph", GRAPH))
    for subject, name, value in _closure(axioms, said) - said:
        if subject != value:
            writer.add(NamedNode(subject), NamedNode(name), NamedNode(value))
    graphs = {quad.graph_name for quad in premises}
    _describe(writer, minter, [graph for graph in graphs if isinstance(graph, NamedNode)])
    return list(writer)


def _axioms(store: Store, model: NamedNode) -> Iterator[Quad]:
    """What the model says of links: inverses, super-properties, kinds and chains."""
    for predicate in _AXIOMS:
        for quad in store.quads_for_pattern(None, predicate, None, model):
            if predicate != _SUPER or _link(quad)[2].startswith(KEPT):
                yield quad
    for kind in _KINDS:
        yield from store.quads_for_pattern(None, NamedNode(RDF + "type"), kind, model)


def _properties(axioms: Iterable[Quad]) -> list[NamedNode]:
    """The properties that the axioms speak of."""
    found: set[object] = set()
    for axiom in axioms:
        if axiom.predicate not in (_FIRST, _REST):
            found.add(axiom.subject)
        if axiom.predicate in (_INVERSE, _SUPER, _FIRST):
            found.add(axiom.object)
    return [one for one in found if isinstance(one, NamedNode)]


def _closure(axioms: Iterable[Quad], said: Iterable[Link]) -> set[Link]:
    """What is said and what follows from it.

    The reasoner has all rules that the model needs but that for chains (prp-spo2), which is
    applied here, in turns with it, until nothing new follows.
    """
    rules = [_link(axiom) for axiom in axioms]
    chains = list(_chains(rules))
    reasoner, new = PyReasoner(), {*rules, *said}
    while True:
        reasoner.from_graph([tuple(map(URIRef, link)) for link in new])
        found = {
            (str(subject), str(name), str(value))
            for subject, name, value in reasoner.reason()
            if str(name).startswith(KEPT)
        }
        new = {link for chain in chains for link in _joined(chain, found)} - found
        if not new:
            return found


def _chains(rules: Iterable[Link]) -> Iterator[Chain]:
    """The chains of the model, each with the property that follows from it."""
    lists = {(node, name): value for node, name, value in rules}
    for result, name, start in rules:
        if name == _CHAIN.value:
            steps, node = [], start
            while node != RDF + "nil":
                steps.append(lists[node, _FIRST.value])
                node = lists[node, _REST.value]
            yield result, tuple(steps)


def _joined(chain: Chain, links: Iterable[Link]) -> set[Link]:
    """What follows from a chain: where its steps lead from where they start."""
    result, (first, *steps) = chain
    onward: dict[tuple[str, str], set[str]] = {}
    for subject, name, value in links:
        if name in chain[1]:
            onward.setdefault((name, subject), set()).add(value)
    found = {
        (start, end) for (name, start), ends in onward.items() if name == first for end in ends
    }
    for step in steps:
        found = {(start, end) for start, now in found for end in onward.get((step, now), ())}
    return {(start, result, end) for start, end in found}


def _link(quad: Quad) -> Link:
    """A triple of things as text; others are not looked at."""
    subject, predicate, value = quad.subject, quad.predicate, quad.object
    if not (isinstance(subject, NamedNode) and isinstance(value, NamedNode)):
        raise ValueError(f"no link between things: {quad}")
    return subject.value, predicate.value, value.value


def _describe(writer: GraphWriter, minter: Minter, sources: Iterable[NamedNode]) -> None:
    """How the graph came about: what was used, and by which version of which reasoner."""
    label = NamedNode(RDFS + "label")
    graph, activity = writer.graph, minter.thing("activity", "inference")
    release = version(REASONER)
    agent = minter.thing("software", f"{REASONER}-{release}")
    model = minter.thing("graph", "ontology")
    writer.type(graph, NamedNode(PROV + "Bundle"))
    writer.add(graph, label, GRAPH)
    writer.add(graph, NamedNode(PROV + "wasGeneratedBy"), activity)
    writer.add(graph, NamedNode(PROV + "wasDerivedFrom"), model, *sources)
    writer.type(activity, NamedNode(PROV + "Activity"))
    writer.add(activity, label, text("afleiding volgens OWL 2 RL", "nl"))
    writer.add(activity, label, text("inference by OWL 2 RL", "en"))
    writer.add(activity, NamedNode(PROV + "used"), model, *sources)
    writer.add(activity, NamedNode(PROV + "wasAssociatedWith"), agent)
    writer.type(agent, NamedNode(PROV + "SoftwareAgent"))
    writer.add(agent, label, f"{REASONER} {release}")
    for name in ("ontology", "schemes"):
        writer.type(minter.thing("graph", name), NamedNode(PROV + "Bundle"))
        writer.add(minter.thing("graph", name), label, name)
