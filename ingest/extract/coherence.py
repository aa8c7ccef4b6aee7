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
_DENIED = re.compile(r"\b(?:voorkomen|voorkómen|vermijden|geen|niet)\b[^,;]{0,20}$", re.IGNORECASE)
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
            for relation, cues in relations:
                cue = _cue(block, sentence, cues)
                if cue is not None:
                    yield from _relation(context, block, sentence, relation, cue)


def _cue(block: Block, sentence: Range, cues: list[re.Pattern[str]]) -> Range | None:
    """Where a cue stands in a sentence; None where there is none or it is denied."""
    text = block.text.text
    for cue in cues:
        found = cue.search(text, sentence.start, sentence.end)
        if found:
            denied = _DENIED.search(text[sentence.start : found.start()])
            return None if denied else Range(found.start(), found.end())
    return None


def _relation(
    context: Context, block: Block, sentence: Range, relation: Concept, cue: Range
) -> Iterator[Statement]:
    parties = _parties(context, block, sentence, cue)
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


def _parties(context: Context, block: Block, sentence: Range, cue: Range) -> list[Concept]:
    """The first two areas a sentence names; where it names one, the theme that follows it.

    A theme that is itself the cue ("trade-offs") is no party.
    """
    named = [m.found for m in context.mentions_in(block, sentence)]
    areas = [one for one in named if "PolicyArea" in one.concept.types]
    distinct = list({one.concept.iri: one.concept for one in areas}.values())
    if not areas or len(distinct) > 1:
        return distinct[:2]
    for one in named:
        apart = one.end <= cue.start or cue.end <= one.start
        if "Theme" in one.concept.types and one.start > areas[0].start and apart:
            return [distinct[0], one.concept]
    return []
