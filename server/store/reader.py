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

from server.store.bounds import Bounds
from server.store.columns import named
from server.store.frames import Decoder, Head, decode_query, encode_error
from server.store.interface import (
    AnswerTooLargeError,
    NoSuitableFormatError,
    QueryError,
    QueryFailedError,
    QueryForm,
    QueryRequest,
    StorageFailedError,
)
from server.store.position import syntax_error
from server.store.reach import only_allowed, refused
from server.store.sink import Sink
from server.store.strictness import check, lower_booleans
from server.store.tokens import Clauses, clauses
from server.store.wall import refuse_sockets

_RECEIVE = 64 * 1024
_PAGE = resource.getpagesize()
_UNWRITABLE = "does not support"  # what a format has no form for, as the engine says it

Result = QuerySolutions | QueryBoolean | QueryTriples
Format = TypeVar("Format", RdfFormat, QueryResultsFormat)


def serve(store: Store, channel: socket.socket, bounds: Bounds) -> None:
    """Answer queries until the web process closes its end."""
    decoder = Decoder()
    while data := channel.recv(_RECEIVE):
        for _, payload in decoder.feed(data):
            try:
                answer(store, decode_query(payload), channel, bounds)
            except QueryError as error:
                channel.sendall(encode_error(error))


def answer(store: Store, request: QueryRequest, channel: socket.socket, bounds: Bounds) -> None:
    """Evaluate one query and write its answer; :class:`QueryError` where there is none."""
    found = clauses(request.text)
    if found.service and not only_allowed(request.text, "service", bounds.endpoints):
        _refuse_service(request, bounds)
    result = evaluate(store, request, found)
    form = form_of(result)
    accepted = {
        QueryForm.SELECT: request.select,
        QueryForm.ASK: request.ask,
        QueryForm.GRAPH: request.graph,
    }[form]
    if not accepted:
        raise NoSuitableFormatError(form)
    sink = Sink(channel, Head(form, accepted[0], None, request.coding), bounds)
    try:
        _serialize(result, sink, accepted[0])
    except (AnswerTooLargeError, ConnectionError):
        raise
    except (OSError, RuntimeError, ValueError) as error:
        raise _failure(error, found) from error
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
        raise _failure(error, found) from error


def _failure(error: Exception, found: Clauses) -> QueryError:
    """Whose fault it is: the store's, or that of the query and what it asks of other servers."""
    if isinstance(error, OSError) and _UNWRITABLE in str(error):
        return QueryFailedError(f"{error}; another format does")
    if isinstance(error, OSError) and not found.service:
        return StorageFailedError(str(error))
    return QueryFailedError(str(error))


def form_of(result: Result) -> QueryForm:
    """The query form that leads to such a result."""
    if isinstance(result, QuerySolutions):
        return QueryForm.SELECT
    if isinstance(result, QueryBoolean):
        return QueryForm.ASK
    return QueryForm.GRAPH


def fence(bounds: Bounds) -> None:
    """Bound this process for good: memory beyond what it has now, and no sockets.

    Without sockets SERVICE reaches nothing; they are left where the operator allows endpoints.
    Files it may open: the engine opens those of a larger store when it needs them. Where sockets
    can not be refused alone, it opens neither.
    """
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE
    _limit(resource.RLIMIT_AS, mapped + bounds.memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    if not bounds.endpoints and not refuse_sockets():
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


def _refuse_service(request: QueryRequest, bounds: Bounds) -> None:
    """Refuse; a text that is illegal anyway is told so, if trying it reaches nothing."""
    if bounds.endpoints:
        raise refused("SERVICE", bounds.endpoints)
    evaluate_error: QueryError | None = None
    try:
        evaluate(Store(), request, Clauses(dataset=True, service=True))
    except QueryFailedError:
        pass
    except QueryError as error:
        evaluate_error = error
    raise evaluate_error or refused("SERVICE", bounds.endpoints)


def _fault(text: str, base_iri: str | None) -> str | None:
    try:
        Store().query(text, base_iri=base_iri)
    except SyntaxError as error:
        return str(error)
    except (OSError, RuntimeError, ValueError):
        return None
    return None
