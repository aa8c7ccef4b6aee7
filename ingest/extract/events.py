"""Events: what happened, or will, at a stated time: signing, launch, founding, meeting, visit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ingest.document import BlockKind, Range
from ingest.extract.context import Context
from ingest.extract.periods import Period
from ingest.extract.prose import Content, Sentence, period_content, sentences
from ingest.extract.sentence_kind import says_nothing
from ingest.extract.statement_cues import cue
from ingest.statement import Rule, Statement

RULE = Rule("events", 1)
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
    start = max(text.rfind(",", 0, here.start), text.rfind(";", 0, here.start)) + 1
    ends = [at for at in (text.find(",", here.end), text.find(";", here.end)) if at >= 0]
    return text[start : min(ends, default=len(text))]


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
    """The actors named in the main clause; one that begins a compound ("VN-top") takes no part."""
    text, main = sentence.block.text.text, _main(sentence, here)
    yield from dict.fromkeys(
        mention.entity
        for mention in sentence.mentions
        if "Actor" in mention.found.concept.types
        and mention.found.end <= main.end
        and not text.startswith("-", mention.found.end)
    )


def _main(sentence: Sentence, here: Range) -> Range:
    """The sentence up to the colon or relative clause after the event, where who took part is."""
    rest = sentence.text[here.end :]
    stop = _BETWEEN.search(rest)
    end = here.end + (stop.start() if stop else len(rest))
    return Range(sentence.range.start, sentence.range.start + end)


def _past(clause: str) -> bool:
    return re.search(r"\b(?:is|zijn|werd|werden|heeft|hebben|was)\b", clause) is not None


def _nearest(sentence: Sentence, here: Range) -> NamedNode | None:
    """The instrument named nearest to the event's word."""
    offset = sentence.range.start
    named = [one for one in sentence.mentions if "Instrument" in one.found.concept.types]
    if not named:
        return None
    closest = min(named, key=lambda one: abs(one.found.start - offset - here.start))
    return closest.entity
