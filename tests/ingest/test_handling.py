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


def handled(text: str, *areas: str) -> set[tuple[str, ...]]:
    """Entity, area and basis of what a document handles that the manifest gives these areas."""
    entry = load()[LETTER].model_copy(update={"policy_areas": list(areas)})
    document = read(text.encode(), "brief", "brief.md")
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


def test_a_document_on_two_areas_does_not_handle_one_in_the_other() -> None:
    text = "# Brief\n\nHandel en migratie gaan samen. Innovatie helpt de handel.\n"
    assert handled(text, "trade", "migration") == {
        ("innovation", "trade", "text"),
        ("innovation", "migration", "text"),
    }
