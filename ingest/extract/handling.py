"""Which themes, instruments and places are handled in which policy area, and what shows it.

Grounds (scheme bases): a heading inside a chapter on the area names it; the running text of such
a chapter names it; a sentence names it in connection with the area ("in het handelsbeleid ...
biodiversiteit"). Lists and allocations come from the tables that state them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from ingest.document import Block, BlockKind, Range
from ingest.extract.context import Context, passages
from ingest.extract.mentions import Mention
from ingest.statement import Passage, Rule, Statement
from ontology.vocabulary import Concept

RULE = Rule("handling", 1)
HANDLED = frozenset({"Theme", "Instrument", "PolicyArea"})

_Key = tuple[NamedNode, NamedNode, str]
_Found = dict[_Key, dict[Passage, None]]


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
    for (entity, area, basis), evidence in found.items():
        yield Statement(
            "Handling",
            context.document.id,
            tuple(evidence),
            context.rule(RULE),
            (
                ("handles", entity),
                ("policyArea", area),
                ("basis", context.thing("basis", basis)),
            ),
        )


def _by_structure(context: Context, block: Block, found: _Found) -> None:
    areas = list(_areas(context, block))
    basis = "heading" if block.kind is BlockKind.HEADING else "text"
    for mention in _handled(context, block, None):
        for heading, area in areas:
            if area.iri != mention.entity and heading is not block:
                sentence = block.sentence_at(mention.found.start)
                evidence = [*passages(block, sentence), *passages(heading)]
                _add(found, mention.entity, area, basis, evidence)


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
                    evidence = passages(block, sentence)
                    _add(found, other.entity, area.found.concept, "statement", evidence)


def _handled(context: Context, block: Block, within: Range | None) -> Iterator[Mention]:
    for mention in context.mentions_in(block, within):
        if mention.found.concept.types & HANDLED:
            yield mention


def _add(
    found: _Found, entity: NamedNode, area: Concept, basis: str, evidence: Iterable[Passage]
) -> None:
    found.setdefault((entity, area.iri, basis), {}).update(dict.fromkeys(evidence))
