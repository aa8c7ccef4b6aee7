"""A researcher at a terminal, with curl."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.clients.conftest import MALFORMED, TITLES, TOKEN
from tests.conftest import unavailable

COPY = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
GRAPH = "http://example.org/notes"
NOTE = '<http://example.org/jordan> <http://example.org/note> "Jordanië"@nl .\n'
BEARER = ("-H", f"Authorization: Bearer {TOKEN}")
STEPS = """PREFIX : <http://example.org/>
INSERT DATA { :a :b :c } ;
# the next step has names of its own
PREFIX : <http://example.org/> PREFIX other: <http://example.org/other/>
INSERT { ?s other:b ?o } WHERE { ?s :b ?o }"""
TITLES_AS_CSV = [
    "document,title",
    "https://w3id.org/samenhang/id/document/jordan,Brief over jordan",
    "https://w3id.org/samenhang/id/document/uganda,Brief over uganda",
]
STATUS = ("-o", "/dev/null", "-w", "%{http_code}")


@pytest.fixture(autouse=True, scope="module")
def _curl_is_there() -> None:
    if shutil.which("curl") is None:
        unavailable("no curl on the search path")


def ran(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["curl", "-sS", "--max-time", "20", *arguments], capture_output=True, text=True, check=False
    )


def curl(*arguments: str | Path) -> str:
    """What curl prints; it must have succeeded."""
    done = ran(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("slash", ["", "/"])
def test_asks_by_get_and_reads_csv(letters: str, slash: str) -> None:
    answer = curl(
        *("-G", f"{letters}/sparql{slash}", "-H", "Accept: text/csv"),
        *("--data-urlencode", f"query={TITLES}"),
    )
    assert answer.splitlines() == TITLES_AS_CSV


def test_posts_a_form(letters: str) -> None:
    answer = curl(f"{letters}/sparql?format=csv", "--data-urlencode", f"query={TITLES}")
    assert answer.splitlines() == TITLES_AS_CSV


def test_posts_a_query_from_a_file(letters: str, tmp_path: Path) -> None:
    (tmp_path / "titles.rq").write_text(TITLES, "utf-8")
    answer = curl(
        *(f"{letters}/sparql", "--data-binary", f"@{tmp_path}/titles.rq"),
        *("-H", "Content-Type: application/sparql-query", "-H", "Accept: text/csv"),
    )
    assert answer.splitlines() == TITLES_AS_CSV


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", None])
def test_gets_a_large_answer_packed(letters: str, coding: str | None, tmp_path: Path) -> None:
    asked = ("-G", f"{letters}/sparql", "-H", "Accept: text/csv", "--compressed")
    wanted = ("-H", f"Accept-Encoding: {coding}") if coding else ()
    query = ("--data-urlencode", "query=SELECT * { ?s ?p ?o } LIMIT 5000")
    size = curl(*asked, *wanted, *query, "-o", tmp_path / "packed", "-w", "%{size_download}")
    whole = curl(*asked[:-1], *query, "-o", tmp_path / "whole", "-w", "%{size_download}")
    packed, plain = ((tmp_path / name).read_text("utf-8") for name in ("packed", "whole"))
    assert sorted(packed.splitlines()) == sorted(plain.splitlines())
    assert int(size) < int(whole) / 5


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (TITLES, "*/*", "application/sparql-results+json"),
        (TITLES, "application/json", "application/json"),
        (TITLES, "application/sparql-results+xml", "application/sparql-results+xml"),
        (TITLES, "text/tab-separated-values, */*;q=0.1", "text/tab-separated-values"),
        (TITLES, "text/csv;q=0.5, application/sparql-results+xml;q=0.4", "text/csv"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        (COPY, "*/*", "text/turtle"),
        (COPY, "application/n-triples", "application/n-triples"),
        (COPY, "application/rdf+xml", "application/rdf+xml"),
        (COPY, "application/ld+json", "application/ld+json"),
        (COPY, "application/trig, text/turtle;q=0.9", "application/trig"),
        (COPY, "application/n-quads", "application/n-quads"),
    ],
)
def test_names_the_format_it_wants(
    letters: str, query: str, accept: str, content_type: str
) -> None:
    told = curl(
        *("-G", f"{letters}/sparql", "-H", f"Accept: {accept}"),
        *("--data-urlencode", f"query={query}", "-o", "/dev/null", "-w", "%{content_type}"),
    )
    assert told.partition(";")[0] == content_type


def test_a_format_that_is_not_there_is_told_with_those_that_are(letters: str) -> None:
    done = ran("--fail-with-body", "-G", f"{letters}/sparql?format=xlsx", "-d", "query=ASK{}")
    assert done.returncode == 22
    assert "406" in done.stderr
    assert "format=json" in json.loads(done.stdout)["detail"]


def test_looks_at_the_head_first(letters: str) -> None:
    head = curl("-I", "-G", f"{letters}/sparql", "-d", "query=ASK{}").lower()
    assert head.startswith("http/1.1 200 ok")
    assert "content-type: application/sparql-results+json" in head
    assert "content-length: " in head
    assert "etag: " in head


def test_fetches_again_only_what_changed(notes: str, tmp_path: Path) -> None:
    tag = tmp_path / "etag"
    asked = ("--etag-save", tag, "--etag-compare", tag, *STATUS)
    query = ("-G", f"{notes}/sparql", "--data-urlencode", "query=SELECT * { ?s ?p ?o }")
    assert curl(*asked, *query) == "200"
    assert curl(*asked, *query) == "304"
    curl(f"{notes}/update", "--oauth2-bearer", TOKEN, "-d", "update=INSERT DATA{<urn:a> <urn:b> 1}")
    assert curl(*asked, *query) == "200"


def test_a_script_stops_at_a_syntax_error(letters: str) -> None:
    done = ran("-f", f"{letters}/sparql", "--data-urlencode", f"query={MALFORMED}")
    assert (done.returncode, done.stdout) == (22, "")
    assert "400" in done.stderr


def test_a_syntax_error_is_shown_with_its_place(letters: str) -> None:
    done = ran("--fail-with-body", f"{letters}/sparql", "--data-urlencode", f"query={MALFORMED}")
    assert done.returncode == 22
    problem = json.loads(done.stdout)
    assert (problem["line"], problem["column"]) == (2, 15)
    assert problem["excerpt"].splitlines() == ["WHERE { ?s ?p }", "              ^"]


@pytest.mark.parametrize("size", [1, 2_000], ids=["small", "large"])
def test_uploads_a_turtle_file_as_a_graph_and_takes_it_back(
    notes: str, tmp_path: Path, size: int
) -> None:
    # Of more than a megabyte curl asks first whether it may send it (Expect: 100-continue).
    file = tmp_path / "notes.ttl"
    file.write_text(
        NOTE
        + "".join(
            f"<http://example.org/item/{number}> <http://example.org/has> "
            f'"{number} {"a note of the researcher, " * 25}" .\n'
            for number in range(size)
        ),
        "utf-8",
    )
    where = f"{notes}/graphs?graph={GRAPH}"
    upload = ("-T", file, where, "-H", "Content-Type: text/turtle", "--oauth2-bearer", TOKEN)
    assert curl(*upload, *STATUS) == "201"
    assert curl(*upload, *STATUS) == "204"
    back = curl(where, "-H", "Accept: application/n-triples", "--compressed")
    assert sorted(back.splitlines()) == sorted(file.read_text("utf-8").splitlines())
    assert curl("-X", "DELETE", where, "--oauth2-bearer", TOKEN, *STATUS) == "204"
    assert curl(where, *STATUS) == "404"


def test_uploads_what_another_program_writes(notes: str) -> None:
    where = f"{notes}/graphs?graph={GRAPH}"
    done = subprocess.run(
        ["curl", "-sS", "-T", "-", where, "-H", "Content-Type: text/turtle", *STATUS, *BEARER],
        input=NOTE.encode(),
        capture_output=True,
        check=True,
    )
    assert done.stdout == b"201"
    assert curl(where, "-H", "Accept: application/n-triples") == NOTE


def test_adds_a_file_to_a_graph(notes: str, tmp_path: Path) -> None:
    (tmp_path / "notes.ttl").write_text(NOTE, "utf-8")
    where = f"{notes}/graphs?graph={GRAPH}"
    form = ("-F", f"notes=@{tmp_path}/notes.ttl;type=text/turtle")
    assert curl(where, *form, "--oauth2-bearer", TOKEN, *STATUS) == "201"
    assert curl(where, "-H", "Accept: application/n-triples") == NOTE


def test_each_step_of_an_update_may_declare_its_prefixes(notes: str) -> None:
    update = (f"{notes}/update", *BEARER, "--fail-with-body", "--data-urlencode")
    curl(*update, f"update={STEPS}")
    query = "query=ASK { ?s <http://example.org/other/b> <http://example.org/c> }"
    assert json.loads(curl(f"{notes}/sparql", "--data-urlencode", query))["boolean"] is True
    problem = json.loads(ran(*update, f"update={STEPS} ; CLEAR").stdout)
    assert (problem["line"], problem["column"]) == (5, 52)


def test_a_broken_file_is_refused_with_the_line(notes: str, tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text(NOTE + "<http://example.org/a> oops .\n", "utf-8")
    done = ran(
        *("--fail-with-body", "-T", tmp_path / "broken.ttl", f"{notes}/graphs?graph={GRAPH}"),
        *("-H", "Content-Type: text/turtle", "--oauth2-bearer", TOKEN),
    )
    assert done.returncode == 22
    assert json.loads(done.stdout)["line"] == 2


@pytest.mark.parametrize("token", [None, "wrong"])
def test_nobody_writes_without_the_token(notes: str, tmp_path: Path, token: str | None) -> None:
    (tmp_path / "notes.ttl").write_text(NOTE, "utf-8")
    shown = ("--oauth2-bearer", token) if token else ()
    upload = ("-T", tmp_path / "notes.ttl", "-H", "Content-Type: text/turtle")
    assert curl(*upload, f"{notes}/graphs?graph={GRAPH}", *shown, *STATUS) == "401"
    assert curl(f"{notes}/update", "-d", "update=DROP ALL", *shown, *STATUS) == "401"
