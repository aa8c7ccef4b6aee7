"""Which themes, instruments and places are handled in which policy area, and what shows it.

Grounds (scheme bases): a heading inside a chapter on the area names it; the running text of such
a chapter names it; a sentence names it in connection with the area ("in het handelsbeleid ...
biodiversiteit"). Lists and allocations come from the tables that state them.

Where a chapter is on several areas, or on an area and something else ("de strategie en het
handelsbeleid"), its running text shows a handling only in the paragraphs that name the area.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pyoxigraph import Literal, NamedNode

from ingest.document import Block, BlockKind, Range
from ingest.extract.context import Context, passages
from ingest.extract.mentions import Mention
from ingest.statement import Passage, Rule, Statement
from ontology.vocabulary import Concept

RULE = Rule("handling", 3)
HANDLED = frozenset({"Theme", "Instrument", "PolicyArea"})

_TOGETHER = re.compile(r",|&|\ben\b|\band\b", re.IGNORECASE)

_Key = tuple[NamedNode, NamedNode, str]


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A policy area that a chapter is on, the words that say so, and what it shares them with."""

    area: Concept
    heading: str
    areas: frozenset[NamedNode]
    alone: bool
    block: Block | None = None

    def shows(self, block: Block, named: set[NamedNode]) -> bool:
        """Whether what a block of the chapter names is handled in the area."""
        if self.alone:
            return True
        if block.kind is BlockKind.HEADING:
            return block is not self.block
        return self.area.iri in named


@dataclass
class _Handling:
    """The evidence for one handling, and the headings that name the policy area."""

    evidence: dict[Passage, None] = field(default_factory=dict)
    headings: dict[str, None] = field(default_factory=dict)


_Found = dict[_Key, _Handling]


class _Cues:
    """What makes a sentence say that an area handles a theme, read from the scheme of bases."""

    def __init__(self, basis: Concept) -> None:
        self._before = [re.compile(cue, re.IGNORECASE) for cue in basis.texts("cue")]
        self._verbs = [re.compile(cue, re.IGNORECASE) for cue in basis.texts("verbCue")]

    def leads(self, words: str) -> bool:
        """Whether these words lead up to the name of the area ("binnen het")."""
        return any(cue.search(words) for cue in self._before)

    def handles(self, sentence: str) -> bool:
        """Whether the sentence has a word of giving attention or place."""
        return any(cue.search(sentence) for cue in self._verbs)


_FILED_UNDER = frozenset({"dossier", "identifier"})


def _of_the_file(context: Context, block: Block) -> bool:
    """Whether a block only says under which dossier a paper is filed."""
    places = [one.span for one in context.document.metadata if one.name in _FILED_UNDER]
    return any(here.overlaps(span) for here in block.spans() for span in places if span is not None)


# A pull quote stands where there was room for it, whatever the section around it is about.
_APART = (BlockKind.FOOTNOTE, BlockKind.CAPTION, BlockKind.SIGNATURE, BlockKind.PULL_QUOTE)


def extract(context: Context) -> Iterator[Statement]:
    """One statement per entity, policy area and ground, with all its evidence."""
    cues = _Cues(context.vocabulary.find("bases", "statement"))
    found: _Found = {}
    for block in context.document.blocks:
        if block.kind in _APART or _of_the_file(context, block):
            continue
        _by_structure(context, block, found)
        for sentence in block.sentences:
            _by_statement(context, block, sentence, cues, found)
    for (entity, area, basis), handling in found.items():
        yield Statement(
            "Handling",
            context.document.id,
            tuple(handling.evidence),
            context.rule(RULE),
            (
                ("handles", entity),
                ("policyArea", area),
                ("basis", context.thing("basis", basis)),
                *(("heading", Literal(heading)) for heading in handling.headings),
            ),
        )


def _by_structure(context: Context, block: Block, found: _Found) -> None:
    chapters = _chapters(context, block)
    named = {mention.entity for mention in context.mentions_in(block)}
    basis = "heading" if block.kind is BlockKind.HEADING else "text"
    for mention in _handled(context, block, None):
        for chapter in chapters:
            if mention.entity in chapter.areas or not chapter.shows(block, named):
                continue
            sentence = block.sentence_at(mention.found.start)
            key = (mention.entity, chapter.area.iri, basis)
            handling = found.setdefault(key, _Handling())
            handling.evidence.update(dict.fromkeys(passages(block, sentence)))
            handling.headings[chapter.heading] = None


def _chapters(context: Context, block: Block) -> list[_Chapter]:
    """What sets the policy areas of a block: a heading around it that names one, or the title of
    the document unless its chapters divide its areas.
    """
    found: dict[NamedNode, _Chapter] = {}
    for heading, area in context.chapters(block):
        found[area.iri] = _chapter(context, heading, area)
    if not context.divided:
        areas = [context.vocabulary.find("policy-areas", n) for n in context.entry.policy_areas]
        every = frozenset(area.iri for area in areas)
        for area in areas:
            title = _Chapter(area, context.entry.title.nl, every, len(every) == 1)
            found.setdefault(area.iri, title)
    return list(found.values())


def _chapter(context: Context, heading: Block, area: Concept) -> _Chapter:
    named = context.mentions_in(heading)
    areas = frozenset(one.entity for one in named if "PolicyArea" in one.found.concept.types)
    alone = len(areas) < 2 and not _beside_an_instrument(heading, named)
    return _Chapter(area, heading.text.text, areas | {area.iri}, alone, heading)


def _beside_an_instrument(heading: Block, named: list[Mention]) -> bool:
    """Whether the heading joins an area to an instrument: "de strategie en het handelsbeleid"."""
    for one, other in pairwise(named):
        kinds = {"PolicyArea", "Instrument"} & (one.found.concept.types | other.found.concept.types)
        between = heading.text.text[one.found.end : other.found.start]
        if len(kinds) == 2 and _TOGETHER.search(between):
            return True
    return False


def _by_statement(
    context: Context, block: Block, sentence: Range, cues: _Cues, found: _Found
) -> None:
    text = block.text.text
    if not cues.handles(text[sentence.start : sentence.end]):
        return
    mentions = context.mentions_in(block, sentence)
    for area in mentions:
        before = text[sentence.start : area.found.start].rstrip()
        if "PolicyArea" in area.found.concept.types and cues.leads(before):
            for other in _handled(context, block, sentence):
                if other.entity != area.entity and "Theme" in other.found.concept.types:
                    handling = found.setdefault(
                        (other.entity, area.entity, "statement"), _Handling()
                    )
                    handling.evidence.update(dict.fromkeys(passages(block, sentence)))


def _handled(context: Context, block: Block, within: Range | None) -> Iterator[Mention]:
    for mention in context.mentions_in(block, within):
        if mention.found.concept.types & HANDLED:
            yield mention
