"""The catalogue as it is now, for whoever asks: composed once per version and address, and kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pyoxigraph import RdfFormat, Triple, parse
from rdflib import DCTERMS, Graph, URIRef
from starlette.requests import Request

from ontology.names import DATA_PATH
from server.access import WriteAccess
from server.pages.language import language_of
from server.pages.select import Term, select
from server.publish import void
from server.publish.catalogue.bounded import described_in
from server.publish.catalogue.composing import Coverage, composed
from server.publish.catalogue.description import Names
from server.publish.catalogue.summary import summary
from server.publish.profiles import Profile, load
from server.publish.release import LATEST, Release, Releases
from server.publish.schema_org import data_set
from server.publish.source import Source
from server.query_files import QueryFiles
from server.resource import address
from server.settings import Settings
from server.store.interface import Store

_KEPT = 8  # catalogues: one per address by which the service is reached
_COVERAGE = "catalogue-coverage"
_PLACES = ("catalog", "dataset/", "distribution/", "service/", "publisher")
_Made = TypeVar("_Made")


class Catalogues:
    """Makes the catalogue and the description of the data set for a request.

    It is also one of the rooms that describe things: the catalogue, its data sets, distributions
    and services, and who publishes them (``Described`` in :mod:`server.linked.described`).
    ``questions`` are the IRIs of the saved questions.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        releases: Releases,
        timeout: float,
        questions: Iterable[str] = (),
    ) -> None:
        self.settings = settings
        self.base = settings.base_iri
        self._store = store
        self._releases = releases
        self._timeout = timeout
        self._questions = tuple(map(URIRef, questions))
        self._profiles = load(settings.base_iri)
        self._files = QueryFiles(void.QUERIES, settings.base_iri)
        self._graphs: OrderedDict[tuple[str, str], Graph] = OrderedDict()
        self._void: OrderedDict[tuple[str, str], list[Triple]] = OrderedDict()

    @property
    def version(self) -> str:
        """Changes with the data and with the releases."""
        folder = self._releases.folder
        there = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        latest = folder / LATEST
        newest = latest.readlink().name if latest.is_symlink() else ""
        return " ".join((self._store.version, newest, *there))

    def names(self, request: Request) -> Names:
        """The names in the catalogue for this client."""
        return Names(self.base, public_address(self.settings, request))

    async def graph(self, request: Request) -> Graph:
        """The whole catalogue."""
        names, version = self.names(request), self.version
        found = _find(self._graphs, (version, names.address))
        if found is None:
            coverage = await self._coverage()
            found = await asyncio.to_thread(
                lambda: composed(
                    self.settings, names, self._profiles.values(), self._offered(), coverage
                )
            )
            for question in self._questions:
                found.add((names.thing("dataset/questions"), DCTERMS.hasPart, question))
            if self.version == version:
                _keep(self._graphs, (version, names.address), found)
        return found

    async def statistics(self, request: Request) -> list[Triple]:
        """The description of the data set in VoID: who, where and how much."""
        names, version = self.names(request), self.version
        found = _find(self._void, (version, names.address))
        if found is None:
            graph = await self.graph(request)
            release = next(iter(self._offered()), None)
            counted = await asyncio.to_thread(
                lambda: [] if release is None else void.read(release.folder / void.NAME)
            )
            found = [*as_triples(summary(graph, names, release)), *counted]
            if self.version == version:
                _keep(self._void, (version, names.address), found)
        return found

    async def triples(self, iri: str, request: Request) -> Sequence[Triple]:
        """What the catalogue says of one of its things; nothing of others."""
        path = iri.removeprefix(self.base + DATA_PATH)
        if not path.startswith(_PLACES) and iri != self.settings.publisher_iri:
            return ()
        graph = await self.graph(request)
        return as_triples(described_in(graph, iri))

    async def about(self, request: Request) -> dict[str, Any]:
        """The data set for search engines, in the reader's language."""
        graph = await self.graph(request)
        return data_set(graph, self.names(request), language_of(request))

    async def _coverage(self) -> Coverage | None:
        rows = await select(self._store, self._files.bound(_COVERAGE, {}), self._timeout)
        return Coverage(rows[0]["start"], rows[0]["end"]) if rows else None

    def _offered(self) -> list[Release]:
        """The releases; none where changes are taken, which no release has."""
        return [] if WriteAccess(self.settings).possible else offered(self._releases)


def public_address(settings: Settings, request: Request) -> str:
    """The address by which others reach the service, without a slash at the end."""
    if settings.public_address:
        return settings.public_address
    asked = urlsplit(address(request))
    root = str(request.scope.get("root_path", "")).rstrip("/")
    return f"{asked.scheme}://{asked.netloc}{root}"


def offered(releases: Releases) -> list[Release]:
    """The releases, that of the data in force first."""
    latest = releases.latest()
    others = [one for one in releases if latest is None or one.version != latest.version]
    return [latest, *others] if latest else others


def of_release(settings: Settings, source: Source, releases: Releases) -> list[Triple]:
    """The catalogue without a request: at the public address, or else at the base of the IRIs."""
    names = Names(source.base, settings.public_address or source.base.rstrip("/"))
    profiles: Iterable[Profile] = load(source.base).values()
    query = QueryFiles(void.QUERIES, source.base).bound(_COVERAGE, {})
    coverage = None
    for row in source.solutions(query):
        start, end = (Term("literal", row[name].value) for name in ("start", "end"))
        coverage = Coverage(start, end)
    return as_triples(composed(settings, names, profiles, offered(releases), coverage))


def as_triples(graph: Graph) -> list[Triple]:
    """The triples as the store's engine has them."""
    quads = parse(graph.serialize(format="nt"), format=RdfFormat.N_TRIPLES)
    return [quad.triple for quad in quads]


def _find(kept: OrderedDict[tuple[str, str], _Made], key: tuple[str, str]) -> _Made | None:
    return kept.get(key)


def _keep(kept: OrderedDict[tuple[str, str], _Made], key: tuple[str, str], made: _Made) -> None:
    kept[key] = made
    while len(kept) > _KEPT:
        kept.popitem(last=False)
