"""References by number: papers and proceedings of parliament, and motions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import Range
from ingest.extract.cited import Cited, Stretch, closed
from ontology.names import slug

_NUMBERS = (
    r"\d{1,4}(?:\s*(?:,|en|t/m|tot en met|[-–](?=\d))\s*(?:nrs?\.?\s*)?\d{1,4}(?![\d /]*\d))*"
)
_DOSSIER = (
    r"(?P<dossier>\d{2}[ .\u00a0]?\d{3})(?:[ -](?P<part>\d{2})(?=,|-|\s+\(?[Nn]r))?"
    r"(?:,?\s*(?:hoofdstuk|[Hh]fst\.)\s*|[ -])?(?P<chapter>(?<=[\s-])[IVX]{1,6}[A-Z]?\b)?"
)
PAPER = re.compile(
    rf"(?<![\d.,/-]){_DOSSIER}(?P<noted>,?\s*\(?(?:[Nn]rs?\b\.?|[Nn]ummers?)\s*|-)"
    rf"(?:(?P<numbers>{_NUMBERS})|(?P<letter>[A-Z]{{1,2}}\b))(?!\d)"
)
_IN_PARLIAMENT = re.compile(r"\b(?:[Kk]amerstuk\w*|[Kk]amerbrief|TK|EK)\b[^.;]{0,40}$")
_SENATE = re.compile(r"\b[Kk]amerstuk\w*\s+I\b[^.;]{0,20}$|\bEK\b[^.;]{0,20}$")
_DOCKET = re.compile(r"\b20\d\d[ZD]\d{5}\b")
_PROCEEDINGS = re.compile(
    r"\b(?P<answers>[Aa]anhangsel(?:\s+van\s+de)?\s+)?[Hh]andelingen\s+(?:(?P<house>I{1,2}|[TE]K),?\s+)?"
    r"(?P<first>(?:19|20)\d\d)\s?[-/–]\s?(?P<last>(?:19|20)?\d\d),\s*(?:nr\.?\s*)?(?P<number>\d{1,4})"
    r"(?:,?\s*(?:item|blz\.|p\.)\s*(?P<item>\d{1,4})|-(?P<dashed>\d{1,3}))?"
)
_NAME = (
    r"(?:[Vv]an\s+(?:(?:de|den|der|het|’t)\s+)?|[Dd]e\s+|[Dd]en\s+|[Tt]er\s+|[Tt]en\s+|[Ee]l\s+)?"
    r"[A-ZÀ-Þ][\wÀ-ÿ’]+(?:-[A-ZÀ-Þ][\wÀ-ÿ’]+)?"
)
_MOTION = re.compile(
    r"\b[Mm]oties?[- ](?=\S)"
    r"(?:van\s+(?:het\s+(?:[Kk]amer)?lid|de\s+(?:[Kk]amer)?leden)\s+"
    r"|(?:het\s+)?(?:lid|leden)\s+|van\s+)?"
    rf"(?P<mover>{_NAME}(?:(?:,\s*|\s+en\s+|/){_NAME})*(?:\s+c\.?\s?s\.?)?)"
    r"(?:,?\s+(?:over|inzake|betreffende|met betrekking tot)\s+"
    r"(?:(?P<topic>[^();.]{3,160}?)(?=\s*\()"
    r"|(?P<open>[^();.,]{3,160}?)(?=\s*[,;.]|\s+en\s+[Mm]otie|$)))?"
)
_NO_MOVER = re.compile(r"(?:Wantrouwen|Afkeuring|Treurnis|Orde|Nederland|Kamer)\b")
_VERB = re.compile(
    r"\s(?:is|zijn|was|wordt|worden|werd|heeft|hebben|zal|zet|vroeg|verzocht|vraagt|verzoekt|roept)\b"
)
_LONGEST_RANGE = 30
_HOUSES = {"II": "tk-", "TK": "tk-", "I": "ek-", "EK": "ek-"}


def motions(stretch: Stretch) -> Iterator[Cited]:
    """Motions, each with the paper in the brackets behind it; without one, keyed by its mover."""
    found = [one for one in stretch.matches(_MOTION) if not _NO_MOVER.match(one["mover"])]
    for number, match in enumerate(found):
        after = found[number + 1].start() if number + 1 < len(found) else stretch.range.end
        paper = paper_behind(stretch, match.end(), after)
        mover = match["mover"].rstrip(".") + ("." if match["mover"].endswith(".s.") else "")
        topic = match["topic"] or _VERB.split(match["open"] or "")[0].strip()
        if paper is None:
            named = re.sub(r"\s+c\.?\s?s\.?$", "", mover)
            end = (
                match.start("open") + len(topic) if match["open"] and topic else match.end("mover")
            )
            here = Range(match.start(), end)
            yield Cited("motion", here, (f"motie-{slug(named)}",), topic, mover)
        else:
            here = closed(stretch.text, Range(match.start(), paper.end()))
            yield Cited("motion", here, keys(paper), topic, mover)


def paper_behind(stretch: Stretch, at: int, limit: int) -> re.Match[str] | None:
    """The paper that stands right behind something, mostly in brackets."""
    paper = PAPER.search(stretch.text, at, limit)
    between = stretch.text[at : paper.start()] if paper else ""
    joined = re.fullmatch(
        r"[\s,’”\"]*\(?(?:(?:[Tt]weede\s+)?[Kk]amer\w*\s*)?[^().;]{0,30}", between
    )
    return paper if paper is not None and joined and is_paper(stretch.text, paper) else None


def papers(stretch: Stretch) -> Iterator[Cited]:
    """Papers of parliament, by dossier and number."""
    for match in stretch.matches(PAPER):
        if is_paper(stretch.text, match):
            yield Cited("parliamentary-paper", Range(match.start(), match.end()), keys(match))
    for docket in stretch.matches(_DOCKET):
        here = Range(docket.start(), docket.end())
        yield Cited("parliamentary-paper", here, (docket.group(),))


def is_paper(text: str, match: re.Match[str]) -> bool:
    """Whether a dossier and number refer to a paper: a bare hyphen needs the word before it."""
    bare = match["noted"] == "-" or bool(match["letter"])
    return not bare or bool(_IN_PARLIAMENT.search(text[: match.start()]))


def keys(paper: re.Match[str]) -> tuple[str, ...]:
    """The normalised keys of a paper, or of several printed with one dossier."""
    dossier = re.sub(r"\D", "", paper["dossier"])
    middle = "".join(f"-{paper[name]}" for name in ("part", "chapter") if paper[name])
    return tuple(f"kst-{dossier}{middle}-{one}" for one in _numbers(paper))


def _numbers(paper: re.Match[str]) -> Iterator[str]:
    if paper["letter"]:
        yield paper["letter"]
        return
    listed = re.findall(r"(t/m|tot en met|[-–])?\s*(?:nrs?\.?\s*)?(\d+)", paper["numbers"])
    previous = 0
    for joined, digits in listed:
        number = int(digits)
        if joined and previous < number <= previous + _LONGEST_RANGE:
            yield from (str(one) for one in range(previous + 1, number))
        yield digits
        previous = number


def proceedings(stretch: Stretch) -> Iterator[Cited]:
    """Proceedings of parliament and the answers to written questions in their appendix."""
    for match in stretch.matches(_PROCEEDINGS):
        last = match["last"] if len(match["last"]) > 2 else match["first"][:2] + match["last"]
        session = f"{_HOUSES.get(match['house'] or '', '')}{match['first']}{last}"
        numbers = "-".join(filter(None, (match["number"], match["item"], match["dashed"])))
        kind, prefix = ("parliamentary-answers", "ah") if match["answers"] else ("proceedings", "h")
        here = Range(match.start(), match.end())
        yield Cited(kind, here, (f"{prefix}-{session}-{numbers}",))
