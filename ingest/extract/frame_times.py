"""For which time a sentence says that something holds: who funds, works with or chairs what."""

from __future__ import annotations

import re

from ingest.document import Range
from ingest.extract.prose import Content, Sentence, nearest_period, period_content

# A partnership begins in the year in which it is signed; in which it is renewed says neither.
_FOUNDED = re.compile(
    r"\b(?:onder)?teken(?:t|de|den)\b|\b(?:onder)?getekend\b|\b(?:gelanceerd|lanceerden?|opgericht"
    r"|gesloten|sloot|sloten|aangegaan|overeengekomen|gestart|startten?|begonnen|ingesteld)\b"
)
_RENEWED = re.compile(
    r"\b(?:vernieuwde?|hernieuwde?|verlengde?|versterkte?|uitgebreide?|geïntensiveerde?|verdiepte?"
    r"|voortgezette?)\b"
)
_ENDS = re.compile(r"\b(?:loopt|lopen|liep|liepen)\b[^.;]*\baf\b|\beindig(?:t|en|de)\b")
_OTHER_CLAUSE = re.compile(
    r"[;:]|,\s(?:inclusief|en|maar|oplopend|die|dat|waar\w*|terwijl|met|zoals)\b"
)


def stated_time(sentence: Sentence, here: Range) -> Content:
    """The sentence's only period, if no other clause than that of the names has it."""
    period = nearest_period(sentence, here)
    text = sentence.block.text.text
    ends = _ENDS.search(text, here.end, sentence.range.end)
    if period is None or len(sentence.periods) > 1 or ends:
        return []
    between = text[min(here.end, period.range.end) : max(here.start, period.range.start)]
    return [] if _OTHER_CLAUSE.search(between) else period_content(period)


def partnership_time(sentence: Sentence, here: Range) -> Content:
    """When a partnership holds: from the year of its signing on, which is not when it ends."""
    if _RENEWED.search(sentence.text):
        return []
    content = stated_time(sentence, here)
    said = dict(content)
    one_moment = said.get("periodStart") == said.get("periodEnd")
    if one_moment and _FOUNDED.search(sentence.text):
        return [pair for pair in content if pair[0] != "periodEnd"]
    return content
