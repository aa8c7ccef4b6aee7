"""The answers for the documents are those that were checked by hand against them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import ROOT, Graph

EXPECTED = ROOT / "queries" / "expected"
QUESTIONS = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_the_expected_one(graph: Graph, name: str) -> None:
    expected: list[dict[str, Any]] = json.loads((EXPECTED / f"{name}.json").read_text("utf-8"))
    columns = graph.catalogue[name].columns
    found = [{c: row[c] for c in columns if c in row} for row in graph.ask(name)]
    assert found == expected


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_row_can_be_traced_to_its_sentence(graph: Graph, name: str) -> None:
    rows = graph.ask(name)
    assert rows
    for row in rows:
        assert row["quote"]
        assert row["document"].startswith("https://w3id.org/samenhang/id/document/")
        assert int(row["start"]) < int(row["end"])


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_has_the_same_rows_in_english(graph: Graph, name: str) -> None:
    assert len(graph.ask(name, language="en")) == len(graph.ask(name))
