"""Findings: what a speaker establishes about the world or about policy.

A sentence counts when its words judge ("is onvoldoende", "stuit op", "is cruciaal voor"), report
what was found ("uit de evaluatie blijkt") or tell how things develop; of an evaluator, every
sentence in the past tense counts that is not about how the study was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal

from ingest.document import BlockRole, Range
from ingest.extract.advice import advises
from ingest.extract.circumstances import condition, main_period
from ingest.extract.context import Context
from ingest.extract.prose import Content, Sentence, period_content, sentences
from ingest.extract.sentence_kind import SentenceKind, by_evaluator, in_english, kind, reported_by
from ingest.extract.statement_cues import cue, found, has
from ingest.extract.voice import QUOTED
from ingest.statement import Rule, Statement

RULE = Rule("findings", 3)
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
_NONE_BEFORE = re.compile(r"\b(?:(?:geen|zonder)(?: \S+)?|niet|nooit|nauwelijks) $", re.IGNORECASE)
_NONE_WITHIN = re.compile(
    r"\b(?:niet|geen|nooit|nauwelijks)(?: \S+){0,2} (?:beperkt|versnipperd|gefragmenteerd|kwetsbaar"
    r"|zorgwekkend|precair|ontoereikend|ondermaats|suboptimaal|onduidelijk|reactief|problematisch"
    r"|moeilijk|lastig)$",
    re.IGNORECASE,
)
_NONE_AFTER = re.compile(r"(?: \S+){0,4} niet(?=[.,;]|$)", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|waren|had|hadden|werd|werden|bestond|bestonden|stond|stonden|kwam|kwamen|lag|lagen|"
    r"droeg|droegen|speelde|speelden|vormde|vormden|leidde|leidden|beperkte|beperkten|vereiste|"
    r"vereisten|volstond|volstonden|onderhield|onderhielden|ontstond|ontstonden|bleef|bleven|"
    r"ging|gingen|kreeg|kregen|bood|boden|zorgde|zorgden|maakte|maakten|richtte|richtten|vond|"
    r"vonden|nam|namen|gaf|gaven|kon|konden|liep|liepen|hield|hielden|viel|vielen|verliep|verliepen|gold|golden|deed|deden|sloot|sloten)\b"
)
# A small amount falls short of nothing, and little harm is good.
_SMALL = re.compile(
    r"\b(?:\w*budget(?:ten)?|bedrag(?:en)?|bijdragen?|uitgaven|kosten|omvang|aantal(?:len)?|looptijd"
    r"|risico[’']?s?|schade|verlies|verliezen|overlast|dreiging|gevolgen)\b[^,;.]{0,30}\bbeperkte?$",
    re.IGNORECASE,
)
_IN_SIZE = re.compile(r"^ (?:van|in|qua) omvang\b", re.IGNORECASE)
# What is granted before the point is made ("Hoewel ..., is ...", "weliswaar ..., maar ...").
_GRANTED = re.compile(
    r"^(?:waar|hoewel|alhoewel|ofschoon|ondanks|terwijl)\b[^.;]*?, (?=[a-z]+(?:t|en|s|d|de|te)\b)"
    r"|\bweliswaar\b[^.;]*?(?=,? (?:maar|doch)\b)",
    re.IGNORECASE,
)
_TASK = re.compile(r"^ (?:is|blijft|zijn|blijven) (?:\S+ ){0,3}om\b", re.IGNORECASE)
_MAY_BE = re.compile(r"^(?: \S+){0,2} (?:kan|kunnen)\b", re.IGNORECASE)
# Where something is laid down in a paper, the sentence only says where to read it.
_IN_PAPER = re.compile(
    r"^ (?:de|het|een|zijn|haar) (?:\S+ )?"
    r"(?:\w*brief|\w*nota|notitie|bijlage|voetnoot|kamerstuk)\b",
    re.IGNORECASE,
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
_MEANT = re.compile(r"^[^,;]{0,40}\b(?:moest|moesten|diende|dienden)\b", re.IGNORECASE)
_ADVISED = re.compile(r"\b(?:adviseerde|raadde|beval)(?:n|den)?\b", re.IGNORECASE)
_REPORTED_CAN = re.compile(
    r"\b(?:stelt|concludeert|constateert|oordeelt|geeft|laat|leert|toont|blijkt|bleek|beaamt|vindt)\b"
    r"[^.;]*?\bdat\b(?:, [^.;,]*,)?[^.;,]*\b(?:kan|kunnen)\b(?! \w*(?: |en )worden)"
)
_FORECAST = re.compile(r"\b(?:zal|zullen)\b", re.IGNORECASE)
_CONDITIONAL = re.compile(r"^(?:als(?! gevolg)|wanneer|indien|mits|om|teneinde)\b", re.IGNORECASE)
_METHOD_SECTION = re.compile(
    r"\b(?:methode|methoden|aanpak van het onderzoek|afbakening|onderzoeksopzet|leeswijzer|"
    r"doel van het onderzoek|verantwoording)\b",
    re.IGNORECASE,
)


_IN_PART = re.compile(r"\b(?:gedeeltelijke?|deels)\b", re.IGNORECASE)
_ENGLISH_FINDING = re.compile(
    r"\b(?:is|are|was|were|has|have|had|led|observes|finds|concludes|shows)\b", re.IGNORECASE
)
# What came of it all is no factor, though it stands under that heading.
_OUTCOME = re.compile(
    r"^concluderend|\b(?:gerealiseerd|gelukt|tot gevolg|volstond|volstonden|behaald|bereikt)\b",
    re.IGNORECASE,
)
_FACTORS = re.compile(r"\bfactoren\b|\bsucces- en faal|belemmer", re.IGNORECASE)


def extract(context: Context) -> Iterator[Statement]:
    """The findings of a document, in reading order."""
    for sentence in sentences(context):
        establishes = kind(sentence) is SentenceKind.FINDING and _establishes(sentence)
        if establishes and advises(context, sentence):
            continue  # a recommendation, not a finding
        if establishes or _quotes_evaluator(sentence):
            yield Statement(
                "Finding",
                context.document.id,
                sentence.evidence,
                context.rule(RULE),
                tuple(_content(sentence)),
            )


def _quotes_evaluator(sentence: Sentence) -> bool:
    """Whether a note quotes what an evaluator writes in English of what it found."""
    said = QUOTED.match(sentence.block.text.text) is not None and by_evaluator(sentence)
    return said and in_english(sentence) and _ENGLISH_FINDING.search(sentence.text) is not None


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
    held = condition(sentence.text)
    for name in (*_CUES, "importance", "opportunity"):
        match = found(sentence, name)
        if match and name == "standing" and _IN_PAPER.match(sentence.text[match.end() :]):
            continue
        if match and not (held and held.start <= match.start() and match.end() <= held.end):
            return True
    told = by_evaluator(sentence) and _PAST.search(sentence.text) is not None
    return told and not _on_method(sentence) and not _MEANT.search(sentence.text)


def _modality(sentence: Sentence) -> str:
    """Whether it says what is, what may be, or what is expected."""
    text = sentence.text
    if has(sentence, "norm") or _ADVISED.search(text):
        return "recommends"
    if _REPORTED_CAN.search(text):
        return "may"
    good = (*_told(sentence, "success"), *_told(sentence, "supporting"))
    if any(_MAY_BE.match(text[one.end() :]) for one in good):
        return "may"
    if has(sentence, "establishing"):
        return "is"
    for pattern, modality in ((_CAN, "may"), (_FORECAST, "expects")):
        match = pattern.search(text)
        if match is not None and not _SUBCLAUSE.search(text[: match.start()]):
            return modality
    return "is"


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
    held = condition(sentence.text)
    if held is not None:
        content.append(("condition", Literal(sentence.text[held.start : held.end])))
    if (period := main_period(sentence)) is not None:
        content += period_content(period)
    content.append(("speaker", sentence.speaker))
    return content + _about(sentence)


def _about(sentence: Sentence) -> Content:
    """What is named in it; of a quotation, not what only the source given after it names."""
    quoted = QUOTED.match(sentence.block.text.text)
    if quoted is None:
        return sentence.about()
    here = Range(sentence.range.start, quoted.start("source"))
    return [("about", entity) for entity in sentence.named(within=here)]


def _bad(sentence: Sentence, *names: str) -> bool:
    """Whether it names a shortcoming or hindrance, and does not say that there is none."""
    for match in (one for name in names for one in _told(sentence, name)):
        before, after = sentence.text[: match.start()], sentence.text[match.end() :]
        if _IN_PART.search(match.group()) or _TASK.match(after):
            continue
        if _SMALL.search(sentence.text[: match.end()]) or _IN_SIZE.match(after):
            continue
        none = _NONE_BEFORE.search(before) or _NONE_WITHIN.search(match.group())
        if not (none or _NONE_AFTER.match(after)):
            return True
    return False


def _told(sentence: Sentence, name: str) -> list[re.Match[str]]:
    """The cues of a concept in a sentence that are more than a concession."""
    granted = _GRANTED.search(sentence.text)
    return [
        match
        for match in cue(sentence.context.vocabulary, name).finditer(sentence.text)
        if granted is None or not granted.start() < match.end() <= granted.end()
    ]


def _polarity(sentence: Sentence) -> str:
    """Negative for a shortcoming, positive for a success, nothing where a sentence has both."""
    bad = _bad(sentence, "shortcoming", "hindering")
    good = False
    for name in ("success", "supporting"):
        for match in _told(sentence, name):
            if _ONLY.search(sentence.text) or _IN_PART.search(match.group()):
                continue
            if _DENIAL.search(sentence.text[: match.end()]):
                bad = True
            else:
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
    hindering, supporting = _bad(sentence, "hindering"), has(sentence, "supporting")
    if hindering == supporting and _on_factors(sentence) and not _OUTCOME.search(sentence.text):
        return {"negative": "hindering", "positive": "supporting"}.get(_polarity(sentence), "")
    if hindering == supporting:
        return ""
    return "hindering" if hindering else "supporting"
