"""Amounts, allocations, shares and counts: what the figures of running text say.

Every figure becomes one statement, of the most specific kind: what is aimed for is a target and
what was achieved a result (see those modules); money set aside is an allocation, other money an
amount; percentages are shares, all else is counted. ``kind_of`` decides, for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal

from ingest.document import BlockKind
from ingest.extract import clauses, wholes
from ingest.extract.aims import is_aim, is_baseline, is_money
from ingest.extract.attainment import is_attained
from ingest.extract.context import Context
from ingest.extract.figure_arguments import GOES_ON, MONEY, arguments
from ingest.extract.figure_polarity import polarity
from ingest.extract.periods import Period
from ingest.extract.prose import Content, Sentence, period_content, quantity_content, sentences
from ingest.extract.quantities import TIMES, Quantity
from ingest.statement import Rule, Statement

RULE = Rule("figures", 4)
_SHARES = frozenset({"percent", "percentage-point"})
_SET_ASIDE = re.compile(
    r"\b(?:\w*budget(?:ten)?|(?:dit|dat|deze|die) (?:bedrag|middelen)|beschikbaar|uitgetrokken"
    r"|trekt|vrij(?:gemaakt)?|investeert|investeren|investering(?:en)?"
    r"|geïnvesteerd|reserveert|gereserveerd|bestemd|besteedt|bijdrage|bijdragen|draagt\b.*\bbij"
    r"|bijgedragen"
    r"|\w+(?:fonds|budget|faciliteit)|fonds|subsidie\w*|toegekend|kent\b.*\btoe"
    r"|intensivering(?:en)?"
    r"|verhoogt?|verhoogd|middelen|financiert|gefinancierd|envelop(?:pe)?|steunt"
    r"|begroot)\b",
    re.IGNORECASE,
)
_NOT_SET_ASIDE = re.compile(
    r"\b(?:bezuinig\w*|ombuiging\w*|korting\w*|verwacht\w*|schade|tekort\w*|toegezegd"
    r"|doelstelling|omzet"
    r"|ontving(?:en)?|kost(?:te|en)?|geldstromen|schuld\w*|mobilis\w+|gemobiliseerd\w*)\b",
    re.IGNORECASE,
)
_TIMES_AS_MUCH = re.compile(r"\bnet zo \w+ als\s+$", re.IGNORECASE)
_THIS_AMOUNT = re.compile(r"\b(?:dit|dat) bedrag\b", re.IGNORECASE)
_DEICTIC = re.compile(r"\b(?:deze|beide|die)\s+$", re.IGNORECASE)
_SERIES = re.compile(r"\s*(?:,\s*(?:namelijk|te weten)\b|:)|\s*\((?=[A-Z][^)]*,)")
_EXPECTED = re.compile(
    r"\b(?:verwacht(?:e|en|te)?|naar verwachting|zou(?:den)?|raamt|geraamde?)\b", re.IGNORECASE
)
_INTENDED = re.compile(r"\b(?:zal|zullen|toegezegd|beloofd)\b")
# What must or may be: said in the clause of the figure, in no relative clause before or after it.
_OWN_CLAUSE = r"(?:(?!\b(?:die|dat|waar\w*|om)\b)[^,;:()])*"
_MODAL = {
    "must": r"(?:moet|moeten|dient|dienen)",
    "may": r"(?:kan|kunnen|mag|mogen)(?!\s+worden\s+onderscheiden)",
}
_MODALS = {
    name: (
        re.compile(rf"^{_OWN_CLAUSE}\b{modal}\b[^,;:()]*$"),
        re.compile(rf"{_OWN_CLAUSE}(?<!\ben\s)\b{modal}\b(?!\s+niet\b)"),
    )
    for name, modal in _MODAL.items()
}
_DEFINITE = re.compile(r"\b(?:de|het|deze|die|dit|dat|onze|hun|haar|zijn|alle|beide)\s+$", re.I)
_OF_WHICH = re.compile(r"\bwaarvan\s*$")
_OPTION = re.compile(r"\s*-?\s*(?:variant|scenario)\b")
_AFTERWARDS = re.compile(
    r"\b(?:daarna|vervolgens|later|eerder|omdat|terwijl|aangezien|doordat|momenteel"
    r"|op dit moment|en\s+(?:heeft|hebben|is|zijn|wordt|kent|bedraagt|zal"
    r"|zullen))\b"
)
_COMPARED = re.compile(
    r"\b(?:ten opzichte van|t\.o\.v\.|vergeleken met|dan in|als in|sinds de)\s+$"
)
_NEAR = 20  # characters between a figure and a period of its own, where another precedes it
_WITHIN = re.compile(r"\b(?:[Bb]innen|[Oo]ver|[Nn]a|[Ii]n)\s+$")
_TIME_GONE = re.compile(r"\s+tijd\b")
_THEN_IN = re.compile(r"\ben\s+(?:in|vanaf|voor)\s+$")
_IN_BRACKETS = re.compile(r"\s*\(\s*$")
# "Voorafgaand aan deze investeringen was het 0,5%": now it is another number.
_WITHOUT = re.compile(
    r"(?:Voorafgaand aan|Zonder|Exclusief|Los van)\s+(?:de|het|deze|dit|die|dat)\s[^,.;:\d]{3,60}?"
    r"(?=\s+(?:is|was|zijn|waren|zou|zouden|bedraagt|bedroeg|komt|kwam)\b)"
)
_AS_MUCH = re.compile(
    r"\s+(?P<noun>(?:zo\s?veel|meer|minder)\s+(?!dan\b)[\w-]+(?:\s+en\s+[\w-]+(?:en|s)\b)?)"
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
                    *polarity(sentence, quantity, kind),
                    *_left_out(sentence),
                    ("speaker", sentence.speaker),
                    *sentence.about(),
                )
                document, rule = context.document.id, context.rule(RULE)
                yield Statement(kind, document, sentence.evidence, rule, tuple(content))


def _left_out(sentence: Sentence) -> Content:
    """What a figure is given without, where its sentence opens with that."""
    found = _WITHOUT.match(sentence.text)
    return [("condition", Literal(found.group()))] if found else []


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
        aside = aside and not clauses.negated(sentence, clause)
        taken = any(one.slug == "decrease" for one in quantity.qualifiers)
        return "Allocation" if aside and not taken else "Amount"
    if unit in _SHARES:
        return "Share"
    if is_attained(sentence, quantity):
        return "Result"
    # "Drie keer zo groot": of what, and compared with what, is not said.
    multiple = unit == "times" and quantity.noun.lower() in ("keer", "maal")
    return "" if multiple and not _more(sentence, quantity) else "Count"


def _says_nothing(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure only points back ("deze twee landen"), only announces a series that follows
    ("drie thema's, namelijk"), or only repeats what another figure of its clause says.
    """
    text = sentence.block.text.text
    unit = quantity.unit.slug if quantity.unit else ""
    before = text[sentence.range.start : quantity.range.start]
    if _OPTION.match(text, quantity.range.end) or _in_title(sentence, quantity):
        return True
    points_back = _DEICTIC.search(before) and quantity.value < 10
    # "Dit bedrag": what it is for stands in another sentence.
    if points_back or _TIMES_AS_MUCH.search(before) or _THIS_AMOUNT.search(before):
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
    content = [pair for pair in quantity_content(quantity, text) if pair[0] != "noun"]
    noun = _noun(sentence, quantity)
    if noun:
        content.append(("noun", Literal(noun)))
    period = period_of(sentence, quantity)
    return content + (period_content(period) if period else [])


def _in_title(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure of a note stands in the title of what the note refers to."""
    if sentence.block.kind is not BlockKind.FOOTNOTE:
        return False
    before = sentence.block.text.text[sentence.range.start : quantity.range.start]
    return max(before.rfind("“"), before.rfind("‘")) > max(before.rfind("”"), before.rfind("’ "))


def _noun(sentence: Sentence, quantity: Quantity) -> str:
    """What is counted, as printed; of a share, the whole of which it is a part."""
    unit = quantity.unit.slug if quantity.unit else ""
    if unit in MONEY:
        return ""
    if unit == "times":
        return f"{quantity.noun} {_more(sentence, quantity)}".rstrip()
    return wholes.whole(sentence, quantity) if unit in _SHARES else quantity.noun


def _more(sentence: Sentence, quantity: Quantity) -> str:
    """Of what there is so many times as much: "twee keer zoveel vrouwen"."""
    more = _AS_MUCH.match(sentence.block.text.text, quantity.range.end, sentence.range.end)
    return more["noun"] if more else ""


def period_of(sentence: Sentence, quantity: Quantity) -> Period | None:
    """The period for which a figure holds: one in brackets right after it or in the words that
    follow it, or else the one that governs the words before it.
    """
    text = sentence.block.text.text
    others = [
        one.range
        for one in sentence.quantities
        if one is not quantity and not (one.unit and one.unit.slug == "times")
    ]
    stated = [
        one
        for one in sentence.periods
        if not _COMPARED.search(text[sentence.range.start : one.range.start])
        or text[one.range.end : quantity.range.start].strip() == "("
    ]
    after = [one for one in stated if one.range.start >= quantity.range.end]
    before = [one for one in stated if one.range.end <= quantity.range.start]
    if after and _follows(sentence, quantity, after[0], before[-1] if before else None):
        return after[0]
    if not before:
        return None
    between = text[before[-1].range.end : quantity.range.start]
    bridged = [o for o in others if before[-1].range.end <= o.start < quantity.range.start]
    if bridged and any(one.slug == "up-to" for one in quantity.qualifiers):
        return None
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
    if earlier is not None and not text[earlier.range.end : place.start].strip():
        return False
    if _THEN_IN.search(between):
        return False
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
    """Whether a figure is given as a fact, or as what is expected, promised, due or possible."""
    text = sentence.block.text.text
    clause = clauses.around(sentence, quantity.range)
    of_which = _OF_WHICH.search(text, sentence.range.start, clause.start)
    start = sentence.range.start if of_which else clause.start
    before = text[start : quantity.range.start]
    inside = [q for q in sentence.quantities if clause.start <= q.range.start < clause.end]
    after = text[quantity.range.start : clause.end if len(inside) == 1 else quantity.range.end]
    if _EXPECTED.search(before + after):
        return "expects"
    unit = quantity.unit.slug if quantity.unit else ""
    if unit not in MONEY | _SHARES and _DEFINITE.search(before):
        return "is"
    if _INTENDED.search(before + after):
        return "intends"
    for name, (earlier, later) in _MODALS.items():
        if earlier.search(before) or later.match(after):
            return name
    return "is"
