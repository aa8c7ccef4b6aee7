"""Names in a text that no scheme knows: what a curator may have to add to a scheme."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest.document import Block
from ingest.extract.context import Context
from ingest.extract.prose import PROSE

_WORD = r"[A-ZÀ-Þ][\w'’\-]+"
_JOIN = r"(?:van|voor|der|den|de|het|of|the|for|and|on|en)"
_ABBREVIATION = r"\b[A-Z][a-z]{0,2}[A-Z]+[A-Za-z0-9]*\b"
# A single word only where no sentence begins with it, for there any word has a capital.
_NAME = re.compile(
    rf"\b{_WORD}(?: (?:{_JOIN} ){{0,2}}{_WORD})+|{_ABBREVIATION}|(?<=[a-zà-ÿ,;)] ){_WORD}"
)
_NUMERAL = re.compile(r"[IVXLC]+")
_LONGEST = 80  # characters of a name


def unknown_names(context: Context) -> dict[str, int]:
    """The names that are no mention of anything, with their number, most frequent first."""
    blocks = (block for block in context.document.blocks if block.kind in PROSE)
    found = Counter(name for block in blocks for name in _unknown(context, block))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _unknown(context: Context, block: Block) -> Iterator[str]:
    text = block.text.text
    for mention in context.mentions_in(block):
        start, end = mention.found.start, mention.found.end
        text = text[:start] + "_" * (end - start) + text[end:]
    for match in _NAME.finditer(text):
        name = match.group()
        if not _NUMERAL.fullmatch(name) and len(name) <= _LONGEST:
            yield name
