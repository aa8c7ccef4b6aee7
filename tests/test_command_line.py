"""The command line: helps, reports in one line, and leaves the last good build in place."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from queries.catalogue import Catalogue
from tests.conftest import ROOT
from tests.ingest.small import folder_of, letter

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
    for command in (
        "build", "serve", "query", "ask", "queries check", "validate", "read", "ingest", "remove",
        "publish", "export",
    ):  # fmt: skip
        assert command in done.stdout
    assert "Exit codes: 0 done, 1 failed, 2 wrong input." in done.stdout


def test_the_questions_are_listed() -> None:
    done = run("query")
    assert done.returncode == 0
    assert done.stdout.startswith("COHERENCE\n")
    assert "  themes-spanning-two-policy-areas\n      Which themes span trade" in done.stdout


def test_no_parameter_is_an_option_that_the_command_has_already() -> None:
    taken = {"data", "base", "seeds", "format", "help", "parameter"}
    for query in Catalogue.load(ROOT / "queries").values():
        assert taken.isdisjoint(query.parameter_names), query.name


SPANNING = ("query", "themes-spanning-two-policy-areas")


def test_a_question_is_answered_with_its_quote(data: Path) -> None:
    done = run("query", "numbers-that-do-not-add-up", "--data", data, "--format", "srj")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert "Art. 1.2. 61.411 56.242" in " ".join(row["quote"]["value"] for row in rows)


def test_a_second_question_does_not_build_again(data: Path) -> None:
    done = run("query", "countries-on-a-list", "--list", "country-list/psd-countries",
               "--data", data)  # fmt: skip
    assert done.returncode == 0
    assert "building" not in done.stderr
    assert "40 rows" in done.stdout


def test_things_are_given_by_name_in_either_language(data: Path) -> None:
    answers = [
        json.loads(run(*SPANNING, "--one", one, "--data", data, "--format", "json").stdout)
        for one in ("policy-area/humanitarian-aid", "Humanitaire hulp", "humanitarian aid")
    ]
    assert [answer["parameters"]["one"]["value"] for answer in answers] == [
        "policy-area/humanitarian-aid"
    ] * 3
    assert len({answer["digest"] for answer in answers}) == 1
    assert answers[0]["total"] == len(answers[0]["rows"]) > 0


def test_a_question_is_asked_by_its_words() -> None:
    done = run("ask", "which", "themes", "span", "trade", "and", "aid")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "  themes-spanning-two-policy-areas"


def test_a_question_is_checked_on_the_documents(data: Path) -> None:
    done = run("queries", "check", SPANNING[1], "--data", data)
    assert done.returncode == 0, done.stdout
    assert "1 question checked: 0 failed, 0 with another answer than released" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("query", "no-such-question"), "no saved question named 'no-such-question'"),
        (("query", "theme-spanning-two-policy-area"), "; try themes-spanning-two-policy-areas"),
        ((*SPANNING, "--area", "x"), "parameter 'area': unknown; "),
        ((*SPANNING, "--one", "policy-area/trades"), "; try policy-area/trade"),
        ((*SPANNING, "--one", "policy-area/trade", "--other", "not a thing"), "parameter 'other'"),
        ((*SPANNING, "--one"), "--one needs a value"),
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
    done = run("query", "numbers-that-do-not-add-up", "--data", copy)
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


LETTER = ROOT / "seeds" / "2021-kamerbrief-opvang-in-de-regio.txt"


def test_reading_shows_the_outline() -> None:
    done = run("read", LETTER)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == LETTER.name
    assert lines[1].startswith("27,386 characters, ")
    assert any(line.startswith("date: 2021-01-25 [stated at ") for line in lines)
    heading = lines.index("# Prospects partnerschap  (p. 3)")
    assert lines[heading + 1].startswith("  Paragraph p. 3 <notes 17, 18>: In 2018 heeft Nederland")
    assert any(line.startswith("warning: note ") for line in lines)


def test_reading_as_json_gives_places_that_hold() -> None:
    done = run("read", LETTER, "--format", "json")
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    assert read["format"] == 1
    text = LETTER.read_bytes().decode()
    assert read["text"] == text
    assert read["sha256"] == sha256(LETTER.read_bytes()).hexdigest()
    for section in read["sections"]:
        heading = read["blocks"][section["heading"]]
        assert (heading["kind"], heading["section"]) == ("Heading", section["order"])
    sentences = [one for block in read["blocks"] for one in block["sentences"]]
    assert len(sentences) > 150
    for start, end in (place for places in sentences for place in places):
        assert 0 <= start < end <= len(text)
        assert not text[start].isspace()
    (date,) = (one for one in read["metadata"] if one["name"] == "date")
    assert text[slice(*date["place"])] == "25 januari 2021"


def test_reading_a_table_as_json_gives_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "tabel.html"
    path.write_text(
        "<html><body><h1>Bijdragen</h1><p>De bijdragen volgen.</p><table>"
        "<tr><th>Land</th><th>Bedrag</th></tr><tr><td>Mali</td><td></td></tr>"
        "<tr><td>Kenia</td><td>12</td></tr></table></body></html>",
        "utf-8",
    )
    done = run("read", path, "--format", "json")
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    (table,) = (block["table"] for block in read["blocks"] if block["table"])
    texts = [[cell and cell["text"] for cell in row["cells"]] for row in table["rows"]]
    assert texts == [["Land", "Bedrag"], ["Mali", None], ["Kenia", "12"]]
    assert [row["header"] for row in table["rows"]] == [True, False, False]
    (place,) = table["rows"][2]["cells"][0]["places"]
    assert read["text"][slice(*place)] == "Kenia"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("leeg.txt", b" ", "the file is empty"),
        ("kapot.pdf", b"%PDF-1.4 and nothing", "kapot.pdf: "),
        ("beeld.png", b"\x89PNG", "unknown kind of file"),
        ("brief.docx", b"just text", "its name says DOCX"),
    ],
)
def test_what_can_not_be_read_is_one_line(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("read", tmp_path / name)
    assert done.returncode == 2
    assert reason in one_line(done)
    assert done.stdout == ""


def test_reading_keeps_to_its_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMENHANG_READING_SECONDS", "0.001")
    done = run("read", LETTER)
    assert done.returncode == 2
    assert "reading it took more than 0.001 s" in one_line(done)
    monkeypatch.setenv("SAMENHANG_READING_SECONDS", "soon")
    done = run("read", LETTER)
    assert done.returncode == 2
    assert "setting seconds: Input should be a valid number" in one_line(done)


def test_documents_are_added_asked_and_taken_out(tmp_path: Path) -> None:
    seeds = folder_of(tmp_path / "seeds", seed=letter("Jemen"))
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "brief.txt").write_text(letter("Mali"), "utf-8")
    (inbox / "leeg.txt").write_text("", "utf-8")
    where = ("--seeds", seeds, "--data", tmp_path / "data")
    done = run("ingest", inbox, *where)
    assert done.returncode == 2
    assert "1 added, 1 not added" in done.stdout
    assert "  [1/2] brief.txt: " in done.stderr
    assert one_line(done) == f"samenhang: 1 of 2 not added: {inbox}/leeg.txt: the file is empty"
    again = run("ingest", inbox / "brief.txt", *where)
    assert (again.returncode, again.stdout) == (0, "1 already there\n")
    asked = run("query", "what-a-document-says-of-an-actor", "--actor", "actor/unhcr", *where)
    assert asked.returncode == 0, asked.stderr
    taken = run("remove", "2024-brief", *where)
    assert taken.returncode == 0, taken.stderr
    assert run("remove", "2024-brief", *where).returncode == 2


def test_a_dry_run_prints_the_entry(tmp_path: Path) -> None:
    done = run("ingest", "--dry-run", LETTER, "--data", tmp_path / "data", "--id", "x")
    assert done.returncode == 0, done.stderr
    assert yaml.safe_load(done.stdout)["x"]["date"]["value"] == "2021-01-25"
    assert not (tmp_path / "data").exists()


def test_what_is_said_of_one_file_is_not_said_of_several(tmp_path: Path) -> None:
    done = run("ingest", ROOT / "seeds", "--title", "Alles", "--data", tmp_path)
    assert done.returncode == 2
    assert "are for one file" in one_line(done)
