"""Connections on which no proper request comes: bounded, answered and closed."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from server import connection
from server.connection import HEADERS, Connection
from tests.fuzzing.wire import Received, responses

URL_BYTES = 20_000
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def greet(request: Request) -> Response:
    """An answer, once the body is there."""
    return PlainTextResponse(f"{len(await request.body())} bytes")


async def count(_: Request) -> Response:
    """An answer that takes a while, piece by piece."""

    async def numbers() -> AsyncIterator[str]:
        for number in range(10):
            yield f"{number}\n"
            await asyncio.sleep(0.02)

    return StreamingResponse(numbers())


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    routes = [Route("/", greet, methods=["GET", "POST", "CONNECT"]), Route("/count", count)]
    config = uvicorn.Config(
        Starlette(routes=routes),
        port=0,
        http=Connection,
        ws="none",
        log_level="warning",
        h11_max_incomplete_event_size=URL_BYTES + HEADERS,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def sent(port: int, content: bytes, methods: tuple[str, ...] = ("GET",)) -> list[Received]:
    """The answers on a connection that the server closes."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(content)
        while data := client.recv(65536):
            received += data
    return responses(received, methods, closed=True)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"nonsense\r\n\r\n", 501),
        (b"get / HTTP/1.1\r\n\r\n", 501),
        (b"GET / HTTP/9\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nno header\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: " + b"y" * HEADERS + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * (HEADERS // 5) + b"\r\n", 431),
        (b"GET /?" + b"y" * (URL_BYTES + HEADERS) + b" HTTP/1.1\r\n", 414),
    ],
)
def test_what_is_no_request_is_told_so(port: int, content: bytes, status: int) -> None:
    (answer,) = sent(port, content)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert json.loads(answer.body)["status"] == status


def test_a_head_that_never_ends_is_not_gathered(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(b"GET / HTTP/1.1\r\nX: ")
        written = 0
        with pytest.raises(OSError):
            while written < 100 * HEADERS:
                written += client.send(b"y" * 4096)
                time.sleep(0.001)


def test_an_answer_under_way_is_cut_rather_than_mixed_with_another(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(b"GET /count HTTP/1.1\r\nHost: localhost\r\n\r\n")
        received = client.recv(65536)
        client.sendall(b"nonsense\r\n\r\n")
        while data := client.recv(65536):
            received += data
    assert received.startswith(b"HTTP/1.1 200 ")
    assert b"501" not in received
    assert not received.endswith(b"0\r\n\r\n")


def test_what_follows_on_a_tunnel_is_no_request(port: int) -> None:
    """A tunnel is refused and its connection closed, at once."""
    began = time.monotonic()
    answers = sent(port, GET + b"CONNECT / HTTP/1.1\r\nHost: localhost\r\n\r\n" + GET, ("GET",) * 3)
    assert [answer.status for answer in answers] == [200, 200]
    assert time.monotonic() - began < 3


def test_a_client_that_leaves_amid_several_requests_is_no_failure(
    port: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
            client.sendall(b"GET /count HTTP/1.1\r\nHost: localhost\r\n\r\n" + GET * 3)
            client.recv(10)
        time.sleep(0.4)
    assert caplog.records == []


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345",
    ],
)
def test_who_says_nothing_more_is_let_go(
    port: int, start: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "READ_S", 0.1)
    monkeypatch.setattr(connection, "_LOOK_S", 0.05)
    (answer,) = sent(port, start)
    assert answer.status == 408


def test_a_long_answer_is_no_silence(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "READ_S", 0.05)
    monkeypatch.setattr(connection, "_LOOK_S", 0.01)
    asked = b"GET /count HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    (answer,) = sent(port, asked)
    assert answer.complete
    assert answer.body.count(b"\n") == 10
