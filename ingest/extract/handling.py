"""Which themes, instruments and places are handled in which policy area, and what shows it.

Grounds (scheme bases): a heading inside a chapter on the area names it; the running text of such
a chapter names it; a sentence names it in connection with the area ("in het handelsbeleid ...
biodiversiteit"). Lists and allocations come from the tables that state them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from ingest.document import Block, BlockKind, Range
from ingest.extract.context import Context, passages
from ingest.extract.mentions import Mention
from ingest.statement import Passage, Rule, Statement
from ontology.vocabulary import Concept

RULE = Rule("handling", 1)
HANDLED = frozenset({"Theme", "Instrument", "PolicyArea"})

_Key = tuple[NamedNode, NamedNode, str]


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


def extract(context: Context) -> Iterator[Statement]:
    """One statement per entity, policy area and ground, with all its evidence."""
    cues = _Cues(context.vocabulary.find("bases", "statement"))
    found: _Found = {}
    for block in context.document.blocks:
        if block.kind in (BlockKind.FOOTNOTE, BlockKind.CAPTION, BlockKind.SIGNATURE):
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
    areas = _areas(context, block)
    basis = "heading" if block.kind is BlockKind.HEADING else "text"
    for mention in _handled(context, block, None):
        for area, heading in areas:
            if area.iri != mention.entity:
                sentence = block.sentence_at(mention.found.start)
                handling = found.setdefault((mention.entity, area.iri, basis), _Handling())
                handling.evidence.update(dict.fromkeys(passages(block, sentence)))
                handling.headings[heading] = None


def _areas(context: Context, block: Block) -> list[tuple[Concept, str]]:
    """The policy areas of a block with what sets them: a heading around it that names one, or
    the title of the document unless its chapters divide its areas.
    """
    found = {area.iri: (area, heading.text.text) for heading, area in context.chapters(block)}
    if not context.divided:
        for name in context.entry.policy_areas:
            area = context.vocabulary.find("policy-areas", name)
            found.setdefault(area.iri, (area, context.entry.title.nl))
    return list(found.values())


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
