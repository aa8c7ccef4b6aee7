"""What a triple of the data rests on: ``/evidence?s=&p=&o=``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Any, TypeVar

from fastapi import APIRouter
from pyoxigraph import BlankNode, NamedNode
from starlette.requests import Request
from starlette.responses import Response

from server.linked.names import Names
from server.linked.questions import Questions
from server.negotiation import FORMAT_PARAMETER, MediaType, negotiate
from server.pages.language import language_of
from server.pages.links import Links
from server.pages.rendering import Pages
from server.problem import Problem
from server.routing import add_resource
from server.saved.asking import Answering
from server.saved.evidence_views import EvidenceWriter, query_of, things_of
from server.saved.grounds import Ground, Grounds
from server.saved.receipt_views import address_of
from server.saved.terms import turtle
from server.saved.triples import Triple, property_of, resource, wanted, written
from server.sparql.formats import HTML, JSON_LD, PLAIN_JSON, TURTLE

PATH = "/evidence"
OFFERS = (PLAIN_JSON, HTML, JSON_LD, TURTLE)
EXAMPLE = {"s": "actor/dutch-government", "p": "def:funds", "o": "actor/unhcr"}
READINGS = 5  # literals that read the same and are all shown
_OPEN = {"Access-Control-Allow-Origin": "*", "Vary": "Accept, Accept-Language"}
_NAMES = {"s": "subject", "p": "property", "o": "object"}
_Read = TypeVar("_Read")


def router(answering: Answering, pages: Pages) -> APIRouter:
    """The route."""
    routes = APIRouter(tags=["evidence"])
    add_resource(routes, PATH, _Evidence(answering, pages).evidence, "What a triple rests on")
    return routes


class _Evidence:
    def __init__(self, answering: Answering, pages: Pages) -> None:
        self._answering = answering
        self._pages = pages
        self._grounds = Grounds(answering, pages.base)
        self._names = Names(Questions(answering.store, answering.timeout), pages.base)

    async def evidence(self, request: Request) -> Response:
        """Whether the triple is in the data, said or inferred, in which graphs, and the statements
        and passages that it rests on. ``s``, ``p`` and ``o`` are IRIs, paths (``actor/unhcr``) or
        compact names (``def:funds``); ``o`` may be a literal, in N-Triples syntax or as a text.
        """
        form = negotiate(request, OFFERS)
        language = language_of(request)
        triples = await self._triples(request)
        links = self._pages.links(request)
        tag = _tag(self._answering.version, form, language, str(request.url))
        headers = {**_OPEN, "ETag": tag, "Cache-Control": "no-cache"}
        if form is not HTML and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        version = self._answering.version
        grounds = [await self._grounds.of(triple) for triple in triples[:READINGS]]
        writer = await self._writer(grounds, links, language, page=form is HTML)
        if form is HTML:
            return self._page(request, grounds, writer, links, version)
        if form is PLAIN_JSON:
            made: dict[str, Any] = {
                **writer.document(grounds[0]),
                "otherReadings": [writer.document(ground) for ground in grounds[1:]],
                "dataset": version,
            }
            return Response(_json(made), media_type=form.essence, headers=headers)
        linked = writer.linked(grounds, lambda asked: links.api(PATH, asked))
        content = turtle(linked) if form is TURTLE else _json(linked)
        return Response(content, media_type=form.content_type, headers=headers)

    async def _triples(self, request: Request) -> list[Triple]:
        """The triples asked for; a :class:`Problem` where none is in the data."""
        base = self._pages.base
        subject = _read(request, "s", lambda text: resource(text, base))
        predicate = _read(request, "p", lambda text: property_of(text, base))
        sought = _read(request, "o", lambda text: wanted(text, base))
        found = await self._grounds.find(subject, predicate, sought)
        if not found:
            raise await self._absent(subject, predicate, request.query_params["o"])
        return found

    async def _absent(self, subject: NamedNode, predicate: NamedNode, given: str) -> Problem:
        """The 404 that says what is known instead."""
        base = self._pages.base
        s, p = written(subject, base), written(predicate, base)
        others = await self._grounds.others(subject, predicate)
        known = [written(term, base) for term in others if not isinstance(term, BlankNode)]
        more: dict[str, Any] = {"known": known}
        if known:
            told = f"It has this for {s} {p}: {'; '.join(map(_cut, known))}."
        else:
            has = [written(one, base) for one in await self._grounds.properties(subject)]
            more["properties"] = has
            told = (
                f"It has nothing for {s} {p}; of {s} it has {', '.join(has)}."
                if has
                else f"It has nothing of {s}: is that its path or IRI?"
            )
        return Problem(
            HTTPStatus.NOT_FOUND,
            "Triple not in the data",
            f"The data do not have {s} {p} {_cut(given)}. {told}",
            headers={"Vary": "Accept"},
            **more,
        )

    async def _writer(
        self, grounds: list[Ground], links: Links, language: str, *, page: bool
    ) -> EvidenceWriter:
        iris = [iri for ground in grounds for one in ground.all() for iri in one.statements]
        rows = await self._grounds.statements(iris) if iris else []
        naming = await self._names.of(things_of(grounds, rows, self._pages.base), language)
        address = links.thing if page else address_of(links)
        texts, base = self._pages.texts, self._pages.base
        return EvidenceWriter(rows, naming, address, texts, language, base)

    def _page(
        self,
        request: Request,
        grounds: list[Ground],
        writer: EvidenceWriter,
        links: Links,
        version: str,
    ) -> Response:
        base = self._pages.base
        asked = query_of(grounds[0].triple, base)
        return self._pages.render(
            request,
            "evidence.html",
            found=[writer.document(ground) for ground in grounds],
            asked=asked,
            form=links.result(PATH, {}),
            here=lambda triple: links.page(PATH, _asking(triple, base)),
            downloads=[
                (offer.name, links.result(PATH, {**asked, FORMAT_PARAMETER: offer.name}))
                for offer in (PLAIN_JSON, JSON_LD, TURTLE)
            ],
            version=version,
        )


def _asking(triple: Mapping[str, Mapping[str, str]], base: str) -> dict[str, str]:
    """The parameters that ask for a triple of a document."""
    parts = (triple["subject"], triple["property"], triple["object"])
    return {
        name: written(NamedNode(part["id"]), base) if "id" in part else part["value"]
        for name, part in zip("spo", parts, strict=True)
    }


def _read(request: Request, name: str, read: Callable[[str], _Read]) -> _Read:
    """A parameter; :class:`Problem` 400, with an example, where it is missing or malformed."""
    given = request.query_params.getlist(name)
    try:
        if len(given) != 1 or not given[0].strip():
            raise ValueError("give it once" if len(given) > 1 else "it is missing")
        return read(given[0])
    except ValueError as error:
        example = "&".join(f"{key}={value}" for key, value in EXAMPLE.items())
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "Bad parameter",
            f"Parameter {name!r}, the {_NAMES[name]} of the triple: {error}. For example "
            f"{PATH}?{example}.",
            parameter=name,
            example=f"{PATH}?{example}",
        ) from error


def _cut(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:200]}…"


def _tag(version: str, form: MediaType, language: str, address: str) -> str:
    digest = sha256(f"{version} {form.essence} {language} {address}".encode()).hexdigest()
    return f'"{digest[:32]}"'


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
