"""The connection to one reader process: sends it a query, feeds its frames to the exchange."""

from __future__ import annotations

import asyncio
import signal
from collections import deque
from typing import Protocol, cast

from server.store.exchange import Exchange
from server.store.frames import Decoder, Kind, encode_query
from server.store.interface import (
    Answer,
    OvertakenError,
    QueryError,
    QueryRequest,
    ReaderLostError,
)
from server.store.spawner import Fork

_LAST = (Kind.END, Kind.FAIL)
_NICE = 15  # of a reader in the slow lane


class Owner(Protocol):
    """Who is told what becomes of a reader."""

    def on_connected(self, link: ReaderLink) -> None:
        """The reader can take its first query."""

    def on_begun(self, link: ReaderLink) -> None:
        """The reader begins with its next query."""

    def on_finished(self, link: ReaderLink) -> None:
        """The reader is done with a query."""

    def on_lost(self, link: ReaderLink) -> None:
        """The reader is gone."""


class ReaderLink(asyncio.Protocol):
    """One reader. It does its queries in turn; ``kill`` ends it whatever it does.

    A few may wait in its socket, so that it need not be woken for each.
    """

    def __init__(self, fork: Fork, owner: Owner) -> None:
        self.fork = fork
        self.begun = 0
        self.reserved = 0
        """Queries that are about to be asked."""
        self.since = asyncio.get_running_loop().time()
        """When the query in hand was begun."""
        self._owner = owner
        self._decoder = Decoder()
        self._line: deque[Exchange] = deque()
        self._transport: asyncio.Transport | None = None
        self._lost = False

    @property
    def load(self) -> int:
        """How many queries it has, the one in hand included."""
        return len(self._line) + self.reserved

    @property
    def working(self) -> bool:
        """Whether it has a query in hand."""
        return bool(self._line)

    @property
    def patience(self) -> float:
        """Seconds that the query in hand may hold up others, where no more room can be made."""
        return self._line[0].timeout / 4 if self._line else 0.0

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
        self.reserved = max(self.reserved - 1, 0)
        if self._transport is None or self._lost:
            raise OvertakenError("the reader ended before the query")
        exchange = Exchange(
            request.timeout,
            deadline,
            self._transport.pause_reading,
            self._transport.resume_reading,
            lambda: self._give_up(exchange),
        )
        self._line.append(exchange)
        if len(self._line) == 1:
            self._begin()
        self._transport.write(encode_query(request))
        return await exchange.answer()

    def overtake(self) -> None:
        """Send those elsewhere that wait behind the query in hand."""
        for exchange in list(self._line)[1:]:
            exchange.fail(OvertakenError("the query waited behind a long one"))

    def interrupt(self, error: QueryError) -> None:
        """Stop the query in hand, if any, and the reader with it."""
        if self._line:
            self._line[0].interrupt(error)
        self.kill()

    def kill(self) -> None:
        """End the process and the connection."""
        self.fork.kill()
        if self._transport is not None:
            self._transport.abort()

    def hold(self) -> None:
        """Let the process wait for its turn."""
        self.fork.send(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it work."""
        self.fork.send(signal.SIGCONT)

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
            if not self._line:
                return
            self._line[0].receive(kind, payload)
            if kind in _LAST:
                self._line.popleft()
                if self._line:
                    self._begin()
                self._owner.on_finished(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Called by the event loop."""
        if self._lost:
            return
        self._lost = True
        self.fork.kill()
        self.fork.close()
        self.overtake()
        if self._line:
            self._line[0].fail(ReaderLostError("the reader ended before the answer was complete"))
            self._line.clear()
        self._owner.on_lost(self)

    def _begin(self) -> None:
        self.begun += 1
        self.since = asyncio.get_running_loop().time()
        if self._line[0].over:
            self.kill()  # nobody waits for it any more
        else:
            self._owner.on_begun(self)

    def _give_up(self, exchange: Exchange) -> None:
        if self._line and self._line[0] is exchange:
            self.kill()
