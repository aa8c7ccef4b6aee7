"""One service for all noise of a run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fuzzing.service import Service, running
from tests.fuzzing.verdict import ODD


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that takes changes, with statements in it that no build would make."""
    folder = tmp_path_factory.mktemp("fuzzed")
    with running(folder / "data", folder / "log.txt") as service:
        service.update(ODD)
        yield service
