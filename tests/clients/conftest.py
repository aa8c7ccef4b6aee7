"""Two running services for real clients: one over two letters, one empty that takes changes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.ingest.small import folder_of, letter

TOKEN = "a-token-for-clients"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PREFIXES = """
PREFIX def: <https://w3id.org/samenhang/def/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX document: <https://w3id.org/samenhang/id/document/>
PREFIX graph: <https://w3id.org/samenhang/id/graph/>
"""
TITLES = f"""{PREFIXES}
SELECT ?document ?title WHERE {{
  ?document a def:Document ; dcterms:title ?title
  FILTER (LANG(?title) = "nl")
}} ORDER BY ?title"""
MALFORMED = "SELECT *\nWHERE { ?s ?p }"


@contextmanager
def serving(*arguments: str | Path) -> Iterator[str]:
    """The address of `samenhang serve` in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "samenhang", "serve", "--port", "0", *arguments],
        cwd=ROOT,
        env=os.environ | {"SAMENHANG_UPDATE_TOKEN": TOKEN},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        said = []
        for line in process.stderr:
            said.append(line)
            if "answers on" in line:
                break
        else:
            pytest.fail(f"the service ended by itself: {''.join(said)}")
        yield said[-1].split()[-1].rstrip("/")
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stderr.close()


@pytest.fixture(scope="session")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over two letters, "Brief over jordan" and "Brief over uganda"."""
    folder = tmp_path_factory.mktemp("letters")
    seeds = folder_of(folder / "seeds", jordan=letter("Jordanië"), uganda=letter("Oeganda"))
    with serving("--data", folder / "data", "--seeds", seeds) as address:
        yield address


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A plain SPARQL server."""
    with serving("--data", tmp_path_factory.mktemp("plain"), "--empty") as address:
        yield address


@pytest.fixture
def notes(plain: str) -> str:
    """The plain SPARQL server, with nothing in it: where a researcher keeps notes."""
    sent = httpx.post(f"{plain}/update", data={"update": "DROP ALL"}, headers=BEARER)
    assert sent.status_code == 204
    return plain
