"""Which words a document uses, as evidence for mending words that its extraction broke."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise, zip_longest

from ingest.document import Line

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_END = re.compile(r"([^\W\d_]+)[-\u00ad\u00ac]\s*$")
_FIRST_WORD = re.compile(r"\s*([^\W\d_]+)")
CONJUNCTIONS = frozenset(
    ["en", "of", "tot", "dan", "als", "noch", "maar", "resp", "respectievelijk", "and", "or"]
)
_NOUN_LENGTH = 6  # letters; shorter words are too often prepositions and adverbs
_PARTICLE = re.compile(
    r"aan|achter|af|al|bij|boven|de|der|die|dit|door|een|er|en|erg|het|hier|hoe|in|mee|met|na|naar"
    r"|nu|of|om|onder|op|over|te|tegen|ten|ter|toe|tot|tussen|uit|van|ver|voor|waar|wat|wel|zo"
)
_REST_LENGTH = 4  # letters; a shorter second half that is a word is a particle or conjunction
_INFLECTED = re.compile(r"[^i]e$")  # an adjective: "korte termijn" is two words
_MINIMUM_COMPOUNDS = 5


class Vocabulary:
    """The words of one document, in lower case, and which of them stand alone."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._words: Counter[str] = Counter()
        self._hyphenated: set[str] = set()
        self._rejoined: set[str] = set()  # words seen only across a line end, so far
        filled = [line.text for line in lines if line.text.strip()]
        for here, following in zip_longest(filled, filled[1:], fillvalue=""):
            self._read(here, following)
        self._pairs = _pairs(" ".join(filled), self._rejoined | self._words.keys())
        self._fronts: Counter[str] = Counter()
        self._rests: Counter[str] = Counter()
        for (front, rest), count in self._pairs.items():
            self._fronts[front] += count
            self._rests[rest] += count

    def _read(self, here: str, following: str) -> None:
        clean = here.replace("\u00ad", "").replace("\u00ac", "")
        broken = _BROKEN_END.search(here)
        for match in _WORD.finditer(clean):
            if clean[match.end() : match.end() + 1] == "-":
                continue  # broken at the line end, or suspended ("handels- en")
            word = match.group().lower()
            if "-" in word:
                self._hyphenated.add(word)
                self._words.update(word.split("-"))
            else:
                self._words[word] += 1
        first = _FIRST_WORD.match(following)
        if broken and first and first[1].islower() and first[1] not in CONJUNCTIONS:
            self._rejoined.add((broken[1] + first[1]).lower())

    def occurs(self, word: str) -> bool:
        """Whether the word is used somewhere in the document, in one piece."""
        return word.lower() in self._words

    def is_known(self, word: str) -> bool:
        """Whether the word, or its uninflected form, is used, be it over a line end."""
        forms = (word.lower(), word.lower().removesuffix("e"))
        return any(form in self._words or form in self._rejoined for form in forms)

    def occurs_hyphenated(self, first: str, second: str) -> bool:
        """Whether the two parts are used somewhere with a hyphen between them, on one line."""
        pair = f"{first}-{second}".lower()
        return any(pair == word or word.endswith("-" + pair) for word in self._hyphenated)

    def was_split(self, front: str, rest: str) -> bool:
        """Whether two words in a row are one word that the extraction split.

        The joined word must occur. Then the front half must be no word by itself ("oo k"), or a
        compound's front with its linking s ("ontwikkelings samenwerking"), or a noun that often
        begins compounds ("klimaat financiering") when the joined word is the usual one.
        """
        front, rest = front.lower(), rest.lower()
        is_word = self._words[rest] > self._rests[rest]
        known = front + rest in self._words or front + rest in self._rejoined
        if not known or _PARTICLE.fullmatch(front) or (is_word and len(rest) < _REST_LENGTH):
            return False
        alone = self._words[front] - self._fronts[front]
        if alone <= 0:
            return not (is_word and _INFLECTED.search(front))
        if front.endswith("s") and front[:-1] in self._words:
            return alone <= self._fronts[front]
        return (
            len(front) >= _NOUN_LENGTH
            and len(rest) > _NOUN_LENGTH
            and self._words[front + rest] >= 2 * self._pairs[front, rest]
            and self._compounds(front) >= _MINIMUM_COMPOUNDS
        )

    def _compounds(self, front: str) -> int:
        """How many different longer words begin with the word."""
        return sum(len(w) > len(front) + 3 and w.startswith(front) for w in self._words)


def _pairs(text: str, words: Set[str]) -> Counter[tuple[str, str]]:
    """How often two words in a row would together form a word of the document."""
    pairs: Counter[tuple[str, str]] = Counter()
    tokens = list(re.finditer(r"[^\W\d_]+", text))
    for first, second in pairwise(tokens):
        if text[first.end() : second.start()].isspace():
            together = (first.group() + second.group()).lower()
            if together in words and second.group().islower():
                pairs[first.group().lower(), second.group().lower()] += 1
    return pairs
