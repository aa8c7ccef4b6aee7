"""How well the seeds are read, held to figures against labels made by hand."""

from __future__ import annotations

import pytest

from tests.ingest import reading_score
from tests.ingest.reading_score import Score, labels

GUIDE = "2014-leidraad-geintegreerde-benadering"
NOTE = "2022-beleidsnota-bhos"
DOCUMENTS = tuple(labels("structure"))


def total(scores: list[Score]) -> float:
    return sum(s.right for s in scores) / sum(s.total for s in scores)


@pytest.mark.parametrize("identifier", DOCUMENTS)
def test_headings_are_found(identifier: str) -> None:
    found, _ = reading_score.headings(identifier)
    assert found.recall >= (0.95 if identifier in (GUIDE, NOTE) else 1), found.misses


@pytest.mark.parametrize("identifier", [one for one in DOCUMENTS if one != GUIDE])
def test_nothing_else_is_a_heading(identifier: str) -> None:
    found, _ = reading_score.headings(identifier)
    assert found.false == []


def test_figure_labels_of_the_guide_are_seldom_headings() -> None:
    found, _ = reading_score.headings(GUIDE)
    assert len(found.false) <= 4, found.false


def test_levels_are_right() -> None:
    assert total([reading_score.headings(one)[1] for one in DOCUMENTS]) >= 0.9


@pytest.mark.parametrize("identifier", [GUIDE, NOTE])
def test_boxes_start_and_end_where_they_do(identifier: str) -> None:
    starts, ends = reading_score.boxes(identifier)
    assert (starts.misses, ends.misses, starts.false) == ([], [], [])


def test_pull_quotes_have_who_is_quoted() -> None:
    assert reading_score.quotes(NOTE).misses == []


def test_captions_are_found() -> None:
    assert total([reading_score.captions(one) for one in (GUIDE, NOTE)]) >= 0.93


@pytest.mark.parametrize("identifier", DOCUMENTS)
def test_every_recoverable_footnote_is_tied(identifier: str) -> None:
    references, definitions = reading_score.notes(identifier)
    assert (references.misses, definitions.misses) == ([], [])


def test_sentences_are_right() -> None:
    scores = [reading_score.sentences(one) for one in DOCUMENTS]
    assert sum(s.total for s in scores) >= 290
    assert total(scores) >= 0.97, [miss for s in scores for miss in s.misses]
