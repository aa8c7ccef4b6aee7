"""Citations across documents: what refers to a document of the data set, and shared sources.

A citation refers to a document for certain by its official identifier, or by its title in quotes;
a letter of the same kind and day, or an identifier that leaves out the budget chapter, is a
candidate only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pyoxigraph import NamedNode

from ingest.across.linking import CERTAIN, Reason, Thread, in_order
from ingest.across.said import Reading, Said, Source
from ingest.statement import Rule
from ingest.text.wording import words

RULE = Rule("references", 1)

_TITLE_WORDS = 4  # of a title that points to one document by itself
_CANDIDATES = 5  # documents that a citation may mean before it means none in particular
_WIDE = 12  # documents that may cite a source together before it tells nothing of each other
_KINDS = {
    "letter": {"parliamentary-letter", "annex-to-letter"},
    "policy-paper": {"policy-note", "parliamentary-letter"},
    "report": {"evaluation-report", "periodic-report", "advice"},
}
_CHAPTER = re.compile(r"(kst-\d{5})-[IVX]+[A-Z]?(-\d+)")
_DAY = len("2021-01-25")
_EVERYWHERE = frozenset({"web-page", "law", "treaty", "resolution"})
_NUMBERED = re.compile(r"\d{5}")  # an official number, not an author with a year
Found = tuple[Source, Decimal, Reason, str]


def threads(reading: Reading) -> Iterator[Thread]:
    """The threads of all citations."""
    citations = reading.said("Citation")
    facts = _facts(reading)
    known = _Known(list(reading.sources.values()))
    for citation in citations:
        for source, confidence, reason, attribute in known.find(citation):
            own = facts.get((source.node, attribute))
            yield Thread(
                "reference",
                in_order(own, citation) if own else (citation,),
                reason,
                confidence,
                RULE,
                citation.things("about"),
                source,
            )
    yield from _shared(citations)


def _facts(reading: Reading) -> dict[tuple[NamedNode, str], Said]:
    """Where a document states its own number, date or title."""
    found: dict[tuple[NamedNode, str], Said] = {}
    for fact in reading.said("DocumentFact"):
        for attribute in fact.words("attribute"):
            found.setdefault((fact.source.node, attribute), fact)
    return found


class _Known:
    """The documents of the data set by what citations name them with."""

    def __init__(self, sources: list[Source]) -> None:
        self._certain: dict[str, list[Source]] = {}
        self._likely: dict[str, list[Source]] = {}
        self._titles: dict[tuple[str, ...], list[Source]] = {}
        self._days: dict[str, list[Source]] = {}
        for one in sources:
            for name in one.identifiers:
                self._certain.setdefault(name, []).append(one)
                if match := _CHAPTER.fullmatch(name):
                    self._likely.setdefault(match[1] + match[2], []).append(one)
            for name in one.likely:
                self._likely.setdefault(name, []).append(one)
            for title in {part for whole in one.titles for part in _parts(whole)}:
                self._titles.setdefault(title, []).append(one)
            if len(one.issued) == _DAY:
                self._days.setdefault(one.issued, []).append(one)

    def find(self, citation: Said) -> Iterator[Found]:
        """The documents that a citation refers to or may refer to, by the surest way."""
        ways = (self._by_identifier, self._by_title, self._by_day)
        found = next(filter(None, (list(way(citation)) for way in ways)), [])
        if len({source.node for source, *_ in found}) > _CANDIDATES:
            return
        for source, confidence, reason, attribute in found:
            if source.node != citation.source.node:
                yield source, confidence, reason, attribute

    def _by_identifier(self, citation: Said) -> Iterator[Found]:
        for key in citation.words("citationKey"):
            certain = self._certain.get(key, [])
            for one in certain:
                yield one, _sure(certain), _same_number(key), "identifier"
            if not certain:
                for one in self._likely.get(key, []):
                    yield one, Decimal("0.7"), _likely_number(key, one), "identifier"

    def _by_title(self, citation: Said) -> Iterator[Found]:
        if "motion" in _cited_as(citation):
            return
        for title in citation.words("term"):
            found = self._titles.get(words(title), []) if _telling(words(title)) else []
            known = [one for one in found if not citation.source.before(one)]
            for one in known:
                yield one, _sure(known), _same_title(title), "title"

    def _by_day(self, citation: Said) -> Iterator[Found]:
        if citation.words("citationKey"):
            return
        kinds = {kind for cited in _cited_as(citation) for kind in _KINDS.get(cited, ())}
        for day in citation.words("periodStart"):
            found = [one for one in self._days.get(day, []) if one.kind in kinds]
            for one in found:
                sure = Decimal("0.6") if len(found) == 1 else Decimal("0.3")
                yield one, sure, _same_day(day), "date"


def _sure(found: list[Source]) -> Decimal:
    """How sure it is that one of these documents is meant, which bear the same name."""
    return CERTAIN if len(found) == 1 else Decimal("0.5")


def _parts(title: str) -> Iterator[tuple[str, ...]]:
    """A title, and the main title before its colon or dash."""
    for part in (title, *re.split(r"[:–]", title)[:1]):
        found = words(part)
        if _telling(found):
            yield found


def _telling(title: tuple[str, ...]) -> bool:
    return len(title) >= _TITLE_WORDS


def _cited_as(citation: Said) -> set[str]:
    return {one.value.rsplit("/", 1)[-1] for one in citation.things("citationKind")}


def _shared(citations: list[Said]) -> Iterator[Thread]:
    """Documents one after the other that cite the same parliamentary paper or titled report."""
    cited: dict[str, dict[NamedNode, Said]] = {}
    for one in citations:
        for key in _keys(one):
            cited.setdefault(key, {}).setdefault(one.source.node, one)
    for key, found in sorted(cited.items()):
        chain = sorted(found.values(), key=lambda one: one.order)
        if len(chain) <= _WIDE:
            for one, other in pairwise(chain):
                both = one.things("about") & other.things("about")
                yield Thread("same-source", (one, other), _one_source(key), CERTAIN, RULE, both)


def _keys(citation: Said) -> Iterator[str]:
    kinds = _cited_as(citation)
    if not kinds & _EVERYWHERE:
        yield from (key for key in citation.words("citationKey") if _NUMBERED.search(key))
    if "motion" not in kinds:
        yield from (f"‘{one}’" for one in citation.words("term") if _telling(words(one)))


def _same_number(key: str) -> Reason:
    return Reason(
        f"De verwijzing noemt het officiële nummer van het stuk: {key}.",
        f"The citation gives the official number of the paper: {key}.",
    )


def _likely_number(key: str, source: Source) -> Reason:
    if key in source.likely:
        return Reason(
            f"De verwijzing noemt {key}; dat dit stuk dat nummer heeft, is niet bevestigd.",
            f"The citation gives {key}; that this paper has that number is not confirmed.",
        )
    return Reason(
        f"De verwijzing noemt {key}, zonder het begrotingshoofdstuk dat in het nummer van dit stuk "
        "staat.",
        f"The citation gives {key}, without the budget chapter that is in this paper's number.",
    )


def _same_title(title: str) -> Reason:
    return Reason(
        f"De verwijzing noemt de titel van het stuk: ‘{title}’.",
        f"The citation gives the title of the paper: ‘{title}’.",
    )


def _same_day(day: str) -> Reason:
    return Reason(
        f"De verwijzing noemt een stuk van deze soort van dezelfde dag, {day}.",
        f"The citation gives a paper of this kind and the same day, {day}.",
    )


def _one_source(key: str) -> Reason:
    return Reason(f"Beide documenten verwijzen naar {key}.", f"Both documents cite {key}.")
