"""The answers for the documents are those that were released, each row with its sentence."""

from __future__ import annotations

from random import Random

import pytest
from pyoxigraph import QuerySolutions, Store

from ingest.build import Built
from queries.answer import Answering
from queries.checking import Checker
from queries.released import Released, left_over, path_of, plain
from queries.rows import Answer
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
    evidence = graph.catalogue[name].columns.get("evidence")
    for row in rows:
        if "evidence" not in row:
            assert "statements" in row or (evidence is not None and evidence.lacking), row
            continue
        text = built.texts[row["document"].rpartition("/")[2]]
        literal = text[int(row["start"]) : int(row["end"])]
        # What reading leaves out are marks of the extraction, in brackets.
        assert "[" in literal or has_letters_of(row["quote"], literal), row


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_has_the_same_rows_in_english(graph: Graph, name: str) -> None:
    if "language" in graph.catalogue[name].parameter_names:
        dutch, english = (
            sorted(
                [
                    sorted(row.get(one, "").split())
                    for one in ("evidence", "statement", "statements")
                ]
                for row in graph.ask(name, language=language)
            )
            for language in ("nl", "en")
        )
        assert dutch == english


@pytest.fixture(scope="module")
def shuffled(built: Built) -> Store:
    """The data set, loaded in another order."""
    quads = list(built.quads)
    Random(7).shuffle(quads)
    store = Store()
    store.extend(quads)
    return store


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_same_data_in_another_order_give_the_same_answer(
    graph: Graph, shuffled: Store, name: str
) -> None:
    text = graph.catalogue[name].bind()
    one, other = (
        Answer.of(answer)
        for store in (graph.store, shuffled)
        if isinstance(answer := store.query(text, use_default_graph_as_union=True), QuerySolutions)
    )
    assert one.lines == other.lines


def test_no_answer_is_kept_of_a_question_that_is_gone(graph: Graph) -> None:
    assert left_over(FOLDER, graph.catalogue.values()) == []
