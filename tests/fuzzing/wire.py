"""HTTP as bytes on a socket: what is sent exactly as it was made, and what comes back, read."""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

LIMIT_S = 12.0  # a whole request is answered, or its connection closed, within it
_UNFINISHED_S = 0.06  # how long the server is given to react to what is no whole request
_RECEIVE = 256 * 1024


class MalformedError(Exception):
    """What came back is not HTTP."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a client sends: pieces with a pause after each.

    ``methods`` of the requests in it. ``whole``: an answer is due to each of them; otherwise the
    client leaves soon. ``leaves``: it leaves at once, without reading.
    """

    pieces: tuple[bytes, ...]
    methods: tuple[str, ...] = ("GET",)
    pause: float = 0.0
    whole: bool = True
    leaves: bool = False

    def shown(self) -> str:
        """The beginning of it, for a report."""
        content = b"".join(self.pieces)
        return f"{content[:400]!r} ({len(content)} bytes)"


@dataclass(frozen=True, slots=True)
class Received:
    """One response."""

    status: int
    headers: dict[str, str]
    body: bytes
    complete: bool = True


@dataclass(slots=True)
class Exchange:
    """What became of a connection."""

    responses: list[Received] = field(default_factory=list)
    closed: bool = False
    seconds: float = 0.0


def exchange(port: int, sent: Sent) -> Exchange:
    """Send it on a connection of its own and read until all is answered, closed or too late."""
    began = time.monotonic()
    done = Exchange()
    received = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT_S) as connection:
        _write(connection, sent)
        if not sent.leaves:
            done.closed = _read(connection, sent, received)
    done.seconds = time.monotonic() - began
    done.responses = responses(bytes(received), sent.methods, closed=done.closed)
    return done


def _write(connection: socket.socket, sent: Sent) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        for number, piece in enumerate(sent.pieces):
            if number and sent.pause:
                time.sleep(sent.pause)
            connection.sendall(piece)
    except OSError:
        return  # the server may answer and close before it has read all


def _read(connection: socket.socket, sent: Sent, received: bytearray) -> bool:
    """Read to the end of what is due; whether the server closed."""
    deadline = time.monotonic() + (LIMIT_S if sent.whole else _UNFINISHED_S)
    while (left := deadline - time.monotonic()) > 0:
        connection.settimeout(left)
        try:
            data = connection.recv(_RECEIVE)
        except TimeoutError:
            return False
        except OSError:
            return True
        if not data:
            return True
        received += data
        found = responses(bytes(received), sent.methods, closed=False)
        if len(found) >= len(sent.methods) and all(one.complete for one in found):
            return False
    return False


def responses(content: bytes, methods: Sequence[str], *, closed: bool) -> list[Received]:
    """The final responses in what a connection brought; a last one may be incomplete."""
    found: list[Received] = []
    while content:
        method = methods[len(found)] if len(found) < len(methods) else "GET"
        one, content = _response(content, method, closed=closed)
        if one is None:
            break
        if one.status >= 200:
            found.append(one)
        if not one.complete:
            break
    return found


def _response(content: bytes, method: str, *, closed: bool) -> tuple[Received | None, bytes]:
    head, separator, rest = content.partition(b"\r\n\r\n")
    if not content.startswith(b"HTTP/1.1 "[: len(content)]):
        raise MalformedError(f"no status line: {content[:100]!r}")
    if not separator:
        if closed:
            raise MalformedError(f"an unfinished head: {content[:100]!r}")
        return None, b""
    first, *lines = head.decode("latin-1").split("\r\n")
    status = first[9:12]
    if not status.isdecimal():
        raise MalformedError(f"no status: {first[:100]}")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or name != name.strip() or not name:
            raise MalformedError(f"not a header: {line[:100]!r}")
        headers[name.lower()] = value.strip()
    body, rest, complete = _body(int(status), headers, rest, method)
    return Received(int(status), headers, body, complete), rest


def _body(
    status: int, headers: dict[str, str], rest: bytes, method: str
) -> tuple[bytes, bytes, bool]:
    """The body, what comes after it, and whether it is all there."""
    if status < 200 or status in {204, 304}:
        return b"", rest, True
    if method == "HEAD" and (not rest or rest.startswith(b"HTTP/1.1 ")):
        return b"", rest, True
    if headers.get("transfer-encoding") == "chunked":
        return _chunks(rest)
    if "content-length" not in headers:
        raise MalformedError(f"no end of the body is told: {headers}")
    length = int(headers["content-length"])
    return rest[:length], rest[length:], len(rest) >= length


def _chunks(rest: bytes) -> tuple[bytes, bytes, bool]:
    body = bytearray()
    while True:
        size, separator, after = rest.partition(b"\r\n")
        if not separator:
            return bytes(body), b"", False
        try:
            length = int(size, 16)
        except ValueError as error:
            raise MalformedError(f"not a chunk: {size[:100]!r}") from error
        if len(after) < length + 2:
            return bytes(body), b"", False
        body += after[:length]
        rest = after[length + 2 :]
        if not length:
            return bytes(body), rest, True
