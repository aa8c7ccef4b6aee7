"""The numbers of parliamentary papers: which point to one paper, and which may mean several."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from ingest.document import Span
from ingest.graph.papers import Papers, page
from ingest.graph.writer import GraphWriter
from ingest.statement import Passage, Statement
from ontology import vocabulary
from ontology.names import Minter, definition
from tests.conftest import Graph

PAGES = "https://zoek.officielebekendmakingen.nl/"
WORDS = vocabulary.load(Minter())
CITATION = NamedNode("https://w3id.org/samenhang/id/statement/1")


def citation(key: str) -> Statement:
    place = (Passage(Span(0, 1), "x"),)
    return Statement("Citation", "brief", place, CITATION, (("citationKey", Literal(key)),))


def told(key: str, *others: str) -> dict[str, list[str]]:
    """What is said of a citation with a key in a document that cites others too."""
    writer = GraphWriter(NamedNode("https://w3id.org/samenhang/id/graph/brief"))
    known = [citation(one) for one in (key, *others)]
    Papers(WORDS, known).write(writer, CITATION, known[0])
    found: dict[str, list[str]] = {}
    for quad in writer:
        name = quad.predicate.value.removeprefix(definition("").value)
        assert isinstance(quad.object, NamedNode | Literal)
        found.setdefault(name, []).append(quad.object.value.removeprefix(PAGES))
    return found


@pytest.mark.parametrize(
    "key",
    [
        "kst-19637-2634",
        "kst-35925-XVII-46",
        "kst-21501-02-2366",
        "kst-32735-H",
        "kst-36600-B-2",
    ],
)
def test_a_whole_number_points_to_one_page(key: str) -> None:
    (status,) = told(key)["keyStatus"]
    assert status.endswith("/by-rule")
    assert told(key)["citedPage"] == [f"{key}.html"]
    assert "candidateKey" not in told(key)


@pytest.mark.parametrize(
    ("key", "candidates"),
    [
        ("kst-35925-27", {"kst-35925-27", "kst-35925-V-27", "kst-35925-XVII-27"}),
        ("kst-35570-22", {"kst-35570-22", "kst-35570-V-22", "kst-35570-XVII-22"}),
    ],
)
def test_a_budget_without_its_chapter_points_to_none(key: str, candidates: set[str]) -> None:
    found = told(key)
    assert found["keyStatus"][0].endswith("/series-missing")
    assert set(found["candidateKey"]) == candidates
    assert "citedPage" not in found


def test_a_series_that_the_document_itself_names_counts() -> None:
    assert "citedPage" in told("kst-36740-3")
    found = told("kst-36740-3", "kst-36740-X-5")
    assert set(found["candidateKey"]) == {"kst-36740-3", "kst-36740-X-3"}


def test_a_dossier_that_is_one_digit_off_is_doubted() -> None:
    found = told("kst-21502-02-2376")
    assert found["keyStatus"][0].endswith("/dossier-doubtful")
    assert set(found["candidateKey"]) == {"kst-21502-02-2376", "kst-21501-02-2376"}
    assert "citedPage" not in found


@pytest.mark.parametrize("key", ["bz-2016", "2021Z10123", "h-tk-20212022-45-7", "kst-1-2", ""])
def test_what_is_no_number_of_a_paper_has_no_page(key: str) -> None:
    assert page(key) is None
    assert told(key) == {}


def test_what_the_documents_cite(graph: Graph) -> None:
    """Nineteen budgets without a chapter and one probable misprint; the rest has a page."""
    counted = {
        row["status"].value.rsplit("/", 1)[1]: int(row["keys"].value)
        for row in graph.select(
            "PREFIX def: <https://w3id.org/samenhang/def/> "
            "SELECT ?status (COUNT(DISTINCT ?key) AS ?keys) { "
            "?citation def:keyStatus ?status ; def:citationKey ?key . "
            'FILTER(STRSTARTS(?key, "kst-")) } GROUP BY ?status'
        )
    }
    assert counted == {"by-rule": 35, "series-missing": 19, "dossier-doubtful": 1}


def test_a_document_of_the_collection_has_its_own_page(graph: Graph) -> None:
    document = NamedNode("https://w3id.org/samenhang/id/document/kst-35570-XVII-52")
    page_of = NamedNode("http://xmlns.com/foaf/0.1/page")
    (own,) = graph.store.quads_for_pattern(document, page_of, None)
    assert own.object == NamedNode(f"{PAGES}kst-35570-XVII-52.html")
