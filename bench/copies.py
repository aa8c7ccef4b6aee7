"""A graph of any size with exactly the shape of ours: copies of the real one under other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, parse

_SHARED = ("ontology", "schemes", "inferred", "catalogue")


class Original:
    """The quads of a built data set: what belongs to its documents, and what is common.

    Copies share vocabulary, schemes, actors, themes and countries; documents and all that only
    they speak of (statements, passages, recommendations) get the number of the copy behind their
    names. So a copy is a further set of documents about the same things.
    """

    def __init__(self, dataset: Path) -> None:
        self.quads = list(parse(path=dataset, format=RdfFormat.N_QUADS))
        common = {one.subject for one in self.quads if _is_shared(one) and not _is_catalogue(one)}
        own = {
            one.subject
            for one in self.quads
            if not _is_shared(one) and isinstance(one.subject, NamedNode)
        }
        self._own = {node for node in own - common if isinstance(node, NamedNode)}
        self._copied = [one for one in self.quads if not _is_shared(one) or self._speaks_of(one)]

    def copies(self, number: int) -> int:
        """How many quads there are with that many copies, the original included."""
        return len(self.quads) + (number - 1) * len(self._copied)

    def times(self, number: int) -> Iterator[Quad]:
        """The quads of so many copies, the original first."""
        return chain(self.quads, *(self._copy(one) for one in range(1, number)))

    def _copy(self, number: int) -> Iterator[Quad]:
        names = {node: NamedNode(f"{node.value}-{number}") for node in self._own}
        graphs = {
            one.graph_name: NamedNode(f"{one.graph_name.value}-{number}")
            for one in self._copied
            if isinstance(one.graph_name, NamedNode) and not _is_shared(one)
        }
        return _renamed(self._copied, names, names | graphs)

    def _speaks_of(self, quad: Quad) -> bool:
        return quad.subject in self._own or quad.object in self._own


def _renamed(
    quads: Sequence[Quad],
    names: Mapping[NamedNode, NamedNode],
    graphs: Mapping[NamedNode, NamedNode],
) -> Iterator[Quad]:
    for one in quads:
        subject, thing, graph = one.subject, one.object, one.graph_name
        assert isinstance(subject, NamedNode | BlankNode)
        assert isinstance(graph, NamedNode)
        yield Quad(
            names.get(subject, subject) if isinstance(subject, NamedNode) else subject,
            one.predicate,
            names.get(thing, thing) if isinstance(thing, NamedNode) else thing,
            graphs.get(graph, graph),
        )


def _is_shared(quad: Quad) -> bool:
    graph = quad.graph_name
    if isinstance(graph, DefaultGraph) or not isinstance(graph, NamedNode):
        return True
    return graph.value.rpartition("/")[2] in _SHARED


def _is_catalogue(quad: Quad) -> bool:
    graph = quad.graph_name
    return isinstance(graph, NamedNode) and graph.value.endswith("/catalogue")
