"""What a figure is of, who receives it, who acts and where, as far as its sentence says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from pyoxigraph import NamedNode

from ingest.document import BlockKind, Range
from ingest.extract import clauses, wholes
from ingest.extract.figure_words import PLACES, inside, is_aside, is_in
from ingest.extract.mentions import Mention
from ingest.extract.prose import Content, Sentence
from ingest.extract.quantities import Quantity

MONEY = frozenset({"eur", "usd", "gbp"})
GOES_ON = re.compile(r"[,;]|\ben\b|\bwaarvan\b|\bnaar\b")
_BACK = re.compile(r"\b(?:deze|beide|die)\s+$", re.IGNORECASE)
_BECOMES = re.compile(r"\b(?:is|zijn|wordt|worden|werd|werden|bedraagt|blijft|krijgt|omvat)\b")
_THINGS = frozenset({"Theme", "PolicyArea", "Instrument"})
_DETERMINER = r"(?:(?:de|het|een|hun|haar|zijn|onze|deze|alle)\s+)?"
_LINK = re.compile(
    r"\s*(?:(?:per jaar|per maand|extra|structureel|beschikbaar|direct|rechtstreeks|mee|bij|vrij"
    r"|in totaal|toe|uit|vrijgemaakt|uitgetrokken|toegezegd|gereserveerd|bestemd|begroot|toegekend"
    r"|uitgegeven|gekort|geïnvesteerd|beschikbaar gesteld"
    rf"|van\s+{_DETERMINER}(?:[\w-]+\s+){{0,3}}?[\w-]+)\s+)*"
    rf"(?P<preposition>naar|aan|via|voor|in|van|binnen|onder|op)\s+{_DETERMINER}(?:[\w-]+(?:e|en)\s+){{0,2}}"
)
_JOINED = re.compile(r"(?:-\w*)?\s*(?:,|en)\s+(?:(?:de|het|hun|onze)\s+)?")
_LENGTHENED = re.compile(r"-(?:\s+en\b|(?:programma|fonds|middel|regeling|faciliteit|budget)\w*)")
_AMOUNTS_TO = re.compile(
    r"\b(?:omvat(?:te)?|vormt|vormde|beslaat|besloeg|bedraagt|bedroeg|vertegenwoordigt|is|was)\b"
)
_CONSISTS_OF = re.compile(r"\b(?:telt|telde|omvat(?:te)?|(?:bestaat|bestond)\s+(?:nu\s+)?uit)\s*$")
_OTHERS = re.compile(r"\b(?:andere|overige)\b")
_FOR_OTHER = re.compile(r"\s+(?:voor|over|bij)\s+(?:de|het|een)\s")
_AGREED_IN = re.compile(r"\bin\s+(?:(?:de|het)\s+)?$", re.IGNORECASE)
_VERB_NEXT = re.compile(
    r"(?:\s*\([^)]*\))?\s+[a-zé]+(?:t|de|den|en|te|ten|f|g|k|d)\b|\s+(?:zal|wil|had)\b"
)
_STATES = re.compile(
    r"\s+(?:is|zijn|was|waren|telt|telde|ontving|ontvangt|kreeg|krijgt|bestaat|omvat|bedraagt|valt"
    r"|en|met|van|voor|in|aan)\b"
)
_REPORTS = re.compile(
    r"\b(?:berekend|geschat|gemeld|vastgesteld|geconcludeerd|geconstateerd|gewaarschuwd|aangegeven"
    r"|becijferd|uitgesproken|verzocht|opgeroepen|laten weten)\b"
)
_CHANGED = re.compile(r"ver\w+voudig|verdubbel|halve|gehalveerd", re.IGNORECASE)
_EFFORT_FOR = re.compile(
    r"\b(?:inzet|aandacht|inspanning(?:en)?)\s+(?:op|voor|tegen)\s+(?:(?:de|het)\s+)?$"
)
_BESIDE = re.compile(r"\b(?:in|met|uit|van|door|over|op|bij|tussen)\s+$", re.IGNORECASE)
_CLOSED = re.compile(r"\)\s*[;,.]?\s*")
_WHERE = re.compile(r",?\s+waar\s+(?:\w+\s+){0,2}")
_DEMONSTRATIVE = re.compile(
    r"\b(?:dit|deze|dat|die)\s+(?P<noun>partnerschap|programma|fonds|netwerk|faciliteit"
    r"|instrument|regeling"
    r"|subsidiekader|initiatief|missie)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"(?:(?:Zo|Ook|En|Maar)\s+)?(?:(?:(?P<of>Via|Voor|Binnen|Van)|(?P<to>Aan)|(?P<in>In)|Het|De|Dit"
    r"|Deze)\s+)?"
    r"(?:heeft\s+|hebben\s+)?(?:(?:de|het|totale|(?:totaal)?budget\s+(?:onder|voor|van)"
    r"|nieuwe)\s+)*",
    re.IGNORECASE,
)
_NO_TOPIC = re.compile(
    r"\s+(?:en|of|schat|schatte|raamt|meldt|meldde|stelt(?=\s+dat)|berekende|concludeert|constateert"
    r"|oordeelt|bevindt|benadrukt|onderzocht|toont|laat\s+zien|geeft\s+aan|vindt|wijst|waarschuwt"
    r"|rapporteert|verwacht(?=\s+(?:een|dat|voor)\b))\b"
    r"|\s+(?:is|zijn|werd|wordt)\s+(?:\w+\s+)?(?:afgesproken|vastgelegd|overeengekomen|opgenomen)\b"
)
_ACTS = re.compile(
    r"\b(?:maakt|maken|investeert|investeren|verhoogt|trekt|stelt|reserveert|zal"
    r"|steunt|financiert|draagt|verwacht|heeft|streeft|wil|brengt|kiest|blijft|gaat|geeft|gaf"
    r"|bezuinigt|kort|besteedt|besteedde|biedt|bood|levert|leverde|verstrekt|verstrekte"
    r"|investeerde|verhoogde|trok|reserveerde|steunde|financierde|droeg|maakte|stelde|bereikte"
    r"|verlaagt|verdubbelt|mobiliseert|mobiliseerde|bouwde|ontplooit)\b"
)


def arguments(sentence: Sentence, quantity: Quantity) -> Content:
    """What a figure is of, who receives it, who acts and where, as far as the sentence says so.

    What stands in or after the figure comes first; a series ("van DRIVE en D2B") gives several.
    """
    found: Content = []
    if _is_weight(sentence, quantity):
        return found
    for source in (_compared, inside, _divided, _linked, _before):
        taken = {name for name, _ in found}
        for name, entity in source(sentence, quantity):
            once = source in (_linked, _divided) or name not in {other for other, _ in found}
            if once and name not in taken and entity not in {one for _, one in found}:
                found.append((name, entity))
    return found


def _is_weight(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a share is the weight of a list item ("de omvang van een markt (30%);"), of which the
    item does not say what it is a share of.
    """
    text, here = sentence.block.text.text, sentence.range
    return (
        sentence.block.kind is BlockKind.LIST_ITEM
        and _is_share(quantity)
        and text[here.start : quantity.range.start].endswith("(")
        and bool(_CLOSED.fullmatch(text, quantity.range.end, here.end))
    )


def _compared(sentence: Sentence, quantity: Quantity) -> Iterator[tuple[str, NamedNode]]:
    """What a share is said to be of something else ("Het fonds omvat 2% van de begroting"), or what
    is said to consist of so many.
    """
    text, here = sentence.block.text.text, sentence.range
    verbs = _AMOUNTS_TO if _is_share(quantity) else _CONSISTS_OF
    for mention in clauses.entities(sentence, Range(here.start, quantity.range.start)):
        opening = _TOPIC.fullmatch(text[here.start : mention.found.start])
        between = text[mention.found.end : quantity.range.start]
        if opening and verbs.search(between) and not re.search(r"[;:]|\d", between):
            yield "subject", mention.entity
        return


def _divided(sentence: Sentence, quantity: Quantity) -> Iterator[tuple[str, NamedNode]]:
    """What the whole is that opens the sentence: "Van de vluchtelingen in Jordanië leeft 70%"."""
    whole = wholes.opening(sentence, quantity) if _is_share(quantity) else None
    for mention in clauses.entities(sentence, whole) if whole else ():
        is_place = bool(mention.found.concept.types & PLACES)
        if mention.found.form != "adjective" and not clauses.in_compound(sentence, mention):
            yield ("place" if is_place else "subject"), mention.entity


def _linked(sentence: Sentence, quantity: Quantity) -> Iterator[tuple[str, NamedNode]]:
    """The entities that a preposition links to a figure in the words right after it."""
    text = sentence.block.text.text
    end = clauses.around(sentence, quantity.range).end
    later = [q.range.start for q in sentence.quantities if q.range.start > quantity.range.start]
    within = Range(quantity.range.end, max(quantity.range.end, min([end, *later])))
    at, shared, name = within.start, _is_shared(quantity), ""
    for mention in clauses.entities(sentence, within):
        gap = text[at : mention.found.start]
        link, joined = _LINK.fullmatch(gap), name and _JOINED.fullmatch(gap)
        if link is None and not joined:
            return
        if mention.found.form == "adjective" or not _stands_alone(sentence, mention):
            return
        at, types = mention.found.end, mention.found.concept.types
        if link is not None:
            earlier, name = name, _role(link["preposition"], types, shared=shared)
            if name == earlier:
                name = ""
        if name:
            yield name, mention.entity


def _role(preposition: str, types: Set[str], *, shared: bool) -> str:
    """What the preposition before a name makes of it, for a figure that is shared out or not."""
    if types & PLACES and preposition in ("in", "voor", "aan", "naar"):
        return "place"
    if preposition in ("naar", "aan", "via") and types & {"Actor", "Instrument"}:
        return "recipient" if shared else ""
    return "subject"


def _stands_alone(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name is no mere part of a compound; that of an instrument may be lengthened
    ("de DRIVE- en D2B-programma’s").
    """
    text = sentence.block.text.text
    return not clauses.in_compound(sentence, mention) or bool(
        _LENGTHENED.match(text, mention.found.end)
    )


def _is_share(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.slug == "percent"


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
        is_place = bool(mention.found.concept.types & PLACES)
        between = text[mention.found.end : quantity.range.start]
        if is_place and (_WHERE.fullmatch(between) or between == " ("):
            yield "place", mention.entity
    if _OTHERS.search(quantity.noun):
        return
    back = _DEMONSTRATIVE.search(text, start, quantity.range.start)
    referent = clauses.antecedent(sentence, back["noun"]) if back else None
    if referent is not None:
        yield "subject", referent
    clause = clauses.around(sentence, quantity.range)
    for mention in named:
        opening = _TOPIC.fullmatch(text[start : mention.found.start])
        if opening and mention.found.end <= quantity.range.start:
            if not _NO_TOPIC.match(text, mention.found.end, sentence.range.end):
                part = _part_of(sentence, mention, opening)
                before = Range(clause.start, quantity.range.start)
                other = clauses.negated(sentence, before) or _REPORTS.search(
                    text, before.start, before.end
                )
                if part and (
                    part != "actor" or (mention.found.start >= clause.start and not other)
                ):
                    yield part, mention.entity
            break
    if (who := _agent(sentence, quantity)) is not None:
        yield "actor", who
    if _BACK.search(text[start : quantity.range.start]):
        return
    for verb in _BECOMES.finditer(text, clause.start, quantity.range.start):
        if (what := clauses.doer(sentence, verb, _THINGS)) is not None:
            yield "subject", what
    yield from _only_thing(sentence, quantity, clause, named)


def _only_thing(
    sentence: Sentence, quantity: Quantity, clause: Range, named: list[Mention]
) -> Iterator[tuple[str, NamedNode]]:
    """The only theme or instrument that the clause of a figure names, if the figure is not said to
    be for something else and no other figure is of it; of a doubling, the first one before it.
    """
    text = sentence.block.text.text
    every = [m for m in named if m.found.concept.types & _THINGS]
    things = [m for m in every if clause.start <= m.found.start < clause.end]
    if _CHANGED.match(quantity.noun):
        doubled = [
            m.entity
            for m in things
            if m.found.end <= quantity.range.start
            and not _AGREED_IN.search(text[sentence.range.start : m.found.start])
            and not _EFFORT_FOR.search(text[sentence.range.start : m.found.start])
        ]
        yield from (("subject", one) for one in doubled[:1])
        return
    if not things and _is_shared(quantity):
        things = every
    things = [m for m in things if not is_aside(sentence, quantity, clause, m)]
    aside = _BESIDE.search(text, sentence.range.start, quantity.range.start)
    if not _is_shared(quantity) and (aside or _FOR_OTHER.match(text, quantity.range.end)):
        return
    if len({m.entity for m in things}) != 1 or is_in(quantity, things[0]):
        return
    others = (q for q in sentence.quantities if q is not quantity)
    if all(things[0].entity != one for q in others for _, one in _linked(sentence, q)):
        yield "subject", things[0].entity


def _agent(sentence: Sentence, quantity: Quantity) -> NamedNode | None:
    """Who does what is said of a figure, if no other figure stands between."""
    text = sentence.block.text.text
    clause = clauses.around(sentence, quantity.range)
    money = quantity.unit is not None and quantity.unit.slug in MONEY
    if clauses.negated(sentence, Range(clause.start, quantity.range.start)):
        return None
    if _REPORTS.search(text, clause.start, quantity.range.start):
        return None
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
    if mention.found.concept.types & PLACES and opening["in"]:
        return "place"
    if opening["to"]:
        return "recipient"
    after = sentence.block.text.text[mention.found.end : sentence.range.end]
    if not mention.found.concept.types & {"Actor", *PLACES}:
        return "subject"
    if re.match(r",|\s+en\s", after) and not opening["of"]:
        return ""  # one of several who act together
    acts = _VERB_NEXT.match(after) or mention.entity == sentence.speaker
    return "actor" if acts and not _STATES.match(after) else "subject"
