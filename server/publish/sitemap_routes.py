"""The routes for crawlers: what they may read, and which pages there are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from http import HTTPStatus

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from server.linked.kept import Kept, Representation
from server.negotiation import MediaType
from server.pages.select import select
from server.problem import Problem
from server.publish import sitemap, void
from server.publish.catalogue.catalogues import Catalogues
from server.publish.release import Releases
from server.publish.robots import robots
from server.query_files import QueryFiles
from server.routing import add_resource
from server.store.interface import Store

XML = MediaType("application/xml", "xml", charset=True)
TEXT = MediaType("text/plain", "txt", charset=True)
_ROOM = 16 * 1024 * 1024  # bytes of representations that are kept


def router(
    catalogues: Catalogues,
    releases: Releases,
    questions: Iterable[str],
    store: Store,
    timeout: float,
) -> APIRouter:
    """The routes. ``questions`` are the names of the saved questions; ``timeout`` is what a query
    may take, in seconds.
    """
    crawled = _Crawled(catalogues, releases, questions, store, timeout)
    routes = APIRouter(tags=["publication"])
    add_resource(routes, "/robots.txt", crawled.robots, "What crawlers may read")
    add_resource(routes, "/sitemap.xml", crawled.index, "The sitemap")
    add_resource(routes, "/sitemap/{number}.xml", crawled.part, "A part of the sitemap")
    return routes


class _Crawled:
    def __init__(
        self,
        catalogues: Catalogues,
        releases: Releases,
        questions: Iterable[str],
        store: Store,
        timeout: float,
    ) -> None:
        self._catalogues = catalogues
        self._releases = releases
        self._fixed = [*sitemap.PAGES, *(f"/queries/{name}" for name in questions)]
        self._store = store
        self._timeout = timeout
        self._query = QueryFiles(void.QUERIES, catalogues.base).bound("sitemap-things", {})
        self._known: tuple[str, list[str]] | None = None
        self._kept = Kept(_ROOM)

    async def robots(self, request: Request) -> Response:
        """All but queries and what is not to be read; names the sitemap."""

        async def make() -> Representation:
            return Representation(robots(self._address(request)).encode(), TEXT.content_type)

        return await self._answer(request, make)

    async def index(self, request: Request) -> Response:
        """Where the parts of the sitemap are."""

        async def make() -> Representation:
            parts = sitemap.parts_of(await self._paths())
            content = sitemap.index(self._address(request), parts, self._changed())
            return Representation(content, XML.content_type)

        return await self._answer(request, make)

    async def part(self, request: Request, number: int) -> Response:
        """The pages of a part: documents, actors, themes, questions and the like."""

        async def make() -> Representation:
            paths = sitemap.parted(await self._paths(), number) if number > 0 else ()
            if not paths:
                raise Problem(
                    HTTPStatus.NOT_FOUND,
                    "No such part",
                    "/sitemap.xml lists the parts of the sitemap.",
                )
            content = await asyncio.to_thread(
                sitemap.part, self._address(request), paths, self._changed()
            )
            return Representation(content, XML.content_type)

        return await self._answer(request, make)

    async def _answer(
        self, request: Request, make: Callable[[], Awaitable[Representation]]
    ) -> Response:
        return await self._kept.answer(request, lambda: self._catalogues.version, make)

    def _address(self, request: Request) -> str:
        return self._catalogues.names(request).address

    def _changed(self) -> datetime | None:
        latest = self._releases.latest()
        return latest.issued if latest else None

    async def _paths(self) -> list[str]:
        """The paths of all pages; asked once per version of the data and their releases."""
        version = self._catalogues.version
        if self._known is None or self._known[0] != version:
            rows = await select(self._store, self._query, self._timeout)
            base = self._catalogues.base
            things = (sitemap.page_of(row["thing"].value, base) for row in rows)
            released = sitemap.RELEASED if self._changed() else ()
            self._known = (version, [*self._fixed, *released, *filter(None, things)])
        return self._known[1]
