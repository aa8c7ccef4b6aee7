"""Names in the five documents against what a reader marked and judged in them by hand."""

from __future__ import annotations

import pytest

from ingest.document import Document
from ingest.extract import mentions
from ingest.extract.mentions import gazetteer
from ontology import vocabulary
from ontology.names import Minter
from tests.judging import linking
from tests.judging.linking import Link

FLOOR = 0.97


@pytest.fixture(scope="module")
def links(documents: dict[str, Document]) -> list[Link]:
    """Every mention in the five documents, with its place in the text."""
    labels = gazetteer(vocabulary.load(Minter()))
    found = []
    for name, document in documents.items():
        for one in mentions.extract(document, labels):
            spans = one.block.spans(one.found.start, one.found.end)
            start, end = min(s.start for s in spans), max(s.end for s in spans)
            found.append(Link(name, start, end, one.found.concept.slug))
    return found


def test_what_a_reader_marked_is_found_and_little_else(links: list[Link]) -> None:
    result = linking.score(linking.stretches(), links)
    assert min(result.precision, result.recall) >= FLOOR, (result.wrong, result.missed)


def test_every_mark_stands_where_it_says(documents: dict[str, Document]) -> None:
    for stretch in linking.stretches():
        text = documents[stretch.document].source.text
        for mark in stretch.marks:
            written = text[mark.start : mark.end].replace("-", "").split()
            assert "".join(mark.form.replace("-", "").split())[:8] == "".join(written)[:8]


def test_of_the_mentions_that_a_reader_judged_hardly_any_was_wrong() -> None:
    judged = linking.judged()
    assert len(judged) == 300
    assert sum(one["right"] for one in judged) >= FLOOR * len(judged)
    assert all(one["why"] for one in judged)


def test_what_was_judged_right_is_still_there_and_what_was_wrong_is_gone(
    links: list[Link],
) -> None:
    now = {(one.document, one.start, one.entity) for one in links}
    kept = [
        one["right"] == ((one["document"], one["start"], one["entity"]) in now)
        for one in linking.judged()
    ]
    assert sum(kept) >= FLOOR * len(kept)


def test_a_link_counts_once_and_only_where_its_mark_stands() -> None:
    mark = linking.Mark("brief", 10, 15, "UNHCR", frozenset({"unhcr"}), optional=False)
    maybe = linking.Mark("brief", 20, 25, "water", frozenset({"water"}), optional=True)
    stretch = linking.Stretch("brief", ((0, 100),), (mark, maybe))
    given = [Link("brief", 10, 15, "unhcr"), Link("brief", 20, 25, "water")]
    right = linking.score([stretch], given)
    assert (len(right.right), right.wrong, right.missed) == (1, (), ())
    wrong = linking.score([stretch], [Link("brief", 10, 15, "unicef"), Link("elders", 1, 2, "x")])
    assert (len(wrong.wrong), len(wrong.missed), wrong.f1) == (1, 1, 0.0)
