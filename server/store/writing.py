"""A store that takes changes: one writer process, and readers on snapshots of what it wrote.

``{folder}/engine`` is the writer's. After a change the writer makes a snapshot of it (hard links,
some milliseconds) at ``{folder}/snapshots/``, and the readers move to it before the change is
acknowledged. Changes that arrive together are shown by one snapshot.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

from server.store.frames import Kind, encode, encode_graph, encode_update
from server.store.interface import (
    Answer,
    GraphRequest,
    Health,
    QueryError,
    QueryRequest,
    StorageFullError,
    StoreBusyError,
    StoreError,
    UpdateRequest,
    Written,
)
from server.store.layout import VERSION, engine_folder, reason
from server.store.pool import Limits, PooledStore
from server.store.writerlink import WriterLink

SNAPSHOTS = "snapshots"
_SNAPSHOT_S = 10.0
_PAUSE_S = 0.2


class WritingStore:
    """A :class:`~server.store.interface.WritableStore` over a folder of its own."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self._folder = folder.resolve()
        self._limits = limits or Limits()
        self._writer = WriterLink(engine_folder(folder), self._limits.bounds)
        self._turn = asyncio.Lock()
        self._epoch = ""
        self._written = 0
        self._shown = 0
        self._showing: asyncio.Task[None] | None = None
        self._pool: PooledStore | None = None
        self._snapshots: list[tuple[int, Path]] = []  # with the pool's count of their opening

    @property
    def version(self) -> str:
        """The version that queries see: it changes with every change, and with every start."""
        return self._pool.version if self._pool else ""

    async def start(self) -> None:
        """Open the store for writing and the first snapshot for reading."""
        try:
            shutil.rmtree(self._folder / SNAPSHOTS, ignore_errors=True)
            (self._folder / SNAPSHOTS).mkdir(parents=True)
        except OSError as error:
            raise StoreError(f"store {self._folder} can not be written: {reason(error)}") from error
        # The time, for a version must not come back with other content behind it.
        self._epoch = f"{time.time_ns():x}"
        await self._writer.start()
        try:
            snapshot = await self._take()
            self._pool = PooledStore(snapshot, self._limits)
            await self._pool.start()
            self._snapshots = [(self._pool.opening, snapshot)]
        except StoreError:
            await self.close()
            raise

    async def query(self, request: QueryRequest) -> Answer:
        """Answer a query from the newest snapshot."""
        if self._pool is None:
            raise StoreBusyError("the service is starting")
        return await self._pool.query(request)

    async def update(self, request: UpdateRequest) -> Written:
        """Carry out an update."""
        return await self._change(encode_update(request), request.timeout)

    async def change_graph(self, request: GraphRequest) -> Written:
        """Replace, merge into or delete a graph."""
        return await self._change(encode_graph(request), request.timeout)

    async def health(self) -> Health:
        """The present state."""
        if self._pool is None:
            return Health(ready=False, version="", idle=0, busy=0, slow=0, waiting=0)
        return await self._pool.health()

    async def close(self) -> None:
        """Stop the writer and the readers."""
        if self._showing is not None:
            self._showing.cancel()
        await self._writer.close()
        if self._pool is not None:
            await self._pool.close()

    async def _change(self, frame: bytes, allowed: float) -> Written:
        # Shielded: a client that leaves does not leave a change half shown.
        return await asyncio.shield(asyncio.ensure_future(self._carry_out(frame, allowed)))

    async def _carry_out(self, frame: bytes, allowed: float) -> Written:
        self._check_room()
        try:
            return await self._carry_on(frame, allowed)
        except StoreError:
            self._check_room()  # what else went wrong for want of it
            raise

    def _check_room(self) -> None:
        """A :class:`StorageFullError` before the engine meets a full disk in the middle."""
        if shutil.disk_usage(self._folder).free < self._limits.reserve_bytes:
            raise StorageFullError("there is no room left on the disk to write")

    async def _carry_on(self, frame: bytes, allowed: float) -> Written:
        deadline = asyncio.get_running_loop().time() + allowed
        try:
            async with asyncio.timeout_at(deadline):
                await self._turn.acquire()
        except TimeoutError:
            raise StoreBusyError("too many changes are waiting") from None
        try:
            existed = await self._writer.ask(frame, deadline, allowed)
        finally:
            self._written += 1  # an error after the fact may hide a change: it is shown too
            number = self._written
            self._turn.release()
        await self._show(number)
        return Written(existed, self.version)

    async def _show(self, number: int) -> None:
        """Wait until queries see the change of this number."""
        while self._shown < number:
            if self._showing is None or self._showing.done():
                self._showing = asyncio.get_running_loop().create_task(self._publish())
            await asyncio.shield(self._showing)

    async def _publish(self) -> None:
        async with self._turn:
            number = self._written
            snapshot = await self._take()
        if self._pool is None:
            raise StoreBusyError("the service is stopping")
        try:
            await self._pool.switch(snapshot)
        except StoreError:
            await asyncio.to_thread(_remove, snapshot)
            await asyncio.sleep(_PAUSE_S)  # a zygote that is gone comes back
            return
        self._shown = max(self._shown, number)
        self._snapshots.append((self._pool.opening, snapshot))
        await self._tidy()

    async def _tidy(self) -> None:
        """Remove the snapshots that no reader has open; those of long queries go the next time."""
        oldest = self._pool.oldest() if self._pool else 0
        gone = [path for opening, path in self._snapshots[:-1] if opening < oldest]
        self._snapshots = [one for one in self._snapshots if one[1] not in gone]
        for path in gone:
            await asyncio.to_thread(_remove, path)

    async def _take(self) -> Path:
        """A snapshot of what is written now."""
        version = f"{self._epoch}-{self._written}-{os.urandom(2).hex()}"
        folder = self._folder / SNAPSHOTS / version
        folder.mkdir()
        deadline = asyncio.get_running_loop().time() + _SNAPSHOT_S
        target = str(engine_folder(folder).resolve())
        try:
            await self._writer.ask(encode(Kind.SNAPSHOT, target.encode()), deadline, _SNAPSHOT_S)
            (folder / VERSION).write_text(version + "\n", encoding="ascii")
        except (OSError, QueryError) as error:
            _remove(folder)
            raise StoreError(f"store {self._folder}: no snapshot: {reason(error)}") from error
        return folder


def _remove(folder: Path) -> None:
    with suppress(OSError):
        shutil.rmtree(folder)
