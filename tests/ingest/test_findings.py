"""Findings: what a speaker establishes, with polarity and factor."""

from __future__ import annotations

import pytest

from tests.ingest.saying import said


def polarity(text: str) -> list[str]:
    return [one.get("polarity", ["none"])[0] for one in said("findings", text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De toegang tot krediet is in veel landen beperkt.", "negative"),
        ("Een gezamenlijke strategie ontbreekt.", "negative"),
        ("De hervorming stuit op weerstand van lokale besturen.", "negative"),
        ("De resultaten zijn nog niet in zicht.", "negative"),
        ("De coördinatie blijft een grote uitdaging.", "negative"),
        ("De aanpak was niet effectief.", "negative"),
        ("De samenwerking met gemeenten was succesvol.", "positive"),
        ("De betrokkenheid van burgers bleek de sleutel tot succes.", "positive"),
        ("De evaluatie laat zien dat boeren meer verdienen.", "none"),
        ("Het aantal aanvragen is sinds 2015 sterk toegenomen.", "none"),
        ("Het tekort aan artsen vormde geen belemmering.", "none"),
        ("De regels ondermijnen de markt niet.", "none"),
        ("De schade is niet beperkt.", "none"),
        ("De schade is beperkt.", "none"),
        ("De jaarlijkse budgetten zijn beperkt en gaan naar enkele scholen.", "none"),
        ("Het fonds is relatief beperkt van omvang.", "none"),
        ("De budgetten zijn beperkt en de aansturing ontbreekt.", "negative"),
        ("Waar de provincie soms tekort schoot, boden dorpen hulp die effectief was.", "positive"),
        ("Hoewel de start succesvol was, ontbreekt een gezamenlijk plan.", "negative"),
        ("De bouw was weliswaar succesvol, maar het onderhoud bleef achter.", "negative"),
        ("De grootste uitdaging is om de scholen open te houden.", "none"),
        ("De bouw was succesvol, maar het onderhoud bleef achter.", "none"),
        ("De kosten konden niet worden vastgesteld.", "negative"),
        ("De hervorming is maar gedeeltelijk geslaagd.", "none"),
        ("De dorpen zijn afhankelijk van regen.", "none"),
        ("Het is niet eenvoudig de oogst te meten.", "negative"),
        ("Uit de cijfers blijkt dat de regeling doelmatig is.", "positive"),
    ],
)
def test_a_judgment_has_its_polarity(text: str, expected: str) -> None:
    assert polarity(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Is de aanpak effectief?",
        "Nederland moet de beperkte capaciteit vergroten.",
        "De aanpak zou effectief moeten zijn.",
        "Het kabinet zet in op het tegengaan van versnippering.",
        "Om versnippering te voorkomen wordt de steun gebundeld.",
        "Het doel is dat geen project mislukt door gebrek aan geld.",
        "Dit hoofdstuk laat zien hoe het fonds werkt.",
        "Zie de evaluatie.",
        "“Gebrek aan water”",
        "Het ministerie heeft vijf scholen gebouwd.",
        "The evaluation shows that the results of the programme are limited.",
        "Het dorp volgt het weer, en als de oogst verslechtert verkopen boeren hun vee.",
        "De handel mag niet ten koste gaan van boeren.",
        "Nederland droeg 3 miljoen euro bij aan de bouw van scholen.",
        "Het beleid is vastgelegd in de Kamerbrief van 3 maart 2015.",
        "In 2019 adviseerde de IOB om de aansturing van het fonds te verbeteren.",
    ],
)
def test_a_plan_a_norm_a_question_or_a_title_is_no_finding(text: str) -> None:
    assert said("findings", text) == []


def test_what_helped_and_what_hindered_is_a_factor() -> None:
    (hindered,) = said("findings", "De snelle roulatie van personeel belemmerde de uitvoering.")
    assert (hindered["factor"], hindered["polarity"]) == (["hindering"], ["negative"])
    (helped,) = said("findings", "De steun van de ambassade droeg sterk bij aan het akkoord.")
    assert (helped["factor"], helped["polarity"]) == (["supporting"], ["positive"])


def test_an_evaluator_s_view_is_its_own_also_where_another_reports_it() -> None:
    (verdict,) = said("findings", "De IOB is kritisch over de aansturing van het fonds.")
    assert verdict["speaker"] == ["iob"]
    (advice,) = said("findings", "IOB stelt dat Nederland meer zou moeten samenwerken.")
    assert (advice["speaker"], advice["modality"]) == (["iob"], ["recommends"])


def test_what_may_be_is_not_what_is() -> None:
    (may,) = said("findings", "Een te sterke focus op cijfers kan de kwaliteit belemmeren.")
    assert may["modality"] == ["may"]
    (will,) = said("findings", "De armste landen zullen hierdoor hard geraakt worden.")
    assert will["modality"] == ["expects"]
    (able,) = said("findings", "De IOB stelt dat de provincie meer scholen kan bouwen.")
    assert able["modality"] == ["may"]
    (known,) = said("findings", "De ervaring leert dat, ook na herstel, schade kan optreden.")
    assert known["modality"] == ["may"]
    (part,) = said(
        "findings", "Er zijn dorpen waar vakbonden een positieve bijdrage kunnen leveren."
    )
    assert part["modality"] == ["may"]


def test_the_condition_of_a_finding_is_kept() -> None:
    text = "De boeren zijn optimistisch over de oogst, als de regen op tijd valt."
    (finding,) = said("findings", text)
    assert finding["condition"] == ["als de regen op tijd valt"]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "De oogst neemt toe als meer boeren, ook in de bergen, samenwerken met scholen.",
            "als meer boeren, ook in de bergen, samenwerken met scholen",
        ),
        (
            "De ervaring leert dat steun pas helpt wanneer de dorpen worden gehoord en deze zelf "
            "mogen kiezen.",
            "wanneer de dorpen worden gehoord en deze zelf mogen kiezen",
        ),
        (
            "De ervaring laat zien dat hulp alleen effectief is als de wegen, bruggen en havens "
            "samen worden hersteld en dat haast niet helpt.",
            "als de wegen, bruggen en havens samen worden hersteld",
        ),
    ],
)
def test_a_condition_is_kept_whole(text: str, condition: str) -> None:
    (finding,) = said("findings", text)
    assert finding["condition"] == [condition]


def test_the_source_of_a_quotation_is_not_what_it_is_about() -> None:
    text = "“The roads of the province are in a poor state and the bridges too”, p. 4, IOB rapport."
    (finding,) = said("findings", text)
    assert "about" not in finding


def test_what_an_evaluator_is_quoted_with_in_english_is_its_finding() -> None:
    text = "“The roads of the province are in a poor state and the bridges too”, p. 4, IOB rapport."
    (finding,) = said("findings", text)
    assert finding["speaker"] == ["iob"]
