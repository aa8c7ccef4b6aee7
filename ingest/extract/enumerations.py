"""What something consists of: a lead-in, then a series of names ("te weten Egypte, Ethiopië ...").

A number stated before the series ("acht landen") is compared with the series: what does not agree
is recorded as a check that does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from pyoxigraph import Literal, NamedNode

from ingest.document import Range
from ingest.extract.context import Context
from ingest.extract.literals import decimal, flag
from ingest.extract.mentions import Mention
from ingest.extract.offices import who_heads
from ingest.extract.prose import ENTITIES, Content, Sentence, sentences
from ingest.extract.quantities import Quantity
from ingest.statement import Rule, Statement

RULE = Rule("enumerations", 3)

_LEAD_IN = re.compile(
    r"\b(?:te weten|namelijk|zijnde|(?P<whole>bestaan(?:de)? uit|bestaat uit|is opgebouwd uit"
    r"|omvat(?:ten)?))\b:?|(?<=\w):(?=\s)"
    # Examples, of which there may be more: "voor onder meer Syrië en Jemen".
    r"|(?P<some>(?:\b(?:onder meer|onder andere|waaronder|zoals(?: die van)?)\b|\bo\.a\.)"
    r"(?P<at>\s(?:in|met|voor|aan|naar|bij|uit|door)(?=\s))?)"
    # What a plural is, behind it or between brackets: "de landen (Mali en Niger)".
    r"|(?<=\w)\s(?P<bracket>\()|(?<=\w\wen|\w\wrs|\w\wes|\w\w[’']s)\s(?P<being>zijn\b)",
    re.IGNORECASE,
)
_PROPER = frozenset({"Actor", "Country", "Region"})  # of what examples and asides are read
_GROUPS = frozenset({"CountryList", "Region"})
_PARTS = ("Instrument", "Theme", "PolicyArea")
_MINIMUM = 2
_LABEL_WORDS = 3  # a colon behind fewer words ends a label ("Input:"), not a lead-in
_JOINING = re.compile(
    r"\s*(?:\([^)]{0,80}\)\s*)?(?:,|;|\ben\b|\bof\b|&|,?\s*\bevenals\b)?\s*(?:\ben\b|\bof\b)?\s*"
    r"(?:\(\d+\)\s*)?(?:(?:de|het|een)\s+)?",
    re.IGNORECASE,
)
# Behind a series that is not over: ", het verlenen van steun en een betere verdeling".
_GOES_ON = re.compile(
    r"\s*,(?!\s*(?:met|waar\w*|die|dat|wat|om|zoals|maar|terwijl|omdat|aldus|zodat|waaronder)\b)"
    r"[^.;:]*\b(?:en|of)\b"
)
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:(?:en|of)\s+)?|\s+(?:en|of|evenals)\s+")
_ARTICLE = re.compile(r"\s*(?:\(?\d+[.)]\s*)?(?:(?:de|het|een)\s+)?", re.IGNORECASE)
_MODIFIER = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:(?:naar|in|van|voor|op|uit|binnen|door|met|bij|tegen|om|tussen)\s.*)?"
)
_ASIDE = re.compile(r"(?:met|waar\w*|die|dat|om|zoals)\b")
_CALLED = re.compile(r"(?:\b(?:[Dd]e|[Hh]et|[Dd]eze|[Ee]en)\s+)?(?P<noun>[^,.;:()]{3,70}?)$")
_NOUN = re.compile(r"(?P<noun>[\w’'-]{4,}(?:en|s|lui|lieden))$")
_HEAD = re.compile(r"[\w-]{3,}(?:en|s|ing|el) (?:van|voor|achter) (?:de |het )?$")
_PLURAL = re.compile(r"\w\w(?:en|rs|es|[’']s)$")
# "de bewindslieden (Defensie en BZ)" are ministers, though it is ministries that are named.
_MINISTERS = re.compile(r"\b(?:ministers|bewindslieden|bewindspersonen)$", re.IGNORECASE)
_LAST = re.compile(r"\b(?:en|of|evenals)\b|&", re.IGNORECASE)


def extract(context: Context) -> Iterator[Statement]:
    """The enumerations of a document, in reading order, each with the check of its number."""
    for sentence in sentences(context):
        done = sentence.range.start
        for lead in _LEAD_IN.finditer(
            sentence.block.text.text, sentence.range.start, sentence.range.end
        ):
            if lead.start() < done:
                continue
            series = _modified(sentence, lead) or _series(sentence, lead)
            if _several(series) and not _open(sentence, lead, series):
                done = series[-1].found.end
                yield from _statements(context, sentence, lead, series)


def _series(sentence: Sentence, lead: re.Match[str]) -> list[Mention]:
    """The names that follow one another behind a lead-in, all alike; none if it has others too."""
    text = sentence.block.text.text
    words = text[sentence.range.start : lead.end()].split()
    if lead.group() == ":" and len(words) < _LABEL_WORDS:
        return []
    if lead["bracket"] and not _opens_aside(sentence, lead.start()):
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


def _modified(sentence: Sentence, lead: re.Match[str]) -> list[Mention]:
    """A counted series whose members carry more words: "namelijk terugkeer naar huis, lokale
    integratie in het gastland of hervestiging"; as many parts as the number says, each a name.
    """
    text = sentence.block.text.text
    before = [q for q in sentence.quantities if q.range.end <= lead.start()]
    if lead["some"] or lead["bracket"] or not before or before[-1].value < _MINIMUM:
        return []
    named = [m for m in sentence.mentions if m.found.start >= lead.end()]
    end = min(sentence.range.end, (text + ".").index(".", lead.end()))
    every = _parts(text, Range(lead.end(), end), named)
    parts = list(takewhile(lambda part: not _ASIDE.match(text, part.start, part.end), every))
    members = [_leading(text, part, named) for part in parts]
    found = [one for one in members if one is not None]
    counted = len(members) == len(found) == before[-1].value
    return found if counted and all(_alike(found[0], one) for one in found) else []


def _parts(text: str, within: Range, named: Sequence[Mention]) -> Iterator[Range]:
    """A stretch cut at its commas and conjunctions, but not inside a name."""
    at = within.start
    for cut in _SEPARATOR.finditer(text, within.start, within.end):
        if not any(m.found.start < cut.end() and cut.start() < m.found.end for m in named):
            yield Range(at, cut.start())
            at = cut.end()
    yield Range(at, within.end)


def _leading(text: str, part: Range, named: Sequence[Mention]) -> Mention | None:
    """The name that a part begins with, if all that follows it only qualifies it."""
    start = _ARTICLE.match(text, part.start, part.end)
    at = start.end() if start else part.start
    for mention in named:
        if mention.found.start == at and mention.found.concept.types & ENTITIES:
            rest = _MODIFIER.fullmatch(text, mention.found.end, part.end)
            return mention if rest else None
    return None


def _open(sentence: Sentence, lead: re.Match[str], series: Sequence[Mention]) -> bool:
    """Whether the text goes on with members that are no names: then the series is not all."""
    rest = sentence.block.text.text[series[-1].found.end : sentence.range.end]
    return not lead["some"] and _GOES_ON.match(rest) is not None


def _opens_aside(sentence: Sentence, at: int) -> bool:
    """Whether what stands before a bracket can be several things: a plural, or a country list."""
    before = sentence.block.text.text[sentence.range.start : at]
    named = [m for m in sentence.mentions if m.found.concept.types & _GROUPS]
    return bool(_PLURAL.search(before)) or any(m.found.end == at for m in named)


def _is_whole(sentence: Sentence, lead: re.Match[str]) -> bool:
    """Whether a series is all there is: no examples, nor some countries of a region."""
    regions = [m for m in sentence.mentions if "Region" in m.found.concept.types]
    return not lead["some"] and not any(m.found.end == lead.start() for m in regions)


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
    counted = _counted(sentence, lead, series)
    called = _called(sentence, lead) if counted is None else counted.noun
    if _MINISTERS.search(called):
        members = list(dict.fromkeys(who_heads(context, mention) for mention in series))
    content: Content = [("subject", one) for one in _subject(sentence, lead)]
    if not content and not called and counted is None and "Place" not in _family(series[0]):
        return
    content += [("member", one) for one in members]
    if counted is not None:
        content.append(("amount", decimal(counted.value)))
        if counted.unit is not None:
            content.append(("unit", counted.unit.iri))
    elif _is_whole(sentence, lead) and all("Country" in m.found.concept.types for m in series):
        # Of a whole list of countries the number is what they are together.
        unit = context.vocabulary.find("units", "countries").iri
        content += [("amount", decimal(len(members))), ("unit", unit)]
    if called:
        content.append(("noun", Literal(called)))
    plain = lead["being"] or lead["bracket"] or lead.group() == ":"
    start = lead.end() if plain else lead.start()
    printed = sentence.block.text.text[start : series[-1].found.end].strip()
    content += [("asWritten", Literal(printed)), ("speaker", sentence.speaker)]
    given = {value for _, value in content}
    content += [pair for pair in sentence.about() if pair[1] not in given]
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


def _called(sentence: Sentence, lead: re.Match[str]) -> str:
    """The word for the members, as written: what a plural is, or the word before an example."""
    before = sentence.block.text.text[sentence.range.start : lead.start()].rstrip(" ,(")
    being = re.sub(r"\s+zijn$", "", before) if lead.group() == ":" else before
    if lead["being"] or being != before:
        found = _CALLED.fullmatch(being)
        return found["noun"] if found else ""
    if (lead["some"] and not lead["at"]) or lead["bracket"]:
        noun = _NOUN.search(before)
        return noun["noun"] if noun else ""
    offset = sentence.range.start
    numbers = [q for q in sentence.quantities if q.range.end == offset + len(before)]
    return numbers[0].noun if numbers else ""


def _subject(sentence: Sentence, lead: re.Match[str]) -> list[NamedNode]:
    """What is said to consist of the series: the nearest thing named before it."""
    if lead.start() <= sentence.range.start:
        return []
    types = (*_PARTS, "Actor") if lead["whole"] else _PARTS
    before = sentence.block.text.text[: lead.start()].rstrip(" ,(")
    if lead.group() == ":" and before.endswith(" zijn"):
        before = before.removesuffix(" zijn")
        opened = [m for m in sentence.mentions if m.found.start < len(before) <= m.found.end]
        whole = [m for m in opened if "CountryList" in m.found.concept.types]
        words = re.compile(r"(?:De|Het|Deze)\s+").match(before, sentence.range.start)
        first = words.end() if words else sentence.range.start
        return [m.entity for m in opened if m in whole or m.found.start == first][:1]
    if lead["some"] or lead["bracket"] or lead["being"]:
        # Examples and asides belong to the word they stand behind, which has to be a name.
        return [m.entity for m in sentence.mentions if m.found.end == len(before)][:1]
    found = sentence.named(*types, within=Range(sentence.range.start, lead.start()))[-1:]
    last = [m for m in sentence.mentions if m.found.end <= lead.start() and m.entity in found]
    # "De oorzaken van piraterij: armoede ..." lists causes, and no piracy.
    text = sentence.block.text.text[sentence.range.start : last[-1].found.start] if last else ""
    adjacent = bool(last) and last[-1].found.end == len(before)
    counted = bool(sentence.quantities) and sentence.quantities[0].range.end <= lead.start()
    far = lead.group() == ":" and not adjacent and not counted
    return [] if far or (adjacent and _HEAD.search(text)) else found


def _counted(sentence: Sentence, lead: re.Match[str], series: Sequence[Mention]) -> Quantity | None:
    """The number before the series that counts its members: a whole number, small enough."""
    text, end = sentence.block.text.text, lead.start()
    before = [q for q in sentence.quantities if q.range.end <= end]
    if before and lead["bracket"] and re.search(r"[:;,(]", text[before[-1].range.end : end]):
        return None
    if not before or before[-1].value != int(before[-1].value):
        return None
    last = before[-1]
    places = last.unit is not None and last.unit.slug in ("countries", "regions")
    if ("Place" in _family(series[0])) != (places or last.noun.endswith(("landen", "regio’s"))):
        return None
    return last if last.value < 10 * len(series) else None
