"""Words of a query: which texts have FROM and SERVICE, and where a fault is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from server.store.interface import QueryRequest, QuerySyntaxError
from server.store.reader import evaluate
from server.store.tokens import Clauses, clauses, tokens


@pytest.mark.parametrize(
    ("text", "dataset", "service"),
    [
        ("SELECT * { ?s ?p ?o }", False, False),
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", True, False),
        ("SELECT * from named <urn:g> { ?s ?p ?o }", True, False),
        ("SELECT*FROM<urn:g>{?s ?p ?o}", True, False),
        ("CONSTRUCT { ?s ?p ?o } FROM <urn:g> WHERE { ?s ?p ?o }", True, False),
        ("PREFIX : <urn:> ASK FROM:g { ?s ?p ?o }", True, False),
        ("PREFIX x: <urn:> ASKFROMx:g { ?s ?p ?o }", True, False),
        ("PREFIX from: <urn:> ASK { ?s from:g ?o }", False, False),
        ("PREFIX FROM: <urn:> PREFIX service: <urn:> DESCRIBE FROM:g service:x", False, False),
        ("# FROM <urn:g>\nSELECT * { ?s ?p ?o } # SERVICE", False, False),
        ("SELECT ?from $service { ?from ?p $service }", False, False),
        ('SELECT * { ?s ?p "FROM <urn:g> SERVICE" }', False, False),
        ("SELECT * { ?s ?p 'it\\'s FROM <urn:g>' }", False, False),
        ('SELECT * { ?s ?p """a "quoted" FROM\n<urn:g> """ }', False, False),
        ("SELECT * { ?s ?p '''SERVICE ' '' <urn:g>''' }", False, False),
        ('SELECT * { ?s ?p "x"@from }', False, False),
        ("SELECT * { ?s <http://example.org/FROM#service> ?o }", False, False),
        ("PREFIX ex: <urn:> SELECT * { ex:FROM ex:a.service ex:b\\-FROM }", False, False),
        ("SELECT * { FILTER(?a < 3 && ?b > 2) SERVICE <urn:x> { ?s ?p ?o } }", False, True),
        ("ASK { service silent <urn:x> { ?s ?p ?o } }", False, True),
        ("ASK { SERVICESILENT<urn:x>{?s ?p ?o} }", False, True),
        ("PREFIX : <urn:> ASK { SERVICE:x{?s ?p ?o} }", False, True),
        ('ASK { ?s ?p "#" } # "\nFROM', False, False),
        ('SELECT * { ?s ?p "#" . SERVICE ?x {} }', False, True),
    ],
)
def test_clauses(text: str, dataset: bool, service: bool) -> None:
    assert clauses(text) == Clauses(dataset=dataset or text.endswith("FROM"), service=service)


@given(st.text(alphabet="<>\"'\\#{}()?:@ \nFROMaé1.-%", max_size=80))
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("SELECT * WHERE {\n ?s ?p }", 2, 8, "unexpected }"),
        ("SELECT ?x WHERE { ?s ?p 'éé' ) }", 1, 30, "unexpected )"),
        ("SELECT * { ?s ?p ?o } GARBAGE", 1, 23, "unexpected GARBAGE"),
        ("DELETE WHERE { ?s ?p ?o }", 1, 1, "unexpected DELETE"),
        ("ASK { ?s un:x ?o }", 1, 10, "the prefix un: is not declared"),
        ("SELECT * {\r\n  ?s ?p ?o .\r\n  FILTER(?o > )\r\n}", 3, 15, "unexpected )"),
        ("SELECT * WHERE { ?s ?p ?o ", 1, 26, "the query ends too early"),
        ("SELECT ?s # )\nWHERE { ?a ?b ?c ?d }", 2, 18, "unexpected ?d"),
        ("SELECT ?y (COUNT(?x) AS ?c) { ?x ?y ?z }", 1, 41, "unbound"),
        ("", 1, 1, "empty"),
        (" \n ", 1, 1, "empty"),
        ('SELECT * { ?s ?p """a\nb""" . ?s ?p', 2, 13, "the query ends too early"),
    ],
)
def test_a_fault_is_pointed_at(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        evaluate(Store(), QueryRequest(text), clauses(text))
    assert (caught.value.line, caught.value.column) == (line, column)
    assert message in str(caught.value)


@given(st.text(alphabet="SELECTWHER {}?sxp<>\"'\\#().:;\n", max_size=60))
def test_any_text_gives_a_result_or_a_place_inside_it(text: str) -> None:
    try:
        evaluate(Store(), QueryRequest(text), clauses(text))
    except QuerySyntaxError as error:
        lines = text.split("\n")
        assert 1 <= error.line <= len(lines)
        assert 1 <= error.column <= len(lines[error.line - 1]) + 1
