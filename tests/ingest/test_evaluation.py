"""Measuring what was extracted against annotations made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.build import Sources, build
from ingest.dataset import Dataset
from ingest.evaluation import AnnotationError, Fact, evaluate, load

GOLD = Path(__file__).parent.parent / "fixtures" / "gold"
ANNEX = "2023-kabinetsreactie-iob-humanitaire-hulp"
REPORT = "2025-periodieke-rapportage-artikel-1"
VITAL, ALL = 0.95, 0.9  # of the facts that must not be missing, and of all facts


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    yield build(Sources(), tmp_path_factory.mktemp("data"))


# What rules and claims find of the committed annotations: the figures that a data set must reach.
@pytest.mark.parametrize(
    ("document", "annotation"),
    [
        ("2014-leidraad-geintegreerde-benadering", "2014-leidraad-geintegreerde-benadering"),
        ("kst-35570-XVII-52", "2021-kamerbrief-opvang-in-de-regio"),
        ("2022-beleidsnota-bhos", "2022-beleidsnota-bhos"),
        (ANNEX, ANNEX),
        (REPORT, REPORT),
    ],
)
def test_the_annotated_facts_are_found(dataset: Dataset, document: str, annotation: str) -> None:
    outcome = evaluate(dataset, load(GOLD / f"{annotation}.jsonl"), document)
    every = outcome.by_importance.values()
    assert outcome.by_importance[3].recall >= VITAL
    assert sum(t.found for t in every) / sum(t.total for t in every) >= ALL


def test_a_wrong_number_is_no_match(dataset: Dataset) -> None:
    fact = next(one for one in load(GOLD / f"{ANNEX}.jsonl") if one.type == "share")
    right = evaluate(dataset, [fact], ANNEX)
    assert right.by_type["share"].recall == 1
    wrong = Fact.model_validate({**fact.model_dump(), "value": 12.5})
    outcome = evaluate(dataset, [wrong], ANNEX)
    ((_, reason),) = outcome.by_type["share"].missed
    assert "value" in reason


def test_a_quote_that_is_not_in_the_text_is_said(dataset: Dataset) -> None:
    fact = Fact(id="x", doc=ANNEX, type="finding", quote="Dit staat er niet.")
    ((_, reason),) = evaluate(dataset, [fact], ANNEX).by_type["finding"].missed
    assert reason == "the quote is not in the text"


@pytest.mark.parametrize(
    ("content", "reason"),
    [("", "no facts"), ("{", "gold.jsonl:1"), (json.dumps({"id": "x"}), "gold.jsonl:1")],
)
def test_a_bad_annotation_is_named(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(AnnotationError, match=reason):
        load(path)


def test_an_unknown_document_is_named(dataset: Dataset) -> None:
    fact = Fact(id="x", doc="elders", type="finding", quote="x")
    with pytest.raises(AnnotationError, match="elders"):
        evaluate(dataset, [fact], "elders")
