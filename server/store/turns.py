"""Which reader gets which query: free ones first, then those with room, then a bounded line."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from operator import attrgetter

from server.store.interface import QueryError, StoreBusyError
from server.store.link import ReaderLink

_DEPTH = 4  # queries that a reader may have
_SOON_S = 0.005  # behind a query that already takes longer nobody need wait
_LOAD = attrgetter("load")


class Turns:
    """Free readers, and queries that wait for one, first come first served.

    ``on_free`` is told of a reader that was given to a query which left meanwhile.
    """

    def __init__(self, most: int, on_free: Callable[[ReaderLink], None]) -> None:
        self.idle: list[ReaderLink] = []  # a stack: the last one used has warm caches
        self._most = most
        self._on_free = on_free
        self._line: deque[asyncio.Future[ReaderLink]] = deque()

    @property
    def waiting(self) -> int:
        """How many queries wait."""
        return sum(not turn.done() for turn in self._line)

    async def take(self, readers: Iterable[ReaderLink], deadline: float) -> ReaderLink:
        """A reader for a query; :class:`StoreBusyError` where there is none in time."""
        link = self.idle.pop() if self.idle else _with_room(readers)
        if link is not None:
            link.reserved += 1
            return link
        if len(self._line) >= self._most:
            raise StoreBusyError("too many queries are waiting")
        return await self.wait(deadline)

    async def wait(self, deadline: float) -> ReaderLink:
        """The next reader that has room."""
        turn: asyncio.Future[ReaderLink] = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        try:
            async with asyncio.timeout_at(deadline):
                return await turn
        except TimeoutError:
            self._leave(turn)
            raise StoreBusyError("no reader became free in time") from None
        except asyncio.CancelledError:
            self._leave(turn)
            raise

    def offer(self, link: ReaderLink) -> None:
        """Give a reader with room to the first in line, or keep it where it has nothing to do."""
        while self._line:
            turn = self._line.popleft()
            if not turn.done():
                link.reserved += 1
                turn.set_result(link)
                return
        if not link.load and link not in self.idle:
            self.idle.append(link)

    def release(self, link: ReaderLink) -> None:
        """A reader that was taken for a query does not get it."""
        link.reserved -= 1
        self._on_free(link)

    def remove(self, link: ReaderLink) -> None:
        """A reader is gone."""
        with suppress(ValueError):
            self.idle.remove(link)

    def refuse(self, error: QueryError) -> None:
        """Send all away that wait."""
        while self._line:
            turn = self._line.popleft()
            if not turn.done():
                turn.set_exception(error)

    def _leave(self, turn: asyncio.Future[ReaderLink]) -> None:
        with suppress(ValueError):
            self._line.remove(turn)
        if turn.done() and not turn.cancelled() and turn.exception() is None:
            self.release(turn.result())


def _with_room(readers: Iterable[ReaderLink]) -> ReaderLink | None:
    """The reader with the shortest line, among those whose query in hand is quick so far."""
    soon = asyncio.get_running_loop().time() - _SOON_S
    found = [one for one in readers if 0 < one.load < _DEPTH and one.since > soon]
    return min(found, key=_LOAD, default=None)
