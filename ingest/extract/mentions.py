"""Mentions: where a document names an actor, instrument, theme, policy area, place or list.

A label written in lower case matches in any case, a label with a capital as it is written; the
longest match wins; a match stands between characters that are neither letters nor digits, and may
carry a genitive 's. See docs/model.md, "Labels".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import ahocorasick
from pyoxigraph import NamedNode

from ingest.document import Block, Document, Range
from ontology.vocabulary import Concept, Vocabulary

TYPES = ("Actor", "Instrument", "Theme", "PolicyArea", "Country", "Region", "CountryList")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})


@dataclass(frozen=True, slots=True)
class Found:
    """A label found in a block's normalised text, ``[start, end)``; ``form`` name or adjective."""

    concept: Concept
    start: int
    end: int
    form: str

    @property
    def range(self) -> Range:
        """Where in the text it was found."""
        return Range(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept named in a block of a document."""

    block: Block
    found: Found

    @property
    def entity(self) -> NamedNode:
        """The concept's IRI."""
        return self.found.concept.iri


@dataclass(frozen=True, slots=True)
class _Pattern:
    concept: Concept
    text: str
    exact: bool
    form: str


class Gazetteer:
    """All labels of a vocabulary's entities, ready to be looked up in running text."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._automaton = ahocorasick.Automaton()
        patterns: dict[str, list[_Pattern]] = {}
        for concept in concepts:
            for pattern in _patterns(concept):
                patterns.setdefault(pattern.text.lower(), []).append(pattern)
        for key in sorted(patterns):
            self._automaton.add_word(key, (len(key), tuple(sorted(patterns[key], key=_looser))))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Found]:
        """The longest, leftmost matches in a normalised text, in order."""
        plain = text.translate(_APOSTROPHES)
        lowered = plain.lower()
        if len(lowered) != len(plain):  # a letter whose lower case is longer would shift offsets
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
        candidates: list[Found] = []
        if not len(self._automaton):
            return candidates
        for last, (length, patterns) in self._automaton.iter(lowered):
            start, end = last + 1 - length, last + 1
            if not _bounded(plain, start, end):
                continue
            written = plain[start:end]
            for pattern in patterns:
                if not pattern.exact or pattern.text == written:
                    candidates.append(Found(pattern.concept, start, end, pattern.form))
                    break
        return _longest(candidates)


def gazetteer(vocabulary: Vocabulary) -> Gazetteer:
    """The gazetteer of everything that can be mentioned.

    The hidden labels of a country list are headings and lead-ins that open it, not its names.
    """
    concepts = vocabulary.of_type(*TYPES)
    return Gazetteer(_named(one) if "CountryList" in one.types else one for one in concepts)


def _named(concept: Concept) -> Concept:
    labels = tuple(label for label in concept.labels if label.role != "hidden")
    return replace(concept, labels=labels)


def extract(document: Document, labels: Gazetteer) -> Iterator[Mention]:
    """The mentions of a document, in reading order."""
    for block in document.blocks:
        addresses = [match.span() for match in _ADDRESS.finditer(block.text.text)]
        for found in labels.find(block.text.text):
            cited = any(start <= found.start < end for start, end in addresses)
            # A web address names whose page is cited; the words in its path mean nothing.
            if not cited or "Actor" in found.concept.types:
                yield Mention(block, found)


def _patterns(concept: Concept) -> Iterator[_Pattern]:
    for label in concept.labels:
        text = label.text.translate(_APOSTROPHES).strip()
        if text:
            form = "adjective" if label.role == "adjective" else "name"
            yield _Pattern(concept, text, text != text.lower(), form)


def _looser(pattern: _Pattern) -> tuple[bool, str]:
    return not pattern.exact, pattern.concept.iri.value


def _bounded(text: str, start: int, end: int) -> bool:
    return (start == 0 or not text[start - 1].isalnum()) and (
        end == len(text) or not text[end].isalnum()
    )


def _longest(candidates: list[Found]) -> list[Found]:
    ordered = sorted(candidates, key=lambda one: (one.start - one.end, one.start))
    taken: list[Found] = []
    covered: set[int] = set()
    for one in ordered:
        places = range(one.start, one.end)
        if covered.isdisjoint(places):
            covered.update(places)
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)
