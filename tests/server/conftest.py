"""A small dataset, a real store on disk made from it, and a real server in front of it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from pydantic import SecretStr
from pyoxigraph import RdfFormat, parse, serialize
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from server.graphs.endpoint import routes as graph_routes
from server.problem import exception_handlers
from server.settings import Settings
from server.sparql.endpoint import endpoints
from server.store.load import open_or_load
from server.store.pool import Limits, PooledStore
from server.store.writing import WritingStore

MIB = 1024 * 1024

TRIG = """
@prefix ex: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:catalogue ex:title "Catalogus"@nl .
ex:letter {
    ex:sudan rdfs:label "Soedan"@nl, "Sudan"@en ; ex:amount 575000 .
    ex:jordan rdfs:label "Jordanië"@nl .
}
ex:note {
    ex:sudan ex:mentioned "2023-06-02"^^xsd:date .
}
"""
FILLER = 1500  # triples for answers that take long; their third power is out of reach

_RUNAWAYS = {
    "aggregate": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sort": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 3",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>)* ?b . ?c (!<urn:x>)* ?d . ?e ?f ?g }",
}
# Some 7 MB of CSV, for answers larger than every buffer on the way.
_LARGE = """
PREFIX ex: <http://example.org/>
SELECT ?a ?d { ?a ex:filler ?b . ?d ex:filler ?e } LIMIT 100000
"""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def runaways() -> dict[str, str]:
    """Queries that never end, by what they spend their time on."""
    return _RUNAWAYS


@pytest.fixture(scope="session")
def large_query() -> str:
    """A query with a large answer that is soon computed."""
    return _LARGE


@pytest.fixture(scope="session")
def write_dataset() -> Callable[..., Path]:
    """``write_dataset(path, trig, filler)`` writes an N-Quads file."""
    return _write_dataset


@pytest.fixture(scope="session")
def running() -> Callable[..., AbstractAsyncContextManager[PooledStore]]:
    """``running(directory, **limits)`` is a started store."""
    return _running


@pytest.fixture(scope="session")
def serving() -> Callable[[PooledStore | WritingStore, Settings], AbstractContextManager[str]]:
    """``serving(store, settings)`` is a real server; gives the address of its endpoint."""
    return _serving


@pytest.fixture(scope="session")
def zygote_of() -> Callable[[Path], int]:
    """``zygote_of(directory)`` is the process that serves a store folder."""
    return _zygote_of


@pytest.fixture(scope="session")
def readers_of() -> Callable[[Path], list[int]]:
    """``readers_of(directory)`` are the reader processes of a store folder."""
    return _readers_of


def _write_dataset(path: Path, trig: str = TRIG, filler: int = FILLER) -> Path:
    """A TriG text and some filler as an N-Quads file."""
    quads = b"".join(
        f"<http://example.org/item/{number}> <http://example.org/filler> "
        f'"{number}" <http://example.org/filling> .\n'.encode()
        for number in range(filler)
    )
    path.write_bytes(
        (serialize(parse(trig, format=RdfFormat.TRIG), format=RdfFormat.N_QUADS) or b"") + quads
    )
    return path


@pytest.fixture(scope="session")
def store_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    open_or_load(_write_dataset(folder / "dataset.nq"), folder / "store")
    return folder / "store"


@asynccontextmanager
async def _running(directory: Path, **limits: Any) -> AsyncIterator[PooledStore]:
    """A started store; limits as in ``Limits``, small by default."""
    small: dict[str, Any] = {"readers": 2, "slow_readers": 2}
    store = PooledStore(directory, Limits(**small | limits))
    await store.start()
    try:
        yield store
    finally:
        await store.close()


async def _editor(request: Request) -> Response:
    return HTMLResponse(f"<title>Editor for {request.url.path}</title>")


def _make_app(store: PooledStore | WritingStore, settings: Settings) -> Starlette:
    """The endpoints of the SPARQL protocols alone."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await store.start()
        yield
        await store.close()

    return Starlette(
        routes=[*endpoints(store, settings, _editor).routes(), *graph_routes(store, settings)],
        exception_handlers=exception_handlers(),
        lifespan=lifespan,
    )


@contextmanager
def _serving(store: PooledStore | WritingStore, settings: Settings) -> Iterator[str]:
    config = uvicorn.Config(
        _make_app(store, settings), port=0, log_level="critical", access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        deadline = time.monotonic() + 20
        while not server.started:
            assert thread.is_alive(), "the server ended at its start"
            assert time.monotonic() < deadline, "the server does not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/sparql"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def sparql_settings() -> Settings:
    return Settings(query_timeout_s=1.0, max_query_bytes=300_000)


@pytest.fixture(scope="session")
def sparql_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same store in a folder of its own, so that its processes can be told apart."""
    folder = tmp_path_factory.mktemp("served")
    open_or_load(_write_dataset(folder / "dataset.nq"), folder / "store")
    return folder / "store"


@pytest.fixture(scope="session")
def sparql_store(sparql_directory: Path) -> PooledStore:
    return PooledStore(sparql_directory, Limits(readers=2, slow_readers=2, max_queue=50))


@pytest.fixture(scope="session")
def sparql_address(sparql_store: PooledStore, sparql_settings: Settings) -> Iterator[str]:
    with _serving(sparql_store, sparql_settings) as address:
        yield address


@pytest.fixture
def client(sparql_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=sparql_address.removesuffix("/sparql"), timeout=20) as client:
        yield client


TOKEN = "a token for tests"


@pytest.fixture(scope="session")
def writing_settings() -> Settings:
    return Settings(
        update_token=SecretStr(TOKEN),
        update_timeout_s=2.0,
        max_upload_bytes=1_000_000,
        union_default_graph=False,
    )


@pytest.fixture(scope="session")
def written_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that takes changes."""
    return tmp_path_factory.mktemp("written")


@pytest.fixture(scope="session")
def written_address(written_folder: Path, writing_settings: Settings) -> Iterator[str]:
    """A server that takes changes; gives its address."""
    store = WritingStore(written_folder, Limits(readers=2, slow_readers=2))
    with _serving(store, writing_settings) as address:
        yield address.removesuffix("/sparql")


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.fixture
def writer(written_address: str) -> Iterator[httpx.Client]:
    """A client that shows the token, to an empty store."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=written_address, timeout=20, headers=headers) as client:
        sent = client.post(
            "/update", content="DROP ALL", headers={"Content-Type": "application/sparql-update"}
        )
        assert sent.status_code == 204
        yield client


def _zygote_of(directory: Path) -> int:
    folder = str(directory / "engine").encode()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (path / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if {b"server.store.zygote", folder} <= {*arguments}:
            return int(path.name)
    raise AssertionError("no zygote runs")


def _readers_of(directory: Path) -> list[int]:
    """The process ids of the readers of a store folder."""
    zygote = _zygote_of(directory)
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return [pid for pid in pids if _parent_of(pid) == zygote]


def _parent_of(pid: int) -> int:
    """The parent's process id; 0 for a process that is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
