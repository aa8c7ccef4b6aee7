"""A reader process: takes queries from a socket one by one and writes the answers back.

It evaluates and serialises on its one thread (results are bound to the thread that made them) and
is killed from outside when it takes too long. What it may use is fenced before the first query.
"""

from __future__ import annotations

import resource
import socket
from pathlib import Path
from typing import IO, TypeVar, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from server.store.columns import named
from server.store.compression import CODINGS, SMALLEST, Compressor
from server.store.frames import Decoder, Head, Kind, decode_query, encode, encode_error, encode_head
from server.store.interface import (
    NoSuitableFormatError,
    QueryError,
    QueryFailedError,
    QueryForm,
    QueryRefusedError,
    QueryRequest,
)
from server.store.position import syntax_error
from server.store.strictness import check, lower_booleans
from server.store.tokens import Clauses, clauses
from server.store.wall import refuse_sockets

FIRST_FRAME = 32 * 1024  # an answer up to here is sent whole, with its length
NEXT_FRAMES = 128 * 1024
_RECEIVE = 64 * 1024
_PAGE = resource.getpagesize()

Result = QuerySolutions | QueryBoolean | QueryTriples
Format = TypeVar("Format", RdfFormat, QueryResultsFormat)


class Sink:
    """Where the engine writes to: gathers bytes and sends them as frames behind a head.

    What is worth it is packed in ``coding``, a content coding.
    """

    def __init__(
        self, channel: socket.socket, form: QueryForm, media_type: str, coding: str = ""
    ) -> None:
        self._channel = channel
        self._form = form
        self._media_type = media_type
        self._coding = coding
        self._packing: Compressor | None = None
        self._buffer = bytearray()
        self._limit = FIRST_FRAME
        self.started = False

    def write(self, data: bytes) -> int:
        """Take bytes of the answer; blocks while the web process does not read."""
        self._buffer += data
        if len(self._buffer) > self._limit:
            if not self.started and self._coding:
                self._packing = CODINGS[self._coding]()
            self._send(self._head(None), self._packed())
        return len(data)

    def flush(self) -> None:
        """Nothing: frames are sent when they are full."""

    def finish(self) -> None:
        """Send what is left and the end."""
        if not self.started and self._coding and len(self._buffer) >= SMALLEST:
            self._packing = CODINGS[self._coding]()
        content = self._packed()
        if self._packing is not None:
            content += self._packing.finish()
        self._send(self._head(len(content)), content, encode(Kind.END))

    def _packed(self) -> bytes:
        """What is gathered, as it is sent."""
        content = bytes(self._buffer)
        self._buffer.clear()
        return content if self._packing is None else self._packing.compress(content)

    def _head(self, length: int | None) -> bytes:
        """The head where it was not sent yet."""
        if self.started:
            return b""
        coding = "" if self._packing is None else self._coding
        return encode_head(Head(self._form, self._media_type, length, coding))

    def _send(self, head: bytes, content: bytes, end: bytes = b"") -> None:
        self.started = True
        self._limit = NEXT_FRAMES
        self._channel.sendall(head + encode(Kind.DATA, content) + end)


def serve(store: Store, channel: socket.socket) -> None:
    """Answer queries until the web process closes its end."""
    decoder = Decoder()
    while data := channel.recv(_RECEIVE):
        for _, payload in decoder.feed(data):
            try:
                answer(store, decode_query(payload), channel)
            except QueryError as error:
                channel.sendall(encode_error(error))


def answer(store: Store, request: QueryRequest, channel: socket.socket) -> None:
    """Evaluate one query and write its answer; :class:`QueryError` where there is none."""
    found = clauses(request.text)
    if found.service:
        _refuse_service(request)
    result = evaluate(store, request, found)
    form = form_of(result)
    accepted = {
        QueryForm.SELECT: request.select,
        QueryForm.ASK: request.ask,
        QueryForm.GRAPH: request.graph,
    }[form]
    if not accepted:
        raise NoSuitableFormatError(form)
    sink = Sink(channel, form, accepted[0], request.coding)
    try:
        _serialize(result, sink, accepted[0])
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryFailedError(str(error)) from error
    sink.finish()


def evaluate(store: Store, request: QueryRequest, found: Clauses) -> Result:
    """The engine's result for a query over its dataset (SPARQL 1.1 Protocol, section 2.1.4)."""
    given = bool(request.default_graphs or request.named_graphs)

    def ask(text: str) -> Result:
        return store.query(
            text,
            base_iri=request.base_iri,
            use_default_graph_as_union=request.union and not given and not found.dataset,
            default_graph=list(request.default_graphs) if given else None,
            named_graphs=list(request.named_graphs) if given else None,
        )

    text = lower_booleans(request.text)
    check(text)
    try:
        result = ask(text)
        if isinstance(result, QuerySolutions):
            ordered = named(text, {variable.value for variable in result.variables})
            return result if ordered is None else ask(ordered)
        return result
    except SyntaxError as error:
        raise syntax_error(
            request.text, str(error), lambda text: _fault(text, request.base_iri)
        ) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryFailedError(str(error)) from error


def form_of(result: Result) -> QueryForm:
    """The query form that leads to such a result."""
    if isinstance(result, QuerySolutions):
        return QueryForm.SELECT
    if isinstance(result, QueryBoolean):
        return QueryForm.ASK
    return QueryForm.GRAPH


def fence(memory_bytes: int) -> None:
    """Bound this process for good: memory beyond what it has now, and no sockets.

    Without sockets SERVICE and LOAD reach nothing. Files it may open: the engine opens those of a
    larger store when it needs them. Where sockets can not be refused alone, it opens neither.
    """
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE
    _limit(resource.RLIMIT_AS, mapped + memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    if not refuse_sockets():
        _limit(resource.RLIMIT_NOFILE, 0)


def _limit(which: int, value: int) -> None:
    resource.setrlimit(which, (value, value))


def _serialize(result: Result, sink: Sink, media_type: str) -> None:
    out = cast(IO[bytes], sink)  # the engine asks of it to write, nothing else
    if isinstance(result, QueryTriples):
        result.serialize(out, format=_known(RdfFormat.from_media_type(media_type), media_type))
    else:
        results = QueryResultsFormat.from_media_type(media_type)
        result.serialize(out, format=_known(results, media_type))


def _known(found: Format | None, media_type: str) -> Format:
    if found is None:
        raise ValueError(f"the engine writes no {media_type}")
    return found


def _refuse_service(request: QueryRequest) -> None:
    """Refuse, unless the text is illegal anyway, which is then the better thing to say."""
    evaluate_error: QueryError | None = None
    try:
        evaluate(Store(), request, Clauses(dataset=True, service=True))
    except QueryFailedError:
        pass
    except QueryError as error:
        evaluate_error = error
    raise evaluate_error or QueryRefusedError(
        "this service does not query others: SERVICE is refused"
    )


def _fault(text: str, base_iri: str | None) -> str | None:
    try:
        Store().query(text, base_iri=base_iri)
    except SyntaxError as error:
        return str(error)
    except (OSError, RuntimeError, ValueError):
        return None
    return None
