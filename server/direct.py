"""The application with a short way to what is asked most: on small queries time goes to the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from server.forwarded import Forwarded, route_path


class DirectApp(FastAPI):
    """Passes requests for the paths of ``ways`` past all routing, straight to their resources.

    ``mounted_at`` is the path under which clients know it, ``trusted`` the proxies that may say
    another.
    """

    ways: dict[str, ASGIApp]

    def __init__(
        self, *, mounted_at: str = "", trusted: Iterable[str] = (), **options: Any
    ) -> None:
        super().__init__(**options)
        self.ways = {}
        self._entrance = Forwarded(self._answer, mounted_at, trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._entrance(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        way = self.ways.get(route_path(scope)) if scope["type"] == "http" else None
        if way is None:
            await super().__call__(scope, receive, send)
        else:
            await way(scope, receive, send)
