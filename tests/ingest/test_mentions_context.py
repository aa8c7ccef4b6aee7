"""Words that name an entity in one place and not in another: the sentence, document or box says."""

from __future__ import annotations

import pytest

from ingest.extract import mentions
from ingest.extract.mentions import gazetteer
from ingest.read import read
from ontology import vocabulary
from ontology.names import Minter

LABELS = gazetteer(vocabulary.load(Minter()))


def named(text: str) -> list[str]:
    """The slugs of what a whole document names, in order."""
    document = read(text.encode(), "brief")
    return [one.found.concept.slug for one in mentions.extract(document, LABELS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wij doen extra investeringen in defensie.", []),
        ("Buitenlandse investeringen namen af.", ["investment"]),
        ("De duurzaamheid van de resultaten is klein.", []),
        ("Duurzaamheid en groei gaan samen.", ["sustainability-transition"]),
        ("Dat leidt alles in goede banen.", []),
        ("Er kwamen duizend banen bij.", ["employment"]),
        ("Preventie van malaria helpt.", []),
        ("Preventie van conflicten helpt.", ["conflict-prevention"]),
        ("Er is water bij de wijn gedaan.", []),
        ("De financiële stabiliteit is groot.", []),
        ("Artikel 1 van de Grondwet telt.", ["constitution"]),
        ("Dat bepaalt artikel 4 van de Woo.", []),
        ("De Eerste Kamer en de Kamer van Koophandel.", ["senate", "chamber-of-commerce"]),
        ("De Amerikaanse ambassade is dicht.", ["USA"]),
        ("De ambassade van Frankrijk is dicht.", ["FRA"]),
        ("De ambassade is dicht.", ["dutch-embassies"]),
        ("Frans Jansen sprak Frans.", ["FRA"]),
        ("De lidstaten van de VN stemden.", ["united-nations"]),
        ("De lidstaten stemden.", ["eu-member-states"]),
        ("De Stichting Water sprak.", []),
        ("De Commissie Mensenrechten sprak.", []),
        ("Een directie met mensenrechten in haar naam.", ["human-rights"]),
        ("Dit bood een snelle, duurzame oplossing voor de haven.", []),
        ("De goederenstromen namen toe.", []),
        ("Het beschermen van goederenstromen telt.", ["protection-of-shipping"]),
        ("De humanitaire nood is hoog.", ["humanitarian-needs"]),
        ("Zij steunen inclusieve politieke processen.", ["inclusive-political-processes"]),
        ("De politie-inzet bij de wedstrijd was groot.", []),
    ],
)
def test_the_words_around_a_name_decide(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "De Landelijke Adviesgroep Gewassen (LAG) sprak. De LAG zweeg daarna.",
            [],
        ),
        (
            "De Local Advisory Group (LAG) sprak. De LAG zweeg daarna.",
            ["local-advisory-group"] * 3,
        ),
        (
            "Het Wereldvoedselprogramma (WVP) kwam. Het WVP bleef.",
            ["wfp"] * 3,
        ),
        (
            "Wij spraken in Kenia (KNA) met het WVP.",
            ["KEN"],
        ),
    ],
)
def test_a_document_explains_its_own_abbreviations(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_a_general_name_needs_the_full_name_elsewhere() -> None:
    assert named("De kwaliteitscriteria zijn streng.") == []
    both = named("De IOB-kwaliteitscriteria zijn nieuw. De kwaliteitscriteria zijn streng.")
    assert both == ["iob-quality-criteria", "iob-quality-criteria"]


def test_a_lasting_solution_is_one_for_refugees_where_the_document_says_so() -> None:
    said = (
        "Duurzame oplossingen voor vluchtelingen zijn schaars. Een duurzame oplossing is terugkeer."
    )
    assert named(said) == ["durable-solutions", "durable-solutions", "return"]


def test_the_ministry_is_the_one_last_named() -> None:
    text = "Het ministerie van Financiën vroeg uitstel. Het ministerie kreeg dat."
    assert named(text) == ["ministry-of-finance", "ministry-of-finance"]
    assert named("Het ministerie kreeg uitstel.") == ["ministry-of-foreign-affairs"]


def test_the_armed_forces_of_another_country_are_not_ours() -> None:
    assert named("De krijgsmacht van Mali oefende.") == ["MLI"]
    assert named("De krijgsmacht oefende.") == ["dutch-armed-forces"]
    abroad = "# Hervormingen in Burundi\n\nDe krijgsmacht oefende met het parlement."
    document = read(abroad.encode(), "nota", "nota.md")
    found = [one.found.concept.slug for one in mentions.extract(document, LABELS)]
    assert found == ["BDI"]
