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


def extract(context: Context) -> Iterator[Statement]:
    """One statement per entity, policy area and ground, with all its evidence."""
    cues = [
        re.compile(cue, re.IGNORECASE)
        for cue in context.vocabulary.find("bases", "statement").texts("cue")
    ]
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
    areas = list(_areas(context, block))
    basis = "heading" if block.kind is BlockKind.HEADING else "text"
    for mention in _handled(context, block, None):
        for heading, area in areas:
            if area.iri != mention.entity and heading is not block:
                sentence = block.sentence_at(mention.found.start)
                handling = found.setdefault((mention.entity, area.iri, basis), _Handling())
                handling.evidence.update(dict.fromkeys(passages(block, sentence)))
                handling.headings[heading.text.text] = None


def _areas(context: Context, block: Block) -> Iterator[tuple[Block, Concept]]:
    """The policy areas of the chapters around a block; where no chapter of the document names
    one, those of its title (the first heading stands in as evidence).
    """
    named = list(context.chapters(block))
    if named or context.has_area_chapters or not context.document.sections:
        yield from named
        return
    title = context.document.blocks[context.document.sections[0].heading]
    for name in context.entry.policy_areas:
        yield title, context.vocabulary.find("policy-areas", name)


def _by_statement(
    context: Context, block: Block, sentence: Range, cues: list[re.Pattern[str]], found: _Found
) -> None:
    text = block.text.text
    mentions = context.mentions_in(block, sentence)
    for area in mentions:
        before = text[sentence.start : area.found.start].rstrip()
        if "PolicyArea" in area.found.concept.types and any(cue.search(before) for cue in cues):
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
