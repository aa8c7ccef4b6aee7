"""Coherence relations that a sentence states: two policy areas or themes and a cue between them.

The cues are data (scheme coherence-relations). A sentence that names a cue but not two areas or
themes yields nothing: that is left to a curated claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal

from ingest.document import Block, BlockKind, Range
from ingest.extract.context import Context, passages
from ingest.extract.voice import speaker
from ingest.statement import Rule, Statement
from ontology.vocabulary import Concept

RULE = Rule("coherence", 1)
_SILENT = (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.SIGNATURE, BlockKind.TABLE)


def extract(context: Context) -> Iterator[Statement]:
    """The coherence relations of a document, in reading order."""
    relations = [
        (concept, [re.compile(cue, re.IGNORECASE) for cue in concept.texts("cue")])
        for concept in context.vocabulary.in_scheme("coherence-relations")
    ]
    for block in context.document.blocks:
        if block.kind in _SILENT:
            continue
        for sentence in block.sentences:
            text = block.text.text[sentence.start : sentence.end]
            for relation, cues in relations:
                if any(cue.search(text) for cue in cues):
                    yield from _relation(context, block, sentence, relation)


def _relation(
    context: Context, block: Block, sentence: Range, relation: Concept
) -> Iterator[Statement]:
    parties = _parties(context, block, sentence)
    if len(parties) < 2:
        return
    yield Statement(
        "CoherenceRelation",
        context.document.id,
        passages(block, sentence),
        context.rule(RULE),
        (
            ("from", parties[0].iri),
            ("to", parties[1].iri),
            ("relation", relation.iri),
            ("polarity", Literal(relation.texts("impliesPolarity")[0])),
            ("speaker", speaker(context, block, sentence)),
        ),
    )


def _parties(context: Context, block: Block, sentence: Range) -> list[Concept]:
    """The first two areas a sentence names; a theme stands in where it names only one area."""
    named = [mention.found.concept for mention in context.mentions_in(block, sentence)]
    areas = list({one.iri: one for one in named if "PolicyArea" in one.types}.values())
    themes = list({one.iri: one for one in named if "Theme" in one.types}.values())
    return [*areas, *themes][:2] if areas else []
