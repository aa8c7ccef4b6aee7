"""The abbreviations that a document explains itself: "Geïntegreerd Managementteam (GMT)".

What it explains holds in that document: letters that stand for something unknown are no mention of
what the schemes know by them, and letters that the schemes do not know name what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Block
from ingest.extract.gazetteer import Found
from ontology.vocabulary import Concept

_EXPLAINED = re.compile(
    r" ?\((?:hierna:? |verder:? |afgekort:? )?['‘\"“]?([A-Z][\w&/+-]{1,9})['’\"”]?\)"
)
_WORD = re.compile(r"\w[\w'’]*")
_DUTCH = {"de", "het", "een", "van", "voor", "der", "den", "en", "in", "op", "te", "of"}
_SMALL = _DUTCH | {"the", "for", "and", "on", "to"}
_REACH = 200  # characters in which the words that an abbreviation stands for must be
_ABBREVIATED = frozenset({"Actor", "Instrument"})


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What an abbreviation stands for; no concept where it is something that no scheme knows."""

    concept: Concept | None


class OwnAbbreviations:
    """The abbreviations of one document, read from all its blocks."""

    def __init__(self, named: Sequence[tuple[Block, list[Found]]]) -> None:
        self._meanings: dict[str, _Meaning] = {}
        for block, found in named:
            for letters, meaning in _explained(block.text.text, found):
                self._meanings.setdefault(letters, meaning)
        every = "|".join(sorted(map(re.escape, self._meanings), key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{every})(?!\w)") if every else None

    def applied(self, block: Block, found: Sequence[Found]) -> list[Found]:
        """What was found in a block, its abbreviations as the document explains them."""
        if self._pattern is None:
            return list(found)
        text = block.text.text
        result = [one for one in found if text[one.start : one.end] not in self._meanings]
        for match in self._pattern.finditer(text):
            concept = self._meanings[match.group()].concept
            if concept is not None:
                result.append(Found(concept, match.start(), match.end(), "name"))
        return result


def _explained(text: str, found: Sequence[Found]) -> Iterator[tuple[str, _Meaning]]:
    for match in _EXPLAINED.finditer(text):
        letters = match.group(1)
        if sum(c.isupper() for c in letters) < 2:
            continue
        known = next((one.concept for one in found if one.start == match.start(1)), None)
        before = next((one for one in found if one.end == match.start()), None)
        if before is not None and before.concept.types & _ABBREVIATED:
            if not known and _abbreviates(letters, text[before.start : before.end]):
                yield letters, _Meaning(before.concept)
            continue
        near = text[max(0, match.start() - _REACH) : match.start()]
        words = [word.group().lower() for word in _WORD.finditer(near)]
        if known and _initials(letters, words) and not _ends_a_label(words[-1], known):
            yield letters, _Meaning(None)


def _abbreviates(letters: str, name: str) -> bool:
    """Whether these are letters of the name, in its order, the first one the first of a word."""
    capitals = [c.lower() for c in letters if c.isupper()]
    rest = iter(name.lower())
    starts = {word.group()[0].lower() for word in _WORD.finditer(name)}
    return capitals[0] in starts and all(c in rest for c in capitals)


def _initials(letters: str, words: Sequence[str]) -> bool:
    """Whether the last words begin with these letters, small words left out or not."""
    wanted = [c.lower() for c in letters if c.isalpha()]
    every = words[-2 * len(wanted) :]
    long = [word for word in words[-3 * len(wanted) :] if word not in _SMALL]
    return len(wanted) > 1 and any(
        [word[0] for word in these[-len(wanted) :]] == wanted for these in (every, long)
    )


def _ends_a_label(word: str, concept: Concept) -> bool:
    """Whether a label of the concept ends in this word: the document spells it in its own way."""
    return any(label.text.lower().split()[-1] == word for label in concept.labels)
