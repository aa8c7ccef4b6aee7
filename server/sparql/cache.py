"""Answers kept for who asks the same again: the same bytes as before, as long as nothing changed.

An answer is kept under the version of the data set and all of the request that it depends on, so
that a change leaves nothing to clear. What is kept has a strong ETag, and a client that shows it
gets 304 (RFC 9110, section 13.1.2).
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import NamedTuple

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.resource import ALWAYS
from server.sparql.answers import AnswerResponse
from server.store.interface import Answer
from server.store.tokens import words

Key = tuple[bytes | str, ...]
Headers = Sequence[tuple[bytes, bytes]]
_LARGEST_SHARE = 8  # one answer takes at most this part of the room
_OVERHEAD = 1024  # bytes that an answer costs beside its own
_ASKED_FOR = frozenset((b"accept", b"accept-encoding", b"host"))
_CHANGING = frozenset(("now", "rand", "uuid", "struuid"))
_LIKELY = re.compile("now|rand|uuid", re.IGNORECASE)
_OF_304 = frozenset(
    (
        b"etag",
        b"cache-control",
        b"vary",
        b"access-control-allow-origin",
        b"x-content-type-options",
    )
)
_REVALIDATE = "public, no-cache"
VARY = "Accept, Accept-Encoding"
_EACH = (
    (b"x-content-type-options", b"nosniff"),
    (b"vary", VARY.encode()),
    (b"cache-control", _REVALIDATE.encode()),
    *((name.lower().encode(), value.encode()) for name, value in ALWAYS.items() if name != "Vary"),
)


class Asked(NamedTuple):
    """What a GET or HEAD asks for; ``query`` is the query string as it is."""

    path: str
    scheme: str
    query: bytes
    headers: Headers


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is sent."""

    headers: Headers
    content: bytes
    etag: bytes

    async def send(self, scope: Scope, send: Send) -> None:
        """Answer a GET or HEAD with it, or with 304 where the client has it."""
        status, headers, content = self.answer(scope["headers"])
        await send(_start(status, list(headers)))
        body = b"" if scope["method"] == "HEAD" else content
        await send({"type": "http.response.body", "body": body})

    def answer(self, asking: Headers) -> tuple[HTTPStatus, Headers, bytes]:
        """Status, headers and content for a request with these headers."""
        if _shown(asking, self.etag):
            headers = [pair for pair in self.headers if pair[0] in _OF_304]
            return HTTPStatus.NOT_MODIFIED, headers, b""
        return HTTPStatus.OK, self.headers, self.content


class KeptResponse(Response):
    """A kept answer as a response."""

    def __init__(self, kept: Kept) -> None:
        super().__init__()
        self.raw_headers = list(kept.headers)
        self._kept = kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it, or 304."""
        await self._kept.send(scope, send)


class AnswerCache:
    """The most recently used answers, bounded in bytes."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    def find(self, key: Key) -> Kept | None:
        """The answer under a key."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Key, answer: Answer, content_type: str, content: bytes) -> Response:
        """An answer that is complete as a response, kept under the key if it fits."""
        coding = () if not answer.coding else ((b"content-encoding", answer.coding.encode()),)
        etag = f'"{sha256(content).hexdigest()[:32]}"'.encode()
        headers = (
            (b"content-type", content_type.encode()),
            (b"content-length", b"%d" % len(content)),
            (b"etag", etag),
            *coding,
            *_EACH,
        )
        kept = Kept(headers, content, etag)
        before = self._kept.pop(key, None)
        if before is not None:
            self._used -= _size(before)
        if _size(kept) <= self._room // _LARGEST_SHARE:
            self._kept[key] = kept
            self._used += _size(kept)
        while self._used > self._room:
            _, oldest = self._kept.popitem(last=False)
            self._used -= _size(oldest)
        return KeptResponse(kept)

    def listening(self, key: Key, answer: Answer, content_type: str) -> AnswerResponse:
        """A stream as a response; it is kept when it has ended."""
        response = AnswerResponse(
            answer, content_type, {"Vary": VARY, "Cache-Control": _REVALIDATE}
        )
        response.body_iterator = self._heard(key, answer, content_type)
        return response

    async def _heard(self, key: Key, answer: Answer, content_type: str) -> AsyncIterator[bytes]:
        heard: list[bytes] | None = []
        size, most = 0, self._room // _LARGEST_SHARE
        async for piece in answer.body:
            size += len(piece)
            if heard is not None:
                heard.append(piece)
                if size > most:
                    heard = None
            yield piece
        if heard is not None:
            self.keep(key, answer, content_type, b"".join(heard))


def asked_by(scope: Scope) -> Asked:
    """What a request asks for."""
    return Asked(scope["path"], scope["scheme"], scope["query_string"], scope["headers"])


def key_of(asked: Asked, version: str) -> Key:
    """What an answer to this request depends on, the version of the data among it."""
    on = [part for pair in asked.headers if pair[0] in _ASKED_FOR for part in pair]
    return (version, asked.path, asked.scheme, asked.query, *on)


def lasting(text: str) -> bool:
    """Whether a query has the same answer as long as the data do not change."""
    # Most texts have none of their letters, and need not be read.
    return not _LIKELY.search(text) or not any(word in _CHANGING for word in words(text))


def _size(kept: Kept) -> int:
    return len(kept.content) + _OVERHEAD


def _shown(asking: Headers, etag: bytes) -> bool:
    """Whether the client says that it has this very answer."""
    for name, value in asking:
        if name == b"if-none-match":
            tags = [tag.strip().removeprefix(b"W/") for tag in value.split(b",")]
            return etag in tags or b"*" in tags
    return False


def _start(status: int, headers: list[tuple[bytes, bytes]]) -> dict[str, object]:
    return {"type": "http.response.start", "status": status, "headers": headers}
