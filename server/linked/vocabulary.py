"""The vocabulary by its IRIs: ``/def/`` the whole, ``/def/{name}`` a term, and its context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Triple
from starlette.requests import Request
from starlette.responses import Response

from ontology.names import DATA_PATH, OWL, RDFS, VOCABULARY
from server.linked import context
from server.linked.describing import Descriptions
from server.linked.description import MEANINGS
from server.linked.downloads import downloads
from server.linked.kept import Kept, Representation
from server.linked.names import LABELS, Names, iris
from server.linked.properties import Properties, chosen
from server.linked.subjects import Subject
from server.linked.things import Things
from server.pages.cells import Cells
from server.pages.language import language_of
from server.pages.rendering import Pages
from server.pages.select import Row, Term
from server.sparql.formats import JSON_LD

_USES = ("domain", "range", "subClassOf", "subPropertyOf")
_TERMS = frozenset(
    OWL + kind for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
) | {RDFS + "Datatype"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A term in the list of all: its local name, what it is called and means."""

    name: str
    link: str | None
    label: Term
    definition: Term
    is_class: bool


class Vocabulary:
    """The routes of the vocabulary."""

    def __init__(
        self, descriptions: Descriptions, things: Things, kept: Kept, pages: Pages
    ) -> None:
        self._descriptions = descriptions
        self._questions = descriptions.questions
        self._things = things
        self._kept = kept
        self._pages = pages
        self._names = Names(self._questions, pages.base)
        self._graph = f"{pages.base}{DATA_PATH}graph/ontology"

    async def whole(self, request: Request) -> Response:
        """All terms: RDF in the format preferred, or a page."""
        return await self._descriptions.answer(
            request, VOCABULARY, "/def/", self._whole_page, self._whole
        )

    async def term(self, request: Request, name: str) -> Response:
        """A class, property, shape, parameter or column: RDF in the format preferred, or a page."""
        return await self._descriptions.answer(
            request, VOCABULARY + name, f"/def/{name}", self._term_page
        )

    async def context(self, request: Request) -> Response:
        """The JSON-LD context: readable names for all terms of the data."""

        async def make() -> Representation:
            return Representation(context.document(), JSON_LD.content_type)

        return await self._kept.answer(request, lambda: self._questions.store.version, make)

    async def _whole(self) -> set[Triple]:
        return await self._questions.triples(
            self._questions.text("vocabulary", "graph", [self._graph])
        )

    async def _whole_page(self, request: Request, subject: Subject) -> Response:
        links = self._pages.links(request)
        language = language_of(request)
        listed = await self._questions.rows("terms", "graph", [self._graph])
        entries = [
            Entry(
                name=row["term"].value.removeprefix(VOCABULARY),
                link=links.thing(row["term"].value),
                label=row["label"],
                definition=row["definition"],
                is_class=row["kind"].value == OWL + "Class",
            )
            for row in listed
            if row["label"].language == language
        ]
        return self._pages.render(
            request,
            "vocabulary.html",
            title=chosen(subject.rows, LABELS, language),
            definition=chosen(subject.rows, MEANINGS, language),
            iri=VOCABULARY,
            entries=entries,
            downloads=downloads(links, "/def/"),
            version=self._questions.store.version,
        )

    async def _term_page(self, request: Request, subject: Subject) -> Response:
        rows = subject.rows
        if not _TERMS & {row["value"].value for row in rows}:
            return await self._things.page(request, subject)
        links = self._pages.links(request)
        language = language_of(request)
        name = subject.iri.removeprefix(VOCABULARY)
        uses = await self._questions.rows("term-uses", "thing", [subject.iri])
        naming = await self._names.of(
            iris(rows, "property", "value") | iris(uses, "property", "subject"), language
        )
        properties = Properties(naming, Cells(self._pages.texts, links, language), language)
        return self._pages.render(
            request,
            "term.html",
            name=name,
            iri=subject.iri,
            title=chosen(rows, LABELS, language) or Term("literal", name),
            labels=_versions(rows, LABELS, language),
            definitions=_versions(rows, MEANINGS, language),
            properties=properties.of(rows, hidden={*LABELS, *MEANINGS}),
            uses=[
                (use, made)
                for use in _USES
                for made in properties.of(
                    [row for row in uses if row["property"].value == RDFS + use], "subject"
                )
            ],
            downloads=downloads(links, f"/def/{name}"),
            version=self._questions.store.version,
        )


def _versions(rows: Sequence[Row], names: tuple[str, ...], language: str) -> list[Term]:
    """The values in every language, the reader's first."""
    values = [row["value"] for row in rows if row["property"].value in names]
    return sorted(values, key=lambda value: (value.language != language, value.language))
