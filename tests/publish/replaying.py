"""A consumer of a feed, made with no code of the service: walks the tree, replays the events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import httpx
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

AS = "https://www.w3.org/ns/activitystreams#"
TREE = "https://w3id.org/tree#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
ACCEPT = {"Accept": "application/n-quads"}
FORMATS = {
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/ld+json": RdfFormat.JSON_LD,
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


@dataclass(frozen=True)
class Event:
    """An event as its consumer sees it; ``kind`` is Create, Update or Delete."""

    iri: NamedNode
    kind: str
    thing: NamedNode
    target: NamedNode | DefaultGraph
    published: str
    payload: frozenset[Triple]


State = set[Quad]


def parsed(response: httpx.Response) -> list[Quad]:
    """The quads of an answer."""
    form = FORMATS[response.headers["content-type"].partition(";")[0]]
    return list(parse(response.content, form, base_iri=str(response.url)))


def events(told: Iterable[Quad]) -> list[Event]:
    """The events in these quads, in the order of their times."""
    said: dict[NamedNode, dict[NamedNode, object]] = {}
    payloads: dict[object, set[Triple]] = {}
    for quad in told:
        if quad.graph_name != DefaultGraph():
            payloads.setdefault(quad.graph_name, set()).add(quad.triple)
        elif isinstance(quad.subject, NamedNode):
            said.setdefault(quad.subject, {})[quad.predicate] = quad.object
    found = []
    for iri, properties in said.items():
        kind, thing = properties.get(RDF_TYPE), properties.get(NamedNode(AS + "object"))
        if not isinstance(kind, NamedNode) or not isinstance(thing, NamedNode):
            continue
        published = properties[NamedNode(AS + "published")]
        target = properties.get(NamedNode(AS + "target"), DefaultGraph())
        assert isinstance(published, Literal) and isinstance(target, NamedNode | DefaultGraph)
        payload = frozenset(payloads.pop(iri, ()))
        name = kind.value.removeprefix(AS)
        found.append(Event(iri, name, thing, target, published.value, payload))
    assert not payloads, "what stands in a graph belongs to an event"
    return sorted(found, key=lambda event: event.published)


def quads(event: Event) -> Iterator[Quad]:
    """What a graph says of a thing after an event."""
    for triple in event.payload:
        yield Quad(triple.subject, triple.predicate, triple.object, event.target)


def replay(told: Iterable[Event], state: State) -> None:
    """Bring a copy up to date."""
    standing: dict[tuple[object, object], set[Quad]] = {}
    for quad in state:
        standing.setdefault((quad.subject, quad.graph_name), set()).add(quad)
    for event in told:
        there = standing.pop((event.thing, event.target), set())
        assert bool(there) == (event.kind != "Create"), event
        assert bool(event.payload) == (event.kind != "Delete"), event
        now = set(quads(event))
        if now:
            standing[event.thing, event.target] = now
    state.clear()
    state.update(*standing.values())


def walk(client: httpx.Client, root: str, since: str = "") -> Iterator[tuple[str, list[Quad]]]:
    """The pages below a root that have events later than ``since``: addresses and quads."""
    waiting, seen = [root], set()
    while waiting:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address, headers=ACCEPT)
        assert answer.status_code == 200, answer.text
        quads = parsed(answer)
        yield address, quads
        waiting += _linked(quads, address, since)


def _linked(quads: list[Quad], address: str, since: str) -> Iterator[str]:
    relations = {
        quad.object
        for quad in quads
        if quad.subject == NamedNode(address) and quad.predicate.value == TREE + "relation"
    }
    until = {quad.subject: quad.object for quad in quads if quad.predicate.value == TREE + "value"}
    for quad in quads:
        if quad.subject in relations and quad.predicate.value == TREE + "node":
            assert isinstance(quad.object, NamedNode)
            value = until.get(quad.subject)
            if value is None or (isinstance(value, Literal) and value.value > since):
                yield quad.object.value


def followed(client: httpx.Client, root: str, state: State, since: str = "") -> list[Event]:
    """The events later than ``since``, with which a copy is brought up to date."""
    told = events(quad for _, quads in walk(client, root, since) for quad in quads)
    told = [event for event in told if event.published > since]
    replay(told, state)
    return told
