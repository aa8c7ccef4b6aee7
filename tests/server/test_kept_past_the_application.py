"""Answers that are kept are written as soon as a request is read; nothing else may differ."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import httpx
import pytest

from tests.clients.conftest import BEARER, serving
from tests.fuzzing.wire import Received, responses

QUERY = f"/sparql?query={quote('SELECT ?o { <urn:a> <urn:b> ?o }')}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving("--data", tmp_path_factory.mktemp("kept"), "--empty") as found:
        yield found


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, headers={"Accept": "text/csv"}) as one:
        sent = one.post("/update", data={"update": "DROP ALL"}, headers=BEARER)
        assert sent.status_code == 204
        yield one


def heard(address: str, *requests: str) -> list[tuple[int, bytes]]:
    """Statuses and bodies of the answers to requests that are sent all at once."""
    host = urlsplit(address).netloc
    said = "".join(f"{one}\r\nHost: {host}\r\nAccept: text/csv\r\n\r\n" for one in requests)
    with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port)) as wire:
        wire.settimeout(10)
        wire.sendall(said.encode())
        received = b""
        found: list[Received] = []
        while len(found) < len(requests) or not found[-1].complete:
            more = wire.recv(65536)
            assert more, received
            received += more
            found = responses(received, ["GET"] * len(requests), closed=False)
    return [(one.status, one.body) for one in found]


def test_the_first_and_the_second_answer_are_the_same(client: httpx.Client) -> None:
    first, second = client.get(QUERY), client.get(QUERY)
    ours = {"date"}
    assert first.content == second.content == b"o\r\n"
    assert {k: v for k, v in first.headers.items() if k not in ours} == {
        k: v for k, v in second.headers.items() if k not in ours
    }
    head = client.head(QUERY)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(second.content))


def test_a_change_is_seen_by_the_next_request(client: httpx.Client) -> None:
    for number in range(5):
        assert client.get(QUERY).text.count("\r\n") == 1 + number
        assert client.get(QUERY).text.count("\r\n") == 1 + number
        text = f"INSERT DATA {{ <urn:a> <urn:b> {number} }}"
        assert client.post("/update", data={"update": text}, headers=BEARER).status_code == 204


def test_who_has_it_is_told_so(client: httpx.Client) -> None:
    tag = client.get(QUERY).headers["etag"]
    for _ in range(2):
        again = client.get(QUERY, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["x-content-type-options"] == "nosniff"


def test_requests_sent_together_are_answered_in_turn(client: httpx.Client, address: str) -> None:
    kept = client.get(QUERY).content
    other = f"GET /sparql?query={quote('SELECT ?x { VALUES ?x { 7 } }')} HTTP/1.1"
    mine = f"GET {QUERY} HTTP/1.1"
    expected = {mine: kept, other: b"x\r\n7\r\n"}
    for order in ([mine, other, mine], [other, mine, other], [mine, mine, mine]):
        assert heard(address, *order) == [(200, expected[one]) for one in order]


def test_another_host_or_format_is_another_answer(client: httpx.Client) -> None:
    assert client.get(QUERY).headers["content-type"].startswith("text/csv")
    turned = client.get(QUERY, headers={"Accept": "application/sparql-results+json"})
    assert turned.headers["content-type"] == "application/sparql-results+json"
    odd = client.get(QUERY, headers={"Host": "not a host"})
    assert odd.status_code == 400
