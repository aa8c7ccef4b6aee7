"""What changed: the state told before and the things of now, merged in one pass over both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from server.publish.feed.state import Entry
from server.publish.feed.terms import Kind
from server.publish.feed.things import Graph, Thing


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a thing in one graph; ``quads`` is all that the graph says of it now."""

    kind: Kind
    thing: NamedNode
    graph: Graph
    quads: tuple[Quad, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A thing as it is to be remembered, and what there is to tell of it.

    ``kind`` says what became of the thing as a whole; there is none where nothing did.
    """

    entry: Entry
    kind: Kind | None = None
    changes: tuple[Change, ...] = ()


def steps(told: Iterable[Entry], now: Iterable[Thing], publication: int) -> Iterator[Step]:
    """A step for each thing told of before or there now; both in the order of their IRIs.

    ``publication`` is the number of the one that will tell it. Of a thing that changed each graph
    in which it stands is told, and each that it left: the newest events about a thing are then
    all there is to know of it.
    """
    known, present = iter(told), iter(now)
    entry, thing = next(known, None), next(present, None)
    while entry or thing:
        if thing is None or (entry is not None and entry.subject < thing.subject):
            assert entry is not None
            yield _absent(entry, publication)
            entry = next(known, None)
        elif entry is None or thing.subject < entry.subject:
            yield _present(Entry(thing.subject), thing)
            thing = next(present, None)
        else:
            yield _present(entry, thing)
            entry, thing = next(known, None), next(present, None)


def _absent(entry: Entry, publication: int) -> Step:
    if entry.gone_in:
        return Step(entry)
    gone = Entry(entry.subject, gone_in=publication)
    return Step(gone, Kind.DELETE, _left(entry, entry.graphs))


def _present(entry: Entry, thing: Thing) -> Step:
    digest = thing.digest
    if entry.digest == digest:
        return Step(entry)
    name, graphs = _name(entry), thing.graphs()
    changes = (
        Change(Kind.UPDATE if graph in entry.graphs else Kind.CREATE, name, graph, tuple(quads))
        for graph, quads in graphs.items()
    )
    left = _left(entry, (graph for graph in entry.graphs if graph not in graphs))
    return Step(
        Entry(thing.subject, digest, tuple(graphs)),
        Kind.UPDATE if entry.digest else Kind.CREATE,
        (*changes, *left),
    )


def _left(entry: Entry, graphs: Iterable[Graph]) -> tuple[Change, ...]:
    return tuple(Change(Kind.DELETE, _name(entry), graph) for graph in graphs)


def _name(entry: Entry) -> NamedNode:
    return NamedNode(entry.subject[1:-1].decode())
