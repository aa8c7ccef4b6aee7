"""Under which condition, at what time and whether at all something is so, in a sentence.

A condition ("Als de situatie verbetert, zal ...", "waar mogelijk") is kept as written, so that what
is promised or found under it is not told as if it always held.
"""

from __future__ import annotations

import re

from ingest.document import Range
from ingest.extract.periods import Period
from ingest.extract.prose import Sentence

# A finite verb at the end of a subordinate clause; nouns that look like one are left out.
_FINITE = (
    r"(?:is|was|kan|zal|wil|werd|had|kon|zijn|waren|worden|werden|hebben|hadden|kunnen|zullen"
    r"|willen|gaan|komen|blijven|moeten"
    r"|(?!(?:het|met|uit|dat|dit|niet|tot|wat|want|kabinet|budget|krediet|effect|project|object"
    r"|contract|product|doet|vindt|pact|staat|markt|dienst|macht|kracht|overheid|inzet|winst"
    r"|tekst|kunst|zuidoost|noordwest|oost|west|beleidsinzet|opdracht)\b)[a-zëïéè]{2,}t)"
)
# What a conditional clause opens with, so that "als lid van ..." is none: a subject of its own.
_SUBJECT = (
    r"(?:(?:de|het|een|die|dat|dit|deze|onze|ons|hun|alle|meer|minder) \S+"
    r"|er|we|wij|zij|ze|hij|daar|dat|dit|blijkt|nederland|landen|partners|bedrijven|overheden)"
)
_LIMIT = (
    r"(?<!\ben, )\b(?:daar )?waar (?:nodig|mogelijk|relevant|wenselijk|gewenst|opportuun|zinvol)"
    r"(?: en (?:nodig|mogelijk|relevant|wenselijk|gewenst|opportuun|zinvol))?\b"
    r"|\b(?:zo|indien|wanneer) (?:nodig|mogelijk|gewenst|relevant|wenselijk)\b"
    r"|\bals het enigszins kan\b|\bvoor zover mogelijk\b|\bafhankelijk van [^,;.()]+"
)
_EXPLICIT = (
    r"\b(?:(?:alleen|pas|slechts) )?(?:indien|mits|tenzij|zolang|ingeval|voor zover"
    r"|in het geval dat|(?:op|onder) (?:de )?voorwaarde dat)\b[^,;.:]+"
)
_OPENING = rf"(?<=^)(?:als|wanneer)\b(?! gevolg)[^;.]*?(?=,? dan\b|, (?:{_FINITE}|zullen)\b)"
_LATER = (
    rf"(?:(?<=, )|(?<=\ben )|(?<=\bmaar ))(?:alleen |pas )?(?:als|wanneer) {_SUBJECT}\b"
    rf"[^,;.]*?\s{_FINITE}(?:\s[a-z]+(?:d|t|en)(?=[,;.]|$)|(?=[,;.]|$|\s[a-z]+(?:t|en|de)\b))"
)
_ONLY = (
    rf"(?:(?<=\balleen )|(?<=\bpas )|\b(?:alleen|pas|slechts|het meest)\b[^.;]*?\b)"
    rf"(?P<only>(?:als|wanneer) {_SUBJECT}\b[^;.]*?\s{_FINITE}(?:\s[a-z]+(?:d|t|en))?"
    r"(?=[,;.]|$|\s(?:en|of)\b)"
    r"(?:\s(?:en|of) (?:deze|die|zij|ze|er|ook)\b[^,;.:]*(?=[.]|$)"
    r"|, (?!(?:want|maar|omdat|zodat|zoals|waar|wat|die|dat|en|of)\b)"
    r"[^,;.:]+ (?:en|of) [^,;.:]+(?=[.]|$))?)"
)
# "Neemt toe als ...": what it grows or shrinks with.
_GROWING = rf"(?:(?<=\btoe )|(?<=\baf ))(?:als|wanneer) {_SUBJECT}\b[^;.]+"
_CONDITION = re.compile(
    "|".join(f"(?:{one})" for one in (_OPENING, _EXPLICIT, _LATER, _ONLY, _GROWING, _LIMIT)),
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b\w*(?:brief|nota|rapport|rapportage|motie|verklaring|akkoord|verdrag|evaluatie|strategie"
    r"|besluit|advies|resolutie|convenant|rede)\b"
    r"(?:\s[‘'“\"(][^;]{0,120}?|(?:\s[\w-]+){0,3})\s(?:van|uit|d\.d\.)\s+(?:de\s+)?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?:\w\s(?:die|welke|wiens)|\b(?:het|een|dit|elk|ieder)\s(?:[\w-]+\s){0,2}[\w-]+\sdat"
    r"|\bwaar(?!\b)\w+|,\s(?:inclusief|zoals|waaronder))\b[^,;:]*$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:vergelijking|vergeleken) (?:tot|met)\s+$"
    r"|\b(?:ten opzichte van|t\.o\.v\.)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_OF_FIGURE = re.compile(r"\s+(?:\w+\s+)?(?:in|tot|per|vanaf|tegen)\s+(?:de\s+|het\s+)?")
_CONTRAST = re.compile(r"\b(?:niet|geen)\b(?P<first>[^.;]*?),? maar\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:niet|geen|nooit|evenmin)\b(?! (?:alleen|slechts|enkel|in de laatste plaats)\b)",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(r",?\s(?:dat|die|waar\w*|zodat|omdat|terwijl|hoewel|opdat)\b")
_PURPOSE = re.compile(r",?\som\b")
_CHOICE = re.compile(r"^(?:streeft|streven|kiest|kiezen|is|zijn|besluit|besluiten)\b")
_BRIEF = 2  # words between "niet" and "maar" where only a word is put right ("niet x, maar y")


def condition(text: str) -> Range | None:
    """Where a sentence says under which condition it holds."""
    found = _CONDITION.search(text)
    if found is None:
        return None
    return Range(*(found.span("only") if found["only"] else found.span()))


def main_period(sentence: Sentence) -> Period | None:
    """The one period of a sentence, if it is no paper's date, comparison or part of an aside."""
    if len(sentence.periods) != 1:
        return None
    period = sentence.periods[0]
    before = sentence.block.text.text[sentence.range.start : period.range.start]
    if any(pattern.search(before) for pattern in (_PAPER, _COMPARED)):
        return None
    figures = [one.range.end - sentence.range.start for one in sentence.quantities]
    counted = any(_OF_FIGURE.fullmatch(before, end) for end in figures)
    return None if _RELATIVE.search(before) and not counted else period


def mixed(clause: str) -> bool:
    """Whether a clause says of one thing that it is not so and of another that it is."""
    contrast = _CONTRAST.search(clause)
    return (
        contrast is not None
        and _NEGATION.match(clause, contrast.start()) is not None
        and len(contrast["first"].split()) > _BRIEF
    )


def denied(clause: str) -> bool:
    """Whether a clause, from its finite verb on, says that something will not be."""
    if _CONTRAST.search(clause):
        return False
    if (other := _OTHER_CLAUSE.search(clause)) is not None:
        clause = clause[: other.start()]
    if not _CHOICE.match(clause) and (purpose := _PURPOSE.search(clause)) is not None:
        clause = clause[: purpose.start()]
    return _NEGATION.search(clause) is not None
