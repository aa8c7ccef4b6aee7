"""Citing an answer: receipts over HTTP, as they were made and beside what is answered now."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import logging
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Any, TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from queries.rows import Answer
from server.linked.names import Names
from server.linked.questions import Questions
from server.negotiation import MediaType, negotiate
from server.pages.language import chosen_language, language_of
from server.pages.links import Links
from server.pages.rendering import Pages, prefers_html
from server.problem import Problem
from server.routing import add_resource
from server.saved.asking import Answering
from server.saved.citable import check_seen, fields, receipt_of
from server.saved.citation import Citation
from server.saved.comparing import compare, read
from server.saved.given import OWN_PARAMETERS
from server.saved.receipt_views import address_of, compared, document, page_values
from server.saved.receipts import (
    DamagedReceiptError,
    NoRoomError,
    Receipt,
    ReceiptError,
    ReceiptStore,
    tab_separated,
)
from server.saved.terms import turtle
from server.sparql.formats import CSV, HTML, JSON_LD, PLAIN_JSON, TSV, TURTLE

BIBTEX = MediaType("application/x-bibtex", "bibtex", charset=True, aliases=("bib",))
LINE = MediaType("text/plain", "text", charset=True, aliases=("txt",))
RECEIPTS = (PLAIN_JSON, HTML, JSON_LD, TURTLE, BIBTEX, LINE)
MADE = (PLAIN_JSON, JSON_LD, TURTLE, BIBTEX, LINE)
ROWS = (PLAIN_JSON, CSV, TSV)
_OPEN = {"Access-Control-Allow-Origin": "*", "Vary": "Accept, Accept-Language"}
_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


def router(answering: Answering, receipts: ReceiptStore, pages: Pages) -> APIRouter:
    """The routes: receipts are made below a question, and found by their id."""
    citing = _Citing(answering, receipts, pages)
    routes = APIRouter(tags=["receipts"])
    routes.add_api_route(
        "/queries/{name}/receipts",
        citing.make,
        methods=["POST"],
        summary="Make a receipt of an answer",
        description=citing.make.__doc__,
        response_class=Response,
    )
    add_resource(routes, "/receipts/{name}", citing.receipt, "A receipt, and the answer of now")
    add_resource(routes, "/receipts/{name}/answer", citing.rows, "The rows as they were cited")
    return routes


class _Citing:
    def __init__(self, answering: Answering, receipts: ReceiptStore, pages: Pages) -> None:
        self._answering = answering
        self._receipts = receipts
        self._pages = pages
        self._names = Names(Questions(answering.store, answering.timeout), pages.base)

    async def make(self, request: Request, name: str) -> Response:
        """Makes a receipt of the whole answer with the parameters in the address, or in a form.
        ``dataset`` and ``digest`` of the answer that was seen see to it that this one is cited
        (409 if it is another by now). The same answer has one receipt, whose first time stays.
        """
        query = self._answering.find(name)
        wanted = None if prefers_html(request) else negotiate(request, MADE)
        said = await fields(request)
        values = {key: value for key, value in said.items() if key not in OWN_PARAMETERS}
        asked = await self._answering.ask(query, values, language_of(request))
        answered = await self._answering.answer(asked)
        check_seen(said, answered)
        made = receipt_of(answered)
        kept, new = await _on_disk(lambda: self._receipts.keep(made, answered.answer))
        links = self._pages.links(request)
        if wanted is None:
            address = links.page(f"/receipts/{kept.id}")
            return RedirectResponse(address, HTTPStatus.SEE_OTHER, _OPEN)
        response = self._static(request, kept, wanted)
        response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
        response.headers["Location"] = links.api(f"/receipts/{kept.id}")
        response.headers["Cache-Control"] = "no-store"
        return response

    async def receipt(self, request: Request, name: str) -> Response:
        """What was cited, as a citation or as data; JSON and the page also have what is answered
        now, and the rows that were added or removed since.
        """
        receipt = await self._find(name)
        wanted = negotiate(request, RECEIPTS)
        if wanted not in (PLAIN_JSON, HTML):
            return _cached(request, self._static(request, receipt, wanted))
        cited = await _on_disk(lambda: self._receipts.answer(name))
        comparison = await compare(self._answering, receipt, cited)
        links = self._pages.links(request)
        citation = self._citation(request, receipt)
        if wanted is PLAIN_JSON:
            made = document(citation, links, _language(request, receipt))
            made["now"] = compared(comparison, links)
            return Response(_json(made), media_type=PLAIN_JSON.essence, headers=_fresh())
        values = await page_values(citation, comparison, links, language_of(request), self._names)
        response = self._pages.render(
            request, "receipt.html", version=self._answering.version, **values
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    async def rows(self, request: Request, name: str) -> Response:
        """The rows as they were cited: readable objects, CSV, or terms in TSV (SPARQL 1.1)."""
        receipt = await self._find(name)
        wanted = negotiate(request, ROWS)
        answer = await _on_disk(lambda: self._receipts.answer(name))
        if answer is None:
            answer = await self._asked_again(receipt)
        links = self._pages.links(request)
        content = await asyncio.to_thread(self._rows, receipt, answer, wanted, links)
        return _cached(request, Response(content, media_type=wanted.content_type, headers=_OPEN))

    async def _find(self, name: str) -> Receipt:
        receipt = await _on_disk(lambda: self._receipts.get(name))
        if receipt is None:
            raise Problem(
                HTTPStatus.NOT_FOUND,
                "Unknown receipt",
                f"There is no receipt {name!r} here. A receipt is made by POST to "
                "/queries/NAME/receipts, and its address ends in 20 hexadecimal digits.",
                headers={"Vary": "Accept"},
            )
        return receipt

    async def _asked_again(self, receipt: Receipt) -> Answer:
        """The rows of a receipt that does not keep them: the same, or a problem 410."""
        comparison = await compare(self._answering, receipt, None)
        answer = comparison.answer
        if answer is None or answer.digest != receipt.digest:
            raise Problem(
                HTTPStatus.GONE,
                "Rows not kept",
                f"These {receipt.rows} rows were too many to keep, and data set {receipt.dataset} "
                f"is not served any more. The answer of now, of data set {comparison.dataset}, is "
                f"at /queries/{receipt.question}; a copy that was saved at the time can be checked "
                "against the digest of this receipt.",
                dataset=comparison.dataset,
            )
        return answer

    def _rows(self, receipt: Receipt, answer: Answer, form: MediaType, links: Links) -> bytes:
        if form is TSV:
            return tab_separated(answer)
        if form is CSV:
            return _comma_separated(answer)
        query = self._answering.catalogue.get(receipt.question)
        rows = read(query, answer.variables, answer.rows, address_of(links))
        return _json({"receipt": links.absolute(f"/receipts/{receipt.id}"), "rows": rows})

    def _citation(self, request: Request, receipt: Receipt) -> Citation:
        address = self._pages.links(request).absolute(f"/receipts/{receipt.id}")
        return Citation(receipt, address, self._pages.base, self._pages.texts)

    def _static(self, request: Request, receipt: Receipt, form: MediaType) -> Response:
        """A receipt by itself, which never changes."""
        citation, language = self._citation(request, receipt), _language(request, receipt)
        if form is BIBTEX:
            content = citation.bibtex(language).encode()
        elif form is LINE:
            content = f"{citation.line(language)}\n".encode()
        elif form is TURTLE:
            content = turtle(citation.linked())
        elif form is JSON_LD:
            content = _json(citation.linked())
        else:
            content = _json(document(citation, self._pages.links(request), language))
        return Response(content, media_type=form.content_type, headers=_OPEN)


def _language(request: Request, receipt: Receipt) -> str:
    """The language that a reader asks for, else that of the answer."""
    asks = chosen_language(request) or request.headers.get("accept-language", "*") != "*"
    return language_of(request) if asks else receipt.language


async def _on_disk(work: Callable[[], _Result]) -> _Result:
    try:
        return await asyncio.to_thread(work)
    except NoRoomError as error:
        raise Problem(
            HTTPStatus.INSUFFICIENT_STORAGE,
            "No room for a receipt",
            f"The receipt is not made: {error}. The answer itself can be downloaded, with its "
            "digest; the operator of this service can make room.",
        ) from error
    except DamagedReceiptError as error:
        _log.error("%s", error)
        raise Problem(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "Receipt damaged",
            "The file of this receipt is damaged, so that it is not shown. The operator of this "
            "service can put it back from a copy.",
        ) from error
    except ReceiptError as error:
        _log.error("receipts: %s", error)
        raise Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "Receipts out of reach",
            "The folder of the receipts can not be used now; the log of the service says why.",
        ) from error


def _cached(request: Request, response: Response) -> Response:
    """The response with an entity tag; 304 where the client has it already."""
    tag = f'"{sha256(bytes(response.body)).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    if tag in request.headers.get("if-none-match", ""):
        return Response(
            status_code=HTTPStatus.NOT_MODIFIED,
            headers={**_OPEN, "ETag": tag, "Cache-Control": "no-cache"},
        )
    return response


def _comma_separated(answer: Answer) -> bytes:
    """SPARQL 1.1 Query Results CSV Format: values only."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(answer.variables)
    writer.writerows(
        [row[name].value if name in row else "" for name in answer.variables] for row in answer.rows
    )
    return written.getvalue().encode()


def _fresh() -> dict[str, str]:
    return {**_OPEN, "Cache-Control": "no-store"}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
