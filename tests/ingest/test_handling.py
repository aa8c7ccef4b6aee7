"""Themes handled in a policy area: by a chapter that is on it, not by one that it shares."""

from __future__ import annotations

from ingest.extract import handling, mentions
from ingest.extract.context import Context
from ingest.extract.mentions import gazetteer
from ingest.manifest import load
from ingest.read import read
from ontology import vocabulary
from ontology.names import Minter
from tests.ingest.saying import LETTER

MINTER = Minter()
WORDS = vocabulary.load(MINTER)
LABELS = gazetteer(WORDS)


def handled(text: str, *areas: str, name: str = "brief.md") -> set[tuple[str, ...]]:
    """Entity, area and basis of what a document handles that the manifest gives these areas."""
    entry = load()[LETTER].model_copy(update={"policy_areas": list(areas)})
    document = read(text.encode(), "brief", name)
    found = list(mentions.extract(document, LABELS))
    context = Context(entry, document, WORDS, MINTER, found, LABELS)
    return {
        tuple(value.value.rsplit("/", 1)[-1] for name, value in one.content if name != "heading")
        for one in handling.extract(context)
    }


def test_the_running_text_of_a_chapter_on_one_area_shows_what_is_handled() -> None:
    text = "# Handelsbeleid\n\nWij letten op grondstoffen.\n\n## Digitalisering\n\nDat gaat snel."
    assert handled(text) == {
        ("raw-materials", "trade", "text"),
        ("digitalisation", "trade", "heading"),
    }


def test_in_a_chapter_on_two_areas_the_paragraph_must_name_the_area() -> None:
    text = (
        "# Handel en migratie\n\n"
        "Wij letten op grondstoffen.\n\n"
        "Voor de handel zijn grondstoffen van belang.\n"
    )
    assert handled(text) == {("raw-materials", "trade", "text")}


def test_in_a_chapter_on_an_area_and_an_instrument_too() -> None:
    text = "# De Internationale Veiligheidsstrategie en de handel\n\nWij letten op grondstoffen.\n"
    assert handled(text) == set()


def test_a_paragraph_stays_on_the_area_that_it_named_until_it_names_the_other() -> None:
    text = (
        "# Migratie en opvang in de regio\n\n"
        "Wij werken aan opvang in de regio. Daar hoort onderwijs bij. "
        "Daarnaast is er migratiesamenwerking. Prioriteit is beter grensbeheer.\n"
    )
    assert handled(text) == {
        ("education", "reception-in-the-region", "text"),
        ("migration-cooperation", "migration", "text"),
        ("border-management", "migration", "text"),
    }


def test_a_theme_that_a_heading_joins_to_an_area_shares_the_chapter() -> None:
    text = (
        "# Digitalisering en klimaat\n\n"
        "Voor het klimaat telt hernieuwbare energie. Bij digitalisering gaat het om onderwijs.\n"
    )
    assert handled(text) == {("renewable-energy", "climate", "text")}


def test_an_instrument_of_several_areas_does_not_tell_which_one_a_sentence_is_on() -> None:
    text = "# Internationale rechtsorde en mensenrechten\n\nArtikel 1 helpt bij straffeloosheid.\n"
    assert handled(text) == set()


def test_a_heading_on_a_list_of_countries_handles_its_theme_in_all_areas_of_the_list() -> None:
    text = "# Digitalisering in combinatielanden\n\nWater is schaars. De handel vraagt innovatie.\n"
    assert handled(text) == {
        ("digitalisation", "trade", "heading"),
        ("digitalisation", "development-cooperation", "heading"),
        ("innovation", "trade", "text"),
    }


def test_what_is_left_to_others_is_not_handled() -> None:
    text = (
        "# Ontwikkelingssamenwerking\n\nWij zetten in op water. "
        "Basisonderwijs laat het kabinet over aan andere donoren. "
        "Innovatie valt hier niet onder.\n"
    )
    assert handled(text) == {("water", "development-cooperation", "text")}


def boxed(words: str) -> set[tuple[str, ...]]:
    """What a box handles that stands in a section on global health in a chapter on development."""
    text = (
        "<html><body><main><h1>Brief</h1><h2>Ontwikkelingssamenwerking</h2>"
        "<h3>Mondiale gezondheid</h3><p>Dat is van belang.</p>"
        f"<aside><h4>Een dilemma</h4><p>{words}</p></aside></main></body></html>"
    )
    return {one for one in handled(text, name="brief.html") if one[2] == "text"}


def test_a_box_is_on_the_area_of_a_section_only_if_it_names_it() -> None:
    assert boxed("Er is een tekort aan water.") == {("water", "development-cooperation", "text")}
    assert ("water", "global-health", "text") in boxed("Mondiale gezondheid vraagt om water.")


def test_a_document_on_two_areas_does_not_handle_one_in_the_other() -> None:
    text = "# Brief\n\nHandel en migratie gaan samen. Innovatie helpt de handel.\n"
    assert handled(text, "trade", "migration") == {
        ("innovation", "trade", "text"),
    }


def test_a_country_between_an_instrument_and_an_area_does_not_hide_that_they_are_joined() -> None:
    text = "# De Internationale Veiligheidsstrategie en de Nederlandse handel\n\nGrondstoffen.\n"
    assert handled(text) == set()


def test_a_list_of_abbreviations_handles_nothing() -> None:
    text = "# Handel\n\n## Afkortingenlijst\n\nImvo: over grondstoffen en onderwijs.\n"
    assert handled(text) == set()


def test_a_word_that_begins_with_an_area_names_it() -> None:
    text = (
        "# Migratie en mensenrechten\n\n"
        "Wij werken aan migratie. De mensenrechtenprioriteiten raken ook het onderwijs.\n"
    )
    assert handled(text) == {("education", "human-rights", "text")}


def test_what_stands_in_brackets_behind_an_area_belongs_to_that_area() -> None:
    text = "# Handel en migratie\n\nWij doen aan handel (onderwijs) en aan migratie.\n"
    assert handled(text) == {("education", "trade", "text")}


def test_what_fell_elsewhere_before_is_no_part_of_the_area() -> None:
    text = "# Handel\n\nDe uitgaven voor onderwijs vielen tot 2019 onder een ander artikel.\n"
    assert handled(text) == set()
