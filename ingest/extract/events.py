"""Events: what happened, or will, at a stated time: signing, launch, founding, meeting, visit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pyoxigraph import Literal, NamedNode

from ingest.document import BlockKind, Range
from ingest.extract.clauses import doer, in_compound
from ingest.extract.context import Context
from ingest.extract.mentions import Mention
from ingest.extract.periods import Period
from ingest.extract.prose import Content, Sentence, period_content, sentences
from ingest.extract.sentence_kind import says_nothing
from ingest.extract.statement_cues import cue
from ingest.statement import Rule, Statement

RULE = Rule("events", 2)
_KINDS = ("signing", "launch", "founding", "meeting", "publication", "visit")
_NOW = re.compile(r"\b(?:inmiddels|recent|recentelijk|onlangs)\b", re.IGNORECASE)
_COMING = re.compile(r"\b(?:zal|zullen|wordt|worden|vindt|vinden)\b", re.IGNORECASE)
_HYPOTHETICAL = re.compile(
    r"\b(?:moet|moeten|dient|dienen|zou|zouden|kan|kunnen|als|wanneer|doorgaans|"
    r"periodiek|wekelijks|om te|beoogt)\b",
    re.IGNORECASE,
)
# A year that is part of the name of a paper ("de begroting 2023") dates nothing else.
_NAMED = re.compile(
    r"(?:begroting|nota|plan|agenda|akkoord|verslag|artikel|visie)\s$", re.IGNORECASE
)
_BETWEEN = re.compile(r"[;:]|\b(?:die|dat|waar\w*|omdat|terwijl|maar)\b")
_ACTIVE = re.compile(r"\b(?:heeft|hebben|heb|had|hadden)\b|\b(?:is|was)(?= [A-Z][^,.;]*\bhost van)")
_PASSIVE = re.compile(r"\b(?:is|zijn|was|waren|wordt|worden|werd|werden)\b")
_BY = re.compile(r"\bdoor (?:de |het |een )?")
_RELATIVE = re.compile(r"\b(?:die|dat)\s+(?:de\s+|het\s+)?$")
_JOINED = re.compile(
    r"(?:\s*,\s*|\s+(?:en|samen met|evenals)\s+|\s*,?\s*en\s+)?(?:de |het )?", re.IGNORECASE
)
_DOERS = frozenset({"Actor", "Country"})
_FAR = 90
_SPAN_YEARS = 1


def extract(context: Context) -> Iterator[Statement]:
    """The events of a document, in reading order."""
    for sentence in sentences(context):
        if says_nothing(sentence) or sentence.block.kind is BlockKind.PULL_QUOTE:
            continue
        found = _event(sentence)
        if found is not None:
            yield Statement(
                "Event",
                context.document.id,
                sentence.evidence,
                context.rule(RULE),
                tuple(_content(sentence, *found)),
            )


def _event(sentence: Sentence) -> tuple[Range, Period | None] | None:
    """Where an event is named, with its time; None where either is missing."""
    for kind in _KINDS:
        for match in cue(sentence.context.vocabulary, f"event-{kind}").finditer(sentence.text):
            here = Range(match.start(), match.end())
            if _HYPOTHETICAL.search(_clause(sentence.text, here)):
                continue
            period = _time(sentence, here)
            if period is not None:
                return here, period
            if kind in ("founding", "launch") and _NOW.match(sentence.text):
                return here, None
    return None


def _clause(text: str, here: Range) -> str:
    """The words around a place up to the nearest commas."""
    start, end = _bounds(text, here)
    return text[start:end]


def _bounds(text: str, here: Range) -> tuple[int, int]:
    start = max(text.rfind(mark, 0, here.start) for mark in (",", ";", ":")) + 1
    ends = [at for mark in (",", ";", ":") if (at := text.find(mark, here.end)) >= 0]
    return start, min(ends, default=len(text))


def _time(sentence: Sentence, here: Range) -> Period | None:
    """The moment nearest to the event's word, in the same clause."""
    offset = sentence.range.start
    best: tuple[int, Period] | None = None
    for period in sentence.periods:
        if not _is_moment(period) or _NAMED.search(sentence.text[: period.range.start - offset]):
            continue
        first, last = period.range.start - offset, period.range.end - offset
        gap = (last, here.start) if last <= here.start else (here.end, first)
        between = sentence.text[gap[0] : gap[1]] if gap[0] < gap[1] else ""
        if len(between) <= _FAR and not _BETWEEN.search(between):
            best = min(best or (len(between), period), (len(between), period), key=lambda x: x[0])
    return best[1] if best else None


def _is_moment(period: Period) -> bool:
    if not period.start or not period.end:
        return bool(period.start and re.match(r"vanaf|met ingang", period.label, re.IGNORECASE))
    return int(period.end[:4]) - int(period.start[:4]) <= _SPAN_YEARS


def _content(sentence: Sentence, here: Range, period: Period | None) -> Content:
    """Whether it happened or will, when, of what, and who took part."""
    issued = sentence.context.entry.date.value
    ahead = period is not None and bool(issued) and period.start[:4] > issued[:4]
    clause = _clause(sentence.text, here)
    coming = ahead or (_COMING.search(clause) is not None and not _past(clause))
    content: Content = [("modality", Literal("expects" if coming else "did"))]
    instrument = _nearest(sentence, here)
    if instrument is not None:
        content.append(("subject", instrument))
    if period is not None:
        content += period_content(period)
    content += [("actor", one) for one in _participants(sentence, here)]
    content.append(("speaker", sentence.speaker))
    given = {value for _, value in content}
    return content + [pair for pair in sentence.about() if pair[1] not in given]


def _participants(sentence: Sentence, here: Range) -> Iterator[NamedNode]:
    """Who did it: the subject of the event's own verb, with who is joined to it, or who a passive
    names with "door".
    """
    text, offset = sentence.block.text.text, sentence.range.start
    start, end = _bounds(sentence.text, here)
    clause = Range(offset + start, offset + end)
    passive = _BY.search(text, clause.start, clause.end)
    first: NamedNode | None = None
    if _ACTIVE.search(sentence.text[start:end]) or not _PASSIVE.search(sentence.text[start:end]):
        own = re.compile(r"\w+").finditer(text, offset + here.start, offset + here.end)
        verbs = (*_ACTIVE.finditer(text, clause.start, clause.end), *islice(own, 1))
        first = next(filter(None, (doer(sentence, verb, _DOERS) for verb in verbs)), None)
    at = passive.end() if passive and first is None else None
    for mention in sentence.mentions:
        if not mention.found.concept.types & _DOERS or in_compound(sentence, mention):
            continue
        place = mention.found.range
        before = text[clause.start : place.start]
        if at is None and first is None and place.end <= offset + here.start:
            # "het voorstel dat de Commissie in 2022 vaststelde"
            first = mention.entity if _RELATIVE.search(before) else None
        joined = at is not None and _JOINED.fullmatch(text[at : place.start]) is not None
        if joined or (at is None and mention.entity == first and place.start >= clause.start):
            at = place.end
            if actor := _acting(mention):
                yield actor


def _acting(mention: Mention) -> NamedNode | None:
    """The actor that a name stands for: of a country its government, where we know it."""
    concept = mention.found.concept
    if "Actor" in concept.types:
        return concept.iri
    return next((one for one in concept.objects("government") if isinstance(one, NamedNode)), None)


def _past(clause: str) -> bool:
    return re.search(r"\b(?:is|zijn|werd|werden|heeft|hebben|was)\b", clause) is not None


def _nearest(sentence: Sentence, here: Range) -> NamedNode | None:
    """The instrument named nearest to the event's word, in the same clause."""
    offset = sentence.range.start
    start, end = _bounds(sentence.text, here)
    named = [
        one
        for one in sentence.mentions
        if "Instrument" in one.found.concept.types
        and offset + start <= one.found.start
        and one.found.end <= offset + end
    ]
    if not named:
        return None
    closest = min(named, key=lambda one: abs(one.found.start - offset - here.start))
    return closest.entity
