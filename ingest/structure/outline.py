"""What structure makes of an extraction: drafts of blocks in reading order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Line
from ingest.structure.drafts import Draft
from ingest.text.normalise import Cut


@dataclass(frozen=True, slots=True)
class Outline:
    """Drafts in reading order, what is cut from their text, and what is no text at all.

    ``defined`` are the labels of the footnotes whose text was found; ``words`` are the lines that
    show which words the document uses.
    """

    drafts: Sequence[Draft]
    cuts: Mapping[int, Cut]
    noise: Sequence[Line]
    defined: frozenset[str]
    words: Sequence[Line]
