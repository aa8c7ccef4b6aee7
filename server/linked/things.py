"""Things by their IRI: ``/id/...`` leads on to ``/doc/...``, their description."""

from __future__ import annotations

from http import HTTPStatus

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ontology.names import DATA_PATH
from queries.catalogue import Catalogue
from queries.parameters import shown
from server.linked.description import Describer, Description
from server.linked.names import Names
from server.linked.negotiated import DESCRIPTIONS, data, downloads
from server.linked.questions import Questions
from server.negotiation import FORMAT_PARAMETER, negotiate
from server.pages.editing import QUERY_PARAMETER
from server.pages.language import LANGUAGE_PARAMETER, language_of
from server.pages.links import AUTHORITIES, Links, reading_place
from server.pages.rendering import Pages, prefers_html
from server.pages.select import Row
from server.sparql.formats import HTML

# For each kind of thing, the saved question about one: its name, the parameter that takes the
# thing, and what else to ask.
_FITTING: dict[str, tuple[str, str, dict[str, str]]] = {
    "Actor": ("what-a-document-says-of-an-actor", "actor", {"document": ""}),
    "Theme": ("how-a-theme-develops", "theme", {}),
    "CountryList": ("countries-on-a-list", "list", {}),
}


class Things:
    """The routes of things."""

    def __init__(self, questions: Questions, catalogue: Catalogue, pages: Pages) -> None:
        self._questions = questions
        self._catalogue = catalogue
        self._pages = pages
        self._names = Names(questions, pages.base)

    async def thing(self, request: Request, path: str) -> Response:
        """Leads on to the description of a thing (303); a browser that asks for a place in a text
        is led to the text.
        """
        await self._rows(self._pages.base + DATA_PATH + path)
        links = self._pages.links(request)
        place = reading_place(path)
        if place is not None and place.start and prefers_html(request):
            address = links.reading(place)
        else:
            kept = {
                name: request.query_params[name]
                for name in (FORMAT_PARAMETER, LANGUAGE_PARAMETER)
                if name in request.query_params
            }
            address = links.result(f"/doc/{path}", kept)
        return RedirectResponse(
            address, HTTPStatus.SEE_OTHER, {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}
        )

    async def description(self, request: Request, path: str) -> Response:
        """What is known of a thing: RDF in the format preferred, or a page."""
        iri = self._iri(path)
        wanted = negotiate(request, DESCRIPTIONS)
        rows = await self._rows(iri)
        if wanted is not HTML:
            return await data(request, self._questions, "describe", "thing", iri)
        links = self._pages.links(request)
        language = language_of(request)
        describer = Describer(self._questions, self._names, self._pages.texts, links, language)
        description = await describer.describe(iri, rows)
        return self._pages.render(
            request,
            "thing.html",
            thing=description,
            downloads=downloads(links, f"/doc/{path}"),
            reading=self._reading(path, links),
            more=self._more(description, links, language),
            version=self._questions.store.version,
        )

    def _iri(self, path: str) -> str:
        """The thing that a path of ``/doc/`` describes: ours, or an entry of an authority table."""
        for prefix, authority in AUTHORITIES.items():
            if path.startswith(prefix):
                return authority + path.removeprefix(prefix)
        return self._pages.base + DATA_PATH + path

    async def _rows(self, iri: str) -> list[Row]:
        return await self._questions.known(
            iri, "Unknown thing", f"The data set says nothing of <{iri}>."
        )

    def _reading(self, path: str, links: Links) -> str | None:
        place = reading_place(path)
        return links.reading(place) if place is not None else None

    def _more(self, thing: Description, links: Links, language: str) -> tuple[str, str]:
        """Where more of what is said of it can be seen, and what to call that: the saved question
        that fits, or all of it in the editor.
        """
        for kind in thing.kind_names:
            name, parameter, others = _FITTING.get(kind, ("", "", {}))
            if name in self._catalogue:
                value = shown(NamedNode(thing.iri), self._pages.base)
                title = self._catalogue[name].title.in_language(language)
                return title, links.page(f"/queries/{name}", {**others, parameter: value})
        text = self._questions.text("all-statements", "thing", [thing.iri])
        title = self._pages.texts.text("see-all-editor", language)
        return title, links.page("/sparql", {QUERY_PARAMETER: text})
