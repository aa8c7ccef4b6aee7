"""The command line: helps, reports in one line, and leaves the last good build in place."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "samenhang", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The last line on standard error, the only one that is not progress; never a traceback."""
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if not line.startswith("  ")]
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_help_teaches() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("build", "serve", "query", "validate"):
        assert command in done.stdout
    assert "Exit codes: 0 done, 1 failed, 2 wrong input." in done.stdout


def test_the_questions_are_listed() -> None:
    done = run("query")
    assert done.returncode == 0
    assert "themes-spanning-two-policy-areas" in done.stdout


def test_a_question_is_answered_with_its_quote(data: Path) -> None:
    done = run("query", "numbers-that-do-not-add-up", "--data", data, "--format", "json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert "Art. 1.2. 61.411 56.242" in " ".join(row["quote"]["value"] for row in rows)


def test_a_second_question_does_not_build_again(data: Path) -> None:
    done = run(
        "query", "countries-on-a-list", "-p", "list=country-list/psd-countries", "--data", data
    )
    assert done.returncode == 0
    assert "building" not in done.stderr
    assert "40 rows" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("query", "no-such-question"), "no saved query named 'no-such-question'"),
        (("query", "how-a-theme-develops", "-p", "thema=x"), "parameter 'thema': unknown"),
        (("query", "how-a-theme-develops", "-p", "theme=not an iri"), "parameter 'theme'"),
    ],
)
def test_wrong_questions(data: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments, "--data", data)
    assert done.returncode == 2
    assert message in one_line(done)


def spoil_missing(seeds: Path) -> str:
    (seeds / "2022-beleidsnota-bhos.txt").unlink()
    return "2022-beleidsnota-bhos.txt: No such file"


def spoil_changed(seeds: Path) -> str:
    path = seeds / "2022-beleidsnota-bhos.txt"
    path.write_bytes(path.read_bytes() + b"x")
    return "2022-beleidsnota-bhos.txt: checksum is"


def spoil_manifest_syntax(seeds: Path) -> str:
    path = seeds / "manifest.yaml"
    path.write_text(path.read_text("utf-8") + "\n  : [\n", "utf-8")
    return "manifest.yaml:"


def spoil_manifest_field(seeds: Path) -> str:
    path = seeds / "manifest.yaml"
    path.write_text(path.read_text("utf-8").replace("language: nl", "language: dutch", 1), "utf-8")
    return "language: String should match pattern"


def spoil_no_manifest(seeds: Path) -> str:
    (seeds / "manifest.yaml").unlink()
    return "manifest.yaml: missing"


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_missing,
        spoil_changed,
        spoil_manifest_syntax,
        spoil_manifest_field,
        spoil_no_manifest,
    ],
)
def test_bad_sources_are_one_line_and_change_nothing(
    tmp_path: Path, seeds: Path, spoil: Callable[[Path], str]
) -> None:
    data = tmp_path / "data"
    (data / "builds" / "good").mkdir(parents=True)
    (data / "builds" / "good" / "manifest.json").write_text('{"version": "good"}')
    (data / "current").symlink_to("builds/good")
    message = spoil(seeds)
    done = run("build", "--seeds", seeds, "--data", data)
    assert done.returncode == 2
    assert message in one_line(done)
    assert str(seeds) in one_line(done)
    assert (data / "current").resolve().name == "good"
    assert [path.name for path in (data / "builds").iterdir()] == ["good"]


def test_a_data_folder_that_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    done = run("build", "--data", tmp_path / "data")
    assert done.returncode == 2
    assert str(tmp_path / "data") in one_line(done)


@pytest.mark.parametrize(
    ("arguments", "file", "message"),
    [
        (("--port", "99999"), "", "setting port: Input should be less than or equal to 65535"),
        ((), "readers = 0\n", "setting readers: Input should be greater than or equal to 1"),
        ((), "readers = \n", "samenhang.toml: Invalid value (at line 1, column 11)"),
    ],
)
def test_a_setting_that_does_not_fit(
    tmp_path: Path, arguments: tuple[str, ...], file: str, message: str
) -> None:
    (tmp_path / "samenhang.toml").write_text(file)
    done = run("serve", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert message in one_line(done)


def test_a_port_in_use(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--data", data, "--port", str(port))
    assert done.returncode == 1
    assert (
        one_line(done) == f"samenhang: can not listen on 127.0.0.1:{port}: Address already in use"
    )


def test_a_corrupt_store(tmp_path: Path, data: Path) -> None:
    copy = tmp_path / "data"
    subprocess.run(["cp", "-a", str(data), str(copy)], check=True)
    store = next(path for path in (copy / "stores").iterdir() if path.is_dir())
    for path in store.rglob("CURRENT"):
        path.write_bytes(b"nonsense")
    done = run("query", "countries-on-a-list", "--data", copy)
    assert done.returncode == 1
    assert str(store) in one_line(done)
    assert (copy / "current" / "dataset.nq").exists()


def test_a_base_that_is_no_base(tmp_path: Path) -> None:
    done = run("build", "--base", "nonsense", "--data", tmp_path)
    assert done.returncode == 2
    assert "base IRI must be http(s)" in done.stderr


def test_validate_says_what_was_checked() -> None:
    done = run("validate")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("valid: 5 documents, ")
