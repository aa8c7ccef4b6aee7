"""The query endpoint: SPARQL 1.1 Protocol's query operation at one address, for any client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from server.forwarded import mounted
from server.negotiation import negotiate, wanted
from server.problem import Renderer
from server.resource import Resource, address, body, check_size
from server.settings import Settings
from server.sparql import formats
from server.sparql.answers import AnswerResponse, ask
from server.sparql.cache import VARY, AnswerCache, Asked, Kept, asked_by, key_of, lasting
from server.sparql.description import description
from server.sparql.operation import QueryOperation, carries_update, from_get, from_post
from server.sparql.updating import UpdateEndpoint
from server.store.interface import QueryRequest, Store, WritableStore

PATH, UPDATE_PATH = "/sparql", "/update"

_ANSWERS = (*formats.SOLUTIONS, *formats.GRAPHS, formats.HTML)

Editor = Callable[[Request], Awaitable[Response]]
"""Answers a browser: with the query that it brings, if any, to be run there."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The resources of both operations."""

    queries: QueryEndpoint
    updates: UpdateEndpoint

    def routes(self) -> list[Route]:
        """Their routes, for ``Starlette(routes=...)`` or ``app.routes``."""
        # With a slash at the end too: a redirect would lose a POST in many clients.
        return [
            Route(PATH, self.queries, name="sparql"),
            Route(f"{PATH}/", self.queries),
            Route(UPDATE_PATH, self.updates, name="update"),
            Route(f"{UPDATE_PATH}/", self.updates),
        ]


def endpoints(
    store: Store | WritableStore,
    settings: Settings,
    editor: Editor | None = None,
    render: Renderer | None = None,
) -> Endpoints:
    """The resources over a store; errors as ``render`` says."""
    updates = UpdateEndpoint(store, settings, render)
    return Endpoints(QueryEndpoint(store, settings, updates, editor, render), updates)


class QueryEndpoint(Resource):
    """Answers queries; an update that is posted here goes where updates go."""

    allowed = "GET, HEAD, POST, OPTIONS"

    def __init__(
        self,
        store: Store,
        settings: Settings,
        updates: UpdateEndpoint,
        editor: Editor | None = None,
        render: Renderer | None = None,
    ) -> None:
        super().__init__(render)
        self._store = store
        self._settings = settings
        self._updates = updates
        self._editor = editor
        self._cache = AnswerCache(settings.cache_bytes)
        self._root = settings.mounted_at
        self._paths = frozenset((self._root + PATH, f"{self._root}{PATH}/"))

    def kept(self, asked: Asked) -> Kept | None:
        """The answer to a GET or HEAD that comes past the application, if it is kept."""
        path = mounted(self._root, asked.path)
        if path not in self._paths:
            return None
        return self._find(asked._replace(path=path))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, from what is kept if possible."""
        if scope["method"] in {"GET", "HEAD"}:
            kept = self._find(asked_by(scope))
            if kept is not None:
                await kept.send(scope, send)
                return
        await super().__call__(scope, receive, send)

    def _find(self, asked: Asked) -> Kept | None:
        return self._cache.find(key_of(asked, self._store.version))

    async def respond(self, request: Request) -> Response:
        """Answer a query, or introduce the service to who brings none."""
        limit = self._settings.max_query_bytes
        encoded: bytes = request.scope["query_string"]
        if request.method == "POST":
            content_type = request.headers.get("content-type")
            content = await body(request, limit, "query")
            if carries_update(encoded, content_type, content):
                return await self._updates.carry_out(request, content)
            return await self._query(request, from_post(encoded, content_type, content))
        check_size(len(encoded), limit, "query")
        operation = from_get(encoded)
        if operation is None:
            return await self._introduce(request)
        if self._editor is not None and _prefers_page(request):
            return await self._editor(request)
        return await self._query(request, operation)

    async def _query(self, request: Request, operation: QueryOperation) -> Response:
        query = QueryRequest(
            operation.text,
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
            base_iri=address(request),
            timeout=self._settings.query_timeout_s,
            union=self._settings.union_default_graph,
        )
        version = self._store.version
        answer, content_type = await ask(request, self._store, query)
        if request.method == "POST" or not lasting(operation.text):
            return AnswerResponse(answer, content_type, {"Vary": VARY})
        key = key_of(asked_by(request.scope), version)
        if answer.length is None:
            return self._cache.listening(key, answer, content_type)
        return self._cache.keep(key, answer, content_type, await answer.read())

    async def _introduce(self, request: Request) -> Response:
        """What a client without a query gets: the editor, or the service description."""
        pages = (formats.HTML,) if self._editor else ()
        wanted = negotiate(request, (*formats.GRAPHS, *pages))
        if self._editor is not None and wanted is formats.HTML:
            return await self._editor(request)
        union, writable = self._settings.union_default_graph, self._updates.possible
        return Response(
            description(address(request), wanted.essence, union=union, writable=writable),
            headers={"Content-Type": wanted.content_type},
        )


def _prefers_page(request: Request) -> bool:
    """Whether a request would rather have a page than any answer: a browser's."""
    found = wanted(request).among(_ANSWERS)
    return bool(found) and found[0] is formats.HTML
