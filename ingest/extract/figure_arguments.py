"""What a figure is of, who receives it, who acts and where, as far as its sentence says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from ingest.document import Range
from ingest.extract import clauses
from ingest.extract.mentions import Mention
from ingest.extract.prose import Content, Sentence
from ingest.extract.quantities import Quantity

MONEY = frozenset({"eur", "usd", "gbp"})
GOES_ON = re.compile(r"[,;]|\ben\b|\bwaarvan\b|\bnaar\b")
_BACK = re.compile(r"\b(?:deze|beide|die)\s+$", re.IGNORECASE)
_BECOMES = re.compile(r"\b(?:is|zijn|wordt|worden|werd|werden|bedraagt|blijft|krijgt|omvat)\b")
_THINGS = frozenset({"Theme", "PolicyArea", "Instrument"})
_PLACES = frozenset({"Country", "Region"})
_DETERMINER = r"(?:(?:de|het|een|hun|haar|zijn|onze|deze|alle)\s+)?"
_LINK = re.compile(
    r"\s*(?:(?:per jaar|per maand|extra|structureel|beschikbaar|direct|rechtstreeks|mee|bij|vrij"
    r"|in totaal|toe"
    rf"|van\s+{_DETERMINER}(?:[\w-]+\s+){{0,3}}?[\w-]+)\s+)*"
    rf"(?P<preposition>naar|aan|via|voor|in|van|binnen)\s+{_DETERMINER}(?:[\w-]+(?:e|en)\s+){{0,2}}"
)
_WHERE = re.compile(r",?\s+waar\s+(?:\w+\s+){0,2}")
_DEMONSTRATIVE = re.compile(
    r"\b(?:dit|deze|dat|die)\s+(?P<noun>partnerschap|programma|fonds|netwerk|faciliteit"
    r"|instrument|regeling"
    r"|subsidiekader|initiatief|missie)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"(?:(?:Zo|Ook|En|Maar)\s+)?(?:(?:Via|Voor|Binnen|Van|(?P<to>Aan)|(?P<in>In)|Het|De|Dit"
    r"|Deze)\s+)?"
    r"(?:heeft\s+|hebben\s+)?(?:(?:de|het|totale|(?:totaal)?budget\s+(?:onder|voor|van)"
    r"|nieuwe)\s+)*",
    re.IGNORECASE,
)
_NO_TOPIC = re.compile(r"\s+(?:en|of|schat|schatte|raamt|meldt|stelt|berekende)\b")
_ACTS = re.compile(
    r"\b(?:maakt|maken|investeert|investeren|verhoogt|trekt|stelt|reserveert|zal"
    r"|steunt|financiert|draagt|verwacht|heeft|streeft|wil|brengt|kiest|blijft|gaat)\b"
)


def arguments(sentence: Sentence, quantity: Quantity) -> Content:
    """What a figure is of, who receives it, who acts and where, as far as the sentence says so."""
    found: dict[str, NamedNode] = {}
    for name, mention in (
        *_inside(sentence, quantity),
        *_linked(sentence, quantity),
        *_before(sentence, quantity),
    ):
        if mention not in found.values():
            found.setdefault(name, mention)
    return list(found.items())


def _inside(sentence: Sentence, quantity: Quantity) -> Iterator[tuple[str, NamedNode]]:
    """What the words of the figure itself name: "26 miljoen vluchtelingen"."""
    for mention in sentence.mentions:
        here = mention.found
        if quantity.range.start <= here.start and here.end <= quantity.range.end:
            types = here.concept.types
            if types & _PLACES:
                if here.form != "adjective":
                    yield "place", mention.entity
            else:
                yield "subject", mention.entity


def _linked(sentence: Sentence, quantity: Quantity) -> Iterator[tuple[str, NamedNode]]:
    """The entities that a preposition links to a figure in the words right after it."""
    text = sentence.block.text.text
    end = clauses.around(sentence, quantity.range).end
    later = [q.range.start for q in sentence.quantities if q.range.start > quantity.range.start]
    within = Range(quantity.range.end, max(quantity.range.end, min([end, *later])))
    at, shared = within.start, _is_shared(quantity)
    for mention in clauses.entities(sentence, within):
        link = _LINK.fullmatch(text[at : mention.found.start])
        if (
            link is None
            or mention.found.form == "adjective"
            or clauses.in_compound(sentence, mention)
        ):
            return
        at, types = mention.found.end, mention.found.concept.types
        if types & _PLACES and link["preposition"] in ("in", "voor", "aan", "naar"):
            yield "place", mention.entity
        elif link["preposition"] in ("naar", "aan", "via") and types & {"Actor", "Instrument"}:
            if shared:
                yield "recipient", mention.entity
        else:
            yield "subject", mention.entity


def _is_shared(quantity: Quantity) -> bool:
    """Whether a figure is of something that can be given: money, or a share."""
    return quantity.unit is not None and quantity.unit.slug in MONEY | {"percent"}


def _before(sentence: Sentence, quantity: Quantity) -> Iterator[tuple[str, NamedNode]]:
    """What the words before a figure say it is about: the place ("de Sahel, waar ..."), what the
    sentence refers back to, what it opens with, or the only theme or instrument it names.
    """
    text, start = sentence.block.text.text, sentence.range.start
    named = [
        one
        for one in clauses.entities(sentence)
        if one.found.form != "adjective" and not clauses.in_compound(sentence, one)
    ]
    for mention in named:
        is_place = bool(mention.found.concept.types & _PLACES)
        if is_place and _WHERE.fullmatch(text[mention.found.end : quantity.range.start]):
            yield "place", mention.entity
    back = _DEMONSTRATIVE.search(text, start, quantity.range.start)
    referent = clauses.antecedent(sentence, back["noun"]) if back else None
    if referent is not None:
        yield "subject", referent
    for mention in named:
        opening = _TOPIC.fullmatch(text[start : mention.found.start])
        if opening and mention.found.end <= quantity.range.start:
            if not _NO_TOPIC.match(text, mention.found.end, sentence.range.end):
                yield _part_of(sentence, mention, opening), mention.entity
            break
    if (who := _agent(sentence, quantity)) is not None:
        yield "actor", who
    if _BACK.search(text[start : quantity.range.start]):
        return
    clause = clauses.around(sentence, quantity.range)
    for verb in _BECOMES.finditer(text, clause.start, quantity.range.start):
        if (what := clauses.doer(sentence, verb, _THINGS)) is not None:
            yield "subject", what
    things = [m.entity for m in named if m.found.concept.types & _THINGS]
    if len(dict.fromkeys(things)) == 1:
        yield "subject", things[0]


def _agent(sentence: Sentence, quantity: Quantity) -> NamedNode | None:
    """Who does what is said of a figure, if no other figure stands between."""
    text = sentence.block.text.text
    clause = clauses.around(sentence, quantity.range)
    money = quantity.unit is not None and quantity.unit.slug in MONEY
    for verb in _ACTS.finditer(text, (sentence.range if money else clause).start, clause.end):
        bridged = [
            q.range.end
            for q in sentence.quantities
            if verb.end() <= q.range.start < quantity.range.start
        ]
        reached = not bridged or GOES_ON.search(text[bridged[-1] : quantity.range.start])
        if reached and (who := clauses.doer(sentence, verb)) is not None:
            return who
    return None


def _part_of(sentence: Sentence, mention: Mention, opening: re.Match[str]) -> str:
    """What the thing that opens a sentence has to do with its figure."""
    if mention.found.concept.types & _PLACES and opening["in"]:
        return "place"
    if opening["to"]:
        return "recipient"
    own = mention.entity == sentence.speaker or mention.found.concept.types & _PLACES
    return (
        "actor"
        if own
        or (
            "Actor" in mention.found.concept.types
            and _ACTS.match(sentence.block.text.text, mention.found.end + 1)
        )
        else "subject"
    )
