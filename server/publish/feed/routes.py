"""The feeds over HTTP: their roots, their pages, and a page for a person."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from server.negotiation import FORMAT_PARAMETER, negotiate
from server.pages.rendering import Pages
from server.problem import Problem
from server.publish.catalogue.catalogues import public_address
from server.publish.feed.log import Log, Publication
from server.publish.feed.nodes import Nodes
from server.publish.feed.serving import ASK_AGAIN, FOREVER, PAGES, ROOTS, response, written
from server.publish.feed.stream import CATALOGUE_FEED, FEED, FEEDS, Stream
from server.publish.feed.terms import Kind
from server.publish.feed.things import FeedError
from server.routing import add_resource
from server.settings import Settings
from server.sparql.formats import HTML, JSON_LD, N_QUADS, TRIG

WAIT_S = 30.0
_EVERY_S, _RETRY_S = 0.25, 30
_SHOWN = 10  # publications on the page for a person
_DOWNLOADS = {"TriG": TRIG, "N-Quads": N_QUADS, "JSON-LD": JSON_LD}
_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


def router(
    settings: Settings, pages: Pages, *, expected: bool, wait_s: float = WAIT_S
) -> APIRouter:
    """The routes. ``expected``: this service publishes, so that a feed that is not there yet is
    worth waiting for, at most ``wait_s`` seconds.
    """
    routes = APIRouter(tags=["publication"])
    for name, what in ((FEED, "data"), (CATALOGUE_FEED, "catalogue")):
        feed = _Feed(Stream(name, settings.base_iri), settings, pages, wait_s if expected else None)
        for path, endpoint, summary in (
            ("", feed.root, f"The changes of the {what}"),
            ("/{publication}", feed.first, f"What a publication changed of the {what}"),
            ("/{publication}/{number}", feed.later, f"Further changes of the {what}"),
        ):
            add_resource(routes, f"/{name}{path}", endpoint, summary)
    return routes


class _Feed:
    def __init__(
        self, stream: Stream, settings: Settings, pages: Pages, wait_s: float | None
    ) -> None:
        self._stream = stream
        self._log = Log(settings.data / FEEDS / stream.folder, stream.base)
        self._settings = settings
        self._pages = pages
        self._wait_s = wait_s

    async def root(self, request: Request) -> Response:
        """The root of the stream (LDES): where the events of each publication are, and what is
        kept. A browser gets the latest changes in words.
        """
        wanted = negotiate(request, (*ROOTS, HTML))
        publications = await self._published()
        if wanted is HTML:
            return self._page(request, publications)
        head = list(self._nodes(request).of_root(publications))
        content = await asyncio.to_thread(written, head, b"", wanted)
        return response(request, content, wanted, ASK_AGAIN)

    async def first(self, request: Request, publication: str) -> Response:
        """The first events of a publication, with relations to its other pages. Never changes."""
        return await self._events(request, publication, 0)

    async def later(self, request: Request, publication: str, number: str) -> Response:
        """A further page of a publication, counted from 1. Never changes."""
        usual = number.isascii() and number.isdecimal() and len(number) < 10
        if not usual or str(int(number)) != number or number == "0":
            raise self._unknown()
        return await self._events(request, publication, int(number))

    async def _events(self, request: Request, key: str, number: int) -> Response:
        wanted = negotiate(request, PAGES)
        publication = await self._on_disk(lambda: self._log.find(key))
        if publication is None or number >= publication.pages:
            raise self._unknown()
        head = list(self._nodes(request).of_page(publication, number))
        content = await self._on_disk(
            lambda: written(head, self._log.page(publication, number), wanted)
        )
        return response(request, content, wanted, FOREVER)

    async def _published(self) -> list[Publication]:
        """The publications; a :class:`Problem` 503 before the first one, 404 if none will be."""
        until = time.monotonic() + (self._wait_s or 0)
        while not (found := await self._on_disk(self._log.publications)):
            if self._wait_s is None:
                raise Problem(
                    HTTPStatus.NOT_FOUND,
                    "Not published",
                    "This service tells no changes; 'samenhang publish' does.",
                    headers={"Vary": "Accept"},
                )
            if time.monotonic() >= until:
                raise Problem(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    "Not yet published",
                    "The first publication is being made; try again later.",
                    headers={"Retry-After": str(_RETRY_S), "Vary": "Accept"},
                )
            await asyncio.sleep(_EVERY_S)
        return found

    def _nodes(self, request: Request) -> Nodes:
        return Nodes(self._stream, public_address(self._settings, request) + self._stream.path)

    def _page(self, request: Request, publications: list[Publication]) -> Response:
        links = self._pages.links(request)
        return self._pages.render(
            request,
            "feed.html",
            stream=self._stream,
            kinds=[kind.value for kind in Kind],
            downloads=[
                (name, links.result(self._stream.path, {FORMAT_PARAMETER: form.name}))
                for name, form in _DOWNLOADS.items()
            ],
            latest=publications[: -_SHOWN - 1 : -1],
            begun=publications[0].published.date().isoformat(),
            total=len(publications),
            version=publications[-1].version,
        )

    def _unknown(self) -> Problem:
        return Problem(
            HTTPStatus.NOT_FOUND,
            "No such page",
            f"The pages of this feed are linked from {self._stream.path}.",
            headers={"Vary": "Accept"},
        )

    async def _on_disk(self, work: Callable[[], _Result]) -> _Result:
        try:
            return await asyncio.to_thread(work)
        except FeedError as error:
            _log.error("%s: %s", self._stream.path, error)
            raise Problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "Feed out of reach",
                "The feed can not be read now; the log of the service says why.",
            ) from error
