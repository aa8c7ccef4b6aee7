"""What something consists of, when a text lists it."""

from __future__ import annotations

import pytest

from tests.ingest.saying import said


def test_a_counted_series_is_read_and_its_number_checked() -> None:
    series, check = said(
        "enumerations",
        "Opvang in de regio richt zich op vier landen, te weten Egypte, Irak, Libanon en Jordanië.",
    )
    assert series["member"] == ["EGY", "IRQ", "LBN", "JOR"]
    assert series["subject"] == ["reception-in-the-region"]
    assert (check["kind"], check["holds"]) == (["Check"], ["true"])


def test_a_number_that_does_not_agree_is_recorded() -> None:
    _, check = said("enumerations", "Het gaat om drie landen, namelijk Egypte en Irak.")
    assert (check["stated"], check["computed"], check["holds"]) == (["3"], ["2"], ["false"])


def test_what_stands_beside_the_series_is_no_member() -> None:
    series, _ = said(
        "enumerations",
        "Er zijn drie oplossingen, namelijk terugkeer, lokale integratie en hervestiging, met "
        "gendergelijkheid als rode draad.",
    )
    assert series["member"] == ["return", "local-integration", "resettlement"]


@pytest.mark.parametrize(
    "text",
    [
        "Nederland werkt in Egypte, Irak en Jordanië.",
        "Het gaat namelijk om Egypte.",
        "De inzet richt zich op twee zaken, te weten onderwijs en iets dat wij niet kennen.",
    ],
)
def test_names_without_a_lead_in_or_an_open_series_are_none(text: str) -> None:
    assert said("enumerations", text) == []


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Er zijn rode lijnen voor onder meer Irak, Libanon en Jemen.", ["IRQ", "LBN", "YEM"]),
        ("Het gaat om landen zoals Senegal en Ghana.", ["SEN", "GHA"]),
        ("Drie organisaties (UNHCR, UNICEF en IOM) groeien.", ["unhcr", "unicef", "iom"]),
        ("De betrokken landen zijn Mali en Niger.", ["MLI", "NER"]),
    ],
)
def test_examples_asides_and_what_a_plural_is_are_series_too(text: str, members: list[str]) -> None:
    assert said("enumerations", text)[0]["member"] == members


def test_examples_are_not_checked_against_a_number() -> None:
    found = said("enumerations", "Nederland steunt acht landen, waaronder Mali en Niger.")
    assert [one["kind"] for one in found] == [["Enumeration"]]


@pytest.mark.parametrize(
    "text",
    [
        "De organisatie (UNHCR) groeit in landen (Mali).",
        "Mali en Niger zijn buren, onder meer vanwege de Sahel.",
        "De vluchtelingen zijn in Mali en Niger geregistreerd.",
    ],
)
def test_an_abbreviation_or_a_single_name_is_no_series(text: str) -> None:
    assert said("enumerations", text) == []
