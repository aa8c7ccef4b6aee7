"""Definitions: what a document means by a term, and what an abbreviation stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal

from ingest.document import BlockKind, Range
from ingest.extract.context import Context, passages
from ingest.extract.prose import Content, Sentence, sentences
from ingest.extract.sentence_kind import says_nothing
from ingest.extract.statement_cues import has
from ingest.statement import Rule, Statement
from ontology.vocabulary import Concept

RULE = Rule("definitions", 3)

_ARTICLE = r"(?:[Dd]e|[Hh]et|[Ee]en|[Dd]eze|[Dd]it)"
_NOUN = rf"(?:{_ARTICLE}\s+)?(?P<term>[‘“'\"]?(?:[\w’'/.&-]+\s+){{0,4}}?[\w’'/.&-]+[’”'\"]?)"
_GENUS = (
    r"(?:werkwijze|proces|instrument|fonds|programma|samenwerkingsverband|overlegstructuur|"
    r"document|platform|partnerschap|mechanisme|methode|aanpak|combinatie|netwerk|kader|regeling|"
    r"faciliteit|organisatie|verdrag)"
)
_FRAMES = tuple(
    re.compile(frame)
    for frame in (
        # "Onder X wordt verstaan ...", "Onder X verstaat het kabinet ..."
        rf"^[Oo]nder {_NOUN} "
        r"(?:(?:wordt|worden) (?:[^\s.;]+ ){0,8}?verstaan|verstaat|verstaan)\b",
        # "Met X wordt bedoeld ...", "Met X bedoelt het kabinet ..."
        rf"^[Mm]et {_NOUN} (?:wordt|worden) (?:\S+ ){{0,3}}(?:bedoeld|gedoeld)\b"
        r"(?! (?:voor|om)\b)",
        rf"^[Mm]et {_NOUN} (?:bedoelt|bedoelen)\b",
        # "wordt gesproken over X wordt gedoeld op ..."
        rf"\bgesproken over (?:\([^)]*\) )?{_NOUN} (?:wordt|worden) gedoeld op\b",
        # "X wordt gedefinieerd als ...", "X houdt in dat ..."
        rf"^{_NOUN} (?:wordt|worden) (?:\S+ ){{0,3}}gedefinieerd als\b",
        rf"^{_NOUN} houdt in dat\b",
        r"^(?:[Dd]e afkorting )?(?P<term>[A-Z]{2,8}|[‘“'\"][^’”'\"]{2,40}[’”'\"]) staat voor\b",
        # "Een X is iemand die ...", "Een X is een Y die ..."
        r"^[Ee]en (?P<term>(?:[\w’'/-]+\s+){0,2}[\w’'/-]+) is "
        r"(?:iemand|een (?:\S+ ){1,5}(?:die|dat|waar\w*|van)) ",
        # "X betreft ...", "X omvat ...": the parts of a budget, programme or policy
        rf"^{_NOUN} (?P<known>betreft|omvat|behelst) (?!\d|geen\b)",
        # "X is een werkwijze waarmee ..."
        rf"^{_NOUN}(?: \([^)]*\))? (?P<known>is)(?:, [^,]{{1,60}},)? een (?:[\w-]+,? ){{0,4}}?"
        rf"{_GENUS} (?:waarmee|waarbij|waarin|die|dat|met|van|om|voor)\b",
        # "Het doel van X is": no definition; "De PR spitst zich toe op ..." sets what it covers.
        rf"^{_NOUN} spitst zich toe op\b",
    )
)
_SO_CALLED = re.compile(
    r"\((?:de|het|een) (?:zogenaamde|zogeheten|zgn\.) (?P<term>[^()]{2,40})\)", re.IGNORECASE
)
_MEANING_BEFORE = re.compile(
    r"(?<!\ben )(?<!tussen )\b(?:de|het|een)\s+"
    r"(?:(?!(?<!\ben )(?<!tussen )\b(?:de|het|een)\s)[^,.;:()]){5,90}$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\((?P<short>[A-Z][A-Za-z&/+-]{1,9}[A-Z0-9]|[A-Z]{2,8})(?P<more>[’']?s)?\)")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_PRONOUN = re.compile(
    r"^(?:dit|dat|deze|die|het|er|hij|zij|ze|wie|wat|ook|daarbij|hierbij|dit laatste|de eerste|"
    r"de tweede|de derde|de derde pijler|de nadruk|de focus|ten \w+|een voorbeeld)$",
    re.IGNORECASE,
)
_VERB_IN_TERM = re.compile(
    r"\b(?:is|zijn|was|waren|wordt|worden|heeft|hebben|kan|kunnen|die|dat|om|maar|zal|zullen|"
    r"wat|niet|waar|als)\b"
)
_GLOSSARY = re.compile(r"\b(?:afkorting|begrippen|definities|glossarium)", re.IGNORECASE)
_ENTRY = re.compile(r"^(?P<short>\S{0,30}[A-Z0-9]\S{0,30}|[a-z]{2,5})\s+(?P<long>\S.*)$")
_LONGEST = 8
_PLURAL = re.compile(r"[’']s$")
_SHORT = re.compile(r"[A-Z0-9&/-]{2,10}")


@dataclass(frozen=True, slots=True)
class _Expansion:
    """An abbreviation and where its words begin."""

    short: str
    start: int


def extract(context: Context) -> Iterator[Statement]:
    """The definitions of a document, in reading order; each abbreviation once."""
    known: set[str] = set()
    for sentence in sentences(context):
        yield from _defined(context, sentence)
        yield from _expanded(context, sentence, known)
        yield from _listed(context, sentence, known)


def _defined(context: Context, sentence: Sentence) -> Iterator[Statement]:
    if says_nothing(sentence) or sentence.block.kind is BlockKind.PULL_QUOTE:
        return
    text = sentence.text.strip()
    for frame in _FRAMES:
        match = frame.search(text)
        if match and _is_term(match["term"]) and _is_known(sentence, match):
            yield _statement(context, sentence, sentence.range, match["term"])
            return
    for match in _SO_CALLED.finditer(sentence.text):
        meaning = _MEANING_BEFORE.search(sentence.text[: match.start()])
        if meaning:
            offset = sentence.range.start
            here = Range(offset + meaning.start(), offset + match.end())
            yield _statement(context, sentence, here, match["term"])


def _is_known(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a frame that fits much else has a term that is a name: one we know, or numbered."""
    if "known" not in match.groupdict():
        return True
    start, end = match.span("term")
    offset = sentence.range.start + len(sentence.text) - len(sentence.text.lstrip())
    inside = sentence.named(within=Range(offset + start, offset + end))
    return not has(sentence, "norm") and bool(inside or re.search(r"\d", match["term"]))


def _is_term(words: str) -> bool:
    return not _PRONOUN.match(words.strip()) and not _VERB_IN_TERM.search(words)


def _statement(context: Context, sentence: Sentence, here: Range, term: str) -> Statement:
    """A definition of a term; its subject is what the term names, if we know that."""
    cleaned = term.strip(" ‘’“”'\"")
    content: Content = [("term", Literal(cleaned))]
    named = [
        mention
        for mention in sentence.mentions
        if sentence.block.text.text[mention.found.start : mention.found.end].lower()
        in cleaned.lower()
        and here.start <= mention.found.start < here.end
        and 2 * (mention.found.end - mention.found.start) >= len(cleaned)
    ]
    if not named:
        whole = sentence.block.text.text[here.start : here.end].split("(")[0].rstrip()
        end = here.start + len(whole)
        named = [m for m in sentence.mentions if m.found.range == Range(here.start, end)]
    named = [one for one in named if _may_be_called(one.found.concept, cleaned)]
    if named:
        longest = max(named, key=lambda one: one.found.end - one.found.start)
        content.append(("subject", longest.entity))
    content.append(("modality", Literal("is")))
    content.append(("speaker", sentence.speaker))
    given = {value for _, value in content}
    about = [("about", entity) for entity in sentence.named(within=here) if entity not in given]
    return Statement(
        "Definition",
        context.document.id,
        passages(sentence.block, here),
        context.rule(RULE),
        (*content, *about),
    )


def _may_be_called(concept: Concept, term: str) -> bool:
    """Whether a term can be this thing's: what has another abbreviation only is not what the
    document abbreviates, but near to it ("micro-, midden- en kleinbedrijf (MMKB)").
    """
    short = _PLURAL.sub("", term)
    known = {_PLURAL.sub("", one.text).lower() for one in concept.labels}
    others = [one for one in concept.labels if one.role == "abbreviation"]
    return not others or not _SHORT.fullmatch(short) or short.lower() in known


def _expanded(context: Context, sentence: Sentence, known: set[str]) -> Iterator[Statement]:
    """Abbreviations in brackets after the words that they stand for."""
    for match in _BRACKETS.finditer(sentence.text):
        found = _expansion(sentence.text[: match.start()], match["short"])
        if found is None or found.short in known:
            continue
        known.add(found.short)
        offset = sentence.range.start
        here = Range(offset + found.start, offset + match.end())
        yield _statement(context, sentence, here, found.short)


def _expansion(before: str, short: str) -> _Expansion | None:
    """The words before a bracket whose letters make the abbreviation, from right to left."""
    letters = [c.lower() for c in short if c.isalnum()]
    words = list(_WORD.finditer(before))[-_LONGEST - len(letters) :]
    if not words or before[words[-1].end() :].strip():
        return None
    for count in range(2, min(len(words), len(letters) + _LONGEST) + 1):
        first = words[-count]
        if re.search(r"[.;:!?()]", before[first.start() :]):
            return None
        phrase = before[first.start() :]
        if first.group()[0].lower() == letters[0] and _spells(phrase, letters):
            return _Expansion(short, first.start())
    if len(words[-1].group()) > 2 * len(letters) and _spells(words[-1].group(), letters):
        return _Expansion(short, words[-1].start())
    return None


def _spells(phrase: str, letters: list[str]) -> bool:
    """Whether the initials (or parts of compounds) of a phrase give the letters in order.

    Every letter but one must begin a word: what stands for it may be within a compound.
    """
    words = [one.group().lower() for one in _WORD.finditer(phrase)]
    initials = at = inside = 0
    for letter in letters:
        later = next((i for i in range(at, len(words)) if words[i][0] == letter), None)
        if later is not None and later - at <= 2:
            initials, at, inside = initials + 1, later + 1, 1
        elif at and (spot := words[at - 1].find(letter, inside)) >= 0:
            inside = spot + 1
        else:
            return False
    long_words = [word for word in words if len(word) > 3]
    return len(words) - at == 0 and initials >= min(2, len(long_words))


def _listed(context: Context, sentence: Sentence, known: set[str]) -> Iterator[Statement]:
    """The entries of a list of abbreviations."""
    block = sentence.block
    if block.kind is not BlockKind.LIST_ITEM or sentence.number:
        return
    if not any(_GLOSSARY.search(one.title) for one in context.document.ancestry(block)):
        return
    text = block.text.text
    match = _ENTRY.match(text)
    if match is None:
        return
    # A known name of several words ("EUTM Mali") may stand in front as a whole.
    ends = [
        m.found.end for m in sentence.mentions if m.found.start == 0 and m.found.end < len(text)
    ]
    short = text[: max([match.end("short"), *ends])]
    if short not in known:
        known.add(short)
        yield _statement(context, sentence, Range(0, len(text)), short)
