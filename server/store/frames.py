"""What goes over the sockets between the web process, its readers and its writer: frames.

A frame is a length (4 bytes), a kind (1 byte) and that many bytes. The web process sends one
``QUERY``; the reader answers ``HEAD``, any number of ``DATA``, then ``END``, or ``FAIL`` at any
point. A ``HEAD`` with a length announces an answer that is complete in the frames behind it. The
writer answers each ``UPDATE``, ``GRAPH`` and ``SNAPSHOT`` with ``DONE`` or ``FAIL``.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from pyoxigraph import NamedNode

from server.store.interface import (
    AnswerTooLargeError,
    GraphAction,
    GraphMissingError,
    GraphRequest,
    NoSuitableFormatError,
    QueryError,
    QueryFailedError,
    QueryForm,
    QueryRefusedError,
    QueryRequest,
    QuerySyntaxError,
    StorageFailedError,
    StorageFullError,
    UnknownMediaTypeError,
    UpdateFailedError,
    UpdateRequest,
    Upload,
    UploadError,
)

_HEADER = struct.Struct("!IB")
_LENGTH = struct.Struct("!I")
_BY_NAME: dict[str, type[QueryError]] = {
    one.__name__: one
    for one in (
        AnswerTooLargeError,
        QueryRefusedError,
        UnknownMediaTypeError,
        GraphMissingError,
        StorageFailedError,
        StorageFullError,
        UpdateFailedError,
    )
}


class Kind(IntEnum):
    """The kinds of frame."""

    QUERY = 0
    HEAD = 1
    DATA = 2
    END = 3
    FAIL = 4
    UPDATE = 5
    GRAPH = 6
    SNAPSHOT = 7
    DONE = 8


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an answer before its bytes; ``length`` only where it is complete."""

    form: QueryForm
    media_type: str
    length: int | None
    coding: str = ""


def encode(kind: Kind, payload: bytes = b"") -> bytes:
    """One frame."""
    return _HEADER.pack(len(payload), kind) + payload


class Decoder:
    """Frames out of bytes that arrive in any pieces."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[Kind, bytes]]:
        """The frames that are complete with these bytes."""
        buffer = self._buffer
        buffer += data
        start = 0
        while len(buffer) - start >= _HEADER.size:
            length, kind = _HEADER.unpack_from(buffer, start)
            end = start + _HEADER.size + length
            if len(buffer) < end:
                break
            yield Kind(kind), bytes(buffer[start + _HEADER.size : end])
            start = end
        del buffer[:start]


def encode_query(request: QueryRequest) -> bytes:
    """A request as a frame; its timeout is the web process's business."""
    members = {
        "text": request.text,
        "select": request.select,
        "ask": request.ask,
        "graph": request.graph,
        "default": [graph.value for graph in request.default_graphs],
        "named": [graph.value for graph in request.named_graphs],
        "base": request.base_iri,
        "union": request.union,
        "coding": request.coding,
    }
    return encode(Kind.QUERY, json.dumps(members).encode())


def decode_query(payload: bytes) -> QueryRequest:
    """The request in a ``QUERY`` frame."""
    members: dict[str, Any] = json.loads(payload)
    return QueryRequest(
        text=members["text"],
        select=tuple(members["select"]),
        ask=tuple(members["ask"]),
        graph=tuple(members["graph"]),
        default_graphs=tuple(NamedNode(iri) for iri in members["default"]),
        named_graphs=tuple(NamedNode(iri) for iri in members["named"]),
        base_iri=members["base"],
        union=members["union"],
        coding=members["coding"],
    )


def encode_head(head: Head) -> bytes:
    """A ``HEAD`` frame."""
    members = [head.form, head.media_type, head.length, head.coding]
    return encode(Kind.HEAD, json.dumps(members).encode())


def decode_head(payload: bytes) -> Head:
    """The content of a ``HEAD`` frame."""
    form, media_type, length, coding = json.loads(payload)
    return Head(QueryForm(form), media_type, length, coding)


def encode_error(error: QueryError) -> bytes:
    """A ``FAIL`` frame. Of unforeseen kinds of error only the message crosses."""
    members: dict[str, Any] = {"kind": type(error).__name__, "message": str(error)}
    if isinstance(error, (QuerySyntaxError, UploadError)):
        members |= {"line": error.line, "column": error.column}
    if isinstance(error, NoSuitableFormatError):
        members |= {"form": error.form}
    return encode(Kind.FAIL, json.dumps(members).encode())


def decode_error(payload: bytes) -> QueryError:
    """The error in a ``FAIL`` frame."""
    members: dict[str, Any] = json.loads(payload)
    message = members["message"]
    match members["kind"]:
        case "QuerySyntaxError":
            return QuerySyntaxError(message, members["line"], members["column"])
        case "NoSuitableFormatError":
            return NoSuitableFormatError(QueryForm(members["form"]))
        case "UploadError":
            return UploadError(message, members["line"], members["column"])
        case name if name in _BY_NAME:
            return _BY_NAME[name](message)
        case _:
            return QueryFailedError(message)


def encode_update(request: UpdateRequest) -> bytes:
    """An ``UPDATE`` frame."""
    members = {
        "text": request.text,
        "using": [graph.value for graph in request.using],
        "named": [graph.value for graph in request.using_named],
        "base": request.base_iri,
    }
    return encode(Kind.UPDATE, json.dumps(members).encode())


def decode_update(payload: bytes) -> UpdateRequest:
    """The request in an ``UPDATE`` frame."""
    members: dict[str, Any] = json.loads(payload)
    return UpdateRequest(
        members["text"],
        tuple(NamedNode(iri) for iri in members["using"]),
        tuple(NamedNode(iri) for iri in members["named"]),
        members["base"],
    )


def encode_graph(request: GraphRequest) -> bytes:
    """A ``GRAPH`` frame: the length of its members as JSON, they, and the uploads' bytes."""
    members = {
        "action": request.action,
        "graph": None if request.graph is None else request.graph.value,
        "uploads": [(one.media_type, one.base_iri, len(one.content)) for one in request.uploads],
    }
    head = json.dumps(members).encode()
    contents = (one.content for one in request.uploads)
    return encode(Kind.GRAPH, b"".join([_LENGTH.pack(len(head)), head, *contents]))


def decode_graph(payload: bytes) -> GraphRequest:
    """The request in a ``GRAPH`` frame."""
    (length,) = _LENGTH.unpack_from(payload)
    place = _LENGTH.size + length
    members: dict[str, Any] = json.loads(payload[_LENGTH.size : place])
    uploads = []
    for media_type, base_iri, size in members["uploads"]:
        uploads.append(Upload(media_type, payload[place : place + size], base_iri))
        place += size
    graph = members["graph"]
    return GraphRequest(
        GraphAction(members["action"]), None if graph is None else NamedNode(graph), tuple(uploads)
    )


def encode_done(*, existed: bool) -> bytes:
    """A ``DONE`` frame; ``existed``: whether the graph was there before."""
    return encode(Kind.DONE, json.dumps(existed).encode())


def decode_done(payload: bytes) -> bool:
    """The content of a ``DONE`` frame."""
    return bool(json.loads(payload))
