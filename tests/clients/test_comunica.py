"""A researcher who asks one question of several sources, with Comunica."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import httpx
import pytest

from hatch_build import EditorError
from tests.clients.conftest import BEARER, PREFIXES, TITLES
from tests.clients.npm.install import InstallationError, install
from tests.conftest import unavailable

NOTES = "http://example.org/notes"
NOTE = """
@prefix document: <https://w3id.org/samenhang/id/document/> .
document:jordan <http://example.org/note> "opnieuw lezen"@nl .
document:elsewhere <http://example.org/note> "niet hier"@nl .
"""
NOTED = f"""{PREFIXES}
SELECT ?title ?note WHERE {{
  ?document dcterms:title ?title ; <http://example.org/note> ?note
  FILTER (LANG(?title) = "nl")
}}"""


@pytest.fixture(scope="module")
def command() -> list[str]:
    try:
        return install()
    except (InstallationError, EditorError) as error:
        unavailable(str(error))
        raise


def comunica(command: list[str], query: str, *sources: str) -> Any:
    """The answer as JSON."""
    done = subprocess.run(
        [*command, *sources, "-q", query, "-t", "application/sparql-results+json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"NO_COLOR": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def rows(answer: Any) -> list[dict[str, str]]:
    return [
        {name: term["value"] for name, term in row.items()} for row in answer["results"]["bindings"]
    ]


@pytest.fixture
def noted(notes: str) -> str:
    """A server with the researcher's notes on documents, in its default graph."""
    sent = httpx.put(
        f"{notes}/graphs?default", content=NOTE, headers=BEARER | {"Content-Type": "text/turtle"}
    )
    assert sent.is_success
    return notes


def test_recognises_the_service_by_its_description(command: list[str], letters: str) -> None:
    found = rows(comunica(command, TITLES, f"{letters}/sparql"))
    assert [row["title"] for row in found] == ["Brief over jordan", "Brief over uganda"]


def test_joins_two_services(command: list[str], letters: str, noted: str) -> None:
    found = rows(comunica(command, NOTED, f"{letters}/sparql", f"{noted}/sparql"))
    assert found == [{"title": "Brief over jordan", "note": "opnieuw lezen"}]


def test_joins_a_service_with_a_turtle_file(command: list[str], letters: str, noted: str) -> None:
    file = f"{noted}/graphs?default"
    found = rows(comunica(command, NOTED, f"sparql@{letters}/sparql", f"file@{file}"))
    assert found == [{"title": "Brief over jordan", "note": "opnieuw lezen"}]


def test_counts_over_two_services(command: list[str], letters: str, noted: str) -> None:
    query = f"""{PREFIXES} SELECT ?document (COUNT(?evidence) AS ?quotes) WHERE {{
        ?document <http://example.org/note> ?note .
        ?evidence def:inDocument ?document }} GROUP BY ?document"""
    found = rows(comunica(command, query, f"{letters}/sparql", f"{noted}/sparql"))
    counted = httpx.get(
        f"{letters}/sparql",
        params={
            "query": f"{PREFIXES} SELECT (COUNT(*) AS ?n) {{ ?e def:inDocument document:jordan }}",
            "format": "csv",
        },
    )
    assert [row["quotes"] for row in found] == counted.text.split()[1:]


def test_asks_whether_both_know_of_a_document(command: list[str], letters: str, noted: str) -> None:
    query = f"""{PREFIXES}
        ASK {{ ?document dcterms:title ?title ; <http://example.org/note> "niet hier"@nl }}"""
    answer = comunica(command, query, f"{letters}/sparql", f"{noted}/sparql")
    assert answer["boolean"] is False
