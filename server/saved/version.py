"""The version of the REST service: in a header of each answer, and its major part in the path.

NL GOV API Design Rules: /core/version-header and /core/uri-version. An address without ``/v1`` is
that of the newest version.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.forwarded import route_path
from server.pages.links import API_VERSION_PATH

API_VERSION = "1.0.0"
API_PATH = "/v1"
HEADER = "API-Version"

_RESOURCES = ("/queries", "/receipts", "/evidence")


class ApiVersion:
    """Takes ``/v1`` off the addresses of the REST service, and names the version in answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = route_path(scope)
        bare = path.removeprefix(API_PATH)
        described = path == f"{API_PATH}/openapi.json"
        if not described and not _is_resource(bare):
            await self._app(scope, receive, send)
            return
        if bare != path and not described:
            root = scope.get("root_path", "")
            scope = {**scope, "path": root + bare, API_VERSION_PATH: API_PATH}

        async def versioned(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = API_VERSION
            await send(message)

        await self._app(scope, receive, versioned)


def _is_resource(path: str) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in _RESOURCES)
