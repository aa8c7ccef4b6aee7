"""Offices: where a ministry's name stands for the minister who heads it.

"De ministers van Buitenlandse Zaken en Defensie" names two ministers, though the second name alone
is that of a ministry.
"""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from ingest.extract.context import Context
from ingest.extract.mentions import Mention
from ingest.extract.prose import Sentence

_HEADS = re.compile(
    r"\b(?:minister|ministers|staatssecretaris|staatssecretarissen|bewindspersonen)\s+(?:van|voor)\s+"
    r"(?:(?:[A-Z][\w’'-]*|en|van|voor|de|waar relevant)(?:,\s*|\s+))*$"
)
_OF_MINISTRY = re.compile(r"^ministeries? van ", re.IGNORECASE)


def heads_ministry(sentence: Sentence, mention: Mention) -> int | None:
    """Where in the sentence the office begins, if a ministry's name stands for who heads it."""
    ministry = sentence.context.thing("kind", "ministry")
    if ministry not in mention.found.concept.objects("kind"):
        return None
    before = sentence.block.text.text[sentence.range.start : mention.found.start]
    head = _HEADS.search(before)
    return None if head is None else head.start()


def office(context: Context, mention: Mention) -> NamedNode | None:
    """The office of the minister who heads a ministry, if we know it."""
    return _minister_of(context, mention.block.text.text[mention.found.start : mention.found.end])


def who_heads(context: Context, mention: Mention) -> NamedNode:
    """The minister who heads a named ministry, if we know who; else what is named itself."""
    concept = mention.found.concept
    if context.thing("kind", "ministry") not in concept.objects("kind"):
        return mention.entity
    return _minister_of(context, concept.name()) or mention.entity


def _minister_of(context: Context, ministry: str) -> NamedNode | None:
    title = f"minister van {_OF_MINISTRY.sub('', ministry)}"
    for found in context.labels.find(title):
        if found.start == 0 and found.end == len(title) and "Actor" in found.concept.types:
            return found.concept.iri
    return None
