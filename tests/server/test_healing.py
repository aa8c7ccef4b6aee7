"""A service whose processes are killed again and again: it heals, and loses nothing."""

from __future__ import annotations

import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
TOKEN = "a token for tests"
HEALED_S = 1.0
PATIENCE_S = 10.0


class Service:
    """``samenhang serve --empty`` in a process of its own, and a client that may write."""

    def __init__(self, data: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "samenhang", "serve", "--empty", "--data", data, "--port", "0"],
            cwd=ROOT,
            env=os.environ | {"SAMENHANG_UPDATE_TOKEN": TOKEN},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        line = next(line for line in self.process.stderr if "answers on" in line)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        self.client = httpx.Client(base_url=line.split()[-1], headers=headers, timeout=10)
        self.acknowledged = 0

    def write(self) -> bool:
        """Two triples in one update; whether that was acknowledged."""
        number = self.acknowledged
        one, other = (f"INSERT DATA {{ <urn:{number}> <urn:{name}> 1 }}" for name in "pq")
        text = f"{one} ; {other}"
        sent = self.client.post("/update", data={"update": text})
        assert sent.status_code in {204, 503}, sent.text
        self.acknowledged += sent.status_code == 204
        return sent.status_code == 204

    def count(self, pattern: str) -> int:
        """How often a pattern is found."""
        query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        found = self.client.get("/sparql", params={"query": query, "format": "csv"})
        assert found.status_code == 200, found.text
        return int(found.text.split()[1])

    def check(self) -> None:
        """All that was acknowledged is there, and nothing by half."""
        whole = self.count("?s <urn:p> 1 ; <urn:q> 1")
        assert whole >= self.acknowledged
        assert whole == self.count("?s <urn:p> 1") == self.count("?s <urn:q> 1")

    def children(self) -> list[int]:
        """The processes below the web process: zygote, readers, writer."""
        found: list[int] = []
        waiting = [self.process.pid]
        while waiting:
            for tasks in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
                below = [int(one) for one in tasks.read_text().split()]
                found += below
                waiting += below
        return found


@contextmanager
def running(data: Path) -> Iterator[Service]:
    service = Service(data)
    try:
        yield service
    finally:
        service.client.close()
        service.process.kill()
        service.process.wait()
        assert service.process.stderr is not None
        service.process.stderr.close()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_is_killed_the_service_heals_within_a_second(tmp_path: Path, seed: int) -> None:
    chosen = random.Random(seed)
    healed = []
    with running(tmp_path) as service:
        assert service.write()
        for _ in range(12):
            victims = chosen.sample(service.children(), k=chosen.choice([1, 1, 2, 3]))
            for pid in victims:
                with suppress(ProcessLookupError):  # it ended by itself
                    os.kill(pid, signal.SIGKILL)
            start = time.monotonic()
            service.count("?s ?p ?o")
            while not service.write():
                assert time.monotonic() - start < PATIENCE_S
            healed.append(time.monotonic() - start)
            service.check()
    # The middle one, for the machine may be busy with other tests too.
    assert statistics.median(healed) < HEALED_S


def test_a_killed_web_process_leaves_nothing_behind_and_its_data_whole(tmp_path: Path) -> None:
    acknowledged = 0
    for number in range(3):
        with running(tmp_path) as service:
            service.acknowledged = acknowledged
            service.check()
            for _ in range(5 + number):
                service.write()
            acknowledged = service.acknowledged
            children = service.children()
            assert len(children) >= 3
            service.process.kill()
            end = time.monotonic() + PATIENCE_S
            while any(Path(f"/proc/{pid}/exe").exists() for pid in children):
                assert time.monotonic() < end, "a process outlived the web process"
                time.sleep(0.01)
    with running(tmp_path) as service:
        service.acknowledged = acknowledged
        service.check()
