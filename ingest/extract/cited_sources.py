"""References as scholars give them: "IOB, 2022. “Titel”", "PBL (2021), Titel", "IVS, p. 9".

Titles without quotation marks are read in footnotes only. What a document calls "IOB, 2022" has the
key ``iob-2022``: the normalised reference, which a later "zie IOB, 2022, p. 13" shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import BlockKind, Range
from ingest.extract.cited import QUOTED, Cited, Stretch, authors, closed, kind_of_title, words
from ingest.extract.cited_papers import keys, paper_behind
from ingest.extract.periods import Period
from ontology.names import slug

_YEAR = r"(?P<year>(?:19|20)\d\d)[a-z]?"
_WORD = r"[A-ZÀ-Þ][\wÀ-ÿ’&./-]*"
_SMALL = r"van|de|der|den|het|voor|en|et al\.|e\.a\.|of|the|and|for|&"
_AUTHOR = rf"(?P<author>{_WORD}(?:,?\s(?:{_WORD}|{_SMALL})){{0,9}})"
_OPENS = (
    r"(?:(?<![\w,])(?:[Zz]ie|[Vv]gl\.|[Bb]ron(?:nen)?|[Cc]f\.|[Uu]it"
    r"|[Gg]ebaseerd op [\w ]{0,40}van)(?:\s(?:ook|bijv\.|bijvoorbeeld|onder andere|o\.a\.|verder))?"
    r":?\s+(?:(?:de|het)\s+)?|(?<=[.;]\s))?"
)
_PLAIN = (
    r"(?P<plain>[A-ZÀ-Þ][^;“”\"]{5,200}?)"
    r"(?=\.(?:\s+(?:[A-Z‘“]|[Zz]ie\b)|\s*$)|;|,?\s*(?:p|pp|blz|par)\.\s?\d|,?\s*https?:|\s*$)"
)
_FULL = re.compile(rf"{_OPENS}{_AUTHOR}(?:,\s*|\s*\(){_YEAR}\)?\s*[.,:]?\s*(?:{QUOTED}|{_PLAIN})")
_QUOTED_IN_PROSE = re.compile(rf"{_OPENS}{_AUTHOR}(?:,\s*|\s*\(){_YEAR}\)?\s*[.,:]?\s*{QUOTED}")
_TITLE_FIRST = re.compile(
    rf"{_OPENS}{_AUTHOR},?\s*{QUOTED}(?P<rest>[^;“”]{{0,60}}?)\(?\b{_YEAR}\)?"
)
_YEAR_LAST = re.compile(
    rf"{_OPENS}{_AUTHOR},\s*(?P<plain>[A-ZÀ-Þ][^;“”\"]{{8,160}}?)(?:,\s*|\s*\([^()\d]{{0,30}})(?:{_WORD}\s)?(?:\d{{1,2}}-\d{{1,2}}-)?{_YEAR}\)?(?=\.?$|,\s*https?:)"
)
# "W.B. Hoekstra, Vaststelling van de begroting (Kamerstuk 35 925 V, nr. 84)"
_WITH_PAPER = re.compile(
    rf"{_OPENS}{_AUTHOR},\s*(?P<plain>[A-ZÀ-Þ][^;“”\"]{{8,200}}?)\s*(?=\((?:Tweede\s+)?[Kk]amerstuk)"
)
# "Zie ook de Mededeling Comprehensive Approach (december 2013) en het Action Plan (juli 2012)"
_SEE = re.compile(r"(?:[Zz]ie|[Vv]gl\.|[Cc]f\.)\b")
_DATED_TITLE = re.compile(
    r"\b(?:de|het)\s(?P<plain>[A-Z][\w’-]+(?:\s[\w’-]+){1,12})\s\("
    r"(?:[a-z]+\s)?(?P<year>(?:19|20)\d\d)\)"
)
_FINITE = re.compile(
    r"\b(?:is|zijn|was|waren|wordt|worden|werd|werden|heeft|hebben|had|zal|zullen|kan|kunnen|moet"
    r"|moeten|dient|staat|gaat|komt|geldt|betreft|bevat|bevatten|verstaat)\b"
)
_AUTHORS_LAST = re.compile(
    r"^(?P<plain>[A-ZÀ-Þ](?:[\w’:-]+,?\s+){3,30}?[\w’-]+),\s*(?P<author>[A-ZÀ-Þ][^.“”]{3,80}),\s*"
    rf"(?:[A-Za-z]+\s+)?{_YEAR}\.?$"
)
_SHORT = re.compile(
    rf"{_OPENS}{_AUTHOR},?\s+\(?{_YEAR}\)?,?\s*(?:p{{1,2}}|blz|pagina|par|hoofdstuk)\.?\s?\d+(?:[-–]\d+)?",
)
_IN_BRACKETS = re.compile(
    rf"(?<=[(;])\s?{_AUTHOR},?\s{_YEAR}(?:\s*[,:]\s*(?:p{{1,2}}\.\s?)?\d+(?:[-–]\d+)?)?(?=[;)])"
)
_PAGE = re.compile(
    r"(?P<between>[^;.]{0,70}?),\s*p{1,2}\.\s?\d+(?:[-–]\d+)?(?:,\s*p{1,2}\.\s?\d+(?:[-–]\d+)?)*"
)
_PAGE_FIRST = re.compile(
    r"\bp{1,2}\.\s?\d+(?:[-–]\d+)?,\s(?:[^;.]{3,80},\s)?"
    r"(?P<plain>[A-Z]{2,6}[ -]\w*(?:[Rr]apport|[Ee]valuatie|[Ss]tudie))"
)
_AGREEMENT = re.compile(
    r"\b(?P<noun>(?:[Cc]oalitie|[Rr]egeer|[Hh]oofdlijnen)akkoord)\b(?!-)"
    r"(?:\s+(?P<years>(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d))?"
    rf"(?:\s*[.,:]?\s*{QUOTED})?(?!\s+(?:middelen|gelden|afspraken|partijen))"
)
_SEVERAL = re.compile(r"(?:\s(?:&|en|and)\s|\bet al\.|\be\.a\.)")
_NO_AUTHOR = re.compile(
    r"(?:Januari|Februari|Maart|April|Mei|Juni|Juli|Augustus|September|Oktober|November|December|Box|"
    r"Tabel|Figuur|Artikel|Sinds|Eind|Begin|Medio|Tot|Vanaf|In|Zomer|Motie|Toezegging|Interview|Kamerstuk\w*|"
    r"Kamerbrief|Brief|Nota)\b",
)
_DOCUMENTS = ("strategy", "plan", "planning-tool")


def sources(stretch: Stretch) -> Iterator[Cited]:
    """References by author and year, by a known document's page, and to a coalition agreement."""
    note = stretch.block.kind is BlockKind.FOOTNOTE
    patterns = (_FULL, _TITLE_FIRST, _SHORT) if note else (_QUOTED_IN_PROSE,)
    for pattern in patterns:
        for match in stretch.matches(pattern):
            if not _NO_AUTHOR.match(match["author"]):
                yield _source(stretch, match)
    if note:
        yield from _listed_otherwise(stretch)
    for match in stretch.matches(_IN_BRACKETS):
        if _is_author(stretch, match):
            yield _source(stretch, match)
    yield from _agreements(stretch)


def _source(stretch: Stretch, match: re.Match[str]) -> Cited:
    given = match.groupdict()
    title = given.get("single") or given.get("double") or given.get("plain") or ""
    author = authors(stretch, Range(*match.span("author")))
    key: tuple[str, ...] = (f"{slug(match['author'])}-{match['year']}",)
    year = Period(Range(*match.span("year")), match["year"], match["year"], match["year"])
    start, end = match.start("author"), match.end()
    if given.get("plain"):
        start = min(start, match.start("plain"))
    kind = kind_of_title(stretch, title, author)
    if paper := paper_behind(stretch, end, stretch.range.end):
        key, end = (*key, *keys(paper)), paper.end()
        kind = kind_of_title(stretch, title, author, "parliamentary-paper")
    here = closed(stretch.text, Range(start, end))
    if words(stretch.context.vocabulary, "thesis").search(stretch.text, start, here.end):
        kind = "thesis"
    return Cited(kind, here, key, title.strip(" .,"), "", author, year)


def _is_author(stretch: Stretch, match: re.Match[str]) -> bool:
    """Whether a name with a year in brackets is an author: several, or an actor that we know."""
    name = match["author"]
    if _NO_AUTHOR.match(name):
        return False
    known = authors(stretch, Range(*match.span("author")))
    return bool(_SEVERAL.search(name)) or bool(known)


def _listed_otherwise(stretch: Stretch) -> Iterator[Cited]:
    """A note that is one reference: author, title, year; or title, authors, year."""
    for pattern in (_YEAR_LAST, _AUTHORS_LAST):
        match = pattern.match(stretch.text, stretch.range.start, stretch.range.end)
        by_known = match and authors(stretch, Range(*match.span("author")))
        if match and by_known and not _NO_AUTHOR.match(match.group()):
            yield _source(stretch, match)
            return
    for match in stretch.matches(_WITH_PAPER):
        paper = paper_behind(stretch, match.end(), stretch.range.end)
        author = authors(stretch, Range(*match.span("author")))
        if author and paper and not _NO_AUTHOR.match(match["author"]):
            here = closed(stretch.text, Range(match.start("author"), paper.end()))
            title = match["plain"]
            kind = kind_of_title(stretch, title, (), "parliamentary-paper")
            yield Cited(kind, here, keys(paper), title, "", author)
    if _SEE.match(stretch.text, stretch.range.start):
        for match in stretch.matches(_DATED_TITLE):
            title = match["plain"]
            period = next(p for p in stretch.periods() if p.range.end == match.end() - 1)
            here = Range(match.start("plain"), match.end())
            yield Cited("policy-paper", here, (), title, "", (), period)


def pages(stretch: Stretch) -> Iterator[Cited]:
    """A page of a document that the schemes know ("IVS, p. 14"), or of an evaluator's report."""
    if stretch.block.kind is not BlockKind.FOOTNOTE:
        return
    context = stretch.context
    kinds = {context.thing("kind", name) for name in _DOCUMENTS}
    for mention in context.mentions_in(stretch.block, stretch.range):
        page = _PAGE.match(stretch.text, mention.found.end, stretch.range.end)
        if page and kinds & set(mention.found.concept.objects("kind")):
            here = Range(mention.found.start, page.end())
            yield Cited("policy-paper", here, (mention.found.concept.slug,))
    if not _FINITE.search(stretch.text, stretch.range.start, stretch.range.end):
        # A note that only names documents.
        named = {context.thing("kind", name) for name in ("strategy", "plan")}
        for mention in context.mentions_in(stretch.block, stretch.range):
            capital = stretch.text[mention.found.start].isupper()
            if capital and named & set(mention.found.concept.objects("kind")):
                yield Cited("policy-paper", mention.found.range, (mention.found.concept.slug,))
    for match in stretch.matches(_PAGE_FIRST):
        author = authors(stretch, Range(*match.span("plain")))
        yield Cited("report", Range(*match.span()), (), match["plain"], "", author)


def _agreements(stretch: Stretch) -> Iterator[Cited]:
    for match in stretch.matches(_AGREEMENT):
        years = re.findall(r"\d{4}", match["years"] or "")
        key = (f"{match['noun'].lower()}-{'-'.join(years)}",) if years else ()
        title = match["single"] or match["double"] or ""
        period = None
        if years:
            period = Period(Range(*match.span("years")), years[0], years[-1], match["years"])
        named = [
            mention.found.end
            for mention in stretch.context.mentions_in(stretch.block, stretch.range)
            if mention.found.start <= match.start() < mention.found.end
        ]
        here = Range(match.start(), max([match.end(), *named]))
        yield Cited("coalition-agreement", here, key, title.strip(" .,"), "", (), period)
