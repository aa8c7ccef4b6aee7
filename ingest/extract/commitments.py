"""Commitments and announcements: what an actor says it will do, and which papers will come.

A past result, an advice by another and a forecast about the world are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal

from ingest.document import BlockKind
from ingest.extract.circumstances import condition, denied, main_period, mixed
from ingest.extract.context import Context
from ingest.extract.intentions import intention, pledge
from ingest.extract.periods import Period
from ingest.extract.prose import (
    Content,
    Sentence,
    period_content,
    quantity_content,
    sentences,
)
from ingest.extract.quantities import Quantity
from ingest.extract.sentence_kind import own_words, says_nothing
from ingest.extract.statement_cues import cue, has
from ingest.graph.writer import dated
from ingest.statement import Rule, Statement

RULE = Rule("commitments", 3)
_ARTICLE = r"(?:een|de|het|zijn|haar|deze|dit)"
_TERM = re.compile(
    rf"\b{_ARTICLE}\s+(?:aankomende\s+|aanstaande\s+)?"
    rf"(?P<term>(?:(?!{_ARTICLE}\s)[\w’'&-]+\s+){{0,4}}[\w’'-]+)$",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?: [A-Z][\w’'-]+)*")
_PLURAL = re.compile(r"(?:strategieën|plannen|nota[’']s)$")
_KNOWN = re.compile(
    r"\b(?:deze|die|dit|beide|norm van|doelstelling van|naast de) (?:[\w-]+ )?$", re.IGNORECASE
)
# What is expected is a forecast, unless only of what follows ("..., wat naar verwachting ...").
_EXPECTED = re.compile(
    r"^(?:(?!, (?:dat|die|wat|waar\w*|zodat)\b).)*\b(?:naar verwachting|verwacht)\b", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"\b(?:(?:in|vanaf|voor|vóór|na) (?:het (?:komende |volgende )?(?:voorjaar|najaar)|de zomer)"
    r"|(?:voor|vóór) het einde van (?:het|dit) jaar"
    r"|(?:begin|eind|later) (?:dit|volgend) jaar|(?:dit|volgend|komend) (?:voor|na)?jaar"
    r"|de komende (?:jaren|periode|maanden|tijd)|komende jaren|deze kabinetsperiode"
    r"|op (?:korte|middellange|lange) termijn|binnenkort)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:uiterlijk|v[oó]{2}r)(?: \w+){0,4} $", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:uiterlijk|tegen|v[oó]{2}r|tot|per)\b", re.IGNORECASE)


def extract(context: Context) -> Iterator[Statement]:
    """The commitments and announcements of a document, in reading order."""
    for sentence in sentences(context):
        if says_nothing(sentence) or sentence.block.kind is BlockKind.CAPTION:
            continue
        announced = list(_announcements(context, sentence)) if own_words(sentence) else []
        yield from announced
        if not announced and not has(sentence, "subject-of-document"):
            yield from _commitment(context, sentence)


def _commitment(context: Context, sentence: Sentence) -> Iterator[Statement]:
    meant = (intention(sentence) if own_words(sentence) else None) or pledge(sentence)
    if meant is None or mixed(meant.clause) or _EXPECTED.search(sentence.text):
        return
    content: Content = [("actor", actor) for actor in meant.actors]
    content.append(("modality", Literal("intends")))
    if denied(meant.clause):
        content.append(("polarity", Literal("negative")))
    if len(sentence.quantities) == 1 and not _is_known(sentence, sentence.quantities[0]):
        content += quantity_content(sentence.quantities[0], sentence.block.text.text)
    yield _statement(context, sentence, "Commitment", content)


def _is_known(sentence: Sentence, figure: Quantity) -> bool:
    """Whether a figure belongs to what is known already ("deze twee landen", "de norm van 1%")."""
    before = sentence.block.text.text[sentence.range.start : figure.range.start]
    return _KNOWN.search(before) is not None


def _announcements(context: Context, sentence: Sentence) -> Iterator[Statement]:
    """One for each paper that the sentence says will come."""
    announced = cue(context.vocabulary, "announced").search(sentence.text)
    if announced is None or has(sentence, "habit", "norm", "procedure", "subject-of-document"):
        return
    meant = intention(sentence)
    for term in _terms(sentence):
        content: Content = [("actor", actor) for actor in meant.actors] if meant else []
        modality = "expects" if _EXPECTED.search(sentence.text) else "intends"
        content += [("term", Literal(term)), ("modality", Literal(modality))]
        yield _statement(context, sentence, "Announcement", content)


def _terms(sentence: Sentence) -> Iterator[str]:
    """The papers named with an article, as written."""
    text = sentence.text
    papers = cue(sentence.context.vocabulary, "paper")
    for paper in papers.finditer(text):
        if papers.match(text, paper.end() + 1):  # "evaluatie rapport" is one paper
            continue
        before = _TERM.search(text[: paper.end()])
        if before is not None and not _PLURAL.search(before["term"]):
            rest = _NAME.match(text, paper.end())
            yield before["term"] + (rest.group() if rest else "")


def _statement(context: Context, sentence: Sentence, kind: str, content: Content) -> Statement:
    held = condition(sentence.text)
    if held is not None:
        content.append(("condition", Literal(sentence.text[held.start : held.end])))
    times = _times(sentence)
    about = [pair for pair in sentence.about() if pair[1] not in {v for _, v in content}]
    return Statement(
        kind,
        context.document.id,
        sentence.evidence,
        context.rule(RULE),
        (*content, *times, ("speaker", sentence.speaker), *about),
    )


def _times(sentence: Sentence) -> Content:
    """When it will be done: a deadline if one is stated, or else the time as written."""
    if (period := main_period(sentence)) is not None:
        if _is_deadline(sentence, period):
            return [
                ("deadline", dated(period.end)),
                ("periodLabel", Literal(_by(sentence, period))),
            ]
        return period_content(period)
    relative = None if sentence.periods else _RELATIVE.search(sentence.text)
    return [("periodLabel", Literal(relative.group()))] if relative else []


def _by(sentence: Sentence, period: Period) -> str:
    """A deadline as written, with the words before a year: "uiterlijk in de zomer van 2023"."""
    before = sentence.block.text.text[sentence.range.start : period.range.start]
    words = _BEFORE.search(before) if period.label.isdecimal() else None
    return (words.group() if words else "") + period.label


def _is_deadline(sentence: Sentence, period: Period) -> bool:
    """Whether something is to be done before the moment, or at the latest then."""
    if not period.start:
        return bool(period.end and _UNTIL.search(period.label))
    before = sentence.block.text.text[sentence.range.start : period.range.start]
    return period.start == period.end and _BEFORE.search(before) is not None
