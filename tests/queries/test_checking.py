"""Checking a question finds what is wrong in its answer, and what changed since its release."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.names import DEFAULT_BASE
from queries.answer import Answering
from queries.checking import Checked, Checker
from queries.errors import QueryFileError
from queries.released import Released, path_of
from queries.reported import reported
from queries.tracing import folder_texts, says_the_same
from tests.queries.sample import CONTRACT, FACTS, QUERY, TEXT, loaded, store

TWO_ROWS = [
    {
        "themeLabel": "water",
        "amount": "12",
        "quote": "Het kabinet geeft 12 euro aan de rivier.",
        "documentTitle": "Brief",
        "page": "1",
    },
    {
        "themeLabel": "water",
        "amount": "3",
        "quote": "En 3 euro aan de put.",
        "documentTitle": "Brief",
    },
]

ROWS = st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=3)


def check(
    folder: Path, query: str = QUERY, contract: str = CONTRACT, facts: str = FACTS
) -> Checked:
    saved = loaded(folder, query, contract)
    texts = {"brief": TEXT}
    return Checker(Answering(store(facts), DEFAULT_BASE), texts.get, folder).check(saved)


def failures(checked: Checked) -> list[str]:
    return [str(finding) for finding in checked.findings if finding.failed]


def released(folder: Path) -> Path:
    """The file of the answers, released as they are."""
    done = check(folder)
    path = path_of(folder, done.query)
    Released.of(done.query, done.answers).write(path)
    return path


class TestAnswers:
    def test_a_good_question_passes(self, tmp_path: Path) -> None:
        checked = check(tmp_path)
        assert failures(checked) == []
        assert [len(answer.rows) for answer in checked.answers.values()] == [2, 1]

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            (
                "def:amount 3 ;",
                'def:amount "3" ;',
                "but http://www.w3.org/2001/XMLSchema#string",
            ),
            (":water a def:Theme ;", ":water", "?theme is no https://w3id.org/samenhang/def/Theme"),
            ("def:end 62", "def:end 55", "brief has no “En 3 euro aan de put.” at 41–55"),
            ('"En 3 euro', '"En 4 euro', "brief has no “En 4 euro aan de put.” at 41–62"),
            (' , "Letter"@en', "", "not the same rows in each language: 2 in nl, 0 in en"),
            ('"Brief"@nl', '"Brief"@nl , "Brief"@nl , "Schrijven"@nl', "same rows in each"),
            ("document:brief a", "document:nota a", None),
        ],
    )
    def test_what_is_wrong_in_the_data(
        self, tmp_path: Path, old: str, new: str, message: str | None
    ) -> None:
        assert old in FACTS
        found = failures(check(tmp_path, facts=FACTS.replace(old, new, 1)))
        assert found
        assert message is None or any(message in one for one in found), found

    def test_the_row_is_named(self, tmp_path: Path) -> None:
        facts = FACTS.replace("def:amount 3 ", 'def:amount "3" ')
        xsd = "http://www.w3.org/2001/XMLSchema#"
        assert failures(check(tmp_path, facts=facts)) == [
            f"by default: {language}, row 2: ?amount is no {xsd}decimal, but {xsd}string"
            for language in ("nl", "en")
        ]

    def test_a_promised_column_without_a_value(self, tmp_path: Path) -> None:
        contract = CONTRACT.replace("xsd:decimal ;", "xsd:decimal ; sh:minCount 1 ;")
        facts = FACTS.replace("def:amount 3 ;", "")
        found = failures(check(tmp_path, contract=contract, facts=facts))
        assert "by default: nl, row 2: ?amount is promised (sh:minCount) and not bound" in found

    def test_a_row_that_is_there_twice(self, tmp_path: Path) -> None:
        doubled = QUERY.replace("  ?statement def", "  VALUES ?n { 1 2 }\n  ?statement def", 1)
        found = failures(check(tmp_path, query=doubled))
        assert "by default: nl, row 1 (and 3 more): is there more than once" in found

    def test_a_row_that_nothing_shows(self, tmp_path: Path) -> None:
        query = QUERY.replace(" ?evidence\nWHERE", "\nWHERE")
        found = failures(check(tmp_path, query=query))
        assert any("nothing shows where it comes from" in one for one in found)

    def test_an_example_without_an_answer(self, tmp_path: Path) -> None:
        contract = CONTRACT.replace("word=rivier", "word=zee")
        found = failures(check(tmp_path, contract=contract))
        assert found == ["theme=theme/water&word=zee: an example without an answer"]

    def test_an_example_of_what_is_not_there(self, tmp_path: Path) -> None:
        contract = CONTRACT.replace("theme=theme/water", "theme=theme/watr")
        (found,) = failures(check(tmp_path, contract=contract))
        assert "no theme is known as 'theme/watr'; try theme/water" in found


class TestReleases:
    def test_an_unreleased_question_says_what_to_do(self, tmp_path: Path) -> None:
        checked = check(tmp_path)
        assert [str(one) for one in checked.findings] == [
            "not released yet: samenhang queries release said"
        ]
        assert not checked.failed

    def test_a_release_has_what_a_person_reads_one_row_a_line(self, tmp_path: Path) -> None:
        path = released(tmp_path)
        found = json.loads(path.read_text("utf-8"))
        assert found["version"] == "1"
        assert found["checked"] is None
        assert found["answers"] == {"": TWO_ROWS, "theme=theme/water&word=rivier": TWO_ROWS[:1]}
        assert f"   {json.dumps(TWO_ROWS[1])}\n" in path.read_text("utf-8")
        assert check(tmp_path).changes == ()

    def test_rows_that_went_and_came(self, tmp_path: Path) -> None:
        released(tmp_path)
        facts = FACTS.replace("def:amount 3", "def:amount 4")
        checked = check(tmp_path, facts=facts)
        (change,) = checked.changes
        assert (change.call, change.removed) == ("", (TWO_ROWS[1],))
        assert change.added == ({**TWO_ROWS[1], "amount": "4"},)
        report = reported([checked])
        assert "said          2" in report
        assert f"  - {json.dumps(TWO_ROWS[1])}" in report
        assert "1 question checked: 0 failed, 1 with another answer than released" in report

    def test_rows_in_another_order(self, tmp_path: Path) -> None:
        released(tmp_path)
        checked = check(tmp_path, query=QUERY.replace("?document ?start\n", "DESC(?start)\n"))
        (change,) = checked.changes
        assert change.reordered
        assert "by default: the same rows in another order" in reported([checked])

    def test_an_example_that_is_new(self, tmp_path: Path) -> None:
        released(tmp_path)
        checked = check(tmp_path, contract=CONTRACT.replace("rivier", "put"))
        assert checked.changes == ()
        assert not checked.failed
        assert [str(one) for one in checked.findings] == [
            "changed since its release, and schema:version is still '1'",
            "theme=theme/water&word=put: not released yet: samenhang queries release said",
            "theme=theme/water&word=rivier: released, and no longer asked: "
            "samenhang queries release said",
        ]

    def test_another_answer_needs_another_version(self, tmp_path: Path) -> None:
        released(tmp_path)
        query = QUERY.replace("FILTER(!BOUND", "FILTER(?start < 9) FILTER(!BOUND")
        assert failures(check(tmp_path, query=query)) == [
            "changed since its release, and schema:version is still '1'"
        ]
        raised = CONTRACT.replace('schema:version "1"', 'schema:version "2"')
        assert failures(check(tmp_path, query=query, contract=raised)) == []

    def test_a_note_stays_as_long_as_the_rows_do(self, tmp_path: Path) -> None:
        path = released(tmp_path)
        path.write_text(path.read_text("utf-8").replace("null", '"A. de Vries, 3 mei"'), "utf-8")
        before = Released.read(path)
        same, other = check(tmp_path), check(tmp_path, facts=FACTS.replace("amount 3", "amount 4"))
        assert Released.of(same.query, same.answers).after(before).checked == "A. de Vries, 3 mei"
        assert Released.of(other.query, other.answers).after(before).checked is None

    @pytest.mark.parametrize("text", ["[]", "{", '{"version": "1"}', '{"answers": 3}'])
    def test_a_file_of_another_form(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "said.json"
        path.write_text(text, "utf-8")
        with pytest.raises(QueryFileError, match=r"said\.json:1:"):
            Released.read(path)

    @settings(max_examples=50, deadline=None)
    @given(st.dictionaries(st.text(max_size=9), st.lists(ROWS, max_size=3), max_size=3))
    def test_what_is_written_is_read(self, answers: dict[str, list[dict[str, str]]]) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "themes" / "said.json"
            made = Released("1", "f", None, answers)
            made.write(path)
            assert Released.read(path) == made


class TestTracing:
    @pytest.mark.parametrize(
        ("quote", "literal", "same"),
        [
            ("samenwerkingsverband", "samen-\nwerkingsverband", True),
            ("afgesproken.", "afgesproken13.", True),
            ("conflicten", "con�icten", True),
            ("Dit [..] dat", "Dit [..] dat", True),
            ("1,4 miljard", "1,4 miljard", True),
            ("1,5 miljard", "1,4 miljard", False),
            ("geeft niet", "geeft", False),
            ("geeft", "geeft niet", False),
            ("", "geeft", False),
        ],
    )
    def test_a_quote_says_what_the_text_says(self, quote: str, literal: str, same: bool) -> None:
        assert says_the_same(quote, literal) is same

    def test_only_texts_of_the_build_are_read(self, tmp_path: Path) -> None:
        (tmp_path / "texts").mkdir()
        (tmp_path / "texts" / "brief.txt").write_bytes("één\r\ntwee".encode())
        (tmp_path / "other.txt").write_text("other")
        texts = folder_texts(tmp_path / "texts")
        assert texts("brief") == "één\r\ntwee"
        assert texts("nota") is None
        assert texts("../other") is None
