"""Queries that wait in a reader's own line: none is held up, lost or hurt by the one before it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from server.store.interface import QueryError, QueryRequest
from server.store.pool import PooledStore

pytestmark = pytest.mark.anyio

Running = Callable[..., AbstractAsyncContextManager[PooledStore]]
Pids = Callable[[Path], list[int]]
LABEL = "ASK { <http://example.org/sudan> ?p ?o }"
QUICK = "SELECT (COUNT(*) AS ?n) { ?s <http://example.org/filler> ?o }"


async def outcome(store: PooledStore, text: str, within: float = 3.0) -> tuple[str, float]:
    """What a query comes to, and after how many seconds."""
    start = time.monotonic()
    try:
        await (await store.query(QueryRequest(text, timeout=within))).read()
    except QueryError as error:
        return type(error).__name__, time.monotonic() - start
    return "answered", time.monotonic() - start


async def test_many_queries_share_one_reader(store_directory: Path, running: Running) -> None:
    async with running(store_directory, readers=1, slow_readers=0) as store:
        found = await asyncio.gather(*(outcome(store, QUICK) for _ in range(40)))
        assert {name for name, _ in found} == {"answered"}
        health = await store.health()
        assert (health.idle, health.busy, health.waiting) == (1, 0, 0)


async def test_who_waits_behind_a_long_query_is_answered_by_another(
    store_directory: Path, running: Running, runaways: dict[str, str]
) -> None:
    async with running(store_directory, readers=1, slow_readers=1) as store:
        long = asyncio.create_task(outcome(store, runaways["aggregate"], within=1.5))
        await asyncio.sleep(0)
        quick = await asyncio.gather(*(outcome(store, LABEL) for _ in range(6)))
        assert {name for name, _ in quick} == {"answered"}
        assert max(seconds for _, seconds in quick) < 1.0
        assert not long.done()
        assert (await long)[0] == "QueryTimeoutError"


async def test_who_waits_in_a_reader_that_is_killed_is_answered_by_another(
    store_directory: Path, running: Running, readers_of: Pids, runaways: dict[str, str]
) -> None:
    async with running(store_directory, readers=1, slow_readers=1) as store:
        for _ in range(10):
            asked = [asyncio.create_task(outcome(store, QUICK)) for _ in range(8)]
            await asyncio.sleep(0.001)
            for pid in readers_of(store_directory):
                os.kill(pid, signal.SIGKILL)
            assert {name for name, _ in await asyncio.gather(*asked)} == {"answered"}


async def test_who_leaves_the_line_does_not_stop_the_one_before(
    store_directory: Path, running: Running
) -> None:
    async with running(store_directory, readers=1, slow_readers=0) as store:
        for _ in range(20):
            first, second, third = (asyncio.create_task(outcome(store, QUICK)) for _ in range(3))
            await asyncio.sleep(0)
            second.cancel()
            assert (await first)[0] == "answered"
            assert (await third)[0] == "answered"
            with pytest.raises(asyncio.CancelledError):
                await second


LONG = "SELECT (COUNT(*) AS ?n) { ?a <http://example.org/filler> ?b . ?c ?d ?e . FILTER(?b < ?e) }"


async def test_long_queries_work_in_turns_and_all_are_answered(
    store_directory: Path, running: Running, readers_of: Pids
) -> None:
    """More of them than processors: those that wait are stopped, and none is forgotten."""
    async with running(store_directory, readers=2, slow_readers=8) as store:
        long = [asyncio.create_task(outcome(store, LONG, within=60)) for _ in range(8)]
        await asyncio.sleep(0.3)
        states = {state(pid) for pid in readers_of(store_directory)}
        quick = await outcome(store, LABEL)
        assert quick[0] == "answered"
        assert {name for name, _ in await asyncio.gather(*long)} == {"answered"}
        assert "T" in states or len(os.sched_getaffinity(0)) >= 8
        assert "T" not in {state(pid) for pid in readers_of(store_directory)}


async def test_a_long_query_whose_turn_it_is_not_still_ends_at_its_deadline(
    store_directory: Path, running: Running, runaways: dict[str, str]
) -> None:
    async with running(store_directory, readers=1, slow_readers=6) as store:
        found = await asyncio.gather(
            *(outcome(store, runaways["aggregate"], within=1.0) for _ in range(6))
        )
        assert {name for name, _ in found} <= {"QueryTimeoutError", "StoreBusyError"}
        assert max(seconds for _, seconds in found) < 2.0


def state(pid: int) -> str:
    """What a process does: R, S, T (stopped) ..."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return ""
