"""Figures in a Dutch sentence: value, unit, qualifiers and frequency, as data.

Numbers stand in digits and in words ("6,7 miljoen", "meer dan de helft", "een op de vier"). Years,
article numbers, dates, numbers of papers and what stands in a title are no quantities. Units and
qualifiers are data (schemes units and qualifiers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ingest.document import Range
from ingest.extract import counted, numerals, other_numbers
from ontology.vocabulary import Concept, Vocabulary

_TIME_SPAN = re.compile(
    r"(?:\b(?:afgelopen|komende|laatste|volgende|eerste|voorgaande|eerstvolgende)\s+$)"
)
_LATER = re.compile(r"\s*(?:geleden|na|nadat|later|eerder|daarna|daarvoor|voordat)\b")
_SECTION = re.compile(r"\d\.\d{1,2}")
_OF_YEAR = re.compile(r"\s+van\s+(?:het\s+jaar|dit\s+jaar|(?:19|20)\d\d)|\s+(?:eeuw|jaar|uur)\b")
_ORDINAL = re.compile(r"(?:een|één) (?:derde|vijfde|tiende)", re.IGNORECASE)
_SHARE_AFTER = re.compile(
    r"\s*(?:[,.;:)]|$)|\s+(?:van|deel|minder|meer|hoger|lager|komt|gaat|is|wordt|heeft)\b"
)
_FREQUENCY = re.compile(
    r"[^.;:,\d]{0,25}?\b(?:per|elk|ieder)\s+(?P<per>jaar|maand|week|dag|kwartaal)\b"
    r"|\s+(?:\w+\s+){0,2}?(?P<adv>jaarlijks|maandelijks|dagelijks|wekelijks)\b"
    r""
    r"|\s+op (?P<on>jaar)basis"
)
_FREQUENCY_BEFORE = re.compile(
    r"\b(jaarlijks|maandelijks|dagelijks|wekelijks)e?\b[^.;:,\d]{0,60}$|\bper (jaar|maand)\s+$"
)
_PER = {
    **{"jaar": "year", "maand": "month", "week": "week", "dag": "day", "kwartaal": "quarter"},
    **{"jaarlijks": "year", "maandelijks": "month", "dagelijks": "day", "wekelijks": "week"},
}
_AVERAGE = re.compile(r"^Gemiddeld\b[^,;:\d]*$")
_NEAR = 100  # characters around a figure in which its own words stand
_FAR = 400  # and in which "het aantal ..." announces it
TIMES = frozenset({"years", "months", "weeks", "days"})
_OUT_OF = re.compile(rf"\s+van\s+(?:de|alle|onze)\s+(?:{numerals.DIGITS}|{numerals.WRITTEN})\b")
_AFTER_TOO = ("structural", "additional", "in-total")
_EACH = r"(?:(?:de|elke|iedere)\s+)?"

_Counted = tuple[Concept | None, str, int]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with all that belongs to it.

    ``range`` covers qualifiers, figure and unit in the text searched; ``value`` is in the unit's
    single items (575000 people, 128000000 euros, 4.5 percent), ``maximum`` the upper end where a
    range is given. ``unit`` is a concept of the scheme units, ``None`` for things without one.
    ``noun`` is what is counted, as printed; ``per`` the frequency ("year", "month" ...) or "".
    """

    range: Range
    value: Decimal
    maximum: Decimal | None
    unit: Concept | None
    noun: str
    qualifiers: tuple[Concept, ...]
    per: str

    @property
    def qualifier(self) -> Concept | None:
        """The reserve that stands nearest to the figure."""
        return self.qualifiers[0] if self.qualifiers else None


class Quantities:
    """Finds quantities with the vocabulary's units and qualifiers."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._units = {c.slug: c for c in vocabulary.in_scheme("units")}
        self._qualifiers = {c.slug: c for c in vocabulary.in_scheme("qualifiers")}

    def find(self, text: str, within: Range | None = None) -> Iterator[Quantity]:
        """The quantities of a text, or a stretch of it, from left to right, none overlapping."""
        start = within.start if within else 0
        end = within.end if within else len(text)
        referred = [match.span() for match in other_numbers.REFERENCE.finditer(text, start, end)]
        at, before = start, None
        while match := self._pattern.search(text, at, end):
            at = match.end()
            if any(first <= match.start() < last for first, last in referred):
                continue
            quantity = self._quantity(text, match, Range(start, end), before)
            if quantity is not None:
                at = max(at, quantity.range.end)
                before = quantity
                yield quantity

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        first, second = numerals.amount("low"), numerals.amount("high")
        currency = self._alternatives(self._money, "sign")
        other = self._alternatives(self._money, "sign2")
        to = r"tot(?:\s+en\s+met)?|à|–|-|(?<=\s)(?(between)en|tot)"
        return re.compile(
            rf"(?<![\w.,/-])(?:(?P<part>\b(?:{'|'.join(numerals.FRACTIONS)})\b)"
            rf"|(?P<times>\b(?:{'|'.join(numerals.FACTORS)})\b)"
            rf"|(?P<some>\b(?:{numerals.WRITTEN}|een|\d))(?:\s+(?:persoon|mensen|kinderen"
            rf"|vrouwen))?"
            rf"\s+op\s+{_EACH}(?P<all>\b(?:{numerals.WRITTEN})\b"
            rf"|\d{{1,3}}\b(?!\s+(?:{other_numbers.MONTHS})))"
            rf"|(?P<between>tussen\s+(?:de\s+)?)?(?:{currency}\s*)?{first}"
            rf"(?:\s*%)?(?:\s*(?:{to})\s*(?:{other}\s*)?{second})?)(?![\w/])",
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
        units = self._alternatives(self._units, "unit")
        return re.compile(rf"\s*(?P<noun>{counted.ATTRIBUTES}(?i:{units}(?!\w)){counted.AND_MORE})")

    @cached_property
    def _unit_of_number(self) -> re.Pattern[str]:
        units = self._alternatives(self._units, "unit")
        return re.compile(rf"\baantal\s+(?P<noun>{counted.ATTRIBUTES}(?i:{units}(?!\w)))")

    @cached_property
    def _qualifier_before(self) -> re.Pattern[str]:
        cues = self._alternatives(self._qualifiers, "qualifier")
        return re.compile(
            rf"(?:^|(?<=[\s(‘“])){cues}(?:\s+(?:de|met|aan|van|al|eens in de))?\s*$", re.IGNORECASE
        )

    @cached_property
    def _qualifier_after(self) -> re.Pattern[str]:
        late = {s: c for s, c in self._qualifiers.items() if s in _AFTER_TOO}
        cues = self._alternatives(late, "qualifier")
        return re.compile(rf"(?:\s+per\s+\w+)?\s+{cues}(?!\w)", re.IGNORECASE)

    def _quantity(
        self, text: str, match: re.Match[str], here: Range, earlier: Quantity | None
    ) -> Quantity | None:
        before = text[max(here.start, match.start() - _NEAR) : match.start()]
        after = text[match.end() : min(here.end, match.end() + _NEAR)]
        qualifiers, begin = self._qualified(text, here.start, match.start())
        worded = self._worded(match, before, after)
        if worded is not None:
            value, unit = worded
            noun = match["part"] or match["times"] or match[0]
            span = Range(begin, match.end())
            return Quantity(span, value, None, self._units.get(unit), noun, qualifiers, "")
        if not match["low"] or other_numbers.is_other_number(match, before, after):
            return None
        values = self._values(match)
        named = self._counted(text, match, here, earlier)
        if values is None or named is None:
            return None
        unit_found, noun, stop = named
        if (
            unit_found is not None
            and unit_found.slug in TIMES
            and (
                _TIME_SPAN.search(text, max(here.start, begin - _NEAR), begin)
                or _LATER.match(text, stop)
            )
        ):
            return None
        per = self._frequency(text, here.start, match.start(), stop, here.end)
        late = self._trailing(text, stop, here.end, noun)
        qualifiers += tuple(one for one in late if one not in qualifiers)
        return Quantity(Range(begin, stop), *values, unit_found, noun, qualifiers, per)

    @staticmethod
    def _worded(match: re.Match[str], before: str, after: str) -> tuple[Decimal, str] | None:
        """The value and unit of a fraction, a ratio ("een op de vier") or a multiple in words."""
        if match["part"]:
            ordinal = _ORDINAL.fullmatch(match["part"]) and not _SHARE_AFTER.match(after)
            return (
                None
                if ordinal or _OF_YEAR.match(after)
                else (
                    numerals.fraction(match["part"]),
                    "percent",
                )
            )
        if match["times"] and not (match["times"][0].isupper() and before):
            return numerals.factor(match["times"]), "times"
        if match["some"]:
            some = (
                Decimal(1)
                if match["some"].lower() == "een"
                else numerals.value(match["some"], None)
            )
            whole = numerals.value(match["all"], None)
            if 0 < some < whole:
                return (100 * some / whole).quantize(Decimal("0.1")).normalize() + 0, "percent"
        return None

    def _counted(
        self, text: str, match: re.Match[str], here: Range, earlier: Quantity | None
    ) -> _Counted | None:
        """The unit of a figure, what it counts and where that ends; ``None`` for no figure."""
        stop = match.end()
        if match[0].rstrip().endswith("%"):
            return self._units["percent"], "", stop
        sign = self._named(match, "sign") or self._named(match, "sign2")
        if sign is not None:
            return sign, "", stop
        if found := self._unit_after.match(text, stop, here.end):
            is_article = match["low"].lower() in ("één", "eén") and not match["lowm"]
            return None if is_article else (self._named(found, "unit"), found["noun"], found.end())
        if earlier is not None and counted.same_again(text, earlier.range.end, match, here.end):
            return earlier.unit, earlier.noun, stop
        return self._without_unit(text, match, here)

    def _without_unit(self, text: str, match: re.Match[str], here: Range) -> _Counted | None:
        """What a figure counts that no unit follows: the things named before it ("het aantal ..."),
        a noun without a unit, or nothing but a large number or a change.
        """
        low, stop = match["low"], match.end()
        number_of = list(
            self._unit_of_number.finditer(text, max(here.start, stop - _FAR), match.start())
        )
        if number_of and counted.ends_here(text, stop, here.end):
            return self._named(number_of[-1], "unit"), number_of[-1]["noun"], stop
        if (rest := _OUT_OF.match(text, stop, here.end)) and (
            found := self._unit_after.match(text, rest.end(), here.end)
        ):
            return self._named(found, "unit"), found["noun"], stop
        noun = counted.NOUN_AFTER.match(text, stop, here.end)
        if noun and not _SECTION.fullmatch(low):
            written = not low[0].isdecimal() and not match["lowm"]
            if not (written and (numerals.value(low, None) < 3 or counted.is_abstract(noun[0]))):
                return None, noun["noun"], noun.end()
        is_large = match["lowm"] or match["highm"]
        if is_large or counted.from_to(text, here.start, match, here.end):
            return None, "", stop
        return None

    @staticmethod
    def _values(match: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
        low, high = match["low"], match["high"]
        low_magnitude = match["lowm"] or (match["highm"] if high else None)
        first = numerals.value(low, low_magnitude)
        if not high:
            return first, None
        second = numerals.value(high, match["highm"])
        return (first, second) if second > first else None

    def _qualified(self, text: str, start: int, at: int) -> tuple[tuple[Concept, ...], int]:
        """The reserves that stand before a figure, nearest first, and where they begin."""
        qualifiers: list[Concept] = []
        begin = at
        while len(qualifiers) < 3 and (
            found := self._qualifier_before.search(text, max(start, begin - _NEAR), begin)
        ):
            concept = self._named(found, "qualifier")
            assert concept is not None
            qualifiers.append(concept)
            begin = found.start()
        if _AVERAGE.match(text[start:begin]) and "on-average" in self._qualifiers:
            qualifiers.append(self._qualifiers["on-average"])
        return tuple({one.iri: one for one in qualifiers}.values()), begin

    def _trailing(self, text: str, at: int, end: int, noun: str) -> tuple[Concept, ...]:
        """The reserves that stand after a figure or with its noun: "500 miljoen euro extra"."""
        found = self._qualifier_after.match(text, at, end) or self._qualifier_after.match(
            " " + noun
        )
        concept = self._named(found, "qualifier") if found else None
        return (concept,) if concept else ()

    def _named(self, match: re.Match[str], prefix: str) -> Concept | None:
        concepts = self._qualifiers if prefix == "qualifier" else self._units
        for name, value in match.groupdict().items():
            kind, _, slug = name.partition("_")
            if kind == prefix and value:
                return concepts[slug.replace("_", "-")]
        return None

    @staticmethod
    def _frequency(text: str, start: int, at: int, stop: int, end: int) -> str:
        after = _FREQUENCY.match(text[stop:end])
        if after:
            return _PER[after["per"] or after["adv"] or after["on"]]
        before = _FREQUENCY_BEFORE.search(text, max(start, at - _NEAR), at)
        return _PER[before[1] or before[2]] if before else ""
