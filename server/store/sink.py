"""Where the engine writes an answer to: frames on the socket to the web process."""

from __future__ import annotations

import socket
import time
from dataclasses import replace

from server.store.bounds import Bounds
from server.store.compression import CODINGS, SMALLEST, Compressor
from server.store.counting import RowCounter
from server.store.frames import Head, Kind, encode, encode_head
from server.store.interface import AnswerTooLargeError

FIRST_FRAME = 32 * 1024  # an answer up to here is sent whole, with its length
NEXT_FRAMES = 128 * 1024
_WAIT_S = 0.05  # an answer that takes longer is not held back to be sent whole


class Sink:
    """Gathers bytes and sends them as frames behind a head, packed in its coding if worth it.

    Raises :class:`AnswerTooLargeError` into the engine, which then stops, beyond the bounds.
    """

    def __init__(self, channel: socket.socket, head: Head, bounds: Bounds) -> None:
        self._channel = channel
        self._announced = head
        self._packing: Compressor | None = None
        self._buffer = bytearray()
        self._limit = FIRST_FRAME
        self._most_bytes = bounds.answer_bytes
        self._bytes = 0
        most = bounds.answer_rows
        self._counter = None if most is None else RowCounter(head.media_type, most)
        self._since = time.monotonic()
        self.started = False

    def write(self, data: bytes) -> int:
        """Take bytes of the answer; blocks while the web process does not read."""
        self._buffer += data
        self._check(data)
        if len(self._buffer) > self._limit or self._is_late():
            if not self.started and self._announced.coding:
                self._packing = CODINGS[self._announced.coding]()
            self._send(self._head(None), self._packed())
        return len(data)

    def flush(self) -> None:
        """Nothing: frames are sent when they are full."""

    def finish(self) -> None:
        """Send what is left and the end."""
        if not self.started and self._announced.coding and len(self._buffer) >= SMALLEST:
            self._packing = CODINGS[self._announced.coding]()
        content = self._packed()
        if self._packing is not None:
            content += self._packing.finish()
        self._send(self._head(len(content)), content, encode(Kind.END))

    def _is_late(self) -> bool:
        """Whether the client has waited for its first bytes long enough."""
        return not self.started and time.monotonic() - self._since > _WAIT_S

    def _check(self, data: bytes) -> None:
        self._bytes += len(data)
        if self._most_bytes is not None and self._bytes > self._most_bytes:
            raise AnswerTooLargeError(f"the answer has more than {self._most_bytes} bytes")
        if self._counter is not None and self._counter.feed(data) > self._counter.most:
            raise AnswerTooLargeError(f"the answer has more than {self._counter.most} rows")

    def _packed(self) -> bytes:
        """What is gathered, as it is sent."""
        content = bytes(self._buffer)
        self._buffer.clear()
        return content if self._packing is None else self._packing.compress(content)

    def _head(self, length: int | None) -> bytes:
        """The head where it was not sent yet."""
        if self.started:
            return b""
        coding = "" if self._packing is None else self._announced.coding
        return encode_head(replace(self._announced, length=length, coding=coding))

    def _send(self, head: bytes, content: bytes, end: bytes = b"") -> None:
        self.started = True
        self._limit = NEXT_FRAMES
        self._channel.sendall(head + encode(Kind.DATA, content) + end)
