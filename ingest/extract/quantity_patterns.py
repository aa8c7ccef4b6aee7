"""The patterns by which a figure, its unit and its reserves are found, made of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ingest.extract import counted, numerals, other_numbers
from ontology.vocabulary import Concept

MONEY = ("eur", "usd", "gbp")
_AFTER_TOO = ("structural", "additional", "in-total")
_EACH = r"(?:(?:de|elke|iedere)\s+)?"
# "Zes van de tien vrouwen" is a ratio; "drie van de twaalf projecten" counts.
_OUT_OF_TEN = (
    r"\s+van\s+(?:de|elke)\s+(?=(?:tien|10|honderd|100)\s+(?:mensen|kinderen|vrouwen|mannen|jongeren"
    r"|meisjes|Nederlanders|vluchtelingen|inwoners|huishoudens|gezinnen|bedrijven|boeren)\b)"
)
_WHO = r"(?:\s+(?P<who>persoon|mensen|kinderen|vrouwen|meisjes|landen|huishoudens))?"


@dataclass(frozen=True, eq=False)
class QuantityPatterns:
    """Patterns over the cues of units and qualifiers, by slug; named groups tell which it is."""

    units: Mapping[str, Concept]
    qualifiers: Mapping[str, Concept]

    @cached_property
    def number(self) -> re.Pattern[str]:
        """A number or a range with its currency, a fraction, a ratio, a multiple, or only an order
        of magnitude ("tientallen miljoenen").
        """
        first, second = numerals.amount("low"), numerals.amount("high")
        currency = self._alternatives(self._money, "sign")
        other = self._alternatives(self._money, "sign2")
        to = r"tot(?:\s+en\s+met)?|à|–|-|(?<=\s)(?(between)en|tot)"
        return re.compile(
            rf"(?<![\w.,/-])(?:(?P<part>\b(?:{'|'.join(numerals.FRACTIONS)})\b)"
            rf"|(?P<times>\b(?:{'|'.join(numerals.FACTORS)})\b)"
            rf"|(?P<some>\b(?:{numerals.WRITTEN}|een|\d)){_WHO}"
            rf"(?:\s+op\s+{_EACH}|{_OUT_OF_TEN})(?P<all>\b(?:{numerals.WRITTEN})\b"
            rf"|\d{{1,3}}\b(?!\s+(?:{other_numbers.MONTHS})))"
            rf"|(?P<order>{numerals.ORDER})"
            rf"|(?P<between>tussen\s+(?:de\s+)?)?(?:{currency}\s*)?{first}"
            rf"(?:\s*%)?(?:\s*(?:{to})\s*(?:{other}\s*)?{second})?)(?![\w/])",
            re.IGNORECASE,
        )

    @cached_property
    def unit_after(self) -> re.Pattern[str]:
        """What is counted right after a number, if it has a unit."""
        units = self._alternatives(self.units, "unit")
        return re.compile(rf"\s*(?P<noun>{counted.ATTRIBUTES}(?i:{units}(?!\w)){counted.AND_MORE})")

    @cached_property
    def unit_of_number(self) -> re.Pattern[str]:
        """What is counted where that stands before the number: "het aantal landen", "de lijst van
        landen".
        """
        units = self._alternatives(self.units, "unit")
        return re.compile(
            rf"\b(?:aantal|lijst\s+(?:van|met))\s+(?P<noun>{counted.ATTRIBUTES}(?i:{units}(?!\w)))"
        )

    @cached_property
    def qualifier_before(self) -> re.Pattern[str]:
        """A reserve right before a figure."""
        cues = self._alternatives(self.qualifiers, "qualifier")
        return re.compile(
            rf"(?:^|(?<=[\s(‘“])){cues}(?:\s+(?:de|met|aan|van|al|eens in de))?\s*$", re.IGNORECASE
        )

    @cached_property
    def qualifier_after(self) -> re.Pattern[str]:
        """A reserve right after a figure."""
        late = {s: c for s, c in self.qualifiers.items() if s in _AFTER_TOO}
        cues = self._alternatives(late, "qualifier")
        return re.compile(rf"(?:\s+per\s+\w+)?\s+{cues}(?!\w)", re.IGNORECASE)

    def unit(self, match: re.Match[str], prefix: str = "unit") -> Concept | None:
        """The unit that a match of one of these patterns names."""
        return self._named(match, prefix, self.units)

    def qualifier(self, match: re.Match[str]) -> Concept | None:
        """The qualifier that a match of one of these patterns names."""
        return self._named(match, "qualifier", self.qualifiers)

    @staticmethod
    def _named(
        match: re.Match[str], prefix: str, concepts: Mapping[str, Concept]
    ) -> Concept | None:
        for name, value in match.groupdict().items():
            kind, _, slug = name.partition("_")
            if kind == prefix and value:
                return concepts[slug.replace("_", "-")]
        return None

    @property
    def _money(self) -> dict[str, Concept]:
        return {slug: c for slug, c in self.units.items() if slug in MONEY}

    @staticmethod
    def _alternatives(concepts: Mapping[str, Concept], prefix: str) -> str:
        """A pattern with one named group a concept, longest cue first."""
        cues = {slug: concept.texts("cue") for slug, concept in concepts.items()}
        return "|".join(
            f"(?P<{prefix}_{slug.replace('-', '_')}>"
            + "|".join(sorted(texts, key=len, reverse=True))
            + ")"
            for slug, texts in cues.items()
            if texts
        ).join(("(?:", ")"))
