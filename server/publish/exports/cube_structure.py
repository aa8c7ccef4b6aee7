"""The structure of the cubes: which data sets there are, and what their observations have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from starlette.requests import Request

from ontology.names import DATA_PATH, Minter
from server.publish.exports.tables import FOLDER

_FILE = FOLDER / "cube.ttl"


def structure(base: str) -> Iterator[Triple]:
    """``cube.ttl``, under the base of the data."""
    rebased = Minter(base).rebased
    for quad in parse(path=_FILE, format=RdfFormat.TURTLE):
        subject, value = quad.subject, quad.object
        assert isinstance(subject, NamedNode)
        assert isinstance(value, NamedNode | Literal)
        if isinstance(value, NamedNode):
            value = NamedNode(rebased(value.value))
        yield Triple(NamedNode(rebased(subject.value)), quad.predicate, value)


class Structures:
    """Describes the data sets of the cubes, their structures and components by their IRIs."""

    def __init__(self, base: str) -> None:
        self._triples: dict[str, list[Triple]] = {}
        for triple in structure(base):
            assert isinstance(triple.subject, NamedNode)
            if triple.subject.value.startswith(base + DATA_PATH):
                self._triples.setdefault(triple.subject.value, []).append(triple)

    async def triples(self, iri: str, _request: Request) -> Sequence[Triple]:
        """What there is to say of one of them; nothing of other things."""
        return self._triples.get(iri, ())
