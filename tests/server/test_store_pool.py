"""The pool against a store on disk: answers, deadlines, lanes, and processes that get killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode

from server.store.bounds import Bounds
from server.store.interface import (
    CSV,
    N_TRIPLES,
    AnswerInterruptedError,
    NoSuitableFormatError,
    QueryError,
    QueryFailedError,
    QueryForm,
    QueryRefusedError,
    QueryRequest,
    QuerySyntaxError,
    ReaderLostError,
    StoreBusyError,
    StoreError,
)
from server.store.pool import PooledStore

pytestmark = pytest.mark.anyio

Running = Callable[..., AbstractAsyncContextManager[PooledStore]]
Pids = Callable[[Path], list[int]]
EX = "http://example.org/"
LABEL = f"SELECT ?s {{ ?s <{EX}amount> 575000 }}"
MIB = 1024 * 1024


async def rows(store: PooledStore, text: str, **members: Any) -> list[dict[str, str]]:
    """The values of a SELECT's rows."""
    answer = await store.query(QueryRequest(text, **members))
    found = json.loads(await answer.read())
    return [
        {name: term["value"] for name, term in row.items()} for row in found["results"]["bindings"]
    ]


async def outcome(store: PooledStore, text: str, within: float = 1.0) -> tuple[str, float]:
    """What a query comes to, and after how many seconds."""
    start = time.monotonic()
    try:
        await (await store.query(QueryRequest(text, timeout=within))).read()
    except QueryError as error:
        return type(error).__name__, time.monotonic() - start
    return "answered", time.monotonic() - start


async def settled(store: PooledStore, idle: int, seconds: float = 5.0) -> None:
    """Wait until so many readers are idle and none is busy."""
    end = time.monotonic() + seconds
    while True:
        health = await store.health()
        if health.ready and (health.idle, health.busy, health.slow) == (idle, 0, 0):
            return
        assert time.monotonic() < end, f"not settled: {health}"
        await asyncio.sleep(0.01)


async def test_each_form_in_its_format(store_directory: Path, running: Running) -> None:
    async with running(store_directory) as store:
        answer = await store.query(QueryRequest(LABEL, select=(CSV,)))
        assert (answer.form, answer.media_type) == (QueryForm.SELECT, CSV)
        assert await answer.read() == f"s\r\n{EX}sudan\r\n".encode()
        assert answer.length == len(f"s\r\n{EX}sudan\r\n")
        answer = await store.query(QueryRequest(f"ASK {{ <{EX}sudan> ?p ?o }}"))
        assert answer.form is QueryForm.ASK
        assert json.loads(await answer.read())["boolean"] is True
        answer = await store.query(QueryRequest(f"DESCRIBE <{EX}jordan>", graph=(N_TRIPLES,)))
        assert answer.form is QueryForm.GRAPH
        assert (await answer.read()).decode() == (
            f'<{EX}jordan> <http://www.w3.org/2000/01/rdf-schema#label> "Jordanië"@nl .\n'
        )


@pytest.mark.parametrize(
    ("text", "default", "named", "expected"),
    [
        ("SELECT ?p { ?s ?p ?o FILTER(?p != ex:filler) }", (), (), "amount label mentioned title"),
        ("SELECT ?p FROM ex:note { ?s ?p ?o }", (), (), "mentioned"),
        ("SELECT ?p FROM ex:note FROM ex:letter { ?s ?p ?o }", (), (), "amount label mentioned"),
        ("SELECT ?p FROM NAMED ex:note { ?s ?p ?o }", (), (), ""),
        ("SELECT ?p FROM NAMED ex:note { GRAPH ?g { ?s ?p ?o } }", (), (), "mentioned"),
        ("SELECT ?p { ?s ?p ?o }", ("note",), (), "mentioned"),
        ("SELECT ?p FROM ex:letter { ?s ?p ?o }", ("note",), (), "mentioned"),
        ("SELECT ?p { ?s ?p ?o }", (), ("note",), ""),
        ("SELECT ?p { GRAPH ?g { ?s ?p ?o } }", (), ("note",), "mentioned"),
        ("SELECT ?p { GRAPH ?g { ?s ?p ?o } }", ("letter",), (), ""),
        ("SELECT ?p { GRAPH ex:letter { ?s ?p ?o } }", (), (), "amount label"),
        ("SELECT ?p { ?s ?p ?o FILTER(?o = 'FROM ex:note'@nl) } # FROM ex:note", (), (), ""),
    ],
)
async def test_the_dataset_is_what_was_asked_for(
    store_directory: Path,
    running: Running,
    text: str,
    default: tuple[str, ...],
    named: tuple[str, ...],
    expected: str,
) -> None:
    async with running(store_directory, readers=1) as store:
        found = await rows(
            store,
            f"PREFIX ex: <{EX}> {text}",
            default_graphs=tuple(NamedNode(EX + name) for name in default),
            named_graphs=tuple(NamedNode(EX + name) for name in named),
        )
    assert sorted({row["p"].rpartition("/")[2].rpartition("#")[2] for row in found}) == sorted(
        name for name in expected.split() if name
    )


async def test_relative_iris_resolve_against_the_base(
    store_directory: Path, running: Running
) -> None:
    async with running(store_directory) as store:
        assert await rows(store, "SELECT ?o { <sudan> <amount> ?o }", base_iri=EX) == [
            {"o": "575000"}
        ]


async def test_errors_have_their_names(store_directory: Path, running: Running) -> None:
    async with running(store_directory) as store:
        with pytest.raises(QuerySyntaxError) as caught:
            await store.query(QueryRequest("SELECT * {\n  ?s ?p }"))
        assert (caught.value.line, caught.value.column) == (2, 9)
        with pytest.raises(QueryFailedError, match="urn:no"):
            await store.query(QueryRequest("SELECT (<urn:no>(1) AS ?x) {}"))
        with pytest.raises(NoSuitableFormatError) as unsuited:
            await store.query(QueryRequest("ASK {}", ask=()))
        assert unsuited.value.form is QueryForm.ASK
        with pytest.raises(QueryRefusedError):
            await store.query(QueryRequest("ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"))
        with pytest.raises(QuerySyntaxError):
            await store.query(QueryRequest("ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o }"))
        assert len(await rows(store, LABEL)) == 1
        await settled(store, idle=2)


@pytest.mark.parametrize("kind", ["aggregate", "sort", "path"])
async def test_a_runaway_ends_at_the_deadline_and_holds_up_nobody(
    store_directory: Path, running: Running, runaways: dict[str, str], kind: str
) -> None:
    async with running(store_directory) as store:
        attack = [asyncio.create_task(outcome(store, runaways[kind])) for _ in range(2)]
        await asyncio.sleep(0.15)
        assert (await store.health()).slow == 2
        quick = [await outcome(store, LABEL) for _ in range(20)]
        assert {name for name, _ in quick} == {"answered"}
        assert max(seconds for _, seconds in quick) < 0.4
        for name, seconds in await asyncio.gather(*attack):
            assert name == "QueryTimeoutError"
            assert 0.95 < seconds < 1.5
        await settled(store, idle=2)


async def test_more_runaways_than_readers_are_shed_while_quick_ones_wait(
    store_directory: Path, running: Running, runaways: dict[str, str]
) -> None:
    async with running(store_directory, readers=1, slow_readers=1) as store:
        attack = [
            asyncio.create_task(outcome(store, runaways["aggregate"], within=2.0)) for _ in range(3)
        ]
        await asyncio.sleep(0.3)
        name, seconds = await outcome(store, LABEL, within=2.0)
        assert name == "answered"
        assert seconds < 1.8
        ends = [name for name, _ in await asyncio.gather(*attack)]
        assert set(ends) <= {"QueryTimeoutError", "StoreBusyError"}
        assert "StoreBusyError" in ends
        await settled(store, idle=1)


async def test_a_full_line_is_refused_at_once(
    store_directory: Path, running: Running, runaways: dict[str, str]
) -> None:
    async with running(store_directory, readers=1, slow_readers=0, max_queue=2) as store:
        busy = [asyncio.create_task(outcome(store, runaways["aggregate"])) for _ in range(3)]
        await asyncio.sleep(0.1)
        assert (await store.health()).waiting == 2
        start = time.monotonic()
        with pytest.raises(StoreBusyError) as caught:
            await store.query(QueryRequest(LABEL))
        assert time.monotonic() - start < 0.05
        assert caught.value.retry_after >= 1
        await asyncio.gather(*busy)
        await settled(store, idle=1)


async def test_a_large_answer_streams_and_waits_for_a_slow_client(
    store_directory: Path, running: Running, large_query: str
) -> None:
    async with running(store_directory) as store:
        answer = await store.query(QueryRequest(large_query, select=(CSV,), timeout=3.0))
        assert answer.length is None
        first = await anext(answer.body)
        await asyncio.sleep(3.2)  # the deadline does not run while the reader waits for us
        rest = await answer.read()
        lines = (first + rest).decode().splitlines()
        assert len(lines) == 100_001
        assert len(set(lines)) == 100_001
        await settled(store, idle=2)


async def test_an_answer_that_breaks_off_says_so(store_directory: Path, running: Running) -> None:
    async with running(store_directory) as store:
        endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        answer = await store.query(QueryRequest(endless, timeout=0.5))
        assert answer.length is None
        with pytest.raises(AnswerInterruptedError, match=r"longer than 0\.5 s"):
            await answer.read()
        await settled(store, idle=2)


async def test_an_answer_given_up_frees_its_reader(
    store_directory: Path, running: Running, large_query: str
) -> None:
    async with running(store_directory) as store:
        answer = await store.query(QueryRequest(large_query))
        await anext(answer.body)
        await answer.body.aclose()
        await settled(store, idle=2)


async def test_a_query_cancelled_stops_its_reader(
    store_directory: Path, running: Running, runaways: dict[str, str]
) -> None:
    async with running(store_directory) as store:
        task = asyncio.create_task(outcome(store, runaways["sort"], within=30))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await settled(store, idle=2, seconds=2)


async def test_a_query_cancelled_in_line_leaves_it(
    store_directory: Path, running: Running, runaways: dict[str, str]
) -> None:
    async with running(store_directory, readers=1, slow_readers=0) as store:
        busy = asyncio.create_task(outcome(store, runaways["aggregate"]))
        await asyncio.sleep(0.05)
        waiting = asyncio.create_task(outcome(store, LABEL))
        await asyncio.sleep(0.05)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert (await store.health()).waiting == 0
        await busy
        await settled(store, idle=1)


async def test_memory_is_bounded(
    store_directory: Path, running: Running, runaways: dict[str, str]
) -> None:
    async with running(store_directory, bounds=Bounds(memory_bytes=64 * MIB)) as store:
        with pytest.raises(ReaderLostError, match="64 MiB"):
            await store.query(QueryRequest(runaways["sort"], timeout=20))
        assert len(await rows(store, LABEL)) == 1
        await settled(store, idle=2)


async def test_idle_readers_that_are_killed_are_replaced(
    store_directory: Path, running: Running, readers_of: Pids
) -> None:
    async with running(store_directory) as store:
        await settled(store, idle=2)
        killed = readers_of(store_directory)
        assert len(killed) == 2
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        assert len(await rows(store, LABEL)) == 1
        await settled(store, idle=2)
        assert not set(readers_of(store_directory)) & set(killed)


async def test_a_reader_killed_at_work_is_a_clean_error(
    store_directory: Path, running: Running, runaways: dict[str, str], readers_of: Pids
) -> None:
    async with running(store_directory, readers=1, slow_readers=0) as store:
        task = asyncio.create_task(outcome(store, runaways["aggregate"], within=20))
        await asyncio.sleep(0.2)
        for pid in readers_of(store_directory):
            os.kill(pid, signal.SIGKILL)
        assert (await task)[0] == "ReaderLostError"
        await settled(store, idle=1)


async def test_a_killed_zygote_comes_back(
    store_directory: Path,
    running: Running,
    runaways: dict[str, str],
    zygote_of: Callable[[Path], int],
    readers_of: Pids,
) -> None:
    async with running(store_directory) as store:
        task = asyncio.create_task(outcome(store, runaways["aggregate"], within=20))
        await asyncio.sleep(0.2)
        first = zygote_of(store_directory)
        orphans = readers_of(store_directory)
        os.kill(first, signal.SIGKILL)
        assert (await task)[0] == "ReaderLostError"
        assert len(await rows(store, LABEL, timeout=5)) == 1
        await settled(store, idle=2)
        assert zygote_of(store_directory) != first
        assert not [pid for pid in orphans if alive(pid)]


async def test_closing_leaves_no_process(
    store_directory: Path,
    running: Running,
    runaways: dict[str, str],
    zygote_of: Callable[[Path], int],
    readers_of: Pids,
) -> None:
    async with running(store_directory) as store:
        task = asyncio.create_task(outcome(store, runaways["aggregate"], within=20))
        await asyncio.sleep(0.2)
        pids = [zygote_of(store_directory), *readers_of(store_directory)]
    assert (await task)[0] == "StoreBusyError"
    assert not (await store.health()).ready
    await asyncio.sleep(0.1)
    assert not [pid for pid in pids if alive(pid)]


async def test_many_clients_at_once(store_directory: Path, running: Running) -> None:
    async with running(store_directory) as store:
        names = {"sudan": "Soedan Sudan", "jordan": "Jordanië"}
        text = "SELECT ?o {{ <{}{}> <http://www.w3.org/2000/01/rdf-schema#label> ?o }}"

        async def ask(name: str) -> None:
            found = await rows(store, text.format(EX, name))
            assert sorted(row["o"] for row in found) == names[name].split()

        await asyncio.gather(*(ask(name) for name in [*names] * 100))
        await settled(store, idle=2)


async def test_a_store_that_does_not_open_says_why(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere can not be opened: No such file"):
        await PooledStore(tmp_path / "nowhere").start()
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "version").write_text("1")
    with pytest.raises(StoreError, match=r"empty.* can not be opened: .*No such file"):
        await PooledStore(tmp_path / "empty").start()


def test_behind_the_fence_no_query_reaches_a_socket(tmp_path: Path) -> None:
    """The wall under the refusal: even an engine that tries SERVICE connects to nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        port = listening.getsockname()[1]
        script = (
            "import sys; from pyoxigraph import Store; from server.store.reader import fence\n"
            "from server.store.bounds import Bounds\n"
            "store = Store()\n"
            "if sys.argv[1] == 'fenced': fence(Bounds(memory_bytes=2**28))\n"
            f"try: store.query('ASK {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}')\n"
            "except OSError as error: print('failed')\n"
        )
        command = [sys.executable, "-c", script]
        fenced = subprocess.run([*command, "fenced"], capture_output=True, text=True, check=True)
        assert fenced.stdout == "failed\n"
        with pytest.raises(TimeoutError):
            listening.accept()
        # The same script without the fence does connect: the test can fail.
        with subprocess.Popen([*command, "open"], stdout=subprocess.DEVNULL) as reaching:
            listening.settimeout(5)
            listening.accept()[0].close()
            reaching.wait(timeout=10)


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
