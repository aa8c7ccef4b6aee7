"""Who funds, chairs, coordinates, advises or works with whom, by verb frames.

A sentence is matched with its names replaced by slots, so that a frame ("{actor} ~ voorzitter van
~ {organisation}") says only what is between them. The frames are data (frames.yaml); a sentence
that no frame fits gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pyoxigraph import NamedNode

from ingest.extract.context import Context
from ingest.extract.mentions import Mention
from ingest.extract.prose import Content, Sentence, nearest_period, period_content, sentences
from ingest.statement import Rule, Statement

RULE = Rule("frames", 1)

# The class of an entity is one letter in the slotted sentence; earlier ones win.
_LETTERS = {
    "Actor": "A",
    "Instrument": "I",
    "Country": "C",
    "Region": "C",
    "PolicyArea": "T",
    "Theme": "T",
}
_SLOTS = {
    "actor": "AC",
    "recipient": "AIT",
    "instrument": "I",
    "organisation": "AI",
    "subject": "AIT",
    "members": "A",
    "place": "C",
    "places": "C",
}
_SERIES = frozenset({"members", "places"})
_PROPERTY = {"members": "member", "places": "place"}
_FEW_WORDS = r"(?:[^\s‹›,;:.()]+\s+){0,3}?"
_ANY_WORDS = r"[^‹›.;]*?"
_NEGATED = re.compile(r"\b(?:niet|geen|nooit|nauwelijks|noch)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A compiled frame: the kind of statement it makes, its role if any, its pattern."""

    kind: str
    role: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Slotted:
    """A sentence with slots for names, and the names by number."""

    text: str
    names: Mapping[int, Mention]


def extract(context: Context) -> Iterator[Statement]:
    """The statements that verb frames find, in reading order."""
    for sentence in sentences(context):
        slotted = _slotted(sentence)
        if len(slotted.names) == 0:
            continue
        said: set[tuple[object, ...]] = set()
        for frame in _frames():
            for match in frame.pattern.finditer(slotted.text):
                content = _content(context, frame, match, slotted)
                key = (frame.kind, *content)
                if content and key not in said and not _NEGATED.search(match.group()):
                    said.add(key)
                    yield _statement(context, sentence, frame, content)


def _slotted(sentence: Sentence) -> _Slotted:
    text = sentence.block.text.text
    names: dict[int, Mention] = {}
    pieces: list[str] = []
    at = sentence.range.start
    for mention in sentence.mentions:
        letter = next((x for t, x in _LETTERS.items() if t in mention.found.concept.types), "")
        if not letter or mention.found.form == "adjective" or mention.found.start < at:
            continue
        number = len(names)
        names[number] = mention
        pieces += [text[at : mention.found.start], f"‹{letter}{number}›"]
        at = mention.found.end
    pieces.append(text[at : sentence.range.end])
    return _Slotted("".join(pieces), names)


def _content(context: Context, frame: _Frame, match: re.Match[str], slotted: _Slotted) -> Content:
    """The arguments of a match; empty where two of them are the same thing."""
    content: Content = []
    for slot, numbers in match.groupdict().items():
        if numbers is None:
            continue
        for number in re.findall(r"\d+", numbers):
            entity = _entity(slotted.names[int(number)], slot)
            if entity is None:
                return []
            content.append((_PROPERTY.get(slot, slot), entity))
    entities = [value for _, value in content]
    if len(set(entities)) < len(entities) or not content:
        return []
    if frame.role:
        content.append(("role", context.vocabulary.find("roles", frame.role).iri))
    return content


def _entity(mention: Mention, slot: str) -> NamedNode | None:
    """The entity in a slot; a country that acts is its government, where we know it."""
    concept = mention.found.concept
    if slot == "actor" and "Actor" not in concept.types:
        acting = concept.objects("government")
        return acting[0] if acting and isinstance(acting[0], NamedNode) else None
    return concept.iri


def _statement(context: Context, sentence: Sentence, frame: _Frame, content: Content) -> Statement:
    given = {value for _, value in content}
    about = [pair for pair in sentence.about() if pair[1] not in given]
    times: Content = []
    if len(sentence.periods) == 1 and (period := nearest_period(sentence, sentence.range)):
        times = period_content(period)
    return Statement(
        frame.kind,
        context.document.id,
        sentence.evidence,
        context.rule(RULE),
        (*content, *times, ("speaker", sentence.speaker), *about),
    )


@cache
def _frames() -> tuple[_Frame, ...]:
    raw = yaml.safe_load(files("ingest.extract").joinpath("frames.yaml").read_text("utf-8"))
    found: list[_Frame] = []
    for kind, frames in raw.items():
        roles = frames if isinstance(frames, dict) else {"": frames}
        for role, patterns in roles.items():
            found += [_Frame(kind, role, _compiled(pattern)) for pattern in patterns]
    return tuple(found)


def _compiled(frame: str) -> re.Pattern[str]:
    """A frame as a pattern over slotted text."""
    pattern = frame.replace(" ~ ", r"\s+~").replace("~ ", "~").replace(" * ", r"\s+*\s*")
    pattern = pattern.replace("~", _FEW_WORDS).replace("+*", "+" + _ANY_WORDS)
    pattern = re.sub(r"(?<!\\) ", r"\\s+", pattern)
    return re.compile(re.sub(r"\{(\w+)\}", _slot, pattern), re.IGNORECASE)


def _slot(match: re.Match[str]) -> str:
    name = match[1]
    one = rf"‹[{_SLOTS[name]}](?P<{name}>\d+)›"
    if name not in _SERIES:
        return rf"(?:(?:de|het|een)\s+)?{one}"
    item = rf"(?:(?:de|het)\s+)?‹[{_SLOTS[name]}]\d+›"
    joint = r"\s*(?:,|\ben\b|,\s*en\b|\bof\b)\s*"
    return rf"(?P<{name}>{item}(?:{joint}{item})*)"
