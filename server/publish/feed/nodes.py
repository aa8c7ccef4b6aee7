"""The pages as nodes of a tree that a client can walk (https://w3id.org/tree/specification).

The root links each publication by its time; a publication's own node has its first events and links
the rest. Only the root ever changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from ontology.names import Minter
from server.publish.feed import terms
from server.publish.feed.log import Publication
from server.publish.feed.stream import CATALOGUE_FEED, FEED, Stream, instant

_FOLDER = Path(__file__).parent
_FILES = {FEED: "feed.ttl", CATALOGUE_FEED: "catalogue.ttl"}
_TRUE = Literal("true", datatype=terms.BOOLEAN)


class Nodes:
    """Describes the nodes of a stream; ``address`` is where its root is served."""

    def __init__(self, stream: Stream, address: str) -> None:
        self._stream = stream
        self._root = NamedNode(address)

    def of_root(self, publications: Sequence[Publication]) -> Iterator[Quad]:
        """The root: what the stream is, what is kept of it, and where its events are."""
        yield from (Quad(*triple) for triple in described(self._stream, publications))
        yield Quad(self._stream.iri, terms.VIEW, self._root)
        yield Quad(self._root, terms.TYPE, terms.NODE)
        yield Quad(self._root, terms.RETENTION, retention(self._stream))
        for publication in publications:
            time, node = instant(publication.published), self.address(publication)
            for name, kind in (("from", terms.FROM_RELATION), ("until", terms.UNTIL_RELATION)):
                relation = NamedNode(f"{self._root.value}#{publication.key}-{name}")
                yield Quad(self._root, terms.RELATION, relation)
                yield Quad(relation, terms.TYPE, kind)
                yield Quad(relation, terms.PATH, terms.PUBLISHED)
                yield Quad(relation, terms.VALUE, time)
                yield Quad(relation, terms.RELATION_NODE, node)

    def of_page(self, publication: Publication, number: int) -> Iterator[Quad]:
        """What a page says of itself, before its events."""
        page = self.address(publication, number)
        yield Quad(self._stream.iri, terms.TYPE, terms.EVENT_STREAM)
        yield Quad(self._stream.iri, terms.VIEW, self._root)
        yield Quad(page, terms.TYPE, terms.NODE)
        yield Quad(page, terms.IMMUTABLE, _TRUE)
        for other in range(1, publication.pages) if number == 0 else ():
            relation = NamedNode(f"{page.value}#{other}")
            yield Quad(page, terms.RELATION, relation)
            yield Quad(relation, terms.TYPE, terms.ANY_RELATION)
            yield Quad(relation, terms.RELATION_NODE, self.address(publication, other))

    def address(self, publication: Publication, number: int = 0) -> NamedNode:
        """Where a page is served."""
        page = f"/{number}" if number else ""
        return NamedNode(f"{self._root.value}/{publication.key}{page}")


def described(stream: Stream, publications: Sequence[Publication]) -> Iterator[Triple]:
    """What is the same wherever the stream is served: the stream, its shape, what is kept."""
    rebased = Minter(stream.base).rebased
    for quad in parse((_FOLDER / _FILES[stream.name]).read_bytes(), format=RdfFormat.TURTLE):
        yield Triple(
            *(NamedNode(rebased(t.value)) if isinstance(t, NamedNode) else t for t in quad.triple)
        )
    if publications:
        policy = retention(stream)
        yield Triple(policy, terms.TYPE, terms.RETENTION_POLICY)
        yield Triple(policy, terms.STARTING_FROM, instant(publications[0].published))


def retention(stream: Stream) -> NamedNode:
    """What is kept of a stream."""
    return NamedNode(f"{stream.iri.value}/retention")
