"""A resource of the SPARQL protocols as a plain ASGI application.

Not a FastAPI handler: on small queries the time goes to the web layer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from http import HTTPStatus

from pyoxigraph import NamedNode
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.problem import Problem

ALWAYS = {"Access-Control-Allow-Origin": "*", "Vary": "Accept"}
"""Any site may ask: the data are public and no cookie matters here."""


class Resource(ABC):
    """Answers the methods it allows; errors are problem documents."""

    allowed: str
    """The value of the Allow header."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive, send)
        try:
            response = await self._answer(request)
        except Problem as problem:
            response = problem.response()
        except ClientDisconnect:
            return
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        await response(scope, receive, send)

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


def address(request: Request) -> str:
    """The address of a request as this client knows it, without its query string."""
    found = str(request.url.replace(query="", fragment=""))
    try:
        return NamedNode(found).value
    except ValueError as error:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.BAD_REQUEST.phrase,
            "The address of this request, its Host header included, is not a valid IRI.",
        ) from error
