"""The service answers as its own description says it does."""

from __future__ import annotations

from tests.fuzzing.described import Described, operations, try_operation
from tests.fuzzing.service import Service

REQUESTS = 10
OF_A_QUESTION = 2  # they are many, and one like another


def test_answers_are_as_described(service: Service) -> None:
    found = Described()
    for number, operation in enumerate(operations(service)):
        named = operation.path.startswith("/queries/") and "{" not in operation.path
        try_operation(operation, OF_A_QUESTION if named else REQUESTS, number, found)
    assert found.faults == {}
    assert {"200", "204", "400", "401", "404", "406"} <= found.statuses.keys()
