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

from ingest.document import Range
from ingest.extract import counted, numerals, other_numbers
from ingest.extract.quantity_patterns import MONEY, QuantityPatterns
from ingest.extract.reserves import apart, is_change
from ontology.vocabulary import Concept, Vocabulary

_TIME_SPAN = re.compile(
    r"(?:\b(?:afgelopen|komende|laatste|volgende|eerste|voorgaande|eerstvolgende)\s+$)"
    r"|\b(?:jonger|ouder)\s+dan\s+$"
)
_LATER = re.compile(r"\s*(?:geleden|na|nadat|later|eerder|daarna|daarvoor|voordat)\b")
_SECTION = re.compile(r"\d\.\d{1,2}")
_OF_YEAR = re.compile(r"\s+van\s+(?:het\s+jaar|dit\s+jaar|(?:19|20)\d\d)|\s+(?:eeuw|jaar|uur)\b")
_ORDINAL = re.compile(r"(?:een|één|eén) (?:derde|vijfde|tiende)", re.IGNORECASE)
_SHARE_AFTER = re.compile(
    r"\s*(?:[,.;:)]|$)|\s+(?:van|deel|minder|meer|hoger|lager|komt|gaat|is|wordt|heeft)\b"
)
_FREQUENCY = re.compile(
    r"[^.;:,\d]{0,25}?\b(?:per|elk|ieder)\s+(?P<per>jaar|maand|week|dag|kwartaal)\b"
    r"|\s+(?:\w+\s+){0,2}?(?P<adv>jaarlijks|maandelijks|dagelijks|wekelijks)\b"
    r"|\s+op (?P<on>jaar)basis"
)
_FREQUENCY_BEFORE = re.compile(
    r"\b(jaarlijks|maandelijks|dagelijks|wekelijks)e?\b[^.;:,\d]{0,60}$|\bper (jaar|maand)\s+$",
    re.IGNORECASE,
)
_PER = {
    **{"jaar": "year", "maand": "month", "week": "week", "dag": "day", "kwartaal": "quarter"},
    **{"jaarlijks": "year", "maandelijks": "month", "dagelijks": "day", "wekelijks": "week"},
}
_NEAR = 100  # characters around a figure in which its own words stand
_FAR = 400  # and in which "het aantal ..." announces it
TIMES = frozenset({"years", "months", "weeks", "days", "hours"})
_OUT_OF = re.compile(rf"\s+van\s+(?:de|alle|onze)\s+(?:{numerals.DIGITS}|{numerals.WRITTEN})\b")
_RELATIVE = frozenset({*MONEY, "percent", "percentage-point"})
# "Minstens eens in de zeven jaar": no longer than seven years.
_NOT_BUT = re.compile(r"\bniet\b[^.;:]{0,60}?\bmaar\s+$", re.IGNORECASE)
_AND_THEN = re.compile(r"(?:\s+in\s+(?:19|20)\d\d)?\s*(?:,|\s+en)\s+(?:in\s+(?:19|20)\d\d\s+)?")
_ONCE_IN = "eens in de "
_TURNED = {"at-least": "at-most", "at-most": "at-least"}

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
        self._patterns = QuantityPatterns(self._units, self._qualifiers)

    def find(self, text: str, within: Range | None = None) -> Iterator[Quantity]:
        """The quantities of a text, or a stretch of it, from left to right, none overlapping."""
        start = within.start if within else 0
        end = within.end if within else len(text)
        referred = [match.span() for match in other_numbers.REFERENCE.finditer(text, start, end)]
        at, before = start, None
        while match := self._patterns.number.search(text, at, end):
            if match["high"] and self._is_change(text, match, start):
                match = self._patterns.number.match(
                    text, match.start(), match.end("lowm" if match["lowm"] else "low")
                )
                assert match is not None
            at = match.end()
            if any(first <= match.start() < last for first, last in referred):
                continue
            quantity = self._quantity(text, match, Range(start, end), before)
            if quantity is not None:
                at = max(at, quantity.range.end)
                before = quantity
                yield quantity

    @staticmethod
    def _is_change(text: str, match: re.Match[str], start: int) -> bool:
        """Whether what looks like a range is a change: "verlaagd van 60 tot 45 miljoen"."""
        first, second = Quantities._ends(match)
        before = text[max(start, match.start() - _NEAR) : match.start()]
        return second <= first or bool(before.endswith("van ") and is_change(before))

    def _quantity(
        self, text: str, match: re.Match[str], here: Range, earlier: Quantity | None
    ) -> Quantity | None:
        before = text[max(here.start, match.start() - _NEAR) : match.start()]
        after = text[match.end() : min(here.end, match.end() + _NEAR)]
        if match["low"] and other_numbers.is_other_number(match, before, after):
            return None
        values = self._values(match, before, after)
        named = self._what(text, match, here, earlier)
        if values is None or named is None:
            return None
        unit, noun, stop = named
        reserves, begin = self._qualified(text, here.start, match.start())
        if unit is not None and unit.slug in TIMES and _is_time_told(text, here, begin, stop):
            return None
        given = numerals.order(match["order"])[1] if match["order"] else ""
        relative = (unit is not None and unit.slug in _RELATIVE) or not noun
        slugs = [given, *reserves, *self._trailing(text, stop, here.end, noun)]
        if earlier is not None and unit is not None and unit == earlier.unit:
            slugs += _carried(text[earlier.range.end : begin], earlier)
        slugs += apart(text, here, begin, match.start(), stop, relative=relative)
        qualifiers = tuple(self._qualifiers[one] for one in dict.fromkeys(slugs) if one)
        per = self._frequency(text, here.start, match.start(), stop, here.end)
        return Quantity(Range(begin, stop), *values, unit, noun, qualifiers, per)

    def _what(
        self, text: str, match: re.Match[str], here: Range, earlier: Quantity | None
    ) -> _Counted | None:
        """The unit of a figure, what it counts and where that ends; ``None`` for no figure."""
        if match["part"]:
            return self._units["percent"], "", match.end()
        if match["times"]:
            return self._units["times"], match["times"], match.end()
        if match["low"]:
            return self._counted(text, match, here, earlier)
        found = self._patterns.unit_after.match(text, match.end(), here.end)
        noun = found or counted.NOUN_AFTER.match(text, match.end(), here.end)
        if match["some"]:
            return self._units["percent"], noun["noun"] if noun else match["who"] or "", match.end()
        if noun is None or counted.is_abstract(noun["noun"]):
            return None
        return self._patterns.unit(found) if found else None, noun["noun"], noun.end()

    def _counted(
        self, text: str, match: re.Match[str], here: Range, earlier: Quantity | None
    ) -> _Counted | None:
        """The same of a figure in digits or words."""
        stop = match.end()
        if match[0].rstrip().endswith("%"):
            return self._units["percent"], "", stop
        sign = self._patterns.unit(match, "sign") or self._patterns.unit(match, "sign2")
        if sign is not None:
            return sign, "", stop
        if found := self._patterns.unit_after.match(text, stop, here.end):
            is_article = match["low"].lower() in ("één", "eén") and not match["lowm"]
            return None if is_article else (self._patterns.unit(found), found["noun"], found.end())
        again = self._as_before(text, match, here, earlier) if earlier is not None else None
        return again or self._without_unit(text, match, here)

    @staticmethod
    def _as_before(
        text: str, match: re.Match[str], here: Range, earlier: Quantity
    ) -> _Counted | None:
        """What a figure counts that no noun follows, where it is what the one before it counts:
        "75 interviews voor het een en 400 voor het ander", "40 miljoen euro ..., 15 miljoen voor".
        """
        before, stop = earlier.range.end, match.end()
        if counted.same_again(text, before, match, here.end):
            return earlier.unit, earlier.noun, stop
        if not (match["lowm"] or match["highm"]) or counted.NOUN_AFTER.match(text, stop, here.end):
            return None
        if counted.compared(text, before, match):
            return earlier.unit, earlier.noun, stop
        money = earlier.unit is not None and earlier.unit.slug in MONEY
        return (earlier.unit, "", stop) if money else None

    def _without_unit(self, text: str, match: re.Match[str], here: Range) -> _Counted | None:
        """What a figure counts that no unit follows: the things named before it ("het aantal ..."),
        a noun without a unit, or nothing but a large number or a change.
        """
        low, stop = match["low"], match.end()
        number_of = list(
            self._patterns.unit_of_number.finditer(
                text, max(here.start, stop - _FAR), match.start()
            )
        )
        if number_of and counted.ends_here(text, stop, here.end):
            return self._patterns.unit(number_of[-1]), number_of[-1]["noun"], stop
        if (rest := _OUT_OF.match(text, stop, here.end)) and (
            found := self._patterns.unit_after.match(text, rest.end(), here.end)
        ):
            return self._patterns.unit(found), found["noun"], stop
        noun = counted.NOUN_AFTER.match(text, stop, here.end)
        if noun and not _SECTION.fullmatch(low):
            written = not low[0].isdecimal() and not match["lowm"]
            if not (written and (numerals.value(low, None) < 2 or counted.is_abstract(noun[0]))):
                return None, noun["noun"], noun.end()
        is_large = match["lowm"] or match["highm"]
        if is_large or counted.from_to(text, here.start, match, here.end):
            return None, counted.number_of(text, here.start, match, here.end), stop
        return None

    @staticmethod
    def _values(
        match: re.Match[str], before: str, after: str
    ) -> tuple[Decimal, Decimal | None] | None:
        """The value of a figure, and of its upper end; ``None`` where it only orders or misleads:
        "een derde land", "de tweede helft van 2020".
        """
        if match["part"]:
            ordinal = _ORDINAL.fullmatch(match["part"]) and not (
                _SHARE_AFTER.match(after) or before.endswith("met ")
            )
            is_ordinal = ordinal or _OF_YEAR.match(after)
            return None if is_ordinal else (numerals.fraction(match["part"]), None)
        if match["times"]:
            is_name = match["times"][0].isupper() and before
            return None if is_name else (numerals.factor(match["times"]), None)
        if match["some"]:
            value = numerals.ratio(match["some"], match["all"])
            return None if value is None else (value, None)
        if match["order"]:
            return numerals.order(match["order"])[0], None
        if match["high"]:
            return Quantities._ends(match)
        return numerals.value(match["low"], match["lowm"]), None

    @staticmethod
    def _ends(match: re.Match[str]) -> tuple[Decimal, Decimal]:
        """Both ends of a range; a magnitude after the second counts for the first as well."""
        first = numerals.value(match["low"], match["lowm"] or match["highm"])
        return first, numerals.value(match["high"], match["highm"])

    def _qualified(self, text: str, start: int, at: int) -> tuple[list[str], int]:
        """The reserves (slugs) that stand before a figure, nearest first, and where they begin."""
        slugs: list[str] = []
        begin = at
        while len(slugs) < 3 and (
            found := self._patterns.qualifier_before.search(text, max(start, begin - _NEAR), begin)
        ):
            concept = self._patterns.qualifier(found)
            assert concept is not None
            if found.group().lower().startswith("maar") and _NOT_BUT.search(text[start:begin]):
                break
            once = found.group().endswith(_ONCE_IN)
            slugs.append(_TURNED.get(concept.slug, concept.slug) if once else concept.slug)
            begin = found.start()
        return slugs, begin

    def _trailing(self, text: str, at: int, end: int, noun: str) -> list[str]:
        """The reserves that stand after a figure or with its noun: "500 miljoen euro extra"."""
        after, slugs = self._patterns.qualifier_after, []
        found = after.match(text, at, end) or after.match(" " + noun)
        while found:
            concept = self._patterns.qualifier(found)
            slugs += [concept.slug] if concept else []
            # "150 miljoen euro structureel extra": each further one; not those within the noun.
            found = after.match(text, found.end(), end) if found.string is text else None
        return slugs

    @staticmethod
    def _frequency(text: str, start: int, at: int, stop: int, end: int) -> str:
        after = _FREQUENCY.match(text[stop:end])
        if after:
            return _PER[after["per"] or after["adv"] or after["on"]]
        before = _FREQUENCY_BEFORE.search(text, max(start, at - _NEAR), at)
        return _PER[(before[1] or before[2]).lower()] if before else ""


def _carried(between: str, earlier: Quantity) -> list[str]:
    """What a share takes over from the one before it: "een groei van 3% in 2022 en 2% in 2023"."""
    changes = [one.slug for one in earlier.qualifiers if one.slug in ("increase", "decrease")]
    return changes if _AND_THEN.fullmatch(between) else []


def _is_time_told(text: str, here: Range, begin: int, stop: int) -> bool:
    """Whether a figure only tells a time: "de afgelopen tien jaar", "vijf jaar later"."""
    before = text[max(here.start, begin - _NEAR) : begin]
    return bool(_TIME_SPAN.search(before) or _LATER.match(text, stop))
