"""The routes of what the service says of its data: the catalogue and VoID."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter
from pyoxigraph import Triple
from starlette.requests import Request
from starlette.responses import Response

from server.linked.kept import Kept, Representation
from server.linked.written import written
from server.negotiation import FORMAT_PARAMETER, MediaType, negotiate
from server.pages.language import language_of
from server.pages.rendering import Pages
from server.publish.catalogue.catalogues import Catalogues, as_triples
from server.publish.catalogue.page import view
from server.publish.catalogue.summary import DESCRIPTION
from server.publish.schema_org import data_catalogue
from server.routing import add_resource
from server.sparql.formats import HTML, JSON_LD, N_TRIPLES, RDF_XML, TRIG, TURTLE

CATALOGUE = "/catalog"
FORMATS = (TURTLE, JSON_LD, RDF_XML, N_TRIPLES, TRIG)
PROFILE = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
_ROOM = 16 * 1024 * 1024  # bytes of representations that are kept


def router(catalogues: Catalogues, pages: Pages) -> APIRouter:
    """The routes."""
    described = _Described(catalogues, pages)
    routes = APIRouter(tags=["publication"])
    add_resource(routes, CATALOGUE, described.catalogue, "The catalogue")
    add_resource(routes, DESCRIPTION, described.void, "The data set in VoID")
    return routes


class _Described:
    def __init__(self, catalogues: Catalogues, pages: Pages) -> None:
        self._catalogues = catalogues
        self._pages = pages
        self._kept = Kept(_ROOM)

    async def catalogue(self, request: Request) -> Response:
        """The data sets, their files and the services, as DCAT-AP-NL 3.0 or a page."""
        wanted = negotiate(request, (*FORMATS, HTML))

        async def make() -> Representation:
            graph = await self._catalogues.graph(request)
            names = self._catalogues.names(request)
            headers = _links(names.page(CATALOGUE), names.catalogue)
            if wanted is HTML:
                return self._page(request, headers, await self._values(request))
            triples = await asyncio.to_thread(as_triples, graph)
            return await _data(triples, names.catalogue, wanted, headers)

        return await self._kept.answer(request, lambda: self._catalogues.version, make)

    async def void(self, request: Request) -> Response:
        """How much of what is in the data, which vocabularies and links: counted per release."""
        wanted = negotiate(request, FORMATS)

        async def make() -> Representation:
            triples = await self._catalogues.statistics(request)
            names = self._catalogues.names(request)
            whole = names.thing("dataset/samenhang")
            return await _data(triples, whole, wanted, _links(names.page(DESCRIPTION), whole))

        return await self._kept.answer(request, lambda: self._catalogues.version, make)

    async def _values(self, request: Request) -> dict[str, Any]:
        graph, names = await self._catalogues.graph(request), self._catalogues.names(request)
        language = language_of(request)
        return {
            "catalogue": view(graph, names, language),
            "linked_data": data_catalogue(graph, names, language),
        }

    def _page(
        self, request: Request, headers: dict[str, str], values: dict[str, Any]
    ) -> Representation:
        links = self._pages.links(request)
        downloads = [
            (name, links.result(CATALOGUE, {FORMAT_PARAMETER: form.name}))
            for name, form in _NAMES.items()
        ]
        response = self._pages.render(request, "catalog.html", downloads=downloads, **values)
        kept = {name: value for name, value in response.headers.items() if name in _OF_PAGES}
        return Representation(bytes(response.body), HTML.content_type, headers | kept)


_NAMES = {"Turtle": TURTLE, "JSON-LD": JSON_LD, "RDF/XML": RDF_XML, "N-Triples": N_TRIPLES}
_OF_PAGES = ("content-security-policy", "content-language", "referrer-policy")


async def _data(
    triples: list[Triple], root: str, form: MediaType, headers: dict[str, str]
) -> Representation:
    content = await asyncio.to_thread(written, triples, str(root), form)
    return Representation(content, form.content_type, headers)


def _links(address: str, about: str) -> dict[str, str]:
    """What the document is about, and its other formats (RFC 8288)."""
    links = [
        f'<{about}>; rel="about"',
        f'<{address}>; rel="canonical"',
        *(
            f'<{address}?{FORMAT_PARAMETER}={form.name}>; rel="alternate"; type="{form.essence}"'
            for form in FORMATS
        ),
    ]
    if address.endswith(CATALOGUE):
        links.append(f'<{PROFILE}>; rel="profile"')
    return {"Link": ", ".join(links)}
