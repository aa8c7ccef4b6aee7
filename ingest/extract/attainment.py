"""Words that say something was achieved: verbs, and whose support made it happen."""

from __future__ import annotations

import re

from ingest.document import Range
from ingest.extract import clauses
from ingest.extract.prose import Sentence
from ingest.extract.quantities import Quantity

HAS = re.compile(r"\b(?:heeft|hebben|is|zijn|werd|werden|wordt|worden)\b", re.IGNORECASE)
# Participles of deeds for others or with an outcome; those of harm ("getroffen") are no results.
ATTAINED = re.compile(
    r"\b(?:toegang\b[^.;]*\bgekregen|gekregen(?=[^.;]*\btoegang)|(?:steun|hulp|training"
    r"|onderwijs|voedsel)\b"
    r"[^.;]{0,60}\b(?:gekregen|ontvangen)|geholpen|bereikt|opgericht|ondersteund|gesteund"
    r"|getraind|opgeleid"
    r"|gecreëerd|gerealiseerd|georganiseerd|opgeleverd|verbeterd|gebouwd|aangelegd|gemobiliseerd"
    r"|bijgedragen"
    r"|versterkt|uitgebreid|geïntensiveerd|gecoördineerd|beschermd|gevaccineerd|bijgestaan"
    r"|tot stand gebracht"
    r"|behaald|gevestigd|gegeven|geboden|verstrekt|gered|gefaciliteerd|geleverd|verleend)\b",
    re.IGNORECASE,
)
HAVE_NOW = re.compile(
    r"\b(?:heeft|hebben|krijgt|krijgen)\b(?=[^.;]{0,30}\b(?:nu|inmiddels"
    r"|sindsdien)\b)[^.;]*\btoegang\b"
    r"|\b(?:krijgt|krijgen|ontvangt|ontvangen)\b[^.;]*\bnu\b[^.;]*\btoegang\b",
    re.IGNORECASE,
)
THANKS_TO = re.compile(
    r"\b(?:met behulp van|met|door|dankzij|middels|via|mede door|mede dankzij)\s+"
    r"(?:[^.;,]{0,60}?\s(?:steun|inzet|financiering|hulp|bijdragen?|ondersteuning|programmering)\b"
    r"|(?<=via\s)[^.;,]{0,60}?(?=\s(?:ontvang|krijg|hebben|heeft|zijn|is)))",
    re.IGNORECASE,
)
RECEIVED = re.compile(
    r"\b(?:ontving(?:en)?|kreeg|kregen)\b[^.;]*\b(?:onderwijs|steun|hulp|toegang|training"
    r"|voedsel|zorg|opvang)\b",
    re.IGNORECASE,
)
SUPPORTED_WORK = re.compile(
    r"\b(?:met behulp van|dankzij|met)\s+[^.;,]{0,40}?\s?(?:steun|financiering"
    r"|ondersteuning)\s+werk(?:t|en)\s+aan\b",
    re.IGNORECASE,
)
RECEIVE = re.compile(r"\b(?:ontvangt|ontvangen|krijgt|krijgen)\b", re.IGNORECASE)
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
    if HAVE_NOW.search(text, clause.start, clause.end):
        return True
    people = quantity.unit is not None and quantity.unit.slug in ("people", "households")
    if people and RECEIVED.search(text, clause.start, clause.end):
        return True
    thanks = THANKS_TO.search(text, clause.start, quantity.range.start)
    named = thanks and any(clauses.entities(sentence, Range(thanks.start(), thanks.end())))
    return bool(named and RECEIVE.search(text, clause.start, clause.end))


def _counts(sentence: Sentence) -> list[Quantity]:
    return [q for q in sentence.quantities if not (q.unit and q.unit.slug in ("eur", "usd", "gbp"))]
