"""The zygote: opens the store once, read-only, and forks readers that share it.

Run as ``python -m server.store.zygote FOLDER BOUNDS`` with a ``SOCK_SEQPACKET`` socket as
standard input. It says ``READY`` or ``ERROR reason``; then each ``FORK`` it receives is answered
with a process id and, as file descriptors, a socket to that reader and its pidfd, or ``ERROR
reason``. ``OPEN folder`` makes it fork from another store from then on, and is answered ``READY``
or ``CLOSED reason``; after the latter the former store stays. It ends when the other side closes,
and its readers with it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import sys
from pathlib import Path

from pyoxigraph import Store

from server.store.bounds import Bounds
from server.store.reader import fence, serve

READY = b"READY"
FORK = b"FORK"
OPEN = b"OPEN "
ERROR = b"ERROR "
CLOSED = b"CLOSED "
MESSAGE = 4096
"""The most bytes of a message."""
_PR_SET_PDEATHSIG = 1


def main(directory: str, bounds: Bounds) -> None:
    """Serve forks on standard input until it closes."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the web process decides when to end
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps
    control = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    try:
        store = _opened(directory)
    except (OSError, RuntimeError, ValueError) as error:
        control.send(ERROR + str(error).encode()[:2000])
        return
    gc.collect()
    gc.freeze()  # readers share these pages instead of copying them
    control.send(READY)
    libc = ctypes.CDLL(None, use_errno=True)
    while message := control.recv(MESSAGE):
        if message.startswith(OPEN):
            try:
                store = _opened(message.removeprefix(OPEN).decode())
                control.send(READY)
            except (OSError, RuntimeError, ValueError) as error:
                control.send(CLOSED + str(error).encode()[:2000])
            continue
        try:
            _fork(store, bounds, control, libc)
        except OSError as error:
            control.send(ERROR + str(error).encode())


def _opened(directory: str) -> Store:
    """A store that only reads, with what its first query needs in memory."""
    store = Store.read_only(directory)
    store.query("ASK { ?s ?p ?o }")
    return store


def _fork(store: Store, bounds: Bounds, control: socket.socket, libc: ctypes.CDLL) -> None:
    ours, theirs = socket.socketpair()
    parent = os.getpid()
    with ours, theirs:
        child = os.fork()
        if child == 0:
            _become_reader(store, bounds, theirs, parent, libc, (control, ours))
        pidfd = os.pidfd_open(child)
        try:
            socket.send_fds(control, [str(child).encode()], [ours.fileno(), pidfd])
        finally:
            os.close(pidfd)


def _become_reader(
    store: Store,
    bounds: Bounds,
    channel: socket.socket,
    parent: int,
    libc: ctypes.CDLL,
    unneeded: tuple[socket.socket, ...],
) -> None:
    """Never returns. Dies with the zygote, whatever it is doing."""
    status = 1
    try:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == parent:
            for other in unneeded:
                other.close()
            os.close(sys.stdin.fileno())
            # When memory runs out, a reader goes first, never the web process.
            Path("/proc/self/oom_score_adj").write_text("1000")
            fence(bounds)
            serve(store, channel, bounds)
            status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(sys.argv[1], Bounds.read(sys.argv[2]))
