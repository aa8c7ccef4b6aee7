"""Who says what it will do: a verb of intention with its subject, or a promise in the passive.

In a Dutch main clause the verb stands next to its subject ("Nederland zal ...", "Daarom verhoogt
het kabinet ..."). In a subordinate clause it stands at the end, and says nothing of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from ingest.extract.mentions import Mention
from ingest.extract.prose import Sentence
from ingest.extract.statement_cues import cue, found, has

_GOVERNING = frozenset({"cabinet", "minister", "ministry", "ministerial-unit", "other-government"})
_SILENT = frozenset({"parliament", "parliamentary-group", "inspectorate-evaluator", "person"})
_PRONOUN = re.compile(r"\b(?:wij|we|ik)\b", re.IGNORECASE)
_OFFICE = re.compile(r"\b(?:de )?(?P<office>minister|staatssecretaris)\b", re.IGNORECASE)
_SERIES = re.compile(r"\s*,?\s*(?:en\b|of\b)?\s*(?:de\b|het\b)?\s*", re.IGNORECASE)
_FUTURE = re.compile(r"^(?:zal|zullen|gaat|gaan|ga|is|zijn)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"\b(?:dat|die|wat|waar\w*|omdat|of|hoe|als|wanneer|zoals|indien|terwijl|hoewel|doordat|zodat|"
    r"dan|welke|voordat|nadat|totdat|naarmate)\s+(?:ook\s+|dan\s+)?$",
    re.IGNORECASE,
)
_OBLIQUE = re.compile(
    r"\b(?:volgens|van|door|met|voor|aan|bij|in|tussen|via|onder|over|uit|naar|op|namens|zonder|"
    r"binnen|richting|tegen|rond)\s+(?:de\s+|het\s+)?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:die|dat|welke|waar\w*(?! (?:no|mo|rel))|of|hoe|omdat|als|wanneer|zoals|om|"
    r"doordat|zodat)\b[^,;:]*$",
    re.IGNORECASE,
)
_FOCUS = re.compile(
    r"\b(?:zal|zullen)\b[^.;]*\b(?:prioriteit (?:zijn|krijgen|hebben)|aandacht (?:vragen|krijgen)|"
    r"(?:centraal|voorop) (?:staan|blijven staan))\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(r"\b(?:be)?danken\b", re.IGNORECASE)
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Intention:
    """Who will act (nobody named in the passive), and the clause that says so."""

    actors: tuple[NamedNode, ...]
    clause: str


@lru_cache(maxsize=4096)
def intention(sentence: Sentence) -> Intention | None:
    """The first intention that a sentence states with its subject, or promises in the passive."""
    if has(sentence, "norm", "procedure") or _COURTESY.search(sentence.text):
        return None
    for one in _stated(sentence):
        if not cue(sentence.context.vocabulary, "habit").search(_around(sentence, one)):
            return one
    return Intention((), sentence.text) if _promised(sentence) else None


def pledge(sentence: Sentence) -> Intention | None:
    """What the sentence reports an actor to have pledged."""
    match = found(sentence, "pledge")
    if match is None or has(sentence, "norm"):
        return None
    before = [one for one in _subjects(sentence) if one[0] < match.end()]
    return Intention(before[0][2] if before else (), match.group())


def _around(sentence: Sentence, one: Intention) -> str:
    """What stands before the verb and shortly after it, where a habit would be named."""
    at = max(sentence.text.find(one.clause[:12]), 0)
    return sentence.text[: at + _NEAR]


def _stated(sentence: Sentence) -> Iterator[Intention]:
    text = sentence.text
    for start, end, actors, governing in _subjects(sentence):
        for clause in _clauses(sentence, text[:start], text[end:]):
            if governing or _FUTURE.match(clause):
                yield Intention(actors, clause)


def _clauses(sentence: Sentence, before: str, after: str) -> Iterator[str]:
    """The clauses whose verb stands beside the subject, from the verb on."""
    words = sentence.context.vocabulary
    verb = cue(words, "intention").pattern
    undertaking = cue(words, "undertaking")
    follows = re.match(rf"\s+(?P<verb>{verb})\b", after, re.IGNORECASE)
    if follows and not _SUBORDINATE.search(before) and not _OBLIQUE.search(before):
        clause = after.lstrip()
        if undertaking.search(clause):
            yield clause
    precedes = re.search(rf"(?<!\w)(?P<verb>{verb})\s+(?:de\s+|het\s+)?$", before, re.IGNORECASE)
    if precedes:
        clause = f"{precedes['verb']} {after.lstrip()}"
        if undertaking.search(clause):
            yield clause
    joined = re.search(r",?\s+en\s+(?P<verb>zal|zullen|gaat|gaan|blijft|blijven)\b", after)
    if joined and re.fullmatch(r"(?:de|het)?\s*", before, re.IGNORECASE):
        clause = after[joined.start("verb") :]
        if undertaking.search(clause):
            yield clause


def _subjects(sentence: Sentence) -> Iterator[tuple[int, int, tuple[NamedNode, ...], bool]]:
    """Who can be a subject: where, who, and whether it is (part of) the government."""
    text, offset = sentence.text, sentence.range.start
    series: list[NamedNode] = []
    last, first = -1, 0
    for mention in sentence.mentions:
        acting = _acting(mention)
        if acting is None:
            continue
        who, kinds = acting
        start, end = mention.found.start - offset, mention.found.end - offset
        if last < 0 or not _SERIES.fullmatch(text[last:start]):
            series, first = [], start
        series.append(who)
        last = end
        yield first, end, tuple(dict.fromkeys(series)), bool(kinds & _GOVERNING)
    named = {mention.found.start - offset for mention in sentence.mentions}
    for match in _OFFICE.finditer(text):
        if match.start("office") not in named:
            yield match.start(), match.end(), (), True
    for match in _PRONOUN.finditer(text):
        yield match.start(), match.end(), (sentence.speaker,), True


def _acting(mention: Mention) -> tuple[NamedNode, frozenset[str]] | None:
    """The actor that a mention names, with its kinds; a country acts by its government."""
    concept = mention.found.concept
    if mention.found.form == "adjective":
        return None
    if "Actor" not in concept.types:
        governments = [one for one in concept.objects("government") if isinstance(one, NamedNode)]
        return (governments[0], _GOVERNING) if governments else None
    kinds = frozenset(one.value.rsplit("/", 1)[-1] for one in concept.objects("kind"))
    return None if kinds & _SILENT else (concept.iri, kinds)


def _promised(sentence: Sentence) -> bool:
    """Whether a passive sentence promises an action of policy for the time to come."""
    text = sentence.text
    if has(sentence, "habit"):
        return False
    if _FOCUS.search(text):
        return True
    if not has(sentence, "policy-action"):
        return False
    if re.search(r"\b(?:zal|zullen)\b", text):
        return any(
            not _RELATIVE.search(text[: one.start()])
            for one in re.finditer(r"\b(?:zal|zullen)\b(?=[^.;]*\bworden\b)", text)
        )
    issued = sentence.context.entry.date.value[:4]
    soon = any(one.start[:4] >= issued for one in sentence.periods if one.start and issued)
    if not (soon or has(sentence, "ahead")):
        return False
    action = cue(sentence.context.vocabulary, "policy-action")
    return any(
        action.search(text, one.end()) is not None and not _RELATIVE.search(text[: one.start()])
        for one in re.finditer(r"\b(?:wordt|worden)\b", text, re.IGNORECASE)
    )
