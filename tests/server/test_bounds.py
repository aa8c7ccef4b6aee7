"""What a query may not: answer without end, or reach what the operator did not allow."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from server.settings import Settings
from server.store.bounds import Bounds
from server.store.counting import RowCounter
from server.store.interface import CSV, N_TRIPLES, RESULTS_JSON, RESULTS_XML, TSV
from server.store.pool import Limits, PooledStore
from server.store.reach import only_allowed
from server.store.writing import WritingStore

TOKEN = "a token for tests"
Serving = Callable[[PooledStore | WritingStore, Settings], AbstractContextManager[str]]


class Listener:
    """A server that only counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def visited(self) -> bool:
        """Whether somebody has connected since the last time."""
        with suppress(TimeoutError):
            self._socket.accept()[0].close()
            return True
        return False


class Shelf(BaseHTTPRequestHandler):
    """A server of one small document."""

    def do_GET(self) -> None:
        content = b"<urn:far> <urn:is> <urn:here> ."
        self.send_response(200)
        self.send_header("Content-Type", "text/turtle")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def shelf() -> Iterator[str]:
    """The address of a server that holds documents."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/documents/"
    server.shutdown()
    server.server_close()


@contextmanager
def service(serving: Serving, folder: Path, bounds: Bounds) -> Iterator[httpx.Client]:
    """A writable service with these bounds."""
    store = WritingStore(folder, Limits(readers=2, slow_readers=1, bounds=bounds))
    settings = Settings(update_token=SecretStr(TOKEN), query_timeout_s=5, update_timeout_s=5)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with (
        serving(store, settings) as address,
        httpx.Client(base_url=address.removesuffix("/sparql"), headers=headers, timeout=20) as one,
    ):
        yield one


QUERIES = (
    "ASK { SERVICE <%s/sparql> { ?s ?p ?o } }",
    "ASK { SERVICE SILENT <%s/sparql> { ?s ?p ?o } }",
    "ASK{SERVICE<%s/sparql>{?s ?p ?o}}",
    "ASK { BIND(<%s/sparql> AS ?where) SERVICE ?where { ?s ?p ?o } }",
    "ASK { VALUES ?w { <%s/a> } SERVICE SILENT ?w { ?s ?p ?o } }",
    "PREFIX x: <%s/> ASK { SERVICE x:sparql { ?s ?p ?o } }",
    "BASE <%s/> ASK { SERVICE <sparql> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <%s/sparql> { ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { OPTIONAL { SERVICE <%s/sparql> { ?s ?p ?o } } }",
    "SELECT * FROM <%s/data.ttl> { ?s ?p ?o }",
    "DESCRIBE <%s/thing>",
    "ASK { GRAPH <%s/data.ttl> { ?s ?p ?o } }",
)
UPDATES = (
    "LOAD <%s/data.ttl>",
    "LOAD SILENT <%s/data.ttl> INTO GRAPH <urn:g>",
    "LOAD<%s/data.ttl>",
    "BASE <%s/> LOAD <data.ttl>",
    "CLEAR ALL ; LOAD SILENT <%s/data.ttl> ; INSERT DATA { <urn:a> <urn:b> 1 }",
    "INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <%s/sparql> { ?s ?p ?o } }",
    "INSERT { ?s ?p ?o } WHERE { BIND(<%s/x> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "INSERT { ?s ?p ?o } USING <%s/data.ttl> WHERE { ?s ?p ?o }",
)
JSON_LD = '{"@context": "%s/context.jsonld", "@id": "urn:a", "name": "A"}'


@pytest.mark.parametrize("others", [(), ("http://127.0.0.1:9/sparql",)])
def test_nothing_reaches_a_server_that_is_not_allowed(
    serving: Serving, tmp_path: Path, others: tuple[str, ...]
) -> None:
    listener = Listener()
    with service(serving, tmp_path, Bounds(endpoints=others)) as client:
        for text in QUERIES:
            asked = client.post("/sparql", data={"query": text % listener.address})
            assert asked.status_code in {200, 403}, (text, asked.text)
            assert not listener.visited(), text
        for text in UPDATES:
            sent = client.post("/update", data={"update": text % listener.address})
            assert sent.status_code in {204, 403}, (text, sent.text)
            assert not listener.visited(), text
        sent = client.post(
            "/graphs",
            params={"graph": "urn:g"},
            content=JSON_LD % listener.address,
            headers={"Content-Type": "application/ld+json"},
        )
        assert sent.status_code == 400
        assert not listener.visited()
        named = client.put(
            "/graphs", params={"graph": f"{listener.address}/data.ttl"}, content="",
            headers={"Content-Type": "text/turtle"},
        )  # fmt: skip
        assert named.status_code == 201
        assert not listener.visited()
    # The listener does notice who comes: the test can fail.
    with suppress(httpx.HTTPError):
        httpx.get(listener.address, timeout=0.2)
    assert listener.visited()


def test_no_file_of_the_machine_is_read(serving: Serving, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:secret> <urn:is> <urn:out> .")
    for number, bounds in enumerate((Bounds(), Bounds(endpoints=("http://127.0.0.1:9/",)))):
        with service(serving, tmp_path / str(number), bounds) as client:
            for text in (f"LOAD <{secret.as_uri()}>", f"LOAD SILENT <{secret.as_uri()}>"):
                assert client.post("/update", data={"update": text}).status_code in {204, 403}
            client.post(
                "/sparql", data={"query": f"SELECT * FROM <{secret.as_uri()}> {{ ?s ?p ?o }}"}
            )
            every = client.post("/sparql", data={"query": "ASK { <urn:secret> ?p ?o }"})
            assert every.json() == {"head": {}, "boolean": False}


def test_an_allowed_endpoint_is_asked_and_an_allowed_document_loaded(
    serving: Serving, tmp_path: Path, sparql_address: str, shelf: str
) -> None:
    """The operator lets researchers join with another endpoint."""
    listener = Listener()
    bounds = Bounds(endpoints=(sparql_address, shelf))
    query = (
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        "SELECT ?label { SERVICE <%s> { <http://example.org/sudan> rdfs:label ?label } }"
    )
    with service(serving, tmp_path, bounds) as client:
        found = client.post("/sparql", data={"query": query % sparql_address})
        assert found.status_code == 200, found.text
        labels = {row["label"]["value"] for row in found.json()["results"]["bindings"]}
        assert labels == {"Soedan", "Sudan"}
        assert client.post("/update", data={"update": f"LOAD <{shelf}a.ttl>"}).status_code == 204
        assert client.post("/sparql", data={"query": "ASK { <urn:far> ?p ?o }"}).json()["boolean"]
        refused = client.post("/sparql", data={"query": query % f"{listener.address}/sparql"})
        assert refused.status_code == 403
        assert sparql_address in refused.json()["detail"]
        assert (
            client.post("/update", data={"update": f"LOAD <{listener.address}/a>"}).status_code
            == 403
        )
        assert not listener.visited()


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("ASK { SERVICE <http://a/sparql> {} }", True),
        ("ASK { SERVICE SILENT <http://a/sparql> {} }", True),
        ("ASK { SERVICE <http://b/x/y> {} }", True),
        ("ASK { SERVICE <http://a/sparql> { SERVICE <http://a/sparql> {} } }", True),
        ("ASK { SERVICE <http://a/sparql> { SERVICE <http://c/> {} } }", False),
        ("ASK { SERVICE <http://a/sparql2> {} }", False),
        ("ASK { SERVICE <http://a/spar\\u0071l> {} }", False),
        ("ASK { SERVICE ?x {} }", False),
        ("ASK { SERVICE # <http://a/sparql>\n <http://c/> {} }", False),
        ("ASK { servicex:y {} }", False),
        ("ASK { SERVICE", False),
        ("ASK { SERVICE SILENT", False),
    ],
)
def test_only_what_is_written_out_as_allowed_counts(text: str, allowed: bool) -> None:
    assert only_allowed(text, "service", ("http://a/sparql", "http://b/x/")) is allowed


@pytest.mark.parametrize("media_type", [RESULTS_JSON, RESULTS_XML, CSV, TSV])
@pytest.mark.parametrize(
    ("bounds", "said"),
    [(Bounds(answer_rows=20), "20 rows"), (Bounds(answer_bytes=400), "400 bytes")],
)
def test_an_answer_too_large_is_refused(
    serving: Serving, tmp_path: Path, media_type: str, bounds: Bounds, said: str
) -> None:
    values = " ".join(str(number) for number in range(100))
    query = f"SELECT ?x ?y {{ VALUES ?x {{ {values} }} BIND(?x AS ?y) }} LIMIT %s"
    with service(serving, tmp_path, bounds) as client:
        headers = {"Accept": media_type}
        whole = client.post("/sparql", data={"query": query % 1}, headers=headers)
        assert whole.status_code == 200
        refused = client.post("/sparql", data={"query": query % 100}, headers=headers)
        assert refused.status_code == 422
        assert said in refused.json()["detail"]


def test_an_answer_that_grows_too_large_under_way_is_cut(serving: Serving, tmp_path: Path) -> None:
    values = " ".join(str(number) for number in range(300))
    query = f"SELECT * {{ VALUES ?x {{ {values} }} VALUES ?y {{ {values} }} }}"
    with (
        service(serving, tmp_path, Bounds(answer_rows=50_000)) as client,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        client.post("/sparql", data={"query": query}, headers={"Accept": CSV})


@given(
    st.lists(st.tuples(st.text(), st.none() | st.text()), max_size=12),
    st.integers(min_value=1, max_value=40),
)
def test_rows_are_counted_across_the_pieces_of_json(
    rows: list[tuple[str, str | None]], size: int
) -> None:
    bindings = [
        {"x": {"type": "literal", "value": x}}
        | ({} if y is None else {"y": {"type": "literal", "value": y}})
        for x, y in rows
        if not x.endswith("}},{") and not (y or "").endswith("}},{")
    ]
    text = json.dumps({"results": {"bindings": bindings}}, separators=(",", ":")).encode()
    counter = RowCounter(RESULTS_JSON, 0)
    for start in range(0, len(text), size):
        counter.feed(text[start : start + size])
    assert counter.rows == max(len(bindings), 1)


def test_triples_are_counted_in_lines() -> None:
    counter = RowCounter(N_TRIPLES, 0)
    assert counter.feed(b"<a> <b> <c> .\n<a> <b> <d> .\n") == 2
