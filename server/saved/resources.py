"""The routes of the saved questions."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from queries.catalogue import Catalogue, SavedQuery
from server.negotiation import FORMAT_PARAMETER, MediaType, negotiate
from server.pages import binding
from server.pages.answers import AnswerTable
from server.pages.facts import Facts
from server.pages.forms import in_page_language, question
from server.pages.language import language_of
from server.pages.links import SAVED_PARAMETER
from server.pages.rendering import Pages
from server.pages.select import select
from server.routing import add_resource
from server.saved.listing import listing
from server.sparql.answers import respond
from server.sparql.formats import HTML, PLAIN_JSON, SOLUTIONS
from server.store.interface import QueryRequest, Store

ROWS_SHOWN = 500  # rows on a page; a result for software is whole
SPARQL_QUERY = MediaType("application/sparql-query", "sparql", charset=True)
LIST_OFFERS = (PLAIN_JSON, HTML)
RESULT_OFFERS = (*SOLUTIONS, SPARQL_QUERY, HTML)

# Any site may ask: the data are public and no cookie matters here.
_OPEN = {"Access-Control-Allow-Origin": "*", "Vary": "Accept"}


def router(store: Store, catalogue: Catalogue, pages: Pages, timeout: float = 10.0) -> APIRouter:
    """The routes; ``timeout`` is what a query may take, in seconds."""
    resources = _Resources(store, catalogue, pages, timeout)
    routes = APIRouter(tags=["saved questions"])
    for path, endpoint, summary in (
        ("/queries", resources.list, "The saved questions"),
        ("/queries/{name}", resources.answer, "The answer to a saved question"),
    ):
        add_resource(routes, path, endpoint, summary)
    return routes


class _Resources:
    def __init__(self, store: Store, catalogue: Catalogue, pages: Pages, timeout: float) -> None:
        self._store = store
        self._catalogue = catalogue
        self._pages = pages
        self._timeout = timeout
        self._facts = Facts(store, timeout)

    async def list(self, request: Request) -> Response:
        """Names, titles, parameters and columns in Dutch and English: JSON, or a page."""
        links = self._pages.links(request)
        if negotiate(request, LIST_OFFERS) is not HTML:
            return JSONResponse(listing(self._catalogue, links), headers=_OPEN)
        language = language_of(request)
        questions = [
            await question(query, self._facts, language) for query in self._catalogue.values()
        ]
        return self._pages.render(
            request, "questions.html", questions=questions, version=self._facts.version
        )

    async def answer(self, request: Request, name: str) -> Response:
        """Runs the question with the parameters in the address; a parameter left out keeps the
        default of its file, an empty one that is not required is no restriction. SPARQL results
        in JSON, XML, CSV or TSV, the query itself (``format=sparql``), or a page.
        """
        query = binding.find(self._catalogue, name)
        given = binding.given(request)
        wanted = negotiate(request, RESULT_OFFERS)
        if wanted is HTML:
            return await self._page(request, query, given)
        text = binding.bind(query, given)
        if wanted is SPARQL_QUERY:
            return Response(text, media_type=wanted.content_type, headers=_OPEN)
        return await respond(
            request, self._store, QueryRequest(text, timeout=self._timeout), headers=_OPEN
        )

    async def _page(self, request: Request, query: SavedQuery, given: dict[str, str]) -> Response:
        language = language_of(request)
        asked = in_page_language(query, given, language)
        text = binding.bind(query, asked)
        form = await question(query, self._facts, language, asked)
        rows = await select(self._store, text, self._timeout)
        links = self._pages.links(request)
        headings = {name: label.in_language(language) for name, label in query.columns.items()}
        table = AnswerTable(self._pages.texts, links, language).table(
            rows, query.variables, headings, ROWS_SHOWN
        )
        return self._pages.render(
            request,
            "answer.html",
            question=form,
            table=table,
            downloads=[
                (
                    offer.name.upper(),
                    links.result(form.path, {**asked, FORMAT_PARAMETER: offer.name}),
                )
                for offer in SOLUTIONS
                if offer is not PLAIN_JSON
            ],
            editor=links.page("/sparql", {SAVED_PARAMETER: query.name, **asked}),
            version=self._facts.version,
        )
