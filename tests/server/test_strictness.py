"""Legal and illegal texts that the engine judges wrongly, and the order of columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean, QuerySolutions, Store

from server.store.columns import named
from server.store.interface import QueryError, QueryRequest, QuerySyntaxError
from server.store.reader import evaluate
from server.store.strictness import check, lower_booleans
from server.store.tokens import clauses


def run(text: str) -> object:
    return evaluate(Store(), QueryRequest(text, base_iri="http://example.org/"), clauses(text))


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("SELECT * WHERE\n{ FILTER (?x<?a&&?b>?y) }", 2, 13),
        ("SELECT (COUNT(COUNT(*)) AS ?c) WHERE {}", 1, 15),
        ("SELECT (sum( ?x + max(?y) ) AS ?c) WHERE {}", 1, 19),
        ("SELECT * { BIND( <<( <<( <urn:s> <urn:p> 1 )>> <urn:q> 2 )>> AS ?x ) }", 1, 20),
        ("SELECT * { BIND( <<( 'literal' <urn:q> 2 )>> AS ?x ) }", 1, 20),
    ],
)
def test_what_the_grammar_forbids_is_refused(text: str, line: int, column: int) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        run(text)
    assert (raised.value.line, raised.value.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s <?p> ?o FILTER(?s < ?o && ?o > ?p) }",
        "SELECT * { ?s <urn:p> (?x <?y>) }",
        "SELECT (COUNT(*) AS ?n) (MAX(?o) AS ?m) { ?s ?p ?o }",
        "SELECT (MAX(?n) AS ?m) { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s } }",
        "SELECT (COUNT(?x) AS ?n) { ?x ?p 'COUNT(COUNT(*))' } # COUNT(COUNT(*))",
        "SELECT * { BIND( <<( <urn:s> <urn:q> <<( <urn:s> <urn:p> 1 )>> )>> AS ?x ) }",
        "SELECT * { <<( <<( ?s <urn:p> [] )>> <urn:q> 2 )>> <urn:r> 1 }",
        "SELECT * { ?s ?p ?o FILTER(?o = 1) <<( <<( ?s ?p 1 )>> ?q 2 )>> ?r 1 }",
    ],
)
def test_what_the_grammar_allows_is_answered(text: str) -> None:
    assert isinstance(run(text), QuerySolutions)


def test_true_has_no_case() -> None:
    answer = run("ASK { FILTER(TRUE && !False) }")
    assert isinstance(answer, QueryBoolean)
    assert bool(answer)
    kept = "SELECT ?TRUE { ?s <urn:True> 'TRUE' . # FALSE\n }"
    assert lower_booleans(kept) == kept


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("SELECT * { ?z ?y ?x }", ["z", "y", "x"]),
        ("SELECT DISTINCT * # all\n { ?b ?a $c FILTER(?d = 1) }", ["b", "a", "c"]),
        ("select*{ ?z ?y ?x } ORDER BY ?x", ["z", "y", "x"]),
        ("SELECT * { { SELECT * { ?m ?l ?k } } ?k ?a ?m }", ["m", "l", "k", "a"]),
        ("SELECT ?x ?z { ?z ?y ?x }", ["x", "z"]),
        ("SELECT * { SELECT ?b (COUNT(*) AS ?a) { ?b ?p ?c } GROUP BY ?b }", ["b", "a"]),
        ("SELECT * { ?s <urn:a*b> '* {' . ?a ?b ?s }", ["s", "a", "b"]),
    ],
)
def test_columns_come_in_the_order_in_which_they_are_named(text: str, columns: list[str]) -> None:
    result = run(text)
    assert isinstance(result, QuerySolutions)
    assert [variable.value for variable in result.variables] == columns


@given(st.text(alphabet="SELCT*(){}<>?$ab \n#'\"COUNT", max_size=60))
def test_no_text_breaks_the_checks(text: str) -> None:
    try:
        check(lower_booleans(text))
    except QueryError:
        return
    named(text, {"a", "b"})
