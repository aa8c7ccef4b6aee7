"""Parts of a Dutch sentence: the clause around a figure, who does what its verb says, denials."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from ingest.document import Range
from ingest.extract.mentions import Mention
from ingest.extract.prose import ENTITIES, Sentence

DOERS = frozenset({"Actor", "Country", "Region", "Instrument"})
_BREAK = re.compile(
    r"[;:]|,\s+(?:(?:en|maar)\s+(?!\w+e\b)|waar\w*\b|terwijl\b|omdat\b|zodat\b|aangezien\b"
    r"|doordat\b"
    r"|hoewel\b|al\b)|\s(?=(?:omdat|terwijl|aangezien|doordat|hoewel)\b)|\s+[–-]\s+"
)
_NEGATION = re.compile(r"\b(?:niet|nooit|geen|evenmin)\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:niet|nooit|geen|nauwelijks|onvoldoende|evenmin|weinig|zonder|zou(?:den)?|kan|kunnen"
    r"|mogelijk|indien)\b",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"\b(?:niet (?:alleen|langer)|nog geen)\b", re.IGNORECASE)
_FILLER = (
    r"(?:de|het|dit|deze|zijn|onze|ons|ook|dan|echter|bijvoorbeeld|tevens|daarom|inmiddels|al|wel)"
)
_AFTER_VERB = re.compile(rf"\s+(?:{_FILLER}\s+){{0,4}}", re.IGNORECASE)
_BEFORE_VERB = re.compile(r"(?:\s*\([^)]*\))?,?\s*(?:(?:zelf|ook|zich)\s+)?")
_SUBJECT = re.compile(
    r"\s*(?:De|Het|Een|Deze|Dit|Onze|Die|Zij|Hij|Dat)\s+(?!(?:afgelopen|komende|vorige|laatste"
    r"|voorbije)\b)"
    r"(?:[^,]*\s)?$"
)
_OPENING = re.compile(
    r"(?:(?:Zo|En|Maar|Ook|Want)\s+)?(?:(?:De|Het|Dit|Deze|Onze|de|het|dat|die|dit|deze|onze)\s+)?"
    r"(?:(?:gehele|nieuwe|huidige)\s+)?"
)


def around(sentence: Sentence, place: Range) -> Range:
    """The clause in which a place of the sentence stands."""
    text = sentence.block.text.text
    start, end = sentence.range.start, sentence.range.end
    for match in _BREAK.finditer(text, sentence.range.start, sentence.range.end):
        if match.end() <= place.start:
            start = match.end()
        elif match.start() >= place.end:
            end = match.start()
            break
    return Range(start, end)


def negated(sentence: Sentence, within: Range) -> bool:
    """Whether a stretch says that something is not so."""
    text = _NOT_ONLY.sub("", sentence.block.text.text[within.start : within.end])
    return bool(_NEGATION.search(text))


def denied(sentence: Sentence, within: Range) -> bool:
    """Whether a stretch says that something is not so, or only possibly so."""
    text = _NOT_ONLY.sub("", sentence.block.text.text[within.start : within.end])
    return bool(_DENIAL.search(text))


def entities(sentence: Sentence, within: Range | None = None) -> Iterator[Mention]:
    """The mentions of entities in a sentence, or in a stretch of it."""
    here = within or sentence.range
    for mention in sentence.mentions:
        inside = here.start <= mention.found.start and mention.found.end <= here.end
        if inside and mention.found.concept.types & ENTITIES:
            yield mention


def doer(
    sentence: Sentence, verb: re.Match[str], types: frozenset[str] = DOERS
) -> NamedNode | None:
    """Who does what a finite verb says: the entity right after it ("heeft Nederland ..."), or
    the one that opens the clause and stands right before it ("De EU heeft ...").
    """
    text = sentence.block.text.text
    clause = around(sentence, Range(verb.start(), verb.end()))
    for mention in entities(sentence):
        if not mention.found.concept.types & types or mention.found.form == "adjective":
            continue
        after = text[verb.end() : mention.found.start]
        if verb.end() <= mention.found.start and _AFTER_VERB.fullmatch(after):
            # After a subject ("Het partnerschap beoogt ...") the verb is followed by its object.
            return None if _SUBJECT.match(text[clause.start : verb.start()]) else mention.entity
        opening = text[clause.start : mention.found.start].lstrip()
        gap = text[mention.found.end : verb.start()]
        opens = clause.start <= mention.found.start and mention.found.end <= verb.start()
        if opens and _OPENING.fullmatch(opening) and _BEFORE_VERB.fullmatch(gap):
            return mention.entity
    return None


def in_compound(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name is only the first part of a compound: "IOB-evaluatie"."""
    text = sentence.block.text.text
    return text[mention.found.end : mention.found.end + 1] == "-"


def antecedent(sentence: Sentence, noun: str) -> NamedNode | None:
    """The instrument that "dit partnerschap" refers back to: in its block, the last one named with
    that noun ("het Prospects partnerschap").
    """
    text = sentence.block.text.text
    before = Range(0, sentence.range.start)
    for mention in reversed(sentence.context.mentions_in(sentence.block, before)):
        words = text[mention.found.start : mention.found.end + len(noun) + 2]
        if mention.found.concept.types & {"Instrument", "Actor"} and noun.lower() in words.lower():
            return mention.entity
    return None
