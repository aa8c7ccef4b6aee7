"""The writer process: the only one that opens a store for writing.

Run as ``python -m server.store.writer FOLDER BOUNDS`` with a socket as standard input. It
takes changes one by one; each is one transaction of the engine, so that it is carried out whole
or not at all, whatever happens to the process. Readers never see this folder but snapshots of it,
which it makes on demand: hard links, and all that was written is on the disk by then.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
import socket
import sys
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from server.store.bounds import Bounds
from server.store.frames import (
    Decoder,
    Kind,
    decode_graph,
    decode_update,
    encode_done,
    encode_error,
)
from server.store.interface import (
    GraphAction,
    GraphMissingError,
    GraphRequest,
    QueryError,
    QueryFailedError,
    QueryRefusedError,
    QuerySyntaxError,
    StorageFailedError,
    StorageFullError,
    UnknownMediaTypeError,
    UpdateFailedError,
    UpdateRequest,
    Upload,
    UploadError,
)
from server.store.position import syntax_error
from server.store.prologues import place_before, prologue_first
from server.store.updates import Reach, prepare
from server.store.wall import refuse_sockets

_RECEIVE = 256 * 1024
_PR_SET_PDEATHSIG = 1
_FULL = (errno.ENOSPC, errno.EDQUOT)
_PAGE = resource.getpagesize()


def main(directory: str, bounds: Bounds) -> None:
    """Carry out changes until the web process closes its end."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the web process decides when to end
        signal.signal(number, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    channel = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    try:
        store = Store(directory)
    except (OSError, RuntimeError, ValueError) as error:
        channel.sendall(encode_error(QueryFailedError(str(error))))
        return
    walled = not bounds.endpoints and refuse_sockets()
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE
    resource.setrlimit(resource.RLIMIT_AS, (mapped + bounds.memory_bytes,) * 2)
    channel.sendall(encode_done(existed=True))
    decoder = Decoder()
    while data := channel.recv(_RECEIVE):
        for kind, payload in decoder.feed(data):
            channel.sendall(_done(store, kind, payload, Reach(bounds.endpoints, walled)))


def _done(store: Store, kind: Kind, payload: bytes, reach: Reach) -> bytes:
    try:
        match kind:
            case Kind.UPDATE:
                update(store, decode_update(payload), reach)
                return encode_done(existed=True)
            case Kind.GRAPH:
                return encode_done(existed=change_graph(store, decode_graph(payload)))
            case Kind.SNAPSHOT:
                store.backup(payload.decode())
                return encode_done(existed=True)
            case _:
                raise QueryFailedError(f"not a change: {kind.name}")
    except QueryError as error:
        return encode_error(error)
    except (OSError, RuntimeError, ValueError) as error:
        return encode_error(_failure(error))


def update(store: Store, request: UpdateRequest, reach: Reach) -> None:
    """Carry out an update; a :class:`QueryError` says why it was not, and nothing is changed."""
    if not request.text.strip(" \t\r\n"):
        return
    try:
        text = prepare(request, reach)
    except QueryRefusedError:
        if reach.walled:
            _check(request)  # that it is illegal is the better thing to say
        raise
    try:
        store.update(text, base_iri=request.base_iri)
    except SyntaxError as error:
        raise _illegal(request, str(error)) from None
    except RuntimeError as error:  # a graph that is not there, or is there already
        raise UpdateFailedError(str(error)) from None


def change_graph(store: Store, request: GraphRequest) -> bool:
    """Replace, merge into or delete a graph; whether it was there before."""
    graph = request.graph
    existed = graph is None or store.contains_named_graph(graph)
    if request.action is GraphAction.DELETE:
        if not existed:
            raise GraphMissingError("the graph is not there")
        store.update(f"DROP SILENT {_named(graph)}")
        return existed
    triples = [triple for upload in request.uploads for triple in _triples(upload)]
    steps = []
    if request.action is GraphAction.REPLACE:
        steps.append(f"DROP SILENT {_named(graph)}")
    if graph is not None:
        steps.append(f"CREATE SILENT GRAPH {graph}")
    written = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    steps.append(
        f"INSERT DATA {{ {written} }}"
        if graph is None
        else f"INSERT DATA {{ GRAPH {graph} {{ {written} }} }}"
    )
    # One update, for the engine makes that one transaction.
    store.update(" ;\n".join(steps))
    return existed


def _named(graph: NamedNode | None) -> str:
    return "DEFAULT" if graph is None else f"GRAPH {graph}"


def _triples(upload: Upload) -> Iterable[Triple]:
    """The triples of a document, its blank nodes unlike any other's."""
    known = RdfFormat.from_media_type(upload.media_type)
    if known is None:
        raise UnknownMediaTypeError(f"{upload.media_type} is not read here")
    try:
        quads = parse(
            upload.content, format=known, base_iri=upload.base_iri, rename_blank_nodes=True
        )
        return [_triple(quad) for quad in quads]
    except SyntaxError as error:
        line, column = error.lineno, error.offset
        raise UploadError(str(error.msg), line or None, column or None) from None
    except ValueError as error:
        raise UploadError(str(error)) from None


def _triple(quad: Quad) -> Triple:
    if not isinstance(quad.graph_name, DefaultGraph):
        raise UploadError("the document names graphs of its own; send it to no graph but its own")
    assert isinstance(quad.subject, (NamedNode, BlankNode))
    return Triple(quad.subject, quad.predicate, quad.object)


def _check(request: UpdateRequest) -> None:
    """A :class:`QuerySyntaxError` for an illegal text; tried on a store that is thrown away."""
    fault = _fault(request.text, request.base_iri)
    if fault is not None:
        raise _illegal(request, fault)


def _illegal(request: UpdateRequest, message: str) -> QuerySyntaxError:
    return syntax_error(request.text, message, lambda text: _fault(text, request.base_iri))


def _fault(text: str, base_iri: str | None) -> str | None:
    """The engine's message on a text; behind the wall it reaches nothing while trying."""
    try:
        Store().update(prologue_first(text), base_iri=base_iri)
    except SyntaxError as error:
        return place_before(str(error), text)
    except (OSError, RuntimeError, ValueError):
        return None
    return None


def _failure(error: Exception) -> QueryError:
    if isinstance(error, OSError) and (error.errno in _FULL or "No space left" in str(error)):
        return StorageFullError("there is no room left to write; nothing was changed")
    if isinstance(error, OSError):
        return StorageFailedError(str(error))
    return QueryFailedError(str(error))


if __name__ == "__main__":
    main(sys.argv[1], Bounds.read(sys.argv[2]))
