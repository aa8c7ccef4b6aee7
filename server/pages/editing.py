"""The SPARQL editor: YASGUI in the browser, a plain form where there is no script."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from queries.catalogue import Catalogue
from server.pages import binding
from server.pages.forms import in_page_language
from server.pages.language import language_of
from server.pages.links import SAVED_PARAMETER
from server.pages.rendering import FOLDER, Pages

EXAMPLE = FOLDER / "queries" / "example.rq"
QUERY_PARAMETER = "query"


def editor(catalogue: Catalogue, pages: Pages) -> Callable[[Request], Awaitable[Response]]:
    """The editor's page for ``GET /sparql``.

    ``?query=`` fills in a text and runs it, ``?saved=NAME`` with parameters fills in a saved
    question; else there is an example.
    """
    example = EXAMPLE.read_text(encoding="utf-8")

    async def page(request: Request) -> Response:
        text, name = _asked(request, catalogue)
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


def _asked(request: Request, catalogue: Catalogue) -> tuple[str, str]:
    """The query that an address asks the editor to show, and its title."""
    name = request.query_params.get(SAVED_PARAMETER)
    if name is None:
        return request.query_params.get(QUERY_PARAMETER, ""), ""
    language = language_of(request)
    query = binding.find(catalogue, name)
    values = in_page_language(query, binding.given(request), language)
    title = query.title.in_language(language)
    return f"# {title}\n{binding.bind(query, values)}", title
