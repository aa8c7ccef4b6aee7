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
    assert first["qualifier"] == ["increase"]
    assert second["qualifier"] == ["structural", "increase"]


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


def of(text: str, name: str) -> list[str]:
    return [",".join(one.get(name, [])) for one in said("figures", text)]


@pytest.mark.parametrize(
    ("text", "reserves"),
    [
        ("De uitgaven stegen in 2022 met 8% en daalden daarna met 3%.", ["increase", "decrease"]),
        ("Het aantal leerlingen nam met 2 miljoen toe.", ["increase"]),
        ("Er zijn sinds 2018 9 miljoen ontheemden bijgekomen.", ["increase"]),
        ("Nederland geeft 40 miljoen euro meer uit aan noodhulp.", ["increase"]),
        ("Er is nu 20% minder steun.", ["decrease"]),
        ("Het budget wordt vanaf 2024 verlaagd met 50 miljoen euro.", ["decrease"]),
        ("Het gaat om een structurele verhoging van 70 miljoen euro.", ["structural,increase"]),
        ("Het kabinet bezuinigt 300 miljoen euro op onderwijs.", ["decrease"]),
        ("De steun loopt vanaf 2024 op naar 30 miljoen euro per jaar.", ["up-to"]),
        ("Het gaat om 5 miljoen euro, oplopend tot ruim 9 miljoen euro.", ["", "more-than,up-to"]),
        ("De gemiddelde duur van een missie ligt rond de 3 jaar.", ["about,on-average"]),
        ("De VN schat het aantal getroffenen op 4 miljoen mensen.", ["about"]),
        ("Tientallen miljoenen mensen hebben honger.", ["order-of-magnitude"]),
        ("Nederland werkt samen met 14 landen om de uitstoot terug te dringen.", [""]),
        ("Zonder deze bezuinigingen was het budget gegroeid naar 6 miljard euro.", [""]),
        ("Er gaat niet 90 maar 60 miljoen euro heen.", ["", ""]),
        ("De steun is ongeveer voor de helft voor UNHCR.", ["about"]),
        ("Naar schatting wereldwijd 5 miljoen kinderen hebben honger.", ["about"]),
        (
            "Er komt extra geld vrij voor onderwijs, oplopend tot 40 mln. euro.",
            ["up-to,additional"],
        ),
        ("Nederland maakt 40 mln. euro structureel extra vrij.", ["structural,additional"]),
        ("Er is 30 miljoen euro aan extra middelen voor noodhulp.", ["additional"]),
        ("Het aantal kinderen dat extra honger had in 2021 lag op 4 miljoen.", ["additional"]),
        ("Het gaat om 2 mld. euro (publiek en privaat) voor water.", ["public-and-private"]),
        ("Publieke en private steun samen was in 2020 4 mld. euro.", ["public-and-private"]),
        ("Daarvan is 9 miljoen euro aan publieke steun voor water.", ["public-money"]),
    ],
)
def test_what_is_added_taken_off_or_estimated_is_no_whole(text: str, reserves: list[str]) -> None:
    assert of(text, "qualifier")[-len(reserves) :] == reserves[-len(of(text, "qualifier")) :]


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("Van de 2,4 miljoen vluchtelingen in Jordanië leeft 64% in armoede.", "in Jordanië"),
        ("Van de middelen ging in 2020 60% naar UNHCR en 40% naar UNICEF.", "middelen"),
        ("Een op de drie leraren krijgt geen salaris.", "leraren"),
        ("Het aandeel van vrouwen in de Kamer steeg naar 27%.", "aandeel van vrouwen in de Kamer"),
        ("Het minimale tarief van 12% geldt overal.", "minimale tarief"),
        ("De rente bedroeg 4%.", "rente"),
        ("Bijna 0,6% van het bruto nationaal inkomen gaat naar hulp.", "bruto nationaal inkomen"),
        ("De prijs is met 60 procent gestegen.", ""),
        ("Driekwart van de extreem armen woont op het platteland.", "extreem armen"),
    ],
)
def test_a_share_is_of_something(text: str, nouns: str) -> None:
    assert all(noun.endswith(nouns) for noun in of(text, "noun")[-1:])
    assert bool(nouns) == bool(of(text, "noun")[-1])


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Ten hoogste 20% van de middelen kan buiten de lijst worden ingezet.", "may"),
        ("Ten minste 30% van het budget moet naar klimaat gaan.", "must"),
        ("De partners hebben toegezegd 3 miljard dollar op te brengen.", "intends"),
        ("De inzet zal plaatsvinden in de 12 landen die genoemd zijn.", "is"),
        ("Bedrijven die steun kunnen krijgen zijn met 40% teruggebracht.", "is"),
        ("Er is naar verwachting 9 miljoen euro, waarvan de helft voor onderwijs.", "expects"),
    ],
)
def test_what_is_due_possible_or_promised_is_no_fact(text: str, modality: str) -> None:
    assert of(text, "modality")[-1] == modality


def test_each_figure_has_its_own_subject_and_actor() -> None:
    first, second = said("figures", "75 interviews gingen over UNHCR en ruim 90 over de scholen.")
    assert (first["noun"], second.get("subject")) == (["interviews"], None)
    other = only("Naast onderwijs zijn er vier andere doelstellingen.")
    assert "subject" not in other
    found = said(
        "figures",
        "Het kabinet hield overleg, en een consultatie heeft ideeën opgeleverd van 200 deelnemers.",
    )
    assert all("actor" not in one for one in found)
    several = only("Ongeveer 70% van de opdrachten onder de DRIVE- en D2B-programma’s slaagt.")
    assert several["subject"] == ["drive", "d2b"]
    cut = only("Het kabinet bezuinigt 2 miljard euro op ontwikkelingssamenwerking.")
    assert (cut["actor"], cut["subject"]) == (["cabinet"], ["development-cooperation"])
    assert cut["kind"] == ["Amount"]
    told = only("IOB concludeert dat 17 projecten hun doelen haalden.")
    assert "actor" not in told
    network = only("Het START Netwerk telt 90 nationale en lokale organisaties.")
    assert network["subject"] == ["start-network"]


def test_a_list_of_another_size_is_not_what_is_counted() -> None:
    nine, three = said(
        "figures",
        "In de combinatielanden: Bangladesh, Benin en Ghana. In de 9 combinatielanden gaat het "
        "goed. In de 3 combinatielanden gaat het beter.",
    )
    assert (nine["amount"], nine.get("subject")) == (["9"], None)
    assert (three["amount"], three["subject"]) == (["3"], ["combination-countries"])


@pytest.mark.parametrize(
    "text",
    [
        "Motie De Vries c.s. over steun naar 0,5% van het budget (Kamerstuk 35 925, nr. 46).",
        "Zie ook “Top 10 risks in 50 landen” voor meer.",
        "In Libanon is er één vluchteling op elke 6 inwoners, en per 1.000 inwoners een arts.",
        "Een verhoging van de inzet (+15% variant) is niet aan de orde.",
        "Dat geldt voor wie jonger dan 18 jaar is.",
    ],
)
def test_titles_rates_and_variants_say_nothing(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("In 2021 is 12 miljoen euro begroot en in 2022 15 miljoen euro.", ["2021", "2022"]),
        ("Vanaf 2023 gaat het om 5 miljoen euro, oplopend naar 8 miljoen euro.", ["2023", ""]),
        ("Voor 2024 is 9 miljoen euro begroot.", ["2024"]),
        ("Dit is drie keer zo veel als in 2010.", [""]),
        ("De steun verdubbelt in 2025 omdat nu slechts 20% aankomt.", ["2025", ""]),
    ],
)
def test_a_period_holds_for_its_own_figure_only(text: str, starts: list[str]) -> None:
    assert of(text, "periodStart")[-len(starts) :] == starts[-len(of(text, "periodStart")) :]


def test_currency_and_things_go_on_where_they_are_left_out() -> None:
    money = said("figures", "Er is 55 miljoen euro: 40 miljoen voor noodhulp en 15 miljoen erna.")
    assert [one["unit"] for one in money] == [["eur"]] * 3
    people = said("figures", "Er zijn 5 miljoen kinderen, tegenover 3 miljoen in 2020.")
    assert [one["noun"] for one in people] == [["kinderen"]] * 2
    of_them = said("figures", "Van de 210 aanvragen zijn er 42 toegekend.")
    assert [one["noun"] for one in of_them] == [["aanvragen"]] * 2


def test_a_weight_in_a_list_is_a_share_of_nothing_named() -> None:
    found = said(
        "figures", "Er is gekeken naar:\n\n- de handel met Ghana (60%);\n- de groei (40%).\n"
    )
    assert [one["amount"] for one in found] == [["60"], ["40"]]
    assert not any("subject" in one or "place" in one for one in found)


def test_the_first_part_of_a_compound_is_not_what_is_counted() -> None:
    assert "subject" not in only("De toets kent 17 IOB-stappenkaarten.")


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Van de 3 miljoen leerlingen heeft 20% geen boeken.", ["", "negative"]),
        ("Een op de drie gezinnen is verstoken van drinkwater.", ["negative"]),
        ("Het ontbrak in 2019 een op de zes dorpen aan een school.", ["negative"]),
        ("Drie miljoen mensen, vooral vrouwen, hebben geen toegang tot zorg.", ["negative"]),
        ("Drie miljoen mensen zijn arm, kregen minder steun en konden niet reizen.", [""]),
        ("Nederland stopt niet met steun, maar de inzet komt in 12 landen te liggen.", [""]),
    ],
)
def test_a_denial_is_of_the_figure_that_it_is_said_of(text: str, polarity: list[str]) -> None:
    found = said("figures", text)
    assert [one.get("polarity", [""])[0] for one in found] == polarity


def test_a_multiple_says_of_what_there_is_more() -> None:
    assert only("Er stierven drie keer zoveel kinderen en vrouwen als mannen.")["noun"] == [
        "keer zoveel kinderen en vrouwen"
    ]
    assert figures("De opvang is vier keer zo groot als vroeger.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Nederland verkort de lijst van landen die recht hebben op noodhulp met een derde.",
        "Nederland pleitte voor het minimale belastingtarief van 12%.",
    ],
)
def test_what_only_tells_which_things_are_meant_is_no_subject(text: str) -> None:
    assert "subject" not in only(text)


def test_a_figure_given_without_something_says_so() -> None:
    found = only("Zonder deze steun was het budget voor onderwijs 30 miljoen euro.")
    assert found["condition"] == ["Zonder deze steun"]


def test_what_may_not_be_done_with_a_sum_is_no_possibility_of_the_sum() -> None:
    found = only("De bijdrage is 15 miljoen euro en kan niet worden verhoogd.")
    assert found["modality"] == ["is"]


def test_a_sum_that_rises_from_one_to_another_is_no_range() -> None:
    amounts = [one[1] for one in figures("De steun loopt op van 10 tot 15 miljoen euro.")]
    assert amounts[-1] == "15000000"
    assert all("maximum" not in one for one in said("figures", "Het loopt op van 10 tot 15 mln."))
