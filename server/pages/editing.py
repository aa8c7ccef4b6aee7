"""The SPARQL editor: YASGUI in the browser, a plain form where there is no script."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from queries.catalogue import Catalogue
from server.pages.language import language_of
from server.pages.links import SAVED_PARAMETER
from server.pages.rendering import FOLDER, Pages

EXAMPLE = FOLDER / "queries" / "example.rq"
QUERY_PARAMETER = "query"


Filled = Callable[[Request], Awaitable[tuple[str, str]]]
"""The saved question that an address names, bound, and its title."""


def editor(
    catalogue: Catalogue, pages: Pages, filled: Filled
) -> Callable[[Request], Awaitable[Response]]:
    """The editor's page for ``GET /sparql``.

    ``?query=`` fills in a text and runs it, ``?saved=NAME`` with parameters fills in a saved
    question; else there is an example.
    """
    example = EXAMPLE.read_text(encoding="utf-8")

    async def page(request: Request) -> Response:
        text, name = request.query_params.get(QUERY_PARAMETER, ""), ""
        if SAVED_PARAMETER in request.query_params:
            text, name = await filled(request)
        language = language_of(request)
        links = pages.links(request)
        return pages.render(
            request,
            "editor.html",
            for_editor=True,
            text=text or example,
            filled=bool(text),
            run=QUERY_PARAMETER in request.query_params,
            name=name,
            endpoint=links.absolute("/sparql"),
            saved=[
                (query.title.in_language(language), links.page("/sparql", {SAVED_PARAMETER: key}))
                for key, query in catalogue.items()
            ],
        )

    return page
