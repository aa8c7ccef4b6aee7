"""The routes of this room."""

from __future__ import annotations

from fastapi import APIRouter

from queries.catalogue import Catalogue
from server.linked.documents import Documents
from server.linked.questions import Questions
from server.linked.things import Things
from server.linked.vocabulary import Vocabulary
from server.pages.rendering import Pages
from server.routing import add_resource
from server.store.interface import Store


def router(store: Store, catalogue: Catalogue, pages: Pages, timeout: float = 10.0) -> APIRouter:
    """The routes; ``timeout`` is what a query may take, in seconds."""
    questions = Questions(store, timeout)
    things = Things(questions, catalogue, pages)
    vocabulary = Vocabulary(questions, pages)
    documents = Documents(questions, pages)
    routes = APIRouter(tags=["linked data"])
    for path, endpoint, summary in (
        ("/id/{path:path}", things.thing, "A thing"),
        ("/doc/{path:path}", things.description, "The description of a thing"),
        ("/def/", vocabulary.whole, "The vocabulary"),
        ("/def/{name}", vocabulary.term, "A term of the vocabulary"),
        ("/documents/{name}", documents.read, "The text of a document, to be read"),
    ):
        add_resource(routes, path, endpoint, summary)
    return routes
