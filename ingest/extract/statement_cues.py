"""The cues of the scheme statement-cues, as patterns over the sentences of a document."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.extract.prose import Sentence
from ontology.vocabulary import Vocabulary

SCHEME = "statement-cues"


@lru_cache(maxsize=256)
def cue(vocabulary: Vocabulary, name: str) -> re.Pattern[str]:
    """The cues of one concept of the scheme as one pattern."""
    cues = vocabulary.find(SCHEME, name).texts("cue")
    return re.compile("|".join(f"(?:{one})" for one in cues), re.IGNORECASE)


def found(sentence: Sentence, name: str) -> re.Match[str] | None:
    """The first cue of a concept in a sentence; positions are in the sentence's own text."""
    return cue(sentence.context.vocabulary, name).search(sentence.text)


def has(sentence: Sentence, *names: str) -> bool:
    """Whether a sentence has a cue of one of these concepts."""
    return any(found(sentence, name) is not None for name in names)
