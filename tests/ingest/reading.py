"""What the tests of reading share: names of the seeds and ways to look into a document."""

from __future__ import annotations

from ingest.document import Block, Document

REACTION = "2023-kabinetsreactie-iob-humanitaire-hulp"
LETTER = "kst-35570-XVII-52"
REPORT = "2025-periodieke-rapportage-artikel-1"
GUIDE = "2014-leidraad-geintegreerde-benadering"
NOTE = "2022-beleidsnota-bhos"

IDENTIFIERS = (REACTION, LETTER, REPORT, GUIDE, NOTE)

Documents = dict[str, Document]


def headings(document: Document) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.title) for s in document.sections]


def titles(document: Document) -> list[str]:
    return [s.title for s in document.sections]


def under(document: Document, title: str, occurrence: int = 0) -> list[Block]:
    """The blocks of a section without its subsections, its heading left out."""
    section = [s for s in document.sections if s.title == title][occurrence]
    return [b for b in document.blocks if b.section == section.order and b.order != section.heading]


def block_with(document: Document, words: str) -> Block:
    found = [b for b in document.blocks if words in b.text.text]
    assert len(found) == 1, f"{words!r} stands in {len(found)} blocks"
    return found[0]


def quotes(document: Document, block: Block) -> list[str]:
    return [document.source.quote(span) for span in block.spans()]


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


def has_letters_of(clean: str, literal: str) -> bool:
    """Whether a clean text has the letters of the literal one, but for ligatures put back."""
    rest = iter(letters(literal))
    wanted = next(rest, "")
    for letter in letters(clean):
        if letter == wanted:
            wanted = next(rest, "")
        elif letter not in "flitjh":
            return False
    return not wanted
