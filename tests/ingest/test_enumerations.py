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


def test_members_of_a_counted_series_may_carry_more_words() -> None:
    series, check = said(
        "enumerations",
        "Er zijn drie oplossingen, namelijk terugkeer naar het eigen dorp, hervestiging in een "
        "ander land of lokale integratie.",
    )
    assert series["member"] == ["return", "resettlement", "local-integration"]
    assert (check["stated"], check["holds"]) == (["3"], ["true"])


def test_what_is_enumerated_is_told_by_its_word() -> None:
    (series,) = said("enumerations", "Dat geldt in kwetsbare landen (Mali, Niger en Tsjaad).")
    assert (series["noun"], series["asWritten"]) == (["landen"], ["Mali, Niger en Tsjaad"])
    (examples,) = said("enumerations", "Het helpt organisaties zoals UNHCR en UNICEF.")
    assert examples["noun"] == ["organisaties"]
    assert examples["asWritten"] == ["zoals UNHCR en UNICEF"]
    (named,) = said("enumerations", "De landen met een nieuw plan zijn: Mali, Niger en Tsjaad.")
    assert (named["noun"], named.get("subject")) == (["landen met een nieuw plan"], None)


@pytest.mark.parametrize(
    "text",
    [
        "De prioriteiten, te weten onderwijs en water, het bouwen van wegen en een beter bestuur.",
        "Er zijn drie doelen, namelijk onderwijs, het bouwen van wegen en water.",
        "Het overleg gaat over van alles: onderwijs en water.",
    ],
)
def test_a_series_with_members_that_are_no_names_is_not_read_in_part(text: str) -> None:
    assert said("enumerations", text) == []


def test_the_countries_of_two_regions_are_two_series() -> None:
    first, second = said(
        "enumerations",
        "Er is meer aandacht voor de Sahel (Mali, Niger en Tsjaad) en de Hoorn van Afrika "
        "(Somalië en Ethiopië).",
    )
    assert (first["subject"], first["member"]) == (["sahel"], ["MLI", "NER", "TCD"])
    assert (second["subject"], second["member"]) == (["horn-of-africa"], ["SOM", "ETH"])
    assert "amount" not in first  # there may be more countries in the region


def test_examples_may_stand_behind_a_preposition() -> None:
    (one,) = said(
        "enumerations", "Nederland heeft, onder meer in Mali en Niger, ervaring opgedaan."
    )
    assert one["member"] == ["MLI", "NER"]


def test_a_number_of_something_else_does_not_count_an_aside() -> None:
    (one,) = said("enumerations", "Er zijn vijf landen actief, en de partners (UNHCR, UNICEF) ook.")
    assert (one["member"], one.get("amount")) == (["unhcr", "unicef"], None)


def test_the_causes_of_something_are_not_that_thing() -> None:
    found = said("enumerations", "De oorzaken van migratie: armoede, klimaatverandering en honger.")
    assert all("subject" not in one for one in found)


def test_what_is_named_far_before_a_colon_is_not_what_is_listed() -> None:
    text = "De schade van migratie zit niet in cijfers, maar elders: armoede, honger en droogte."
    assert all("subject" not in one for one in said("enumerations", text))


def test_ministries_named_as_ministers_are_the_ministers() -> None:
    (one,) = said(
        "enumerations", "Er is overleg tussen de bewindslieden (Defensie en BZ) daarover."
    )
    assert one["member"] == ["minister-of-defence", "minister-of-foreign-affairs"]
