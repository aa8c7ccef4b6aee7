"""How resources that are read get their routes: GET described for the API, HEAD beside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from starlette.responses import Response


def add_resource(
    routes: APIRouter, path: str, endpoint: Callable[..., Awaitable[Response]], summary: str
) -> None:
    """Answer GET and HEAD on a path; the endpoint's docstring is its description."""
    routes.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        summary=summary,
        description=endpoint.__doc__,
        response_class=Response,
    )
    routes.add_api_route(path, endpoint, methods=["HEAD"], include_in_schema=False)
