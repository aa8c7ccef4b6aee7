"""A publisher with a base of its own meets no other, wherever it looks."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontology.names import DEFAULT_BASE
from server.settings import Settings
from tests.conftest import ROOT
from tests.publish.crawl import Crawler
from tests.publish.pages import walk
from tests.publish.parsers import unpacked
from tests.publish.service import BASE, Service, environment

OTHER = re.compile(rf"{re.escape(DEFAULT_BASE.rstrip('/'))}(?!/def/|/def\b)[^\s\"'<>]*")
"""The default base, but for the vocabulary: its namespace is the same for every publisher."""

READ = (
    *("/def/context.jsonld", "/sitemap.xml", "/robots.txt", "/openapi.json", "/.well-known/void"),
    *("/sparql", "/catalog", "/catalog/feed", "/feed", "/exports", "/dumps/"),
)


def others(text: str) -> list[str]:
    """What a text has of the default base."""
    return sorted(set(OTHER.findall(text)))


def test_in_the_data(small: Service) -> None:
    found: set[str] = set()
    for quad in parse(small.dataset.read_bytes(), RdfFormat.N_QUADS):
        for term in quad:
            if isinstance(term, NamedNode | Literal):
                found.update(others(term.value))
            if isinstance(term, NamedNode) and term.value.startswith(BASE):
                assert term.value.startswith(f"{BASE}id/"), term
    assert found == set()


def test_in_the_files_of_a_release(small: Service) -> None:
    folder = small.data / "releases" / "latest"
    paths = [path for path in folder.rglob("*") if path.is_file()]
    assert len(paths) > 40
    for path in paths:
        if path.suffix != ".xlsx":
            assert others(unpacked(path).decode()) == [], path


def test_in_what_the_pages_say(small: Service) -> None:
    with httpx.Client(timeout=30) as client:
        for answer in walk(client, f"{small.address}/", most=250):
            assert others(answer.text) == [], answer.url


def test_in_the_descriptions(small: Service) -> None:
    report = asyncio.run(Crawler(small.address, BASE, most=300).run())
    assert list(map(str, report.flaws)) == []


def test_in_questions_contracts_and_answers(small: Service) -> None:
    with httpx.Client(base_url=f"{small.address}/v1", timeout=30) as client:
        texts = [client.get("/queries").text, client.get("/openapi.json").text]
        names = [one["name"] for one in json.loads(texts[0])["queries"]]
        assert len(names) > 40
        for name in names:
            texts += [client.get(f"/queries/{name}").text]
            for form in ("turtle", "jsonld"):
                answer = client.get(f"/queries/{name}/definition", params={"format": form})
                assert answer.status_code == 200
                texts.append(answer.text)
        for text in texts:
            assert others(text) == []


@pytest.mark.parametrize("form", ["json", "csv", "srj", "jsonld", "md", "html"])
def test_in_an_answer(small: Service, form: str) -> None:
    path = f"{small.address}/v1/queries/where-an-actor-is-named"
    answer = httpx.get(path, params={"actor": "unhcr", "format": form})
    assert answer.status_code == 200
    assert "jordan" in answer.text
    assert others(answer.text) == []


def test_in_a_receipt(small: Service) -> None:
    path = f"{small.address}/v1/queries/where-an-actor-is-named/receipts"
    made = httpx.post(path, params={"actor": "unhcr"})
    assert made.status_code == 201
    place = made.headers["location"]
    assert place.startswith(f"{small.address}/v1/receipts/")
    for accepted in ("application/json", "text/turtle", "application/x-bibtex", "text/html"):
        answer = httpx.get(place, headers={"Accept": f"{accepted}, */*;q=0.1"})
        assert answer.status_code == 200
        assert others(answer.text) == []


@pytest.mark.parametrize("path", READ)
def test_in_what_software_reads(small: Service, path: str) -> None:
    answer = httpx.get(small.address + path, timeout=60)
    assert answer.status_code == 200
    assert others(answer.text) == []


def test_on_the_command_line(small: Service, tmp_path: Path) -> None:
    """The settings file in the working folder is enough, for every command."""
    (tmp_path / "samenhang.toml").write_text(f'base_iri = "{BASE}"\n')

    def said(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "samenhang", *arguments, "--data", str(small.data)],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    seeds = str(small.data.parent / "seeds")
    told = said("query", "where-an-actor-is-named", "--actor", "unhcr", "--seeds", seeds)
    assert "jordan" in told
    assert others(told) == []
    made = said("export", "nl-sbb", "--output", str(tmp_path / "out"), "--seeds", seeds)
    assert others(made) == []
    assert BASE in (tmp_path / "out" / "nl-sbb.ttl").read_text("utf-8")


def test_in_the_settings() -> None:
    settings = Settings(base_iri=BASE)
    assert settings.contact_url == BASE
    assert others(settings.model_dump_json()) == []


def test_in_the_code() -> None:
    """No address of a thing is written out in code, where nothing would rewrite it."""
    written: list[tuple[Path, str]] = []
    for path in sources("ingest", "queries", "server"):
        if path.suffix in {".py", ".html", ".js", ".yaml"}:
            written += [(path, one) for one in others(path.read_text("utf-8"))]
    allowed = {ROOT / "server" / "settings.py"}  # the default itself
    assert [one for one in written if one[0] not in allowed] == []


def sources(*rooms: str) -> Iterable[Path]:
    """The files of rooms, as they are in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *rooms],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
