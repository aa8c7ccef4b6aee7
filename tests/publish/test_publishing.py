"""The service publishes what it serves, beside its work; the command line does without it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from tests.conftest import ROOT
from tests.ingest.small import folder_of, letter

COMMAND = [sys.executable, "-m", "samenhang"]
PATIENCE_S = 60.0


def environment(**settings: str) -> dict[str, str]:
    inherited = {key: v for key, v in os.environ.items() if not key.startswith("SAMENHANG_")}
    return inherited | {"PYTHONPATH": str(ROOT)} | settings


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd or ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", *places(folder)],
        cwd=ROOT,
        env=environment(**settings),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        address = next(line for line in process.stderr if "answers on" in line).split()[-1]
        with httpx.Client(base_url=address.rstrip("/"), timeout=60) as client:
            yield client, process
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stderr.close()


def places(folder: Path) -> list[str | Path]:
    return ["--data", folder / "data", "--seeds", folder / "seeds"]


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One letter, built."""
    folder = tmp_path_factory.mktemp("letters")
    folder_of(folder / "seeds", jordan=letter("Jordanië"))
    assert run("build", *places(folder)).returncode == 0
    return folder


@pytest.fixture
def folder(letters: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return shutil.copytree(letters, tmp_path / "letters", symlinks=True)


def test_what_is_served_is_published_and_so_is_each_new_build(folder: Path) -> None:
    with serving(folder) as (client, _):
        first = client.get("/dumps/").json()["latest"]  # waits until it is there
        assert client.get("/healthz").json()["version"].startswith(first)
        folder_of(folder / "seeds", jordan=letter("Jordanië"), uganda=letter("Oeganda"))
        assert run("build", *places(folder)).returncode == 0
        until = time.monotonic() + PATIENCE_S
        while (latest := client.get("/dumps/").json()["latest"]) == first:
            assert time.monotonic() < until, "the new build is not published"
            time.sleep(0.1)
        assert client.get("/healthz").json()["version"].startswith(latest)
        assert [one["version"] for one in client.get("/dumps/").json()["releases"]] == [
            latest,
            first,
        ]
        answer = client.get(f"/dumps/{first}/graph/jordan.ttl.gz")
        assert answer.status_code == 200


def test_a_release_that_fails_costs_a_line_and_not_the_service(folder: Path) -> None:
    (folder / "data" / "releases").write_text("in the way", "utf-8")
    with serving(folder) as (client, process):
        assert process.stderr is not None
        line = next(line for line in process.stderr if "release" in line)
        assert "is not made: " in line and "File exists" in line
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        assert client.get("/healthz").status_code == 200


def test_nothing_is_published_where_the_operator_says_so(folder: Path) -> None:
    with serving(folder, SAMENHANG_PUBLISH="false") as (client, _):
        assert client.get("/dumps/").json()["releases"] == []
    assert not (folder / "data" / "releases").exists()
    assert run("publish", *places(folder)).returncode == 0
    with serving(folder, SAMENHANG_PUBLISH="false") as (client, _):
        assert client.get("/dumps/").json()["releases"]  # what was made otherwise is served


def test_a_service_that_stops_leaves_nothing_that_is_in_the_way(folder: Path) -> None:
    with serving(folder) as (_, process):
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) in (0, -signal.SIGTERM)
    done = run("publish", *places(folder))
    assert done.returncode == 0, done.stderr
    made = Path(done.stdout.partition(": ")[0])
    assert (made / "samenhang.nq.gz").is_file()
    assert not list(made.parent.glob(".making-*"))


def test_the_exports_are_listed() -> None:
    done = run("export")
    assert done.returncode == 0
    assert "nl-sbb: Concepts in NL-SBB\n    For those who take over concepts" in done.stdout


def test_an_export_is_written_where_one_asks(folder: Path, tmp_path: Path) -> None:
    done = run("export", "nl-sbb", "--output", tmp_path / "out", *places(folder))
    assert done.returncode == 0, done.stderr
    written = [Path(line) for line in done.stdout.splitlines()]
    assert {path for path in (tmp_path / "out").rglob("*") if path.is_file()} == set(written)
    turtle = next(path for path in written if path.suffix == ".ttl")
    assert len(list(parse(path=turtle, format=RdfFormat.TURTLE))) > 100


def test_an_export_that_is_not_there_names_those_like_it() -> None:
    done = run("export", "nl-sb")
    assert done.returncode == 2
    assert done.stderr == "samenhang: no export named 'nl-sb'; try nl-sbb\n"


def test_an_export_that_can_not_be_written_says_so_in_a_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", "utf-8")
    done = run("export", "nl-sbb", "--output", tmp_path / "out" / "below", *places(folder))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("samenhang: ")
    assert "Not a directory" in done.stderr and "Traceback" not in done.stderr
