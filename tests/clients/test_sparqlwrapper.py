"""A researcher's script with SPARQLWrapper."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.dom.minidom import Document

import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TURTLE, XML
from SPARQLWrapper import SPARQLWrapper as Client
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, Unauthorized

from tests.clients.conftest import BEARER, MALFORMED, PREFIXES, TITLES

DATES = f"""{PREFIXES}
CONSTRUCT {{ ?d dcterms:issued ?date }} WHERE {{ ?d a def:Document ; dcterms:issued ?date }}"""
JORDAN = URIRef("https://w3id.org/samenhang/id/document/jordan")
WAYS = [(GET, None), (POST, None), (POST, POSTDIRECTLY)]


@pytest.fixture(params=WAYS, ids=["get", "post", "post directly"])
def client(letters: str, request: pytest.FixtureRequest) -> Client:
    """A client of the letters, in each way in which it can send a query."""
    method, way = request.param
    client = Client(f"{letters}/sparql")
    client.setMethod(method)
    if way:
        client.setRequestMethod(way)
    return client


def ask(client: Client, query: str, form: str | None = None) -> Any:
    client.setQuery(query)
    if form:
        client.setReturnFormat(form)
    return client.queryAndConvert()


def texts(document: Document, name: str) -> list[str]:
    return [
        element.firstChild.nodeValue or ""
        for element in document.getElementsByTagName(name)
        if element.firstChild is not None
    ]


def test_reads_rows_as_json(client: Client) -> None:
    rows = ask(client, TITLES, JSON)["results"]["bindings"]
    assert [row["title"] for row in rows] == [
        {"type": "literal", "value": f"Brief over {name}", "xml:lang": "nl"}
        for name in ("jordan", "uganda")
    ]


def test_reads_rows_as_xml_without_asking_for_a_format(client: Client) -> None:
    document = ask(client, TITLES)
    assert texts(document, "literal") == ["Brief over jordan", "Brief over uganda"]


def test_reads_rows_as_csv(client: Client) -> None:
    rows = csv.DictReader(io.StringIO(ask(client, TITLES, CSV).decode()))
    assert [row["title"] for row in rows] == ["Brief over jordan", "Brief over uganda"]


@pytest.mark.parametrize("area", ["humanitarian-aid", "nowhere"])
def test_asks_whether_something_is_said(client: Client, area: str) -> None:
    query = f"""{PREFIXES} PREFIX area: <https://w3id.org/samenhang/id/policy-area/>
        ASK {{ area:{area} ?property ?value }}"""
    said = area == "humanitarian-aid"
    assert ask(client, query, JSON)["boolean"] is said
    assert texts(ask(client, query, XML), "boolean") == [str(said).lower()]


@pytest.mark.parametrize("form", [TURTLE, N3])
def test_takes_triples_as_turtle(client: Client, form: str) -> None:
    graph = Graph().parse(data=ask(client, DATES, form), format="turtle")
    assert str(graph.value(JORDAN, DCTERMS.issued)) == "2024-03-03"


@pytest.mark.parametrize("form", [None, XML, RDFXML, JSONLD])
def test_takes_triples_as_a_graph(client: Client, form: str | None) -> None:
    graph: Dataset = ask(client, DATES, form)
    assert len(graph) == 2
    assert str(graph.value(JORDAN, DCTERMS.issued)) == "2024-03-03"


def test_describes_a_document(client: Client) -> None:
    graph: Dataset = ask(client, f"{PREFIXES} DESCRIBE document:jordan")
    assert (JORDAN, DCTERMS.title, Literal("Brief over jordan", lang="nl")) in graph


def test_a_query_that_is_not_sparql_is_told_where(client: Client) -> None:
    with pytest.raises(QueryBadFormed, match="Line 2, column 15"):
        ask(client, MALFORMED, JSON)


def test_asks_one_document_only(letters: str) -> None:
    client = Client(
        f"{letters}/sparql",
        returnFormat=JSON,
        defaultGraph="https://w3id.org/samenhang/id/graph/jordan",
    )
    rows = ask(client, TITLES)["results"]["bindings"]
    assert [row["title"]["value"] for row in rows] == ["Brief over jordan"]


@pytest.fixture(params=WAYS[1:], ids=["form", "directly"])
def writer(notes: str, request: pytest.FixtureRequest) -> Client:
    """A client that may write, in both ways of sending an update."""
    client = Client(f"{notes}/sparql", f"{notes}/update", returnFormat=JSON)
    client.addCustomHttpHeader("Authorization", BEARER["Authorization"])
    client.setMethod(POST)
    if request.param[1]:
        client.setRequestMethod(request.param[1])
    return client


def test_writes_and_reads_what_was_written(writer: Client) -> None:
    ask(writer, 'INSERT DATA { <urn:jordan> <urn:note> "Jordanië"@nl }')
    row = ask(writer, "SELECT ?note { ?s <urn:note> ?note }")["results"]["bindings"][0]
    assert row["note"] == {"type": "literal", "value": "Jordanië", "xml:lang": "nl"}
    ask(writer, "DELETE WHERE { ?s <urn:note> ?note }")
    assert ask(writer, "ASK { ?s ?p ?o }")["boolean"] is False


def test_writes_to_the_address_that_it_asks(notes: str) -> None:
    client = Client(f"{notes}/sparql", returnFormat=JSON)
    client.addCustomHttpHeader("Authorization", BEARER["Authorization"])
    client.setMethod(POST)
    ask(client, "INSERT DATA { <urn:a> <urn:b> 1 }")
    assert ask(client, "ASK { <urn:a> <urn:b> 1 }")["boolean"] is True


def test_an_update_that_is_not_sparql_is_told_where(writer: Client) -> None:
    with pytest.raises(QueryBadFormed, match="Line 1, column"):
        ask(writer, "INSERT DATA { <urn:a> <urn:b> }")


def test_who_has_no_token_may_not_write(writer: Client) -> None:
    writer.clearCustomHttpHeader("Authorization")
    with pytest.raises(Unauthorized, match="Bearer"):
        ask(writer, "INSERT DATA { <urn:a> <urn:b> 1 }")
