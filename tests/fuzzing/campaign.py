"""A long run of noise against a service of its own, and of what its description allows.

``python -m tests.fuzzing.campaign --requests 20000 --described 200 --seed 1``
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzzing.described import Described, operations, try_operation
from tests.fuzzing.noise import sent as noise
from tests.fuzzing.service import Service, running
from tests.fuzzing.verdict import (
    ODD,
    check_footprint,
    check_health,
    check_store,
    failures,
    faults,
)
from tests.fuzzing.wire import Exchange, MalformedError, Sent, exchange

BATCH = 500
_SLOWEST = 8
_ROUND = 10
_ALONE = settings(
    max_examples=_ROUND,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass(slots=True)
class Findings:
    """What a run brought."""

    sent: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=dict)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    def take(self, request: Sent, done: Exchange, found: list[str]) -> None:
        """Count an exchange."""
        self.sent += max(len(done.responses), 1)
        self.statuses.update(str(one.status) for one in done.responses)
        if not done.responses:
            self.statuses["closed" if done.closed else "left"] += 1
        self.slowest = sorted([*self.slowest, (done.seconds, request.shown())], reverse=True)
        del self.slowest[_SLOWEST:]
        for fault in found:
            self.faults.setdefault(fault, []).append(request.shown())


def try_once(service: Service, request: Sent, findings: Findings) -> list[str]:
    """Send one request and judge what becomes of it."""
    try:
        done = exchange(service.port, request)
    except MalformedError as error:
        found = [f"malformed: {error}"]
        findings.take(request, Exchange(), found)
        return found
    found = faults(request, done)
    findings.take(request, done, found)
    return found


def campaign(requests: int, described: int, number: int, folder: Path) -> Findings:
    """Send as many requests of noise, and ``described`` for each operation of the description.

    A fault is noted, what ends the service is an error.
    """
    findings = Findings()
    log = folder / "log.txt"
    with running(folder / "data", log) as service:
        service.update(ODD)
        for done in range(0, requests, BATCH):
            logged = log.stat().st_size
            batch(service, findings, BATCH, number * 1_000_000 + done)
            for failure in failures(log, logged):
                findings.faults.setdefault(f"in the log: {failure}", []).append(f"after {done}")
            took = check_health(service)
            check_store(service, done)
            if not done:
                before = service.footprint()
            now = check_footprint(before, service, megabytes=120)
            _say(f"{findings.sent} sent, ASK {took * 1000:.0f} ms, {now}")
            service.update("CLEAR DEFAULT")
            service.update(ODD)
        found = Described()
        for operation in operations(service):
            try_operation(operation, described, number, found)
        findings.sent += found.statuses.total()
        findings.statuses += found.statuses
        findings.faults |= found.faults
        check_footprint(before, service, megabytes=120)
        kept = service.ask("SELECT ?n { GRAPH <urn:kept> { ?s ?p ?n } } ORDER BY ?n")
    with running(folder / "data", log) as service:
        again = service.ask("SELECT ?n { GRAPH <urn:kept> { ?s ?p ?n } } ORDER BY ?n")
        assert again == kept, "a restart lost something"
    return findings


def batch(service: Service, findings: Findings, requests: int, number: int) -> None:
    """Send as many requests, the same for the same number.

    In rounds so short that none is a variation of one before: these find little here.
    """

    for start in range(0, requests, _ROUND):

        @seed(number + start)
        @settings(_ALONE)
        @given(noise())
        def noisy(request: Sent) -> None:
            try_once(service, request, findings)

        noisy()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Run and report; exit code 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--described", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        findings = campaign(chosen.requests, chosen.described, chosen.seed, Path(folder))
    _say(f"{findings.sent} requests in {time.monotonic() - began:.0f} s")
    for status, count in sorted(findings.statuses.items()):
        _say(f"  {status:>7} {count:>7}")
    for seconds, shown in findings.slowest:
        _say(f"  {seconds:.2f} s  {shown[:160]}")
    for fault, requests in findings.faults.items():
        _say(f"FAULT ({len(requests)} times) {fault}\n    {requests[0]}")
    sys.exit(1 if findings.faults else 0)


if __name__ == "__main__":
    main()
