"""Whole graphs over real HTTP: fetched, replaced, extended and deleted."""

from __future__ import annotations

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

TURTLE = {"Content-Type": "text/turtle"}
ONE = "<urn:s> <urn:p> 1 ."
TWO = "<urn:s> <urn:p> 2 ."


def triples(response: httpx.Response) -> set[str]:
    """The triples of an answer, as text."""
    assert response.status_code == 200, response.text
    media_type = response.headers["content-type"].partition(";")[0]
    known = RdfFormat.from_media_type(media_type)
    assert known is not None
    return {f"{q.subject} {q.predicate} {q.object}" for q in parse(response.content, format=known)}


@pytest.mark.parametrize("where", ["/graphs?graph=urn:g", "/graphs?default", "/graphs/own/name"])
def test_a_graph_is_put_fetched_extended_and_deleted(writer: httpx.Client, where: str) -> None:
    assert writer.put(where, content=ONE, headers=TURTLE).status_code in {201, 204}
    assert len(triples(writer.get(where))) == 1
    assert writer.post(where, content=TWO, headers=TURTLE).status_code == 204
    assert len(triples(writer.get(where))) == 2
    assert writer.put(where, content=TWO, headers=TURTLE).status_code == 204
    assert len(triples(writer.get(where))) == 1
    assert writer.delete(where).status_code == 204
    after = writer.get(where)
    assert after.status_code == (200 if "default" in where else 404)


def test_a_new_graph_is_created_and_says_so(writer: httpx.Client) -> None:
    where = "/graphs?graph=urn:new"
    assert writer.get(where).status_code == 404
    assert writer.put(where, content="", headers=TURTLE).status_code == 201
    assert triples(writer.get(where)) == set()
    head = writer.head(where)
    assert head.status_code == 200
    assert head.headers["content-type"].startswith("text/turtle")
    assert head.content == b""


def test_a_graph_without_a_name_is_given_one(writer: httpx.Client) -> None:
    made = writer.post("/graphs", content=ONE, headers=TURTLE)
    assert made.status_code == 201
    where = made.headers["location"]
    assert len(triples(writer.get(where))) == 1
    assert len(triples(writer.get("/graphs", params={"graph": where}))) == 1


def test_a_document_that_does_not_parse_leaves_the_graph_whole(writer: httpx.Client) -> None:
    where = "/graphs?graph=urn:g"
    writer.put(where, content=ONE, headers=TURTLE)
    failed = writer.put(where, content="<urn:s> <urn:p>\n  x:y .", headers=TURTLE)
    assert failed.status_code == 400
    assert failed.json()["line"] == 2
    assert len(triples(writer.get(where))) == 1


def test_blank_nodes_of_two_documents_stay_apart(writer: httpx.Client) -> None:
    where = "/graphs?graph=urn:g"
    for _ in range(2):
        writer.post(where, content="_:a <urn:p> 1 .", headers=TURTLE)
    assert len(triples(writer.get(where))) == 2


def test_relative_addresses_are_relative_to_the_graph(writer: httpx.Client) -> None:
    where = "/graphs?graph=http://example.org/a/b"
    writer.put(where, content="<c> <d> <> .", headers=TURTLE)
    (triple,) = triples(writer.get(where))
    assert triple == ("<http://example.org/a/c> <http://example.org/a/d> <http://example.org/a/b>")


def test_the_parts_of_a_form_are_merged(writer: httpx.Client) -> None:
    files = [
        ("one", ("one.ttl", ONE.encode(), "text/turtle")),
        ("two", ("two.nt", TWO.replace("2", '"2"').encode(), "application/n-triples")),
    ]
    assert writer.post("/graphs?graph=urn:g", files=files).status_code in {201, 204}
    assert len(triples(writer.get("/graphs?graph=urn:g"))) == 2


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_a_graph_comes_in_the_format_asked(writer: httpx.Client, accept: str) -> None:
    writer.put("/graphs?graph=urn:g", content="<urn:s> <urn:x#p> 1 .", headers=TURTLE)
    found = writer.get("/graphs?graph=urn:g", headers={"Accept": accept})
    assert found.headers["content-type"].startswith(accept)
    assert len(triples(found)) == 1


@pytest.mark.parametrize(
    ("method", "where", "headers", "status"),
    [
        ("GET", "/graphs", {}, 400),
        ("GET", "/graphs?default&graph=urn:g", {}, 400),
        ("GET", "/graphs?graph=urn:a&graph=urn:b", {}, 400),
        ("GET", "/graphs?graph=no iri", {}, 400),
        ("GET", "/graphs/x?default", {}, 400),
        ("PATCH", "/graphs?default", {}, 405),
        ("PUT", "/graphs?default", {"Content-Type": "image/png"}, 415),
        ("PUT", "/graphs?default", {"Content-Type": "text/turtle; charset=latin-1"}, 415),
        ("PUT", "/graphs?default", {}, 415),
        ("DELETE", "/graphs?graph=urn:none", {}, 404),
        ("GET", "/graphs?default", {"Accept": "image/png"}, 406),
    ],
)
def test_what_is_amiss_is_said(
    writer: httpx.Client, method: str, where: str, headers: dict[str, str], status: int
) -> None:
    answer = writer.request(
        method, where, content=b"" if method == "PUT" else None, headers=headers
    )
    assert answer.status_code == status, answer.text
    assert answer.json()["status"] == status


def test_quads_are_no_graph(writer: httpx.Client) -> None:
    headers = {"Content-Type": "application/trig"}
    sent = writer.put("/graphs?default", content=f"<urn:g> {{ {ONE} }}", headers=headers)
    assert sent.status_code == 400


FORM = {"Content-Type": "multipart/form-data; boundary=b"}
PART = b"--b\r\nContent-Type: text/turtle\r\n\r\n<urn:a> <urn:b> 1 .\r\n"
NESTED = b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n"


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (PART + b"--b--\r\n", 201),
        (PART + PART + b"--b--", 201),
        (PART.replace(b"\r\n\r\n", b"\r\nContent-Disposition: x\r\n\r\n") + b"--b--\r\n", 201),
        (b"to be passed over\r\n" + PART + b"--b--\r\nand this", 201),
        (PART, 400),
        (b"--b--\r\n", 400),
        (b"", 400),
        (b"--b\r\n\r\n<urn:a> <urn:b> 1 .\r\n--b--\r\n", 415),
        (b"--b\r\n--b--\r\n", 415),
        (NESTED + b"--b--\r\n", 415),
        (NESTED.replace(b"=c", b"=b") * 3000 + b"--b--\r\n", 415),
        (PART.replace(b"turtle", b"turtle; charset*" + b"0" * 5000 + b"=x") + b"--b--", 201),
    ],
)
def test_a_form_is_read_by_its_parts(writer: httpx.Client, content: bytes, status: int) -> None:
    sent = writer.put("/graphs?graph=urn:form", content=content, headers=FORM)
    assert sent.status_code == status, sent.text


def test_a_form_that_tells_no_boundary_has_no_parts(writer: httpx.Client) -> None:
    headers = {"Content-Type": "multipart/form-data"}
    assert writer.put("/graphs?default", content=PART, headers=headers).status_code == 400
