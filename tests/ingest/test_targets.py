"""Targets: what is aimed for, by when and from which value."""

from __future__ import annotations

import pytest

from tests.ingest.saying import said


def test_an_aim_has_figure_actor_and_deadline() -> None:
    (found,) = said(
        "targets",
        "Het kabinet streeft ernaar om in 2030 tenminste 32 miljoen kwetsbare mensen te helpen.",
    )
    assert (found["amount"], found["unit"], found["qualifier"]) == (
        ["32000000"],
        ["people"],
        ["at-least"],
    )
    assert (found["actor"], found["deadline"], found["modality"]) == (
        ["cabinet"],
        ["2030"],
        ["intends"],
    )


def test_a_year_right_before_a_figure_is_the_deadline_and_no_part_of_it() -> None:
    first, second = said(
        "targets",
        "Het kabinet stelt zich ten doel dat in 2030 8 miljoen boeren meer verdienen, en dat 9 "
        "miljoen hectare land duurzaam beheerd wordt.",
    )
    assert (first["amount"], second["amount"]) == (["8000000"], ["9000000"])
    assert (first["deadline"], second["deadline"]) == (["2030"], ["2030"])
    assert second["unit"] == ["hectares"]


def test_a_number_brought_back_has_its_baseline() -> None:
    (found,) = said("targets", "Nederland brengt het aantal landen terug van 70 naar 40.")
    assert (found["amount"], found["baseline"], found["unit"]) == (["40"], ["70"], ["countries"])


def test_a_rise_by_a_year_has_baseline_and_deadline() -> None:
    (found,) = said("targets", "Het aandeel moet stijgen van 23% in 2020 naar 30% in 2026.")
    assert (found["amount"], found["baseline"], found["deadline"]) == (["30"], ["23%"], ["2026"])
    (cut,) = said("targets", "In 2030 moet de uitstoot met 55% omlaag ten opzichte van 1990.")
    assert (cut["baseline"], cut["modality"]) == (["1990"], ["must"])


def test_a_target_of_the_past_is_one() -> None:
    (found,) = said(
        "targets",
        "Nederland had zich ten doel gesteld in de periode 2004-2015 50 miljoen mensen te helpen.",
    )
    assert (found["amount"], found["deadline"]) == (["50000000"], ["2015"])


def test_a_doubling_to_a_number_is_one_target() -> None:
    (found,) = said(
        "targets", "Het aantal mensen met onderwijs verdubbelt naar 100 miljoen in 2030."
    )
    assert (found["amount"], found["unit"]) == (["100000000"], ["people"])
    (factor,) = said("targets", "Nederland wil de inzet op onderwijs verdubbelen.")
    assert (factor["amount"], factor["unit"]) == (["2"], ["times"])


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Uiterlijk in 2027 moeten 5.000 leraren zijn opgeleid.", "2027"),
        ("Tussen 2016 en 2030 zal ons land 30 miljoen mensen toegang geven tot water.", "2030"),
        ("Nederland gaat tot 2030 in totaal 20 miljoen mensen helpen.", "2030"),
    ],
)
def test_what_will_be_by_a_year_to_come_is_a_target(text: str, deadline: str) -> None:
    (found,) = said("targets", text)
    assert found["deadline"] == [deadline]


def test_a_goal_without_a_figure_says_whose_it_is() -> None:
    (found,) = said(
        "targets", "Het doel van de geïntegreerde benadering is bijdragen aan conflictpreventie."
    )
    assert found["subject"] == ["integrated-approach"]
    (strives,) = said("targets", "Daarom streeft Nederland naar gelijkwaardige partnerschappen.")
    assert strives["actor"] == ["NLD"]


def test_items_that_end_the_sentence_of_a_heading_are_targets() -> None:
    (found,) = said(
        "targets",
        "Met extra middelen:\n- Krijgen 4 miljoen extra mensen toegang tot voeding.\n"
        "- Krijgen de partners meer ruimte.\n",
    )
    assert (found["amount"], found["qualifier"]) == (["4000000"], ["additional"])


@pytest.mark.parametrize(
    "text",
    [
        "Het kabinet streeft er niet naar om risicoloos te werken.",
        "Sinds januari steeg het aantal mensen in nood met 27 miljoen naar ruim 291 miljoen.",
        "Het doel van deze fase is het onderkennen van instabiliteit in Mali.",
        "Het is nodig omdat in 2030 nog geen kwart van de steun van UNHCR aankomt.",
        "De fondsen geven (conform doelstelling) 25% aan lokale organisaties.",
        "In 2019 zijn 5.000 leraren opgeleid.",
        "De beoogde transformatie in Libanon vordert.",
        "De inflatie zal naar verwachting dalen tot 3,5% in 2023.",
        "In 2030 zijn er 10 miljard mensen op aarde.",
        "Het aantal studenten verdubbelde tussen 2000 en 2020 tot 1,5 miljoen.",
        "Op basis van de doelstelling wordt bezien of UNHCR kan helpen.",
    ],
)
def test_what_is_not_aimed_for_is_no_target(text: str) -> None:
    assert said("targets", text) == []


@pytest.mark.parametrize(
    ("text", "amount", "modality"),
    [
        ("Dat is een stap naar de internationale norm van 0,7%.", "0.7", "must"),
        ("Nederland draagt bij aan de 100 miljard dollar doelstelling.", "100000000000", "intends"),
        ("De streefwaarde voor 2025 is 12 miljoen mensen.", "12000000", "intends"),
    ],
)
def test_the_value_of_a_norm_is_a_target_of_no_one_here(
    text: str, amount: str, modality: str
) -> None:
    (found,) = said("targets", text)
    assert (found["amount"], found["modality"]) == ([amount], [modality])
    assert "actor" not in found


def test_a_deadline_and_modality_of_another_clause_are_not_those_of_the_aim() -> None:
    (found,) = said(
        "targets",
        "Het kabinet streeft naar goed onderwijs, en verwacht de wet voor de zomer van 2023 te "
        "sturen.",
    )
    assert "deadline" not in found
    assert found["modality"] == ["intends"]
    (aim,) = said(
        "targets", "Het fonds had als doel om 500 banen te creëren; eind 2022 waren het er 300."
    )
    assert "deadline" not in aim


def test_all_who_aim_are_named_and_not_who_is_only_worked_with() -> None:
    (found,) = said("targets", "Nederland en UNHCR beogen betere bescherming van vluchtelingen.")
    assert found["actor"] == ["NLD", "unhcr"]
    (other,) = said("targets", "Het nieuwe partnerschap met het NRK beoogt snellere noodhulp.")
    assert "actor" not in other


def test_a_doubling_is_of_what_is_doubled() -> None:
    (found,) = said(
        "targets",
        "In het Glasgow Climate Pact is afgesproken om de klimaatfinanciering per 2025 te "
        "verdubbelen.",
    )
    assert found["subject"] == ["climate-finance"]


def test_what_the_effort_is_for_is_not_what_doubles() -> None:
    (found,) = said("targets", "Het kabinet wil de inzet op ontbossing verdubbelen.")
    assert "subject" not in found
