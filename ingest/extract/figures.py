"""Amounts, allocations, shares and counts: what the figures of running text say.

Every figure becomes one statement, of the most specific kind: what is aimed for is a target and
what was achieved a result (see those modules); money set aside is an allocation, other money an
amount; percentages are shares, all else is counted. ``kind_of`` decides, for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal

from ingest.extract import clauses
from ingest.extract.aims import is_aim, is_baseline, is_money
from ingest.extract.attainment import is_attained
from ingest.extract.context import Context
from ingest.extract.figure_arguments import GOES_ON, MONEY, arguments
from ingest.extract.periods import Period
from ingest.extract.prose import Content, Sentence, period_content, quantity_content, sentences
from ingest.extract.quantities import TIMES, Quantity
from ingest.statement import Rule, Statement

RULE = Rule("figures", 1)
_SHARES = frozenset({"percent", "percentage-point"})
_SET_ASIDE = re.compile(
    r"\b(?:\w*budget(?:ten)?|(?:dit|dat|deze|die) (?:bedrag|middelen)|beschikbaar|uitgetrokken"
    r"|trekt|vrij(?:gemaakt)?|investeert|investeren|investering(?:en)?"
    r"|geïnvesteerd|reserveert|gereserveerd|bestemd|besteedt|bijdrage|bijdragen|draagt\b.*\bbij"
    r"|bijgedragen"
    r"|\w+(?:fonds|budget|faciliteit)|fonds|subsidie\w*|toegekend|kent\b.*\btoe"
    r"|intensivering(?:en)?"
    r"|verhoogt?|verhoogd|middelen|financiert|gefinancierd|uitgaven|envelop(?:pe)?|steunt"
    r"|begroot)\b",
    re.IGNORECASE,
)
_NOT_SET_ASIDE = re.compile(
    r"\b(?:bezuinig\w*|ombuiging\w*|korting\w*|verwacht\w*|schade|tekort\w*|toegezegd"
    r"|doelstelling|omzet"
    r"|geldstromen|schuld\w*|mobilis\w+|gemobiliseerd\w*)\b",
    re.IGNORECASE,
)
_DEICTIC = re.compile(r"\b(?:deze|beide|die)\s+$", re.IGNORECASE)
_SERIES = re.compile(r"\s*(?:,\s*(?:namelijk|te weten)\b|:)|\s*\((?=[A-Z][^)]*,)")
_EXPECTED = re.compile(
    r"\b(?:verwacht(?:e|en|te)?|naar verwachting|zou(?:den)?|raamt|geraamde?)\b", re.IGNORECASE
)
_FUTURE = re.compile(r"\b(?:zal|zullen)\b")
_AFTERWARDS = re.compile(
    r"\b(?:daarna|vervolgens|later|eerder|en\s+(?:heeft|hebben|is|zijn|wordt|kent|bedraagt|zal"
    r"|zullen))\b"
)
_COMPARED = re.compile(r"\b(?:ten opzichte van|t\.o\.v\.|vergeleken met|dan in|sinds de)\s+$")
_NEAR = 20  # characters between a figure and a period of its own, where another precedes it
_WITHIN = re.compile(r"\b(?:[Bb]innen|[Oo]ver|[Nn]a|[Ii]n)\s+$")
_TIME_GONE = re.compile(r"\s+tijd\b")
_IN_BRACKETS = re.compile(r"\s*\(\s*$")
_OF = re.compile(
    r"\s+van\s+(?:(?:de|het|hun|haar|zijn|onze|ons|al|alle)\s+)*"
    r"(?P<noun>(?:(?:[\w-]+e|geboden)\s+(?!van\b|in\b|voor\b)){0,2}(?:[A-Z]\w+\s+)*[\w-]+)"
)


def extract(context: Context) -> Iterator[Statement]:
    """The figures of a document that are neither results nor targets."""
    for sentence in sentences(context):
        for quantity in sentence.quantities:
            kind = kind_of(sentence, quantity)
            if kind in ("Amount", "Allocation", "Share", "Count"):
                content = (
                    *figure(sentence, quantity),
                    *arguments(sentence, quantity),
                    ("modality", Literal(_modality(sentence, quantity))),
                    ("speaker", sentence.speaker),
                    *sentence.about(),
                )
                document, rule = context.document.id, context.rule(RULE)
                yield Statement(kind, document, sentence.evidence, rule, tuple(content))


def kind_of(sentence: Sentence, quantity: Quantity) -> str:
    """The kind of statement that a figure makes; "" where it says nothing of its own."""
    if _says_nothing(sentence, quantity) or is_baseline(sentence, quantity):
        return ""
    if is_aim(sentence, quantity):
        return "Target"
    unit = quantity.unit.slug if quantity.unit else ""
    if is_money(sentence, quantity):
        clause = clauses.around(sentence, quantity.range)
        words = sentence.block.text.text[sentence.range.start : clause.end]
        aside = _SET_ASIDE.search(words) and not _NOT_SET_ASIDE.search(words)
        return "Allocation" if aside else "Amount"
    if unit in _SHARES:
        return "Share"
    if is_attained(sentence, quantity):
        return "Result"
    return "Count"


def _says_nothing(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure only points back ("deze twee landen"), only announces a series that follows
    ("drie thema's, namelijk"), or only repeats what another figure of its clause says.
    """
    text = sentence.block.text.text
    unit = quantity.unit.slug if quantity.unit else ""
    before = text[sentence.range.start : quantity.range.start]
    if _DEICTIC.search(before) and quantity.value < 10:
        return True
    if unit in TIMES and (_WITHIN.search(before) or _TIME_GONE.match(text, quantity.range.end)):
        return True
    if unit == "times" and not text[quantity.range.start : quantity.range.end].endswith(("r", "l")):
        clause = clauses.around(sentence, quantity.range)
        return any(
            one is not quantity
            and clause.start <= one.range.start < clause.end
            and not (one.unit and one.unit.slug in TIMES)
            for one in sentence.quantities
        )
    money_or_share = unit in MONEY | _SHARES
    return (
        not money_or_share
        and unit != "countries"
        and bool(_SERIES.match(text, quantity.range.end, sentence.range.end))
    )


def figure(sentence: Sentence, quantity: Quantity) -> Content:
    """Value, unit, reserves, frequency, what is counted, words as printed, and period."""
    text = sentence.block.text.text
    content = [
        pair for pair in quantity_content(quantity, text) if pair[0] not in ("noun", "qualifier")
    ]
    content += [("qualifier", one.iri) for one in quantity.qualifiers]
    noun = _noun(text, quantity)
    if noun:
        content.append(("noun", Literal(noun)))
    period = period_of(sentence, quantity)
    return content + (period_content(period) if period else [])


def _noun(text: str, quantity: Quantity) -> str:
    """What is counted, as printed; of a share, the whole of which it is a part."""
    unit = quantity.unit.slug if quantity.unit else ""
    if unit in MONEY:
        return ""
    if unit not in _SHARES:
        return quantity.noun
    whole = _OF.match(text, quantity.range.end)
    return whole["noun"] if whole else ""


def period_of(sentence: Sentence, quantity: Quantity) -> Period | None:
    """The period for which a figure holds: one in brackets right after it or in the words that
    follow it, or else the one that governs the words before it.
    """
    text = sentence.block.text.text
    others = [one.range for one in sentence.quantities if one is not quantity]
    stated = [
        one
        for one in sentence.periods
        if not _COMPARED.search(text[sentence.range.start : one.range.start])
    ]
    after = [one for one in stated if one.range.start >= quantity.range.end]
    before = [one for one in stated if one.range.end <= quantity.range.start]
    if after and _follows(sentence, quantity, after[0], before[-1] if before else None):
        return after[0]
    if not before:
        return None
    between = text[before[-1].range.end : quantity.range.start]
    bridged = [o for o in others if before[-1].range.end <= o.start < quantity.range.start]
    governs = not bridged or GOES_ON.search(text[bridged[-1].end : quantity.range.start])
    return before[-1] if governs and not _AFTERWARDS.search(between) else None


def _follows(
    sentence: Sentence, quantity: Quantity, period: Period, earlier: Period | None
) -> bool:
    """Whether a period after a figure belongs to it: in brackets, or in the words that go on."""
    text, place = sentence.block.text.text, quantity.range
    clause = clauses.around(sentence, place)
    between = text[place.end : period.range.start]
    if any(place.end <= one.range.start < period.range.start for one in sentence.quantities):
        return False
    if _IN_BRACKETS.fullmatch(between):
        return True
    if period.label.lower().startswith("in de periode") and "," not in between:
        return period.range.start < clause.end
    governed = earlier is not None and earlier.range.start >= clause.start
    return (
        period.range.start < clause.end
        and "," not in between
        and not _AFTERWARDS.search(between)
        and (not governed or len(between) <= _NEAR)
    )


def _modality(sentence: Sentence, quantity: Quantity) -> str:
    """Whether a figure is given as a fact, or as what is expected or will be."""
    clause = clauses.around(sentence, quantity.range)
    inside = [q for q in sentence.quantities if clause.start <= q.range.start < clause.end]
    end = clause.end if len(inside) == 1 else quantity.range.end
    words = sentence.block.text.text[clause.start : end]
    if _EXPECTED.search(words):
        return "expects"
    return "intends" if _FUTURE.search(words) else "is"
