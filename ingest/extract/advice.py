"""Recommendations made and answered in running text, outside any list of recommendations.

"IOB beveelt aan om ... Het kabinet neemt deze aanbeveling over." An answer is tied to what was
recommended before it in the same paragraph, and only where its words point there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ingest.document import BlockKind
from ingest.extract.context import Context
from ingest.extract.positions import Recommended, position, stances
from ingest.extract.prose import Content, Sentence, sentences
from ingest.extract.sentence_kind import says_nothing
from ingest.extract.voice import evaluator
from ingest.statement import Rule, Statement

_ADVISES = re.compile(
    r"\b(?:beveelt|bevelen|beval|raadt|raden|raadde)\b[^.;]*\baan\b"
    r"|\b(?:adviseert|adviseerde|adviseren)\b|\bpleit(?:te)? (?:er)?voor\b"
    r"|\bdo(?:et|en) (?:\S+ ){0,3}aanbeveling(?:en)?\b|\b(?:wordt aanbevolen|aanbevolen wordt)\b",
    re.IGNORECASE,
)
_WHAT = re.compile(r"\b(?:om|dat|te|voor|meer|minder)\b", re.IGNORECASE)
_NAMES = re.compile(
    r"\b(?:de|uw|zijn|haar) (?:\S+ )?aanbeveling(?: van (?:de |het )?\S+)?,? (?:om|dat)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:deze|de) (?:\S+ )?aanbeveling(?P<plural>en)?\b(?! (?:om|dat|van)\b)"
    r"|\bdit advies\b|\bhieraan\b",
    re.IGNORECASE,
)


def extract(context: Context, rule: Rule) -> Iterator[Statement]:
    """The recommendations in running text with the answers to them, in reading order."""
    made: list[Recommended] = []
    block, pending, answers = -1, 0, 0
    adviser: NamedNode | None = None
    for sentence in sentences(context, BlockKind.PARAGRAPH):
        if sentence.block.order != block:
            block, pending = sentence.block.order, 0
        adviser = _named(context, sentence) or adviser
        if sentence.block.role is not None:
            continue
        name = f"prose-{len(made) + 1}"
        recommended = Recommended(
            context.thing("recommendation", context.document.id, name), "", sentence.text
        )
        points = _POINTS.search(sentence.text) if pending else None
        answered: list[Recommended] = []
        if advises(context, sentence):
            made.append(recommended)
            pending += 1
            yield _recommendation(context, rule, sentence, name, sentence.speaker)
        elif points is not None:
            answered = made[-pending:] if points["plural"] else made[-1:]
        elif adviser is not None and _NAMES.search(sentence.text):
            answered = [recommended]
        told = list(_answer(context, rule, sentence, answered, f"prose-{answers + 1}"))
        if told and answered == [recommended] and adviser is not None:
            made.append(recommended)
            yield _recommendation(context, rule, sentence, name, adviser)
        answers += bool(told)
        yield from told


def _named(context: Context, sentence: Sentence) -> NamedNode | None:
    """The evaluator that a sentence names, whose recommendations are spoken of from there on."""
    found = (evaluator(context, mention) for mention in sentence.mentions)
    return next((one for one in found if one is not None), None)


def advises(context: Context, sentence: Sentence) -> bool:
    """Whether another than the document's own speaker advises something in a sentence."""
    following = sentence.block.order + 1
    blocks = context.document.blocks
    leads_in = following < len(blocks) and blocks[following].role is not None
    other = sentence.speaker != context.own_voice(sentence.block)
    advises = _ADVISES.search(sentence.text) and _WHAT.search(sentence.text)
    return bool(other and advises and not leads_in and not says_nothing(sentence))


def _heading(context: Context, sentence: Sentence) -> str:
    return next((one.title for one in context.document.ancestry(sentence.block)), "")


def _recommendation(
    context: Context, rule: Rule, sentence: Sentence, name: str, adviser: NamedNode
) -> Statement:
    content: Content = [
        ("heading", Literal(_heading(context, sentence))),
        ("recommendedBy", adviser),
        ("wordedBy", context.own_voice(sentence.block)),
        ("modality", Literal("recommends")),
        ("speaker", adviser),
        *(pair for pair in sentence.about() if pair[1] != adviser),
    ]
    document = context.document.id
    made_by = context.rule(rule)
    named = f"recommendation/{document}/{name}"
    return Statement("Recommendation", document, sentence.evidence, made_by, tuple(content), named)


def _answer(
    context: Context, rule: Rule, sentence: Sentence, answered: list[Recommended], name: str
) -> Iterator[Statement]:
    """The answer that a sentence gives, and the stances it takes."""
    document, made_by = context.document.id, context.rule(rule)
    voice = context.own_voice(sentence.block)
    taken = stances(context, sentence.block, sentence.range, voice) if answered else []
    if not taken:
        return
    response = context.thing("response", document, name)
    content: Content = [("speaker", voice), *(("respondsTo", one.node) for one in answered)]
    content += sentence.about()
    yield Statement(
        "Response",
        document,
        sentence.evidence,
        made_by,
        tuple(content),
        f"response/{document}/{name}",
    )
    for stance in taken:
        said = position(stance, sentence.text, voice, answered)
        yield Statement(
            "Position", document, sentence.evidence, made_by, (*said, ("partOf", response))
        )
