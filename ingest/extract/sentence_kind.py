"""Which kind of statement a sentence can be, by its form: what is, what will be, what was done.

A sentence establishes something, promises something, or reports what was done, and these do not
overlap. Questions, titles, fragments, English quotations and sentences about the document itself
say nothing of the kind. The words are data: the scheme statement-cues.
"""

from __future__ import annotations

import re
from enum import StrEnum

from pyoxigraph import NamedNode

from ingest.document import BlockKind, BlockRole
from ingest.extract.intentions import intention, pledge
from ingest.extract.prose import Sentence
from ingest.extract.statement_cues import has
from ingest.extract.voice import EVALUATOR

_JUDGING = ("establishing", "shortcoming", "success", "hindering", "development", "standing")
_ENGLISH = re.compile(
    r"\b(?:the|of|and|with|this|that|from|which|to|its|by|for|are)\b", re.IGNORECASE
)
_FOREIGN = 4
_END = re.compile(r"[.!;]['’”\")\]]*$")
_TITLE = re.compile(r"^[“‘\"'][^”’\"']*[”’\"']?\.?$")
_REFERENCE = re.compile(
    r"^(?:motie|kamerstuk|kamerbrief|brief|zie|https?:|bron|ibid|nota)\b"
    r"|^[A-Z][\w ]{1,30},? \(?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:heeft|hebben|heb|is|zijn|kon|konden)\b[^.;]*?\b(?:\w*ge|be|ver|ont|her)\w{2,}(?:d|t|en)\b"
    r"(?=[.,;:)]| (?:en|aan|in|op|om|met|van|voor|door|via|tot|bij|waar\w*|als|te|die|dat)\b|$)",
    re.IGNORECASE,
)


class SentenceKind(StrEnum):
    """What a sentence can be; the values name classes of the ontology."""

    FINDING = "Finding"
    COMMITMENT = "Commitment"
    RESULT = "Result"


def kind(sentence: Sentence) -> SentenceKind | None:
    """The kind that a sentence can be; None where it says nothing of the world or policy."""
    if says_nothing(sentence) or has(sentence, "subject-of-document"):
        return None
    meant = intention(sentence) if own_words(sentence) else None
    announced = own_words(sentence) and has(sentence, "announced")
    if meant is not None or announced or pledge(sentence) is not None:
        return SentenceKind.COMMITMENT
    if reported_by(sentence) is not None and not has(sentence, "method"):
        return SentenceKind.FINDING
    judging = has(sentence, *_JUDGING)
    if _PERFECT.search(sentence.text) and not judging:
        return SentenceKind.RESULT
    return None if has(sentence, "norm", "aim") else SentenceKind.FINDING


def says_nothing(sentence: Sentence) -> bool:
    """Whether a sentence is a question, title, reference, fragment or in another language."""
    text = sentence.text.strip()
    if not text or text.endswith(("?", ":")) or _TITLE.match(text) or not _END.search(text):
        return True
    if sentence.block.kind is BlockKind.FOOTNOTE and _REFERENCE.match(text):
        return True
    if text[0].islower() and sentence.number == 0 and not sentence.block.marker:
        return True
    return in_english(sentence)


def in_english(sentence: Sentence) -> bool:
    """Whether a sentence is in English."""
    return len(_ENGLISH.findall(sentence.text)) >= _FOREIGN


def reported_by(sentence: Sentence) -> NamedNode | None:
    """The evaluator whose view a sentence renders inside another's text, also where it advises."""
    context, block = sentence.context, sentence.block
    if block.role is BlockRole.RECOMMENDATION:
        return None
    if by_evaluator(sentence):
        return None if context.own_voice(block) == sentence.speaker else sentence.speaker
    return None


def own_words(sentence: Sentence) -> bool:
    """Whether the document's own speaker says it, no evaluator, and as no advice."""
    block = sentence.block
    if block.role is BlockRole.RECOMMENDATION or block.kind is BlockKind.PULL_QUOTE:
        return False
    return sentence.speaker == sentence.context.own_voice(block) and not by_evaluator(sentence)


def by_evaluator(sentence: Sentence) -> bool:
    """Whether an evaluator says it."""
    context, who = sentence.context, sentence.speaker
    if who not in context.vocabulary:
        return False
    return context.thing("kind", EVALUATOR) in context.vocabulary[who].objects("kind")
