"""Findings: what a speaker establishes about the world or about policy.

A sentence counts when its words judge ("is onvoldoende", "stuit op", "is cruciaal voor"), report
what was found ("uit de evaluatie blijkt") or tell how things develop; of an evaluator, every
sentence in the past tense counts that is not about how the study was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ingest.document import BlockRole
from ingest.extract.context import Context
from ingest.extract.prose import Content, Sentence, nearest_period, period_content, sentences
from ingest.extract.sentence_kind import SentenceKind, by_evaluator, kind, reported_by
from ingest.extract.statement_cues import found, has
from ingest.extract.voice import EVALUATOR
from ingest.statement import Rule, Statement

RULE = Rule("findings", 1)
_CUES = (
    "establishing",
    "shortcoming",
    "success",
    "hindering",
    "supporting",
    "development",
    "standing",
)
_DENIAL = re.compile(
    r"\b(?:niet|geen|nooit|zelden|weinig|minder|onvoldoende|nauwelijks|slechts)\b[^,.;]{0,25}$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|waren|had|hadden|werd|werden|bestond|bestonden|stond|stonden|kwam|kwamen|lag|lagen|"
    r"droeg|droegen|speelde|speelden|vormde|vormden|leidde|leidden|beperkte|beperkten|vereiste|"
    r"vereisten|volstond|volstonden|onderhield|onderhielden|ontstond|ontstonden|bleef|bleven|"
    r"ging|gingen|kreeg|kregen|bood|boden|zorgde|zorgden|maakte|maakten|richtte|richtten|vond|"
    r"vonden|nam|namen|gaf|gaven|kon|konden|liep|liepen|hield|hielden|viel|vielen|verliep|verliepen|gold|golden|deed|deden|sloot|sloten)\b"
)
_ONLY = re.compile(r"\b(?:alleen|pas|slechts|het meest)\b[^.;]*\b(?:als|wanneer)\b", re.IGNORECASE)
_POINTING = re.compile(
    r"^(?:dit|dat) (?:blijkt|bleek|is)\b[^.;]{0,40}\b(?:uit|gebleken)\b", re.IGNORECASE
)
_CAN = re.compile(r"\b(?:kan|kunnen)\b", re.IGNORECASE)
_BE_IMPROVED = re.compile(r"\b(?:kan|kunnen)\b[^.;]*\bworden \w+d\b", re.IGNORECASE)
_SUBCLAUSE = re.compile(
    r"\b(?:die|dat|waar\w*|om|zodat|hoe|welke|wat|of|omdat)\b[^,;]*$", re.IGNORECASE
)
_ADVISED = re.compile(r"\b(?:adviseerde|raadde|beval)(?:n|den)?\b", re.IGNORECASE)
_FORECAST = re.compile(r"\b(?:zal|zullen)\b", re.IGNORECASE)
_CONDITIONAL = re.compile(r"^(?:als(?! gevolg)|wanneer|indien|mits|om|teneinde)\b", re.IGNORECASE)
_METHOD_SECTION = re.compile(
    r"\b(?:methode|methoden|aanpak van het onderzoek|afbakening|onderzoeksopzet|leeswijzer|"
    r"doel van het onderzoek|verantwoording)\b",
    re.IGNORECASE,
)


_FACTORS = re.compile(r"\bfactoren\b|\bsucces- en faal|belemmer", re.IGNORECASE)


def extract(context: Context) -> Iterator[Statement]:
    """The findings of a document, in reading order."""
    for sentence in sentences(context):
        if kind(sentence) is SentenceKind.FINDING and _establishes(sentence):
            yield Statement(
                "Finding",
                context.document.id,
                sentence.evidence,
                context.rule(RULE),
                tuple(_content(sentence)),
            )


def _establishes(sentence: Sentence) -> bool:
    if reported_by(sentence) is not None:
        return True
    text = sentence.text
    if sentence.block.role is BlockRole.RECOMMENDATION:
        return has(sentence, "shortcoming", "hindering") and not _CAN.search(text)
    if _POINTING.search(text) or _BE_IMPROVED.search(text):
        return False
    return has(sentence, "establishing") or _judges(sentence)


def _judges(sentence: Sentence) -> bool:
    """Whether it judges or tells how things are, other than by a condition or about method."""
    if _CONDITIONAL.match(sentence.text) or has(sentence, "method"):
        return False
    if has(sentence, *_CUES, "importance", "opportunity"):
        return True
    told = by_evaluator(sentence) and _PAST.search(sentence.text) is not None
    return told and not _on_method(sentence)


def _modality(sentence: Sentence) -> str:
    """Whether it says what is, what may be, or what is expected."""
    text = sentence.text
    if has(sentence, "norm") or _ADVISED.search(text):
        return "recommends"
    if has(sentence, "establishing"):
        return "is"
    for pattern, modality in ((_CAN, "may"), (_FORECAST, "expects")):
        match = pattern.search(text)
        if match is not None and not _SUBCLAUSE.search(text[: match.start()]):
            return modality
    return "is"


def _speaker(sentence: Sentence) -> NamedNode:
    """The evaluator where it advises or its verdict is reported; else who speaks."""
    context, block = sentence.context, sentence.block
    if (who := reported_by(sentence)) is not None:
        return who
    if block.role is BlockRole.RECOMMENDATION and not by_evaluator(sentence):
        evaluator = context.thing("kind", EVALUATOR)
        known = (c for c in context.vocabulary.of_type("Actor") if evaluator in c.objects("kind"))
        return next((concept.iri for concept in known), sentence.speaker)
    return sentence.speaker


def _on_method(sentence: Sentence) -> bool:
    document = sentence.context.document
    return any(_METHOD_SECTION.search(one.title) for one in document.ancestry(sentence.block))


def _content(sentence: Sentence) -> Content:
    """Modality, polarity, factor, time and what the finding is about."""
    content: Content = [("modality", Literal(_modality(sentence)))]
    if polarity := _polarity(sentence):
        content.append(("polarity", Literal(polarity)))
    if factor := _factor(sentence):
        content.append(("factor", Literal(factor)))
    if len(sentence.periods) == 1 and (period := nearest_period(sentence, sentence.range)):
        content += period_content(period)
    content.append(("speaker", _speaker(sentence)))
    return content + sentence.about()


def _polarity(sentence: Sentence) -> str:
    """Negative for a shortcoming, positive for a success, nothing where a sentence has both."""
    bad = has(sentence, "shortcoming", "hindering")
    good = False
    for name in ("success", "supporting"):
        match = found(sentence, name)
        if match is not None and _ONLY.search(sentence.text):
            continue
        if match is not None and _DENIAL.search(sentence.text[: match.end()]):
            bad = True
        elif match is not None:
            good = True
    if bad == good:
        return ""
    return "negative" if bad else "positive"


def _on_factors(sentence: Sentence) -> bool:
    """Whether a heading around it announces what helped and what hindered."""
    document = sentence.context.document
    return any(_FACTORS.search(one.title) for one in document.ancestry(sentence.block))


def _factor(sentence: Sentence) -> str:
    """Whether it names what hindered or what helped."""
    hindering, supporting = has(sentence, "hindering"), has(sentence, "supporting")
    if hindering == supporting and _on_factors(sentence):
        return {"negative": "hindering", "positive": "supporting"}.get(_polarity(sentence), "")
    if hindering == supporting:
        return ""
    return "hindering" if hindering else "supporting"
