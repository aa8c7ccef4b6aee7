"""Words that say something was achieved: verbs, and whose support made it happen."""

from __future__ import annotations

import re

from ingest.document import Range
from ingest.extract import clauses
from ingest.extract.prose import Sentence
from ingest.extract.quantities import Quantity

# Up to the end of a clause, past the dots in numbers.
_ON = r"(?:[^.;]|(?<=\d)\.(?=\d))"
HAS = re.compile(r"\b(?:heeft|hebben|is|zijn|was|waren|werd|werden|wordt|worden)\b", re.IGNORECASE)
# Participles of deeds for others or with an outcome; those of harm ("getroffen") are no results.
ATTAINED = re.compile(
    rf"\b(?:toegang\b{_ON}*\bgekregen|gekregen(?={_ON}*\btoegang)|(?:steun|hulp|training"
    rf"|onderwijs|voedsel)\b{_ON}{{0,60}}\b(?:gekregen|ontvangen)|geholpen|bereikt|opgericht"
    r"|ondersteund|gesteund|getraind|opgeleid|gecreëerd|gerealiseerd|georganiseerd|opgeleverd"
    r"|verbeterd|gebouwd|aangelegd|gemobiliseerd|bijgedragen|versterkt|uitgebreid|geïntensiveerd"
    r"|gecoördineerd|beschermd|gevaccineerd|bijgestaan|tot stand gebracht|behaald|voorzien van"
    r"|aangesloten|gevestigd|gegeven|geboden|verstrekt|gered|gefaciliteerd|geleverd|verleend)\b",
    re.IGNORECASE,
)
HAVE_NOW = re.compile(
    rf"\b(?:heeft|hebben|krijgt|krijgen)\b(?={_ON}{{0,30}}\b(?:nu|inmiddels|sindsdien)\b)"
    rf"{_ON}*\btoegang\b"
    rf"|\b(?:krijgt|krijgen|ontvangt|ontvangen)\b{_ON}*\bnu\b{_ON}*\btoegang\b",
    re.IGNORECASE,
)
THANKS_TO = re.compile(
    r"\b(?:met behulp van|met|door|dankzij|middels|via|mede door|mede dankzij)\s+"
    r"(?:[^.;,]{0,60}?\s(?:steun|inzet|financiering|hulp|bijdragen?|ondersteuning|programmering)\b"
    r"|(?<=via\s)[^.;,]{0,60}?(?=\s(?:ontvang|krijg|hebben|heeft|zijn|is)))",
    re.IGNORECASE,
)
RECEIVED = re.compile(
    rf"\b(?:ontving(?:en)?|kreeg|kregen)\b{_ON}*\b(?:onderwijs|steun|hulp|toegang|training"
    r"|voedsel|zorg|opvang|\w*opleiding|cursus|scholing|lening|krediet|bescherming|water)\b",
    re.IGNORECASE,
)
SUPPORTED_WORK = re.compile(
    r"\b(?:met behulp van|dankzij|met)\s+[^.;,]{0,40}?\s?(?:steun|financiering"
    r"|ondersteuning)\s+werk(?:t|en)\s+aan\b",
    re.IGNORECASE,
)
RECEIVE = re.compile(
    rf"\b(?:ontvangt|ontvangen|krijgt|krijgen)\b|\bkonden\b(?={_ON}*\b(?:gebruik|toegang|school)\b)",
    re.IGNORECASE,
)
# Deeds in the simple past, of someone for so many others.
DID = re.compile(
    r"\b(?:bereikten?|hielp(?:en)?|ondersteunden?|trainden?|bouwden?|creëerden?|realiseerden?"
    rf"|financierden?|vaccineerden?|leidden?(?={_ON}*\bop\b))\b",
    re.IGNORECASE,
)
_THIS = re.compile(r"\b(?:deze|dit|onze|die)\b", re.IGNORECASE)
_ONLY_STATED = re.compile(
    r"\b(?:zal|zullen|wil|willen|gaat|gaan|moet|moeten|streeft)\b", re.IGNORECASE
)


def is_attained(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a count is given as what was achieved for or done with so many."""
    text = sentence.block.text.text
    clause = clauses.around(sentence, quantity.range)
    if clauses.denied(sentence, clause) or _ONLY_STATED.search(text, clause.start, clause.end):
        return False
    if any(clause.start <= q.range.start < quantity.range.start for q in _counts(sentence)):
        return False
    verb = HAS.search(text, clause.start, clause.end)
    if verb and ATTAINED.search(text, clause.start, clause.end):
        return verb.group().lower() not in ("wordt", "worden")
    people = quantity.unit is not None and quantity.unit.slug in ("people", "households")
    said = [HAVE_NOW, DID, RECEIVED] if people else [HAVE_NOW, DID]
    if any(pattern.search(text, clause.start, clause.end) for pattern in said):
        return True
    return _is_thanked(sentence, quantity, clause)


def _is_thanked(sentence: Sentence, quantity: Quantity, clause: Range) -> bool:
    """Whether so many received something thanks to someone named, or to "deze steun"."""
    text = sentence.block.text.text
    thanks = THANKS_TO.search(text, clause.start, quantity.range.start)
    if thanks is None or not RECEIVE.search(text, clause.start, clause.end):
        return False
    named = any(clauses.entities(sentence, Range(*thanks.span())))
    return named or bool(_THIS.search(thanks.group()))


def _counts(sentence: Sentence) -> list[Quantity]:
    return [q for q in sentence.quantities if not (q.unit and q.unit.slug in ("eur", "usd", "gbp"))]
