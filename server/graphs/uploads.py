"""The documents that a request brings: its body, or the parts of a multipart form."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from email.policy import HTTP
from http import HTTPStatus

from pyoxigraph import RdfFormat

from server.problem import Problem
from server.sparql.formats import GRAPHS
from server.store.interface import Upload

_MULTIPART = "multipart/form-data"


def uploads(content_type: str | None, content: bytes, base_iri: str) -> tuple[Upload, ...]:
    """What there is to read; :class:`Problem` 415 for a media type that is not read here."""
    message = Message()
    message["Content-Type"] = content_type or ""
    if content_type and message.get_content_type() == _MULTIPART:
        return _parts(content_type, content, base_iri)
    return (Upload(_known(content_type), content, base_iri),)


def _parts(content_type: str, content: bytes, base_iri: str) -> tuple[Upload, ...]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
    form = message_from_bytes(head + content, policy=HTTP)
    if not form.is_multipart():
        raise Problem(
            HTTPStatus.BAD_REQUEST, HTTPStatus.BAD_REQUEST.phrase, "The form has no parts."
        )
    found = []
    for part in form.iter_parts():
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        found.append(Upload(_known(part.get("Content-Type")), payload, base_iri))
    return tuple(found)


def _known(content_type: str | None) -> str:
    """The media type as the engine reads it."""
    message = Message()
    message["Content-Type"] = content_type or ""
    essence = message.get_content_type() if content_type else ""
    charset = message.get_content_charset("utf-8")
    if not essence or charset not in {"utf-8", "utf8", "us-ascii"} or not _readable(essence):
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE.phrase,
            f"Graphs are sent, in UTF-8, as {', '.join(one.essence for one in GRAPHS)}.",
            headers={"Accept-Post": ", ".join(one.essence for one in GRAPHS)},
        )
    return essence


def _readable(essence: str) -> bool:
    return "/" in essence and RdfFormat.from_media_type(essence) is not None
