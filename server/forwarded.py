"""The address under which clients know the service, where a proxy stands between.

A proxy says what its client asked for in ``X-Forwarded-Proto``, ``-Host``, ``-For`` and
``-Prefix`` (no standard; those four are what nginx, Caddy, Traefik and Apache can set). They count
from trusted addresses only, for whoever sets them decides what addresses are written in answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, cast

from starlette._utils import get_route_path
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from server.problem import Problem

ROOT_PATH = r"(?:/[A-Za-z0-9._~-]+)*"
"""What a path under which the service is mounted looks like; empty for none."""

_PREFIX = re.compile(ROOT_PATH)
_HOST_HEADER, _PREFIX_HEADER = b"x-forwarded-host", b"x-forwarded-prefix"
_OTHERS = frozenset((b"x-forwarded-proto", b"x-forwarded-for"))
HEADERS = frozenset((_HOST_HEADER, _PREFIX_HEADER, *_OTHERS))
"""The headers that change what an answer is, in lower case."""

route_path = get_route_path
"""The path of a request below the one under which the service is mounted."""


def mounted(root: str, path: str) -> str:
    """A path with the ``root`` under which the service is mounted, if it does not have it yet.

    Some proxies take the root off, others leave it: both are understood.
    """
    return path if path == root or path.startswith(f"{root}/") else root + path


class Forwarded:
    """Passes requests on with the scheme, host and mount path (``root_path`` of ASGI) that the
    client used.

    ``root`` holds where no proxy says another; ``trusted`` are addresses and networks of proxies.
    """

    def __init__(self, app: ASGIApp, root: str, trusted: Iterable[str]) -> None:
        self._app = app
        self._root = root
        # It sees to the scheme and to the client's address, and knows whom to trust.
        self._uvicorn = ProxyHeadersMiddleware(cast(Any, app), list(trusted))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        said = self._said(scope)
        prefix = said.get(_PREFIX_HEADER, "").rstrip("/")
        if not _PREFIX.fullmatch(prefix):
            await _refused()(scope, receive, send)
            return
        if host := said.get(_HOST_HEADER):
            others = [pair for pair in scope["headers"] if pair[0] != b"host"]
            scope = {**scope, "headers": [*others, (b"host", host.encode("latin-1"))]}
        if root := prefix or self._root:
            scope = _below(root, scope)
        app = cast(ASGIApp, self._uvicorn) if said else self._app
        await app(scope, receive, send)

    def _said(self, scope: Scope) -> dict[bytes, str]:
        """What a trusted proxy says; of several values the one added last, by the proxy itself."""
        said = {
            name: value.decode("latin-1").rpartition(",")[2].strip()
            for name, value in scope["headers"]
            if name in HEADERS
        }
        client = scope.get("client")
        return said if said and client and client[0] in self._uvicorn.trusted_hosts else {}


def _below(root: str, scope: Scope) -> Scope:
    made = {**scope, "root_path": root, "path": mounted(root, scope["path"])}
    if raw := scope.get("raw_path"):
        made["raw_path"] = mounted(root, raw.decode("latin-1")).encode("latin-1")
    return made


def _refused() -> ASGIApp:
    return Problem(
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.BAD_REQUEST.phrase,
        "The X-Forwarded-Prefix of this request is no path: /, or /one/two.",
    ).response()
