"""Who speaks: the document's own voice, an evaluator as paraphrased, or someone quoted.

A cabinet response first says what the evaluator holds ("IOB concludeert ..."): those words are
the evaluator's, even inside the response. See docs/model.md, "Voice".
"""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from ingest.document import Block, BlockKind, Range
from ingest.extract.context import Context
from ingest.extract.mentions import Mention

_SAYS = (
    r"(?:stelt|concludeert|constateert|oordeelt|bevindt|beaamt|beoordeelt|moedigt|geeft|raadt|"
    r"adviseerde|observes|concludes|benadrukt|onderzocht|toont aan|laat zien|liet zien)"
)
_REPORTS = re.compile(rf"[^.;:]{{0,60}}?\b{_SAYS}\b", re.IGNORECASE)
_REPORTED = re.compile(
    rf"\b{_SAYS}\s+(?:ook\s+|daarbij\s+|in beide evaluaties\s+)?(?:de\s+|het\s+)?$"
)
_ACCORDING = re.compile(r"\b(?:volgens|aldus)\s+(?:de\s+|het\s+)?$", re.IGNORECASE)
EVALUATOR = "inspectorate-evaluator"


def speaker(context: Context, block: Block, sentence: Range) -> NamedNode:
    """The actor whose words a sentence gives."""
    text = block.text.text
    for mention in context.mentions_in(block, sentence):
        if _is_evaluator(context, mention):
            before = text[sentence.start : mention.found.start]
            after = text[mention.found.end : sentence.end]
            if _REPORTS.match(after) or _REPORTED.search(before) or _ACCORDING.search(before):
                return mention.entity
    if block.kind is BlockKind.PULL_QUOTE:
        for found in context.attributed(block):
            return found.iri
    return context.own_voice(block)


def _is_evaluator(context: Context, mention: Mention) -> bool:
    return context.thing("kind", EVALUATOR) in mention.found.concept.objects("kind")
