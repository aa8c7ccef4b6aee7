"""A store's answer as an HTTP response: streamed, given up when the client goes, never faked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from server.negotiation import MediaType, Wanted, coding, wanted
from server.sparql.formats import OFFERS, PLAIN_JSON
from server.sparql.problems import problem_for
from server.store.compression import CODINGS
from server.store.interface import (
    RESULTS_JSON,
    Answer,
    AnswerInterruptedError,
    QueryError,
    QueryForm,
    QueryRequest,
    Store,
)

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
_CODINGS = tuple(CODINGS)
_USUAL = 500  # characters of an Accept header that is worth remembering
_QUICK_S = 0.05  # most answers come within it, and need no watch on the client


class AnswerResponse(StreamingResponse):
    """Sends an answer as it comes.

    Of an answer that breaks off the end is never sent, so that the server cuts the connection: the
    client must not take the part for the whole.
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
        except AnswerInterruptedError as error:
            # Returning amid an answer has the server cut the connection.
            _log.warning("an answer was cut: %s", error)
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
    form: MediaType | None = None,
) -> AnswerResponse:
    """Run a query for a request and answer in the format its client prefers, or in ``form``.

    The format lists of ``query`` are replaced by what the request accepts. A query without an
    answer is a :class:`~server.problem.Problem`; a client that has left, ``ClientDisconnect``.
    """
    if form is None:
        answer, content_type = await ask(request, store, query)
    else:
        answer = await _answer(request, store, replace(query, select=(form.essence,)))
        content_type = form.content_type
    more = dict(headers or {})
    vary = f"{more.pop('Vary', 'Accept')}, Accept-Encoding"
    return AnswerResponse(answer, content_type, {"Vary": vary, **more})


async def ask(request: Request, store: Store, query: QueryRequest) -> tuple[Answer, str]:
    """The answer of :func:`respond` with the Content-Type it is sent as."""
    want = wanted(request)
    offered = _offered(want) if len(want.accept or "") <= _USUAL else _offered.__wrapped__(want)
    asked = replace(
        query,
        select=offered.asked[QueryForm.SELECT],
        ask=offered.asked[QueryForm.ASK],
        graph=offered.asked[QueryForm.GRAPH],
    )
    answer = await _answer(request, store, asked)
    return answer, offered.content_types[answer.form]


async def _answer(request: Request, store: Store, query: QueryRequest) -> Answer:
    """The answer in the best content coding; no more work when the client leaves."""
    asked = replace(query, coding=coding(request, _CODINGS))
    try:
        return await unless_gone(request.receive, store.query(asked))
    except QueryError as error:
        raise problem_for(error, query.text) from error


async def unless_gone(receive: Receive, work: Coroutine[None, None, _Result]) -> _Result:
    """The result of the work; ``ClientDisconnect`` and no more work when the client leaves."""
    task = asyncio.current_task()
    assert task is not None
    watch = _Watch(receive, task)
    try:
        return await work
    except asyncio.CancelledError:
        if watch.gone and task.uncancel() == 0:
            raise ClientDisconnect from None
        raise
    finally:
        watch.end()


class _Watch:
    """Cancels a task when the client leaves; begins to look when the task takes long."""

    def __init__(self, receive: Receive, task: asyncio.Task[Any]) -> None:
        self.gone = False
        self._receive = receive
        self._worker = task
        self._watcher: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_QUICK_S, self._begin)

    def end(self) -> None:
        """Look no more."""
        self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()

    def _begin(self) -> None:
        self._watcher = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        self._worker.cancel()


@dataclass(frozen=True, slots=True)
class _Offered:
    """The formats acceptable per query form: as the store knows them, and what they are sent as."""

    asked: dict[QueryForm, tuple[str, ...]]
    content_types: dict[QueryForm, str]


@lru_cache(maxsize=1024)
def _offered(want: Wanted) -> _Offered:
    found = {form: want.among(offers) for form, offers in OFFERS.items()}
    return _Offered(
        {form: _written(formats) for form, formats in found.items()},
        {form: formats[0].content_type for form, formats in found.items() if formats},
    )


def _written(formats: Sequence[MediaType]) -> tuple[str, ...]:
    """The media types as the store knows them."""
    return tuple(RESULTS_JSON if item is PLAIN_JSON else item.essence for item in formats)
