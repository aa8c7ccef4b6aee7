"""The whole of which a share is a part: "70% van de opdrachten", "Van de middelen gaat 17%"."""

from __future__ import annotations

import re

from ingest.document import Range
from ingest.extract.prose import Sentence
from ingest.extract.quantities import Quantity

_OF = re.compile(
    r"\s+van\s+(?:(?:de|het|hun|haar|zijn|onze|ons|al|alle)\s+)*"
    r"(?:\d[\d.,]*\s+)?(?P<noun>(?:(?:[\w-]+e|geboden|extreem|zeer|bruto|netto|nationaal|binnenlands|totaal)\s+(?!van\b|in\b|voor\b)){0,2}(?:[A-Z][\w-]*\s+(?=[A-Z]))*[\w-]+"
    r"(?:(?<=aantal)\s+[\w-]+(?:en|s)\b(?!\s+van))?)"
)
# "Van de middelen gaat in 2020 al 17%": the verb stands between the whole and the share.
_OPENING = re.compile(
    r"Van\s+(?:(?:de|het|onze|ons|al|alle|deze|dit)\s+)+(?P<noun>(?:[^,.;:()]|(?<=\d)[.,](?=\d)){3,90}?)"
    r"(?:\s+in\s+(?:19|20)\d\d)?\s+(?:gaat|ging(?:en)?|gaan|valt|vallen|is|zijn|was|waren|wordt"
    r"|worden|werd(?:en)?|komt|komen|kwam(?:en)?|heeft|hebben|had(?:den)?|leeft|leven|blijft"
    r"|bestaat|krijgt|woont|werkt)\s+(?:in\s+(?:19|20)\d\d\s+)?(?:[^,.;:()\d]{1,40}\s)?$"
)
_PART = re.compile(
    r"\b(?:[Hh]et|een)\s+(?P<noun>(?:[\w-]+e\s+)?(?:aandeel|percentage|deel)\s+[^,.;:()\d]{3,60}?)"
    r"(?:\s+(?:dat|die)\s[^.;:()\d]{3,80},)?\s+(?:is\s+gestegen|is\s+gedaald|steeg|stijgt|stijgen|daalde|daalt|ging|gaat|bedraagt|bedroeg|is|was|moet|zal|groeide"
    r"|groeit|nam|neemt|lag|ligt|komt|kwam)\b"
)
_BRACKETED = re.compile(
    r"\b(?:meerderheid|merendeel|deel|gros|meesten?)\s+van\s+(?:(?:de|het|alle|al)\s+)*(?P<noun>(?:[\w-]+e\s+)?[\w-]+)\s+\(\s*$"
)
_MEASURE = re.compile(
    r"(?P<noun>(?:(?!(?:de|het|een)\s)[\w-]+e\s+)?[\w-]*(?:tarief|rente|percentage|quote|norm|inflatie|werkloosheid"
    r"|groei|rendement|aandeel))\s+(?:van|is|was|bedraagt|bedroeg|ligt\s+op|lag\s+op)?\s*$",
    re.IGNORECASE,
)
_NEAR = 300  # characters before a share in which its clause tells what it is of


def whole(sentence: Sentence, quantity: Quantity) -> str:
    """The whole of which a share is a part, as printed; else what a ratio counts, or what is
    measured in percent; "" where the sentence does not say it.
    """
    text = sentence.block.text.text
    if after := _OF.match(text, quantity.range.end, sentence.range.end):
        return after["noun"]
    if opened := opening(sentence, quantity):
        return text[opened.start : opened.end]
    near = max(sentence.range.start, quantity.range.start - _NEAR)
    if part := _PART.search(text, near, quantity.range.start):
        return part["noun"]
    if bracketed := _BRACKETED.search(text, near, quantity.range.start):
        return bracketed["noun"]
    written = text[near : quantity.range.end]
    digit = re.search(r"\d[\d.,]*\s*(?:%|procent)?$", written)
    measured = _MEASURE.search(written[: digit.start()]) if digit else None
    if measured is not None:
        return measured["noun"]
    return "" if quantity.noun.lower().startswith("procent") else quantity.noun


def opening(sentence: Sentence, quantity: Quantity) -> Range | None:
    """The whole that opens the sentence and is divided in the shares that follow."""
    text, start = sentence.block.text.text, sentence.range.start
    if not text.startswith("Van ", start):
        return None
    shares = (q for q in sentence.quantities if q.unit is not None and q.unit.slug == "percent")
    first = next(shares, quantity)
    found = _OPENING.fullmatch(text, start, first.range.start)
    between = text[first.range.end : quantity.range.start]
    return Range(*found.span("noun")) if found and not re.search(r"[;:]", between) else None
