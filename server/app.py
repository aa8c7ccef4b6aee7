"""The application: settings, a store and the catalogue in, the whole service out. No globals."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import server.graphs.endpoint as graph_store
from queries.catalogue import Catalogue
from server import linked, openapi, pages, saved
from server.connection import KEPT
from server.direct import DirectApp
from server.guard import Guard
from server.pages import Pages
from server.pages.facts import Facts
from server.problem import exception_handlers
from server.publish.publication import publication
from server.resource import address
from server.saved import Answering, ApiVersion, citing, evidence
from server.saved.described import Receipts
from server.saved.receipts import ReceiptStore
from server.settings import Settings
from server.sparql import endpoint
from server.store.interface import Store, WritableStore

_DESCRIPTION = "/openapi.json"
RECEIPTS = "receipts"  # below the data folder: what builds replace is not theirs


def create_app(
    settings: Settings,
    store: Store | WritableStore,
    catalogue: Catalogue,
    release: str,
    beside: Callable[[], Coroutine[None, None, None]] | None = None,
) -> FastAPI:
    """The service over a store that it starts and closes; ``release`` is Samenhang's version.

    ``beside`` is work that goes on as long as the service does.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, object]]:
        await store.start()
        work = asyncio.create_task(beside()) if beside else None
        try:
            yield {KEPT: queried.queries.kept}
        finally:
            if work is not None:
                work.cancel()
                await asyncio.wait([work])
            await store.close()

    page = Pages(settings.base_iri)
    app = DirectApp(
        mounted_at=settings.mounted_at,
        trusted=map(str, settings.trusted_proxies),
        title=openapi.TITLE,
        version=release,
        lifespan=lifespan,
        exception_handlers=exception_handlers(page.problem),
        redirect_slashes=False,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    timeout = settings.query_timeout_s
    answering = Answering(store, catalogue, timeout)
    facts = Facts(store, timeout)
    receipts = ReceiptStore(
        settings.data / RECEIPTS, settings.max_receipts, settings.min_free_bytes
    )
    editor = pages.editor(catalogue, page, saved.filled(answering))
    expected = settings.publish and beside is not None
    published = publication(settings, store, catalogue, page, expected=expected)
    app.add_middleware(ApiVersion)
    app.add_middleware(Guard)
    queried = endpoint.endpoints(store, settings, editor, page.problem)
    app.ways = {route.path: Guard(route.app) for route in queried.routes()}
    app.router.routes.extend(queried.routes())
    app.router.routes.extend(graph_store.routes(store, settings, page.problem))
    app.include_router(saved.router(answering, facts, page))
    app.include_router(citing.router(answering, receipts, page))
    app.include_router(evidence.router(answering, page))
    described = (Receipts(receipts, page), *published.described)  # what the store does not know
    app.include_router(linked.router(store, catalogue, page, settings, described, published.gone))
    app.include_router(pages.router(facts, catalogue, page, published.catalogues.about))
    for routes in published.routers:
        app.include_router(routes)
    app.add_api_route("/healthz", _health(store), methods=["GET", "HEAD"], tags=["operation"])
    rest = saved.parts(catalogue)
    app.add_route(_DESCRIPTION, _described(openapi.document(release, rest)), methods=["GET"])
    app.add_route(saved.DESCRIPTION_PATH, saved.description(catalogue, settings), methods=["GET"])
    return app


def _health(store: Store) -> Callable[[], Awaitable[Response]]:
    async def healthz() -> Response:
        """200 once queries are answered, 503 until then."""
        health = await store.health()
        status = HTTPStatus.OK if health.ready else HTTPStatus.SERVICE_UNAVAILABLE
        body = {"status": "ready" if health.ready else "not ready", "version": health.version}
        return JSONResponse(body, status, {"Cache-Control": "no-store"})

    return healthz


def _described(document: dict[str, Any]) -> Callable[[Request], Awaitable[Response]]:
    async def description(request: Request) -> Response:
        servers = [{"url": address(request).removesuffix(_DESCRIPTION)}]
        made = {**document, "servers": servers}
        return JSONResponse(made, headers={"Access-Control-Allow-Origin": "*"})

    return description
