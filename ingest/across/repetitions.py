"""What a later document says again in nearly the same words, and answers to what was repeated."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from pyoxigraph import NamedNode

from ingest.across.linking import Reason, Thread, graded
from ingest.across.said import Reading, Said
from ingest.statement import Rule
from ingest.text.wording import likeness, shared_phrase, shingles, telling

RULE = Rule("repetitions", 1)

KINDS = (
    "Recommendation",
    "Commitment",
    "Announcement",
    "Target",
    "Result",
    "Position",
    "Finding",
    "Allocation",
    "Definition",
)
_ALIKE = 0.8  # word for word
_TELLING = 6  # words that tell something, without which a sentence says too little
_USUAL = 6  # documents that share a run of words before it counts as a usual phrase
_SHOWN = 90  # characters of a shared phrase


def threads(reading: Reading) -> Iterator[Thread]:
    """Repetitions, and the answers that a repeated recommendation got in the later document."""
    again = list(_repeated(_one_a_place(reading.said(*KINDS))))
    answers = _answers(reading)
    for one, other, alike in again:
        phrase = shared_phrase(one.text, other.text)
        confidence = graded("0.7", alike)
        both = one.things("about", "subject") & other.things("about", "subject")
        yield Thread("repetition", (one, other), _same_words(phrase), confidence, RULE, both)
        for answer in answers.get(other.node, []) if one.source.before(other.source) else []:
            why = _answered(phrase)
            yield Thread("answer", (one, answer), why, confidence, RULE, both)


def _one_a_place(found: list[Said]) -> list[Said]:
    """Of the statements read from the same place, the one of the kind that tells most."""
    best: dict[tuple[NamedNode, ...], Said] = {}
    for one in sorted(found, key=lambda one: (_rank(one), one.node.value)):
        best.setdefault(one.evidence, one)
    return sorted(best.values(), key=lambda one: one.order)


def _rank(said: Said) -> int:
    return min(number for number, kind in enumerate(KINDS) if kind in said.kinds)


def _repeated(found: list[Said]) -> Iterator[tuple[Said, Said, float]]:
    """Pairs of nearly equal statements of successive documents."""
    pairs: set[tuple[int, int]] = set()
    sharing: dict[tuple[str, ...], list[int]] = {}
    for number, one in enumerate(found):
        if len(telling(one.text)) >= _TELLING:
            for shingle in shingles(one.text):
                sharing.setdefault(shingle, []).append(number)
    for numbers in sharing.values():
        documents = {found[number].source.node for number in numbers}
        if 1 < len(documents) <= _USUAL and len(numbers) <= _USUAL * 2:
            pairs.update(
                (a, b)
                for a, b in combinations(sorted(numbers), 2)
                if found[a].source.node != found[b].source.node
            )
    alike = {(a, b): likeness(found[a].text, found[b].text) for a, b in pairs}
    taken: set[tuple[int, NamedNode]] = set()
    for (a, b), degree in sorted(alike.items(), key=lambda item: (-item[1], item[0])):
        ends = {(a, found[b].source.node), (b, found[a].source.node)}
        if degree >= _ALIKE and not ends & taken:
            taken |= ends
            yield found[a], found[b], degree


def _answers(reading: Reading) -> dict[NamedNode, list[Said]]:
    """The responses to each recommendation."""
    found: dict[NamedNode, list[Said]] = {}
    for response in reading.said("Response"):
        for recommendation in response.things("respondsTo"):
            found.setdefault(recommendation, []).append(response)
    return found


def _same_words(phrase: str) -> Reason:
    return Reason(
        f"Beide documenten zeggen dit in (bijna) dezelfde woorden: ‘{_cut(phrase)}’.",
        f"Both documents say this in (nearly) the same words: ‘{_cut(phrase)}’.",
    )


def _answered(phrase: str) -> Reason:
    return Reason(
        f"Het latere document herhaalt de aanbeveling (‘{_cut(phrase)}’) en reageert erop.",
        f"The later document repeats the recommendation (‘{_cut(phrase)}’) and responds to it.",
    )


def _cut(phrase: str) -> str:
    return phrase if len(phrase) <= _SHOWN else phrase[:_SHOWN].rsplit(" ", 1)[0] + " …"
