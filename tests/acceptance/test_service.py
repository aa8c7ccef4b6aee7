"""The service as its users meet it: a real process, real clients, and things going wrong."""

from __future__ import annotations

import csv
import html
import io
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
from urllib.parse import urlencode

import httpx
import pytest
from rdflib import Graph
from SPARQLWrapper import JSON, SPARQLWrapper

from tests.conftest import ROOT

EXPECTED = ROOT / "queries" / "expected"
QUESTIONS = sorted((path.parent.name, path.stem) for path in EXPECTED.glob("*/*.json"))
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
        env=os.environ | {"PYTHONPATH": str(ROOT), "SAMENHANG_PUBLISH": "false"} | environment,
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


@pytest.mark.parametrize("family, name", QUESTIONS)
def test_each_question_is_answered_with_the_sentences_behind_it(
    address: str, family: str, name: str
) -> None:
    released = json.loads((EXPECTED / family / f"{name}.json").read_text("utf-8"))
    path = f"{address}/v1/queries/{name}?{urlencode(example(address, name))}"
    answer = httpx.get(f"{path}&limit=10000").json()
    quotes = [row["evidence"]["quote"] for row in answer["rows"] if "evidence" in row]
    assert quotes == [row["quote"] for row in released["answers"][""] if "quote" in row]
    assert answer["total"] == len(released["answers"][""])
    sheet = httpx.get(f"{path}&format=csv")
    assert len(list(csv.DictReader(io.StringIO(sheet.text)))) == answer["total"]
    assert Graph().parse(data=httpx.get(f"{path}&format=jsonld").text, format="json-ld")


@pytest.mark.parametrize("family, name", QUESTIONS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_question_has_a_page_on_which_every_link_answers(
    address: str, family: str, name: str, language: str
) -> None:
    page = httpx.get(f"{address}/queries/{name}?lang={language}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-language"] == language
    links = re.findall(r'<sup class="proofs"><a href="([^"]+)"', page.text)
    assert links
    for link in {links[0], links[-1]}:
        found = httpx.get(address + html.unescape(link), follow_redirects=True)
        assert found.status_code == 200


def example(address: str, name: str) -> dict[str, str]:
    """The values that a question must be given: its own examples."""
    listed = httpx.get(f"{address}/v1/queries").json()["queries"]
    (question,) = [one for one in listed if one["name"] == name]
    return {
        parameter["name"]: parameter["example"]
        for parameter in question["parameters"]
        if parameter["required"]
    }


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
