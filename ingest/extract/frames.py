"""Who funds, chairs, coordinates, advises or works with whom, and where, by verb frames.

A sentence is matched with its names replaced by slots that tell what kind of thing each name is,
so that a frame ("{doer} ~ voorzitter van {organisation}") says only what stands between them. The
frames are data (frames.yaml, which explains how they are written); a sentence that no frame fits
gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pyoxigraph import Literal, NamedNode

from ingest.document import BlockRole, Range
from ingest.extract.assertion import asserted
from ingest.extract.circumstances import condition
from ingest.extract.context import Context
from ingest.extract.frame_times import partnership_time, stated_time
from ingest.extract.mentions import Mention
from ingest.extract.prose import (
    Content,
    Sentence,
    quantity_content,
    sentences,
)
from ingest.extract.quantities import Quantity
from ingest.extract.slots import Slot, Slotted, compiled, slotted
from ingest.statement import Rule, Statement

RULE = Rule("frames", 6)

_PREPOSITION = (
    r"\b(?:in|met|via|voor|van|aan|bij|door|uit|binnen|op|tussen|over|volgens|namens)"
    r"\s(?:(?:de|het)\s)?"
)
_GOVERNED = re.compile(
    rf"{_PREPOSITION}(?:‹[A-Z]\d+›(?:,\s|,?\sen\s)(?:de\s|het\s)?)*$", re.IGNORECASE
)
# A name right before a verb is its subject, unless a preposition makes it a place or a means.
_ACTING = re.compile(rf"({_PREPOSITION}|en\s(?=‹C))?‹[AOUCW]\d+›\s$", re.IGNORECASE)
_BEFORE = 30  # how far before a match its circumstances are looked for
_COMING = re.compile(r"\b(?:zal|zullen|gaat|gaan|wil|willen|aankomend\w*)\b", re.IGNORECASE)
_FORTHCOMING = re.compile(
    r"\b(?:aankomende?|aanstaande|toekomstige?|voorgenomen|geplande?|beoogde?)\s+$", re.IGNORECASE
)
_EXPLORED = re.compile(r"\b(?:verkent|verkennen|onderzoekt)\b", re.IGNORECASE)
_NAME = re.compile(r"‹([A-Z])(\d+)›(?!-?\w*\s‹)")

# "en, waar relevant, van Justitie": what follows takes part only then.
_ONLY_WHERE = re.compile(
    r"\b(?:(?:waar|indien|zo|voor zover|wanneer) (?:relevant|nodig|mogelijk|gewenst|van toepassing)"
    r"|eventueel)\b[^‹›]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A compiled frame: the kind of statement it makes, its role if any, its pattern."""

    kind: str
    role: str
    acting: str  # where who acts stands: "first", "after" its verb, or "" where no one is first
    lasting: bool  # what always holds, whatever time the sentence states
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a frame found in a sentence."""

    frame: _Frame
    match: re.Match[str]
    content: Content
    range: Range  # where the names that it is about stand in the block


def extract(context: Context) -> Iterator[Statement]:
    """The statements that verb frames find, in reading order."""
    for sentence in sentences(context):
        if sentence.mentions and (frames := list(_tried(sentence.text.lower()))):
            slots = slotted(sentence, _letters())
            found = [one for frame in frames for one in _found(context, slots, frame)]
            for said in _fullest(found):
                yield _statement(context, sentence, said)


def _tried(lowered: str) -> Iterator[_Frame]:
    for cues, frames in _frames():
        if any(cue in lowered for cue in cues):
            yield from frames


def _found(context: Context, slots: Slotted, frame: _Frame) -> Iterator[_Said]:
    """What a frame finds; a role is of one actor, so that several actors each have it."""
    held = condition(slots.text)
    for match in frame.pattern.finditer(slots.text):
        if not asserted(match) or not _subject_stands(frame, match):
            continue
        if held is not None and held.start <= match.start() and match.end() <= held.end:
            continue
        content, here = _content(slots, match), _range(slots, match)
        if not frame.role:
            yield _Said(frame, match, content, here)
            continue
        role = context.vocabulary.find("roles", frame.role).iri
        others = [pair for pair in content if pair[0] != "actor"]
        for pair in content:
            if pair[0] == "actor":
                yield _Said(frame, match, [pair, ("role", role), *others], here)


def _fullest(found: Sequence[_Said]) -> Iterator[_Said]:
    """Each thing that was found once, in its fullest form."""
    for number, one in enumerate(found):
        same = [x for x in found if x.frame.kind == one.frame.kind and x is not one]
        covered = any(
            set(one.content) < set(other.content) for other in same if one.content
        ) or any(set(one.content) == set(x.content) for x in found[:number] if x in same)
        if one.content and not covered:
            yield one


def _subject_stands(frame: _Frame, match: re.Match[str]) -> bool:
    """Whether who acts can be the subject: a name before the verb if no preposition governs it,
    one after the verb if no other name stands before that.
    """
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    if frame.acting == "first":
        return not _GOVERNED.search(before)
    named = _ACTING.search(before) if frame.acting == "after" else None
    return named is None or named[1] is not None


def _content(slots: Slotted, match: re.Match[str]) -> Content:
    """The arguments of a match; empty where a slot says nothing or two say the same."""
    content: Content = []
    figures: Content = []
    for group, series in match.groupdict().items():
        slot = _slots()[group.rstrip("_")]
        if series is None or not slot.property:
            continue
        before = len(content) + len(figures)
        at = 0
        for found in _NAME.finditer(series):
            name = slots.names[int(found[2])]
            only_where, at = _ONLY_WHERE.search(series[at : found.start()]), found.end()
            if found[1] not in slot.letters or only_where:
                continue
            if isinstance(name, Quantity):
                figures = quantity_content(name, slots.sentence.block.text.text)
            elif (entity := _entity(name, slot.property)) is not None:
                pair = (slot.property, entity)
                content += [pair] if pair not in content else []
        if len(content) + len(figures) == before:
            return []
    entities = [value for _, value in content]
    return [*content, *figures] if len(set(entities)) == len(entities) else []


def _entity(name: Mention | NamedNode, said_as: str) -> NamedNode | None:
    """The entity in a slot. A country that acts is its government, where we know it; where
    something happens is another country than the one that speaks.
    """
    if isinstance(name, NamedNode):
        return name
    concept = name.found.concept
    government = next(iter(concept.objects("government")), None)
    if said_as == "place":
        return None if government else concept.iri
    if isinstance(government, NamedNode):
        return government
    if said_as == "actor" and "Region" in concept.types:
        return None
    return concept.iri


def _statement(context: Context, sentence: Sentence, said: _Said) -> Statement:
    given = {value for _, value in said.content}
    about = [pair for pair in sentence.about() if pair[1] not in given]
    return Statement(
        said.frame.kind,
        context.document.id,
        sentence.evidence,
        context.rule(RULE),
        (
            *said.content,
            *_time(sentence, said),
            *_modality(sentence, said),
            ("speaker", sentence.speaker),
            *about,
        ),
    )


def _range(slots: Slotted, match: re.Match[str]) -> Range:
    """Where in the block the names of a match stand."""
    found = [slots.names[int(number)] for _, number in _NAME.findall(match.group())]
    places = [x.found.range for x in found if isinstance(x, Mention)]
    places += [x.range for x in found if isinstance(x, Quantity)]
    return (
        Range(min(x.start for x in places), max(x.end for x in places)) if places else Range(0, 0)
    )


def _time(sentence: Sentence, said: _Said) -> Content:
    if said.frame.lasting:
        return []
    if said.frame.kind == "Partnership":
        return partnership_time(sentence, said.range)
    return stated_time(sentence, said.range)


def _modality(sentence: Sentence, said: _Said) -> Content:
    """How what is not yet so is said to come, and under which condition."""
    text, match = said.match.string, said.match
    content: Content = []
    if sentence.block.role is BlockRole.RECOMMENDATION and said.frame.kind != "Membership":
        content.append(("modality", Literal("recommends")))
    elif _EXPLORED.search(text[: match.end()]):
        content.append(("modality", Literal("may")))
    elif _COMING.search(match.group()) or _FORTHCOMING.search(text[: match.start()]):
        content.append(("modality", Literal("intends")))
    held = None if said.frame.lasting else condition(sentence.text)
    if held is not None:
        content.append(("condition", Literal(sentence.text[held.start : held.end])))
    return content


@cache
def _data() -> Any:
    return yaml.safe_load(files("ingest.extract").joinpath("frames.yaml").read_text("utf-8"))


@cache
def _letters() -> Mapping[str, str]:
    return {kind: letter for letter, kinds in _data()["letters"].items() for kind in kinds}


@cache
def _slots() -> Mapping[str, Slot]:
    return {
        name: Slot(one["letters"], one.get("beside", ""), one["says"], one.get("least", 0))
        for name, one in _data()["slots"].items()
    }


def _acting(pattern: str) -> str:
    if pattern.startswith("! "):
        return "after"
    return "first" if re.match(r"\{(?:doer|actor)s?\}", pattern) else ""


@cache
def _frames() -> tuple[tuple[tuple[str, ...], tuple[_Frame, ...]], ...]:
    """The frames by the cues with which they are tried."""
    return tuple(
        (
            tuple(group["cues"]),
            tuple(
                _Frame(
                    group["kind"],
                    group.get("role", ""),
                    _acting(pattern),
                    group.get("lasting", False),
                    compiled(pattern.removeprefix("! "), _data()["words"], _slots()),
                )
                for pattern in group["patterns"]
            ),
        )
        for group in _data()["frames"]
    )
