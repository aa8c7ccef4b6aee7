"""What something consists of: a lead-in, then a series of names ("te weten Egypte, Ethiopië ...").

A number stated before the series ("acht landen") is compared with the series: what does not agree
is recorded as a check that does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pyoxigraph import NamedNode

from ingest.document import Range
from ingest.extract.context import Context
from ingest.extract.literals import decimal, flag
from ingest.extract.mentions import Mention
from ingest.extract.prose import ENTITIES, Content, Sentence, sentences
from ingest.extract.quantities import Quantity
from ingest.statement import Rule, Statement

RULE = Rule("enumerations", 1)

_LEAD_IN = re.compile(
    r"\b(?:te weten|namelijk|zijnde|(?P<whole>bestaan(?:de)? uit|bestaat uit|is opgebouwd uit"
    r"|omvat(?:ten)?))\b:?|(?<=\w):(?=\s)"
    # Examples, of which there may be more: "voor onder meer Syrië en Jemen".
    r"|(?P<some>\b(?:onder meer|onder andere|waaronder|zoals(?: die van)?)\b|\bo\.a\.)"
    # What a plural is, behind it or between brackets: "de landen (Mali en Niger)".
    r"|(?<=\w\wen|\w\wrs|\w\wes|\w\w[’']s)\s(?:(?P<bracket>\()|(?P<being>zijn\b))",
    re.IGNORECASE,
)
_PROPER = frozenset({"Actor", "Country", "Region"})  # of what examples and asides are read
_PARTS = ("Instrument", "Theme", "PolicyArea")
_MINIMUM = 2
_LABEL_WORDS = 3  # a colon behind fewer words ends a label ("Input:"), not a lead-in
_JOINING = re.compile(
    r"\s*(?:\([^)]{0,80}\)\s*)?(?:,|;|\ben\b|\bof\b|&|,?\s*\bevenals\b)?\s*(?:\ben\b|\bof\b)?\s*"
    r"(?:\(\d+\)\s*)?(?:(?:de|het|een)\s+)?",
    re.IGNORECASE,
)
_LAST = re.compile(r"\b(?:en|of|evenals)\b|&", re.IGNORECASE)


def extract(context: Context) -> Iterator[Statement]:
    """The enumerations of a document, in reading order, each with the check of its number."""
    for sentence in sentences(context):
        for lead in _LEAD_IN.finditer(
            sentence.block.text.text, sentence.range.start, sentence.range.end
        ):
            series = _series(sentence, lead)
            if _several(series):
                yield from _statements(context, sentence, lead, series)
                break


def _series(sentence: Sentence, lead: re.Match[str]) -> list[Mention]:
    """The names that follow one another behind a lead-in, all alike; none if it has others too."""
    text = sentence.block.text.text
    words = text[sentence.range.start : lead.end()].split()
    if lead.group() == ":" and len(words) < _LABEL_WORDS:
        return []
    found: list[Mention] = []
    at, joining = lead.end(), ""
    loose = lead["some"] or lead["bracket"]
    for mention in sentence.mentions:
        if mention.found.start < lead.end() or not mention.found.concept.types & ENTITIES:
            continue
        between = text[at : mention.found.start]
        if not _JOINING.fullmatch(between) or (found and not _alike(found[0], mention)):
            break
        if loose and not mention.found.concept.types & _PROPER:
            break
        found.append(mention)
        at, joining = mention.found.end, between
    closed = at >= sentence.range.end or text[at] in ".;)"
    if lead["bracket"] or lead["being"]:
        ends = ")" if lead["bracket"] else ".;"
        return found if at < len(text) and text[at] in ends and _several(found) else []
    return found if closed or _LAST.search(joining) else []


def _several(series: Sequence[Mention]) -> bool:
    """Whether they are several things, and not one with its abbreviation."""
    return len({mention.entity for mention in series}) >= _MINIMUM


def _alike(one: Mention, other: Mention) -> bool:
    """Whether two things can stand in one series."""
    return bool(_family(one) & _family(other))


def _family(mention: Mention) -> frozenset[str]:
    types = mention.found.concept.types & ENTITIES
    if types & {"Country", "Region"}:
        return frozenset({"Place"})
    if types & {"Theme", "PolicyArea"}:
        return frozenset({"Theme"})
    return types


def _statements(
    context: Context, sentence: Sentence, lead: re.Match[str], series: Sequence[Mention]
) -> Iterator[Statement]:
    members = list(dict.fromkeys(mention.entity for mention in series))
    counted = _counted(sentence, lead.start(), series)
    content: Content = [("subject", one) for one in _subject(sentence, lead)]
    content += [("member", one) for one in members]
    if counted is not None:
        content.append(("amount", decimal(counted.value)))
        if counted.unit is not None:
            content.append(("unit", counted.unit.iri))
    content.append(("speaker", sentence.speaker))
    content += [pair for pair in sentence.about() if pair[1] not in members]
    rule, document = context.rule(RULE), context.document.id
    yield Statement("Enumeration", document, sentence.evidence, rule, tuple(content))
    if counted is not None and counted.qualifier is None and not lead["some"]:
        yield Statement(
            "Check",
            document,
            sentence.evidence,
            rule,
            (
                ("checkKind", context.thing("check-kind", "list-size")),
                ("stated", decimal(counted.value)),
                ("computed", decimal(Decimal(len(members)))),
                ("holds", flag(counted.value == len(members))),
                *(("about", one) for one in members),
            ),
        )


def _subject(sentence: Sentence, lead: re.Match[str]) -> list[NamedNode]:
    """What is said to consist of the series: the nearest thing named before it."""
    if lead.start() <= sentence.range.start:
        return []
    types = (*_PARTS, "Actor") if lead["whole"] else _PARTS
    if lead["some"] or lead["bracket"] or lead["being"]:
        # Examples and asides belong to the word they stand behind, which has to be a name.
        before = sentence.block.text.text[: lead.start()].rstrip(" ,")
        return [m.entity for m in sentence.mentions if m.found.end == len(before)][:1]
    return sentence.named(*types, within=Range(sentence.range.start, lead.start()))[-1:]


def _counted(sentence: Sentence, end: int, series: Sequence[Mention]) -> Quantity | None:
    """The number before the series that counts its members: a whole number, small enough."""
    before = [q for q in sentence.quantities if q.range.end <= end]
    if not before or before[-1].value != int(before[-1].value):
        return None
    last = before[-1]
    countries = "Place" in _family(series[0])
    if countries != (last.unit is not None and last.unit.slug == "countries"):
        return None
    return last if last.value < 10 * len(series) else None
