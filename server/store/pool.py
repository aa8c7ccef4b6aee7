"""The embedded store: Oxigraph behind reader processes that can be killed.

Quick queries are answered by the fast lane, a fixed number of readers kept ready. A query that
turns out to be long takes its reader to the slow lane, and a fresh reader is forked in its place,
so that quick queries do not wait behind long ones. When the slow lane is full, long queries stay
where they are as long as nobody waits for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path

from server.store.bounds import MIB, Bounds
from server.store.interface import (
    Answer,
    Health,
    OvertakenError,
    QueryRequest,
    ReaderLostError,
    StoreBusyError,
    StoreError,
)
from server.store.layout import engine_folder, read_version
from server.store.link import ReaderLink
from server.store.slowlane import SlowLane
from server.store.spawner import Fork, Spawner
from server.store.turns import Turns

QUICK_S = 0.05  # a query that takes longer is a long one
_START_S = 30.0
_NOTICE_S = 0.02
_RETRY_S = 0.25
_RETRY_MAX_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much the store may use: readers in each lane, queries in line, each query.

    ``reserve_bytes`` of the disk are left free: beyond that no change is taken.
    """

    readers: int = 4
    slow_readers: int = 8
    max_queue: int = 256
    bounds: Bounds = field(default_factory=Bounds)
    reserve_bytes: int = 64 * MIB


class PooledStore:
    """A :class:`~server.store.interface.Store` over a folder made by ``open_or_load``."""

    def __init__(self, directory: Path, limits: Limits | None = None) -> None:
        self._directory = directory
        self._limits = limits or Limits()
        self._version = ""
        self._fast: set[ReaderLink] = set()
        self._slow = SlowLane()
        self._turns = Turns(self._limits.max_queue, self._offer)
        self._forking = 0
        self._spawner: Spawner | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    @property
    def version(self) -> str:
        """The version of the dataset; empty before the start."""
        return self._version

    async def start(self) -> None:
        """Open the store and wait for the first reader; :class:`StoreError` if it does not open."""
        self._version = read_version(self._directory)
        self._closing = False
        await self._open()
        try:
            await self._first_reader()
        except StoreBusyError as error:
            await self.close()
            raise StoreError(f"store {self._directory}: no reader could be started") from error

    async def switch(self, directory: Path) -> None:
        """Answer from another store folder from now on, queries under way from the former one.

        Every query that comes after the return sees the other store. On a :class:`StoreError` the
        former one stays.
        """
        version = read_version(directory)
        if self._spawner is None:
            raise StoreError(f"store {directory} can not be opened now")
        await self._spawner.open(engine_folder(directory))
        self._directory, self._version = directory, version
        for link in [one for one in self._turns.idle if self._outdated(one)]:
            link.kill()
        for link in [one for one in self._fast if self._outdated(one)]:
            self._fast.discard(link)  # it goes when it is done, as those of the slow lane do
            self._slow.add(link)
        self._replenish()
        await self._first_reader()

    async def _first_reader(self) -> None:
        self._turns.release(await self._turns.wait(asyncio.get_running_loop().time() + _START_S))

    def oldest(self) -> int:
        """Which opening of a store the oldest reader belongs to: 1 for the first store."""
        openings = [link.fork.opening for link in (*self._fast, *self._slow)]
        return min(openings, default=self._spawner.opening if self._spawner else 0)

    @property
    def opening(self) -> int:
        """How many stores have been opened so far."""
        return self._spawner.opening if self._spawner else 0

    async def query(self, request: QueryRequest) -> Answer:
        """Answer a query; raises the :class:`QueryError` that says why there is no answer."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + request.timeout
        lost = False
        while True:
            link = await self._turns.take(self._fast, deadline)
            try:
                return await link.ask(request, deadline)
            except OvertakenError:
                continue  # the deadline ends this
            except ReaderLostError as error:
                if lost or loop.time() - link.since > QUICK_S:
                    raise self._memory_error() from error
            # It was gone at once, so killed from outside rather than exhausted: another may do,
            # after a moment in which others that were killed with it are noticed.
            lost = True
            await asyncio.sleep(_NOTICE_S)

    async def health(self) -> Health:
        """The present state."""
        return Health(
            ready=bool(self._fast) and not self._closing,
            version=self._version,
            idle=len(self._turns.idle),
            busy=sum(link.working for link in self._fast),
            slow=len(self._slow),
            waiting=self._turns.waiting,
        )

    async def close(self) -> None:
        """End the readers and the zygote; queries under way end with an error."""
        self._closing = True
        for task in self._tasks:
            task.cancel()
        self._turns.refuse(StoreBusyError("the service is stopping"))
        for link in [*self._fast, *self._slow]:
            link.interrupt(StoreBusyError("the service is stopping"))
        if self._spawner is not None:
            await self._spawner.close()
            self._spawner = None

    # What becomes of readers (the link's owner)

    def on_connected(self, link: ReaderLink) -> None:
        """A new reader is ready."""
        if self._outdated(link):
            link.kill()
        else:
            self._offer(link)

    def on_begun(self, link: ReaderLink) -> None:
        """A query has its reader's attention: see soon whether it is a long one."""
        asyncio.get_running_loop().call_later(QUICK_S, self._check_lane, link, link.begun)

    def on_finished(self, link: ReaderLink) -> None:
        """A reader has room again; one of the slow lane has been replaced already."""
        if link in self._slow or self._closing:
            link.kill()
        else:
            self._offer(link)

    def on_lost(self, link: ReaderLink) -> None:
        """A reader is gone: fork another. Readers that never worked are not replaced at once."""
        self._turns.remove(link)
        self._fast.discard(link)
        self._slow.discard(link)
        if link.begun or self._outdated(link):
            self._replenish()
        else:
            self._replenish_later()

    # Lanes

    def _check_lane(self, link: ReaderLink, begun: int) -> None:
        """Called when a query has become a long one, and again while the slow lane is full."""
        if link.begun != begun or not link.working or link not in self._fast:
            return
        link.overtake()
        loop = asyncio.get_running_loop()
        if len(self._slow) < self._limits.slow_readers:
            self._fast.discard(link)
            self._slow.add(link)
            self._replenish()
        elif self._turns.waiting and loop.time() - link.since > link.patience:
            link.interrupt(StoreBusyError("too many long queries at once", retry_after=5))
        else:
            loop.call_later(QUICK_S, self._check_lane, link, begun)

    def _offer(self, link: ReaderLink) -> None:
        """A reader has room; one of a former store goes."""
        if self._outdated(link):
            link.kill()
        else:
            self._turns.offer(link)

    def _memory_error(self) -> ReaderLostError:
        allowed = self._limits.bounds.memory_bytes // MIB
        return ReaderLostError(
            f"the query was stopped; most likely it needed more than the {allowed} MiB of memory "
            "that a query may use, or is nested too deeply"
        )

    def _outdated(self, link: ReaderLink) -> bool:
        return self._spawner is None or link.fork.opening < self._spawner.opening

    # The zygote

    async def _open(self) -> None:
        spawner = Spawner(
            engine_folder(self._directory),
            self._limits.bounds,
            self._on_fork,
            self._on_fork_failure,
            self._on_zygote_end,
            self.opening,
        )
        self._spawner = spawner
        try:
            await spawner.start()
        except StoreError:
            await spawner.close()
            raise
        self._replenish()

    def _replenish(self) -> None:
        missing = self._limits.readers - len(self._fast) - self._forking
        for _ in range(0 if self._closing else missing):
            if self._spawner is None or not self._spawner.fork():
                return
            self._forking += 1

    def _replenish_later(self) -> None:
        asyncio.get_running_loop().call_later(_RETRY_S, self._replenish)

    def _on_fork(self, fork: Fork) -> None:
        self._forking = max(self._forking - 1, 0)
        link = ReaderLink(fork, self)
        self._fast.add(link)
        self._spawn_task(link.connect())

    def _on_fork_failure(self, _: str) -> None:
        self._forking = max(self._forking - 1, 0)
        self._replenish_later()

    def _on_zygote_end(self) -> None:
        self._forking = 0
        if not self._closing:
            self._spawn_task(self._reopen())

    async def _reopen(self) -> None:
        """A new zygote for one that is gone, however long it takes."""
        if self._spawner is not None:
            await self._spawner.close()
        pause = _RETRY_S
        while not self._closing:
            try:
                await self._open()
            except StoreError:
                await asyncio.sleep(pause)
                pause = min(pause * 2, _RETRY_MAX_S)
            else:
                return

    def _spawn_task(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
