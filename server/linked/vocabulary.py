"""The vocabulary by its IRIs: ``/def/`` the whole, ``/def/{name}`` a term."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from ontology.names import DATA_PATH, OWL, RDFS, VOCABULARY
from server.linked.description import LABELS, MEANINGS
from server.linked.names import Names, iris
from server.linked.negotiated import DESCRIPTIONS, data, downloads
from server.linked.properties import Properties, chosen
from server.linked.questions import Questions
from server.negotiation import negotiate
from server.pages.cells import Cells
from server.pages.language import language_of
from server.pages.rendering import Pages
from server.pages.select import Row, Term
from server.sparql.formats import HTML

_USES = ("domain", "range", "subClassOf", "subPropertyOf")


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

    def __init__(self, questions: Questions, pages: Pages) -> None:
        self._questions = questions
        self._pages = pages
        self._names = Names(questions, pages.base)
        self._graph = f"{pages.base}{DATA_PATH}graph/ontology"

    async def whole(self, request: Request) -> Response:
        """All terms: RDF in the format preferred, or a page."""
        if negotiate(request, DESCRIPTIONS) is not HTML:
            return await data(request, self._questions, "vocabulary", "graph", self._graph)
        rows = await self._rows(VOCABULARY)
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
            title=chosen(rows, LABELS, language),
            definition=chosen(rows, MEANINGS, language),
            iri=VOCABULARY,
            entries=entries,
            downloads=downloads(links, "/def/"),
            version=self._questions.store.version,
        )

    async def term(self, request: Request, name: str) -> Response:
        """A class or property: RDF in the format preferred, or a page."""
        iri = VOCABULARY + name
        wanted = negotiate(request, DESCRIPTIONS)
        rows = await self._rows(iri)
        if wanted is not HTML:
            return await data(request, self._questions, "describe", "thing", iri)
        links = self._pages.links(request)
        language = language_of(request)
        uses = await self._questions.rows("term-uses", "thing", [iri])
        naming = await self._names.of(
            iris(rows, "property", "value") | iris(uses, "property", "subject"), language
        )
        properties = Properties(naming, Cells(self._pages.texts, links, language), language)
        return self._pages.render(
            request,
            "term.html",
            name=name,
            iri=iri,
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

    async def _rows(self, iri: str) -> list[Row]:
        return await self._questions.known(
            iri, "Unknown term", f"The vocabulary has no term <{iri}>."
        )


def _versions(rows: list[Row], names: tuple[str, ...], language: str) -> list[Term]:
    """The values in every language, the reader's first."""
    values = [row["value"] for row in rows if row["property"].value in names]
    return sorted(values, key=lambda value: (value.language != language, value.language))
