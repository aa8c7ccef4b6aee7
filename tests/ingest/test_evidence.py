"""Every statement carries evidence, and every quote is really in the document."""

from __future__ import annotations

from ingest.build import Built
from tests.conftest import Graph
from tests.ingest.reading import has_letters_of

EVIDENCE = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX def: <https://w3id.org/samenhang/def/>
SELECT ?evidence ?text ?start ?end ?exact ?prefix ?suffix ?quote ?from ?to
WHERE {
  ?evidence a def:Evidence ; oa:hasSource ?text ; def:quote ?quote ; def:start ?from ; def:end ?to ;
    oa:hasSelector ?position , ?quoted .
  ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
  ?quoted a oa:TextQuoteSelector ; oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix .
}
"""


def test_every_quote_taken_at_its_offsets_equals_the_text(graph: Graph, built: Built) -> None:
    rows = list(graph.select(EVIDENCE))
    assert len(rows) > 5000
    for row in rows:
        text = built.texts[row["text"].value.rsplit("/", 1)[-1]]
        start, end = int(row["start"].value), int(row["end"].value)
        assert text[start:end] == row["exact"].value, row["evidence"]
        assert (str(start), str(end)) == (row["from"].value, row["to"].value)
        assert text[:start].endswith(row["prefix"].value)
        assert text[end:].startswith(row["suffix"].value)


def test_the_readable_quote_has_the_same_letters_as_the_literal_one(graph: Graph) -> None:
    for row in graph.select(EVIDENCE):
        # What reading leaves out are marks of the extraction, in brackets, never words of the text.
        if "[" not in row["exact"].value:
            assert has_letters_of(row["quote"].value, row["exact"].value), row["evidence"]


def test_no_statement_is_without_evidence(graph: Graph) -> None:
    missing = graph.select("""
        PREFIX def: <https://w3id.org/samenhang/def/>
        SELECT ?statement WHERE {
          ?statement a def:Statement . FILTER NOT EXISTS { ?statement def:evidence ?evidence }
        }""")
    assert list(missing) == []


def test_every_statement_says_how_it_was_made(graph: Graph) -> None:
    unknown = graph.select("""
        PREFIX def: <https://w3id.org/samenhang/def/>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?statement WHERE {
          ?statement a def:Statement ; def:madeBy ?made .
          FILTER NOT EXISTS { ?made a prov:Plan }
        }""")
    assert list(unknown) == []


def test_each_document_has_a_graph_of_its_own(graph: Graph, built: Built) -> None:
    rows = graph.select("""
        PREFIX def: <https://w3id.org/samenhang/def/>
        SELECT DISTINCT ?document ?graph WHERE {
          GRAPH ?graph { ?statement a def:Statement ; def:inDocument ?document }
        }""")
    found = {
        (r["document"].value.rsplit("/", 1)[-1], r["graph"].value.rsplit("/", 1)[-1]) for r in rows
    }
    of_one = {pair for pair in found if pair[1] != "threads"}  # a thread spans two documents
    assert of_one == {(name, name) for name in built.texts}
