"""A document's sentences with what stands in them, for rules that judge sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pyoxigraph import Literal, NamedNode

from ingest.document import Block, BlockKind, Range
from ingest.extract import periods
from ingest.extract.context import Context, passages
from ingest.extract.literals import decimal
from ingest.extract.mentions import Mention
from ingest.extract.periods import Period
from ingest.extract.quantities import Quantity
from ingest.extract.voice import speaker
from ingest.graph.writer import dated
from ingest.statement import Passage, Term

PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.PULL_QUOTE, BlockKind.FOOTNOTE)
ENTITIES = frozenset({"Actor", "Instrument", "Theme", "PolicyArea", "Country", "Region"})
Content = list[tuple[str, Term]]


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of running text: where it stands, and what is named and counted in it."""

    context: Context
    block: Block
    range: Range
    number: int

    @property
    def text(self) -> str:
        """The normalised text of the sentence."""
        return self.block.text.text[self.range.start : self.range.end]

    @cached_property
    def mentions(self) -> list[Mention]:
        """The entities named in it, in order."""
        return self.context.mentions_in(self.block, self.range)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Its figures; ranges are in the block's text."""
        return list(self.context.quantities.find(self.block.text.text, self.range))

    @cached_property
    def periods(self) -> list[Period]:
        """Its moments and periods; ranges are in the block's text."""
        issued = self.context.entry.date.value
        return list(periods.find(self.block.text.text, self.range, issued))

    @cached_property
    def speaker(self) -> NamedNode:
        """The actor whose words it gives."""
        return speaker(self.context, self.block, self.range)

    @property
    def evidence(self) -> tuple[Passage, ...]:
        """The whole sentence as evidence."""
        return passages(self.block, self.range)

    def has(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match of a pattern in the sentence; positions are in the block's text."""
        return pattern.search(self.block.text.text, self.range.start, self.range.end)

    def named(self, *types: str, within: Range | None = None) -> list[NamedNode]:
        """The entities of these classes that it names, each once, in order."""
        wanted = frozenset(types) or ENTITIES
        here = within or self.range
        found = (
            m.entity
            for m in self.mentions
            if m.found.concept.types & wanted
            and here.start <= m.found.start
            and m.found.end <= here.end
        )
        return list(dict.fromkeys(found))

    def about(self) -> Content:
        """All entities that the sentence names, as what a statement is about."""
        return [("about", entity) for entity in self.named()]


def sentences(context: Context, *kinds: BlockKind) -> Iterator[Sentence]:
    """The sentences of running text (or of these kinds of block), in reading order."""
    wanted = kinds or PROSE
    return (one for one in _all(context) if one.block.kind in wanted)


@lru_cache(maxsize=2)
def _all(context: Context) -> tuple[Sentence, ...]:
    """Every sentence once, so that what was found in it is found once for all rules."""
    return tuple(
        Sentence(context, block, here, number)
        for block in context.document.blocks
        for number, here in enumerate(block.sentences)
    )


def quantity_content(quantity: Quantity, text: str) -> Content:
    """What a statement says of a figure: value, unit, reserve, frequency, and as written."""
    content: Content = [("amount", decimal(quantity.value))]
    if quantity.maximum is not None:
        content.append(("maximum", decimal(quantity.maximum)))
    if quantity.unit is not None:
        content.append(("unit", quantity.unit.iri))
    content += [("qualifier", one.iri) for one in quantity.qualifiers]
    if quantity.per:
        content.append(("per", Literal(quantity.per)))
    if quantity.noun:
        content.append(("noun", Literal(quantity.noun)))
    written = text[quantity.range.start : quantity.range.end]
    content.append(("asWritten", Literal(written)))
    return content


def period_content(period: Period) -> Content:
    """What a statement says of the time for which it holds."""
    content: Content = []
    if period.start:
        content.append(("periodStart", dated(period.start)))
    if period.end:
        content.append(("periodEnd", dated(period.end)))
    content.append(("periodLabel", Literal(period.label)))
    return content


def nearest_period(sentence: Sentence, place: Range) -> Period | None:
    """The period nearest to a place in the sentence, if the sentence states any."""

    def distance(period: Period) -> int:
        return min(abs(period.range.start - place.end), abs(place.start - period.range.end))

    return min(sentence.periods, key=distance, default=None)
