"""The dumps: ``/dumps/``, ``/dumps/{version}/`` and the files below it, ``/dumps/latest/...``."""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from server.negotiation import negotiate
from server.pages.rendering import Pages
from server.problem import Problem
from server.publish.catalogue.catalogues import public_address
from server.publish.download import CHECKED, IMMUTABLE, download
from server.publish.listing import DUMPS, groups, release_document, release_path
from server.publish.published import Published
from server.publish.release import LATEST
from server.routing import add_resource
from server.settings import Settings
from server.sparql.formats import HTML, PLAIN_JSON

OFFERS = (PLAIN_JSON, HTML)
_OPEN = {"Access-Control-Allow-Origin": "*", "Vary": "Accept, Accept-Language"}


def router(
    published: Published, tokens: Collection[str], pages: Pages, settings: Settings
) -> APIRouter:
    """The routes; ``tokens`` are those of the exports."""
    routes = APIRouter(tags=["publication"])

    async def listed(request: Request) -> Response:
        """The releases that are kept: that of the data in force, then the newest first."""
        releases = await published.listed()
        latest = releases[0].version if releases else None
        if negotiate(request, OFFERS) is HTML:
            return pages.render(request, "dumps.html", releases=releases, version=latest)
        at = public_address(settings, request)
        document = {
            "latest": latest,
            "releases": [release_document(one, at, with_files=False) for one in releases],
        }
        return JSONResponse(document, headers={**_OPEN, "Cache-Control": CHECKED})

    async def released(request: Request, version: str) -> Response:
        """A release: what it is of, its files with their checksums."""
        if version == LATEST:
            return await to_latest(request)
        release = published.find(version)
        if negotiate(request, OFFERS) is HTML:
            return pages.render(
                request,
                "release.html",
                release=release,
                groups=groups(release, tokens),
                version=release.version,
            )
        document = release_document(release, public_address(settings, request))
        return JSONResponse(document, headers={**_OPEN, "Cache-Control": IMMUTABLE})

    async def file(request: Request, version: str, name: str) -> Response:
        """A file of a release. Its address holds the same bytes for as long as it is kept."""
        if version == LATEST:
            return await to_latest(request, name)
        release = published.find(version)
        found = release.file(name)
        if found is None:
            raise Problem(
                HTTPStatus.NOT_FOUND,
                HTTPStatus.NOT_FOUND.phrase,
                f"Release {release.version} has no file {name!r}; {DUMPS}/{release.version}/ "
                "lists its files.",
            )
        return download(request, release, found, IMMUTABLE)

    async def to_latest(request: Request, name: str = "") -> Response:
        path = release_path(await published.latest(), name)
        address = pages.links(request).page(path)
        headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": CHECKED}
        return RedirectResponse(address, HTTPStatus.TEMPORARY_REDIRECT, headers)

    async def to_list(request: Request) -> Response:
        address = pages.links(request).page(f"{DUMPS}/")
        return RedirectResponse(address, HTTPStatus.PERMANENT_REDIRECT)

    async def to_release(request: Request, version: str) -> Response:
        address = pages.links(request).page(f"{DUMPS}/{version}/")
        return RedirectResponse(address, HTTPStatus.PERMANENT_REDIRECT)

    add_resource(routes, f"{DUMPS}/", listed, "The releases")
    add_resource(routes, f"{DUMPS}/{{version}}/", released, "A release")
    add_resource(routes, f"{DUMPS}/{{version}}/{{name:path}}", file, "A file of a release")
    methods = ["GET", "HEAD"]
    routes.add_api_route(DUMPS, to_list, methods=methods, include_in_schema=False)
    routes.add_api_route(
        f"{DUMPS}/{{version}}", to_release, methods=methods, include_in_schema=False
    )
    return routes
