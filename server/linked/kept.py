"""Descriptions as they are sent: with a strong ETag, packed, and kept while the data stay."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from server.negotiation import coding
from server.store.compression import CODINGS, SMALLEST

VARY = "Accept, Accept-Language, Accept-Profile, Prefer, Accept-Encoding"
OPEN = {
    "Vary": VARY,
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Link, ETag, Content-Profile, Preference-Applied",
}
"""Any site may ask: the data are public and no cookie matters here."""
_LARGEST_SHARE = 8  # one description takes at most this part of the room
_OVERHEAD = 1024  # bytes that one costs beside its content
_ASKED_FOR = (
    "accept",
    "accept-encoding",
    "accept-language",
    "accept-profile",
    "prefer",
    "host",
)
_OF_304 = frozenset(("etag", "cache-control", "vary", "link", "content-profile"))

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Representation:
    """What answers a request; ``lasting`` if it stays so while the version of the data does."""

    content: bytes
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    lasting: bool = True


class Kept:
    """The representations asked for last, at most ``room`` bytes of them."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[Key, Response] = OrderedDict()

    async def answer(
        self,
        request: Request,
        version: Callable[[], str],
        make: Callable[[], Awaitable[Representation]],
    ) -> Response:
        """The response to a GET or HEAD, made if it is not kept; 304 where the client has it."""
        before = version()
        key = _key(request, before)
        response = self._kept.get(key)
        if response is None:
            made = await make()
            response = _response(request, made)
            if made.lasting and version() == before:
                self._keep(key, response)
        else:
            self._kept.move_to_end(key)
        return _unless_shown(request, response)

    def _keep(self, key: Key, response: Response) -> None:
        size = _size(response)
        if size > self._room // _LARGEST_SHARE or key in self._kept:
            return
        self._kept[key] = response
        self._used += size
        while self._used > self._room:
            _, oldest = self._kept.popitem(last=False)
            self._used -= _size(oldest)


def _key(request: Request, version: str) -> Key:
    on = (",".join(request.headers.getlist(name)) for name in _ASKED_FOR)
    return (version, str(request.url), str(request.scope.get("root_path", "")), *on)


def _response(request: Request, made: Representation) -> Response:
    content, packed = made.content, {}
    chosen = coding(request, tuple(CODINGS)) if len(content) >= SMALLEST else ""
    if chosen:
        compressor = CODINGS[chosen]()
        content = compressor.compress(content) + compressor.finish()
        packed = {"Content-Encoding": chosen}
    headers = {**OPEN, "X-Content-Type-Options": "nosniff", **made.headers, **packed}
    headers["Vary"] = VARY
    headers["ETag"] = f'"{sha256(content).hexdigest()[:32]}"'
    headers["Cache-Control"] = "public, no-cache"
    response = Response(content, headers=headers)
    response.headers["Content-Type"] = made.content_type
    return response


def _unless_shown(request: Request, response: Response) -> Response:
    """The response, or 304 (RFC 9110, section 13.1.2)."""
    shown = ",".join(request.headers.getlist("if-none-match"))
    tags = {tag.strip().removeprefix("W/") for tag in shown.split(",")}
    if response.headers["etag"] not in tags and "*" not in tags:
        return response
    headers = {
        name: value
        for name, value in response.headers.items()
        if name in _OF_304 or name.startswith("access-control-")
    }
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)


def _size(response: Response) -> int:
    return len(response.body) + _OVERHEAD
