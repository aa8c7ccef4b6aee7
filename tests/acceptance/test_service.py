"""The service as its users meet it: a real process, real clients, and things going wrong."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from SPARQLWrapper import JSON, SPARQLWrapper

from tests.conftest import ROOT

QUESTIONS = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@contextmanager
def serving(data: Path, **environment: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`samenhang serve` in a process of its own, once it says it is ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "samenhang", "serve", "--data", data, "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, process)
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the service ended by itself"
        try:
            if httpx.get(address + "/healthz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the service did not become ready")


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with serving(data, SAMENHANG_QUERY_TIMEOUT_S="2") as (url, _):
        yield url


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_is_answered_with_the_sentences_behind_it(address: str, name: str) -> None:
    expected = json.loads((ROOT / "queries" / "expected" / f"{name}.json").read_text("utf-8"))
    answer = httpx.get(
        f"{address}/queries/{name}", headers={"Accept": "application/sparql-results+json"}
    )
    assert answer.status_code == 200
    rows = answer.json()["results"]["bindings"]
    assert [row["quote"]["value"] for row in rows] == [row["quote"] for row in expected]


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_has_a_page_with_its_quotes(address: str, name: str) -> None:
    page = httpx.get(f"{address}/queries/{name}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "<blockquote" in page.text


def test_a_researchers_client(address: str) -> None:
    client = SPARQLWrapper(address + "/sparql", returnFormat=JSON)
    client.setQuery("""
        PREFIX def: <https://w3id.org/samenhang/def/>
        PREFIX country: <http://publications.europa.eu/resource/authority/country/>
        SELECT ?list WHERE { country:KEN def:listedOn ?list } ORDER BY ?list""")
    answer: Any = client.query().convert()
    lists = [row["list"]["value"] for row in answer["results"]["bindings"]]
    assert [one.rsplit("/", 1)[-1] for one in lists] == [
        "combination-countries",
        "development-cooperation-countries",
        "psd-countries",
        "reception-in-the-region-countries",
    ]


def test_a_named_graph_holds_what_one_document_says(address: str) -> None:
    query = """
        PREFIX def: <https://w3id.org/samenhang/def/>
        SELECT (COUNT(*) AS ?n) WHERE {
          GRAPH <https://w3id.org/samenhang/id/graph/kst-35570-XVII-52> { ?s a def:Listing }
        }"""
    answer = httpx.get(address + "/sparql", params={"query": query, "format": "csv"})
    assert answer.text.split() == ["n", "8"]


def test_a_malformed_query_is_told_where(address: str) -> None:
    answer = httpx.post(address + "/sparql", data={"query": "SELECT *\nWHERE { ?s ?p }"})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert (problem["line"], problem["column"]) == (2, 15)


def test_a_runaway_query_is_stopped_while_others_are_answered(address: str) -> None:
    with httpx.Client(timeout=20) as client:
        began = time.monotonic()
        runaway = client.get(address + "/sparql", params={"query": RUNAWAY})
        assert runaway.status_code == 503
        assert time.monotonic() - began < 6
        small = client.get(address + "/sparql", params={"query": "ASK {}"})
        assert small.status_code == 200


def test_nothing_reaches_the_network(address: str) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.5)
        port = listening.getsockname()[1]
        query = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        answer = httpx.get(address + "/sparql", params={"query": query})
        assert answer.status_code in (400, 403)
        with pytest.raises(TimeoutError):
            listening.accept()


def test_an_unknown_parameter_and_an_unknown_question(address: str) -> None:
    wrong = httpx.get(f"{address}/queries/how-a-theme-develops", params={"thema": "x"})
    assert wrong.status_code == 400
    assert "thema" in wrong.json()["detail"]
    assert httpx.get(f"{address}/queries/no-such-question").status_code == 404


def children(process: int) -> list[int]:
    """The processes below a process."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    below = [int(one) for one in text.split()]
    return [*below, *(child for one in below for child in children(one))]


def test_killed_readers_are_replaced(data: Path) -> None:
    with serving(data) as (address, process):
        for _ in range(3):
            for reader in children(process.pid):
                with suppress(ProcessLookupError):  # it died with the one it was forked from
                    os.kill(reader, signal.SIGKILL)
            began = time.monotonic()
            while True:
                answer = httpx.get(address + "/sparql", params={"query": "ASK {}"})
                if answer.status_code == 200:
                    break
                assert time.monotonic() - began < 3, answer.text


def test_a_killed_service_starts_again_and_leaves_nobody_behind(data: Path) -> None:
    with serving(data) as (_, process):
        below = children(process.pid)
        assert below
        process.kill()
        process.wait()
        deadline = time.monotonic() + 3
        while any(Path(f"/proc/{one}").exists() for one in below):
            assert time.monotonic() < deadline, "a reader outlived the service"
            time.sleep(0.05)
    with serving(data) as (address, _):
        assert httpx.get(address + "/healthz").json()["status"] == "ready"


def test_no_answer_names_a_path_of_the_server(address: str, data: Path) -> None:
    for path in ("/sparql?query=nonsense", "/nowhere", "/queries/x", "/static/../../etc/passwd"):
        answer = httpx.get(address + path)
        assert not re.search(r"Traceback|/site-packages/|\.py\b", answer.text)
        assert str(data) not in answer.text
        assert str(ROOT) not in answer.text
