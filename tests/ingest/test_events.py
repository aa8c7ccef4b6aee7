"""Events: what happened, or will, at a stated time."""

from __future__ import annotations

import pytest

from tests.ingest.saying import said


@pytest.mark.parametrize(
    ("text", "when", "modality"),
    [
        ("In 2009 ondertekenden beide landen een verdrag.", "2009", "did"),
        ("In mei 2018 is het fonds gelanceerd.", "2018-05", "did"),
        ("Het bureau werd in 2012 opgericht.", "2012", "did"),
        ("Op 3 maart 2019 vond een conferentie plaats.", "2019-03-03", "did"),
        ("De conferentie vindt in 2030 plaats.", "2030", "expects"),
    ],
)
def test_an_event_has_its_moment(text: str, when: str, modality: str) -> None:
    (one,) = said("events", text)
    assert (one["periodStart"], one["modality"]) == ([when], [modality])


@pytest.mark.parametrize(
    "text",
    [
        "Beide landen ondertekenden een verdrag.",
        "In 2009 groeide de handel.",
        "Het overleg vindt wekelijks plaats.",
        "Een tweede conferentie zou in 2030 kunnen plaatsvinden.",
        "De cijfers worden gepubliceerd in de begroting 2023.",
        "Werd het fonds in 2012 opgericht?",
        "Tussen 2010 en 2018 is veel gepubliceerd.",
    ],
)
def test_without_a_moment_or_a_fact_there_is_no_event(text: str) -> None:
    assert said("events", text) == []


def test_the_instrument_is_what_the_event_is_about() -> None:
    (one,) = said("events", "Eind 2018 heeft Nederland het Global Compact on Refugees ondertekend.")
    assert one["subject"] == ["global-compact-on-refugees"]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("In 2016 tekenden de EU en UNHCR een verklaring.", ["european-union", "unhcr"]),
        ("Het fonds werd in 2012 door de Europese Commissie opgericht.", ["european-commission"]),
        ("In 2017 heeft Nederland een platform gelanceerd.", ["dutch-government"]),
        ("Het rapport dat UNICEF in 2020 publiceerde, is lang.", ["unicef"]),
        ("De Kamer is op de hoogte en in 2020 is het jaarverslag gepubliceerd.", []),
        ("Omdat dit voor het kabinet telt, is in 2020 een fonds opgericht.", []),
        ("Het plan is in 2020 aan de Tweede Kamer gepresenteerd.", []),
    ],
)
def test_only_who_did_it_took_part(text: str, actors: list[str]) -> None:
    (one,) = said("events", text)
    assert one.get("actor", []) == actors
