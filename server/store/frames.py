"""What goes over the sockets between the web process and its readers: frames.

A frame is a length (4 bytes), a kind (1 byte) and that many bytes. The web process sends one
``QUERY``; the reader answers ``HEAD``, any number of ``DATA``, then ``END``, or ``FAIL`` at any
point. A ``HEAD`` with a length announces an answer that is complete in the frames behind it.
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
    NoSuitableFormatError,
    QueryError,
    QueryFailedError,
    QueryForm,
    QueryRefusedError,
    QueryRequest,
    QuerySyntaxError,
)

_HEADER = struct.Struct("!IB")


class Kind(IntEnum):
    """The kinds of frame."""

    QUERY = 0
    HEAD = 1
    DATA = 2
    END = 3
    FAIL = 4


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an answer before its bytes; ``length`` only where it is complete."""

    form: QueryForm
    media_type: str
    length: int | None


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
    )


def encode_head(head: Head) -> bytes:
    """A ``HEAD`` frame."""
    return encode(Kind.HEAD, json.dumps([head.form, head.media_type, head.length]).encode())


def decode_head(payload: bytes) -> Head:
    """The content of a ``HEAD`` frame."""
    form, media_type, length = json.loads(payload)
    return Head(QueryForm(form), media_type, length)


def encode_error(error: QueryError) -> bytes:
    """A ``FAIL`` frame. Of unforeseen kinds of error only the message crosses."""
    members: dict[str, Any] = {"kind": type(error).__name__, "message": str(error)}
    if isinstance(error, QuerySyntaxError):
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
        case "QueryRefusedError":
            return QueryRefusedError(message)
        case _:
            return QueryFailedError(message)
