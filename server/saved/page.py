"""The page of a question: its form, its answer with the proof, and how to use it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from queries.catalogue import SavedQuery
from queries.parameters import shown
from queries.readable import shown as shown_columns
from queries.text import LANGUAGE
from server.negotiation import FORMAT_PARAMETER
from server.pages.facts import Facts
from server.pages.forms import question
from server.pages.language import language_of
from server.pages.links import SAVED_PARAMETER, Links
from server.pages.rendering import Pages
from server.saved.asking import Answered, Answering, Asked
from server.saved.explaining import Explanation
from server.saved.paging import CURSOR_PARAMETER, LIMIT_PARAMETER, Page
from server.saved.recipes import Recipes
from server.saved.representations import DOWNLOADS, SPARQL_QUERY, Writer
from server.saved.table import Tables, passages_in


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no answer, with an address that has one, or values to try instead."""

    text: str
    link: str | None
    nearest: tuple[tuple[str, str], ...]


class AnswerPages:
    """Renders questions with their answers."""

    def __init__(self, answering: Answering, facts: Facts, pages: Pages) -> None:
        self._answering = answering
        self._facts = facts
        self._pages = pages
        self._recipes = Recipes()

    async def render(
        self,
        request: Request,
        answered: Answered,
        page: Page,
        writer: Writer,
        why: Sequence[Explanation],
        example: bool,
    ) -> Response:
        """The page of an answer; ``example`` where its values are those of the file, for want of
        one that is required.
        """
        asked, query = answered.asked, answered.asked.query
        language = language_of(request)
        links = self._pages.links(request)
        form = await question(query, self._facts, language, asked.terms)
        rows = answered.answer.rows[page.begin : page.end]
        table = Tables(query, self._pages.texts, links, language).table(
            rows, passages_in(query, answered.answer.rows[: page.begin])
        )
        values = _short(asked)
        return self._pages.render(
            request,
            "answer.html",
            question=form,
            family=query.family.title.in_language(language),
            example=example,
            table=table,
            page=page,
            turns=self._turns(query, links, values, page),
            reasons=[self._reason(one, writer, query, links) for one in why],
            downloads=_downloads(query, links, values),
            editor=links.page("/sparql", {SAVED_PARAMETER: query.name, **values}),
            receipts=links.page(f"/queries/{query.name}/receipts", values),
            digest=answered.answer.digest,
            recipes=self._recipes.of(
                query.name, _address(query, links, values, "csv"), tuple(values.items())
            ),
            columns=[
                (
                    column.label.in_language(language),
                    column.description.in_language(language) if column.description else "",
                )
                for column in shown_columns(query)
            ],
            query=query,
            sparql=asked.text,
            definition=links.result(f"/queries/{query.name}/definition", {}),
            version=answered.version,
        )

    def _turns(
        self, query: SavedQuery, links: Links, values: dict[str, str], page: Page
    ) -> list[tuple[str, str]]:
        """The pages before and after this one: the key of what each is called, and its address."""
        limit = {LIMIT_PARAMETER: str(page.limit)} if page.limit else {}
        return [
            (
                key,
                links.page(f"/queries/{query.name}", {**values, **limit, CURSOR_PARAMETER: cursor}),
            )
            for key, cursor in (("previous-page", page.previous), ("next-page", page.next))
            if cursor is not None
        ]

    def _reason(self, one: Explanation, writer: Writer, query: SavedQuery, links: Links) -> Reason:
        path = f"/queries/{query.name}"
        relaxed = links.page(path, one.relaxed) if one.relaxed is not None else None
        name = one.parameter.name if one.parameter is not None else ""
        return Reason(
            text=writer.explained(one),
            link=relaxed,
            nearest=tuple((near, links.page(path, {name: near})) for near in one.nearest),
        )


def _short(asked: Asked) -> dict[str, str]:
    """The values that differ from what the file has, and those that lift a restriction."""
    return {
        name: shown(term, asked.query.base)
        for parameter in asked.query.parameters
        for name, term in ((parameter.name, asked.terms[parameter.name]),)
        if name == LANGUAGE or parameter.required or term != parameter.default
    }


def _downloads(query: SavedQuery, links: Links, values: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (
            offer.name.upper(),
            links.result(f"/queries/{query.name}", {**values, **_named(offer.name)}),
        )
        for offer in (*DOWNLOADS, SPARQL_QUERY)
    ]


def _address(query: SavedQuery, links: Links, values: dict[str, str], name: str) -> str:
    return links.api(f"/queries/{query.name}", {**values, **_named(name)})


def _named(name: str) -> dict[str, str]:
    return {FORMAT_PARAMETER: name}
