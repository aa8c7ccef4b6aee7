"""What sets the policy areas of a block: the headings around it, the box it is in, the title.

A chapter on several areas, or on an area and something else ("de strategie en het handelsbeleid"),
is on one of them from the sentence that names it until one that names another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import NamedNode

from ingest.document import Block, BlockKind, Range
from ingest.extract.context import Context
from ingest.extract.mentions import Mention
from ontology.names import SKOS, VOCABULARY
from ontology.vocabulary import Concept

_TOGETHER = re.compile(r",|&|\ben\b|\band\b", re.IGNORECASE)
_JOINED = frozenset({"Theme", "Instrument", "PolicyArea", "Actor"})
_AREA = VOCABULARY + "policyArea"
_NEAR = (_AREA, SKOS + "broader", SKOS + "related")


@dataclass(frozen=True, slots=True)
class AreaChapter:
    """A policy area that a chapter is on, the words that say so, and what it shares them with."""

    area: Concept
    heading: str
    areas: frozenset[NamedNode]
    beside: frozenset[NamedNode] = frozenset()
    block: Block | None = None
    by_list: bool = False  # "transities in combinatielanden": what is named is handled in all areas

    def shows(self, context: Context, block: Block) -> list[Range]:
        """The stretches of a block of the chapter in which what is named is handled in the area."""
        whole = [Range(0, len(block.text.text))]
        if len(self.areas) < 2 and not self.beside:
            return whole
        if block.kind is BlockKind.HEADING:
            return whole if self.by_list or block is not self.block else []
        return list(self._on_the_area(context, block))

    def _on_the_area(self, context: Context, block: Block) -> Iterator[Range]:
        on = False
        for sentence in block.sentences:
            here = block.sentence_at(sentence.start)
            named = _named(context, block, here) & (self.areas | self.beside)
            named |= _in_compounds(context, block.text.text[here.start : here.end], self.areas)
            if named or block.kind is BlockKind.TABLE:  # no cell goes on with the one before it
                on = self.area.iri in named
            if on:
                yield sentence


def _named(context: Context, block: Block, sentence: Range) -> set[NamedNode]:
    """What a sentence names, and what that belongs to: "migratiepartnerschappen" is migration.

    An instrument of several areas (a budget article) tells of none which the sentence is on.
    """
    named: set[NamedNode] = set()
    for mention in context.mentions_in(block, sentence):
        concept = mention.found.concept
        named.add(mention.entity)
        if "PolicyArea" in concept.types:
            continue
        near = set(_iris(concept, *_NEAR))
        if len(near) == 1 or "Instrument" not in concept.types:
            named |= near
    return named


_A_WORD = re.compile(r"\w{8,}")


def _in_compounds(context: Context, sentence: str, areas: frozenset[NamedNode]) -> set[NamedNode]:
    """The areas whose name begins a longer word: "mensenrechtenprioriteiten"."""
    words = sentence.lower()
    return {
        area
        for area in areas
        for label in context.vocabulary[area].labels
        if _A_WORD.fullmatch(label.text) and re.search(rf"\b{label.text.lower()}\w", words)
    }


def _iris(concept: Concept, *relations: str) -> Iterator[NamedNode]:
    for relation in relations:
        near = concept.properties.get(relation, ())
        yield from (one for one in near if isinstance(one, NamedNode))


def chapters(context: Context, block: Block) -> list[AreaChapter]:
    """What sets the policy areas of a block: a heading around it that names one, or the title of
    the document unless its chapters divide its areas.
    """
    found: dict[NamedNode, AreaChapter] = {}
    for heading, area in _headings(context, block):
        found.setdefault(area.iri, _chapter(context, heading, area))
    if not context.divided:
        areas = [context.vocabulary.find("policy-areas", n) for n in context.entry.policy_areas]
        every = frozenset(area.iri for area in areas)
        for area in areas:
            found.setdefault(area.iri, AreaChapter(area, context.entry.title.nl, every))
    return list(found.values())


def _headings(context: Context, block: Block) -> list[tuple[Block, Concept]]:
    """The headings on an area that count for a block: for one in a box, its own and its chapter's,
    and of the others those on an area that the box names.
    """
    found = list(context.chapters(block))
    if block.box is None or not found:
        return found
    chapter = found[-1][0]
    box = [context.document.blocks[one] for one in context.document.boxes[block.box].blocks]
    named = {mention.entity for one in box for mention in context.mentions_in(one)}
    return [
        (heading, area)
        for heading, area in found
        if heading.box == block.box or heading is chapter or area.iri in named
    ]


def _chapter(context: Context, heading: Block, area: Concept) -> AreaChapter:
    named = context.mentions_in(heading)
    areas = {one.entity for one in named if "PolicyArea" in one.found.concept.types}
    by_list = area.iri not in areas
    for one in named:
        if "CountryList" in one.found.concept.types:
            areas.update(_iris(one.found.concept, _AREA))
    beside = frozenset(_beside(heading, named))
    return AreaChapter(area, heading.text.text, frozenset(areas), beside, heading, by_list)


def _beside(heading: Block, named: list[Mention]) -> Iterator[NamedNode]:
    """What a heading joins to an area: an instrument ("de strategie en het handelsbeleid"), or a
    theme that it names first ("duurzaamheidstransitie en klimaat").
    """
    joined = [one for one in named if one.found.concept.types & _JOINED]
    for one, other in pairwise(joined):
        if not _TOGETHER.search(heading.text.text[one.found.end : other.found.start]):
            continue
        first, second = one.found.concept.types, other.found.concept.types
        if "PolicyArea" in second and first & {"Instrument", "Theme"}:
            yield one.entity
        elif "PolicyArea" in first and second & {"Instrument", "Actor"}:
            yield other.entity
