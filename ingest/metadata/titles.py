"""The title of a document that is not a letter: what stands first and looks like one."""

from __future__ import annotations

from ingest.document import Block, BlockKind, Document, Found
from ingest.metadata.dates import only_date
from ingest.metadata.findings import stated
from ingest.metadata.parliamentary import is_number_line
from ingest.structure.headings import is_named_chapter, number_mark

_AMONG = 6  # blocks
_LONGEST = 250  # characters
_LONG_TEXT = 250  # characters: the text has begun


def first_title(document: Document) -> list[Found]:
    """The first heading above the text that is no chapter of it."""
    for block in document.blocks[:_AMONG]:
        text = block.text.text
        if block.kind is BlockKind.HEADING:
            if is_number_line(text):
                continue
            if _is_title(block):
                return [stated("title", text, block.spans()[0])]
            return []
        if len(text) > _LONG_TEXT or block.kind is not BlockKind.PARAGRAPH:
            return []
    return []


def _is_title(block: Block) -> bool:
    text = block.text.text
    if block.marker or len(text) > _LONGEST or not any(c.isalpha() for c in text):
        return False
    name = text.partition(":")[0]
    return not (is_named_chapter(name) or number_mark(text) or only_date(text))


def opening_words(document: Document) -> list[Block]:
    """The short blocks above the text: title, subtitle, series."""
    found: list[Block] = []
    for block in document.blocks[:_AMONG]:
        if len(block.text.text) > _LONG_TEXT or block.marker:
            break
        found.append(block)
    return found
