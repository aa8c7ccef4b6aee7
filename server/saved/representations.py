"""The formats in which a saved question answers, and how each is made of an answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ontology.names import DATA_PATH
from queries.catalogue import SavedQuery
from queries.document import document
from queries.linked import linked
from queries.markdown import markdown
from queries.rows import Answer
from queries.spreadsheet import spreadsheet
from server.negotiation import MediaType
from server.pages.language import Texts
from server.pages.links import Links
from server.saved.asking import Answered
from server.saved.explaining import Explanation
from server.saved.paging import CURSOR_PARAMETER, LIMIT_PARAMETER, Page
from server.sparql.formats import CSV, HTML, JSON_LD, PLAIN_JSON, TSV, XML
from server.store.interface import RESULTS_JSON

SPARQL_JSON = MediaType(RESULTS_JSON, "srj", aliases=("sparql-json",))
SPARQL_QUERY = MediaType("application/sparql-query", "sparql", charset=True)
MARKDOWN = MediaType("text/markdown", "md", charset=True, aliases=("markdown",))
XLSX = MediaType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", aliases=("excel",)
)

STREAMED = (CSV, TSV, SPARQL_JSON, XML)
"""What the store writes itself, however long."""
ANSWERS = (PLAIN_JSON, *STREAMED, MARKDOWN, XLSX, JSON_LD, SPARQL_QUERY, HTML)
DOWNLOADS = (CSV, XLSX, MARKDOWN, PLAIN_JSON, JSON_LD, SPARQL_JSON, TSV, XML)


class Writer:
    """Writes answers for one reader: in a language, with addresses on this host.

    ``names`` are what the entities given as parameters are called.
    """

    def __init__(self, texts: Texts, links: Links, language: str, names: dict[str, str]) -> None:
        self._texts = texts
        self._links = links
        self._language = language
        self._names = names

    def write(
        self, form: MediaType, answered: Answered, page: Page, why: Sequence[Explanation]
    ) -> bytes:
        """A part of an answer in a format; ``why`` it is empty, if it is."""
        if form is PLAIN_JSON:
            return _json(self.document(answered, page, why))
        part = _part(answered.answer, page)
        query = answered.asked.query
        if form is JSON_LD:
            address = self._links.api(f"/queries/{query.name}", answered.asked.values)
            data_set = f"{query.base}{DATA_PATH}dataset/{answered.version}"
            terms = answered.asked.terms
            return _json(linked(query, terms, part, answered.version, address, data_set))
        if form is XLSX:
            return spreadsheet(
                query, part, self._language, self._address, self._about(answered, page)
            )
        return markdown(query, part, self._language, self._address).encode()

    def document(
        self, answered: Answered, page: Page, why: Sequence[Explanation]
    ) -> dict[str, Any]:
        """The answer as readable objects, with what was asked, of which data, and where next."""
        asked, query = answered.asked, answered.asked.query
        made = document(
            query,
            asked.terms,
            answered.answer,
            answered.version,
            self._language,
            self._address,
            rows=answered.answer.rows[page.begin : page.end],
            names=self._names,
        )
        made["links"] = self._onward(query, asked.values, page)
        if why:
            made["explanations"] = [self._explained(one, query) for one in why]
        return made

    def explained(self, one: Explanation) -> str:
        """Why an answer is empty, in words."""
        parameter = one.parameter
        return self._texts.text(
            f"empty-{one.reason}",
            self._language,
            value=self._names.get(one.value, one.value),
            parameter=parameter.label.in_language(self._language) if parameter else "",
        )

    def _explained(self, one: Explanation, query: SavedQuery) -> dict[str, Any]:
        made: dict[str, Any] = {"reason": one.reason, "text": self.explained(one)}
        if one.parameter is not None:
            made |= {"parameter": one.parameter.name, "value": one.value}
        if one.nearest:
            made["nearest"] = list(one.nearest)
        if one.relaxed is not None:
            made["try"] = self._links.api(f"/queries/{query.name}", one.relaxed)
        return made

    def _onward(self, query: SavedQuery, values: dict[str, str], page: Page) -> dict[str, str]:
        path = f"/queries/{query.name}"
        rows = {LIMIT_PARAMETER: str(page.limit)} if page.limit else {}
        turns = {"first": page.first, "previous": page.previous, "next": page.next}
        return {
            "self": self._links.api(path, values | rows),
            **{
                name: self._links.api(
                    path, values | rows | ({CURSOR_PARAMETER: cursor} if name != "first" else {})
                )
                for name, cursor in turns.items()
                if cursor is not None
            },
            "page": self._links.absolute(path),
            "sparql": self._links.api(path, {**values, "format": SPARQL_QUERY.name}),
            "definition": self._links.api(f"{path}/definition"),
            "receipts": self._links.api(f"{path}/receipts", values),
        }

    def _about(self, answered: Answered, page: Page) -> list[tuple[str, str]]:
        """What a sheet says of itself: the label and value of each fact."""
        asked, query = answered.asked, answered.asked.query
        title = query.title.in_language(self._language)
        given = [
            (parameter.label.in_language(self._language), self._names.get(value, value))
            for parameter in query.parameters
            if (value := asked.values[parameter.name])
        ]
        return [
            (self._text("question"), f"{title} ({query.name}, {query.version})"),
            *given,
            (self._text("footer-version"), answered.version),
            (self._text("digest"), answered.answer.digest),
            (
                self._text("rows"),
                f"{page.begin + 1 if page.total else 0}–{page.end} / {page.total}",
            ),
            (self._text("address"), self._links.api(f"/queries/{query.name}", asked.values)),
        ]

    def _text(self, key: str) -> str:
        return self._texts.text(key, self._language)

    def _address(self, iri: str) -> str | None:
        link = self._links.thing(iri)
        return self._links.full(link) if link is not None else None


def _part(answer: Answer, page: Page) -> Answer:
    return answer if page.whole else Answer(answer.variables, answer.rows[page.begin : page.end])


def _json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
