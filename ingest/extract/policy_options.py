"""Policy options: the choices and cuts that a chapter on options or savings names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal

from ingest.extract.context import Context
from ingest.extract.prose import (
    Content,
    Sentence,
    nearest_period,
    period_content,
    quantity_content,
    sentences,
)
from ingest.extract.sentence_kind import says_nothing
from ingest.extract.statement_cues import has
from ingest.statement import Rule, Statement

RULE = Rule("policy-options", 1)
_CHAPTER = re.compile(
    r"beleids(?:optie|variant)|besparing|bezuinig|ombuiging|intensivering|\bvarianten?\b|"
    r"\b[+-−–±] ?20 ?%",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\bopties? (?:\S+ ){0,3}(?:geformuleerd|opgesteld|uitgewerkt)\b|^op basis van\b"
)
_DENIED = re.compile(r"\bniet (?:aan de orde|mogelijk|wenselijk|voorzien)\b", re.IGNORECASE)
_DONE = re.compile(r"\b(?:doorgevoerd|opgenomen|afgesproken|besloten|ingeboekt)\b", re.IGNORECASE)
_NEEDED = re.compile(
    r"\b(?:noodzakelijk|nodig|moet|moeten|vereist|onvermijdelijk)\b", re.IGNORECASE
)
_MAY = re.compile(r"\b(?:kan|kunnen|zou|zouden)\b", re.IGNORECASE)
_MODALITIES = ((_DENIED, "denies"), (_DONE, "did"), (_MAY, "may"), (_NEEDED, "must"))


def extract(context: Context) -> Iterator[Statement]:
    """The policy options of a document, in reading order."""
    for sentence in sentences(context):
        if _in_chapter(sentence) and not says_nothing(sentence) and _is_option(sentence):
            yield Statement(
                "PolicyOption",
                context.document.id,
                sentence.evidence,
                context.rule(RULE),
                tuple(_content(sentence)),
            )


def _in_chapter(sentence: Sentence) -> bool:
    document = sentence.context.document
    return any(_CHAPTER.search(one.title) for one in document.ancestry(sentence.block))


def _is_option(sentence: Sentence) -> bool:
    return has(sentence, "cut", "option") and not _LEAD.search(sentence.text)


def _content(sentence: Sentence) -> Content:
    """How firm the option is, whether it cuts, its amount and time, and what it is about."""
    text = sentence.text
    modality = next((name for pattern, name in _MODALITIES if pattern.search(text)), "is")
    content: Content = [("modality", Literal(modality))]
    if has(sentence, "cut"):
        content.append(("polarity", Literal("negative")))
    if len(sentence.quantities) == 1:
        content += quantity_content(sentence.quantities[0], sentence.block.text.text)
    if len(sentence.periods) == 1 and (period := nearest_period(sentence, sentence.range)):
        content += period_content(period)
    content.append(("speaker", sentence.speaker))
    return content + sentence.about()
