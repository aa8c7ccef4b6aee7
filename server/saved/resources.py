"""The routes of the saved questions."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus

from fastapi import APIRouter
from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from queries.catalogue import Catalogue, SavedQuery
from queries.definition import definition
from queries.parameters import Parameter, ParameterType, shown
from queries.search import Index
from server.linked.names import Names
from server.linked.questions import Questions
from server.negotiation import MediaType, negotiate
from server.pages.facts import Facts
from server.pages.forms import question
from server.pages.language import language_of
from server.pages.rendering import Pages
from server.problem import Problem
from server.routing import add_resource
from server.saved.asking import Answered, Answering, Asked
from server.saved.explaining import explain
from server.saved.given import given
from server.saved.listing import FAMILY, WORDS, chosen, listing
from server.saved.page import AnswerPages
from server.saved.paging import USUAL, Page, is_paged, page
from server.saved.representations import (
    ANSWERS,
    SPARQL_QUERY,
    STREAMED,
    Writer,
)
from server.sparql.answers import respond
from server.sparql.formats import HTML, JSON_LD, PLAIN_JSON, TURTLE
from server.store.interface import QueryRequest

LIST_OFFERS = (PLAIN_JSON, HTML)
DEFINITION_OFFERS = (TURTLE, JSON_LD)
_PAGED_BY_ITSELF = (PLAIN_JSON, HTML)

# Any site may ask: the data are public and no cookie matters here.
_OPEN = {"Access-Control-Allow-Origin": "*", "Vary": "Accept, Accept-Language"}
_RDFLIB = {TURTLE: "turtle", JSON_LD: "json-ld"}


def router(answering: Answering, facts: Facts, pages: Pages) -> APIRouter:
    """The routes of the questions that ``answering`` can ask."""
    resources = _Resources(answering, facts, pages)
    routes = APIRouter(tags=["saved questions"])
    for path, endpoint, summary in (
        ("/queries", resources.listed, "The saved questions"),
        ("/queries/{name}", resources.answer, "The answer to a saved question"),
        ("/queries/{name}/definition", resources.definition, "The contract of a saved question"),
        ("/queries/{name}/parameters/{parameter}", resources.choices, "What may be given"),
    ):
        add_resource(routes, path, endpoint, summary)
    return routes


class _Resources:
    def __init__(self, answering: Answering, facts: Facts, pages: Pages) -> None:
        self._answering = answering
        self._facts = facts
        self._pages = pages
        self._index = Index(answering.catalogue)
        self._answers = AnswerPages(answering, facts, pages)
        self._names = Names(Questions(answering.store, answering.timeout), pages.base)

    @property
    def _catalogue(self) -> Catalogue:
        return self._answering.catalogue

    async def listed(self, request: Request) -> Response:
        """Names, titles, parameters and columns in Dutch and English: JSON, or a page. ``q`` finds
        by words, ``family``, ``keyword`` and ``type`` (of a parameter) filter.
        """
        links = self._pages.links(request)
        wanted = negotiate(request, LIST_OFFERS)
        queries = chosen(self._catalogue, self._index, request)
        if wanted is not HTML:
            return JSONResponse(listing(queries, self._catalogue, links), headers=_OPEN)
        language = language_of(request)
        asked = {name: request.query_params.get(name, "") for name in (WORDS, FAMILY)}
        groups = {
            family: [
                await question(one, self._facts, language)
                for one in queries
                if one.family == family
            ]
            for family in dict.fromkeys(query.family for query in queries)
        }
        return self._pages.render(
            request,
            "questions.html",
            groups=[
                (
                    family.name,
                    family.title.in_language(language),
                    family.description.in_language(language),
                    questions,
                )
                for family, questions in groups.items()
            ],
            families=[
                (family.name, family.title.in_language(language))
                for family in self._catalogue.families
            ],
            asked=asked,
            total=len(queries),
            version=self._facts.version,
        )

    async def answer(self, request: Request, name: str) -> Response:
        """Runs the question with the parameters in the address; one left out keeps the default of
        its file, an empty one lifts its restriction.
        """
        query = self._answering.find(name)
        wanted = negotiate(request, ANSWERS)
        values = given(request)
        language = language_of(request)
        example = wanted is HTML and bool(query.missing(values))
        if example:
            values = _examples(query) | values
        asked = await self._answering.ask(query, values, language)
        if wanted is SPARQL_QUERY:
            return Response(asked.text, media_type=wanted.content_type, headers=_OPEN)
        if wanted in STREAMED and not is_paged(request):
            return await self._streamed(request, asked, wanted)
        answered = await self._answering.answer(asked)
        part = page(request, answered, USUAL if wanted in _PAGED_BY_ITSELF else None)
        if wanted in STREAMED:
            cut = f"{asked.text}LIMIT {part.end - part.begin} OFFSET {part.begin}"
            return await self._streamed(request, asked, wanted, cut, self._turns(request, part))
        return await self._written(request, wanted, answered, part, example)

    async def definition(self, request: Request, name: str) -> Response:
        """The contract of a question with its SPARQL text: SHACL and the SPARQL-examples
        vocabulary, in Turtle or JSON-LD.
        """
        query = self._answering.find(name)
        wanted = negotiate(request, DEFINITION_OFFERS)
        target = self._pages.links(request).absolute("/sparql")
        graph = definition(query, target)
        content = graph.serialize(format=_RDFLIB[wanted], encoding="utf-8")
        return Response(content, media_type=wanted.content_type, headers=_OPEN)

    async def choices(self, request: Request, name: str, parameter: str) -> Response:
        """What may be given for a parameter: values and what they are called."""
        query = self._answering.find(name)
        found = {one.name: one for one in query.parameters}.get(parameter)
        if found is None:
            raise Problem(
                HTTPStatus.NOT_FOUND,
                "Unknown parameter",
                f"{name} has these parameters: {', '.join(query.parameter_names)}.",
                available=list(query.parameter_names),
            )
        listed = await self._choices(query, found, language_of(request))
        made = {"parameter": found.name, "type": found.kind, "choices": listed}
        return JSONResponse(made, headers=_OPEN)

    async def _choices(
        self, query: SavedQuery, parameter: Parameter, language: str
    ) -> list[dict[str, str]]:
        if parameter.allowed:
            return [{"value": value, "label": value} for value in parameter.allowed]
        if parameter.choices is None:
            return []
        return [
            {"value": parameter.brief(one.value, query.base), "label": one.label}
            for one in await self._facts.choices(parameter.choices, language)
        ]

    async def _streamed(
        self,
        request: Request,
        asked: Asked,
        form: MediaType,
        text: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        tag = _tag(self._answering.version, text or asked.text, form)
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={**_OPEN, "ETag": tag})
        return await respond(
            request,
            self._answering.store,
            QueryRequest(text or asked.text, timeout=self._answering.timeout),
            headers={**_OPEN, **(headers or {}), "ETag": tag, "Cache-Control": "no-cache"},
            form=form,
        )

    async def _written(
        self, request: Request, form: MediaType, answered: Answered, part: Page, example: bool
    ) -> Response:
        language = language_of(request) if form is HTML else answered.asked.language
        tag = _tag(answered.version, f"{answered.asked.text}{part}{request.url}{language}", form)
        if form is not HTML and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={**_OPEN, "ETag": tag})
        why = [] if part.total else await explain(self._answering, answered.asked)
        writer = Writer(
            self._pages.texts,
            self._pages.links(request),
            language,
            await self._called(answered.asked, language),
        )
        if form is HTML:
            return await self._answers.render(request, answered, part, writer, why, example)
        headers = {**_OPEN, "ETag": tag, "Cache-Control": "no-cache"}
        headers |= self._turns(request, part)
        if form not in (PLAIN_JSON, JSON_LD):
            name = f"{answered.asked.query.name}.{form.name}"
            headers["Content-Disposition"] = f'attachment; filename="{name}"'
        content = await asyncio.to_thread(writer.write, form, answered, part, why)
        return Response(content, media_type=form.content_type, headers=headers)

    async def _called(self, asked: Asked, language: str) -> dict[str, str]:
        """What the entities given as parameters are called, by their short form."""
        things = {
            asked.values[parameter.name]: term.value
            for parameter in asked.query.parameters
            if parameter.type is ParameterType.ENTITY
            and isinstance(term := asked.terms[parameter.name], NamedNode)
        }
        if not things:
            return {}
        naming = await self._names.of(things.values(), language)
        return {short: naming[iri].value for short, iri in things.items()}

    def _turns(self, request: Request, part: Page) -> dict[str, str]:
        """The Link header of a page (RFC 8288)."""
        links = self._pages.links(request)
        turns = {"prev": part.previous, "next": part.next}
        values = [
            f'<{links.turned(cursor)}>; rel="{name}"' for name, cursor in turns.items() if cursor
        ]
        return {"Link": ", ".join(values)} if values else {}


def _examples(query: SavedQuery) -> dict[str, str]:
    return {
        parameter.name: shown(parameter.default, query.base)
        for parameter in query.parameters
        if parameter.required
    }


def _tag(version: str, text: str, form: MediaType) -> str:
    """A strong entity tag (RFC 9110, section 8.8.3): the same data and question, the same bytes."""
    return f'"{sha256(f"{version} {form.essence} {text}".encode()).hexdigest()[:32]}"'
