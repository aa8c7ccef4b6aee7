"""Finding questions by a user's own words, in Dutch or English.

Words are compared by their stems (https://snowballstem.org). A rare word weighs more than one that
many questions have, and a word in the title more than one in the description; a title that is
nearly what was asked goes first. Parts of Dutch compounds count in part (*lijst* in *landenlijst*),
and so does a stem that a word was probably meant to be.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from math import log

import snowballstemmer

from queries.catalogue import SavedQuery
from queries.entities import folded

_ALGORITHMS = {"nl": "dutch", "en": "english"}
_TITLE, _KEYWORD, _DESCRIPTION, _FAMILY = 6.0, 4.0, 1.5, 1.0

LONGEST = 300  # characters of what is looked for
_MOST_WORDS = 20
_NEAREST = 3  # stems that a mistyped word may stand for
_LIKE = 0.84  # of difflib’s ratio, from 0 to 1: one letter left out, or another in a longer word
_COMPOUND = 0.5  # what a part of a compound counts for
_PART = 4  # letters that a part has at least
_TAIL = 0.05  # of the best score; what scores less is not worth showing

# Words that say nothing of the subject. Those that deny do: "niet", "geen", "zonder", "not".
_SMALL_WORDS = {
    "nl": (
        "aan al alle als bij dan dat de deze die dit door een en er gaat had heb heeft hebben het "
        "hij hoe hun ik in is kan kunnen me met mij mijn moet na naar nu of om ook onder ons onze "
        "op over te tot tussen uit van vanaf veel voor waar waarin waarom waarop waarvan wanneer "
        "was wat we wel welk welke wie wij wil worden wordt zal ze zich zien zij zijn zo"
    ),
    "en": (
        "a about all also an and any are as at be been by can did do does for from had has have "
        "how i in into is it its me my of on or our say says see show that the their them there "
        "these they this those to us was we were what when where which who whom whose why will "
        "with would you"
    ),
}
_SMALL = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_WORD = re.compile(r"[a-z0-9]+")
_POSSESSIVE = re.compile(r"['’]s\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A question that was found; a higher ``score`` is a better match."""

    query: SavedQuery
    score: float


def search(
    catalogue: Mapping[str, SavedQuery], words: str, language: str | None = None
) -> list[Found]:
    """The questions that the words may mean, best first; none where no word is known.

    Without a ``language`` the words may be of either, or of both.
    """
    return Index(catalogue).search(words, language)


class Index:
    """The words of a catalogue's questions; to be made once where many searches are done."""

    def __init__(self, catalogue: Mapping[str, SavedQuery]) -> None:
        self._queries = tuple(catalogue.values())
        self._languages = {language: _Language(self._queries, language) for language in _ALGORITHMS}

    def search(self, words: str, language: str | None = None) -> list[Found]:
        """The questions that the words may mean; see :func:`search`."""
        chosen = [language] if language in self._languages else list(self._languages)
        scores: dict[int, float] = {}
        for one in chosen:
            for place, score in self._languages[one].scores(words[:LONGEST]).items():
                scores[place] = max(score, scores.get(place, 0.0))
        best = max(scores.values(), default=0.0)
        return [
            Found(self._queries[place], score)
            for place, score in sorted(scores.items(), key=lambda one: (-one[1], one[0]))
            if score >= best * _TAIL
        ]


class _Language:
    """The stems of every question in one language, with what each weighs there."""

    def __init__(self, queries: Iterable[SavedQuery], language: str) -> None:
        self._language = language
        self._titles: list[frozenset[str]] = []
        self._holders: dict[str, dict[int, float]] = {}
        for place, query in enumerate(queries):
            self._titles.append(_all_stems(query.title.in_language(language), language))
            for text, weight in _fields(query, language):
                for stem in set(_stems(text, language)):
                    weights = self._holders.setdefault(stem, {})
                    weights[place] = weights.get(place, 0.0) + weight
        self._stems = sorted(self._holders)

    def scores(self, words: str) -> dict[int, float]:
        """The score of each question that has one of the words, by its place."""
        wanted = list(dict.fromkeys(_stems(words, self._language)))[:_MOST_WORDS]
        scores: defaultdict[int, float] = defaultdict(float)
        matched: Counter[int] = Counter()
        for stem in wanted:
            for place, score in self._of_stem(stem).items():
                scores[place] += score
                matched[place] += 1
        said = _all_stems(words, self._language)
        return {
            # A question with all the words goes before one with a single rare word.
            place: score * matched[place] / len(wanted) * (1 + _overlap(said, self._titles[place]))
            for place, score in scores.items()
        }

    def _of_stem(self, wanted: str) -> dict[int, float]:
        """What one word counts for in each question: by the best of the stems it may be."""
        found: dict[int, float] = {}
        for stem, likeness in self._meant(wanted):
            holders = self._holders[stem]
            rarity = log(1 + len(self._titles) / len(holders))
            for place, weight in holders.items():
                found[place] = max(found.get(place, 0.0), weight * rarity * likeness)
        return found

    def _meant(self, wanted: str) -> Iterator[tuple[str, float]]:
        exact = wanted in self._holders
        if exact:
            yield wanted, 1.0
        related = [stem for stem in self._stems if stem != wanted and _is_part(wanted, stem)]
        yield from ((stem, _COMPOUND) for stem in related)
        if not exact and not related and len(wanted) >= _PART:
            for stem in get_close_matches(wanted, self._stems, _NEAREST, _LIKE):
                yield stem, SequenceMatcher(None, wanted, stem).ratio() ** 2


def _fields(query: SavedQuery, language: str) -> Iterator[tuple[str, float]]:
    yield query.title.in_language(language), _TITLE
    yield " ".join(query.keywords.get(language, ())), _KEYWORD
    yield query.description.in_language(language), _DESCRIPTION
    family = query.family
    yield family.title.in_language(language), _FAMILY
    yield family.description.in_language(language), _FAMILY / 2


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How far two sets of stems are the same, from 0 to 1."""
    return len(one & other) / len(one | other)


def _is_part(one: str, other: str) -> bool:
    """Whether the shorter of two stems begins or ends the longer one."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _PART and (long.startswith(short) or long.endswith(short))


def _words(text: str) -> list[str]:
    return _WORD.findall(_POSSESSIVE.sub("", folded(text)))


def _stems(text: str, language: str) -> list[str]:
    """The stems of the words that say something, in their order."""
    small = _SMALL[language]
    return [_stem(word, language) for word in _words(text) if word not in small]


def _all_stems(text: str, language: str) -> frozenset[str]:
    """The stems of all words, also of the small ones."""
    return frozenset(_stem(word, language) for word in _words(text))


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    # A stemmer of its own for each word: one that is shared is not safe between threads.
    return str(snowballstemmer.stemmer(_ALGORITHMS[language]).stemWord(word))
