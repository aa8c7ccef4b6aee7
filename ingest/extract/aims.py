"""Words that say something is aimed for: verbs of striving, goals, changes by a date to come."""

from __future__ import annotations

import re

from ingest.document import BlockKind, Range
from ingest.extract import clauses
from ingest.extract.prose import Sentence
from ingest.extract.quantities import Quantity

# Up to the end of a clause, past the dots in numbers.
_ON = r"(?:[^.;]|(?<=\d)\.(?=\d))"
STRIVES = re.compile(
    r"(?<!het )(?<!een )(?<!dit )\b(?:streeft|streven|streefde|streefden)\b"
    rf"(?={_ON}*\b(?:naar|ernaar|na)\b)|\bstel(?:t|len)\b{_ON}*\bten doel\b"
    rf"|\bten doel\b{_ON}{{0,4}}\bgesteld\b"
    rf"|\bdoelstellingen?\b{_ON}*\b(?:bijgesteld|verhoogd|verlaagd)\b|\bbeoogt\b|\bbeogen\b"
    rf"|\b(?:heeft|hebben|had|hadden)\b(?={_ON}*\b(?:als|tot|het) doel\b)"
    r"|\b(?:als|tot) doel(?:stelling)? (?:heeft|hebben|gesteld)\b",
    re.IGNORECASE,
)
GOAL_IS = re.compile(
    r"\b(?:(?:[\w-]*doel(?:stelling(?:en)?)?|ambitie|streven|streefcijfer|streefwaarde)"
    r"(?P<of>\s+(?:van|voor|daarvan|hiervan|achter)\b[^.;:]{0,80}?)?|inzet(?=\s+is\s+om))"
    r"\s+(?:(?:is|blijft|was|wordt)(?:\s+(?:om|dat|het|de|te|een|bijdragen|ten ?minste|minstens"
    r"|minimaal)\b|\s+\d|\s+[‘“\"])|(?:is|blijft)\s+\w+en\b)",
    re.IGNORECASE,
)
INTENDS = re.compile(
    r"\b(?:zal|zullen|gaat|wil|willen|brengt|verdubbelt|mobiliseert|verhoogt)\b", re.IGNORECASE
)
# A value that is set as a norm or goal: "de norm van 0,7%", "de 100 miljard USD doelstelling".
_NORM_BEFORE = re.compile(
    r"\b(?:[\w-]*norm|[\w-]*doelstelling|streefcijfer|streefwaarde|streefpercentage)\s+van\s+$",
    re.IGNORECASE,
)
_NORM_IS = re.compile(
    r"\b(?:streefcijfer|streefwaarde|streefpercentage)\b[^.;:,]{0,40}?\s(?:is|was|bedraagt|bedroeg"
    r"|ligt\s+op|blijft)\s+$",
    re.IGNORECASE,
)
_NOW = re.compile(r"[,;(]\s*(?:nu|momenteel|thans|inmiddels|op dit moment)\b[^,;]*$", re.IGNORECASE)
_NORM_AFTER = re.compile(
    r"(?:\s*-\s*|\s+(?:\w+-)?)(?:norm|doelstelling|doel|streefcijfer)\b", re.IGNORECASE
)
_STRIVING = re.compile(r"\ber ?naar te streven\b", re.IGNORECASE)
_MUST_BY = re.compile(
    r"\b(?:moet|moeten|dient|dienen)\b[^.;]{0,40}\b(?:in|uiterlijk|v[oó]{2}r|tegen"
    r"|per)\b[^.;]{0,12}\b20\d\d\b"
)
_COMING = re.compile(
    r"\b(?:zal|zullen|gaat|gaan|wil|willen|verdubbel\w*|moet|moeten|krijgen|krijgt)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r"\s*(?:omdat|aangezien|doordat|terwijl)\b")
_WANTS = re.compile(r"\b(?:wil|willen|zal|zullen|moet|moeten|afgesproken)\b")
_CHANGES = re.compile(
    r"\b(?:terug(?: te)?|terug ?breng\w*|verlaagt?|verlagen|vermindert|verminderen|verhoogt?"
    r"|verhogen|vergroot|vergroten|uit(?: te)? ?breid\w*|afbouw\w*|reduce\w+|halver\w*"
    r"|verdubbel\w*|te beperken)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:is|zijn|werd|werden|heeft|hebben|steeg|daalde|was|waren|ver(?:dubbel|hoog|laag|minder)de"
    r"n?|bracht(?:en)?|halveerden?|nam(?:en)?|ging(?:en)?|groeiden?)\b",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(
    r"(?!(?:Dit|Dat|Met|Het|Niet|Iet|Actief)\b)[A-Z][a-zé]+(?:t|en)\s+(?!van\b|en\b|of\b|die\b"
    r"|dat\b)"
)
_TO = re.compile(r"\b(?:naar|tot)\s+$")
_FROM = re.compile(
    r"(?<!toename )(?<!afname )(?<!stijging )(?<!daling )(?<!groei )(?<!verhoging )\bvan\s+$"
)
_OF_MONEY = re.compile(
    r"\b(?:geld|budget\w*|bedrag\w*|vrijmaken|vrijgemaakt|uitgetrokken|investe\w+|uitgaven"
    r"|kosten|kost)\b",
    re.IGNORECASE,
)
_LARGE = 10**5
_DAY = len("2023-01-01")
_TO_NEXT = re.compile(r"(?:\s+in\s+\d{4})?(?:\s+\w+)?\s+(?:naar|tot)\s+$")
_FROM_DAY = re.compile(r"\bper\s+$", re.IGNORECASE)
_EXPECTED = re.compile(r"\b(?:naar verwachting|verwacht|verwachten|zou|zouden)\b")
_COMING_AFTER = re.compile(r"(?:(?!\ben\b)[^,.;]){0,60}?\b(?:zal|zullen|moet|moeten)\b")
_MONEY = frozenset({"eur", "usd", "gbp"})


def is_aim(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure is one that someone aims for."""
    text = sentence.block.text.text
    before = Range(sentence.range.start, quantity.range.start)
    clause = clauses.around(sentence, quantity.range)
    if is_norm(sentence, quantity):
        return True
    if clauses.negated(sentence, before) or _REASON.match(text, clause.start):
        return False
    if _NOW.search(text[before.start : before.end]):
        return False
    last = max(before.start, text.rfind(";", before.start, before.end) + 1)
    said = any(p.search(text, last, before.end + 1) for p in (STRIVES, GOAL_IS, _STRIVING))
    if said or _MUST_BY.search(text, clause.start, clause.end):
        return True
    if is_outcome_item(sentence):
        return _first(sentence, quantity)
    return _is_to_come(sentence, quantity)


def is_norm(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure is the value of a norm or goal, also where it only is referred to."""
    text = sentence.block.text.text
    unit = quantity.unit.slug if quantity.unit else ""
    before = text[sentence.range.start : quantity.range.start]
    if _NORM_IS.search(before):
        return True
    if unit not in _MONEY | {"percent"}:
        return False
    return bool(
        _NORM_BEFORE.search(before)
        or _NORM_AFTER.match(text, quantity.range.end, sentence.range.end)
    )


def _is_to_come(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is to be reached: by a change that is wanted, or at a time to come.

    Of money that is no target yet: most of it is set aside or expected.
    """
    text, start = sentence.block.text.text, sentence.range.start
    unit = quantity.unit.slug if quantity.unit else ""
    if is_money(sentence, quantity):
        return False
    if unit == "times" and _WANTS.search(text, start, quantity.range.start):
        return True
    clause = clauses.around(sentence, quantity.range)
    if _EXPECTED.search(text, clause.start, clause.end):
        return False
    coming = deadline(sentence) is not None and (
        _COMING.search(text, start, quantity.range.start)
        or _COMING_AFTER.match(text, quantity.range.end, clause.end)
    )
    return bool(coming) or _changes_to(sentence, quantity)


def is_money(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure is an amount of money, also where the currency of millions goes unsaid."""
    if quantity.unit is not None or quantity.noun or quantity.value < _LARGE:
        return quantity.unit is not None and quantity.unit.slug in _MONEY
    text = sentence.block.text.text
    return bool(_OF_MONEY.search(text, sentence.range.start, sentence.range.end))


def is_outcome_item(sentence: Sentence) -> bool:
    """Whether a list item ends the sentence that a heading or lead-in begins: "In 2030 ... -
    krijgen meer mensen toegang".
    """
    if sentence.block.kind is not BlockKind.LIST_ITEM or sentence.number > 0:
        return False
    return bool(_VERB_FIRST.match(sentence.text)) and not sentence.text.rstrip().endswith("?")


def _first(sentence: Sentence, quantity: Quantity) -> bool:
    unit = quantity.unit.slug if quantity.unit else ""
    others = [q for q in sentence.quantities if not (q.unit and q.unit.slug == "times")]
    return (
        bool(others)
        and others[0] is quantity
        and unit != "times"
        and not _definite(sentence, quantity)
    )


def _definite(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the figure only tells the size of a known group: "de 14 landen"."""
    before = sentence.block.text.text[sentence.range.start : quantity.range.start]
    return bool(re.search(r"\b(?:de|deze|die|onze)\s+$", before))


def _changes_to(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure is what a number is brought to: "van 70 naar 40"."""
    text = sentence.block.text.text
    if not _TO.search(text[sentence.range.start : quantity.range.start]):
        return False
    here = sentence.range
    return bool(_CHANGES.search(text, here.start, here.end)) and not _PAST.search(
        text, here.start, quantity.range.start
    )


def is_baseline(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure is only the value from which another one is reached: "van 70 naar 40"."""
    text = sentence.block.text.text
    if not _FROM.search(text[sentence.range.start : quantity.range.start]):
        return False
    rest = [q for q in sentence.quantities if q.range.start >= quantity.range.end]
    return (
        bool(rest)
        and bool(_TO_NEXT.fullmatch(text[quantity.range.end : rest[0].range.start]))
        and is_aim(sentence, rest[0])
    )


def baseline(sentence: Sentence, quantity: Quantity) -> str:
    """The value with which a target is compared, as printed; "" where none is given."""
    text = sentence.block.text.text
    for one in sentence.quantities:
        if is_baseline(sentence, one) and one.range.end <= quantity.range.start:
            return text[one.range.start : one.range.end]
    return ""


def deadline(sentence: Sentence, within: Range | None = None) -> str | None:
    """By when something is to be so: the end of the first period ahead of the document."""
    issued = sentence.context.entry.date.value
    here = within or sentence.range
    for period in sentence.periods:
        if not (here.start <= period.range.start < here.end):
            continue
        end = period.end or ""
        before = sentence.block.text.text[here.start : period.range.start]
        if len(end) == _DAY and _FROM_DAY.search(before):
            continue  # "per 1 januari 2023": from then on
        if issued and end[:4] > issued[:4]:
            return end
    return None
