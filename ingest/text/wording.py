"""How alike two passages are in their words, and the words that they share."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_NUMBER = re.compile(r"\d[\d.,]*")
_SHORTEST = 4  # letters of a word that tells what a sentence is about
SHINGLE = 5  # words in a row, by which sentences that may repeat each other are found


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case."""
    return tuple(match.group().lower() for match in _WORD.finditer(text))


@lru_cache(maxsize=65_536)
def telling(text: str) -> frozenset[str]:
    """The words that tell what a text is about: not the short ones, and no numbers."""
    return frozenset(w for w in words(text) if len(w) >= _SHORTEST and not w.isdecimal())


def without_numbers(text: str) -> str:
    """A text with its numbers taken out."""
    return _NUMBER.sub(" ", text)


def overlap(one: str, other: str, beside: frozenset[str] = frozenset()) -> float:
    """The part of the telling words, ``beside`` some, that two texts share, from 0 to 1."""
    a, b = telling(one) - beside, telling(other) - beside
    return len(a & b) / len(a | b) if a and b else 0.0


def likeness(one: str, other: str) -> float:
    """How alike two texts are word for word and in order, from 0 to 1."""
    return SequenceMatcher(None, words(one), words(other), autojunk=False).ratio()


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """All runs of :data:`SHINGLE` words of a text."""
    found = words(text)
    return frozenset(found[i : i + SHINGLE] for i in range(len(found) - SHINGLE + 1))


def shared_phrase(one: str, other: str) -> str:
    """The longest run of words that two texts share, as the second has it."""
    a, b = words(one), words(other)
    match = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    if not match.size:
        return ""
    places = list(_WORD.finditer(other))
    return other[places[match.b].start() : places[match.b + match.size - 1].end()]
