"""Positions: the sentences of an answer that take a stance, and which recommendation they concern.

A sentence concerns a recommendation for certain where it gives its number. Where it shares the
words that set one recommendation apart from the others beside it, the tie is a judgment and said
with its confidence; else there is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log

from pyoxigraph import Literal, NamedNode

from ingest.document import Block, Range
from ingest.extract.circumstances import condition
from ingest.extract.context import Context
from ingest.extract.literals import decimal
from ingest.extract.prose import Content
from ingest.extract.voice import speaker
from ontology.vocabulary import Concept

_AGREES_IN_PASSING = re.compile(r"\bterecht\b|\bkabinet\b", re.IGNORECASE)
_NUMBERS = re.compile(
    r"\baanbeveling(?:en)? (?P<numbers>(?:[ivx]+|\d+|[a-h])\b"
    r"(?:(?:, | en |, en )(?:[ivx]+|\d+|[a-h])\b)*)",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(
    r"\b(?:deze|die) (?:aanbeveling|conclusie|bevinding|observatie|suggestie)\b"
    r"|\bhier(?:aan|in|mee|op)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-zà-ÿ]{5,}")
_STEM = 7
# Words, cut to their stems, that any recommendation or answer may have.
_COMMON = frozenset(
    {"nederla", "kabinet", "aanbeve", "conclus", "ministe", "minder", "worden", "andere", "onder"}
    | {"zoals", "binnen", "tussen", "waarbij", "daarbij", "hierbij", "zonder", "reactie", "nodig"}
    | {"belangr", "specifi", "verschi", "eventue", "mogelij", "wordt", "werken", "alleen", "aantal"}
)
_ON_ADVICE = ("adopted", "partly-adopted", "rejected", "deferred", "already-done", "noted")
_OWN = 0.4  # the largest part of the recommendations that may have a word that sets one apart
_AHEAD = 1.5  # how far a recommendation must be ahead of the next


@dataclass(frozen=True, slots=True)
class Recommended:
    """A recommendation that is answered: its node, its number as printed, its words."""

    node: NamedNode
    number: str
    text: str


def stances(context: Context, block: Block, sentence: Range, voice: NamedNode) -> list[Concept]:
    """The stances that a sentence of an answer takes."""
    text = block.text.text[sentence.start : sentence.end]
    if speaker(context, block, sentence) != voice and not _AGREES_IN_PASSING.search(text):
        return []
    return [
        stance
        for stance in context.vocabulary.in_scheme("stances")
        if any(re.search(cue, text, re.IGNORECASE) for cue in stance.texts("cue"))
    ]


def position(
    stance: Concept, text: str, voice: NamedNode, answered: Sequence[Recommended], likely: str = ""
) -> Content:
    """What a position says: its stance, its condition, and what it answers as far as is known."""
    content: Content = [("stance", stance.iri)]
    held = condition(text)
    if held is not None:
        content.append(("condition", Literal(text[held.start : held.end])))
    content += [("respondsTo", one.node) for one in answered]
    if likely:
        content.append(("confidence", decimal(Decimal(likely))))
    return [*content, ("speaker", voice)]


def tied(
    stance: Concept, text: str, before: str, answered: Sequence[Recommended]
) -> tuple[list[Recommended], str]:
    """Which of several recommendations a sentence concerns, and how likely if it is a judgment.

    What is adopted or deferred is what was advised; what is agreed with may be a mere observation,
    and needs more words in common.
    """
    if len(answered) < 2:
        return [], ""
    if named := _NUMBERS.search(text):
        numbers = re.split(r", en | en |, ", named["numbers"].lower())
        meant = [one for one in answered if one.number.lower() in numbers]
        if len(meant) == len(numbers):
            return meant, ""
    words = _stems(f"{before} {text}" if _REFERS_BACK.search(text) else text)
    spread = Counter(stem for one in answered for stem in _stems(one.text))
    scores: list[tuple[float, int, Recommended]] = []
    for one in answered:
        own = max(1.0, _OWN * len(answered))
        shared = {stem for stem in words & _stems(one.text) if spread[stem] <= own}
        score = sum(log((len(answered) + 1) / spread[stem]) for stem in shared)
        scores.append((score, len(shared), one))
    scores.sort(key=lambda entry: -entry[0])
    best, number, meant_one = scores[0] if scores else (0.0, 0, None)
    on_advice = stance.slug in _ON_ADVICE
    enough = 2 if on_advice else 3
    if meant_one is None or number < enough or best < _AHEAD * scores[1][0]:
        return [], ""
    return [meant_one], "0.7" if on_advice else "0.6"


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower())} - _COMMON
