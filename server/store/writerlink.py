"""The web process's hold on the writer: starts it, hands it changes one by one, ends it in time."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import server
from server.store.bounds import Bounds
from server.store.frames import Decoder, Kind, decode_done, decode_error
from server.store.interface import QueryTimeoutError, ReaderLostError, StoreError

_ROOT = Path(server.__file__).parents[1]
_RECEIVE = 64 * 1024
_START_S = 60.0


class WriterLink:
    """One writer process at a time; the caller sees to it that changes take turns."""

    def __init__(self, directory: Path, bounds: Bounds) -> None:
        self._directory = directory
        self._bounds = bounds
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._decoder = Decoder()

    @property
    def pid(self) -> int | None:
        """The writer's process id while it lives."""
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Start a writer and wait until it has the store; :class:`StoreError` if it can not."""
        self._channel, theirs = socket.socketpair()
        self._channel.setblocking(False)
        self._decoder = Decoder()
        with theirs:
            self._process = _launch(self._directory, self._bounds, theirs)
        try:
            async with asyncio.timeout(_START_S):
                await self._answer()
        except (StoreError, TimeoutError) as error:
            await self.close()
            reason = str(error) or "it took too long"
            raise StoreError(f"store {self._directory} can not be written: {reason}") from error

    async def ask(self, frame: bytes, deadline: float, allowed: float) -> bool:
        """Have a change carried out: whether its graph was there before.

        At the deadline (the loop's time), ``allowed`` seconds after the request came, the writer is
        ended and the change with it. Raises the :class:`QueryError` that says why there is none.
        """
        if self._channel is None:
            await self.start()
        assert self._channel is not None
        try:
            async with asyncio.timeout_at(deadline):
                await asyncio.get_running_loop().sock_sendall(self._channel, frame)
                return await self._answer()
        except TimeoutError:
            await self.close()
            raise QueryTimeoutError(allowed) from None
        except OSError as error:
            await self.close()
            raise ReaderLostError("the writer ended before it was done") from error
        except ReaderLostError:
            await self.close()
            raise

    async def close(self) -> None:
        """End the process; the engine recovers what it had committed when it is opened again."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._process is not None:
            process, self._process = self._process, None
            with suppress(ProcessLookupError):
                process.kill()
            await asyncio.to_thread(process.wait)

    async def _answer(self) -> bool:
        assert self._channel is not None
        while data := await asyncio.get_running_loop().sock_recv(self._channel, _RECEIVE):
            # At most one, for there is one change at a time; all are taken out of the decoder.
            for kind, payload in list(self._decoder.feed(data)):
                if kind is Kind.DONE:
                    return decode_done(payload)
                raise decode_error(payload)
        raise ReaderLostError(
            "the writer ended before it was done; most likely the change needed more memory than "
            "it may use, or is nested too deeply"
        )


def _launch(directory: Path, bounds: Bounds, channel: socket.socket) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-m", "server.store.writer", str(directory.resolve()), bounds.written()],
        stdin=channel.fileno(),
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": path},
    )
