"""A service that publishes: `samenhang serve` over some documents, in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.conftest import ROOT

BASE = "https://data.example.org/beleid/"
ROOT_PATH = "/beleid"
_READY_S = 300


@dataclass(frozen=True, slots=True)
class Service:
    """A service of a publisher with a base of its own, mounted at the path of that base.

    ``address`` is where it answers for what is under the ``base``, without a slash at the end.
    """

    address: str
    base: str
    data: Path

    @property
    def dataset(self) -> Path:
        """The data set that it serves."""
        return self.data / "current" / "dataset.nq"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def environment(**settings: str) -> dict[str, str]:
    """The environment of a service with these settings and no others."""
    inherited = {key: v for key, v in os.environ.items() if not key.startswith("SAMENHANG_")}
    given = {f"SAMENHANG_{key.upper()}": value for key, value in settings.items()}
    return inherited | {"PYTHONPATH": str(ROOT)} | given


@contextmanager
def serving(data: Path, seeds: Path | None = None, **settings: str) -> Iterator[str]:
    """The address of a service over documents, once it has published their data."""
    port = free_port()
    documents = ["--seeds", str(seeds)] if seeds else []
    process = subprocess.Popen(
        [sys.executable, "-m", "samenhang", "serve", "--data", str(data), *documents],
        cwd=data.parent,
        env=environment(port=str(port), **settings),
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address + settings.get("root_path", "")
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _READY_S
    while time.monotonic() < until:
        assert process.poll() is None, "the service ended by itself"
        try:
            if httpx.get(f"{address}/feed", headers={"Accept": "text/turtle"}).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("the service was not ready in time")
