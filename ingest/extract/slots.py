"""A sentence with slots in the place of its names, for frames that tell what stands between them.

"Ook steunt Nederland het Prospects partnerschap" becomes "Ook steunt ‹C0› het ‹G1›": the letter of
a slot tells what kind of thing the name is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import NamedNode

from ingest.document import Range
from ingest.extract.clauses import antecedent
from ingest.extract.mentions import Mention
from ingest.extract.offices import heads_ministry, office
from ingest.extract.prose import Sentence
from ingest.extract.quantities import Quantity
from ontology.vocabulary import Concept

Filler: TypeAlias = Mention | Quantity | NamedNode

ADJECTIVE, SPEAKER, FIGURE, REFERENCE = "J", "W", "Q", "G"
_CLASSES = (
    ("Actor", "A"),
    ("Instrument", "I"),
    ("Country", "C"),
    ("Region", "R"),
    ("PolicyArea", "T"),
    ("Theme", "T"),
)
_PLACES = "CR"
_SPEAKER_WORD = re.compile(r"\b(?:we|wij)\b", re.IGNORECASE)
_REFERRING = re.compile(
    r"\b(?:dit|deze)\s+(partnerschap|programma|fonds|missie|faciliteit|subsidiekader)\b",
    re.IGNORECASE,
)
_SHARES_AND_MONEY = frozenset({"eur", "usd", "percent"})
_MONEY_CUE = re.compile(r"\d[^.]*(?:%|euro|mln|mld|miljoen|miljard|procent)|(?:€|EUR|USD)\s*\d")
_COMPARED = re.compile(r"\s(?:meer|minder|hoger|lager)\b", re.IGNORECASE)
_APPOSED = re.compile(r"\w,\seen\s$")
_BRACKET = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)")
_INLINE = re.compile(
    r"\s*\((?:zoals|onder andere|onder meer|waaronder|bijvoorbeeld|via|samen met)\b"
)
_PARTS = re.compile(r"\s*\(((?:‹[AOU]\d+›|\s+en\s+|,\s*|\s*(?:de|het)\s+)+)\)")
_OWNER = re.compile(r"‹[AOU](\d+)›$")
_ABBREVIATED = {
    re.compile(r"\bo\.a\.", re.IGNORECASE): "onder andere",
    re.compile(r"\bbijv\.|\bbv\.?(?=\s)", re.IGNORECASE): "bijvoorbeeld",
    re.compile(r"\bm\.n\.", re.IGNORECASE): "met name",
}


# A gap ends where another clause begins, or where what follows is a source or a contrast.
_WORD = (
    r"(?!(?:als|dan|die|dat|wat|waar(?! nodig| mogelijk| relevant)\w*|of|maar|omdat|terwijl|zodat"
    r"|hoe|om|wie|vanuit|zonder|tegen|namens|volgens|naast)\b)[^\s‹›,;:.()]+"
)
_GAPS = {
    " ~ ": rf"\s+(?:{_WORD}\s+){{0,3}}?",
    " ~~ ": rf"\s+(?:{_WORD}\s+){{0,8}}?",
    " * ": r"(?:,?\s[^‹›.;:]{0,80}?)?\s",
    " ** ": r"(?:,?\s(?:[^‹›.;:]|(?<=\d)\.(?=\d)|‹[TJ]\d+›){0,160}?)?\s",
}
# What stands between the names of a series.
_JOINT = (
    r"(?:(?:\s*,?\s*\b(?:en|of|evenals|alsmede|and)\b|\s*,(?:\s\w+,)?)(?:,\s[^‹›,]{1,30},)?\s+"
    r"(?:(?:en|and)\s+)?(?:(?:organisaties|landen|partners)\s(?:als|zoals)\s)?"
    r"(?:(?:van|aan|in|met|for|to)\s+)?)"
)
# What stands before a name of its own: an article, and a name or adjective that is part of it.
_HEAD = (
    r"(?:(?:de|het|een|onze|ons|haar|zijn|the)\s+)?"
    r"(?:‹[AOUTJCR]\d+›(?:-\w+)?\s(?:(?:provincie|regio|missies?|organisatie)\s)?)?"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand in a slot, what beside it does not count, what property it gives, and of how
    many names at least (0: of one name, not of a series).
    """

    letters: str
    beside: str
    property: str
    least: int


@dataclass(frozen=True, slots=True)
class Slotted:
    """A sentence with slots for names and figures, and what stands in them by number."""

    sentence: Sentence
    text: str
    names: Mapping[int, Filler]


def slotted(sentence: Sentence, letters: Mapping[str, str]) -> Slotted:
    """A sentence with slots; ``letters`` are those of the kinds of thing that have their own."""
    text = sentence.block.text.text
    names: dict[int, Filler] = {}
    pieces: list[str] = []
    at = sentence.range.start
    for place, letter, one in _fillers(sentence, letters):
        if place.start >= at:
            pieces += [text[at : place.start], f"‹{letter}{len(names)}›"]
            names[len(names)] = one
            at = place.end
    pieces.append(text[at : sentence.range.end])
    return Slotted(sentence, _plain("".join(pieces), names), names)


def _fillers(sentence: Sentence, letters: Mapping[str, str]) -> list[tuple[Range, str, Filler]]:
    """What gets a slot in a sentence, in order of place."""
    found: list[tuple[Range, str, Filler]] = []
    for mention in sentence.mentions:
        if heads_ministry(sentence, mention) is not None:
            if (minister := office(sentence.context, mention)) is not None:
                found.append((mention.found.range, "A", minister))
        elif (letter := _letter(mention, letters)) and not _apposed(sentence, mention):
            found.append((mention.found.range, letter, mention))
    if _MONEY_CUE.search(sentence.text):
        for quantity in sentence.quantities:
            compared = _COMPARED.match(sentence.block.text.text, quantity.range.end)
            if quantity.unit and quantity.unit.slug in _SHARES_AND_MONEY and not compared:
                found.append((quantity.range, FIGURE, quantity))
    found += _words(sentence)
    return sorted(found, key=lambda one: (one[0].start, -one[0].end))


def _apposed(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name only says of what kind the one before it is ("Abaad, een lokale ngo die")."""
    before = sentence.block.text.text[sentence.range.start : mention.found.start]
    return _APPOSED.search(before) is not None


def _words(sentence: Sentence) -> Iterator[tuple[Range, str, Filler]]:
    """The words that stand for a name: "we", and "dit partnerschap" where it is known which."""
    text, here = sentence.block.text.text, sentence.range
    for word in _SPEAKER_WORD.finditer(text, here.start, here.end):
        yield Range(*word.span()), SPEAKER, sentence.speaker
    for word in _REFERRING.finditer(text, here.start, here.end):
        if (meant := antecedent(sentence, word[1])) is not None:
            yield Range(*word.span()), REFERENCE, meant


def _letter(mention: Mention, letters: Mapping[str, str]) -> str:
    concept = mention.found.concept
    letter = next((x for name, x in _CLASSES if name in concept.types), "")
    if mention.found.form == "adjective":
        return ADJECTIVE if letter in _PLACES else ""
    return next((letters[kind] for kind in _kinds(concept) if kind in letters), letter)


def _kinds(concept: Concept) -> Iterator[str]:
    for kind in concept.objects("kind"):
        if isinstance(kind, NamedNode):
            yield kind.value.rsplit("/", 1)[-1]


def _plain(text: str, names: Mapping[int, Filler]) -> str:
    """A slotted text without asides: what stands between brackets goes, except examples, and the
    parts of what stands before it, which are marked.
    """

    def kept(match: re.Match[str]) -> str:
        if _INLINE.match(match.group()):
            return " " + match.group().strip()[1:-1]
        parts = _PARTS.fullmatch(match.group())
        owner = _OWNER.search(text, 0, match.start())
        if parts is None or owner is None:
            return ""
        whole = names[int(owner[1])]
        numbers = re.findall(r"\d+", parts[1])
        same = any(_entity(names[int(number)]) == _entity(whole) for number in numbers)
        return "" if same else f" ⟦{parts[1].strip()}⟧"

    for short, long in _ABBREVIATED.items():
        text = short.sub(long, text)
    return re.sub(r"\s+", " ", _BRACKET.sub(kept, text))


def _entity(name: Filler) -> object:
    return name.entity if isinstance(name, Mention) else name


def compiled(frame: str, words: Mapping[str, str], slots: Mapping[str, Slot]) -> re.Pattern[str]:
    """A frame, written as frames.yaml explains, as a pattern over slotted text."""
    for name, meaning in words.items():
        frame = frame.replace(f"<{name}>", f"(?:{meaning})")
    pieces = re.split(r"( ~~ | ~ | \*\* | \* | )", frame)
    pattern = "".join(_GAPS.get(one, r"\s+" if one == " " else one) for one in pieces)
    filled = re.sub(
        r"\{([a-z]\w*)\}", lambda name: _series(name[1], not name.start(), slots), pattern
    )
    return re.compile(filled, re.IGNORECASE)


def _series(name: str, first: bool, slots: Mapping[str, Slot]) -> str:
    """A slot as a pattern. With what stands before its name, unless it begins the frame: that a
    name is found by its own first character makes the search several times as fast.
    """
    slot = slots[name.rstrip("_")]
    one = rf"‹(?<!-‹)[{slot.letters}{slot.beside}]\d+›(?!-)(?:\s⟦[^⟧]*⟧)?"
    head = "" if first else _HEAD
    if not slot.least:
        return rf"(?P<{name}>{head}{one})"
    return rf"(?P<{name}>{head}{one}(?:{_JOINT}{_HEAD}{one}){{{slot.least - 1},}})"
