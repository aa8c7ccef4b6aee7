"""A resource of the SPARQL protocols as a plain ASGI application.

Not a FastAPI handler: on small queries the time goes to the web layer.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from functools import lru_cache
from http import HTTPStatus

from pyoxigraph import NamedNode
from starlette.datastructures import URL
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.problem import Problem, Renderer, problem_of

_log = logging.getLogger(__name__)
ALWAYS = {"Access-Control-Allow-Origin": "*", "Vary": "Accept"}
"""Any site may ask: the data are public and no cookie matters here."""


class Resource(ABC):
    """Answers the methods it allows; errors are problem documents, or pages if ``render`` says."""

    allowed: str
    """The value of the Allow header."""

    def __init__(self, render: Renderer | None = None) -> None:
        self._render = render

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive, send)
        try:
            response = await self._answer(request)
        except ClientDisconnect:
            return
        except Exception as error:  # nobody above makes an answer of it
            response = self._problem(request, error)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        await response(scope, receive, send)

    def _problem(self, request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        if problem is not error:
            _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        page = self._render(request, problem) if self._render else None
        return problem.response() if page is None else page

    @abstractmethod
    async def respond(self, request: Request) -> Response:
        """The answer to a request in a method that is allowed."""

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return self._preflight()
        if request.method not in self.allowed.split(", "):
            raise Problem(
                HTTPStatus.METHOD_NOT_ALLOWED,
                HTTPStatus.METHOD_NOT_ALLOWED.phrase,
                f"Allowed here: {self.allowed}.",
                headers={"Allow": self.allowed},
            )
        return await self.respond(request)

    def _preflight(self) -> Response:
        """The answer to OPTIONS, a browser's preflight among them."""
        return Response(
            status_code=HTTPStatus.NO_CONTENT,
            headers={
                "Allow": self.allowed,
                "Access-Control-Allow-Methods": self.allowed,
                "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
                "Access-Control-Max-Age": "86400",
            },
        )


async def body(request: Request, limit: int, what: str) -> bytes:
    """The bytes of a request; :class:`Problem` 413 beyond the limit. ``what`` they should be."""
    announced = request.headers.get("content-length", "")
    check_size(int(announced) if announced.isdecimal() else 0, limit, what)
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        check_size(len(content), limit, what)
    return bytes(content)


def check_size(size: int, limit: int, what: str) -> None:
    """A :class:`Problem` 413 for more bytes than the limit."""
    if size > limit:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"{what.capitalize()} too large",
            f"A {what} may have {limit} bytes.",
            headers={"Connection": "close"},
        )


@lru_cache(maxsize=256)
def _address(scheme: str, host: str, path: str, server: tuple[str, int] | None) -> str:
    headers = [(b"host", host.encode("latin-1"))] if host else []
    url = URL(scope={"scheme": scheme, "path": path, "server": server, "headers": headers})
    return NamedNode(str(url)).value


def address(request: Request) -> str:
    """The address of a request as this client knows it, without its query string."""
    scope = request.scope
    host = request.headers.get("host", "")
    try:
        return _address(scope["scheme"], host, scope["path"], scope.get("server"))
    except ValueError as error:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.BAD_REQUEST.phrase,
            "The address of this request, its Host header included, is not a valid IRI.",
        ) from error
