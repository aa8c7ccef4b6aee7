"""The pages of their own address: home and documents; and the static files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from queries.catalogue import Catalogue, SavedQuery
from server.pages.facts import Facts
from server.pages.forms import question
from server.pages.language import language_of
from server.pages.rendering import FOLDER, Pages

LISTED = 8  # documents on the home page
_RANGES = (b"range", b"if-range")
METHODS = ["GET", "HEAD"]

About = Callable[[Request], Awaitable[dict[str, Any]]]
"""What a page says of the data to search engines, as JSON-LD."""


def router(
    facts: Facts, catalogue: Catalogue, pages: Pages, about: About | None = None
) -> APIRouter:
    """The routes; ``about`` the data goes into the head of the home page."""
    files = StaticFiles(directory=FOLDER / "static")
    routes = APIRouter(include_in_schema=False)

    async def home(request: Request) -> Response:
        language = language_of(request)
        documents = await facts.documents(language)
        return pages.render(
            request,
            "home.html",
            questions=[
                await question(query, facts, language) for query in _first_of_families(catalogue)
            ],
            total=len(catalogue),
            counts=await facts.counts(),
            documents=documents[:LISTED],
            linked_data=await about(request) if about else None,
            version=facts.version,
        )

    async def documents(request: Request) -> Response:
        return pages.render(
            request,
            "documents.html",
            documents=await facts.documents(language_of(request)),
            version=facts.version,
        )

    async def static(request: Request, path: str) -> Response:
        # Whole or not at all: the files are small, and a bad Range would be no problem document.
        request.scope["headers"] = [
            pair for pair in request.scope["headers"] if pair[0] not in _RANGES
        ]
        try:
            response = await files.get_response(path, request.scope)
        except (OSError, ValueError) as error:  # no file can have that name
            raise HTTPException(HTTPStatus.NOT_FOUND) from error
        # Files keep their names when they change, so a browser must ask whether they did.
        response.headers["Cache-Control"] = "no-cache"
        return response

    routes.add_api_route("/", home, methods=METHODS)
    routes.add_api_route("/documents", documents, methods=METHODS)
    routes.add_api_route("/static/{path:path}", static, methods=METHODS)
    return routes


def _first_of_families(catalogue: Catalogue) -> list[SavedQuery]:
    """A question of each family, to begin with."""
    first: dict[str, SavedQuery] = {}
    for query in catalogue.values():
        first.setdefault(query.family.name, query)
    return list(first.values())
