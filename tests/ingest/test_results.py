"""Results: what was achieved or done."""

from __future__ import annotations

import pytest

from tests.ingest.saying import said


def test_a_figure_achieved_with_support_is_a_result_of_who_gave_it() -> None:
    (found,) = said(
        "results",
        "Met Nederlandse steun hebben in de periode mid-2017 tot mid-2020 meer dan 575.000 "
        "kinderen en jongeren toegang tot onderwijs gekregen.",
    )
    assert (found["amount"], found["unit"], found["qualifier"]) == (
        ["575000"],
        ["people"],
        ["more-than"],
    )
    assert (found["actor"], found["noun"]) == (["NLD"], ["kinderen en jongeren"])
    assert (found["periodStart"], found["periodEnd"]) == (["2017"], ["2020"])
    assert found["modality"] == ["did"]


def test_what_an_instrument_gives_month_by_month() -> None:
    (found,) = said(
        "results", "Via het FRiT ontvangen maandelijks 1.7 miljoen vluchtelingen in Turkije steun."
    )
    assert (found["amount"], found["per"]) == (["1700000"], ["month"])
    assert (found["subject"], found["place"]) == (["frit"], ["TUR"])


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Sinds 2017 zijn er 45.000 mensen geholpen bij het vinden van onderwijs.", "45000"),
        ("UNICEF heeft sinds 2014 al 6,7 miljoen kinderen bereikt.", "6700000"),
        ("Bijna 5 miljoen mensen hebben nu betere toegang tot onderwijs.", "5000000"),
        ("In 2019 kregen 1,2 miljoen kinderen via UNICEF onderwijs in Libanon.", "1200000"),
        ("Tussen 2017 en 2020 zijn met Nederlandse financiering 350 scholen gebouwd.", "350"),
        ("UNHCR heeft 120 rechters opgeleid.", "120"),
    ],
)
def test_a_count_of_people_helped_is_a_result(text: str, amount: str) -> None:
    (found,) = said("results", text)
    assert found["amount"] == [amount]


@pytest.mark.parametrize(
    ("text", "name", "who"),
    [
        ("Nederland heeft de samenwerking met UNHCR versterkt.", "actor", "NLD"),
        ("Sinds 2021 heeft het kabinet gewerkt aan het onderwijs.", "actor", "cabinet"),
        ("De EU heeft stappen gezet op het gebied van mensenrechten.", "actor", "european-union"),
        ("In 2020 intensiveerde Nederland de inzet op mensenrechten.", "actor", "NLD"),
    ],
)
def test_a_deed_without_a_figure_is_a_result_of_its_doer(text: str, name: str, who: str) -> None:
    (found,) = said("results", text)
    assert found[name] == [who]
    assert "amount" not in found


@pytest.mark.parametrize(
    "text",
    [
        "Zo’n 70.000 kinderen in Ethiopië hebben geen onderwijs gekregen.",
        "Wereldwijd hebben 100 miljoen mensen huis en haard verlaten.",
        "In vergelijking tot 2015 zijn er 15 miljoen ontheemden bijgekomen.",
        "Nederland zal 30 miljoen mensen helpen.",
        "Nederland heeft de samenwerking met UNHCR niet versterkt.",
        "Nederland zou de samenwerking hebben versterkt.",
        "In 2019 werd aan slechts 57% van de behoefte voldaan.",
        "Covid-19 heeft het onderwijs in Libanon verslechterd.",
        "De selectie van 25 landen is tot stand gekomen na overleg met UNHCR.",
        "De versterkte samenwerking met UNHCR is van belang.",
        "Een aanpak is alleen effectief als wij in Mali gecoördineerd optreden.",
        "Het partnerschap heeft als doel het onderwijs te versterken.",
    ],
)
def test_a_problem_a_wish_or_a_denial_is_no_result(text: str) -> None:
    assert said("results", text) == []


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("UNICEF bereikte in 2021 met Nederlandse steun 250.000 kinderen.", "250000"),
        ("Dankzij deze bijdrage konden 1,4 miljoen meisjes naar school.", "1400000"),
        ("In Jordanië kregen via het FRiT 24.000 jongeren een beroepsopleiding.", "24000"),
        ("Nederland heeft 8,8 miljoen mensen voorzien van drinkwater.", "8800000"),
    ],
)
def test_what_was_done_for_so_many_is_a_result_in_any_past_tense(text: str, amount: str) -> None:
    (found,) = said("results", text)
    assert found["amount"] == [amount]


def test_who_works_with_the_support_of_another_is_the_actor() -> None:
    (found,) = said(
        "results",
        "Een voorbeeld is UNHCR, dat met behulp van Nederlandse financiering werkt aan bescherming "
        "in Libanon.",
    )
    assert (found["actor"], found["place"]) == (["unhcr"], ["LBN"])


def test_work_that_goes_on_with_support_is_not_done() -> None:
    (found,) = said(
        "results", "Warchild is een organisatie die met Nederlandse steun werkt aan onderwijs."
    )
    assert found["modality"] == ["is"]


def test_what_only_depends_on_what_was_strengthened_is_not_its_subject() -> None:
    (found,) = said("results", "Ook is de kennis van noodhulp bij UNHCR uitgebreid.")
    assert "subject" not in found
    (found,) = said("results", "Ook is noodhulp uitgebreid.")
    assert found["subject"] == ["humanitarian-aid"]


def test_a_place_that_was_studied_is_not_where_a_result_was_reached() -> None:
    (found,) = said("results", "De EU heeft bijgedragen aan het onderzoek naar misdaden in Jemen.")
    assert "place" not in found
