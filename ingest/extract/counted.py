"""What a figure counts: the words between a number and its noun, and the noun itself."""

from __future__ import annotations

import re

# Adjectives ("kwetsbare", "zogeheten"), names used as one ("Prospects partners"), participles with
# their place ("in Ethiopië geboren").
_ADJECTIVE = (
    r"(?:(?!(?:de|het|deze|die|me[et]|of|na|te|ze|hoe|twee|drie|ene|mede|toe|alle|tweede|derde)\b)"
    r"[a-zé’-][\w’-]*e|extra|meer|minder|intern|internationaal|zogeheten|zogenaamd|aparte|[A-Z][\w’-]*"
    r"|in\s+(?:(?:de|het)\s+)?[\w-]+\s+(?:ge|ver|be|ont|her)\w+(?:en|de|te)|\w+(?:gerichte"
    r"|geboren|gekozen|gesloten|verschillende))"
)
ATTRIBUTES = rf"(?:{_ADJECTIVE}(?:,\s+|\s+en\s+|\s+of\s+|\s+)){{0,5}}?"
_PEOPLE = "mensen|kinderen|jongeren|vrouwen|mannen|meisjes|jongens|vluchtelingen|ontheemden"
AND_MORE = rf"(?:(?:,\s+(?:{_PEOPLE}))?\s+en\s+(?:{_PEOPLE})\b)?"
_NOT_A_NOUN = (
    "en|van|worden|werden|zijn|waren|hebben|hadden|kunnen|konden|zullen|zouden|moeten|mogen|willen"
    "|tussen|samen|boven|binnen|buiten|tegen|alleen|maken|doen|gaan|komen|krijgen|geven|blijven"
    "|als|is|was|eens|steeds|tevens|reeds|slechts|na|ja|extra|circa|eveneens|anders|sinds|dus"
    "|vervolgens|ongeveer|bovendien|mogelijk|later|eerder|ten|aan|gezien|wegens|volgens|jaren|los"
    "|daarna|verder|hierna|daarnaast|hiervan|daarvan|waarvan|naast|meteen|minstens|jaar|heen|thans"
    "|betrokken|genoemde|vinden|staan|werken|liggen|lopen|leiden|ontvangen|helpen|vormen|bieden|zetten|nemen|houden"
    r"|\w*(?:maken|stellen|trekken|besteden|investeren|leveren|halen|brengen|dalen|stijgen|groeien)"
)
NOUN_AFTER = re.compile(
    rf"\s+(?P<noun>{ATTRIBUTES}(?!(?:{_NOT_A_NOUN})\b)[\w-]*[a-z](?:en|ers|els|ars|ors|eurs|ies|[’']s|ën"
    r"|pen|eria|ima|ents|ngs|ts|ps))(?![\w’'-])"
)
_ABSTRACT = re.compile(
    r"\b(?:manieren|redenen|\w*vragen|delen|stappen|kanten|punten|zaken|dingen|wijzen|vormen"
    r"|soorten"
    r"|typen|types|zijden|aspecten|richtingen|woorden|lagen|niveaus|niveau[’']s|sporen|fasen"
    r"|fases|kernpunten|groepen|categorieën|opties|onderdelen|elementen|voorwaarden|factoren)$"
)
_SAME_AGAIN = re.compile(r"\s*(?:[^.;:\d]{0,60}?\s)?(?:en|,)\s+(?:[\w’]+\s+){0,3}$")
_OF_THE_SAME = re.compile(r"\s+(?:voor|in|uit|van|bij|over|met)\b")
# "Het aantal beurzen ... van 1.000 naar 2.500"
NUMBER_OF = re.compile(
    rf"\baantal\s+(?P<noun>{ATTRIBUTES}(?!(?:{_NOT_A_NOUN})\b)[\w-]*[a-z]"
    r"(?:en|ers|els|ars|ors|eurs|[’']s|ën))(?![\w’'-])"
)
_AGAINST = re.compile(r"\b(?:tegenover|tegen|vergeleken\s+met)\s+(?:\w+\s+)?$")
# "Van de 210 aanvragen zijn er 42 gehonoreerd".
_OF_THEM = re.compile(r"[^.:\d]{0,60}(?:(?:19|20)\d\d)?[^.:\d]{0,30}\ber(?:\s+\w+)?\s+$")
_DONE = re.compile(r"\s+\w*(?:ge|be|ver|ont|her)\w+(?:d|t|en)\b")
_ENDS = re.compile(r"\s*(?:[.,;:()]|$)|\s+(?:in|naar|tot|op|per|en|te|is|was|vanaf|sinds)\b")
_FROM = re.compile(r"\bvan\s+$")
_TO = re.compile(r"\bvan\s+\S+\s+naar\s+$|\baantal\b[^.;]*\b(?:naar|tot|op)\s+$")
_FAR = 400  # characters in which "het aantal ..." announces a number
_TOWARDS = re.compile(r"\s+naar\s+\d")


def is_abstract(noun: str) -> bool:
    """Whether a noun only announces what follows: "drie redenen"."""
    return bool(_ABSTRACT.search(noun.strip()))


def compared(text: str, before: int, match: re.Match[str]) -> bool:
    """Whether a figure is what the one before it is compared with: "5 miljoen kinderen, tegenover
    3 miljoen in 2020".
    """
    return bool(_AGAINST.search(text, before, match.start()))


def same_again(text: str, before: int, match: re.Match[str], end: int) -> bool:
    """Whether a figure without a noun counts what the one before it did: "75 interviews voor het
    een en ruim 400 voor het ander".
    """
    between = text[before : match.start()]
    if _OF_THEM.fullmatch(between) and _DONE.match(text, match.end(), end):
        return True
    return bool(_SAME_AGAIN.fullmatch(between) and _OF_THE_SAME.match(text, match.end(), end))


def ends_here(text: str, at: int, end: int) -> bool:
    """Whether no noun follows a figure, so that it is the number announced before it."""
    return bool(_ENDS.match(text, at, end))


def from_to(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether a bare number is an end of a change: "van 70 naar 40", "het aantal ... naar 25"."""
    before = text[max(start, match.start() - _FAR) : match.start()]
    changes = _FROM.search(before) and _TOWARDS.match(text, match.end(), end)
    return bool(changes or _TO.search(before))


def number_of(text: str, start: int, match: re.Match[str], end: int) -> str:
    """What a bare number counts by the words before it: "het aantal beurzen ... naar 2.500"."""
    if not ends_here(text, match.end(), end):
        return ""
    found = list(NUMBER_OF.finditer(text, max(start, match.start() - _FAR), match.start()))
    return found[-1]["noun"] if found else ""
