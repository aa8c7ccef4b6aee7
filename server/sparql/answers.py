"""A store's answer as an HTTP response: streamed, given up when the client goes, never faked."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from server.negotiation import MediaType, acceptable, coding
from server.sparql.formats import OFFERS, PLAIN_JSON
from server.sparql.problems import problem_for
from server.store.compression import CODINGS
from server.store.interface import RESULTS_JSON, Answer, QueryError, QueryForm, QueryRequest, Store

_Result = TypeVar("_Result")
_QUICK_S = 0.05  # most answers come within it, and need no watch on the client


class AnswerResponse(StreamingResponse):
    """Sends an answer as it comes.

    An answer that breaks off raises :class:`AnswerInterruptedError` out of the application; then
    the server cuts the connection: the client must not take the part for the whole.
    """

    def __init__(self, answer: Answer, content_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(answer.body, headers=headers)
        self.headers["Content-Type"] = content_type
        if answer.length is not None:
            self.headers["Content-Length"] = str(answer.length)
        if answer.coding:
            self.headers["Content-Encoding"] = answer.coding
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head and, but for HEAD, the bytes."""
        try:
            if scope["method"] == "HEAD":
                await self._send_start(send)
                await send({"type": "http.response.body", "body": b""})
            elif self.answer.length is not None:
                await self._send_start(send)
                await send({"type": "http.response.body", "body": await self.answer.read()})
            else:
                await unless_gone(receive, self.stream_response(send))
        except ClientDisconnect:
            return
        finally:
            await self.answer.body.aclose()

    async def _send_start(self, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )


async def respond(
    request: Request,
    store: Store,
    query: QueryRequest,
    headers: Mapping[str, str] | None = None,
) -> AnswerResponse:
    """Run a query for a request and answer in the format its client prefers.

    The format lists of ``query`` are replaced by what the request accepts. A query without an
    answer is a :class:`~server.problem.Problem`; a client that has left, ``ClientDisconnect``.
    """
    offered = {form: acceptable(request, offers) for form, offers in OFFERS.items()}
    asked = replace(
        query,
        select=_written(offered[QueryForm.SELECT]),
        ask=_written(offered[QueryForm.ASK]),
        graph=_written(offered[QueryForm.GRAPH]),
        coding=coding(request, tuple(CODINGS)),
    )
    try:
        answer = await unless_gone(request.receive, store.query(asked))
    except QueryError as error:
        raise problem_for(error, query.text) from error
    content_type = offered[answer.form][0].content_type
    more = dict(headers or {})
    vary = f"{more.pop('Vary', 'Accept')}, Accept-Encoding"
    return AnswerResponse(answer, content_type, {"Vary": vary, **more})


async def unless_gone(receive: Receive, work: Coroutine[None, None, _Result]) -> _Result:
    """The result of the work; ``ClientDisconnect`` and no more work when the client leaves."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=_QUICK_S)
        if not task.done():
            await _race(task, receive)
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
    if task.cancelled():
        raise ClientDisconnect
    return task.result()


async def _race(task: asyncio.Future[_Result], receive: Receive) -> None:
    gone = asyncio.ensure_future(_departure(receive))
    either: set[asyncio.Future[Any]] = {task, gone}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()


async def _departure(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _written(formats: Sequence[MediaType]) -> tuple[str, ...]:
    """The media types as the store knows them."""
    return tuple(RESULTS_JSON if item is PLAIN_JSON else item.essence for item in formats)
