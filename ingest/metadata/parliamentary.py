"""The head of a parliamentary paper: dossier, number and title as the printer sets them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Found, Span
from ingest.metadata.findings import inferred, stated
from ingest.metadata.labels import is_salutation, label_of
from ingest.metadata.lines import HeadLine, joined
from ingest.structure.headings import goes_on

_DOSSIER = r"(?P<number>\d{2}[ \u00a0]?\d{3})(?:[ -](?P<part>\d{2})(?!\d))?"
_CHAPTER = r"(?:[ \u00a0,-]+(?P<chapter>[IVXL]{1,6}[A-Z]?|[A-Z](?=[ \u00a0]{2,}))(?![\w]))?"
_HEADER = re.compile(rf"\s*{_DOSSIER}{_CHAPTER}(?:[ \u00a0\t]+(?P<title>[^\W\d_].*)|\s*$)")
_NUMBER = re.compile(r"\s*Nr\.?\s*(?P<nr>\d{1,4})\b[ \u00a0\t]*(?P<title>.*)$")
_SENATE = re.compile(r"\s*(?P<nr>[A-Z]{1,2})[ \u00a0\t]+(?P<title>[A-Z][A-Z ,.-]{5,}.*)$")
_WHOLE = re.compile(
    rf"\s*(?:Kamerstuk(?:ken)?(?:\s+I{{1,2}})?(?:\s+\d{{4}}[-/]\d{{2,4}})?,?\s*:?\s*)?{_DOSSIER}"
    rf"{_CHAPTER}[ ,-]*\s*[Nn]r\.?\s*(?P<nr>\d{{1,4}})\s*\.?\s*$"
)
_OWN_ANNEX = re.compile(
    rf"\s*\(?[Bb]ijlage(?:\s+\d+)?\s+(?:bij|aan)\s+[Kk]amerstuk(?:ken)?(?:\s+I{{1,2}})?,?\s*{_DOSSIER}"
)
_DOCUMENT_NUMBER = re.compile(r"\s*(?P<number>20\d\d[DZ]\d{5})\s*$")
_NO_TITLE = re.compile(r"\s*(?:Aan\b|Ontvangen|Vastgesteld|Voorgesteld|.*\d{4}\s*$)")
_TITLE_LINES = 4
_REACH = 14  # lines between the dossier and the number of a paper
_FIRST = 25  # lines within which the head of a paper begins
_BY_RULE = "written as an official identifier by the numbering rule"


@dataclass(frozen=True, slots=True)
class PaperTitle:
    """The title of a parliamentary paper, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Dossier:
    code: str
    span: Span


def parliamentary_paper(lines: Sequence[HeadLine]) -> tuple[list[Found], PaperTitle | None]:
    """Dossiers, identifier and title from the head of a paper; nothing for other documents."""
    dossiers: list[_Dossier] = []
    for order, line in enumerate(lines[: _FIRST + _REACH]):
        if is_salutation(line):
            break
        if dossiers and (match := _NUMBER.match(line.text) or _SENATE.match(line.text)):
            return _paper(dossiers, line, match, lines, order)
        header = _HEADER.match(line.text)
        if header and (order < _FIRST or dossiers):
            end = header.end("chapter") if header["chapter"] else header.end("number")
            end = max(end, header.end("part"))
            dossiers.append(_Dossier(_code(header), line.span(header.start("number"), end)))
    return [*_own_line(lines), *_document_numbers(lines)], None


def _paper(
    dossiers: Sequence[_Dossier],
    line: HeadLine,
    match: re.Match[str],
    lines: Sequence[HeadLine],
    order: int,
) -> tuple[list[Found], PaperTitle | None]:
    found = [stated("dossier", d.code, d.span) for d in dossiers]
    span = Span(dossiers[0].span.start, line.start + match.end("nr"))
    identifier = f"kst-{dossiers[0].code}-{match['nr']}"
    if len(dossiers) == 1:
        found.insert(0, stated("identifier", identifier, span, _BY_RULE))
    else:
        note = f"{_BY_RULE}, from the first of {len(dossiers)} dossiers"
        found.insert(0, inferred("identifier", identifier, span, note))
    found += _document_numbers(lines)
    return found, _title(line, match.start("title"), lines[order + 1 :])


def _title(line: HeadLine, start: int, after: Sequence[HeadLine]) -> PaperTitle | None:
    """The title behind or below the paper's number, with the lines on which it goes on."""
    title = (
        [HeadLine(line.text[start:], line.start + start, False)]
        if line.text[start:].strip()
        else []
    )
    for following in after[:_TITLE_LINES]:
        if title and not _wraps(title[-1].text, following):
            break
        title.append(following)
    return PaperTitle(*joined(title)) if title else None


def _wraps(line: str, following: HeadLine) -> bool:
    """Whether a title goes on: in the same kind of letters, and not as an address or a date."""
    if goes_on(line) and not line.rstrip().endswith(":"):
        return True
    if following.after_gap or _NO_TITLE.match(following.text):
        return False
    return not line.isupper() or following.text.isupper()


def _code(match: re.Match[str]) -> str:
    number = re.sub(r"\D", "", match["number"])
    return "-".join(part for part in (number, match["part"], match["chapter"]) if part)


def _own_line(lines: Sequence[HeadLine]) -> list[Found]:
    """A number on a line of its own, before the text begins."""
    for line in lines[:_FIRST]:
        if is_salutation(line):
            break
        if match := _WHOLE.match(line.text):
            code = _code(match)
            return [
                stated("identifier", f"kst-{code}-{match['nr']}", line.whole, _BY_RULE),
                stated("dossier", code, line.whole),
            ]
        if match := _OWN_ANNEX.match(line.text):
            note = "it calls itself an annex to a paper in this dossier"
            number = re.sub(r"\D", "", match["number"])
            return [inferred("dossier", number, line.whole, note)]
    return []


def _document_numbers(lines: Sequence[HeadLine]) -> list[Found]:
    """The number that the House of Representatives gave, on a line of its own."""
    found: list[Found] = []
    above: HeadLine | None = None
    for line in lines[:_FIRST]:
        match = _DOCUMENT_NUMBER.match(line.text)
        if match and not (above and label_of(above)):  # else it is "Uw referentie" or the like
            note = "number of the House of Representatives"
            found.append(stated("identifier", match["number"], line.whole, note))
        above = line
    return found


def is_number_line(text: str) -> bool:
    """Whether a line only says which paper this is, or to which it belongs."""
    patterns = (_WHOLE, _OWN_ANNEX, _DOCUMENT_NUMBER)
    return any(pattern.match(text) for pattern in patterns)
