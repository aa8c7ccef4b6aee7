"""Answers that are kept and packed: the same bytes, never out of date."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import brotli
import httpx
import pytest
import zstandard
from starlette.requests import Request

from server.negotiation import coding
from server.sparql.cache import lasting
from server.store.compression import CODINGS

EX = "http://example.org/"
SELECT = f"SELECT ?s ?n {{ ?s <{EX}amount> ?n }}"
MANY = f"SELECT ?s ?n {{ ?s <{EX}filler> ?n }} ORDER BY ?s LIMIT %d"
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}


def ask(client: httpx.Client, text: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/sparql", params={"query": text}, headers=named)


def raw(client: httpx.Client, text: str, codings: str) -> tuple[httpx.Response, bytes]:
    """An answer with its bytes as they came."""
    headers = {"Accept": "text/csv", "Accept-Encoding": codings}
    with client.stream("GET", "/sparql", params={"query": text}, headers=headers) as answer:
        return answer, b"".join(answer.iter_raw())


def test_who_has_the_answer_is_told_so(client: httpx.Client) -> None:
    first = ask(client, SELECT)
    assert first.headers["cache-control"] == "public, no-cache"
    again = ask(client, SELECT, if_none_match=f'"other", {first.headers["etag"]}')
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["vary"] == "Accept, Accept-Encoding"
    other = ask(client, SELECT, if_none_match='"other"')
    assert (other.status_code, other.content) == (200, first.content)


def test_a_kept_answer_is_the_same_in_everything(client: httpx.Client) -> None:
    first, again = ask(client, SELECT), ask(client, SELECT)
    assert again.content == first.content
    assert {**again.headers, "date": ""} == {**first.headers, "date": ""}
    head = client.head("/sparql", params={"query": SELECT})
    assert head.content == b""
    assert head.headers["content-length"] == str(len(first.content))


def test_each_format_is_an_answer_of_its_own(client: httpx.Client) -> None:
    tags = {
        ask(client, SELECT, accept=accept).headers["etag"]
        for accept in ("text/csv", "application/sparql-results+json", "text/csv")
    }
    assert len(tags) == 2


def test_a_change_is_seen_at_once(writer: httpx.Client) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }"
    tags = set()
    for number in range(1, 6):
        update = f"INSERT DATA {{ <urn:{number}> <urn:p> 1 }}"
        assert writer.post("/update", data={"update": update}).status_code == 204
        answers = [ask(writer, query, accept="text/csv") for _ in range(2)]
        assert [answer.text.split()[1] for answer in answers] == [str(number)] * 2
        tags.add(answers[0].headers["etag"])
        shown = ask(writer, query, accept="text/csv", if_none_match=", ".join(tags))
        assert shown.status_code == 304
    assert len(tags) == 5


@pytest.mark.parametrize("function", ["NOW()", "rand()", "UUID()", "STRUUID()"])
def test_what_changes_by_itself_is_not_kept(client: httpx.Client, function: str) -> None:
    text = f"SELECT ({function} AS ?x) {{}}"
    answer = ask(client, text)
    assert "etag" not in answer.headers
    assert answer.content != ask(client, text).content
    assert not lasting(text)
    assert lasting(f'SELECT ("{function}" AS ?now) {{ ?rand ?p <urn:now> }}')


@pytest.mark.parametrize("name", list(CODINGS))
@pytest.mark.parametrize("rows", [200, 1500])
def test_an_answer_is_packed_as_asked(client: httpx.Client, name: str, rows: int) -> None:
    plain, expected = raw(client, MANY % rows, "identity")
    assert "content-encoding" not in plain.headers
    for _ in range(2):  # fresh, then kept
        answer, packed = raw(client, MANY % rows, name)
        assert answer.headers["content-encoding"] == name
        assert len(packed) < len(expected) / 3
        assert UNPACK[name](packed) == expected


def test_a_small_answer_is_not_worth_packing(client: httpx.Client) -> None:
    answer, content = raw(client, SELECT, "gzip, br, zstd")
    assert "content-encoding" not in answer.headers
    assert content.startswith(b"s,n")


def test_a_large_answer_is_packed_while_it_comes(client: httpx.Client, large_query: str) -> None:
    plain, expected = raw(client, large_query, "identity")
    answer, packed = raw(client, large_query, "gzip")
    assert "content-length" not in plain.headers
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("*", "zstd"),
        ("*;q=0, identity", ""),
        ("gzip;q=0", ""),
        ("identity, gzip;q=0.5", ""),
        ("GZIP ; q=0.8", "gzip"),
        ("nonsense;;;q=", ""),
    ],
)
def test_the_coding_asked_for_is_chosen(header: str, expected: str) -> None:
    headers = [(b"accept-encoding", header.encode())] if header else []
    assert coding(Request({"type": "http", "headers": headers}), tuple(CODINGS)) == expected
