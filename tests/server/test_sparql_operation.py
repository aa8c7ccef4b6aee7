"""From request to operation, by table (SPARQL 1.1 Protocol, sections 2.1.1 to 2.1.4)."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from server.problem import Problem
from server.sparql.operation import DIRECT, FORM, QueryOperation, from_get, from_post
from server.sparql.problems import excerpt

G, H = NamedNode("urn:g"), NamedNode("urn:h")


@pytest.mark.parametrize(
    ("query_string", "expected"),
    [
        (b"query=ASK%20%7B%7D", QueryOperation("ASK {}")),
        (b"query=ASK+{}&x=1", QueryOperation("ASK {}")),
        (b"query=a%2Bb", QueryOperation("a+b")),
        (b"query=%25", QueryOperation("%")),
        (b"query=%C3%A9", QueryOperation("é")),
        (b"query=", QueryOperation("")),
        (b"", None),
        (b"default-graph-uri=urn:g", None),
        (
            b"query=Q&default-graph-uri=urn%3Ag&named-graph-uri=urn:h&default-graph-uri=urn:h",
            QueryOperation("Q", (G, H), (H,)),
        ),
    ],
)
def test_get(query_string: bytes, expected: QueryOperation | None) -> None:
    assert from_get(query_string) == expected


@pytest.mark.parametrize(
    ("query_string", "content_type", "body", "expected"),
    [
        (b"", FORM, b"query=ASK+%7B%7D", QueryOperation("ASK {}")),
        (b"", f"{FORM}; charset=UTF-8", b"query=%C3%A9", QueryOperation("é")),
        (b"", FORM.upper(), b"query=Q", QueryOperation("Q")),
        (
            b"default-graph-uri=urn:g",
            FORM,
            b"query=Q&default-graph-uri=urn:h&named-graph-uri=urn:g",
            QueryOperation("Q", (G, H), (G,)),
        ),
        (b"", DIRECT, "é+%20".encode(), QueryOperation("é+%20")),
        (b"", f'{DIRECT};charset="utf-8"', b"Q", QueryOperation("Q")),
        (b"named-graph-uri=urn:g", DIRECT, b"Q", QueryOperation("Q", (), (G,))),
    ],
)
def test_post(
    query_string: bytes, content_type: str, body: bytes, expected: QueryOperation
) -> None:
    assert from_post(query_string, content_type, body) == expected


@pytest.mark.parametrize(
    ("query_string", "status", "says"),
    [
        (b"query=Q&query=Q", 400, "has 2"),
        (b"update=CLEAR+ALL", 400, "posted, alone"),
        (b"query=Q&update=", 400, "posted, alone"),
        (b"query=%FF", 400, "UTF-8"),
        (b"query=Q&default-graph-uri=not+an+iri", 400, "not an iri"),
        (b"query=Q&named-graph-uri=relative", 400, "relative"),
    ],
)
def test_get_refused(query_string: bytes, status: int, says: str) -> None:
    with pytest.raises(Problem) as caught:
        from_get(query_string)
    assert caught.value.status == status
    assert says in caught.value.detail


@pytest.mark.parametrize(
    ("query_string", "content_type", "body", "status"),
    [
        (b"", FORM, b"", 400),
        (b"", FORM, b"other=1", 400),
        (b"", FORM, b"query=Q&query=R", 400),
        (b"query=Q", FORM, b"query=R", 400),
        (b"query=Q", DIRECT, b"R", 400),
        (b"", FORM, b"update=CLEAR+ALL", 400),
        (b"", FORM, b"query=%FF", 400),
        (b"", DIRECT, b"\xff", 400),
        (b"", None, b"ASK {}", 415),
        (b"", "", b"ASK {}", 415),
        (b"", "text/plain", b"ASK {}", 415),
        (b"", "application/sparql-update", b"CLEAR ALL", 415),
        (b"", f"{DIRECT}; charset=UTF-16", "ASK {}".encode("utf-16"), 415),
        (b"", f"{FORM}; charset=iso-8859-1", b"query=Q", 415),
        (b"", "nonsense", b"ASK {}", 415),
    ],
)
def test_post_refused(
    query_string: bytes, content_type: str | None, body: bytes, status: int
) -> None:
    with pytest.raises(Problem) as caught:
        from_post(query_string, content_type, body)
    assert caught.value.status == status
    assert caught.value.detail


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("SELECT\n ?s }", 2, 5, " ?s }\n    ^"),
        ("\tx", 1, 2, " x\n ^"),
        ("a\r\nb", 1, 2, "a\n ^"),
        ("a" * 100 + "b" + "c" * 100, 1, 101, "a" * 60 + "b" + "c" * 59 + "\n" + " " * 60 + "^"),
        ("", 1, 1, "\n^"),
    ],
)
def test_excerpt(text: str, line: int, column: int, expected: str) -> None:
    assert excerpt(text, line, column) == expected
