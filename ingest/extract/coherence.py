"""Coherence relations that a sentence states between two named areas, themes or instruments.

Two ways: by what stands between the two names ("handel draagt bij aan ontwikkeling", the frames of
coherence.yaml), and by a cue of the scheme coherence-relations in a sentence that names exactly the
areas concerned. A sentence with a cue and without two names is left to a curated claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pyoxigraph import Literal, NamedNode

from ingest.document import BlockKind, Range
from ingest.extract.circumstances import condition
from ingest.extract.context import Context
from ingest.extract.mentions import Mention
from ingest.extract.prose import Content, Sentence, sentences
from ingest.extract.slots import Slot, Slotted, compiled, slotted
from ingest.statement import Rule, Statement
from ontology.vocabulary import Concept

RULE = Rule("coherence", 3)
_SCHEME = "coherence-relations"
_DENIED = re.compile(r"\b(?:voorkomen|voorkómen|vermijden|geen|niet)\b[^,;]{0,20}$", re.IGNORECASE)
_NOT_SO = re.compile(
    r"^[^,.;]{0,25}\bniet\b(?! alleen)|^[^,.;]{0,40}\b(?:voorkomen|vermijden|vermeden)\b"
)
_WITHIN = re.compile(r"\b(?:niet|nooit|mag|mogen|zou|zouden)\b", re.IGNORECASE)
# What comes before a name and makes it the lack of what is named.
_LACK = re.compile(
    r"\b(?:gebrek aan|tekort aan|ontbreken van|zonder|geen|minder|weinig|schending(?:en)? van"
    r"|afname van|verlies (?:van|aan)|misbruik van|bestrijding van|tegengaan van|strijd tegen"
    r"|of|wanneer|als|hoe|via|door|met|bij|van|voor|aan|over|naast|onder|uit|in|op|tot|binnen"
    r"|tussen|rond)\s"
    r"(?:(?:de|het|een)\s)?(?:\w+\s)?$",
    re.IGNORECASE,
)
# Names of people, places and evils: no goal is served by them or serves them.
_NO_GOAL = re.compile(
    r"(?:landen|vluchtelingen|ontheemden|vrouwen|meisjes|jongeren|kinderen|mensen|burgers"
    r"|bedrijven|boeren|organisaties|gemeenschappen|staten|gebieden)$"
    r"|\b(?:on(?:gelijk|zeker|veilig)|instab|armoede$|conflict|cris[ie]s|corrupti|terror|honger"
    r"|klimaatverandering|geweld|radicalisering|pandemie)|onzekerheid",
    re.IGNORECASE,
)
_CUE_NOUN = re.compile(
    r"(?:synergie(?:ën)?|wisselwerking|samenhang|(?:beleids)?coherentie|trade-?offs?|uitruil"
    r"|kruisbestuiving)",
    re.IGNORECASE,
)
# What hangs together "in part" says less than any relation of the scheme.
_IN_PART = re.compile(r"\b(?:deels|gedeeltelijk|ten dele|mede)\b", re.IGNORECASE)
_ASKED = re.compile(r"\?\s*$")
_MODAL = (
    (re.compile(r"\b(?:kan|kunnen|potentieel|mogelijk)\b", re.IGNORECASE), "may"),
    (re.compile(r"\b(?:moet|moeten|dient|dienen)\b", re.IGNORECASE), "recommends"),
    (re.compile(r"\b(?:zal|zullen|wil|willen|streeft|beoogt|beogen)\b", re.IGNORECASE), "intends"),
)
_NAME = re.compile(r"‹[A-Z](\d+)›")
_BEFORE = 40


def extract(context: Context) -> Iterator[Statement]:
    """The coherence relations of a document, in reading order."""
    relations = [
        (concept, [re.compile(cue, re.IGNORECASE) for cue in concept.texts("cue")])
        for concept in context.vocabulary.in_scheme(_SCHEME)
    ]
    for sentence in sentences(context):
        in_a_note = sentence.block.kind is BlockKind.FOOTNOTE  # where titles are cited
        if in_a_note or len(sentence.mentions) < 2 or _ASKED.search(sentence.text):
            continue
        told: set[tuple[NamedNode, NamedNode, NamedNode]] = set()
        for one, relation, other, clause in _related(context, sentence, relations):
            if one != other and (one, relation.iri, other) not in told:
                told.add((one, relation.iri, other))
                yield _statement(context, sentence, one, relation, other, clause)


_Related = tuple[NamedNode, Concept, NamedNode, str]


def _related(
    context: Context, sentence: Sentence, relations: list[tuple[Concept, list[re.Pattern[str]]]]
) -> Iterator[_Related]:
    yield from _framed(context, sentence)
    for relation, cues in relations:
        cue = _cue(sentence, cues)
        if cue is not None:
            parties = _parties(sentence, cue)
            if len(parties) == 2:
                yield parties[0].iri, relation, parties[1].iri, sentence.text


def _framed(context: Context, sentence: Sentence) -> Iterator[_Related]:
    """What the frames find between the names of a sentence."""
    slots = slotted(sentence, _letters())
    text = _NAME.sub(lambda name: _word(slots, name), slots.text)
    for name, patterns in _frames():
        for pattern in patterns:
            for match in pattern.finditer(text):
                if not _stated(match):
                    continue
                relation = context.vocabulary.find(_SCHEME, name)
                for one in _named(slots, match, "one", "first"):
                    for other in _named(slots, match, "other", "other_"):
                        yield one.entity, relation, other.entity, match.group()


def _word(slots: Slotted, name: re.Match[str]) -> str:
    """A name's slot, or its words where they are what tells of a relation ("synergie")."""
    named = slots.names[int(name[1])]
    words = _words(named) if isinstance(named, Mention) else ""
    return words if _CUE_NOUN.fullmatch(words) else name[0]


def _words(mention: Mention) -> str:
    return mention.block.text.text[mention.found.start : mention.found.end]


def _stated(match: re.Match[str]) -> bool:
    """Whether a match says that the relation holds between what is named itself."""
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    by_name = match.group().startswith("‹")
    if (by_name and _LACK.search(before)) or _DENIED.search(before):
        return False
    within = _NAME.sub("", match.group())
    lasting = "niet zonder" in within or within.lower().startswith("zonder")
    if not lasting and _WITHIN.search(within):
        return False
    held = condition(match.string)
    inside = held is not None and held.start <= match.start() and match.end() <= held.end
    return not inside and not _NOT_SO.search(match.string[match.end() :])


def _named(slots: Slotted, match: re.Match[str], *groups: str) -> Iterator[Mention]:
    """The areas, themes and instruments in some slots of a match."""
    for group, series in match.groupdict().items():
        if group in groups and series is not None:
            for number in _NAME.findall(series):
                name = slots.names[int(number)]
                if isinstance(name, Mention) and not _NO_GOAL.search(_words(name)):
                    yield name


def _cue(sentence: Sentence, cues: list[re.Pattern[str]]) -> Range | None:
    """Where a cue stands in a sentence; None where there is none or it is denied."""
    text = sentence.block.text.text
    for cue in cues:
        found = cue.search(text, sentence.range.start, sentence.range.end)
        if found:
            denied = _DENIED.search(text[sentence.range.start : found.start()])
            weaker = denied or _IN_PART.search(found.group())
            return None if weaker else Range(found.start(), found.end())
    return None


def _parties(sentence: Sentence, cue: Range) -> list[Concept]:
    """The two areas that a sentence names; where it names one, the theme that follows it.

    A theme that is itself the cue ("trade-offs") is no party.
    """
    named = [mention.found for mention in sentence.mentions]
    areas = [one for one in named if "PolicyArea" in one.concept.types]
    distinct = list({one.concept.iri: one.concept for one in areas}.values())
    if not areas or len(distinct) > 1:
        return distinct[:2]
    for one in named:
        apart = one.end <= cue.start or cue.end <= one.start
        if "Theme" in one.concept.types and one.start > areas[0].start and apart:
            return [distinct[0], one.concept]
    return []


def _statement(
    context: Context,
    sentence: Sentence,
    one: NamedNode,
    relation: Concept,
    other: NamedNode,
    clause: str,
) -> Statement:
    content: Content = [
        ("from", one),
        ("to", other),
        ("relation", relation.iri),
        ("polarity", Literal(relation.texts("impliesPolarity")[0])),
    ]
    for pattern, modality in _MODAL:
        if pattern.search(clause) and "niet zonder" not in clause:
            content.append(("modality", Literal(modality)))
            break
    content.append(("speaker", sentence.speaker))
    return Statement(
        "CoherenceRelation",
        context.document.id,
        sentence.evidence,
        context.rule(RULE),
        tuple(content),
    )


@cache
def _data() -> Any:
    return yaml.safe_load(files("ingest.extract").joinpath("coherence.yaml").read_text("utf-8"))


@cache
def _letters() -> dict[str, str]:
    return {kind: letter for letter, kinds in _data()["letters"].items() for kind in kinds}


@cache
def _frames() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    slots = {
        name: Slot(one["letters"], "", one["says"], one.get("least", 0))
        for name, one in _data()["slots"].items()
    }
    words = _data()["words"]
    return tuple(
        (relation, tuple(compiled(pattern, words, slots) for pattern in patterns))
        for relation, patterns in _data()["relations"].items()
    )
