"""The streams there are, and what their events say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Quad

from ontology.names import DATA_PATH, DEFAULT_BASE
from server.publish.feed.changes import Change
from server.publish.feed.terms import DATE_TIME, MEMBER, OBJECT, PUBLISHED, TARGET, TYPE

FEEDS = "feed"  # below the data folder: the folder of all feeds
FEED, CATALOGUE_FEED = "feed", "catalog/feed"
_FOLDERS = {FEED: "data", CATALOGUE_FEED: "catalogue"}
SEPARATOR = "/"  # between the publication's key and the number of an event


@dataclass(frozen=True, slots=True)
class Stream:
    """An ``ldes:EventStream`` of the data with this base. ``name`` is the path of its IRI below
    ``{base}id/``, and of its first page on the service.
    """

    name: str
    base: str = DEFAULT_BASE

    @property
    def iri(self) -> NamedNode:
        """The stream itself; its first page is elsewhere, on whichever host serves it."""
        return NamedNode(self.base + DATA_PATH + self.name)

    @property
    def path(self) -> str:
        """The path of the first page on the service."""
        return f"/{self.name}"

    @property
    def folder(self) -> str:
        """The name of its folder, in that of all feeds."""
        return _FOLDERS[self.name]

    @property
    def events(self) -> str:
        """What the IRIs of its events begin with."""
        return f"{self.base}{DATA_PATH}{self.name.removesuffix(FEED)}event/"

    def event(self, publication: str, number: int) -> NamedNode:
        """The IRI of an event: the publication's key and its number there, counted from 0."""
        return NamedNode(f"{self.events}{publication}{SEPARATOR}{number}")

    def quads(self, event: NamedNode, change: Change, published: datetime) -> Iterator[Quad]:
        """An event as a member of the stream. What the thing is now stands in the graph with the
        IRI of the event (https://w3id.org/ldes/server-primer, Members).
        """
        yield Quad(self.iri, MEMBER, event)
        yield Quad(event, TYPE, change.kind.activity)
        yield Quad(event, OBJECT, change.thing)
        if isinstance(change.graph, NamedNode):
            yield Quad(event, TARGET, change.graph)
        yield Quad(event, PUBLISHED, instant(published))
        for quad in change.quads:
            yield Quad(quad.subject, quad.predicate, quad.object, event)


def instant(time: datetime) -> Literal:
    """A time as ``xsd:dateTime`` in UTC, to the second."""
    return Literal(time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=DATE_TIME)
