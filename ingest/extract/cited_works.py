"""References to letters, notes, reports and advices by their title, day or number.

A word for a document ("brief", "nota", "IOB-evaluatie"; the cues of the scheme citation-kinds)
is a reference only where a title, a day, a year in brackets or a number follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from ingest.document import Range
from ingest.extract.cited import KINDS, QUOTED, Cited, Stretch, advises, authors, closed, nouns
from ingest.extract.cited_papers import keys, paper_behind
from ingest.extract.periods import Period

_TITLE = re.compile(
    r"\s*(?:[:,]\s*|,?\s*(?:getiteld|genaamd|met (?:als |de )?titel|met als onderwerp)\s*:?\s*)?"
    + QUOTED
)
# A title whose closing mark is missing ends at the day behind it.
_UNCLOSED = re.compile(r"\s*[‘“](?P<title>[^‘’“”]{3,120}?)(?=,?\s+van\s+\d{1,2}\s)")
_TOPIC = re.compile(
    r"\s*(?::\s*|\s(?:over|inzake|betreffende|aangaande|met betrekking tot|rond|met)\s+)"
    r"(?P<topic>[^.;:()“”‘]{3,110}?)(?=\s*[.;()]|,|$|\s+(?:van|d\.d\.)\s+\d{1,2}\s)"
)
_NAME = re.compile(r"\s(?P<topic>[^.;:()“”‘]{3,120}?)(?=\s\()")
_BEFORE_DATE = re.compile(r"[\s,]*(?:\(|(?:van|d\.d\.|dd\.?|de dato)\s+|,\s*)\s*(?:d\.d\.\s*)?$")
_DATED_EARLIER = re.compile(r"\b(?:[Oo]p|[Ii]n)\s+$")
_HAS_DONE = re.compile(
    r"\s+(?:jl\.\s+)?(?:heeft|hebben|heb|is|zijn|was|werd|stuurde|ontving|informeerde|bood|verzond)\b[^,.;:]{0,60}$"
)
_OF_YEAR = re.compile(
    r"(?P<topic>(?:\s+(?:van|naar|over)\s[^,.;:()]{3,80}?)?)\s\((?P<year>(?:19|20)\d\d)\)"
)
_POSSESSED = re.compile(r"\b(?:haar|zijn|hun)\s+(?:\w+\s+)?$")
_NAMED_YEAR = re.compile(r"\s(?P<year>(?:19|20)\d\d)\b(?!\s*[-–/])")
_FILE_NUMBER = re.compile(
    r"[\s,]*(?:(?:[Bb]rief)?[Kk]enmerk:?\s*)?(?P<key>BZDOC-\d+-\d+|Min-?[Bb]u[Zz]a[-. ]\d[\d.-]*\d)"
)
_DATED_BY_TITLE_ONLY = re.compile(
    r"strategie|agenda|visie|overzicht|kader|onderzoek|actieplan|verslag", re.IGNORECASE
)
_VERB = re.compile(r"\b(?:is|zijn|wordt|worden|heeft|hebben|zal|zullen|kan|kunnen|moet|dat|die)\b")
_PAGES = re.compile(r"(?:,\s*(?:p{1,2}|blz|par)\.\s?\d+(?:[-–]\d+)?)+")
_WORDS = 2  # of which a title in quotation marks has more
_DAY, _MONTH = 10, 7  # characters of an ISO date that is exact to the day, the month


@dataclass
class _Draft:
    """A reference in the making; ``at`` is where the next part of it may begin.

    ``end`` is where the reference itself ends, if others joined to it follow.
    """

    kind: str
    start: int
    at: int
    end: int = 0
    title: str = ""
    topic: str = ""
    period: Period | None = None
    keys: tuple[str, ...] = ()
    author: tuple[NamedNode, ...] = ()
    more: list[Cited] = field(default_factory=list)


def works(stretch: Stretch) -> Iterator[Cited]:
    """Letters, notes, reports and advices, each with its title, day or number."""
    periods = stretch.periods()
    done = stretch.range.start
    for match in stretch.matches(nouns(stretch.context.vocabulary)):
        if match.start() < done:
            continue
        kind = next(name for name in KINDS if match[name.replace("-", "_")])
        draft = _Draft(kind, match.start(), match.end())
        draft.author = authors(stretch, Range(match.start(), match.end()))
        _complete(stretch, draft, match.group(), periods)
        if draft.title or draft.period or draft.keys:
            done = draft.at
            page = _PAGES.match(stretch.text, draft.at, stretch.range.end)
            end = draft.end or (page.end() if page else draft.at)
            here = closed(stretch.text, Range(draft.start, end))
            title = draft.title or draft.topic
            kind = "advice" if kind == "report" and advises(stretch, draft.author) else kind
            yield Cited(kind, here, draft.keys, title, "", draft.author, draft.period)
            yield from draft.more
    yield from _named_within(stretch)


def _named_within(stretch: Stretch) -> Iterator[Cited]:
    """Titles in quotation marks that say themselves what they are: "‘Plan van aanpak ...’"."""
    for title in stretch.matches(re.compile(QUOTED)):
        name = title["single"] or title["double"]
        noun = nouns(stretch.context.vocabulary).match(name)
        if noun and name[0].isupper() and len(name.split()) > _WORDS:
            kind = str(noun.lastgroup).replace("_", "-")
            yield Cited(kind, Range(*title.span()), (), name)


def _complete(stretch: Stretch, draft: _Draft, noun: str, periods: list[Period]) -> None:
    """Read the title, topic, day and number behind the word for the document."""
    several = noun.lower().endswith(("en", "’s", "'s", "es", "ën"))
    dated = not _DATED_BY_TITLE_ONLY.search(noun)
    for _ in range(3):
        if not _read_title(stretch, draft, several):
            _read_topic(stretch, draft, periods)
        if dated and draft.period is None:
            _read_day(stretch, draft, periods, several)
        if not draft.keys:
            _read_number(stretch, draft)
    if draft.title and draft.period is None:
        year = _OF_YEAR.match(stretch.text, draft.at, stretch.range.end)
        if year and not year["topic"]:
            draft.period, draft.at = _year(year), year.end()
    if not (draft.title or draft.period or draft.keys):
        draft.topic = ""
        _by_year(stretch, draft, periods, dated)


def _read_title(stretch: Stretch, draft: _Draft, several: bool) -> bool:
    if draft.title:
        return False
    here = (stretch.text, draft.at, stretch.range.end)
    title = _TITLE.match(*here) or _UNCLOSED.match(*here)
    if title is None:
        return False
    draft.title = next(group for group in title.groups() if group)
    draft.at = title.end()
    if several:
        draft.end = draft.at
        _further(stretch, draft)
    return True


def _read_topic(stretch: Stretch, draft: _Draft, periods: list[Period]) -> None:
    """What the document is about; only where a day or number behind it makes it a reference."""
    topic = _topic(stretch, draft)
    if topic is None:
        return
    at, end = topic.end(), stretch.range.end
    referred = (
        draft.keys
        or _follows(stretch, at, periods)
        or paper_behind(stretch, at, end)
        or (not draft.title and _FILE_NUMBER.match(stretch.text, at, end))
    )
    if referred:
        draft.topic, draft.at = topic["topic"].strip(), at


def _read_day(stretch: Stretch, draft: _Draft, periods: list[Period], several: bool) -> None:
    period = _follows(stretch, draft.at, periods)
    if period is None:
        return
    draft.period, draft.at = period, period.range.end
    draft.end = draft.at if several else 0
    if several:
        _further_days(stretch, draft, periods)


def _read_number(stretch: Stretch, draft: _Draft) -> None:
    if paper := _paper(stretch, draft):
        draft.keys = keys(paper)
        draft.at = closed(stretch.text, Range(draft.start, paper.end())).end
    elif number := _FILE_NUMBER.match(stretch.text, draft.at, stretch.range.end):
        draft.keys, draft.at = (number["key"],), number.end()


def _paper(stretch: Stretch, draft: _Draft) -> re.Match[str] | None:
    """The paper behind a document's word, or behind its name: "verslag X (Kamerstuk ...)"."""
    end = stretch.range.end
    if paper := paper_behind(stretch, draft.at, end):
        return paper
    name = _NAME.match(stretch.text, draft.at, end)
    if draft.title or draft.topic or name is None or _VERB.search(name["topic"]):
        return None
    paper = paper_behind(stretch, name.end(), end)
    if paper is not None:
        draft.topic = stretch.text[draft.start : name.end()]
    return paper


def _topic(stretch: Stretch, draft: _Draft) -> re.Match[str] | None:
    if draft.topic or draft.period:
        return None
    topic = _TOPIC.match(stretch.text, draft.at, stretch.range.end)
    return topic if topic and not _VERB.search(topic["topic"]) else None


def _follows(stretch: Stretch, at: int, periods: list[Period]) -> Period | None:
    """The day or month that stands right behind something: "van 3 mei 2021", "(mei 2021)"."""
    for period in periods:
        if period.range.start >= at:
            exact = period.start == period.end and len(period.start) >= _MONTH
            between = stretch.text[at : period.range.start]
            return period if exact and _BEFORE_DATE.fullmatch(between) else None
    return None


def _by_year(stretch: Stretch, draft: _Draft, periods: list[Period], dated: bool) -> None:
    """What dates a document otherwise: "de evaluatie van het beleid (2022)", "Op 3 mei 2021 heeft
    het kabinet in een brief ..."; or names it: "in haar toekomstverkenning 2030".
    """
    text, before = stretch.text, stretch.text[stretch.range.start : draft.start]
    if draft.kind in ("report", "advice"):
        year = _OF_YEAR.match(text, draft.at, stretch.range.end)
        if year and year["topic"] and not _VERB.search(year["topic"]):
            draft.topic, draft.period = text[draft.start : year.end("topic")], _year(year)
            draft.at = year.end()
            _further_years(stretch, draft)
            return
        named = _NAMED_YEAR.match(text, draft.at)
        if named and _POSSESSED.search(before):
            draft.title, draft.at = text[draft.start : named.end()], named.end()
            earlier = Range(stretch.range.start, draft.start)
            draft.author = draft.author or authors(stretch, earlier)[-1:]
            return
    for period in periods if dated else ():
        lead = text[stretch.range.start : period.range.start]
        if (
            period.range.end <= draft.start
            and len(period.start) == _DAY
            and period.start == period.end
            and _DATED_EARLIER.search(lead)
            and _HAS_DONE.fullmatch(text[period.range.end : draft.start])
        ):
            draft.period = period
            _named_topic(stretch, draft)


def _named_topic(stretch: Stretch, draft: _Draft) -> None:
    """What a letter is about, where that is one of the things we know: "een brief over X"."""
    lead = re.compile(r"\s(?:over|inzake|betreffende)\s(?:(?:de|het|een)\s)?").match(
        stretch.text, draft.at
    )
    for mention in stretch.context.mentions_in(stretch.block, stretch.range):
        if lead and mention.found.start == lead.end():
            draft.topic = stretch.text[lead.end() : mention.found.end]
            draft.at = mention.found.end


def _further_years(stretch: Stretch, draft: _Draft) -> None:
    """The other of "evaluaties van het handelsbeleid (2022) en het klimaatbeleid (2024)"."""
    other = re.compile(
        r"\s+en\s+(?P<topic>(?:de|het|van)\s[^,.;:()]{3,60}?)\s\((?P<year>(?:19|20)\d\d)\)"
    ).match(stretch.text, draft.at, stretch.range.end)
    if other and not _VERB.search(other["topic"]):
        here, year = Range(other.start("topic"), other.end()), _year(other)
        draft.end, draft.at = draft.at, other.end()
        shared = re.match(r"[\w-]+\s(?:van|naar|over)\s", draft.topic)
        own = other["topic"].removeprefix("van ")
        title = shared.group() + own if shared else other["topic"]
        draft.more.append(Cited(draft.kind, here, (), title, "", (), year))


def _year(match: re.Match[str]) -> Period:
    return Period(Range(*match.span("year")), match["year"], match["year"], match["year"])


def _further(stretch: Stretch, draft: _Draft) -> None:
    """The other titles of "de nota’s ‘A’ en ‘B’"."""
    at = draft.at
    while joined := re.compile(r"(?:,|\s+en)(?=\s)").match(stretch.text, at):
        title = re.compile(r"\s*" + QUOTED).match(stretch.text, joined.end(), stretch.range.end)
        if title is None:
            return
        here = Range(title.start() + 1, title.end())
        name = title["single"] or title["double"]
        draft.more.append(Cited(draft.kind, here, (), name, "", draft.author))
        at = draft.at = title.end()


def _further_days(stretch: Stretch, draft: _Draft, periods: list[Period]) -> None:
    """The other days of "de brieven van 3 mei 2021 en 4 juni 2022"."""
    for period in periods:
        between = stretch.text[draft.at : period.range.start]
        if period.range.start >= draft.at and re.fullmatch(r"(?:\s+en|,)\s+(?:van\s+)?", between):
            title = draft.title or draft.topic
            draft.more.append(Cited(draft.kind, period.range, (), title, "", draft.author, period))
            draft.at = period.range.end
