"""The language of a document, by the small words it uses."""

from __future__ import annotations

import re

from ingest.document import BlockKind, Document, Found
from ingest.metadata.findings import inferred

_SMALL_WORDS = {
    "nl": "de het een van en dat die voor met aan zijn niet ook wordt door bij naar",
    "en": "the a of and that which for with to are not also is by at on this",
}
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 20  # small words
_MAJORITY = 0.7
_SAMPLE = 30_000  # characters


def language(document: Document) -> list[Found]:
    """Dutch or English; nothing for a short or a mixed text."""
    vocabulary = {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}
    counts = dict.fromkeys(vocabulary, 0)
    best: dict[str, tuple[int, int]] = {}
    seen = 0
    for block in document.of_kind(BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        words = [word.casefold() for word in _WORD.findall(block.text.text[:_SAMPLE])]
        for code, small in vocabulary.items():
            number = sum(word in small for word in words)
            counts[code] += number
            if number > best.get(code, (0, 0))[0]:
                best[code] = (number, block.order)
        seen += len(block.text.text)
        if seen > _SAMPLE:
            break
    code = max(counts, key=lambda one: counts[one])
    total = sum(counts.values())
    if total < _ENOUGH or counts[code] < _MAJORITY * total:
        return []
    block = document.blocks[best[code][1]]
    note = f"{counts[code]} of {total} small words at the beginning are of this language"
    return [inferred("language", code, block.spans()[0], note)]
