"""Amounts, allocations, shares and counts in running text."""

from __future__ import annotations

import pytest

from tests.ingest.saying import said


def figures(text: str) -> list[tuple[str, str, str]]:
    return [
        (one["kind"][0], one["amount"][0], one.get("unit", [""])[0])
        for one in said("figures", text)
    ]


def only(text: str) -> dict[str, list[str]]:
    (found,) = said("figures", text)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "amount", "unit"),
    [
        ("De schade bedraagt 40 miljoen euro.", "Amount", "40000000", "eur"),
        ("Nederland trekt 40 miljoen euro uit voor noodhulp.", "Allocation", "40000000", "eur"),
        ("Het budget voor dit jaar is EUR 3,5 mln.", "Allocation", "3500000", "eur"),
        ("Er is $ 2 mrd nodig voor het herstel.", "Amount", "2000000000", "usd"),
        ("Ruim een derde van de handel is Europees.", "Share", "33.3", "percent"),
        ("Eén op de vijf kinderen gaat niet naar school.", "Share", "20", "percent"),
        ("Het gaat om drie op de tien gezinnen.", "Share", "30", "percent"),
        ("Nog geen kwart van de steun kwam aan.", "Share", "25", "percent"),
        ("De lonen stegen met 2 procentpunt.", "Share", "2", "percentage-point"),
        ("Er zijn tweeëntwintig landen bij betrokken.", "Count", "22", "countries"),
        ("Er waren 1.250 vrouwen en meisjes aanwezig.", "Count", "1250", "people"),
        ("Er werken een half miljoen mensen in de sector.", "Count", "500000", "people"),
        ("Het netwerk telt 86 WTO-leden.", "Count", "86", "members"),
        ("De bezetting is een verzevenvoudiging waard, zevenvoudig dus.", "Count", "7", "times"),
        ("De 14 landen krijgen een eigen aanpak.", "Count", "14", "countries"),
        ("Het rapport noemt 17 kwaliteitscriteria.", "Count", "17", ""),
    ],
)
def test_a_figure_has_its_kind_value_and_unit(text: str, kind: str, amount: str, unit: str) -> None:
    assert figures(text) == [(kind, amount, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 en 2020 is daarover gesproken.",
        "Artikel 5.4 en artikel 90 van de Grondwet zijn van belang.",
        "Een van de partners en één van de landen trekken zich terug.",
        "Zie motie Kuik (Kamerstuk II 2020/21, 35 570, nr. 22) en Kamerstuk 36045, nr. 53.",
        "De nota ‘Top 100 van bedrijven in 40 landen’ gaat daarop in.",
        "Het overleg is op 7 april om 14.00 uur.",
        "Dat is een tweede kans voor hervestiging in een derde land.",
        "Het uitstel geldt voor de tweede helft van 2023.",
        "De afgelopen tien jaar is veel veranderd, vijf jaar later nog meer.",
        "Het kabinet noemt daarvoor drie redenen.",
        "Het Nationaal Actieplan 1325 en resolutie 2401 gelden.",
        "In deze twee landen gaat het goed.",
        "Zie motie Kuik over de norm van 0,7% voor steun (Kamerstuk 35 925, nr. 46).",
        "Binnen vijf jaar moet dat beter.",
        "Tabel (x € 1.000) staat in bijlage 3.",
        "Zie hoofdstuk 4 en paragraaf 3.4 middelen.",
    ],
)
def test_a_number_that_says_nothing_is_no_figure(text: str) -> None:
    assert figures(text) == []


def test_each_figure_has_the_period_nearest_to_it() -> None:
    first, second = said(
        "figures",
        "Het kabinet verhoogt het budget met 300 miljoen euro in de periode 2022-2024, en vanaf "
        "2025 structureel met 500 miljoen euro per jaar.",
    )
    assert (first["periodStart"], first["periodEnd"]) == (["2022"], ["2024"])
    assert (second["periodStart"], second.get("periodEnd")) == (["2025"], None)
    assert (first.get("per"), second["per"]) == (None, ["year"])
    assert second["qualifier"] == ["structural"]


def test_what_comes_after_a_period_is_not_in_it() -> None:
    first, second = said(
        "figures",
        "Het budget steeg met 3 miljoen euro per jaar in de periode 2020-2022 en daarna met 5 "
        "miljoen euro.",
    )
    assert first["periodEnd"] == ["2022"]
    assert "periodStart" not in second


def test_the_documents_own_date_is_no_period() -> None:
    assert "periodStart" not in only("Er zijn bijna 80 miljoen mensen ontheemd.")


def test_a_year_that_is_compared_with_is_no_period() -> None:
    assert "periodStart" not in only("De steun is 20% hoger ten opzichte van 2015.")


def test_shares_that_add_up_have_their_own_recipients() -> None:
    found = said(
        "figures",
        "Van de steun in 2020 ging 40% naar UNHCR, 35% naar UNICEF en 25% naar de Wereldbank.",
    )
    assert [(one["amount"], one["recipient"]) for one in found] == [
        (["40"], ["unhcr"]),
        (["35"], ["unicef"]),
        (["25"], ["world-bank"]),
    ]
    assert {one["periodStart"][0] for one in found} == {"2020"}


def test_a_range_has_both_ends_and_its_reserve() -> None:
    found = only("Gemiddeld zijn vluchtelingen tussen 10 en 26 jaar van huis.")
    assert (found["amount"], found["maximum"]) == (["10"], ["26"])
    assert found["qualifier"] == ["on-average"]


def test_two_figures_joined_by_and_are_two() -> None:
    assert figures("Het gaat om 14 landen en 22 landen.") == [
        ("Count", "14", "countries"),
        ("Count", "22", "countries"),
    ]


def test_a_part_of_a_number_counts_the_same() -> None:
    assert figures("Slechts 3 van de 17 projecten liepen goed.") == [
        ("Count", "3", "projects"),
        ("Count", "17", "projects"),
    ]


def test_both_ends_of_a_change_that_happened_are_stated() -> None:
    assert figures("De uitstoot daalde van 23% in 2020 naar 18% in 2022.") == [
        ("Share", "23", "percent"),
        ("Share", "18", "percent"),
    ]


def test_millions_without_a_currency_are_money_where_the_words_say_so() -> None:
    assert figures("Van het geld gaat 0,8 miljard naar Turkije.") == [("Amount", "800000000", "")]


def test_only_what_is_said_to_be_expected_is() -> None:
    first, second = said(
        "figures", "De inflatie was 10% in 2022 en zal naar verwachting dalen tot 3,5% in 2023."
    )
    assert (first["modality"], second["modality"]) == (["is"], ["expects"])
    assert (first["periodStart"], second["periodStart"]) == (["2022"], ["2023"])


def test_reserves_add_up() -> None:
    found = only("De fondsen kennen gemiddeld ruim 25% van hun financiering toe.")
    assert found["qualifier"] == ["more-than", "on-average"]
    assert found["noun"] == ["financiering"]
    costs = only("Het herstel kost naar verwachting in totaal 3 miljard euro.")
    assert costs["qualifier"] == ["in-total", "expected"]
    assert costs["modality"] == ["expects"]


def test_a_figure_is_of_what_the_sentence_names() -> None:
    share = only("In 2019 is 57% van de begroting van UNHCR gedekt.")
    assert (share["subject"], share["noun"]) == (["unhcr"], ["begroting"])
    count = only("Het START Netwerk bestaat uit meer dan 80 lokale organisaties.")
    assert count["subject"] == ["start-network"]
    place = only("Dat geldt voor de Sahel, waar meer dan acht miljoen mensen op de vlucht zijn.")
    assert place["place"] == ["sahel"]


def test_a_pronoun_leads_to_what_was_named_before() -> None:
    found = only(
        "In 2018 is het Prospects partnerschap begonnen. Het totale budget voor dit partnerschap "
        "is 500 miljoen euro (2018-2023)."
    )
    assert found["subject"] == ["prospects"]
    assert (found["periodStart"], found["periodEnd"]) == (["2018"], ["2023"])


def test_what_is_a_result_or_a_target_is_not_counted_again() -> None:
    assert figures("Met Nederlandse steun zijn 4.000 vrouwen geholpen.") == []
    assert figures("Nederland streeft ernaar in 2030 8 miljoen boeren te bereiken.") == []


def test_a_number_that_announces_a_series_is_left_to_the_series() -> None:
    assert figures("Er zijn drie thema’s, namelijk onderwijs, werk en bescherming.") == []
