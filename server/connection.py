"""How a connection to a client is read: uvicorn's own protocol, with one answer put right."""

from __future__ import annotations

import sys
from http import HTTPStatus

from httptools import HttpParserInvalidMethodError
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Connection(HttpToolsProtocol):
    """Answers a method that HTTP does not know with 501 (RFC 9110, section 15.6.2), not 400."""

    def send_400_response(self, msg: str) -> None:
        """Called where a request could not be read, while the reason is being handled."""
        if not isinstance(sys.exception(), HttpParserInvalidMethodError):
            super().send_400_response(msg)
            return
        status = HTTPStatus.NOT_IMPLEMENTED
        lines = (
            f"HTTP/1.1 {status.value} {status.phrase}",
            "content-length: 0",
            "connection: close",
            "",
            "",
        )
        self.transport.write("\r\n".join(lines).encode())
        self.transport.close()
