"""Whatever arrives on a socket, the service answers in HTTP, stays well and keeps its data.

The same requests in every run. ``python -m tests.fuzzing.campaign`` sends many more.
"""

from __future__ import annotations

import pytest

from tests.fuzzing.campaign import Findings, batch
from tests.fuzzing.service import TOKEN, Service
from tests.fuzzing.verdict import check_footprint, check_health, check_store, failures
from tests.fuzzing.wire import Sent, exchange

REQUESTS = 400
WELL = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"


def test_noise_is_answered_and_leaves_nothing_behind(service: Service) -> None:
    exchange(service.port, Sent((WELL,)))
    logged = service.log.stat().st_size
    before = service.footprint()
    findings = Findings()
    batch(service, findings, REQUESTS, 0)
    assert findings.faults == {}
    assert failures(service.log, logged) == []
    assert findings.sent >= REQUESTS
    # Enough of it was near enough to right for the engine to see it.
    assert findings.statuses["200"] > REQUESTS // 10
    check_health(service)
    check_store(service, 1)
    check_footprint(before, service)


@pytest.mark.parametrize("depth", [300, 3000, 20_000])
@pytest.mark.parametrize(
    ("before", "opening", "closing"),
    [("SELECT * ", "{", "}"), ("ASK { FILTER", "(", ")"), ("ASK { ?s ?p ", "[ ?p ", "]")],
)
def test_brackets_within_brackets_end_one_query_at_most(
    service: Service, before: str, opening: str, closing: str, depth: int
) -> None:
    text = before + opening * depth + "1" + closing * depth + "}"
    status, _ = service.send("POST", "/sparql", text, "application/sparql-query")
    assert status in {200, 400, 503}
    check_health(service)


def test_a_client_that_sends_a_byte_at_a_time_is_answered(service: Service) -> None:
    pieces = tuple(WELL[place : place + 1] for place in range(len(WELL)))
    done = exchange(service.port, Sent(pieces, pause=0.001))
    assert [one.status for one in done.responses] == [200]


def test_clients_that_leave_halfway_leave_nothing_open(service: Service) -> None:
    head = (
        "POST /update HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-update\r\n"
        f"Authorization: Bearer {TOKEN}\r\nContent-Length: 1000\r\n\r\nINSERT DATA {{ <urn:half> "
    ).encode()
    before = service.footprint()
    for cut in range(0, len(head), 7):
        exchange(service.port, Sent((head[:cut],), leaves=True))
    check_footprint(before, service)
    assert "false" in service.ask("ASK { <urn:half> ?p ?o }")
