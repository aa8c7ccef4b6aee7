"""Figures in a Dutch sentence: value, unit, qualifier and frequency, as data.

Thousands dots and decimal commas stand beside decimal points in the same document ("575.000",
"6,7 miljoen", "1.7 miljoen", "4.5%"), and numbers are also written out ("acht miljoen", "meer dan
de helft"). Years, article numbers, dates and citations are no quantities. Units and qualifiers
are data (schemes units and qualifiers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ingest.document import Range
from ontology.vocabulary import Concept, Vocabulary

_MAGNITUDES = {
    "duizend": 3,
    "miljoen": 6,
    "mln": 6,
    "miljard": 9,
    "mld": 9,
    "mrd": 9,
    "biljoen": 12,
}
_WORDS: dict[str, int | Decimal] = {
    "nul": 0,
    "één": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "zeven": 7,
    "acht": 8,
    "negen": 9,
    "tien": 10,
    "elf": 11,
    "twaalf": 12,
    "dertien": 13,
    "veertien": 14,
    "vijftien": 15,
    "zestien": 16,
    "zeventien": 17,
    "achttien": 18,
    "negentien": 19,
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "zestig": 60,
    "zeventig": 70,
    "tachtig": 80,
    "negentig": 90,
    "honderd": 100,
    "duizend": 1000,
    "anderhalf": Decimal("1.5"),
}
_FRACTIONS = {
    "de helft": Decimal(50),
    "een derde": Decimal(100) / 3,
    "twee ?derde": Decimal(200) / 3,
    "een kwart": Decimal(25),
    "driekwart": Decimal(75),
    "een vijfde": Decimal(20),
    "een tiende": Decimal(10),
}
_DIGITS = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_WRITTEN = "|".join(sorted(_WORDS, key=len, reverse=True))


def _amount(name: str) -> str:
    """The pattern of a figure with its magnitude, in groups ``name`` and ``name`` + "m"."""
    return (
        rf"(?P<{name}>{_DIGITS}|\b(?:{_WRITTEN})\b)"
        rf"(?:\s*(?P<{name}m>{'|'.join(_MAGNITUDES)})\b)?"
    )


_FREQUENCY = re.compile(
    r"[^.;:]{0,25}?\b(?:per|elk|ieder)\s+(?P<per>jaar|maand|week|dag|kwartaal)\b|^\s*(?P<adv>jaarlijks"
    r"|maandelijks)",
)
_FREQUENCY_BEFORE = re.compile(r"\b(jaarlijkse?|maandelijkse?)\b[^.;:,]{0,40}$")
_PER = {
    "jaar": "year",
    "maand": "month",
    "week": "week",
    "dag": "day",
    "kwartaal": "quarter",
    "jaarlijks": "year",
    "maandelijks": "month",
}
_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb"
    "|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec"
)
_NO_QUANTITY_BEFORE = re.compile(
    r"(?:\b(?:nr|nrs|artikel|artikelen|artikelonderdeel|art|hoofdstuk|paragraaf|bijlage|pagina|p|blz"
    r"|figuur|tabel|box|voetnoot|noot|SDG|SDG[’']s|fase|stap|lid|begin|eind|medio|mid|sinds|jaren"
    r"|kamerstuk|kamerstukken|agenda|VNVR|VNVR-resolutie|resolutie|UNSCR|COP|covid|G|RD|versie|doel"
    r"|spoor|pijler|deel)\b\.?|[-/#§]|\d)\s*$",
    re.IGNORECASE,
)
_DATE_AFTER = re.compile(rf"\s*(?:{_MONTHS})\b|\s*[-/]\s*\d{{1,2}}\s*[-/]|[-–]\s?(?:19|20)\d\d\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with all that belongs to it.

    ``range`` covers qualifier, figure and unit in the text searched; ``value`` is in the unit's
    single items (575000 people, 128000000 euros, 4.5 percent), ``maximum`` the upper end where a
    range is given. ``unit`` is a concept of the scheme units, ``None`` for a bare number.
    ``noun`` is what is counted, as printed; ``per`` the frequency ("year", "month" ...) or "".
    """

    range: Range
    value: Decimal
    maximum: Decimal | None
    unit: Concept | None
    noun: str
    qualifier: Concept | None
    per: str


class Quantities:
    """Finds quantities with the vocabulary's units and qualifiers."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._units = {c.slug: c for c in vocabulary.in_scheme("units")}
        self._qualifiers = {c.slug: c for c in vocabulary.in_scheme("qualifiers")}

    def find(self, text: str, within: Range | None = None) -> Iterator[Quantity]:
        """The quantities of a text, or a stretch of it, from left to right, none overlapping."""
        start = within.start if within else 0
        end = within.end if within else len(text)
        at = start
        while match := self._pattern.search(text, at, end):
            at = match.end()
            quantity = self._quantity(text, match, start, end)
            if quantity is not None:
                at = max(at, quantity.range.end)
                yield quantity

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        first, second = _amount("low"), _amount("high")
        currency = self._alternatives(self._money, "sign")
        other = self._alternatives(self._money, "sign2")
        return re.compile(
            rf"(?<![\w.,/-])(?:(?P<part>\b(?:{'|'.join(_FRACTIONS)})\b)"
            rf"|(?:{currency}\s*)?{first}"
            rf"(?:\s*(?:tot(?:\s+en\s+met)?|à|en|–|-)\s*(?:{other}\s*)?{second})?)(?![\w/])",
            re.IGNORECASE,
        )

    @property
    def _money(self) -> dict[str, Concept]:
        return {slug: c for slug, c in self._units.items() if slug in ("eur", "usd", "gbp")}

    @staticmethod
    def _alternatives(concepts: dict[str, Concept], prefix: str) -> str:
        """A pattern with one named group a concept, longest cue first."""
        return "|".join(
            f"(?P<{prefix}_{slug.replace('-', '_')}>"
            + "|".join(sorted(concept.texts("cue"), key=len, reverse=True))
            + ")"
            for slug, concept in concepts.items()
        ).join(("(?:", ")"))

    @cached_property
    def _unit_after(self) -> re.Pattern[str]:
        between = r"(?:\s+(?!en\b|of\b|tot\b)[\w’'-]+){0,4}?"
        return re.compile(
            rf"\s*(?P<noun>(?:{between}\s+)?{self._alternatives(self._units, 'unit')}(?!\w))",
            re.IGNORECASE,
        )

    @cached_property
    def _qualifier_before(self) -> re.Pattern[str]:
        cues = self._alternatives(self._qualifiers, "qualifier")
        return re.compile(rf"(?:^|(?<=[\s(‘“])){cues}\s*(?:de\s+)?$", re.IGNORECASE)

    def _quantity(self, text: str, match: re.Match[str], start: int, end: int) -> Quantity | None:
        before = text[start : match.start()]
        if match["part"]:
            return self._part(text, match, start)
        if self._is_other_number(match, before, text[match.end() : end]):
            return None
        sign = self._named(match, "sign") or self._named(match, "sign2")
        values = self._values(match)
        if values is None:
            return None
        unit, noun, stop = sign, "", match.end()
        after = self._unit_after.match(text, match.end(), end)
        if sign is None and after is not None:
            unit, noun, stop = self._named(after, "unit"), after["noun"].strip(), after.end()
        if unit is None and not self._is_figure(match):
            return None
        qualifier, begin = self._qualifier(text, start, match.start())
        per = self._frequency(text, start, match.start(), stop, end)
        return Quantity(Range(begin, stop), *values, unit, noun, qualifier, per)

    @staticmethod
    def _is_figure(match: re.Match[str]) -> bool:
        """Whether a number without a unit is more than a phrase ("een") or an enumeration."""
        low = match["low"]
        return bool(match["lowm"] or match["highm"]) or (len(low) > 1 and low[0].isdecimal())

    def _part(self, text: str, match: re.Match[str], start: int) -> Quantity:
        share = next(v for k, v in _FRACTIONS.items() if re.fullmatch(k, match["part"].lower()))
        qualifier, begin = self._qualifier(text, start, match.start())
        value = share.quantize(Decimal("0.1")) if share % 1 else share
        unit = self._units.get("percent")
        return Quantity(Range(begin, match.end()), value, None, unit, match["part"], qualifier, "")

    @staticmethod
    def _is_other_number(match: re.Match[str], before: str, after: str) -> bool:
        """Whether a number counts nothing: a year, a date, the number of an article."""
        if _NO_QUANTITY_BEFORE.search(before) or _DATE_AFTER.match(after):
            return True
        low, high = match["low"], match["high"]
        magnitude = match["lowm"] or match["highm"]
        is_year = bool(_YEAR.fullmatch(low)) and (high is None or bool(_YEAR.fullmatch(high)))
        return is_year and not magnitude

    def _values(self, match: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
        low, high = match["low"], match["high"]
        low_magnitude = match["lowm"] or (match["highm"] if high else None)
        first = _number(low, low_magnitude)
        if not high:
            return first, None
        second = _number(high, match["highm"])
        return (first, second) if second > first else None

    def _qualifier(self, text: str, start: int, at: int) -> tuple[Concept | None, int]:
        found = self._qualifier_before.search(text[start:at])
        if not found:
            return None, at
        return self._qualifier_of(found), start + found.start()

    def _qualifier_of(self, found: re.Match[str]) -> Concept | None:
        return self._named(found, "qualifier")

    def _named(self, match: re.Match[str], prefix: str) -> Concept | None:
        concepts = {"qualifier": self._qualifiers}.get(prefix, self._units)
        for name, value in match.groupdict().items():
            kind, _, slug = name.partition("_")
            if kind == prefix and value:
                return concepts[slug.replace("_", "-")]
        return None

    @staticmethod
    def _frequency(text: str, start: int, at: int, stop: int, end: int) -> str:
        after = _FREQUENCY.match(text[stop:end])
        if after:
            return _PER[after["per"] or after["adv"]]
        before = _FREQUENCY_BEFORE.search(text[start:at])
        return _PER[before[1].removesuffix("e")] if before else ""


def _number(text: str, magnitude: str | None) -> Decimal:
    """The value of a figure as printed: a dot before three digits groups, other points divide."""
    written = _WORDS.get(text.lower())
    if written is not None:
        value = Decimal(written)
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        value = Decimal(text.replace(".", "").replace(",", "."))
    else:
        value = Decimal(text.replace(",", "."))
    return value.scaleb(_MAGNITUDES[magnitude.lower()]) if magnitude else value
