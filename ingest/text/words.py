"""Which words a document uses, as evidence for mending words that its extraction broke."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from ingest.document import Line

# A word, unless a hyphen follows: then it is broken at the line end, or suspended ("handels- en").
_WORD = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)(?>[^\W\d_]+(?:-[^\W\d_]+)*)(?!-)")
_SOFT_HYPHENS = re.compile("[\u00ad\u00ac]")
_BREAKS = "-\u00ad\u00ac"
_BROKEN_END = re.compile(rf"([^\W\d_]+)[{_BREAKS}]$")
_END_WORD = re.compile(r"(?<![\w-])[^\W\d_]+$")
_END_LETTERS = re.compile(r"[^\W\d_]+$")
_START_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 80  # letters
_PREFIX = re.compile(r"on|ont|her|be|ge|mis|wan|oer|inter|multi|anti")  # none stands alone
_AFTER_LETTERS = "\uffff"
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
_MINIMUM_FRONTS = 3
_MINIMUM_HEADS = 2
_RARE = 2  # times that the front of a compound may stand by itself
_LIGATURES = ("ffi", "ffl", "ff", "fi", "fl", "fj", "ft", "tt", "ti")  # a font's single signs
_REPLACEMENT = "\ufffd"
_LONG_ENOUGH = 6  # letters; a shorter word may well be one by itself


class Vocabulary:
    """The words of one document, in lower case, and which of them stand alone."""

    def __init__(self, lines: Sequence[Line]) -> None:
        filled = [line.text for line in lines if line.text.strip()]
        text = _SOFT_HYPHENS.sub("", "\n".join(filled))
        self._words: Counter[str] = Counter()
        self._hyphenated: Counter[str] = Counter()
        self._last_two: set[tuple[str, str]] = set()  # of the words with hyphens in them
        for word, count in Counter(map(str.lower, _WORD.findall(text))).items():
            self._count(word, count)
        self._rejoined = set(_rejoined(filled))  # words seen only across a line end, so far
        self._together = {*self._words, *self._rejoined}
        self._pairs = _pairs(text, self._together)
        self._fronts: Counter[str] = Counter()
        self._rests: Counter[str] = Counter()
        for (front, rest), count in self._pairs.items():
            self._fronts[front] += count
            self._rests[rest] += count
        self._sorted = sorted(self._together)
        self.lost_hyphens = self._lost_hyphens()
        self.linked_fronts = self._linked_fronts()
        self.lost_ligatures = self._lost_ligatures()

    def ligature(self, word: str) -> tuple[int, str]:
        """Where a word lost a ligature, and its letters; ("" if it lost none that we know).

        Either a replacement character stands in its place, or nothing does ("conict").
        """
        word = word.lower()
        if _REPLACEMENT not in word:
            return self.lost_ligatures.get(word, (0, ""))
        found = (x for x in _LIGATURES if self.is_known(word.replace(_REPLACEMENT, x)))
        return word.index(_REPLACEMENT), next(found, "")

    def _lost_ligatures(self) -> dict[str, tuple[int, str]]:
        """Words that are another, no rarer word of the document without its ligature."""
        lost: dict[str, tuple[int, str]] = {}
        for whole, count in self._words.items():
            if "f" not in whole:
                continue
            for letters in _LIGATURES[:5]:
                at = whole.find(letters, 1)
                broken = whole[:at] + whole[at + len(letters) :]
                if at > 0 and len(broken) >= _LONG_ENOUGH and 0 < self._words[broken] <= count:
                    lost.setdefault(broken, (at, letters))
        return lost

    def hyphenated(self, word: str) -> str:
        """A title's word with the hyphen that the document mostly writes it with ("" if none).

        Capitals glued to small letters ("EUverband") always lost one.
        """
        whole = self.lost_hyphens.get(word.lower(), "")
        front = word[: whole.find("-")]
        glued = len(front) > 1 and front.isupper() and word[len(front) :].islower()
        usual = self._hyphenated[whole] >= self._words[word.lower()]
        return whole if whole and (glued or usual) else ""

    def _lost_hyphens(self) -> dict[str, str]:
        """Words that the document writes with a hyphen and without, by how they look without."""
        together = {word.replace("-", ""): word for word in self._hyphenated}
        return {word: hyphenated for word, hyphenated in together.items() if word in self._words}

    def _count(self, word: str, count: int) -> None:
        parts = word.split("-")
        for part in parts:
            self._words[part] += count
        if len(parts) > 1:
            self._hyphenated[word] += count
            self._last_two.add((parts[-2], parts[-1]))

    def occurs(self, word: str) -> bool:
        """Whether the word is used somewhere in the document, in one piece."""
        return word.lower() in self._words

    def is_known(self, word: str) -> bool:
        """Whether the word, or its uninflected form, is used, be it over a line end."""
        word = word.lower()
        return word in self._together or word.removesuffix("e") in self._together

    @property
    def together(self) -> Set[str]:
        """All words of the document in one piece, be it over a line end."""
        return self._together

    def is_prefixed(self, front: str, rest: str) -> bool:
        """Whether a word lost its prefix, as in "on duidelijk"; ``rest`` is used without it."""
        return bool(_PREFIX.fullmatch(front)) and len(rest) >= _NOUN_LENGTH and self.occurs(rest)

    def is_linked_front(self, front: str, rest: str) -> bool:
        """Whether the front of a compound stands by itself, as in "financierings tekort"."""
        if front not in self.linked_fronts or len(rest) <= _REST_LENGTH:
            return False
        return not _PARTICLE.fullmatch(rest)

    def _linked_fronts(self) -> frozenset[str]:
        """Fronts of compounds: they end in the linking s, and are no words by themselves."""
        return frozenset(
            word
            for word in self._together
            if word.endswith("s")
            and len(word) >= _NOUN_LENGTH
            and word[:-1] in self._words
            and self._words[word] - self._fronts[word] <= _RARE
            and self._compounds(word) >= _MINIMUM_FRONTS
        )

    def are_nouns(self, front: str, rest: str) -> bool:
        """Whether two words often begin and end compounds: where a line ended, they form one."""
        front, rest = front.lower(), rest.lower()
        if min(len(front), len(rest)) <= _NOUN_LENGTH:
            return False
        if self._compounds(front) < _MINIMUM_COMPOUNDS:
            return False
        heads = sum(len(word) > len(rest) + 3 and word.endswith(rest) for word in self._words)
        return heads >= _MINIMUM_HEADS

    def occurs_hyphenated(self, first: str, second: str) -> bool:
        """Whether the two parts are used somewhere with a hyphen between them, on one line."""
        return (first.lower(), second.lower()) in self._last_two

    def was_split(self, front: str, rest: str) -> bool:
        """Whether two words in a row are one word that the extraction split.

        The joined word must occur. Then the front half must be no word by itself ("oo k"), or a
        compound's front with its linking s ("ontwikkelings samenwerking"), or a noun that often
        begins compounds ("klimaat financiering") when the joined word is the usual one.
        """
        front, rest = front.lower(), rest.lower()
        is_word = self._words[rest] > self._rests[rest]
        known = front + rest in self._together
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
        first = bisect_left(self._sorted, front)
        end = bisect_left(self._sorted, front + _AFTER_LETTERS)
        return sum(len(word) > len(front) + 3 for word in self._sorted[first:end])


def alone_at_end(text: str) -> str:
    """The word with which a text without spaces ends, if no hyphen or digit is glued to it."""
    match = _END_WORD.search(text[-_LONGEST_WORD:])
    return match.group() if match else ""


def alpha_at_start(text: str) -> str:
    """The letters with which a text begins."""
    match = _START_WORD.match(text)
    return match.group() if match else ""


def _rejoined(lines: Sequence[str]) -> Iterator[str]:
    """The words that stand across a line end."""
    for here, following in pairwise(lines):
        if here.rstrip()[-1:] not in _BREAKS:
            continue
        broken = _BROKEN_END.search(here.rstrip()[-_LONGEST_WORD:])
        first = _FIRST_WORD.match(following)
        if broken and first and first[1].islower() and first[1] not in CONJUNCTIONS:
            yield (broken[1] + first[1]).lower()


def _pairs(text: str, words: Set[str]) -> Counter[tuple[str, str]]:
    """How often two words in a row would together form a word of the document."""
    pairs: Counter[tuple[str, str]] = Counter()
    for before, after in pairwise(text.split()):
        if not (after[0].islower() and before[-1].isalpha()):
            continue
        front = before if before.isalpha() else alpha_at_end(before)
        rest = after if after.isalpha() else alpha_at_start(after)
        if (front + rest).lower() in words and rest.islower():
            pairs[front.lower(), rest] += 1
    return pairs


def alpha_at_end(text: str) -> str:
    """The letters with which a text ends."""
    match = _END_LETTERS.search(text[-_LONGEST_WORD:])
    return match.group() if match else ""
