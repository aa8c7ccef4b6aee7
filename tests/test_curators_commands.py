"""What an operator and a curator see: the report of a build, suggestions, and checked claims."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from samenhang import main
from tests.ingest.small import claim, folder_of

TEXT = """Den Haag, 3 maart 2024

1. Hulp

Het kabinet trekt in 2024 20 miljoen euro uit voor UNHCR in Jordanië.

Van oudsher zijn de betrekkingen tussen Mali, Niger, UNICEF, de EU en het Instituut Morgenrood goed.

Dat was het weer.
"""
Call = Callable[..., Result]
QUOTE = "de betrekkingen tussen Mali, Niger, UNICEF, de EU en het Instituut Morgenrood goed"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A folder with one letter."""
    return folder_of(tmp_path / "seeds", brief=TEXT)


@pytest.fixture
def call(seeds: Path, tmp_path: Path) -> Call:
    """Run a command on the folder."""

    def run(*arguments: str | Path) -> Result:
        where = ("--seeds", str(seeds), "--data", str(tmp_path / "data"))
        return CliRunner().invoke(main, [*map(str, arguments), *where])

    return run


def test_a_build_reports_what_it_read_and_found_and_what_not(call: Call) -> None:
    told = call("build", "--report=json")
    account = json.loads(told.stdout)["brief"]
    assert account["statements"]["Mention"]["rule"] >= 5
    assert "claim" not in str(account["statements"])
    assert account["unknown"] == {"Den Haag": 1, "Instituut Morgenrood": 1}
    assert "Dat was het weer." in [one["opening"] for one in account["silent"]]
    assert set(account["seconds"]) == {"read", "extract", "write", "check"}


def test_the_report_of_a_second_build_is_of_the_same_reading(call: Call) -> None:
    first = call("build", "--report").stdout
    again = call("build", "--report").stdout
    assert "Instituut Morgenrood (1)" in first
    assert first == again


def test_a_sentence_that_names_much_is_suggested_until_a_claim_covers_it(
    call: Call, seeds: Path
) -> None:
    told = call("claims", "suggest", "brief")
    assert "Instituut Morgenrood" in told.stdout
    claim(seeds, "brief", QUOTE, **{"from": "development-cooperation"})
    assert "Instituut Morgenrood" not in call("claims", "suggest", "brief").stdout


def test_suggestions_come_as_claims_to_fill_in(call: Call) -> None:
    draft = yaml.safe_load(call("claims", "suggest", "brief", "--format", "yaml").stdout)
    assert draft["document"] == "brief"
    assert "Mali" in draft["claims"][0]["about"]
    assert QUOTE in draft["claims"][0]["quote"]


def test_good_claims_are_called_good(call: Call, seeds: Path) -> None:
    claim(seeds, "brief", QUOTE)
    told = call("claims", "check", seeds / "brief.claims.yaml")
    assert told.exit_code == 0
    assert "1 claims, all found in brief" in told.stdout


def test_everything_wrong_in_claims_is_listed_at_once(call: Call, seeds: Path) -> None:
    path = seeds / "brief.claims.yaml"
    claim(seeds, "brief", QUOTE)
    content = yaml.safe_load(path.read_text())
    good = content["claims"][0]
    content["claims"] += [
        {**good, "quote": "de betrekkingen tussen Mali en Niger zijn slecht"},
        {**good, "from": "unhrc"},
    ]
    path.write_text(yaml.safe_dump(content))
    told = call("claims", "check", path)
    assert told.exit_code == 2
    assert "claim 2" in told.stdout
    assert "nearest on page 1: 'Van oudsher" in told.stdout
    assert "claim 3" in told.stdout
    assert "2 of 3 claims can not be used" in told.stderr


def test_an_unknown_document_is_named_with_those_there_are(call: Call) -> None:
    told = call("claims", "suggest", "brieef")
    assert told.exit_code == 2
    assert "no document 'brieef'; there are brief" in told.stderr
