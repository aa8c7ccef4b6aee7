"""What a heading looks like in plain text, and what its form says about its rank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from ingest.structure.lists import roman_value

_ROMAN = re.compile(r"\s*(([IVX]+)[.:])\s+(?=\S)")
_DECIMAL = re.compile(r"\s*((\d{1,2}(?:\.\d{1,2})+)\.?)\s+(?=\S)")
_DOTTED = re.compile(r"\s*((\d{1,2})\.)\s+(?=\S)")
_LOOSE = re.compile(r"\s*((\d{1,2}))[ \u00a0]{2,}(?=[^\W\d_a-z])")
_ALONE = re.compile(r"\s*((\d{1,2}(?:\.\d{1,2})*)\.?)\s*$")
_LETTER = re.compile(r"\s*(([a-z])\))\s+(?=\S)")
_CHAPTER = re.compile(
    r"\s*((?:Hoofdstuk|Deel|Bijlage|Annex|Appendix)\s*(\d{1,2}|[IVX]+|[A-Z])?)\s*(?:[:.–-]\s*|$)",
    re.IGNORECASE,
)
_NAMED_CHAPTER = re.compile(
    r"\s*(?:(?:management|publieks)?samenvatting|inleiding|voorwoord|leeswijzer|conclusies?"
    r"|slot|nawoord|literatuur(?:lijst)?|bronnen|afkortingen(?:lijst)?|lijst van afkortingen"
    r"|inhoud(?:sopgave)?|bijlagen?|summary)\s*(?:[:.]|$)",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"\s*((?:Box|Kader|Tekst ?box|Tekst ?kader|Intermezzo)(?: (\d{1,2}(?:\.\d{1,2})?|[A-Z]))?)"
    r"(?:\s*[-–—:.]\s*|\s+)(?=[^\W\d_a-z]|[‘“'\"])"
)
_LABELLED = re.compile(r"\s*([A-Z][a-zë]+ (\d{1,2}))\s*[-–—:]\s*(?=\S)")
_REACTION = re.compile(
    r"\s*(?:kabinets|beleids|bestuurlijke )?(?:reactie|appreciatie)\b", re.IGNORECASE
)
_FUNCTION_WORD = re.compile(
    r"\b(?:de|het|een|van|in|op|en|of|voor|met|aan|bij|te|tot|naar|uit|over|door|om|als|per|tussen"
    r"|onder|ten|ter|&)$",
    re.IGNORECASE,
)
MAXIMUM_LENGTH = 115  # characters; no heading is longer


class Form(Enum):
    """The forms that a heading takes, which decide its level."""

    ROMAN = "roman"
    DECIMAL = "decimal"
    LOOSE = "loose number"
    LETTER = "letter"
    CHAPTER = "chapter"
    NAMED = "named chapter"
    LABELLED = "labelled"
    BOX = "box"
    REACTION = "reaction"
    ISOLATED = "isolated"
    ATTACHED = "attached"


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """A heading's form and number; ``end`` is where its title begins in the first line."""

    form: Form
    text: str = ""
    number: str = ""
    end: int = 0

    @property
    def depth(self) -> int:
        """Parts of a decimal number: 2 for "1.1"."""
        return self.number.count(".") + 1

    def is_repeated(self, text: str) -> bool:
        """Whether two headings of the same label stand in one text, as in an overview."""
        label = self.text.partition(" ")[0]
        return self.form is Form.LABELLED and len(re.findall(rf"\b{label} \d+ *[-–—:]", text)) > 1


def number_mark(line: str) -> HeadingMark | None:
    """The number with which a line begins, if it can number a heading."""
    if (match := _ROMAN.match(line)) and _is_roman(match[2]):
        return HeadingMark(Form.ROMAN, match[1], match[2], match.end())
    if (match := _BOX.match(line)) and (match[2] or ":" in match.group()):
        return HeadingMark(Form.BOX, match[1], match[2] or "", match.end())
    if (match := _LABELLED.match(line)) and not _CHAPTER.match(line):
        return HeadingMark(Form.LABELLED, match[1], match[2], match.end())
    if match := _CHAPTER.match(line):
        number = match[2] or ""
        return HeadingMark(Form.CHAPTER, match[1].strip(), number, match.end())
    for pattern, form in (
        (_DECIMAL, Form.DECIMAL),
        (_DOTTED, Form.DECIMAL),
        (_ALONE, Form.DECIMAL),
        (_LOOSE, Form.LOOSE),
        (_LETTER, Form.LETTER),
    ):
        if match := pattern.match(line):
            return HeadingMark(form, match[1], match[2], match.end())
    return None


def _is_roman(numeral: str) -> bool:
    return bool(re.fullmatch(r"X{0,2}(?:IX|IV|V?I{0,3})", numeral)) and roman_value(numeral) > 0


def form_of(title: str, attached: bool) -> Form:
    """The form of an unnumbered heading."""
    if _NAMED_CHAPTER.match(title):
        return Form.NAMED
    if _REACTION.match(title):
        return Form.REACTION
    return Form.ATTACHED if attached else Form.ISOLATED


def is_named_chapter(title: str) -> bool:
    """Whether a title is one that names a chapter in any document ("Samenvatting")."""
    return bool(_NAMED_CHAPTER.match(title))


_MARGIN = re.compile(
    r"\s*(?:(?:Management|Publieks)?samenvatting|Samenvatting|Inleiding|Voorwoord|Leeswijzer|Conclusies?"
    r"|Nawoord)\s+(?=[A-ZÀ-Þ]\w*\s+[a-z])"
)


def margin_title(line: str) -> int:
    """Where a line's text begins behind a chapter's name from the margin (0: none there)."""
    match = _MARGIN.match(line)
    return match.end() if match else 0


def goes_on(line: str) -> bool:
    """Whether a heading's line cannot be its last: it ends in a function word or a colon."""
    line = line.rstrip()
    return line.endswith((":", ",", "-")) or bool(_FUNCTION_WORD.search(line))


_UNFIT_END = re.compile(r"[.!;:,…-]\s*$")
_SENTENCE_INSIDE = re.compile(r"[.!?;][”’\"')]*\s+[A-Z]")
_BEGINS = re.compile(r"\s*(?:[\"'‘“(]?[A-ZÀ-Þ]|\d)")


def can_be_title(text: str) -> bool:
    """Whether a text could be a heading's title by its own look."""
    text = " ".join(text.split())
    return (
        0 < len(text) <= MAXIMUM_LENGTH
        and bool(_BEGINS.match(text))
        and not _UNFIT_END.search(text)
        and not _SENTENCE_INSIDE.search(text)
        and not goes_on(text)
        and bool(re.search(r"[^\W\d_]{2,}", text))
    )


_FINITE = re.compile(
    r"\b(?:is|zijn|was|waren|ben|bent|wordt|worden|werd|werden|heeft|hebben|had|hadden|kan|kunnen"
    r"|kon|konden|zal|zullen|zou|zouden|moet|moeten|moest|mag|mogen|wil|willen|wilde|gaat|gaan|ging"
    r"|komt|komen|kwam|blijft|blijven|bleef|staat|staan|stond|doet|doen|geldt|gelden|betreft|blijkt"
    r"|biedt|geeft|maakt|ligt|laat|houdt|vindt|ziet|zet|speelt|krijgt|vormt|vraagt|volgt|hoort"
    r"|ik|wij|we|hij|zij|ze|men|er|u|dit|dat|dus|ook|maar|want|immers|niet|hierbij|daarbij|daarom"
    r"|echter|zie|aldus|zo)\b",
    re.IGNORECASE,
)
_STOPPED_LENGTH = 60  # characters


def is_stopped_title(line: str) -> bool:
    """Whether a line with a full stop is a title all the same: short, and no sentence.

    A sentence has a finite verb or a subject; the commonest of those are known here.
    """
    title = " ".join(line.split())
    if not title.endswith(".") or title.endswith("..") or len(title) > _STOPPED_LENGTH:
        return False
    return can_be_title(title[:-1]) and not _FINITE.search(title) and "," not in title
