"""The query endpoint over real HTTP: content, headers, errors, and clients that misbehave."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from SPARQLWrapper import JSON, SPARQLWrapper

from server.negotiation import MediaType
from server.settings import Settings
from server.sparql import formats
from server.sparql.endpoint import PATH
from server.store.pool import Limits, PooledStore

EX = "http://example.org/"
SD = "http://www.w3.org/ns/sparql-service-description#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SELECT = f"SELECT ?s ?n {{ ?s <{EX}amount> ?n }}"
ASK = f"ASK {{ ?s <{EX}amount> 575000 }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ ?s <{EX}amount> ?n }}"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
RESULTS_XML = "{http://www.w3.org/2005/sparql-results#}"

Serving = Callable[[PooledStore, Settings], AbstractContextManager[str]]


def query(
    client: httpx.Client, text: str, accept: str | None = None, **more: str
) -> httpx.Response:
    headers = {"Accept": accept} if accept is not None else {}
    return client.get(PATH, params={"query": text} | more, headers=headers)


def problem(response: httpx.Response, status: int) -> dict[str, object]:
    """The problem document of a response, checked for its shape."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["access-control-allow-origin"] == "*"
    document: dict[str, object] = response.json()
    assert document["status"] == status
    assert document["title"]
    assert "Traceback" not in response.text
    assert str(Path(__file__).parents[2]) not in response.text
    return document


def check_json(response: httpx.Response) -> None:
    assert response.json() == {
        "head": {"vars": ["s", "n"]},
        "results": {
            "bindings": [
                {
                    "s": {"type": "uri", "value": EX + "sudan"},
                    "n": {"type": "literal", "value": "575000", "datatype": INTEGER},
                }
            ]
        },
    }


def check_xml(response: httpx.Response) -> None:
    root = ElementTree.fromstring(response.content)
    assert [item.get("name") for item in root.iter(f"{RESULTS_XML}variable")] == ["s", "n"]
    assert [item.text for item in root.iter(f"{RESULTS_XML}uri")] == [EX + "sudan"]
    literal = next(root.iter(f"{RESULTS_XML}literal"))
    assert (literal.text, literal.get("datatype")) == ("575000", INTEGER)


def check_csv(response: httpx.Response) -> None:
    assert list(csv.reader(io.StringIO(response.text))) == [["s", "n"], [EX + "sudan", "575000"]]


def check_tsv(response: httpx.Response) -> None:
    assert response.text == f"?s\t?n\n<{EX}sudan>\t575000\n"


@pytest.mark.parametrize(
    ("accept", "media_type", "check"),
    [
        (None, "application/sparql-results+json", check_json),
        ("*/*", "application/sparql-results+json", check_json),
        ("application/sparql-results+json", "application/sparql-results+json", check_json),
        ("application/json", "application/json", check_json),
        ("application/sparql-results+xml", "application/sparql-results+xml", check_xml),
        ("text/csv", "text/csv; charset=utf-8", check_csv),
        ("text/*", "text/csv; charset=utf-8", check_csv),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", check_tsv),
        ("text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8", check_csv),
        ("text/csv;q=0, text/*", "text/tab-separated-values; charset=utf-8", check_tsv),
        ("*/*, application/sparql-results+xml", "application/sparql-results+xml", check_xml),
    ],
)
def test_select(
    client: httpx.Client,
    accept: str | None,
    media_type: str,
    check: Callable[[httpx.Response], None],
) -> None:
    response = query(client, SELECT, accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert response.headers["content-length"] == str(len(response.content))
    assert response.headers["vary"] == "Accept, Accept-Encoding"
    assert response.headers["access-control-allow-origin"] == "*"
    check(response)


@pytest.mark.parametrize("accept", [None, "application/json", "application/sparql-results+json"])
@pytest.mark.parametrize(("text", "expected"), [(ASK, True), ("ASK { <urn:a> ?p ?o }", False)])
def test_ask_is_a_boolean(
    client: httpx.Client, accept: str | None, text: str, expected: bool
) -> None:
    assert query(client, text, accept).json()["boolean"] is expected


def test_ask_in_xml(client: httpx.Client) -> None:
    response = query(client, ASK, "application/sparql-results+xml")
    root = ElementTree.fromstring(response.content)
    assert [item.text for item in root.iter(f"{RESULTS_XML}boolean")] == ["true"]


@pytest.mark.parametrize("offer", formats.GRAPHS, ids=lambda offer: offer.name)
@pytest.mark.parametrize("by", ["accept", "format"])
def test_construct_in_every_format(client: httpx.Client, offer: MediaType, by: str) -> None:
    if by == "accept":
        response = query(client, CONSTRUCT, f"image/png, {offer.essence}")
    else:
        response = query(client, CONSTRUCT, "image/png", format=offer.name)
    assert response.headers["content-type"] == offer.content_type
    written = RdfFormat.from_media_type(offer.essence)
    assert [str(quad.triple) for quad in parse(response.content, format=written)] == [
        f'<{EX}sudan> <{EX}amount> "575000"^^<{INTEGER}>'
    ]


def test_construct_is_turtle_unless_asked_otherwise(client: httpx.Client) -> None:
    assert query(client, CONSTRUCT).headers["content-type"] == "text/turtle; charset=utf-8"


@pytest.mark.parametrize(
    ("text", "accept", "available"),
    [
        (ASK, "text/csv", "application/sparql-results+xml"),
        (SELECT, "text/turtle", "text/tab-separated-values"),
        (SELECT, "image/png", "application/sparql-results+json"),
        (CONSTRUCT, "text/csv, */*;q=0", "application/rdf+xml"),
    ],
)
def test_not_acceptable_lists_what_there_is(
    client: httpx.Client, text: str, accept: str, available: str
) -> None:
    response = query(client, text, accept)
    document = problem(response, 406)
    assert available in str(document["available"])
    assert response.headers["vary"] == "Accept"


def test_unknown_format_is_not_acceptable(client: httpx.Client) -> None:
    assert "format=csv" in str(problem(query(client, SELECT, format="docx"), 406)["detail"])


def test_an_empty_result_has_its_content_type(client: httpx.Client) -> None:
    response = query(client, "SELECT ?s { ?s <urn:none> ?o }", "text/csv")
    assert (response.headers["content-type"], response.text) == ("text/csv; charset=utf-8", "s\r\n")


@pytest.mark.parametrize("kind", ["form", "direct"])
@pytest.mark.parametrize("charset", ["", "; charset=utf-8"])
def test_post(client: httpx.Client, kind: str, charset: str) -> None:
    text = f'SELECT ?s {{ ?s <{RDFS}label> "Jordanië"@nl }}'
    if kind == "form":
        headers = {"Content-Type": f"application/x-www-form-urlencoded{charset}"}
        response = client.post(PATH, data={"query": text}, headers=headers)
    else:
        headers = {"Content-Type": f"application/sparql-query{charset}"}
        response = client.post(PATH, content=text.encode(), headers=headers)
    assert [row["s"]["value"] for row in response.json()["results"]["bindings"]] == [EX + "jordan"]


def test_dataset_parameters_choose_the_graphs(client: httpx.Client) -> None:
    text = "SELECT DISTINCT ?p { ?s ?p ?o } ORDER BY ?p"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = {"query": text, "default-graph-uri": EX + "letter"}
    response = client.post(
        PATH, params={"default-graph-uri": EX + "note"}, data=body, headers=headers
    )
    assert [row["p"]["value"] for row in response.json()["results"]["bindings"]] == [
        EX + "amount",
        EX + "mentioned",
        RDFS + "label",
    ]


def test_relative_iris_resolve_against_the_endpoint(client: httpx.Client) -> None:
    response = query(client, "SELECT (<x> AS ?x) {}")
    resolved = response.json()["results"]["bindings"][0]["x"]["value"]
    assert resolved == str(client.base_url.join("/x"))


@pytest.mark.parametrize(
    ("text", "line", "column", "shown"),
    [
        ("SELECT * {\n  ?s ?p }", 2, 9, "  ?s ?p }\n        ^"),
        ("SELEC ?x {}", 1, 1, "SELEC ?x {}\n^"),
        ("DELETE WHERE { ?s ?p ?o }", 1, 1, "DELETE WHERE { ?s ?p ?o }\n^"),
        ("", 1, 1, "\n^"),
    ],
)
def test_a_malformed_query_shows_the_fault(
    client: httpx.Client, text: str, line: int, column: int, shown: str
) -> None:
    document = problem(query(client, text), 400)
    assert (document["line"], document["column"], document["excerpt"]) == (line, column, shown)
    assert f"Line {line}, column {column}" in str(document["detail"])


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "MKCOL"])
def test_other_methods(client: httpx.Client, method: str) -> None:
    response = client.request(method, PATH)
    problem(response, 405)
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_update_in_a_get(client: httpx.Client) -> None:
    assert "update" in str(problem(client.get(PATH, params={"update": "CLEAR ALL"}), 400)["detail"])


def test_unsupported_media_type(client: httpx.Client) -> None:
    response = client.post(PATH, content=b"ASK {}", headers={"Content-Type": "text/plain"})
    problem(response, 415)
    assert "application/sparql-query" in response.headers["accept-post"]


@pytest.mark.parametrize("announced", [True, False])
def test_too_large(client: httpx.Client, announced: bool) -> None:
    body = b"ASK {} #" + b"x" * 400_000
    pieces = (body[at : at + 10_000] for at in range(0, len(body), 10_000))
    headers = {"Content-Type": "application/sparql-query"}
    response = client.post(PATH, content=body if announced else pieces, headers=headers)
    assert "300000" in str(problem(response, 413)["detail"])
    assert client.post(PATH, content=b"ASK {}", headers=headers).json()["boolean"] is True


def test_a_query_of_200_kb_is_answered(client: httpx.Client) -> None:
    text = f"ASK {{ }} #{'x' * 200_000}"
    assert client.post(PATH, data={"query": text}).json()["boolean"] is True


def test_head_is_get_without_a_body(client: httpx.Client) -> None:
    get = query(client, SELECT, "text/csv")
    head = client.head(PATH, params={"query": SELECT}, headers={"Accept": "text/csv"})
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "vary", "access-control-allow-origin"):
        assert head.headers[name] == get.headers[name]
    assert client.head(PATH, params={"query": "SELEC"}).status_code == 400


def test_preflight(client: httpx.Client) -> None:
    response = client.options(
        PATH, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    )
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]
    assert "Content-Type" in response.headers["access-control-allow-headers"]


def test_service_is_refused_and_reaches_nothing(client: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        port = listening.getsockname()[1]
        for text in (
            f"ASK {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
            f"PREFIX : <http://127.0.0.1:{port}/> ASK {{ SERVICE:x{{ ?s ?p ?o }} }}",
            f"SELECT * FROM <http://127.0.0.1:{port}/> {{ ?s ?p ?o SERVICE ?o {{ ?a ?b ?c }} }}",
        ):
            assert "SERVICE" in str(problem(query(client, text), 403)["detail"])
        with pytest.raises(TimeoutError):
            listening.accept()


def test_an_unknown_function_is_no_syntax_error(client: httpx.Client) -> None:
    document = problem(query(client, "SELECT (<urn:no>(1) AS ?x) {}"), 422)
    assert "urn:no" in str(document["detail"])


@pytest.mark.parametrize("kind", ["aggregate", "sort"])
def test_a_runaway_is_answered_at_the_deadline(
    client: httpx.Client, sparql_address: str, runaways: dict[str, str], kind: str
) -> None:
    def attack() -> tuple[httpx.Response, float]:
        start = time.monotonic()
        found = httpx.post(sparql_address, data={"query": runaways[kind]}, timeout=20)
        return found, time.monotonic() - start

    with ThreadPoolExecutor() as pool:
        attacks = [pool.submit(attack) for _ in range(3)]
        time.sleep(0.2)
        for _ in range(20):
            start = time.monotonic()
            assert query(client, ASK).json()["boolean"] is True
            assert time.monotonic() - start < 0.6
        for future in attacks:
            response, seconds = future.result()
            assert problem(response, 503)["detail"] == "Query took longer than 1 s."
            assert 0.95 < seconds < 1.6


def test_an_endless_answer_is_cut_not_ended(client: httpx.Client) -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(httpx.RemoteProtocolError):
        client.post(PATH, data={"query": endless})
    assert query(client, ASK).json()["boolean"] is True


def test_a_large_answer_is_whole(client: httpx.Client, large_query: str) -> None:
    with client.stream("GET", PATH, params={"query": large_query, "format": "csv"}) as response:
        assert "content-length" not in response.headers
        lines = "".join(response.iter_text()).splitlines()
    assert len(set(lines)) == 100_001


def abandon(address: str, text: str, read: int) -> None:
    """Ask, read so many bytes, and leave without a word."""
    url = httpx.URL(address, params={"query": text, "format": "csv"})
    with socket.create_connection((url.host, url.port or 80)) as connection:
        connection.sendall(
            b"GET " + url.raw_path + b" HTTP/1.1\r\nHost: " + url.netloc + b"\r\n\r\n"
        )
        if read:
            assert connection.recv(read).startswith(b"HTTP/1.1 200")
        else:
            time.sleep(0.2)


@pytest.mark.parametrize("read", [0, 1000])
def test_a_client_that_leaves_frees_its_reader(
    serving: Serving,
    store_directory: Path,
    runaways: dict[str, str],
    readers_of: Callable[[Path], list[int]],
    read: int,
) -> None:
    store = PooledStore(store_directory, Limits(readers=1, slow_readers=1))
    text = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }" if read else runaways["aggregate"]
    with serving(store, Settings(query_timeout_s=60)) as address:
        abandon(address, text, read)
        end = time.monotonic() + 3
        while len(readers_of(store_directory)) != 1:
            assert time.monotonic() < end, "the reader still works for a client that left"
            time.sleep(0.02)
        assert httpx.get(address, params={"query": ASK}).json()["boolean"] is True


def test_a_full_line_is_503_with_retry_after(
    serving: Serving, store_directory: Path, runaways: dict[str, str]
) -> None:
    store = PooledStore(store_directory, Limits(readers=1, slow_readers=0, max_queue=1))
    with serving(store, Settings(query_timeout_s=1)) as address, ThreadPoolExecutor() as pool:
        busy = [
            pool.submit(httpx.post, address, data={"query": runaways["aggregate"]}, timeout=20)
            for _ in range(2)
        ]
        time.sleep(0.2)
        start = time.monotonic()
        response = httpx.get(address, params={"query": ASK})
        assert time.monotonic() - start < 0.7  # before the line could move
        problem(response, 503)
        assert int(response.headers["retry-after"]) >= 1
        assert {future.result().status_code for future in busy} == {503}
        assert httpx.get(address, params={"query": ASK}).status_code == 200


def test_killed_processes_are_not_noticed_by_clients(
    client: httpx.Client,
    sparql_directory: Path,
    readers_of: Callable[[Path], list[int]],
    zygote_of: Callable[[Path], int],
) -> None:
    for pid in [*readers_of(sparql_directory), zygote_of(sparql_directory)]:
        os.kill(pid, signal.SIGKILL)
        assert query(client, ASK).json()["boolean"] is True


def test_many_clients_at_once(sparql_address: str) -> None:
    failures: list[str] = []
    triple = f'<{EX}sudan> <{EX}amount> "575000"^^<{INTEGER}> .\n'

    def work() -> None:
        with httpx.Client(base_url=sparql_address.removesuffix(PATH), timeout=20) as own:
            for _ in range(25):
                for text, accept, expected in (
                    (SELECT, "text/csv", f"s,n\r\n{EX}sudan,575000\r\n"),
                    (ASK, None, '{"head":{},"boolean":true}'),
                    (CONSTRUCT, "application/n-triples", triple),
                ):
                    found = query(own, text, accept).text
                    if found != expected:
                        failures.append(found)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "text/turtle"),
        ("*/*", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json, text/html;q=0.5", "application/ld+json"),
    ],
)
def test_service_description(
    client: httpx.Client, sparql_address: str, accept: str | None, media_type: str
) -> None:
    response = client.get(sparql_address, headers={"Accept": accept} if accept else {})
    assert response.headers["content-type"].partition(";")[0] == media_type
    triples = {
        (quad.predicate.value.removeprefix(SD), quad.object)
        for quad in parse(response.content, format=RdfFormat.from_media_type(media_type))
    }
    assert ("endpoint", NamedNode(sparql_address)) in triples
    assert ("feature", NamedNode(SD + "UnionDefaultGraph")) in triples
    assert ("supportedLanguage", NamedNode(SD + "SPARQL11Query")) in triples
    assert not [term for _, term in triples if type(term).__name__ == "Literal"]
    described = [term for name, term in triples if name == "resultFormat"]
    assert len(described) == len(formats.SOLUTIONS) - 1 + len(formats.GRAPHS)


def test_a_browser_without_a_query_gets_the_editor(client: httpx.Client) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = client.get(PATH, headers={"Accept": accept})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.text == "<title>Editor for /sparql</title>"
    assert response.headers["vary"] == "Accept"


def test_a_browser_with_a_query_gets_the_editor_and_a_form_its_answer(
    client: httpx.Client,
) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = query(client, ASK, accept)
    assert response.text == "<title>Editor for /sparql</title>"
    posted = client.post(PATH, data={"query": ASK}, headers={"Accept": accept})
    assert posted.json()["boolean"] is True
    asked = client.get(PATH, params={"query": ASK, "format": "json"}, headers={"Accept": accept})
    assert asked.json()["boolean"] is True


def test_a_slash_at_the_end_is_no_detour(sparql_address: str) -> None:
    response = httpx.get(sparql_address + "/", params={"query": ASK})
    assert response.json()["boolean"] is True


def test_nothing_at_other_addresses_is_a_problem_too(sparql_address: str) -> None:
    response = httpx.get(sparql_address + "/more")
    assert (response.status_code, response.headers["content-type"]) == (
        404,
        "application/problem+json",
    )
    assert json.loads(response.content)["title"] == "Not Found"


def test_sparqlwrapper_gets_its_rows(sparql_address: str) -> None:
    wrapper = SPARQLWrapper(sparql_address)
    wrapper.setQuery(SELECT)
    wrapper.setReturnFormat(JSON)
    found: Any = wrapper.queryAndConvert()
    rows = found["results"]["bindings"]
    assert [row["n"]["value"] for row in rows] == ["575000"]
