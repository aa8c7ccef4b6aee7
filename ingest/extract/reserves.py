"""Reserves of a figure that stand apart from it: averages, estimates, what is added or taken off.

"De uitgaven stegen met 20%" says that 20% was added; "nam met 3 miljoen af" that 3 million was
taken off. Those are words of the clause, not of the figure, so they are looked for here and not
among the cues that stand right before a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.document import Range

_AVERAGE = re.compile(
    r"^Gemiddeld\b[^,;:\d]*$|\bgemiddelde\s+(?!van\b|dan\b)[^.,;:\d]{2,60}$", re.IGNORECASE
)
_ESTIMATED = re.compile(
    r"\bschat(?:te|ten|ting)?\b[^.;:]{0,200}?(?:\bop\s+|\bdat\s[^.;:]*)$", re.IGNORECASE
)
_RISES_TO = re.compile(r"\bl(?:oopt|iep|opt)\b[^.;:]{0,60}\sop\s+(?:tot|naar)\s+$", re.IGNORECASE)
# "Ongeveer net zo groot als", "naar schatting wereldwijd": a few words before the figure.
_ROUGHLY = re.compile(
    r"\b(?:ongeveer|circa|grofweg|naar schatting|pakweg)"
    r"(?:\s+(?!(?:en|of|maar|die|dat)\b)[a-zé]+){1,3}\s+$",
    re.IGNORECASE,
)
_MONEY = (
    r"(?:middelen|gelden|geld|financiering|budget|investering(?:en)?|bijdragen?|uitgaven|steun"
    r"|euro)"
)
_EXTRA = r"(?:extra|additionele|aanvullende)"
_EXTRA_BEFORE = re.compile(
    rf"\b{_EXTRA}\s+{_MONEY}\b(?:(?!\b(?:bovenop|naast|bestaande?|huidige?)\b)[^.;\d]){{0,40}}$",
    re.IGNORECASE,
)
_EXTRA_AFTER = re.compile(rf"\s+aan\s+{_EXTRA}\b", re.IGNORECASE)
# "Het aantal mensen dat extra in armoede raakte in 2021 op 143 miljoen".
_EXTRA_NUMBER = re.compile(
    r"\baantal\s[^.,;:\d]{1,40}?\sd(?:at|ie)\s+extra\b[^.;:\d]{0,60}"
    r"(?:(?:19|20)\d\d\s+(?:[a-z]+\s+)?)?\bop\s+$"
)
_PUBLIC = r"publieke?"
_BOTH = rf"{_PUBLIC}\s+en\s+(?:[a-zé]+\s+)?priva(?:at|te)\b"
_BOTH_BEFORE = re.compile(rf"\b{_BOTH}(?:[^.;:(),\d]|(?<=\s)(?:19|20)\d\d(?=\s))*$", re.IGNORECASE)
_BOTH_AFTER = re.compile(rf"[^.,;:\d()]{{0,60}}\(?{_BOTH}", re.IGNORECASE)
_PUBLIC_AFTER = re.compile(rf"\s+aan\s+{_PUBLIC}\s+(?!en\b)", re.IGNORECASE)
_UP = (
    r"(?:stijg(?:t|en)?|steeg|stegen|(?:mee)?gestegen|verhoog(?:t|de|den|d)?|verhogen"
    r"|groei(?:t|en|de|den)?|gegroeid|toegenomen|toenemen|toeneemt|toenam|opgehoogd|ophogen"
    r"|uitgebreid|vergroot|vergroten|intensiveert|geïntensiveerd)"
)
_DOWN = (
    r"(?:daal(?:t|de|den)?|dalen|gedaald|verlaag(?:t|de|den|d)?|verlagen|verminder(?:t|de|den|d|en)"
    r"|afgenomen|afnemen|afneemt|afnam|gekort|korten|kromp|krimpt|gekrompen|bezuinigd?|bezuinigen"
    r"|teruggebracht|terugbrengen|teruggebracht|reduceren|reduceert|gereduceerd|verkleind?)"
)
_UP_NOUN = r"(?:toename|stijging|groei|verhoging|ophoging|intensivering|uitbreiding|vergroting)"
_DOWN_NOUN = (
    r"(?:afname|daling|verlaging|vermindering|krimp|reductie|bezuiniging|korting|ombuiging)"
)
# "verhoogt het budget met", at some distance for money and shares only: "en werkt met 25 partners".
_FAR, _NEAR = 160, 60
_AFTER = r"[^.,;:()]{0,60}?\s"
_END = r"(?=\s*(?:[.,;:)]|$)|\s+(?:in|van|tot|ten|naar|en|per|na|sinds|dan)\b)"
_JOINED_SINCE = re.compile(r"[^.;:]{0,60}?\s(?:bijgekomen|erbij\s+gekomen|bij\s+gekomen)\b")
_TO_NEXT = re.compile(r"\s+(?:naar|tot)\s+(?:\w+\s+)?[\d€]")
_CUT = re.compile(
    r"(?<!zonder )(?<!zonder deze )\bbezuinig(?:t|en|ing(?:en)?)\b[^.;]{0,120}$(?<!naar )(?<!tot )",
    re.IGNORECASE,
)
_IS_CUT = re.compile(rf"{_AFTER}(?:bezuinigd|gekort|omgebogen)\b", re.IGNORECASE)
_LIMITED = re.compile(rf"{_AFTER}(?:te\s+)?beperk(?:t|en)\b", re.IGNORECASE)
_MORE_OF = re.compile(r"\s(meer|minder)\s+(?!dan\b)")  # "13 miljoen meer mensen"
_WINDOW = 300  # characters around a figure in which words of its clause are looked for
_CLOSE = 30  # characters after a count in which a verb of change is its own


@dataclass(frozen=True, slots=True)
class _Words:
    """How a change is said: by a verb or a noun before the figure, a verb behind "met" and the
    figure, or a comparative.
    """

    verb: re.Pattern[str]
    noun: re.Pattern[str]
    behind: re.Pattern[str]
    compared: re.Pattern[str]


def _words(verbs: str, nouns: str, particles: str, comparatives: str) -> _Words:
    return _Words(
        re.compile(rf".*\b(?:{verbs}|{nouns})\b(?P<gap>[^.;:]*?)\bmet\s+$", re.IGNORECASE),
        re.compile(rf"\b{nouns}\b(?P<gap>\s[^.,;:]{{1,60}})?\s+van\s+$", re.IGNORECASE),
        re.compile(rf"{_AFTER}(?:te\s+)?(?:{verbs}\b|(?:{particles}){_END})", re.IGNORECASE),
        re.compile(rf"\s+(?:{comparatives})\b(?!\s+(?:of|en)\b)", re.IGNORECASE),
    )


_RISES = r"(?:lo(?:opt|pen)|liep(?:en)?)\s+(?:\w+\s+)?op|oplop(?:end|en)"
_CHANGING = re.compile(rf"\b(?:{_UP}|{_DOWN}|{_UP_NOUN}|{_DOWN_NOUN}|{_RISES})\b", re.IGNORECASE)
_CHANGES = {
    "increase": _words(_UP, _UP_NOUN, "toe|omhoog|op", "meer|hoger|groter"),
    "decrease": _words(_DOWN, _DOWN_NOUN, "af|omlaag|terug", "minder|lager|kleiner"),
}


def is_change(before: str) -> bool:
    """Whether the words before a figure say that something changes: "stijgt van"."""
    return bool(_CHANGING.search(before))


def apart(
    text: str, here: Range, begin: int, number: int, stop: int, *, relative: bool
) -> list[str]:
    """The reserves (slugs) of a figure that stand apart from it in its sentence.

    The figure with the reserves right before it runs from ``begin`` to ``stop``, its number stands
    at ``number``; ``relative`` tells whether it is money or a share, which can be added to or taken
    off anything.
    """
    start, end = max(here.start, begin - _WINDOW), min(here.end, stop + _WINDOW)
    before, after = text[start:begin], text[stop:end]
    if text[start:number].endswith("met "):  # "structureel met 500 miljoen"
        before = text[start:number]
    named = text[start:number]  # "structurele verhoging van 100 miljoen"
    found = []
    if before.endswith("tot ") and _LIMITED.match(after):
        found.append("at-most")
    if _RISES_TO.search(before):
        found.append("up-to")
    more = _MORE_OF.search(text, number, stop)
    change = _change(before, named, after, relative=relative)
    if more:
        change = "increase" if more[1] == "meer" else "decrease"
    if change:
        found.append(change)
    if _EXTRA_NUMBER.search(before) or (
        relative and (_EXTRA_BEFORE.search(before) or _EXTRA_AFTER.match(after))
    ):
        found.append("additional")
    if relative and (_BOTH_BEFORE.search(before) or _BOTH_AFTER.match(after)):
        found.append("public-and-private")
    elif relative and _PUBLIC_AFTER.match(after):
        found.append("public-money")
    if _ESTIMATED.search(before) or _ROUGHLY.search(before):
        found.append("about")
    if _AVERAGE.search(before):
        found.append("on-average")
    return found


def _change(before: str, named: str, after: str, *, relative: bool) -> str:
    """Whether a figure is what is added ("increase") or taken off ("decrease"), or neither."""
    if relative and (_CUT.search(before) or _IS_CUT.match(after)):
        return "decrease"
    if (relative and before.endswith("+")) or (not relative and _JOINED_SINCE.match(after)):
        return "increase"
    said = {slug: words.verb.match(before) for slug, words in _CHANGES.items()}
    gaps = {slug: match["gap"] for slug, match in said.items() if match}
    nearest = min(gaps, key=lambda slug: len(gaps[slug]), default="")
    if nearest and _is_its_own(gaps[nearest], relative=relative):
        return nearest
    changes = _CHANGES.items()
    for slug, words in changes:
        noun = words.noun.search(named)
        if noun and (relative or not noun["gap"]) and not _TO_NEXT.match(after):
            return slug
    return next((s for s, words in changes if _says(words, before, after, relative=relative)), "")


def _says(words: _Words, before: str, after: str, *, relative: bool) -> bool:
    """Whether a verb behind the figure or a comparative says one direction of change."""
    behind = words.behind.match(after) if before.endswith("met ") else None
    if behind and (relative or behind.end() <= _CLOSE):
        return True
    return bool(relative and words.compared.match(after))


def _is_its_own(gap: str, *, relative: bool) -> bool:
    """Whether a verb of change is said of the figure, by the words between it and "met"."""
    if relative:
        return len(gap) <= _FAR
    return len(gap) <= _NEAR and not re.search(r"\ben\b|,", gap)
