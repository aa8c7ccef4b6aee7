"""Requests made from the service's own description, and whether its answers are as described."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import CheckFunction
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.fuzzing.documents import MEDIA_TYPES, rdf
from tests.fuzzing.service import TOKEN, Service
from tests.fuzzing.texts import queries, updates

_Case = schemathesis.Case[Any]
_Operation = APIOperation[Any, Any, Any, Any]
_ROUND = 10
_DELIBERATE = frozenset((501, 503, 507))


@dataclass(slots=True)
class Described:
    """What came of it: answers by status, and what was not as described."""

    statuses: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=dict)


def fails_on_purpose_only(_: object, response: Response, __: _Case) -> bool | None:
    """No error of the service's but those that tell the client to come again."""
    status = response.status_code
    assert status < 500 or status in _DELIBERATE, f"status {status}"
    return None


_CHECKS: list[CheckFunction] = [
    fails_on_purpose_only,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def operations(service: Service) -> Iterator[_Operation]:
    """What the service says it can do."""
    for name, texts in (("query", queries), ("update", updates)):
        schemathesis.openapi.media_type(f"application/sparql-{name}", _bytes(texts))
    for kind in filter(None, MEDIA_TYPES):
        if kind not in {"application/json", "application/xml", "text/html"}:
            schemathesis.openapi.media_type(kind, rdf().map(lambda one: one[1]))
    described = schemathesis.openapi.from_url(f"http://127.0.0.1:{service.port}/openapi.json")
    for result in described.get_all_operations():
        assert isinstance(result, Ok), result.err()
        yield result.ok()


def try_operation(operation: _Operation, requests: int, number: int, found: Described) -> None:
    """Send as many requests for an operation, the same for the same number."""
    for start in range(0, requests, _ROUND):

        @seed(number + start)
        @settings(
            max_examples=min(_ROUND, requests),
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(), _ACCEPTED, st.integers(0, 5))
        def tried(case: _Case, accepted: str, shown: int) -> None:
            headers = {"Accept": accepted}
            if shown:
                headers["Authorization"] = f"Bearer {TOKEN}"
            _try(case, headers, found)

        tried()


def _try(case: _Case, headers: dict[str, str], found: Described) -> None:
    response = case.call(headers=headers, timeout=20, allow_redirects=False)
    found.statuses[str(response.status_code)] += 1
    try:
        case.validate_response(response, checks=_CHECKS)
    except FailureGroup as group:
        for failure in group.exceptions:
            label = f"{case.operation.label}: {type(failure).__name__} {response.status_code}"
            found.faults.setdefault(label, []).append(f"{failure}"[:600])


def _bytes(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    return texts.map(lambda text: text.encode("utf-8", errors="surrogatepass"))


_ACCEPTED = st.sampled_from(
    [
        "*/*",
        "text/html",
        "application/json",
        "text/turtle",
        "application/ld+json",
        "text/csv",
        "image/png",
        "a/b;q=x",
    ]
)
