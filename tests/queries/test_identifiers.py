"""Asking by the identifiers of other registries: codes and IRIs in the place of names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

import samenhang
from ontology.names import DEFAULT_BASE, definition
from queries.answer import Answering
from queries.entities import Entities
from queries.errors import ParameterError
from tests.acceptance.test_service import serving
from tests.conftest import Graph

ETHIOPIA = "http://publications.europa.eu/resource/authority/country/ETH"
IDS = f"{DEFAULT_BASE}id/"


@pytest.fixture(scope="module")
def answering(graph: Graph) -> Answering:
    return Answering(graph.store, DEFAULT_BASE)


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with serving(data) as (url, _):
        yield url


@pytest.mark.parametrize(
    ("question", "parameter", "given", "meant"),
    [
        ("roles-of-an-actor", "actor", "XM-DAC-41121", f"{IDS}actor/unhcr"),
        ("roles-of-an-actor", "actor", "xm-dac-41121", f"{IDS}actor/unhcr"),
        ("roles-of-an-actor", "actor", "DacChannelCode:41121", f"{IDS}actor/unhcr"),
        (
            "roles-of-an-actor",
            "actor",
            "https://www.wikidata.org/entity/Q132551",
            f"{IDS}actor/unhcr",
        ),
        (
            "roles-of-an-actor",
            "actor",
            "https://identifier.overheid.nl/tooi/id/ministerie/mnre1013",
            f"{IDS}actor/ministry-of-foreign-affairs",
        ),
        ("involvement-over-the-years", "country", "ET", ETHIOPIA),
        ("involvement-over-the-years", "country", "ETH", ETHIOPIA),
        ("involvement-over-the-years", "country", "M49:231", ETHIOPIA),
        ("involvement-over-the-years", "country", "daCrEcipientcode:238", ETHIOPIA),
        ("how-a-theme-develops", "theme", "http://metadata.un.org/sdg/2", f"{IDS}theme/sdg-2"),
        ("how-a-theme-develops", "theme", "IatiSdgGoal:2", f"{IDS}theme/sdg-2"),
        ("how-a-theme-develops", "theme", "http://eurovoc.europa.eu/2986", f"{IDS}theme/refugees"),
        (
            "how-a-theme-develops",
            "theme",
            "DacPurposeCode:15210",
            f"{IDS}theme/security-sector-reform",
        ),
    ],
)
def test_a_code_or_iri_of_elsewhere_is_as_good_as_a_name(
    graph: Graph, answering: Answering, question: str, parameter: str, given: str, meant: str
) -> None:
    asked = answering.asked(graph.catalogue[question], {parameter: given})
    assert getattr(asked.terms[parameter], "value", None) == meant


def test_a_code_of_two_lists_is_told_with_what_it_may_mean(
    graph: Graph, answering: Answering
) -> None:
    """Ethiopia is 231 to M49, and the Central African Republic to FTS."""
    query = graph.catalogue["involvement-over-the-years"]
    with pytest.raises(ParameterError, match="more than one country") as error:
        answering.asked(query, {"country": "231"})
    assert len(error.value.available) == 2
    assert ETHIOPIA in error.value.available


def test_what_a_code_is_only_a_part_of_is_offered_and_not_taken(answering: Answering) -> None:
    known = answering.entities(definition("PolicyArea"))
    assert known.identified("72010") == ()
    assert known.nearest("72010") == (f"{IDS}policy-area/humanitarian-aid",)


def test_a_short_number_alone_is_no_code() -> None:
    known = Entities([("a", "Water")], DEFAULT_BASE, [("a", "IatiPolicyMarker:12", "close")])
    assert known.identified("12") == ()
    assert known.identified("iatipolicymarker:12") == ("a",)


def test_what_is_the_same_goes_before_what_is_close() -> None:
    names = [("a", "Goal"), ("b", "Poverty")]
    both = [("b", "http://x.org/1", "close"), ("a", "http://x.org/1", "exact")]
    assert Entities(names, DEFAULT_BASE, both).identified("http://x.org/1") == ("a",)
    assert Entities(names, DEFAULT_BASE, both[:1]).identified("http://x.org/1") == ("b",)


@pytest.mark.parametrize(
    ("question", "by_code", "by_path"),
    [
        ("roles-of-an-actor", {"actor": "XM-DAC-41121"}, {"actor": "actor/unhcr"}),
        ("involvement-over-the-years", {"country": "ET"}, {"country": ETHIOPIA}),
        (
            "how-a-theme-develops",
            {"theme": "http://metadata.un.org/sdg/2"},
            {"theme": "theme/sdg-2"},
        ),
    ],
)
def test_over_http_a_code_gives_the_answer_of_the_thing(
    address: str, question: str, by_code: dict[str, str], by_path: dict[str, str]
) -> None:
    path = f"{address}/v1/queries/{question}"
    answer = httpx.get(path, params=by_code)
    assert answer.status_code == 200
    rows = answer.json()["rows"]
    assert rows
    assert rows == httpx.get(path, params=by_path).json()["rows"]


def test_over_http_an_ambiguous_code_is_a_problem_that_names_both(address: str) -> None:
    answer = httpx.get(f"{address}/v1/queries/involvement-over-the-years?country=231")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert ETHIOPIA in answer.text


def test_the_command_line_takes_a_code(data: Path) -> None:
    def rows(value: str) -> list[dict[str, object]]:
        arguments = ["query", "roles-of-an-actor", "--actor", value, "--format", "json"]
        result = CliRunner().invoke(samenhang.main, [*arguments, "--data", str(data)])
        assert result.exit_code == 0, result.stderr
        found: list[dict[str, object]] = json.loads(result.stdout)["rows"]
        return found

    assert rows("XM-DAC-41121") == rows("actor/unhcr") != []


@pytest.mark.parametrize(
    ("given", "identifiers"),
    [
        (
            {"entity": f"{IDS}actor/unhcr"},
            {"41121", "XM-DAC-41121", "http://eurovoc.europa.eu/3710"},
        ),
        ({"text": "https://metadata.un.org/sdg/2"}, {"http://metadata.un.org/sdg/2"}),
        ({"text": "et"}, {"ET"}),
    ],
)
def test_what_something_is_called_elsewhere(
    graph: Graph, given: dict[str, str], identifiers: set[str]
) -> None:
    rows = graph.ask("identifiers-elsewhere", **given)
    assert identifiers <= {row["identifier"] for row in rows}
    assert all(row["seen"] and row["registry"] for row in rows)


def test_what_has_no_identifier_is_listed_and_nothing_else(graph: Graph) -> None:
    missing = {row["entity"] for row in graph.ask("nothing-elsewhere")}
    present = {row["entity"] for row in graph.ask("identifiers-elsewhere")}
    assert f"{IDS}actor/iob" in missing
    assert f"{IDS}theme/localisation" in missing
    assert missing.isdisjoint(present)
