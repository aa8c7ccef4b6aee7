"""The routes of this room."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from queries.catalogue import Catalogue
from server.linked import context, own
from server.linked.described import Described, Gone, Retired
from server.linked.describing import Descriptions
from server.linked.documents import Documents
from server.linked.kept import Kept
from server.linked.questions import Questions
from server.linked.subjects import Subjects
from server.linked.things import Things
from server.linked.vocabulary import Vocabulary
from server.pages.rendering import Pages
from server.publish import profiles
from server.routing import add_resource
from server.settings import Settings
from server.store.interface import Store

_SHARE = 4  # of the room for answers that are kept


def router(
    store: Store,
    catalogue: Catalogue,
    pages: Pages,
    settings: Settings,
    described: Sequence[Described] = (),
    gone: Sequence[Gone] = (),
) -> APIRouter:
    """The routes. ``described`` are other rooms that know things which the store does not, ``gone``
    those that remember what is there no more.
    """
    questions = Questions(store, settings.query_timeout_s)
    known = profiles.load(pages.base)
    rooms = (
        *described,
        own.SavedQuestions(catalogue, pages),
        own.files(pages.base, known),
        own.NamedGraphs(questions, pages.base),
    )
    subjects = Subjects(questions, pages, known, rooms, (Retired(pages.base), *gone))
    kept = Kept(settings.cache_bytes // _SHARE)
    descriptions = Descriptions(questions, pages, subjects, kept, settings.data_licence)
    things = Things(descriptions, catalogue, pages)
    vocabulary = Vocabulary(descriptions, things, kept, pages)
    documents = Documents(questions, pages)
    routes = APIRouter(tags=["linked data"])
    for path, endpoint, summary in (
        ("/id/{path:path}", things.thing, "A thing"),
        ("/doc/{path:path}", things.description, "The description of a thing"),
        ("/def/", vocabulary.whole, "The vocabulary"),
        (context.PATH, vocabulary.context, "The JSON-LD context"),
        ("/def/{name:path}", vocabulary.term, "A term of the vocabulary"),
        ("/documents/{name}", documents.read, "The text of a document, to be read"),
    ):
        add_resource(routes, path, endpoint, summary)
    return routes
