"""What is described beside the store, and what is there no more: the protocols other rooms meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from starlette.requests import Request

from ontology.names import DCTERMS, OWL, RDFS, Minter
from ontology.vocabulary import FOLDER

_RETIRED = FOLDER / "retired.ttl"


class Described(Protocol):
    """Knows things that are not in the store."""

    async def triples(self, iri: str, request: Request) -> Sequence[Triple]:
        """What there is to say of a thing, the thing itself among the subjects; none of others."""
        ...


@dataclass(frozen=True, slots=True)
class Moved:
    """A thing that goes by another IRI now."""

    iri: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A thing that is there no more; ``why`` by language, as far as it is known."""

    why: Mapping[str, str]


class Gone(Protocol):
    """Remembers what was published and is no more."""

    async def gone(self, iri: str) -> Removed | Moved | None:
        """What became of a thing; ``None`` for one that is not remembered."""
        ...


class Retired:
    """What the ontology says was replaced or withdrawn (``ontology/retired.ttl``)."""

    def __init__(self, base: str, path: Path = _RETIRED) -> None:
        rebased = Minter(base).rebased
        self._moved: dict[str, str] = {}
        self._removed: dict[str, dict[str, str]] = {}
        for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE):
            assert isinstance(quad.subject, NamedNode)
            iri, value = rebased(quad.subject.value), quad.object
            if quad.predicate.value == DCTERMS + "isReplacedBy" and isinstance(value, NamedNode):
                self._moved[iri] = rebased(value.value)
            elif quad.predicate.value == OWL + "deprecated":
                self._removed.setdefault(iri, {})
            elif quad.predicate.value == RDFS + "comment" and isinstance(value, Literal):
                self._removed.setdefault(iri, {})[value.language or ""] = value.value

    async def gone(self, iri: str) -> Removed | Moved | None:
        """What became of a thing."""
        if iri in self._moved:
            return Moved(self._moved[iri])
        return Removed(self._removed[iri]) if iri in self._removed else None


async def first_description(
    rooms: Iterable[Described], iri: str, request: Request
) -> Sequence[Triple]:
    """What the first room that knows a thing says of it."""
    for room in rooms:
        if found := await room.triples(iri, request):
            return found
    return ()


async def fate(memories: Iterable[Gone], iri: str) -> Removed | Moved | None:
    """What became of a thing, as the first to remember it says."""
    for memory in memories:
        if (found := await memory.gone(iri)) is not None:
            return found
    return None
