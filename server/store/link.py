"""The connection to one reader process: sends it a query, feeds its frames to the exchange."""

from __future__ import annotations

import asyncio
from typing import Protocol, cast

from server.store.exchange import Exchange
from server.store.frames import Decoder, encode_query
from server.store.interface import Answer, QueryError, QueryRequest, ReaderLostError
from server.store.spawner import Fork

_NICE = 15  # of a reader in the slow lane


class Owner(Protocol):
    """Who is told what becomes of a reader."""

    def on_connected(self, link: ReaderLink) -> None:
        """The reader can take its first query."""

    def on_finished(self, link: ReaderLink) -> None:
        """The reader is done with its query."""

    def on_lost(self, link: ReaderLink) -> None:
        """The reader is gone."""


class ReaderLink(asyncio.Protocol):
    """One reader. It does one query at a time; ``kill`` ends it whatever it does."""

    def __init__(self, fork: Fork, owner: Owner) -> None:
        self.fork = fork
        self.asked = 0
        self.since = asyncio.get_running_loop().time()
        self._owner = owner
        self._decoder = Decoder()
        self._exchange: Exchange | None = None
        self._transport: asyncio.Transport | None = None
        self._lost = False

    @property
    def working(self) -> bool:
        """Whether it has a query in hand."""
        return self._exchange is not None

    async def connect(self) -> None:
        """Put the reader's socket under the event loop."""
        loop = asyncio.get_running_loop()
        try:
            await loop.create_unix_connection(lambda: self, sock=self.fork.channel)
        except OSError:
            self.fork.channel.close()
            self.connection_lost(None)
        except asyncio.CancelledError:
            self.fork.channel.close()
            raise

    async def ask(self, request: QueryRequest, deadline: float) -> Answer:
        """Send a query and wait for its answer's beginning; ``deadline`` in the loop's time."""
        if self._transport is None or self._lost:
            raise ReaderLostError("the reader ended before the query")
        exchange = Exchange(
            request.timeout,
            deadline,
            self._transport.pause_reading,
            self._transport.resume_reading,
            self.kill,
        )
        self._exchange = exchange
        self.asked += 1
        self.since = asyncio.get_running_loop().time()
        self._transport.write(encode_query(request))
        return await exchange.answer()

    def interrupt(self, error: QueryError) -> None:
        """Stop the query in hand, if any, and the reader with it."""
        if self._exchange is not None:
            self._exchange.interrupt(error)
        self.kill()

    def kill(self) -> None:
        """End the process and the connection."""
        self.fork.kill()
        if self._transport is not None:
            self._transport.abort()

    def slow_down(self) -> None:
        """Let the quick queries go first."""
        self.fork.renice(_NICE)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop."""
        # Not an isinstance check: uvloop's transports have the interface, not the class.
        self._transport = cast("asyncio.Transport", transport)
        self._owner.on_connected(self)

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        for kind, payload in self._decoder.feed(data):
            if self._exchange is not None and self._exchange.receive(kind, payload):
                self._exchange = None
                self._owner.on_finished(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Called by the event loop."""
        if self._lost:
            return
        self._lost = True
        self.fork.kill()
        self.fork.close()
        if self._exchange is not None:
            self._exchange.fail(ReaderLostError("the reader ended before the answer was complete"))
            self._exchange = None
        self._owner.on_lost(self)
