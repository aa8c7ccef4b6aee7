"""What an extractor is given: one document, read, with its mentions and the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from ingest.document import Block, Document, Range, VoiceKind
from ingest.extract.mentions import Gazetteer, Mention
from ingest.extract.quantities import Quantities
from ingest.manifest import Entry
from ingest.statement import Passage, Rule
from ontology.names import Minter
from ontology.vocabulary import Concept, Vocabulary


@dataclass(frozen=True, eq=False)
class Context:
    """One document and what is known when its statements are extracted."""

    entry: Entry
    document: Document
    vocabulary: Vocabulary
    minter: Minter
    mentions: Sequence[Mention]
    labels: Gazetteer

    def rule(self, rule: Rule) -> NamedNode:
        """The IRI of a rule."""
        return self.minter.thing("rule", f"{rule.name}-{rule.version}")

    def thing(self, kind: str, *names: str) -> NamedNode:
        """The IRI of a thing of this data set."""
        return self.minter.thing(kind, *names)

    @cached_property
    def quantities(self) -> Quantities:
        """The finder of figures."""
        return Quantities(self.vocabulary)

    @cached_property
    def _by_block(self) -> dict[int, list[Mention]]:
        grouped: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            grouped.setdefault(mention.block.order, []).append(mention)
        return grouped

    def mentions_in(self, block: Block, within: Range | None = None) -> list[Mention]:
        """The mentions in a block, or in a stretch of it, in order."""
        found = self._by_block.get(block.order, [])
        if within is None:
            return found
        return [m for m in found if within.start <= m.found.start and m.found.end <= within.end]

    def attributed(self, block: Block) -> list[Concept]:
        """The actors to whom a pull quote is attributed."""
        found = self.labels.find(block.attribution) if block.attribution else []
        return [one.concept for one in found if "Actor" in one.concept.types]

    def own_voice(self, block: Block) -> NamedNode:
        """The actor who speaks in a block: one that a heading around it names as the author
        ("opgesteld door ..."), or else the document's first speaker.
        """
        if block.voice.kind is VoiceKind.PART:
            return self._drafter(block, block.voice.name)
        return self.vocabulary.find("actors", self.entry.speakers[0]).iri

    def _drafter(self, block: Block, words: str) -> NamedNode:
        """The unit meant by words such as "verantwoordelijke beleidsdirectie": the actor those
        words name, or else the first unit that the section itself names.
        """
        for one in self.labels.find(words):
            if "Actor" in one.concept.types:
                return one.concept.iri
        unit = self.thing("kind", "ministerial-unit")
        for other in self.document.blocks:
            if other.section == block.section:
                for mention in self.mentions_in(other):
                    if unit in mention.found.concept.objects("kind"):
                        return mention.entity
        return self.vocabulary.find("actors", self.entry.speakers[0]).iri

    @cached_property
    def divided(self) -> bool:
        """Whether chapters divide the document's policy areas: its top headings name several."""
        own = {self.vocabulary.find("policy-areas", name).iri for name in self.entry.policy_areas}
        named = {
            mention.entity
            for section in self.document.sections
            if section.level == 1
            for mention in self.mentions_in(self.document.blocks[section.heading])
        }
        return len(own & named) > 1

    def chapters(self, block: Block) -> Iterator[tuple[Block, Concept]]:
        """The policy areas that the headings around a block name, innermost heading first.

        A heading that names a country list ("combinatielanden") names the list's areas.
        """
        for section in self.document.ancestry(block):
            heading = self.document.blocks[section.heading]
            for mention in self.mentions_in(heading):
                concept = mention.found.concept
                if "PolicyArea" in concept.types:
                    yield heading, concept
                elif "CountryList" in concept.types:
                    for area in concept.objects("policyArea"):
                        assert isinstance(area, NamedNode)
                        yield heading, self.vocabulary[area]


def passages(block: Block, within: Range | None = None) -> tuple[Passage, ...]:
    """The evidence for a stretch of a block (all of it by default)."""
    here = within or Range(0, len(block.text.text))
    segments = block.text.segments(here.start, here.end, block.breaks)
    return tuple(Passage(span, text) for span, text in segments)
