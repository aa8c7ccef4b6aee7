"""A graph of any size with exactly the shape of ours: copies of the real one under other names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, parse, serialize

_OF_A_DOCUMENT = re.compile(
    r"/id/(?:statement|evidence|graph|document|block|section|text|mention|claim)/(?!ontology|schemes)"
)
_TRIPLES = 2_000_000


def enlarge(dataset: Path, target: Path, triples: int = _TRIPLES) -> int:
    """Write at least ``triples`` quads to ``target``; returns how many were written.

    The vocabulary and the schemes stay one; what belongs to a document is copied with the number
    of the copy behind its name, so that the copies share actors, themes and countries.
    """
    quads = list(parse(path=dataset, format=RdfFormat.N_QUADS))
    copied = [one for one in quads if _moves(one)]
    common = len(quads) - len(copied)
    copies = max(1, -(-(triples - common) // len(copied)))
    written = 0

    def every() -> Iterator[Quad]:
        nonlocal written
        for one in quads:
            written += 1
            yield one
        for number in range(1, copies):
            rename = _renamer(number)
            for one in copied:
                written += 1
                yield _renamed(one, rename)

    serialize(every(), target, format=RdfFormat.N_QUADS)
    return written


def _moves(quad: Quad) -> bool:
    graph = quad.graph_name
    return isinstance(graph, NamedNode) and bool(_OF_A_DOCUMENT.search(graph.value))


def _renamer(number: int) -> Callable[[NamedNode], NamedNode]:
    @lru_cache(maxsize=200_000)
    def rename(node: NamedNode) -> NamedNode:
        if _OF_A_DOCUMENT.search(node.value):
            return NamedNode(f"{node.value}-{number}")
        return node

    return rename


def _renamed(quad: Quad, rename: Callable[[NamedNode], NamedNode]) -> Quad:
    subject, thing, graph = quad.subject, quad.object, quad.graph_name
    assert isinstance(subject, (NamedNode, BlankNode))
    assert not isinstance(graph, DefaultGraph)
    return Quad(
        rename(subject) if isinstance(subject, NamedNode) else subject,
        quad.predicate,
        rename(thing) if isinstance(thing, NamedNode) else thing,
        rename(graph) if isinstance(graph, NamedNode) else graph,
    )
