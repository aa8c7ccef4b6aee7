"""The servers that are compared, each started on the same store and stopped again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_START_S = 60.0
_PORT = "{port}"


@dataclass(frozen=True, slots=True)
class Peer:
    """A server: its command, its query endpoint and what is set in its environment."""

    name: str
    command: tuple[str, ...]
    path: str
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    peer: Peer
    port: int
    pid: int
    started_s: float

    @property
    def endpoint(self) -> str:
        """The address of its query endpoint."""
        return f"http://127.0.0.1:{self.port}{self.peer.path}"


def ours(store: Path, name: str = "samenhang", **settings: str) -> Peer:
    """Samenhang, with the answer cache off unless set otherwise."""
    chosen = {"cache_bytes": "0", "query_timeout_s": "60"} | settings
    environment = tuple((f"SAMENHANG_{key.upper()}", value) for key, value in chosen.items())
    command = (sys.executable, "-m", "bench.serving.front", str(store), _PORT)
    return Peer(name, command, "/sparql", environment)


def native(store: Path, timeout_s: int | None = None) -> Peer:
    """The engine's own server, as PyPI's ``oxigraph`` brings it."""
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if program is None:
        raise SystemExit("the native server is not installed: pip install oxigraph")
    limit = () if timeout_s is None else ("--timeout-s", str(timeout_s))
    command = (program, "serve-read-only", "--location", str(store / "engine"))
    return Peer(
        "native",
        (*command, "--union-default-graph", "--bind", f"127.0.0.1:{_PORT}", *limit),
        "/query",
    )


def rdflib_endpoint(store: Path) -> Peer:
    """PyPI's ``rdflib-endpoint`` over the same engine (``oxrdflib``)."""
    command = (sys.executable, "-m", "bench.serving.rdflib_front", str(store / "engine"), _PORT)
    return Peer("rdflib-endpoint", command, "/")


@contextmanager
def running(peer: Peer) -> Iterator[Running]:
    """The server while it runs, with the seconds it took to answer first."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [part.replace(_PORT, str(port)) for part in peer.command]
    before = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | dict(peer.environment),
    )
    try:
        _wait(f"http://127.0.0.1:{port}{peer.path}?query=ASK%7B%7D", process, peer.name)
        yield Running(peer, port, process.pid, time.perf_counter() - before)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def memory_mib(pid: int) -> float:
    """The memory of a process and those it started, shared pages counted in parts (PSS)."""
    total = 0
    for one in _family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def _wait(url: str, process: subprocess.Popen[bytes], name: str) -> None:
    deadline = time.perf_counter() + _START_S
    while time.perf_counter() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"{name} ended at its start")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.01)
    raise SystemExit(f"{name} does not start")
