"""A registry of APIs that checks the REST service against the NL GOV API Design Rules."""

from __future__ import annotations

import copy
import json
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from hatch_build import EditorError
from tests.clients.npm.install import InstallationError, install
from tests.conftest import unavailable

RULES = Path(__file__).with_name("api-design-rules.yaml")
# The test's own service is asked without TLS; the standard's rule is about the public address.
EXPECTED = {"servers-https"}


@pytest.fixture(scope="module")
def spectral() -> list[str]:
    try:
        return install("spectral")
    except (InstallationError, EditorError) as error:
        unavailable(str(error))
        raise


@pytest.fixture(scope="module")
def described(letters: str) -> Any:
    response = httpx.get(f"{letters}/v1/openapi.json")
    assert response.headers["api-version"] == response.json()["info"]["version"]
    return response.json()


def found(spectral: list[str], document: Any, folder: Path) -> set[str]:
    """The rules that a description breaks."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    done = subprocess.run(
        [*spectral, "lint", str(path), "--ruleset", str(RULES), "--format", "json"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    try:
        return {one["code"] for one in json.loads(done.stdout)}
    except ValueError:
        pytest.fail(f"no report: {done.stdout[:500]} {done.stderr[:500]}")


def test_the_rest_service_follows_the_rules(
    spectral: list[str], described: Any, tmp_path: Path
) -> None:
    assert found(spectral, described, tmp_path) <= EXPECTED


def test_each_question_has_a_path_with_typed_parameters(described: Any, letters: str) -> None:
    questions = httpx.get(f"{letters}/v1/queries").json()["queries"]
    for question in questions:
        operation = described["paths"][f"/queries/{question['name']}"]["get"]
        listed = {one["name"] for one in operation["parameters"] if "name" in one}
        assert listed == {one["name"] for one in question["parameters"]}


def test_the_rules_can_be_broken(spectral: list[str], described: Any, tmp_path: Path) -> None:
    spoilt = copy.deepcopy(described)
    del spoilt["info"]["contact"]["email"]
    spoilt["servers"][0]["url"] = "https://example.org"
    operation = spoilt["paths"]["/queries"]["get"]
    operation["parameters"].append(
        {"name": "not-camel", "in": "query", "schema": {"type": "string"}}
    )
    del operation["responses"]["200"]["headers"]
    del operation["responses"]["400"]
    assert found(spectral, spoilt, tmp_path) >= {
        "contact-fields",
        "uri-version",
        "camel-case-query-keys",
        "version-header",
        "invalid-input",
    }
