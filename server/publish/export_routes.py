"""The exports: ``/exports``, a page for each (or its graph, for who asks for RDF), its files."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from http import HTTPStatus
from pathlib import PurePosixPath

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.negotiation import MediaType, negotiate
from server.pages.language import language_of
from server.pages.rendering import Pages
from server.problem import Problem
from server.publish.catalogue.catalogues import public_address
from server.publish.download import CHECKED, download
from server.publish.listing import EXPORTS, export_document, export_rows, in_export, release_path
from server.publish.profiles import Profile
from server.publish.published import Published
from server.publish.release import Release
from server.publish.source import File
from server.routing import add_resource
from server.settings import Settings
from server.sparql.formats import HTML, JSON_LD, N_TRIPLES, PLAIN_JSON, RDF_XML, TURTLE

OFFERS = (PLAIN_JSON, HTML)
_GRAPHS = (TURTLE, JSON_LD, RDF_XML, N_TRIPLES)
_OPEN = {"Access-Control-Allow-Origin": "*", "Vary": "Accept, Accept-Language"}


def router(
    published: Published, profiles: Mapping[str, Profile], pages: Pages, settings: Settings
) -> APIRouter:
    """The routes for the profiles that are exported."""
    routes = APIRouter(tags=["publication"])

    async def listed(request: Request) -> Response:
        """The exports: what each is for, and what it leaves out."""
        if negotiate(request, OFFERS) is HTML:
            return pages.render(request, "exports.html", profiles=list(profiles.values()))
        at, language = public_address(settings, request), language_of(request)
        found = [export_document(one, None, at, language) for one in profiles.values()]
        return JSONResponse({"exports": found}, headers=_described(language))

    async def export(request: Request, token: str) -> Response:
        """An export: what it is for, its files; its triples for who asks for RDF."""
        profile = _find(token)
        release = await published.latest()
        graphs = _graphs(release, token)
        form = negotiate(request, (*OFFERS, *graphs))
        if form in graphs:
            return _file(request, release, graphs[form])
        if form is HTML:
            return pages.render(
                request,
                "export.html",
                profile=profile,
                rows=export_rows(profile, release, pages.links(request)),
                release=release,
                version=release.version,
            )
        language = language_of(request)
        at = public_address(settings, request)
        document = export_document(profile, release, at, language)
        return JSONResponse(document, headers=_described(language))

    async def file(request: Request, token: str, name: str) -> Response:
        """A file of an export, of the latest release."""
        profile = _find(token)
        release = await published.latest()
        for found in release.of(token):
            if in_export(profile, found) == name:
                return _file(request, release, found)
        raise Problem(
            HTTPStatus.NOT_FOUND,
            HTTPStatus.NOT_FOUND.phrase,
            f"This export has no file {name!r}; {EXPORTS}/{token} lists its files.",
        )

    def _file(request: Request, release: Release, found: File) -> Response:
        response = download(request, release, found, CHECKED)
        path = release_path(release, found.name)
        response.headers["Content-Location"] = pages.links(request).result(path, {})
        response.headers["Vary"] = "Accept"
        return response

    def _find(token: str) -> Profile:
        if token in profiles:
            return profiles[token]
        near = get_close_matches(token, profiles) or list(profiles)
        raise Problem(
            HTTPStatus.NOT_FOUND,
            "No such export",
            f"There is no export {token!r}; there is {', '.join(near)}.",
        )

    add_resource(routes, EXPORTS, listed, "The exports")
    add_resource(routes, f"{EXPORTS}/{{token}}", export, "An export")
    add_resource(routes, f"{EXPORTS}/{{token}}/{{name:path}}", file, "A file of an export")
    return routes


def _graphs(release: Release, token: str) -> dict[MediaType, File]:
    """The formats in which an export that is a graph can be had: its files have its name."""
    plain = {
        file.media_type: file
        for file in release.of(token)
        if not file.packing and PurePosixPath(file.name).stem == token
    }
    return {form: plain[form.essence] for form in _GRAPHS if form.essence in plain}


def _described(language: str) -> dict[str, str]:
    return {**_OPEN, "Cache-Control": CHECKED, "Content-Language": language}
