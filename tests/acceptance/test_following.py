"""An operator adds a letter while the service runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.ingest.small import folder_of, letter

TITLES = """
PREFIX def: <https://w3id.org/samenhang/def/>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?title { ?document a def:Document ; dcterms:title ?title FILTER(LANG(?title) = "nl") }
"""
PATIENCE_S = 60.0


def titles(address: str) -> set[str]:
    """What documents the service knows."""
    found = httpx.get(f"{address}/sparql", params={"query": TITLES, "format": "tsv"})
    assert found.status_code == 200, found.text
    return set(found.text.splitlines()[1:])


def test_a_letter_that_is_added_is_served_without_a_restart(tmp_path: Path) -> None:
    seeds, data = tmp_path / "seeds", tmp_path / "data"
    folder_of(seeds, jordan=letter("Jordanië"))
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SAMENHANG_")}
    environment["SAMENHANG_PUBLISH"] = "false"
    command = [sys.executable, "-m", "samenhang"]
    serve = [*command, "serve", "--port", "0", "--data", str(data), "--seeds", str(seeds)]
    process = subprocess.Popen(serve, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        address = next(line for line in process.stderr if "answers on" in line).split()[-1]
        address = address.rstrip("/")
        assert titles(address) == {'"Brief over jordan"@nl'}
        before = httpx.get(f"{address}/healthz").json()["version"]
        folder_of(seeds, jordan=letter("Jordanië"), uganda=letter("Oeganda"))
        build = [*command, "build", "--data", str(data), "--seeds", str(seeds)]
        subprocess.run(build, cwd=ROOT, env=environment, check=True, capture_output=True)
        deadline = time.monotonic() + PATIENCE_S
        while len(titles(address)) < 2:  # answered all the time
            if time.monotonic() > deadline:
                pytest.fail("the new build is not served")
            time.sleep(0.05)
        assert titles(address) == {'"Brief over jordan"@nl', '"Brief over uganda"@nl'}
        assert httpx.get(f"{address}/healthz").json()["version"] != before
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stderr.close()
