"""All labels of the schemes' entities, looked up in running text.

A label written in lower case matches in any case, a label with a capital as it is written; the
longest match wins; a match stands between characters that are neither letters nor digits, and may
carry a genitive 's. See docs/model.md, "Labels".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import ahocorasick
from pyoxigraph import NamedNode

from ingest.document import Range
from ingest.extract import word_forms
from ontology.vocabulary import Concept, Label, Vocabulary

TYPES = ("Actor", "Instrument", "Theme", "PolicyArea", "Country", "Region", "CountryList")
_COMPOUNDED = frozenset({"Theme", "PolicyArea"})
_SHORTEST_COMPOUNDED = 5
# So long a name is the same name with other spaces and hyphens: "private-sector ontwikkeling".
_SHORTEST_RESPACED = 12
_ARTICLE = re.compile(r"(?:de|het) ")
# "ODA-ontvangende landen" are not about ODA but about who receives it.
_DOING = re.compile(r"-[a-zë]+ende?\b")
_NUMBER_GOES_ON = re.compile(r"\d[.,]\d")  # "artikel 4" is no name of "artikel 4.1"
_SHORTEST_LAST = 4  # "werkgroep en" is no plural
_BREAKS = re.compile(r"[\s-]+")
# A theme or area in the name of a unit or organisation: "Directie Stabiliteit en ...".
_UNIT = re.compile(
    r"(?:afdeling|bureau|centrum|commissie|dienst|directie|instituut|stichting)(?: voor| van)? $",
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})


@dataclass(frozen=True, slots=True)
class Found:
    """A label found in a block's normalised text, ``[start, end)``; ``form`` name or adjective.

    ``general`` says that the words are a general name, which means the concept by context only,
    ``distance`` how far they are from a label: 0 as given, 1 another form, 2 a compound.
    """

    concept: Concept
    start: int
    end: int
    form: str
    general: bool = False
    distance: int = 0

    @property
    def range(self) -> Range:
        """Where in the text it was found."""
        return Range(self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A label to look for; ``derived`` where it is another form of a label that is given."""

    concept: Concept
    text: str
    exact: bool
    form: str
    derived: bool
    compounded: bool
    general: bool

    def found(self, start: int, end: int, compound: bool = False) -> Found:
        distance = 2 if compound else int(self.derived)
        return Found(self.concept, start, end, self.form, self.general, distance)


class Gazetteer:
    """All labels of a vocabulary's entities, ready to be looked up in running text."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        patterns = _by_text(concepts)
        self._words = _automaton(patterns)
        self._respaced = _automaton(_respaced(patterns))
        self._other_senses = {
            one.concept.iri: [re.compile(cue, re.IGNORECASE) for cue in cues]
            for named in patterns.values()
            for one in named
            if (cues := one.concept.texts("otherSense"))
        }

    def find(self, text: str) -> list[Found]:
        """The longest, leftmost matches in a normalised text, in order."""
        plain = text.translate(_APOSTROPHES)
        found = [*self._as_given(plain), *self._in_other_spacing(plain)]
        elsewhere = self._other_senses_in({one.concept.iri for one in found}, plain)
        return longest(
            [
                one
                for one in found
                if not _in_name_of_unit(one, plain)
                and not _within(one, elsewhere.get(one.concept.iri, ()))
            ]
        )

    def _as_given(self, plain: str) -> Iterator[Found]:
        if not len(self._words):
            return
        for last, (length, patterns) in self._words.iter(_lowered(plain)):
            start, end = last + 1 - length, last + 1
            if not _starts(plain, start):
                continue
            bounded = _ends(plain, end)
            longer = None if bounded else word_forms.compound_end(plain, end)
            written = plain[start:end]
            for pattern in patterns:
                if pattern.exact and pattern.text != written:
                    continue
                if bounded:
                    yield pattern.found(start, end)
                    break
                if longer is not None and pattern.compounded:
                    yield pattern.found(start, longer, compound=True)
                    break

    def _in_other_spacing(self, plain: str) -> Iterator[Found]:
        if not len(self._respaced):
            return
        places = [i for i, c in enumerate(plain) if c != "-" and not c.isspace()]
        close = "".join(plain[i] for i in places)
        for last, (length, patterns) in self._respaced.iter(_lowered(close)):
            start, end = places[last + 1 - length], places[last] + 1
            if not (_starts(plain, start) and _ends(plain, end)):
                continue
            if len(_BREAKS.split(plain[start:end])[-1]) < _SHORTEST_LAST:
                continue
            written = close[last + 1 - length : last + 1]
            hyphened = "-" in plain[start:end]
            for pattern in patterns:
                if pattern.exact and _BREAKS.sub("", pattern.text) != written:
                    continue
                if hyphened or _BREAKS.search(pattern.text):
                    yield pattern.found(start, end)
                    break

    def _other_senses_in(
        self, concepts: set[NamedNode], plain: str
    ) -> dict[NamedNode, list[tuple[int, int]]]:
        """The phrases in which labels of these concepts mean something else."""
        return {
            iri: [match.span() for cue in self._other_senses[iri] for match in cue.finditer(plain)]
            for iri in concepts
            if iri in self._other_senses
        }


def gazetteer(vocabulary: Vocabulary) -> Gazetteer:
    """The gazetteer of everything that can be mentioned.

    The hidden labels of a country list are headings and lead-ins that open it, not its names.
    """
    concepts = vocabulary.of_type(*TYPES)
    return Gazetteer(_named(one) if "CountryList" in one.types else one for one in concepts)


def _named(concept: Concept) -> Concept:
    labels = tuple(label for label in concept.labels if label.role != "hidden")
    return replace(concept, labels=labels)


def _by_text(concepts: Iterable[Concept]) -> dict[str, list[_Pattern]]:
    """The patterns by lower-case text; a form derived from a label gives way to a given label."""
    patterns: dict[str, list[_Pattern]] = {}
    for pattern in (one for concept in concepts for one in _patterns(concept)):
        patterns.setdefault(pattern.text.lower(), []).append(pattern)
    return {key: sorted(patterns[key], key=_rank) for key in sorted(patterns)}


def _patterns(concept: Concept) -> Iterator[_Pattern]:
    general = {text.translate(_APOSTROPHES) for text in concept.texts("generalName")}
    for label in concept.labels:
        text = label.text.translate(_APOSTROPHES).strip()
        if not text:
            continue
        exact = text != text.lower()
        form = "adjective" if label.role == "adjective" else "name"
        compounded = not exact and _compounded(concept, label)
        yield _Pattern(concept, text, exact, form, False, compounded, text in general)
        if not exact and label.language == "nl" and not _ARTICLE.match(text):
            for other in word_forms.forms(text):
                yield _Pattern(concept, other, False, form, True, False, text in general)


def _compounded(concept: Concept, label: Label) -> bool:
    return (
        bool(concept.types & _COMPOUNDED)
        and label.role in ("label", "synonym")
        and label.language == "nl"
        and label.text.isalpha()
        and len(label.text) >= _SHORTEST_COMPOUNDED
    )


def _rank(pattern: _Pattern) -> tuple[bool, bool, str]:
    return pattern.derived, not pattern.exact, pattern.concept.iri.value


def _respaced(patterns: dict[str, list[_Pattern]]) -> dict[str, list[_Pattern]]:
    found: dict[str, list[_Pattern]] = {}
    for key, named in patterns.items():
        close = _BREAKS.sub("", key)
        given = [one for one in named if not one.derived]
        if given and len(close) >= _SHORTEST_RESPACED:
            found.setdefault(close, []).extend(given)
    return {key: sorted(found[key], key=_rank) for key in sorted(found)}


def _automaton(patterns: dict[str, list[_Pattern]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for key, named in patterns.items():
        automaton.add_word(key, (len(key), tuple(named)))
    automaton.make_automaton()
    return automaton


def _lowered(plain: str) -> str:
    lowered = plain.lower()
    if len(lowered) != len(plain):  # a letter whose lower case is longer would shift offsets
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    return lowered


def _within(found: Found, phrases: Sequence[tuple[int, int]]) -> bool:
    return any(start <= found.start and found.end <= end for start, end in phrases)


def _in_name_of_unit(found: Found, plain: str) -> bool:
    capital = plain[found.start].isupper() and bool(found.concept.types & _COMPOUNDED)
    return capital and _UNIT.search(plain, max(0, found.start - 20), found.start) is not None


def _starts(text: str, start: int) -> bool:
    return start == 0 or not text[start - 1].isalnum()


def _ends(text: str, end: int) -> bool:
    if end == len(text):
        return True
    goes_on = _NUMBER_GOES_ON.match(text, end - 1) or _DOING.match(text, end)
    return not (text[end].isalnum() or goes_on)


def longest(candidates: list[Found]) -> list[Found]:
    """The longest of those that overlap, the leftmost first among equals, in order."""
    ordered = sorted(candidates, key=lambda one: (one.start - one.end, one.distance, one.start))
    taken: list[Found] = []
    covered: set[int] = set()
    for one in ordered:
        places = range(one.start, one.end)
        if covered.isdisjoint(places):
            covered.update(places)
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)
