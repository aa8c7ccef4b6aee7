"""What is known beside the store by way of the feed: events, the streams, and what is gone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat, Triple, parse
from starlette.requests import Request

from server.linked.described import Removed
from server.pages.language import LANGUAGES, Texts
from server.publish.feed import state
from server.publish.feed.log import Log
from server.publish.feed.nodes import described
from server.publish.feed.stream import SEPARATOR, Stream
from server.publish.feed.things import FeedError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gone:
    """A thing that was published and is no more: since when, and which version had it no more."""

    published: datetime
    version: str


class Told:
    """What a stream has told, for those who ask for one thing; ``folder`` is that of all feeds."""

    def __init__(self, folder: Path, stream: Stream, texts: Texts) -> None:
        self._log = Log(folder / stream.folder, stream.base)
        self._stream = stream
        self._texts = texts

    async def triples(self, iri: str, _: Request) -> Sequence[Triple]:
        """What there is to say of an event, or of the stream and what describes it.

        Of an event that is the activity itself; what the thing was then is on the event's page.
        """
        try:
            if iri.startswith(self._stream.events):
                return await asyncio.to_thread(self._event, iri)
            if iri.startswith(self._stream.iri.value):
                return await asyncio.to_thread(self._about, iri)
        except FeedError as error:
            _log.error("%s is not described: %s", iri, error)
        return ()

    async def gone(self, iri: str) -> Removed | None:
        """When a thing was removed, in words; ``None`` for what is there or never was."""
        try:
            found = await asyncio.to_thread(self.find_gone, iri)
        except FeedError as error:
            _log.error("what became of %s is not known: %s", iri, error)
            return None
        if found is None:
            return None
        time = found.published.astimezone(UTC)
        said = {
            language: self._texts.text(
                "feed-gone",
                language,
                date=self._texts.date(time.date().isoformat(), language),
                version=found.version,
            )
            for language in LANGUAGES
        }
        return Removed(said)

    def find_gone(self, iri: str) -> Gone | None:
        """The same for software. Reads a few pages of a file, whatever its size."""
        try:
            entry = self._entry(iri)
        except FileNotFoundError:  # the feed was extended just now
            entry = self._entry(iri)
        if entry is None or not entry.gone_in:
            return None
        publication = self._log.numbered(entry.gone_in)
        return Gone(publication.published, publication.version) if publication else None

    def _entry(self, iri: str) -> state.Entry | None:
        newest = self._log.newest()
        return state.find(self._log.state(newest), iri) if newest else None

    def _event(self, iri: str) -> Sequence[Triple]:
        key, _, number = iri.removeprefix(self._stream.events).partition(SEPARATOR)
        publication = self._log.find(key)
        if publication is None or not _is_number(number) or int(number) >= publication.events:
            return ()
        quads = parse(
            self._log.page(publication, int(number) // publication.page_size),
            format=RdfFormat.N_QUADS,
        )
        return [
            quad.triple
            for quad in quads
            if quad.graph_name == DefaultGraph()
            and iri in (_value(quad.subject), _value(quad.object))
        ]

    def _about(self, iri: str) -> Sequence[Triple]:
        triples = list(described(self._stream, self._log.publications()))
        if iri == self._stream.iri.value:
            return triples
        return [triple for triple in triples if _value(triple.subject) == iri]


def _is_number(text: str) -> bool:
    """Whether a text is a number as the IRI of an event has it."""
    return (
        text.isascii() and text.isdecimal() and str(int(text)) == text if len(text) < 12 else False
    )


def _value(term: object) -> str:
    return getattr(term, "value", "")
