"""Things by their IRI: ``/id/...`` leads on to ``/doc/...``, their description."""

from __future__ import annotations

from http import HTTPStatus

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ontology.names import DATA_PATH
from queries.catalogue import Catalogue
from queries.parameters import shown
from server.linked.describing import Descriptions
from server.linked.description import Describer, Description
from server.linked.downloads import downloads
from server.linked.kept import OPEN
from server.linked.linking import PAGE_PARAMETER, described_by
from server.linked.names import Names
from server.linked.subjects import Subject, carried
from server.pages.editing import QUERY_PARAMETER
from server.pages.language import language_of
from server.pages.links import AUTHORITIES, Links, reading_place
from server.pages.rendering import Pages, prefers_html

# For each kind of thing, the saved question about one: its name, the parameter that takes the
# thing, and what else to ask.
_FITTING: dict[str, tuple[str, str, dict[str, str]]] = {
    "Actor": ("what-a-document-says-of-an-actor", "actor", {"document": ""}),
    "Theme": ("how-a-theme-develops", "theme", {}),
    "CountryList": ("countries-on-a-list", "list", {}),
}


class Things:
    """The routes of things."""

    def __init__(self, descriptions: Descriptions, catalogue: Catalogue, pages: Pages) -> None:
        self._descriptions = descriptions
        self._questions = descriptions.questions
        self._catalogue = catalogue
        self._pages = pages
        self._names = Names(self._questions, pages.base)

    async def thing(self, request: Request, path: str) -> Response:
        """Leads on to the description of a thing (303), in the format and profile that the address
        asks for; a browser that asks for a place in a text is led to the text.
        """
        await self._descriptions.subjects.check(request, self._pages.base + DATA_PATH + path)
        links = self._pages.links(request)
        place = reading_place(path)
        described = links.result(f"/doc/{path}", {})
        if place is not None and place.start and prefers_html(request):
            address = links.reading(place)
        else:
            again = carried(request)
            if number := request.query_params.get(PAGE_PARAMETER):
                again[PAGE_PARAMETER] = number
            address = links.result(f"/doc/{path}", again)
        headers = {**OPEN, "Link": described_by(described)}
        return RedirectResponse(address, HTTPStatus.SEE_OTHER, headers)

    async def description(self, request: Request, path: str) -> Response:
        """What is known of a thing: RDF in the format and profile preferred, or a page. What refers
        to it comes a hundred at a time (``page``).
        """
        return await self._descriptions.answer(request, self._iri(path), f"/doc/{path}", self.page)

    async def page(self, request: Request, subject: Subject) -> Response:
        """The description for a person."""
        links = self._pages.links(request)
        language = language_of(request)
        describer = Describer(self._questions, self._names, self._pages.texts, links, language)
        description = await describer.describe(subject)
        return self._pages.render(
            request,
            "thing.html",
            thing=description,
            downloads=downloads(links, subject.path),
            profiles=subject.fitting.values(),
            path=subject.path,
            reading=self._reading(subject.iri, links),
            more=self._more(description, links, language),
            version=self._questions.store.version,
        )

    def _iri(self, path: str) -> str:
        """The thing that a path of ``/doc/`` describes: ours, or an entry of an authority table."""
        for prefix, authority in AUTHORITIES.items():
            if path.startswith(prefix):
                return authority + path.removeprefix(prefix)
        return self._pages.base + DATA_PATH + path

    def _reading(self, iri: str, links: Links) -> str | None:
        place = reading_place(iri.removeprefix(self._pages.base + DATA_PATH))
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
