"""What a document refers to: parliamentary papers, motions, letters, laws, reports, web pages.

A citation is kept as printed; a parliamentary paper also gets a normalised key
("kst-35570-XVII-52"). Nothing is looked up: a budget dossier without its chapter keeps the key
that its words allow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal

from ingest.document import Range
from ingest.extract.context import Context, passages
from ingest.extract.periods import Period
from ingest.extract.prose import Content, Sentence, period_content, sentences
from ingest.statement import Rule, Statement

RULE = Rule("citations", 1)

_DOSSIER = (
    r"(?P<dossier>\d{2}[ .\u00a0]?\d{3})(?:[ -](?P<part>\d{2})(?=,|\s+nr))?"
    r"(?:[ -](?P<chapter>[IVX]{1,6}[A-Z]?)\b)?"
)
_PAPER = re.compile(
    rf"(?<![\d.,/-]){_DOSSIER}(?P<noted>,?\s*\(?(?:nrs?\b\.?|Nrs?\b\.?|nummer)\s*|-)"
    r"(?P<number>\d{1,4})(?:\s*(?:,|en)\s*(?P<second>\d{1,4})(?=[).,;\s]|$))?(?!\d)"
)
_MOTION = re.compile(
    r"\b[Mm]otie[- ](?:van\s+(?:het\s+lid|de\s+leden)\s+|(?:het\s+)?lid\s+|van\s+)?"
    r"(?P<mover>(?:[Vv]an\s+(?:(?:de|den|der|het)\s+)?|[Dd]e\s+|[Dd]en\s+)?[A-ZÀ-Þ][\w’-]+"
    r"(?:(?:,\s*|\s+en\s+)(?:[Vv]an\s+(?:(?:de|den|der)\s+)?|[Dd]e\s+)?[A-ZÀ-Þ][\w’-]+)*(?:\s+c\.?\s?s\.?)?)"
    r"(?:,?\s+(?:over|inzake|betreffende)\s+(?:(?P<topic>[^();.]{3,160}?)(?=\s*\()"
    r"|(?P<open>[^();.,]{3,160}?)))?(?=\s*[(,;.]|\s+en\s+[Mm]otie|$)"
)
_DATED = re.compile(
    r"\b(?P<what>[Kk]amerbrief|[Bb]rief|[Nn]ota|[Nn]otitie|[Bb]eleidsbrief|[Aa]anbiedingsbrief"
    r"|[Vv]oortgangsrapportage|[Bb]eleidsnota|[Ss]trategie|[Aa]ctieplan|[Aa]genda|[Rr]apport|[Aa]dvies"
    r"|[Ee]valuatie|[Bb]eleidsdoorlichting|[Mm]emorie van [Tt]oelichting)\b"
)
_TITLE = re.compile(r"[‘“\"'](?P<title>[^‘’“”\"]{4,160})[’”\"']")
_LAW = re.compile(
    r"\b(?:[Aa]rtikel(?:en)?\s+\d+[a-z]?(?:\s+en\s+\d+)?\s+(?:van\s+)?(?:de\s+|het\s+)?"
    r"(?:Grondwet|[A-Z][\w-]*(?:wet|verdrag|handvest)|[A-Z]{2,6}-[Vv]erdrag)"
    r"|[Vv]erordening\s+\((?:EU|EG)\)\s*(?:nr\.\s*)?\d+/\d+|[Rr]ichtlijn\s+\d+/\d+(?:/(?:EU|EG))?"
    r"|COM\s?\(\d{4}\)\s?\d+)"
)
_RESOLUTION = re.compile(
    r"\b(?:(?:VN-)?(?:Veiligheidsraads?)?[Rr]esoluties?|VNVR-?[Rr]esoluties?|UNSCR)\s+(?P<number>\d{3,4})"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+?(?=[.,;)\]]*(?:\s|$))")
_NEAR = 60  # characters between a kind of document and its date or title
_YEAR_ONLY = 4


@dataclass(frozen=True, slots=True)
class _Cited:
    """A reference found: its kind, where it stands, and what is known of it."""

    kind: str
    range: Range
    content: tuple[tuple[str, Literal], ...] = ()
    period: Period | None = None


def extract(context: Context) -> Iterator[Statement]:
    """The citations of a document, in reading order."""
    own = {identifier.value for identifier in context.entry.identifiers}
    for sentence in sentences(context):
        for cited in _cited(sentence):
            keys = {value.value for name, value in cited.content if name == "citationKey"}
            if not keys & own:
                yield _statement(context, sentence, cited)


def _statement(context: Context, sentence: Sentence, cited: _Cited) -> Statement:
    content: Content = [("citationKind", context.thing("citation-kind", cited.kind))]
    content += cited.content
    if cited.period is not None:
        content += period_content(cited.period)
    printed = sentence.block.text.text[cited.range.start : cited.range.end]
    content += [("asWritten", Literal(printed)), ("speaker", sentence.speaker)]
    content += [("about", one) for one in sentence.named(within=cited.range)]
    return Statement(
        "Citation",
        context.document.id,
        passages(sentence.block, sentence.range),
        context.rule(RULE),
        tuple(dict.fromkeys(content)),
    )


def _cited(sentence: Sentence) -> Iterator[_Cited]:
    taken: list[Range] = []
    for finder in (_motions, _papers, _addresses, _laws, _resolutions, _documents):
        for cited in finder(sentence):
            if not any(cited.range.start < t.end and t.start < cited.range.end for t in taken):
                taken.append(cited.range)
                yield cited


def _matches(pattern: re.Pattern[str], sentence: Sentence) -> Iterator[re.Match[str]]:
    here = sentence.range
    return pattern.finditer(sentence.block.text.text, here.start, here.end)


def _motions(sentence: Sentence) -> Iterator[_Cited]:
    """Motions, each with the paper in the brackets behind it."""
    text = sentence.block.text.text
    found = list(_matches(_MOTION, sentence))
    papers = list(_matches(_PAPER, sentence))
    for number, match in enumerate(found):
        after = found[number + 1].start() if number + 1 < len(found) else sentence.range.end
        paper = next((p for p in papers if match.end() <= p.start() < after), None)
        joined = paper is not None and re.fullmatch(
            r"[\s,]*\(?[^()]{0,45}", text[match.end() : paper.start()]
        )
        content = [("mover", Literal(match["mover"]))]
        if topic := match["topic"] or match["open"]:
            content.append(("term", Literal(topic.strip())))
        end = match.end()
        if paper is not None and joined:
            content += [("citationKey", Literal(key)) for key in _keys(paper)]
            end = paper.end()
        yield _Cited("motion", Range(match.start(), end), tuple(content))


def _papers(sentence: Sentence) -> Iterator[_Cited]:
    text = sentence.block.text.text
    for match in _matches(_PAPER, sentence):
        if match["noted"] == "-" and not re.search(
            r"\b[Kk]amerstuk\w*\s[^.;]{0,40}$", text[: match.start()]
        ):
            continue
        keys = tuple(("citationKey", Literal(key)) for key in _keys(match))
        yield _Cited("parliamentary-paper", Range(match.start(), match.end()), keys)


def _keys(paper: re.Match[str]) -> Iterator[str]:
    """The normalised keys of a paper, or of two printed with one dossier."""
    dossier = re.sub(r"\D", "", paper["dossier"])
    middle = "".join(f"-{paper[name]}" for name in ("part", "chapter") if paper[name])
    for number in (paper["number"], paper["second"]):
        if number:
            yield f"kst-{dossier}{middle}-{number}"


def _addresses(sentence: Sentence) -> Iterator[_Cited]:
    for match in _matches(_ADDRESS, sentence):
        address = ("citationKey", Literal(match.group()))
        yield _Cited("web-page", Range(match.start(), match.end()), (address,))


def _laws(sentence: Sentence) -> Iterator[_Cited]:
    for match in _matches(_LAW, sentence):
        yield _Cited("law", Range(match.start(), match.end()))


def _resolutions(sentence: Sentence) -> Iterator[_Cited]:
    for match in _matches(_RESOLUTION, sentence):
        number = ("citationKey", Literal(f"resolution-{match['number']}"))
        yield _Cited("resolution", Range(match.start(), match.end()), (number,))


_KINDS = {"brief": "letter", "kamerbrief": "letter", "beleidsbrief": "letter"} | dict.fromkeys(
    ["rapport", "advies", "evaluatie", "beleidsdoorlichting"], "report"
)


def _documents(sentence: Sentence) -> Iterator[_Cited]:
    """Letters, notes and reports that are cited by a day or month, or by their title."""
    text = sentence.block.text.text
    for match in _matches(_DATED, sentence):
        reach = Range(max(sentence.range.start, match.start() - _NEAR), match.end() + _NEAR)
        period = next(
            (
                p
                for p in sentence.periods
                if reach.start <= p.range.start <= reach.end
                and p.start == p.end
                and len(p.start) > _YEAR_ONLY
            ),
            None,
        )
        title = _TITLE.search(text, match.end(), min(sentence.range.end, match.end() + _NEAR))
        if period is None and title is None:
            continue
        spans = [match.span(), *([(period.range.start, period.range.end)] if period else [])]
        content: tuple[tuple[str, Literal], ...] = ()
        if title is not None:
            spans.append(title.span())
            content = (("term", Literal(title["title"])),)
        here = Range(min(start for start, _ in spans), max(end for _, end in spans))
        kind = _KINDS.get(match["what"].lower(), "policy-paper")
        yield _Cited(kind, here, content, period)
