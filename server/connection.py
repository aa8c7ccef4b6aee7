"""How a connection to a client is read: uvicorn's own protocol, bounded, and with its answers to
what is no request put right.
"""

from __future__ import annotations

import asyncio
import sys
from http import HTTPStatus

from httptools import HttpParserInvalidMethodError
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from server.forwarded import HEADERS as FORWARDED
from server.problem import PROBLEM_JSON, Problem
from server.sparql.cache import Asked

KEPT = "kept"
"""Where the application's state has the function that finds an answer that is kept."""
_FETCHING = (b"GET", b"HEAD")
_SPECIAL = FORWARDED | {b"content-length", b"transfer-encoding", b"expect"}
_STATUS = {
    one: f"HTTP/1.1 {one.value} {one.phrase}\r\n".encode()
    for one in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
}
HEADERS = 32 * 1024
"""Bytes that the headers of a request may have, all together."""
READ_S = 30.0  # seconds for the head of a request, and between two pieces of its body
_LOOK_S = 5.0
_LINE = len(": \r\n")


class Connection(HttpToolsProtocol):
    """Reads requests. A method that HTTP does not know is answered 501 (RFC 9110, 15.6.2), not 400.

    Heads and their headers are bounded in bytes, requests that do not come on in time.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there, and has to say something soon."""
        super().connection_made(transport)
        self._in_head = self._in_request = True
        self._head_bytes = 0
        self.url = b""
        self._answered = False
        self._since = self.loop.time()
        self._running: RequestResponseCycle | None = None
        self._watch = self.loop.call_later(_LOOK_S, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._watch.cancel()
        self._part()
        super().connection_lost(exc)

    def eof_received(self) -> None:
        """The client says that it is going; the transport closes after this."""
        self._part()

    def data_received(self, data: bytes) -> None:
        """More of what the client says; what comes after the last answer is not read."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > (self.config.h11_max_incomplete_event_size or sys.maxsize):
                self._refuse_head()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_head = self._in_request = True
        self._head_bytes = 0
        self._since = self.loop.time()

    def on_headers_complete(self) -> None:
        """Its head is there."""
        self._in_head = False
        self._since = self.loop.time()
        self._answered = False
        if sum(len(name) + len(value) + _LINE for name, value in self.headers) > HEADERS:
            self._refuse_head()
            return
        self._answered = self._answer_from_kept()
        if self._answered:
            return
        super().on_headers_complete()
        if not any(self.cycle is waiting for waiting, _ in self.pipeline):
            self._running = self.cycle
        if self.parser.should_upgrade():
            self.cycle.keep_alive = False  # what follows is not read as HTTP

    def on_body(self, body: bytes) -> None:
        """A piece of its body is there."""
        self._since = self.loop.time()
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """All of it is there."""
        self._in_request = False
        if not self._answered:
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Called where a request could not be read, while the reason is being handled."""
        if isinstance(sys.exception(), HttpParserInvalidMethodError):
            self._refuse(HTTPStatus.NOT_IMPLEMENTED, "HTTP knows no such method.")
        else:
            self._refuse(HTTPStatus.BAD_REQUEST, "This is no HTTP request.")

    def on_response_complete(self) -> None:
        """It is answered, and the next one's turn."""
        self._running = self.pipeline[-1][0] if self.pipeline else None
        super().on_response_complete()

    def _answer_from_kept(self) -> bool:
        """Write an answer that is kept, past the application: most of the time goes to the way.

        Only where nothing is special: one request at a time, a plain GET or HEAD, no proxy between.
        """
        find = self.app_state.get(KEPT)
        busy = self.cycle is not None and not self.cycle.response_complete
        if find is None or busy or self.pipeline or self.flow.write_paused:
            return False
        method = self.parser.get_method()
        plain = self.parser.get_http_version() == "1.1" and self.parser.should_keep_alive()
        if method not in _FETCHING or not plain or self.parser.should_upgrade():
            return False
        if any(name in _SPECIAL for name, _ in self.headers):
            return False
        path, _, query = self.url.partition(b"?")
        kept = find(Asked(path.decode("latin-1"), self.scheme or "", query, self.headers))
        if kept is None:
            return False
        status, headers, content = kept.answer(self.headers)
        lines = [b"%s: %s\r\n" % pair for pair in (*self.server_state.default_headers, *headers)]
        body = b"" if method == b"HEAD" else content
        self.transport.write(b"".join((_STATUS[status], *lines, b"\r\n", body)))
        self.on_response_complete()
        return True

    def _look(self) -> None:
        now = self.loop.time()
        if self.flow.read_paused or not self._in_request:
            self._since = now
        elif now - self._since > READ_S:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "The request did not come in time.")
            return
        self._watch = self.loop.call_later(_LOOK_S, self._look)

    def _refuse_head(self) -> None:
        if len(self.url) > HEADERS:
            self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long.")
        else:
            self._refuse(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                f"The headers of a request may have {HEADERS} bytes together.",
            )

    def _refuse(self, status: HTTPStatus, detail: str) -> None:
        """Answer and close; only close amid another answer, which this must not be a part of."""
        if self.transport.is_closing():
            return
        amid = self._running is not None and self._running.response_started
        self._part()
        if not amid:
            self.transport.write(_answer(Problem(status, status.phrase, detail)))
        self.transport.close()

    def _part(self) -> None:
        """Tell the one whose turn it is that nobody listens; the others will have no turn."""
        self.pipeline.clear()
        if self._running is not None:
            self._running.disconnected = True
            self._running.message_event.set()


def _answer(problem: Problem) -> bytes:
    content = problem.content()
    lines = (
        f"HTTP/1.1 {problem.status} {problem.title}",
        f"content-type: {PROBLEM_JSON}",
        f"content-length: {len(content)}",
        "x-content-type-options: nosniff",
        "connection: close",
        "",
        "",
    )
    return "\r\n".join(lines).encode() + content
