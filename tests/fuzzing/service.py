"""A service in processes of its own, and what the kernel says of them."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.conftest import ROOT

TOKEN = "a-token-for-noise"
BASE = "https://w3id.org/samenhang/"
# Small, so that what is out of bounds is reached soon.
SETTINGS = {
    "SAMENHANG_UPDATE_TOKEN": TOKEN,
    "SAMENHANG_QUERY_TIMEOUT_S": "1",
    "SAMENHANG_UPDATE_TIMEOUT_S": "2",
    "SAMENHANG_READERS": "2",
    "SAMENHANG_SLOW_READERS": "2",
    "SAMENHANG_MAX_QUERY_BYTES": "300000",
    "SAMENHANG_MAX_UPLOAD_BYTES": "500000",
    "SAMENHANG_READER_MEMORY_BYTES": str(256 * 1024 * 1024),
    "SAMENHANG_CACHE_BYTES": str(4 * 1024 * 1024),
}
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Footprint:
    """What the service takes: processes in all; open files and memory of the web process."""

    processes: int
    files: int
    megabytes: int
    snapshots: int


class Service:
    """A running service that takes changes."""

    def __init__(self, port: int, process: subprocess.Popen[str], data: Path, log: Path) -> None:
        self.port = port
        self.log = log
        self._process = process
        self._data = data

    @property
    def alive(self) -> bool:
        """Whether its web process runs."""
        return self._process.poll() is None

    def footprint(self) -> Footprint:
        """What it takes now."""
        pid = self._process.pid
        own = Path(f"/proc/{pid}")
        return Footprint(
            processes=len(_family(pid)),
            files=sum(1 for _ in (own / "fd").iterdir()),
            megabytes=int((own / "statm").read_text().split()[1]) * _PAGE // _MIB,
            snapshots=len(list(self._data.glob("stores/empty/snapshots/*"))),
        )

    def ask(self, query: str, timeout: float = 10.0) -> str:
        """The answer to a query, as CSV or the JSON of an ASK."""
        path = "/sparql?" + urlencode({"query": query})
        status, body = self.send("GET", path, accept="text/csv, application/json", timeout=timeout)
        assert status == 200, (status, body[:500])
        return body

    def update(self, text: str) -> None:
        """Carry out an update."""
        status, body = self.send("POST", "/update", text, "application/sparql-update")
        assert status == 204, (status, body[:500])

    def send(
        self,
        method: str,
        path: str,
        body: str | None = None,
        content_type: str = "",
        *,
        accept: str = "*/*",
        timeout: float = 10.0,
    ) -> tuple[int, str]:
        """The status and the body of an ordinary request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        headers = {"Authorization": f"Bearer {TOKEN}", "Accept": accept}
        if content_type:
            headers["Content-Type"] = content_type
        try:
            connection.request(method, path, body.encode() if body is not None else None, headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()


@contextmanager
def running(data: Path, log: Path) -> Iterator[Service]:
    """`samenhang serve --empty` over a folder, ready to answer; what it says goes to a file."""
    with log.open("a", encoding="utf-8") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "samenhang", "serve", "--empty", "--data", data, "--port", "0"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | SETTINGS,
            stderr=said,
            text=True,
        )
    try:
        yield Service(_port(process, log), process, data, log)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _port(process: subprocess.Popen[str], log: Path) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(encoding="utf-8")[-2000:]
        announced = [line for line in log.read_text("utf-8").splitlines() if "answers on" in line]
        if announced and _healthy(port := int(announced[-1].rstrip("/").rpartition(":")[2])):
            return port
        time.sleep(0.1)
    raise AssertionError("the service did not become ready")


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _family(pid: int) -> list[int]:
    """A process and all that came from it, but for those that ended."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (path / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            children.setdefault(int(parent), []).append(int(path.name))
    found = [pid]
    for one in found:
        found.extend(children.get(one, ()))
    return found
