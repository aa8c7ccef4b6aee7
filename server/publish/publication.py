"""What the service publishes, put together: the routes of this room and what it knows of things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter

from queries.catalogue import Catalogue
from server.linked.described import Described, Gone
from server.pages.rendering import Pages
from server.publish import dump_routes, export_routes, exports, sitemap_routes
from server.publish import routes as catalogue_routes
from server.publish.catalogue.catalogues import Catalogues
from server.publish.exports.cube_structure import Structures
from server.publish.exports.nanopub_answers import Answered
from server.publish.feed import routes as feed_routes
from server.publish.feed.described import Told
from server.publish.feed.stream import CATALOGUE_FEED, FEED, FEEDS, Stream
from server.publish.published import Published
from server.publish.release import RELEASES, Releases
from server.settings import Settings
from server.store.interface import Store


@dataclass(frozen=True, slots=True)
class Publication:
    """The routes; the rooms that ``described`` things which the store does not know, and those
    that remember what is ``gone``; the ``catalogues`` by which the data set describes itself.
    """

    routers: Sequence[APIRouter]
    described: Sequence[Described]
    gone: Sequence[Gone]
    catalogues: Catalogues


def publication(
    settings: Settings, store: Store, catalogue: Catalogue, pages: Pages, *, expected: bool
) -> Publication:
    """All of it; ``expected`` where this service makes releases of the builds that it serves."""
    releases = Releases(settings.data / RELEASES)
    published = Published(releases, expected=expected)
    questions = [query.iri for query in catalogue.values()]
    catalogues = Catalogues(settings, store, releases, settings.query_timeout_s, questions)
    exported = exports.exported(settings.base_iri)
    told = [
        Told(settings.data / FEEDS, Stream(name, settings.base_iri), pages.texts)
        for name in (FEED, CATALOGUE_FEED)
    ]
    routers = (
        catalogue_routes.router(catalogues, pages),
        sitemap_routes.router(catalogues, releases, catalogue, store, settings.query_timeout_s),
        dump_routes.router(published, exported, pages, settings),
        export_routes.router(published, exported, pages, settings),
        feed_routes.router(settings, pages, expected=expected),
    )
    named = Answered(settings, store)
    described: list[Described] = [catalogues, *told, Structures(settings.base_iri), named]
    return Publication(routers, described, told, catalogues)
