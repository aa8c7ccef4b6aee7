"""A reference to another document as the finders of references hand it over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from ingest.document import Block, Range
from ingest.extract import periods
from ingest.extract.context import Context
from ingest.extract.periods import Period
from ontology.vocabulary import Vocabulary

SCHEME = "citation-kinds"
KINDS = ("parliamentary-answers", "letter", "advice", "record", "report", "policy-paper")
# An apostrophe inside a word closes no title: "‘Steun aan regio’s in nood’".
QUOTED = (
    r"(?:[‘'’](?P<single>[^\W_](?:[^‘’'“”\"]|(?<=\w)[’'](?=\w)){2,160}?)\s?[’'](?!\w)"
    r"|[“„\"](?P<double>[^\W_][^“”\"]{2,220}?)\s?[”\"])"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where references are looked for: a sentence, or a whole footnote."""

    context: Context
    block: Block
    range: Range

    @property
    def text(self) -> str:
        """The text of the whole block, in which all positions are."""
        return self.block.text.text

    def matches(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """The matches of a pattern in the stretch."""
        return list(pattern.finditer(self.text, self.range.start, self.range.end))

    def periods(self) -> list[Period]:
        """The moments and periods in the stretch."""
        return list(periods.find(self.text, self.range, self.context.entry.date.value))


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference found: its kind, where it stands, and what is known of what it refers to."""

    kind: str
    range: Range
    keys: tuple[str, ...] = ()
    title: str = ""
    mover: str = ""
    author: tuple[NamedNode, ...] = ()
    period: Period | None = None
    written: str = ""  # as it was written, where print broke it


@lru_cache(maxsize=32)
def words(vocabulary: Vocabulary, kind: str) -> re.Pattern[str]:
    """The words for documents of a kind, as the scheme gives them."""
    cues = vocabulary.find(SCHEME, kind).texts("cue")
    return re.compile("|".join(f"(?:{one})" for one in cues), re.IGNORECASE)


def closed(text: str, here: Range) -> Range:
    """A range with the bracket that closes what was opened inside it."""
    inside = text[here.start : here.end]
    if inside.count("(") > inside.count(")") and text.startswith(")", here.end):
        return Range(here.start, here.end + 1)
    return here


@lru_cache(maxsize=4)
def nouns(vocabulary: Vocabulary) -> re.Pattern[str]:
    """The words for letters, notes, reports and advices, one group for each kind."""
    patterns = (
        f"(?P<{kind.replace('-', '_')}>{words(vocabulary, kind).pattern})" for kind in KINDS
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})", re.IGNORECASE)


def authors(stretch: Stretch, within: Range) -> tuple[NamedNode, ...]:
    """The actors named in a stretch of text."""
    found = stretch.context.mentions_in(stretch.block, within)
    return tuple(dict.fromkeys(m.entity for m in found if "Actor" in m.found.concept.types))


def kind_of_title(
    stretch: Stretch, title: str, author: tuple[NamedNode, ...], otherwise: str = "report"
) -> str:
    """What kind of document has this title and author, as far as they tell."""
    if advises(stretch, author):
        return "advice"
    named = {m.lastgroup for m in nouns(stretch.context.vocabulary).finditer(title)}
    first = nouns(stretch.context.vocabulary).match(title)
    if first is not None or (named == {"policy_paper"}):
        return str((first.lastgroup if first else "policy_paper") or otherwise).replace("_", "-")
    return otherwise


def advises(stretch: Stretch, author: tuple[NamedNode, ...]) -> bool:
    """Whether the author is an advisory council."""
    context = stretch.context
    council = context.thing("kind", "advisory-body")
    return any(council in context.vocabulary[one].objects("kind") for one in author)
