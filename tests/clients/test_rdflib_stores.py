"""A researcher who treats the service as a graph of rdflib."""

from __future__ import annotations

import urllib.error
from typing import Any

import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS, XSD
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from rdflib.query import ResultRow

from tests.clients.conftest import BEARER

ID = "https://w3id.org/samenhang/id/"
JORDAN, UGANDA = URIRef(f"{ID}document/jordan"), URIRef(f"{ID}document/uganda")
NOTES = URIRef("http://example.org/notes")
NOTE = (URIRef("http://example.org/jordan"), RDFS.label, Literal('"Jordanië"\n\\ ja', lang="nl"))
NAMESPACES = {"dcterms": DCTERMS}


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def store(letters: str, request: pytest.FixtureRequest) -> SPARQLStore:
    return SPARQLStore(f"{letters}/sparql", method=request.param)


def test_reads_triples_by_pattern(store: SPARQLStore) -> None:
    graph = Graph(store)
    date = Literal("2024-03-03", datatype=XSD.date)
    assert set(graph.triples((None, DCTERMS.issued, None))) == {
        (JORDAN, DCTERMS.issued, date),
        (UGANDA, DCTERMS.issued, date),
    }
    assert Literal("Brief over jordan", lang="nl") in set(graph.objects(JORDAN, DCTERMS.title))
    assert (JORDAN, DCTERMS.issued, date) in graph
    assert len(graph) > 1000


def test_asks_with_values_filled_in(store: SPARQLStore) -> None:
    rows = Graph(store).query(
        "SELECT ?document ?date { ?document dcterms:title ?title ; dcterms:issued ?date }",
        initNs=NAMESPACES,
        initBindings={"document": JORDAN, "title": Literal("Brief over jordan", lang="nl")},
    )
    assert [tuple(map(str, row)) for row in rows if isinstance(row, ResultRow)] == [
        (str(JORDAN), "2024-03-03")
    ]


def test_asks_and_constructs(store: SPARQLStore) -> None:
    graph = Graph(store)
    assert graph.query("ASK { ?s dcterms:issued ?date }", initNs=NAMESPACES).askAnswer is True
    built = graph.query("CONSTRUCT WHERE { ?s dcterms:issued ?date }", initNs=NAMESPACES).graph
    assert built is not None
    assert set(built.subjects()) == {JORDAN, UGANDA}


def test_each_document_is_a_graph(store: SPARQLStore) -> None:
    names = {str(name).removeprefix(f"{ID}graph/") for name in store.contexts()}
    assert {"jordan", "uganda", "schemes"} <= names
    dated: Any = (JORDAN, DCTERMS.issued, None)
    assert list(store.contexts(dated)) == [URIRef(f"{ID}graph/jordan")]
    only = Graph(store, identifier=f"{ID}graph/jordan")
    assert set(only.subjects(DCTERMS.issued)) == {JORDAN}


@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_reads_rows_in_every_format(letters: str, form: str) -> None:
    graph = Graph(SPARQLStore(f"{letters}/sparql", returnFormat=form))
    rows = graph.query("SELECT ?s { ?s dcterms:issued ?date }", initNs=NAMESPACES)
    assert {row.s for row in rows if isinstance(row, ResultRow)} == {JORDAN, UGANDA}


@pytest.fixture
def writer(notes: str) -> SPARQLUpdateStore:
    """A store of rdflib that collects changes until they are committed."""
    return SPARQLUpdateStore(
        f"{notes}/sparql", f"{notes}/update", autocommit=False, headers=dict(BEARER)
    )


@pytest.fixture
def reader(notes: str) -> SPARQLStore:
    """The same data for another researcher."""
    return SPARQLStore(f"{notes}/sparql")


def test_adds_and_removes_in_a_named_graph(writer: SPARQLUpdateStore, reader: SPARQLStore) -> None:
    graph = Graph(writer, identifier=NOTES)
    graph.add(NOTE)
    graph.addN((NOTE[0], RDFS.comment, Literal(number), graph) for number in range(3))
    assert len(Graph(reader, NOTES)) == 0
    graph.commit()
    assert NOTE in Graph(reader, NOTES)
    assert len(Graph(reader, NOTES)) == 4
    assert list(reader.contexts()) == [NOTES]
    graph.remove((None, RDFS.comment, None))
    graph.commit()
    assert list(Graph(reader, NOTES)) == [NOTE]
    graph.add((NOTE[0], RDFS.seeAlso, NOTES))
    graph.rollback()
    assert list(graph) == [NOTE]


def test_what_is_in_a_named_graph_is_not_in_the_default_graph(
    writer: SPARQLUpdateStore, reader: SPARQLStore
) -> None:
    dataset = Dataset(writer)
    dataset.graph(NOTES).add(NOTE)
    dataset.add((NOTES, DCTERMS.issued, Literal(1.5)))
    dataset.commit()
    assert list(Graph(reader)) == [(NOTES, DCTERMS.issued, Literal(1.5))]
    assert list(Graph(reader, NOTES)) == [NOTE]
    dataset.remove_graph(NOTES)
    dataset.commit()
    assert list(reader.contexts()) == []
    assert len(Graph(reader)) == 1


def test_an_update_reads_and_writes_the_graph_at_hand(
    writer: SPARQLUpdateStore, reader: SPARQLStore
) -> None:
    graph = Graph(writer, identifier=NOTES)
    graph.add(NOTE)
    graph.update(
        "DELETE { ?s rdfs:label ?old } INSERT { ?s rdfs:label ?new } "
        "WHERE { ?s rdfs:label ?old BIND (STRLANG(UCASE(STR(?old)), 'nl') AS ?new) }",
        initNs={"rdfs": RDFS},
    )
    graph.commit()
    assert list(Graph(reader, NOTES).objects()) == [Literal('"JORDANIË"\n\\ JA', lang="nl")]
    assert len(Graph(reader)) == 0


def test_a_whole_file_is_read_into_a_graph(writer: SPARQLUpdateStore, reader: SPARQLStore) -> None:
    text = "\n".join(f'<urn:{number}> <urn:note> "{number}" .' for number in range(500))
    graph = Graph(writer, identifier=NOTES).parse(data=text, format="turtle")
    graph.commit()
    assert len(Graph(reader, NOTES)) == 500


def test_who_has_no_token_reads_but_does_not_write(notes: str) -> None:
    store = SPARQLUpdateStore(f"{notes}/sparql", f"{notes}/update")
    graph = Graph(store, identifier=NOTES)
    assert list(graph) == []
    with pytest.raises(urllib.error.HTTPError, match="401"):
        graph.add(NOTE)
