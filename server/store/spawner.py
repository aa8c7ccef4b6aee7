"""The web process's hold on the zygote: starts it, asks it for readers, notices its end."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import server
from server.store.bounds import Bounds
from server.store.interface import StoreError
from server.store.zygote import CLOSED, ERROR, FORK, MESSAGE, OPEN, READY

_ROOT = Path(server.__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Fork:
    """A new reader: its process id, a handle to that very process, and the socket to it.

    ``opening`` counts the stores that its zygote had opened: readers of an earlier store have less.
    """

    pid: int
    pidfd: int
    channel: socket.socket
    opening: int = 1

    def kill(self) -> None:
        """Stop the process whatever it is doing; harmless when it is gone."""
        self.send(signal.SIGKILL)

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process, if it is there."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, number)

    def renice(self, value: int) -> None:
        """Lower its claim on the processor."""
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self.pid, value)

    def close(self) -> None:
        """Let go of the handle; the socket belongs to the transport."""
        os.close(self.pidfd)


class Spawner:
    """One zygote. ``on_fork`` gets each new reader, ``on_failure`` the reason for none.

    ``on_end`` is called once when a zygote that had started is gone.
    """

    def __init__(
        self,
        directory: Path,
        bounds: Bounds,
        on_fork: Callable[[Fork], None],
        on_failure: Callable[[str], None],
        on_end: Callable[[], None],
        opening: int = 0,
    ) -> None:
        self._directory = directory
        self._bounds = bounds
        self._on_fork = on_fork
        self._on_failure = on_failure
        self._on_end = on_end
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._ready: asyncio.Future[None] | None = None
        self.opening = opening
        """How many stores have been opened so far, by this zygote and those before it."""
        self._before = opening

    @property
    def pid(self) -> int | None:
        """The zygote's process id while it lives."""
        return self._process.pid if self._process and self._control else None

    @property
    def _opened(self) -> bool:
        return self.opening > self._before

    async def start(self) -> None:
        """Start the zygote and wait for its store to be open; :class:`StoreError` if it can not."""
        loop = asyncio.get_running_loop()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.setblocking(False)
        with theirs:
            self._process = _launch(self._directory, self._bounds, theirs)
        self._ready = loop.create_future()
        loop.add_reader(self._control.fileno(), self._receive)
        await self._ready

    async def open(self, directory: Path) -> None:
        """Fork from another store (by its full path) from now on.

        On a :class:`StoreError` it goes on with the one there was.
        """
        if self._control is None or (self._ready is not None and not self._ready.done()):
            raise StoreError(f"store {directory} can not be opened now")
        self._ready = asyncio.get_running_loop().create_future()
        self._directory = directory
        try:
            self._control.send(OPEN + str(directory).encode())
        except OSError as error:
            self._settle(StoreError(f"store {directory} can not be opened: {error.strerror}"))
        await self._ready

    def fork(self) -> bool:
        """Ask for a reader; false where the zygote is gone or behind with earlier requests."""
        if self._control is None:
            return False
        try:
            self._control.send(FORK)
        except OSError:
            return False
        return True

    async def close(self) -> None:
        """End the zygote and with it all its readers."""
        self._drop_control()
        if self._process is not None:
            await asyncio.to_thread(_reap, self._process)

    def _receive(self) -> None:
        if self._control is None:
            return
        try:
            message, handles, _, _ = socket.recv_fds(
                self._control, MESSAGE, 2, socket.MSG_CMSG_CLOEXEC
            )
        except BlockingIOError:
            return
        except OSError:
            message, handles = b"", []
        if not message:
            self._ended()
        elif message == READY:
            self.opening += 1
            self._settle(None)
        elif message.startswith(CLOSED):
            reason = message.removeprefix(CLOSED).decode(errors="replace")
            self._settle(StoreError(f"store {self._directory} can not be opened: {reason}"))
        elif message.startswith(ERROR):
            self._failed(message.removeprefix(ERROR).decode(errors="replace"))
        else:
            self._forked(int(message), handles)

    def _forked(self, pid: int, handles: list[int]) -> None:
        if len(handles) != 2:  # this process has no descriptors left; the reader sees its end close
            for handle in handles:
                os.close(handle)
            self._on_failure("too many open files")
            return
        channel = socket.socket(fileno=handles[0])
        self._on_fork(Fork(pid, handles[1], channel, self.opening))

    def _failed(self, reason: str) -> None:
        if self._opened:
            self._on_failure(reason)
        else:
            self._settle(StoreError(f"store {self._directory} can not be opened: {reason}"))

    def _ended(self) -> None:
        self._drop_control()
        if self._process is not None:
            self._process.poll()
        if self._ready is not None and not self._ready.done():
            self._settle(StoreError(f"store {self._directory}: its process ended while opening it"))
        if self._opened:
            self._on_end()

    def _settle(self, error: StoreError | None) -> None:
        if self._ready is None or self._ready.done():
            return
        if error is None:
            self._ready.set_result(None)
        else:
            self._ready.set_exception(error)

    def _drop_control(self) -> None:
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control.fileno())
            self._control.close()
            self._control = None


def _launch(directory: Path, bounds: Bounds, control: socket.socket) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-m", "server.store.zygote", str(directory.resolve()), bounds.written()],
        stdin=control.fileno(),
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": path},
    )


def _reap(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
