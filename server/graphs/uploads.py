"""The documents that a request brings: its body, or the parts of a multipart form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus

from pyoxigraph import RdfFormat

from server import content_type as content_types
from server.problem import Problem
from server.sparql.formats import GRAPHS
from server.store.interface import Upload

_MULTIPART = "multipart/form-data"
_TYPE = re.compile(rb"^content-type[ \t]*:(.*(?:\r?\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def uploads(content_type: str | None, content: bytes, base_iri: str) -> tuple[Upload, ...]:
    """What there is to read; :class:`Problem` 415 for a media type that is not read here."""
    found = content_types.read(content_type)
    if found.essence != _MULTIPART:
        return (Upload(_known(found), content, base_iri),)
    parts = list(_parts(found.parameters.get("boundary", ""), content))
    if not parts:
        raise Problem(
            HTTPStatus.BAD_REQUEST, HTTPStatus.BAD_REQUEST.phrase, "The form has no parts."
        )
    return tuple(Upload(_known(kind), document, base_iri) for kind, document in parts)


def _parts(boundary: str, content: bytes) -> Iterator[tuple[content_types.ContentType, bytes]]:
    """The parts of a form (RFC 7578); none where the form does not end as it should."""
    delimiter = b"\r\n--" + boundary.encode("latin-1")
    _, *pieces = (b"\r\n" + content).split(delimiter)
    if not boundary or not pieces or not pieces[-1].startswith(b"--"):
        return
    for piece in pieces[:-1]:
        _, _, part = piece.partition(b"\r\n")  # what stands after the boundary is padding
        head, document = b"", part.removeprefix(b"\r\n")
        if document == part:
            head, *rest = _HEAD_END.split(part, maxsplit=1)
            document = rest[0] if rest else b""
        told = _TYPE.search(head)
        yield content_types.read(told[1].decode("latin-1") if told else None), document


def _known(found: content_types.ContentType) -> str:
    """The media type as the engine reads it."""
    if not found.is_utf8 or not _readable(found.essence):
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE.phrase,
            f"Graphs are sent, in UTF-8, as {', '.join(one.essence for one in GRAPHS)}.",
            headers={"Accept-Post": ", ".join(one.essence for one in GRAPHS)},
        )
    return found.essence


def _readable(essence: str) -> bool:
    return bool(essence) and RdfFormat.from_media_type(essence) is not None
