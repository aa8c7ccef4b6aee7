"""Updates over real HTTP: seen at once, whole or not at all, and only by who may."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Store

from server.store.interface import QueryRefusedError, QuerySyntaxError, UpdateRequest
from server.store.updates import Reach, prepare

ROOT = Path(__file__).parents[2]
UPDATE = "application/sparql-update"


def update(client: httpx.Client, text: str, **parameters: str) -> httpx.Response:
    """POST an update as it is."""
    headers = {"Content-Type": UPDATE}
    return client.post("/update", content=text, params=parameters, headers=headers)


def count(client: httpx.Client, pattern: str = "?s ?p ?o") -> int:
    """How many solutions a pattern has."""
    query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    found = client.get("/sparql", params={"query": query, "format": "csv"})
    assert found.status_code == 200, found.text
    return int(found.text.split()[1])


def writers_of(folder: Path) -> list[int]:
    """The writer processes of a store."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (path / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if {b"server.store.writer", str(folder / "engine").encode()} <= {*arguments}:
            found.append(int(path.name))
    return found


@pytest.mark.parametrize("path", ["/update", "/update/", "/sparql"])
@pytest.mark.parametrize("form", [True, False])
def test_an_update_is_seen_by_the_next_query(writer: httpx.Client, path: str, form: bool) -> None:
    text = "INSERT DATA { <urn:a> <urn:b> 1 }"
    if form:
        sent = writer.post(path, data={"update": text})
    else:
        sent = writer.post(path, content=text, headers={"Content-Type": UPDATE})
    assert sent.status_code == 204
    assert count(writer) == 1


def test_nobody_writes_without_the_token(writer: httpx.Client, written_address: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic YTpi"}):
        with httpx.Client(base_url=written_address, headers=headers) as stranger:
            for sent in (
                update(stranger, "CLEAR ALL"),
                stranger.post("/sparql", data={"update": "CLEAR ALL"}),
                stranger.put(
                    "/graphs?default", content="", headers={"Content-Type": "text/turtle"}
                ),
                stranger.delete("/graphs?default"),
            ):
                assert sent.status_code == 401
                assert "Bearer" in sent.headers["www-authenticate"]
            assert stranger.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_a_service_without_a_token_takes_no_changes(client: httpx.Client) -> None:
    refused = client.post("/update", data={"update": "CLEAR ALL"})
    assert refused.status_code == 403
    assert refused.json()["title"] == "Writing is off"


def test_an_update_that_fails_half_way_changes_nothing(writer: httpx.Client) -> None:
    failed = update(writer, "INSERT DATA { <urn:a> <urn:b> 1 } ; DROP GRAPH <urn:none>")
    assert failed.status_code == 409
    assert count(writer) == 0


def test_a_fault_is_shown_where_it_is(writer: httpx.Client) -> None:
    failed = update(writer, "INSERT DATA {\n  <urn:a> <urn:b>\n}")
    assert failed.status_code == 400
    assert (failed.json()["line"], failed.json()["column"]) == (3, 1)
    assert failed.json()["excerpt"] == "}\n^"


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:1/x>",
        "LOAD SILENT <http://127.0.0.1:1/x> ; LOAD <http://127.0.0.1:1/x>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_an_update_reaches_no_other_server(writer: httpx.Client, text: str) -> None:
    assert update(writer, text).status_code == 403


def test_a_load_that_may_fail_fails_and_reaches_nothing(writer: httpx.Client) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.2)
        place = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        text = f"LOAD SILENT <{place}> ; INSERT DATA {{ <urn:a> <urn:b> 1 }}"
        assert update(writer, text).status_code == 204
        with pytest.raises(TimeoutError):
            listening.accept()
    assert count(writer) == 1


def test_an_update_that_never_ends_is_ended_and_changes_nothing(writer: httpx.Client) -> None:
    data = " ".join(f"<urn:{n}> <urn:p> {n} ." for n in range(300))
    assert update(writer, f"INSERT DATA {{ {data} }}").status_code == 204
    runaway = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?c + ?f + ?i + ?l = 3.5)"
    stopped = update(writer, f"INSERT {{ <urn:x> <urn:y> 1 }} WHERE {{ {runaway} }}")
    assert stopped.status_code == 503
    assert count(writer) == 300
    assert update(writer, "INSERT DATA { <urn:a> <urn:b> 1 }").status_code == 204
    assert count(writer) == 301


def test_the_graphs_of_the_protocol_are_those_that_where_reads(writer: httpx.Client) -> None:
    update(
        writer,
        "INSERT DATA { <urn:d> <urn:p> 0 GRAPH <urn:g> { <urn:s> <urn:p> 1 } "
        "GRAPH <urn:h> { <urn:s> <urn:p> 2 } }",
    )
    sent = update(
        writer,
        "INSERT { <urn:new> <urn:p> ?o } WHERE { ?s <urn:p> ?o }",
        **{"using-graph-uri": "urn:g"},
    )
    assert sent.status_code == 204
    assert count(writer, "<urn:new> <urn:p> 1") == 1
    assert count(writer, "<urn:new> <urn:p> ?o") == 1


def test_graphs_of_the_protocol_and_of_the_text_do_not_go_together(writer: httpx.Client) -> None:
    for text in (
        "INSERT { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ):
        refused = update(writer, text, **{"using-named-graph-uri": "urn:g"})
        assert refused.status_code == 400


def test_two_updates_or_an_update_beside_a_query_are_refused(writer: httpx.Client) -> None:
    assert writer.post("/update", data={"update": ["CLEAR ALL", "CLEAR ALL"]}).status_code == 400
    assert (
        writer.post("/update", data={"update": "CLEAR ALL", "query": "ASK {}"}).status_code == 400
    )
    assert writer.get("/sparql", params={"update": "CLEAR ALL"}).status_code == 400
    assert writer.get("/update").status_code == 405
    assert writer.post("/update", content=b"x" * 1_000_001).status_code == 413
    assert writer.post("/update", content="CLEAR ALL").status_code == 415


def test_many_clients_write_at_once_and_none_is_lost(writer: httpx.Client) -> None:
    def write(number: int) -> None:
        assert update(writer, f"INSERT DATA {{ <urn:{number}> <urn:p> 1 }}").status_code == 204
        assert count(writer, f"<urn:{number}> ?p ?o") == 1

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(writer) == 20


def test_a_killed_writer_is_replaced_and_loses_nothing(
    writer: httpx.Client, written_folder: Path
) -> None:
    for number in range(5):
        assert update(writer, f"INSERT DATA {{ <urn:{number}> <urn:p> 1 }}").status_code == 204
        (pid,) = writers_of(written_folder)
        os.kill(pid, signal.SIGKILL)
        # The change on the way when the writer goes may fail, and then says so.
        deadline = time.monotonic() + 5
        while update(writer, "INSERT DATA { <urn:again> <urn:p> 1 }").status_code != 204:
            assert time.monotonic() < deadline
        assert count(writer) == number + 2


SERVER = """
import sys
from pathlib import Path
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from contextlib import asynccontextmanager
from server.settings import Settings
from server.sparql.endpoint import endpoints
from server.store.pool import Limits
from server.store.writing import WritingStore

store = WritingStore(Path(sys.argv[1]), Limits(readers=1))

@asynccontextmanager
async def lifespan(app):
    await store.start()
    yield
    await store.close()

settings = Settings(update_token=SecretStr("t"))
app = Starlette(routes=endpoints(store, settings).routes(), lifespan=lifespan)
uvicorn.run(app, port=int(sys.argv[2]), log_level="critical")
"""


def test_what_was_acknowledged_outlives_a_killed_service(tmp_path: Path, free_port: int) -> None:
    acknowledged = 0
    for _ in range(3):
        arguments = [sys.executable, "-c", SERVER, str(tmp_path), str(free_port)]
        server = subprocess.Popen(arguments, cwd=ROOT)
        address = f"http://127.0.0.1:{free_port}"
        try:
            with httpx.Client(base_url=address, headers={"Authorization": "Bearer t"}) as client:
                until_ready(client)
                assert count(client, "?s <urn:p> ?o") >= acknowledged
                pairs = count(client, "?s <urn:p> ?o . ?s <urn:q> ?o")
                assert pairs == count(client, "?s <urn:p> ?o")  # never half an update
                killer = threading.Timer(0.3, server.kill)
                killer.start()
                try:
                    while True:
                        number = acknowledged
                        text = f"INSERT DATA {{ <urn:{number}> <urn:p> 1 }} ; "
                        text += f"INSERT DATA {{ <urn:{number}> <urn:q> 1 }}"
                        if update(client, text).status_code == 204:
                            acknowledged += 1
                except httpx.TransportError:
                    pass
                killer.join()
        finally:
            server.kill()
            server.wait()
    assert acknowledged > 3


def until_ready(client: httpx.Client) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + 20
    while True:
        try:
            assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        except httpx.TransportError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


G = NamedNode("urn:g")


@pytest.mark.parametrize(
    ("text", "prepared"),
    [
        (
            "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            "DELETE { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }",
        ),
        (
            "DELETE WHERE { ?s ?p ?o }",
            "DELETE { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }",
        ),
        (
            "INSERT { ?s ?p '} WHERE {' } where { SELECT * WHERE { ?s ?p ?o } } ; CLEAR ALL",
            "INSERT { ?s ?p '} WHERE {' } USING <urn:g> where { SELECT * WHERE { ?s ?p ?o } } ; "
            "CLEAR ALL",
        ),
        ("INSERT DATA { <urn:s> <urn:p> <urn:USING> }", None),
    ],
)
def test_graphs_of_the_protocol_become_clauses(text: str, prepared: str | None) -> None:
    assert prepare(UpdateRequest(text, using=(G,)), Reach()) == (prepared or text)


@given(st.text(alphabet="<>\"'{}?:; \nWHERUSINGDTLOAaé1.#", max_size=60))
def test_preparing_an_update_never_fails_unforeseen(text: str) -> None:
    try:
        prepared = prepare(UpdateRequest(text, using=(G,)), Reach())
    except (QueryRefusedError, QuerySyntaxError):
        return
    if prepared != text:
        assert "USING <urn:g>" in prepared


def test_preparing_keeps_an_update_legal() -> None:
    text = "PREFIX : <urn:> "
    text += "DELETE { :s :p ?o } INSERT { :s :q ?o } WHERE { :s :p ?o } ;\n" * 2
    prepared = prepare(UpdateRequest(text, using=(G,), using_named=(NamedNode("urn:h"),)), Reach())
    Store().update(prepared)
    assert prepared.count("USING <urn:g> USING NAMED <urn:h>") == 2
