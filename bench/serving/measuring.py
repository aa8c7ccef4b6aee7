"""The measuring itself: wrk for many small requests, curl for one long answer."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from math import inf
from pathlib import Path

from pyoxigraph import QueryResultsFormat, QueryTriples, Store

from bench.serving.peers import memory_mib, native
from bench.serving.workloads import Workload
from server.store.load import open_or_load

_SCRIPT = Path(__file__).with_name("requests.lua")
_UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}
_LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)$", re.MULTILINE)
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: requests a second, latencies in milliseconds, what went wrong."""

    rate: float
    p50_ms: float
    p99_ms: float
    wrong: str


@dataclass(frozen=True, slots=True)
class Stream:
    """One long answer: seconds until the first and the last byte, and its size in bytes."""

    first_s: float
    total_s: float
    size: int


def load(endpoint: str, paths: Path, accept: str, clients: int, seconds: int) -> Load:
    """Ask the paths in turn from so many clients at once, for so long."""
    done = subprocess.run(
        [
            "wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "--timeout", "60s",
            "-s", str(_SCRIPT), endpoint, "--", str(_absolute(endpoint, paths)), accept,
        ],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    found = {
        name: float(value) * _UNITS[unit] for name, value, unit in _LATENCY.findall(done.stdout)
    }
    rate = _RATE.search(done.stdout)
    bad = _BAD.search(done.stdout)
    assert rate is not None, done.stdout
    return Load(float(rate[1]), found.get("50", inf), found.get("99", inf), bad[0] if bad else "")


def stream(endpoint: str, query: str, accept: str) -> Stream:
    """Fetch one answer whole."""
    done = subprocess.run(
        [
            "curl", "-sSf", "-o", "/dev/null", "-H", f"Accept: {accept}", "--get",
            "--data-urlencode", f"query={query}",
            "-w", "%{time_starttransfer} %{time_total} %{size_download}", endpoint,
        ],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    first, total, size = done.stdout.split()
    return Stream(float(first), float(total), int(size))


def in_process(store: Path, workload: Workload, seconds: int) -> float:
    """Queries a second of the engine itself, called from one thread."""
    opened = Store.read_only(str(store / "engine"))
    texts = cycle(workload.queries)
    start, asked = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        found = opened.query(next(texts), use_default_graph_as_union=True)
        assert not isinstance(found, QueryTriples)
        found.serialize(format=QueryResultsFormat.JSON)
        asked += 1
    return asked / (time.perf_counter() - start)


def loading(graph: Path, work: Path) -> dict[str, float]:
    """Seconds to make a store of a graph: ours, optimised and synced, and the native server's."""
    target = work / "loading"
    taken = {}
    shutil.rmtree(target, ignore_errors=True)
    start = time.perf_counter()
    open_or_load(graph, target)
    taken["samenhang"] = time.perf_counter() - start
    shutil.rmtree(target)
    program = native(target).command[0]
    start = time.perf_counter()
    subprocess.run(
        [program, "load", "--location", str(target), "--file", str(graph)],
        check=True,
        capture_output=True,
    )
    taken["native"] = time.perf_counter() - start
    shutil.rmtree(target)
    return taken


@contextmanager
def peak_memory(pid: int) -> Iterator[Callable[[], float]]:
    """Looks ten times a second how much memory a server has; gives the most, in MiB."""
    most = [memory_mib(pid)]
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            most.append(memory_mib(pid))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield lambda: max(most)
    finally:
        over.set()
        watcher.join()


@contextmanager
def attack(endpoint: str, queries: tuple[str, ...], every_s: float) -> Iterator[Counter[str]]:
    """Fire the queries in turn, one each so many seconds; counts how each was answered."""
    answers: Counter[str] = Counter()
    over = threading.Event()

    def fire(query: str) -> None:
        url = f"{endpoint}?{urllib.parse.urlencode({'query': query})}"
        start = time.monotonic()
        try:
            with urllib.request.urlopen(url, timeout=30) as response:
                response.read()
                status = str(response.status)
        except urllib.error.HTTPError as error:
            status = str(error.code)
        except OSError:
            status = "no answer"
        answers[f"{status} after {round(time.monotonic() - start)} s"] += 1

    def go() -> None:
        number = 0
        while not over.wait(every_s):
            query = queries[number % len(queries)]
            threading.Thread(target=fire, args=(query,), daemon=True).start()
            number += 1

    threading.Thread(target=go, daemon=True).start()
    try:
        yield answers
    finally:
        over.set()


def _absolute(endpoint: str, paths: Path) -> Path:
    """The same requests with the endpoint's own path before them, which wrk wants whole."""
    path = urllib.parse.urlsplit(endpoint).path
    target = paths.with_suffix(f".{path.strip('/') or 'root'}")
    if not target.exists():
        lines = paths.read_text().splitlines()
        target.write_text("".join(f"{path}{line}\n" for line in lines))
    return target
