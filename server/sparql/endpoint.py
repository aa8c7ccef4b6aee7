"""The query endpoint: SPARQL 1.1 Protocol's query operation at one address, for any client.

A plain ASGI application under a route, not a FastAPI handler: on small queries the time goes to
the web layer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from pyoxigraph import NamedNode
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from server.negotiation import negotiate
from server.problem import Problem
from server.settings import Settings
from server.sparql import formats
from server.sparql.answers import respond
from server.sparql.description import description
from server.sparql.operation import QueryOperation, from_get, from_post
from server.store.interface import QueryRequest, Store

PATH = "/sparql"
ALLOWED = "GET, HEAD, POST, OPTIONS"
ALWAYS = {"Access-Control-Allow-Origin": "*", "Vary": "Accept"}
"""Any site may query: the data are public and no cookie matters here."""

Editor = Callable[[Request], Awaitable[Response]]
"""Answers a browser that comes without a query."""


def routes(store: Store, settings: Settings, editor: Editor | None = None) -> list[Route]:
    """The routes of the query endpoint, for ``Starlette(routes=...)`` or ``app.routes``."""
    endpoint = QueryEndpoint(store, settings, editor)
    # With a slash at the end too: a redirect would lose a POST in many clients.
    return [Route(PATH, endpoint, name="sparql"), Route(f"{PATH}/", endpoint)]


class QueryEndpoint:
    """The endpoint as an ASGI application; errors are problem documents."""

    def __init__(self, store: Store, settings: Settings, editor: Editor | None = None) -> None:
        self._store = store
        self._settings = settings
        self._editor = editor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive, send)
        try:
            response = await self._respond(request)
        except Problem as problem:
            response = problem.response()
        except ClientDisconnect:
            return
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        match request.method:
            case "OPTIONS":
                return _preflight()
            case "GET" | "HEAD":
                self._check_size(len(request.scope["query_string"]))
                operation = from_get(request.scope["query_string"])
                if operation is None:
                    return await self._introduce(request)
            case "POST":
                operation = from_post(
                    request.scope["query_string"],
                    request.headers.get("content-type"),
                    await self._body(request),
                )
            case _:
                raise Problem(
                    HTTPStatus.METHOD_NOT_ALLOWED,
                    HTTPStatus.METHOD_NOT_ALLOWED.phrase,
                    f"Allowed here: {ALLOWED}.",
                    headers={"Allow": ALLOWED},
                )
        return await self._query(request, operation)

    async def _query(self, request: Request, operation: QueryOperation) -> Response:
        query = QueryRequest(
            operation.text,
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
            base_iri=_address(request),
            timeout=self._settings.query_timeout_s,
        )
        return await respond(request, self._store, query)

    async def _introduce(self, request: Request) -> Response:
        """What a client without a query gets: the editor, or the service description."""
        pages = (formats.HTML,) if self._editor else ()
        wanted = negotiate(request, (*formats.GRAPHS, *pages))
        if self._editor is not None and wanted is formats.HTML:
            return await self._editor(request)
        return Response(
            description(_address(request), wanted.essence),
            headers={"Content-Type": wanted.content_type},
        )

    async def _body(self, request: Request) -> bytes:
        announced = request.headers.get("content-length", "")
        self._check_size(int(announced) if announced.isdecimal() else 0)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            self._check_size(len(body))
        return bytes(body)

    def _check_size(self, size: int) -> None:
        limit = self._settings.max_query_bytes
        if size > limit:
            raise Problem(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                "Query too large",
                f"A query may have {limit} bytes.",
                headers={"Connection": "close"},
            )


def _address(request: Request) -> str:
    """The endpoint's address as this client knows it."""
    address = str(request.url.replace(query="", fragment=""))
    try:
        return NamedNode(address).value
    except ValueError as error:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.BAD_REQUEST.phrase,
            "The address of this request, its Host header included, is not a valid IRI.",
        ) from error


def _preflight() -> Response:
    """The answer to OPTIONS, a browser's preflight among them."""
    return Response(
        status_code=HTTPStatus.NO_CONTENT,
        headers={
            "Allow": ALLOWED,
            "Access-Control-Allow-Methods": ALLOWED,
            "Access-Control-Allow-Headers": "Accept, Content-Type",
            "Access-Control-Max-Age": "86400",
        },
    )
