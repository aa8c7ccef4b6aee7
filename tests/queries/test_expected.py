"""The answers for the documents are those that were released, each row with its sentence."""

from __future__ import annotations

import pytest

from ingest.build import Built
from queries.answer import Answering
from queries.checking import Checker
from queries.released import Released, left_over, path_of, plain
from tests.conftest import ROOT, Graph
from tests.ingest.reading import has_letters_of

FOLDER = ROOT / "queries"
QUESTIONS = sorted(path.stem for path in FOLDER.glob("*/*.ttl"))


@pytest.fixture(scope="module")
def checker(graph: Graph, built: Built) -> Checker:
    answering = Answering(graph.store, next(iter(graph.catalogue.values())).base)
    return Checker(answering, built.texts.get, FOLDER)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answers_are_the_released_ones(graph: Graph, checker: Checker, name: str) -> None:
    query = graph.catalogue[name]
    released = Released.read(path_of(FOLDER, query))
    assert released is not None, f"samenhang queries release {name}"
    assert (released.version, released.fingerprint) == (query.version, query.fingerprint)
    checked = checker.check(query)
    assert list(map(str, filter(lambda finding: finding.failed, checked.findings))) == []
    assert released.answers == {
        call: plain(query, answer) for call, answer in checked.answers.items()
    }


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_row_can_be_traced_to_its_sentence(graph: Graph, built: Built, name: str) -> None:
    rows = graph.ask(name)
    assert rows
    for row in rows:
        if "evidence" not in row:
            assert row["statements"], row
            continue
        text = built.texts[row["document"].rpartition("/")[2]]
        literal = text[int(row["start"]) : int(row["end"])]
        # What reading leaves out are marks of the extraction, in brackets.
        assert "[" in literal or has_letters_of(row["quote"], literal), row


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_has_the_same_rows_in_english(graph: Graph, name: str) -> None:
    if "language" in graph.catalogue[name].parameter_names:
        dutch, english = graph.ask(name, language="nl"), graph.ask(name, language="en")
        place = ("evidence", "statement", "statements")
        assert sorted([row.get(one, "") for one in place] for row in dutch) == sorted(
            [row.get(one, "") for one in place] for row in english
        )


def test_no_answer_is_kept_of_a_question_that_is_gone(graph: Graph) -> None:
    assert left_over(FOLDER, graph.catalogue.values()) == []
