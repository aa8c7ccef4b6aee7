"""What holds of every request and every answer, whichever resource it is for."""

from __future__ import annotations

import re
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.problem import Problem

NOSNIFF = (b"x-content-type-options", b"nosniff")
# RFC 9110, section 7.2: a host and a port; nothing that would make another address of it.
_HOST = re.compile(
    rb"(?:[A-Za-z0-9._~%!$&'()*+,;=-]*|\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\])(?::[0-9]{0,5})?"
)


class Guard:
    """Answers 400 to a Host that is none, and has browsers take every answer for what it says.

    Addresses are made of the Host, so that a resource can rely on it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [pair for pair in message.get("headers", ()) if pair[0] != NOSNIFF[0]]
                message = {**message, "headers": [*headers, NOSNIFF]}
            await send(message)

        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) > 1 or not all(_HOST.fullmatch(host) for host in hosts):
            problem = Problem(
                HTTPStatus.BAD_REQUEST,
                HTTPStatus.BAD_REQUEST.phrase,
                "The Host of this request is not a host with a port.",
            )
            await problem.response()(scope, receive, answer)
            return
        await self._app(scope, receive, answer)
