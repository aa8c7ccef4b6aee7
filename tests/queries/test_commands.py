"""The commands on saved questions, on a data set of two sentences."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import samenhang
from ontology.names import DEFAULT_BASE
from queries.commands import BuiltData, Surroundings
from queries.released import EXPECTED
from tests.queries.sample import CONTRACT, FACTS, TEXT, stored, written

ELSEWHERE = "https://kennis.example.nl/"
Run = Callable[..., Result]


@pytest.fixture
def surroundings(tmp_path: Path) -> Surroundings:
    """The questions in a folder, and the data set with any base."""

    def data(_data: Path, base: str, _seeds: Path) -> BuiltData:
        engine = tmp_path / "engine"
        if not engine.exists():
            stored(engine, FACTS.replace(f"{DEFAULT_BASE}id/", f"{base}id/"))
        return BuiltData(engine, "v1", tmp_path / "texts")

    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "brief.txt").write_text(TEXT, "utf-8")
    return Surroundings(written(tmp_path / "queries"), data)


@pytest.fixture
def run(surroundings: Surroundings) -> Run:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(samenhang.main, arguments, obj=surroundings)

    return run


def one_line(result: Result) -> str:
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("samenhang: ")
    return line


class TestAsking:
    def test_the_list_is_by_family(self, run: Run) -> None:
        lines = run("query").stdout.splitlines()
        assert lines[:5] == [
            "THEMES",
            "",
            "  said",
            "      What is said of a theme?",
            "      samenhang query said --theme THEME [--word TEXT] [--language LANGUAGE]",
        ]
        assert "      Wat wordt er over een thema gezegd?" in run("query", "--language=nl").stdout

    def test_a_question_explains_itself(self, run: Run) -> None:
        done = run("query", "said", "--help")
        assert done.exit_code == 0
        assert done.stdout == (
            "What is said of a theme?\n\n"
            "Each statement on the theme.\n\n"
            "Usage: samenhang query said --theme THEME [--word TEXT] [--language LANGUAGE]\n\n"
            "Parameters:\n"
            "  --theme  Theme\n"
            "      theme: a name in any language, or a path; required, for example theme/water\n"
            "  --word  Word\n"
            "      text; optional\n"
            "  --language  Language of the names\n"
            "      one of nl, en; default nl\n\n"
            "Examples:\n"
            "  samenhang query said --theme theme/water --word rivier\n\n"
            "Version 1; all formats: samenhang query --help.\n"
        )
        assert "Taal van de namen" in run("query", "said", "-h", "--language", "nl").stdout

    def test_a_row_is_read_with_its_passage_below(self, run: Run) -> None:
        done = run("query", "said", "--theme", "theme/water", "--word", "put", "--language", "en")
        assert done.exit_code == 0
        assert done.stdout == (
            "What is said of a theme?\n\n"
            "Theme                   water\n"
            "Amount                  3\n"
            "    “En 3 euro aan de put.”\n"
            "    — Letter\n\n"
            "1 row\n"
        )

    @pytest.mark.parametrize(
        "words",
        [
            ("said", "--theme", "theme/water"),
            ("said", "--theme=theme/water"),
            ("--theme", "theme/water", "said"),
            ("said", "-p", "theme=theme/water"),
            ("said", "--theme", "WATER"),
            ("said", "--theme", "nat", "--word", ""),
            ("said", "--theme", "https://w3id.org/samenhang/id/theme/water"),
        ],
    )
    def test_every_way_to_give_a_value(self, run: Run, words: tuple[str, ...]) -> None:
        done = run("query", *words, "--format", "json")
        assert done.exit_code == 0, done.stderr
        assert json.loads(done.stdout)["parameters"]["theme"]["value"] == "theme/water"
        assert json.loads(done.stdout)["total"] == 2

    def test_a_name_in_the_other_language(self, run: Run) -> None:
        done = run("query", "said", "--theme", "water board", "--format", "json")
        assert json.loads(done.stdout)["parameters"]["theme"]["value"] == "theme/waterschap"

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (("sayd",), "no saved question named 'sayd'; try said"),
            (("said", "--theme", "watr"), "no theme is known as 'watr'; try theme/water"),
            (("said", "--thema", "x"), "unknown; said has these parameters: theme, word, language"),
            (("said",), "'theme': a theme is needed; try --theme theme/water"),
            (("said", "--theme="), "'theme': a value is needed"),
            (("said", "--theme", "nat", "--language", "fr"), "of the labels: 'fr'"),
            (("said", "--theme", "nat", "--word", "a\nb"), "control characters"),
            (("said", "--theme", "nat", "--theme=nat"), "--theme is given twice"),
            (("said", "--theme"), "--theme needs a value: --theme VALUE, or --theme=VALUE"),
            (("said", "--theme", "--format", "csv"), "--theme needs a value"),
            (("said", "--theme", "water", "board"), "one question at a time, not said, board"),
            (("--theme", "nat"), "which question? Give its name first"),
            (("said", "-p", "theme"), "'theme' is not PARAMETER=VALUE"),
            (("said", "--theme", "nat", "--format", "xls"), "'xls' is not one of"),
        ],
    )
    def test_wrong_input_is_one_line_that_helps(
        self, run: Run, words: tuple[str, ...], message: str
    ) -> None:
        done = run("query", *words)
        assert done.exit_code == 2
        assert message in one_line(done)


class TestFormats:
    def test_json_reads_by_itself(self, run: Run) -> None:
        found = json.loads(run("query", "said", "--theme", "nat", "--format", "json").stdout)
        question = found["question"]
        assert (question["name"], question["version"]) == ("said", "1")
        assert question["title"] == "Wat wordt er over een thema gezegd?"
        assert (found["dataset"], found["language"]) == ("v1", "nl")
        assert len(found["digest"]) == 64
        first = found["rows"][0]
        assert (first["theme"]["label"], first["amount"]) == ("water", 12)
        assert first["evidence"]["quote"] == "Het kabinet geeft 12 euro aan de rivier."
        assert first["evidence"]["document"]["label"] == "Brief"
        assert first["evidence"]["page"] == 1

    @pytest.mark.parametrize(
        ("output", "beginning", "part"),
        [
            ("csv", "theme,themeLabel,amount,quote,", ",Brief,1,0,40,urn:first"),
            ("tsv", "?theme\t?themeLabel\t?amount\t?quote\t", "\t1\t0\t40\t<urn:first>"),
            ("srj", '{"head":{"vars":["theme","themeLabel",', '"value":"En 3 euro aan de put."'),
            ("xml", '<?xml version="1.0"', '<binding name="quote"><literal>En 3 euro'),
            ("md", "| Thema | Bedrag |", "En 3 euro aan de put."),
        ],
    )
    def test_results_formats(self, run: Run, output: str, beginning: str, part: str) -> None:
        done = run("query", "said", "--theme", "nat", "--format", output)
        assert done.exit_code == 0, done.stderr
        assert done.stdout.startswith(beginning)
        assert part in done.stdout

    def test_data_with_another_base(self, run: Run) -> None:
        done = run("query", "said", "--theme", "nat", "--base", ELSEWHERE, "--format", "json")
        found = json.loads(done.stdout)
        assert found["parameters"]["theme"]["value"] == "theme/water"
        assert found["rows"][0]["theme"]["id"] == f"{ELSEWHERE}id/theme/water"
        assert run("queries", "check", "--base", ELSEWHERE).exit_code == 0


class TestFinding:
    def test_words_find_a_question_and_how_to_ask_it(self, run: Run) -> None:
        done = run("ask", "sentence", "about", "a", "theme")
        assert done.exit_code == 0
        assert done.stdout.splitlines() == [
            "  said",
            "      What is said of a theme?",
            "      samenhang query said --theme THEME [--word TEXT] [--language LANGUAGE]",
        ]

    def test_nothing_fits(self, run: Run) -> None:
        done = run("ask", "belastingstelsel")
        assert done.exit_code == 1
        assert one_line(done) == (
            "samenhang: no question on 'belastingstelsel': try fewer or other words, or "
            "'samenhang query' for the list"
        )


class TestReleasing:
    def test_check_release_check(self, run: Run, surroundings: Surroundings) -> None:
        before = run("queries", "check", "said")
        assert before.exit_code == 0
        assert "not released yet: samenhang queries release said" in before.stdout
        stale = surroundings.folder / EXPECTED / "themes" / "gone.json"
        stale.parent.mkdir(parents=True)
        stale.write_text("{}")
        done = run("queries", "release")
        assert done.exit_code == 0
        assert "released: 1 of 1 questions; 1 files removed" in done.stdout
        assert not stale.exists()
        after = run("queries", "check")
        assert after.exit_code == 0
        assert after.stdout.splitlines()[1].split()[::3] == ["said", "good"]
        assert "checking" in after.stderr

    def test_a_changed_answer_ends_in_1(self, run: Run, surroundings: Surroundings) -> None:
        run("queries", "release")
        path = surroundings.folder / EXPECTED / "themes" / "said.json"
        path.write_text(path.read_text("utf-8").replace("En 3 euro", "En 5 euro"), "utf-8")
        done = run("queries", "check")
        assert done.exit_code == 1
        assert "  - " in done.stdout
        assert "En 5 euro" in done.stdout

    def test_what_fails_is_not_released(self, run: Run, surroundings: Surroundings) -> None:
        written(surroundings.folder, contract=CONTRACT.replace("xsd:decimal", "xsd:date"))
        done = run("queries", "release")
        assert done.exit_code == 1
        assert "failed: by default: nl, row 1 (and 1 more): ?amount is no " in done.stdout
        assert not (surroundings.folder / EXPECTED).exists()

    def test_a_question_that_is_not_there(self, run: Run) -> None:
        done = run("queries", "check", "sayd")
        assert done.exit_code == 2
        assert "no saved question named 'sayd'" in one_line(done)
