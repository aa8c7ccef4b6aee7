"""What must hold of every answer and of the service after it, whatever was sent."""

from __future__ import annotations

import json
import re
import time
from http import HTTPStatus
from pathlib import Path

from tests.conftest import ROOT
from tests.fuzzing.service import Footprint, Service
from tests.fuzzing.wire import LIMIT_S, Exchange, Received, Sent

_DELIBERATE = frozenset(
    (
        HTTPStatus.NOT_IMPLEMENTED,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.INSUFFICIENT_STORAGE,
    )
)
_PROBLEM = "application/problem+json"
_INSIDE = tuple(
    word.encode()
    for word in ("Traceback (most", "site-packages", 'File "', str(ROOT), str(Path.home()) + "/")
)
_FAILURE = re.compile(r"^Traceback \(most.*?(?=^\S)(?:^(?!INFO|WARNING|ERROR).*?$)", re.M | re.S)
# Thrown on purpose, to cut the connection of an answer that breaks off.
_MEANT = "AnswerInterruptedError"


def faults(sent: Sent, done: Exchange) -> list[str]:
    """What is wrong with what came back; nothing mostly."""
    found = [fault for one in done.responses for fault in _of_response(one)]
    answered = len([one for one in done.responses if one.complete])
    if sent.whole and not sent.leaves and not answered and not done.closed:
        found.append("no answer")
    if done.seconds > LIMIT_S + 1:
        found.append(f"an answer after {done.seconds:.1f} s")
    return found


def _of_response(one: Received) -> list[str]:
    found = []
    if one.status >= 500 and one.status not in _DELIBERATE:
        found.append(f"status {one.status}")
    if one.headers.get("x-content-type-options") != "nosniff":
        found.append(f"no nosniff on {one.status} {one.headers.get('content-type')}")
    kind = one.headers.get("content-type", "").partition(";")[0]
    if kind == "text/html" and "content-security-policy" not in one.headers:
        found.append(f"no policy on a page ({one.status})")
    if one.status >= 400 and one.complete and one.body:
        found += _of_problem(one, kind)
    found += [f"shows {word!r}" for word in _INSIDE if word in one.body]
    return found


def _of_problem(one: Received, kind: str) -> list[str]:
    if kind == "text/html":
        return []
    if kind != _PROBLEM:
        return [f"{one.status} as {kind or 'nothing'}"]
    try:
        members = json.loads(one.body)
    except ValueError:
        return [f"{one.status} with a problem that is no JSON"]
    if members.get("status") != one.status or not members.get("title"):
        return [f"{one.status} with a problem that says otherwise"]
    return []


def failures(log: Path, start: int = 0) -> list[str]:
    """The exceptions in the service's log that were not meant, each by its last lines."""
    text = log.read_text(encoding="utf-8", errors="replace")[start:]
    found = [match.group().strip() for match in _FAILURE.finditer(text)]
    return ["\n".join(one.splitlines()[-14:]) for one in found if _MEANT not in one]


def check_health(service: Service) -> float:
    """The seconds that a small query takes now, a busy machine's second try allowed."""
    assert service.alive, "the web process ended"
    took = 0.0
    for _ in range(3):
        began = time.monotonic()
        assert "true" in service.ask("ASK {}")
        took = time.monotonic() - began
        if took < 1:
            return took
    raise AssertionError(f"ASK {{}} takes {took:.1f} s")


def check_store(service: Service, number: int) -> None:
    """What is written is read again, and what was written long ago is there."""
    service.update(f"INSERT DATA {{ GRAPH <urn:kept> {{ <urn:kept> <urn:number> {number} }} }}")
    asked = f"ASK {{ GRAPH <urn:kept> {{ <urn:kept> <urn:number> {number} }} }}"
    assert "true" in service.ask(asked)


def check_footprint(before: Footprint, service: Service, *, megabytes: int = 60) -> Footprint:
    """What the service takes once it has come to rest: no more than it took before, nearly."""
    deadline = time.monotonic() + 15
    while True:
        now = service.footprint()
        rests = (
            now.processes <= before.processes + 1
            and now.files <= before.files + 8
            and now.snapshots <= 4
            and now.megabytes <= before.megabytes + megabytes
        )
        if rests:
            return now
        assert time.monotonic() < deadline, f"grew from {before} to {now}"
        time.sleep(0.2)


ODD = """
PREFIX def: <https://w3id.org/samenhang/def/>
PREFIX id: <https://w3id.org/samenhang/id/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA {
  <https://w3id.org/samenhang/id/document/odd> a def:Document, 3 ; dcterms:title 3, "<b>"@nl ;
    dcterms:issued "no date", "2023-99-99", 7 ; def:dateCertainty "odd" ;
    dcterms:language <urn:x>, "{0}" ; dcterms:type [ rdfs:label "x" ] ;
    dcterms:publisher <javascript:alert(1)> ; dcterms:identifier <<( <urn:a> <urn:b> 1 )>> .
  <https://w3id.org/samenhang/id/actor/odd> a def:Actor, def:Theme ; rdfs:label ""@nl, 5 .
  <https://w3id.org/samenhang/id/evidence/odd/1-2> a def:Evidence ; def:quote 5 .
  <https://w3id.org/samenhang/def/Document> rdfs:label "Document" ; rdfs:domain 5 .
}
"""
"""Statements about things of ours that no build would make."""
