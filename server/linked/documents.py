"""The reading view ``/documents/{id}``: a document's text, with a passage marked on request."""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from ontology.names import DATA_PATH, DCTERMS, RDF, RDFS, VOCABULARY
from server.linked.description import Describer
from server.linked.names import LABELS, Names
from server.linked.passage import Passage
from server.linked.properties import Property, chosen
from server.linked.questions import Questions
from server.linked.reading import blocks, contents, grouped, wanted_exactly
from server.pages.language import language_of
from server.pages.links import END_PARAMETER, START_PARAMETER
from server.pages.rendering import Pages
from server.pages.select import Row
from server.problem import Problem

_OFFSET = re.compile(r"[0-9]{1,9}")
_ISSUED = DCTERMS + "issued"
_CERTAINTY = VOCABULARY + "dateCertainty"
# On the title page, in this order; the last ones only for who asks.
_FACTS = (
    DCTERMS + "type",
    _ISSUED,
    DCTERMS + "publisher",
    VOCABULARY + "speaker",
    VOCABULARY + "policyArea",
    DCTERMS + "identifier",
    VOCABULARY + "identifierNote",
)
_SMALL_PRINT = (
    DCTERMS + "rights",
    DCTERMS + "license",
    RDFS + "comment",
)


class Documents:
    """The route of the reading view."""

    def __init__(self, questions: Questions, pages: Pages) -> None:
        self._questions = questions
        self._pages = pages
        self._names = Names(questions, pages.base)

    async def read(self, request: Request, name: str) -> Response:
        """The text in reading order. ``start`` and ``end`` are places in the source text, in code
        points from 0, end exclusive; what stands there is marked, at the fragment ``#passage``.
        """
        passage = _passage(request)
        iri = f"{self._pages.base}{DATA_PATH}document/{name}"
        rows = await self._document(iri)
        language = language_of(request)
        links = self._pages.links(request)
        describer = Describer(self._questions, self._names, self._pages.texts, links, language)
        found = await self._questions.rows("blocks", "document", [iri])
        exact = {
            row["evidence"].value: row["exact"].value
            for row in await self._questions.rows(
                "exact", "evidence", wanted_exactly(found, passage)
            )
        }
        made = blocks(found, exact, passage)
        facts = await self._facts(rows, describer)
        spoken = chosen(rows, [DCTERMS + "language"], language)
        return self._pages.render(
            request,
            "reading.html",
            iri=iri,
            title=chosen(rows, LABELS, language),
            text_language=spoken.value if spoken else "",
            document_facts=[facts[name] for name in _FACTS if name in facts],
            small_print=[facts[name] for name in _SMALL_PRINT if name in facts],
            contents=contents(await self._questions.rows("sections", "document", [iri])),
            groups=grouped(made),
            passage=passage,
            found=any(block.marked for block in made),
            description=links.page(f"/doc/document/{name}"),
            version=self._questions.store.version,
        )

    async def _document(self, iri: str) -> list[Row]:
        rows = await self._questions.rows("thing", "thing", [iri])
        kinds = {row["value"].value for row in rows if row["property"].value == RDF + "type"}
        if VOCABULARY + "Document" not in kinds:
            raise Problem(
                HTTPStatus.NOT_FOUND, "Unknown document", f"There is no document <{iri}>."
            )
        return rows

    async def _facts(self, rows: list[Row], describer: Describer) -> dict[str, Property]:
        """What the data say of the document, by property; the date with how certain it is."""
        wanted = {*_FACTS, *_SMALL_PRINT, _CERTAINTY}
        facts = await describer.facts([row for row in rows if row["property"].value in wanted])
        certainty, issued = facts.get(_CERTAINTY), facts.get(_ISSUED)
        key = f"date-{certainty.values[0].text}" if certainty else ""
        if issued and key in self._pages.texts:
            said = self._pages.texts.text(key, describer.language)
            dates = (replace(cell, text=f"{cell.text} ({said})") for cell in issued.values)
            facts[_ISSUED] = Property(issued.name, tuple(dates))
        return facts


def _passage(request: Request) -> Passage | None:
    """The passage that an address asks for; :class:`Problem` 400 for what is none."""
    given = [request.query_params.get(name) for name in (START_PARAMETER, END_PARAMETER)]
    if given == [None, None]:
        return None
    start, end = (int(text) if text and _OFFSET.fullmatch(text) else -1 for text in given)
    if not 0 <= start < end:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "Bad passage",
            "start and end are whole numbers, start before end: places in the source text.",
        )
    return Passage(start, end)
