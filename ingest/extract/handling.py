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
from ingest.extract.area_chapters import AreaChapter, chapters
from ingest.extract.context import Context, passages
from ingest.extract.mentions import Mention
from ingest.statement import Passage, Rule, Statement
from ontology.vocabulary import Concept

RULE = Rule("handling", 5)
HANDLED = frozenset({"Theme", "Instrument", "PolicyArea"})

_LEFT_OUT = re.compile(
    r"\b(?:val(?:t|len)|(?:be)?ho(?:ort|ren)) (?:\w+ ){0,3}niet (?:\w+ )?(?:onder|tot|bij|binnen)\b"
    r"|\bgeen (?:onder)?deel (?:\w+ ){0,2}(?:uit|van)\b"
    r"|\boverla(?:at|ten) aan\b|\bla(?:at|ten) (?:\w+ ){1,6}over aan\b"
    r"|\bbuiten beschouwing\b"
    r"|\bvie(?:l|len) tot \d{4} onder\b"
    r"|\bzowel\b[^.]*\bals (?:het|de) \w+ op het gebied\b",
    re.IGNORECASE,
)
"""Words that say that something is no part of an area, or is left to others."""

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


_FILED_UNDER = frozenset({"dossier", "identifier"})


def _of_the_file(context: Context, block: Block) -> bool:
    """Whether a block only says under which dossier a paper is filed."""
    places = [one.span for one in context.document.metadata if one.name in _FILED_UNDER]
    return any(here.overlaps(span) for here in block.spans() for span in places if span is not None)


_EXPLAINING = re.compile(r"afkorting|abbreviation|begrippenlijst|glossar", re.IGNORECASE)


def _explains(context: Context, block: Block) -> bool:
    """Whether a block stands in a list of abbreviations or terms."""
    headings = (context.document.blocks[one.heading] for one in context.document.ancestry(block))
    return any(_EXPLAINING.search(heading.text.text) for heading in headings)


# A pull quote stands where there was room for it, whatever the section around it is about.
_APART = (BlockKind.FOOTNOTE, BlockKind.CAPTION, BlockKind.SIGNATURE, BlockKind.PULL_QUOTE)


def extract(context: Context) -> Iterator[Statement]:
    """One statement per entity, policy area and ground, with all its evidence."""
    cues = _Cues(context.vocabulary.find("bases", "statement"))
    found: _Found = {}
    for block in context.document.blocks:
        if block.kind in _APART or _of_the_file(context, block) or _explains(context, block):
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
    basis = "heading" if block.kind is BlockKind.HEADING else "text"
    for chapter in chapters(context, block):
        shown = chapter.shows(context, block)
        for mention in _handled(context, block, None):
            start = mention.found.start
            there = any(stretch.start <= start < stretch.end for stretch in shown)
            if (
                mention.entity in chapter.areas
                or not there
                or _of_another(context, block, mention, chapter)
            ):
                continue
            sentence = block.sentence_at(start)
            key = (mention.entity, chapter.area.iri, basis)
            handling = found.setdefault(key, _Handling())
            handling.evidence.update(dict.fromkeys(passages(block, sentence)))
            handling.headings[chapter.heading] = None


_IN_BRACKETS = re.compile(r"\s*\((?:\w+ )?")


def _of_another(context: Context, block: Block, mention: Mention, chapter: AreaChapter) -> bool:
    """Whether it stands in brackets behind another area: "hulp (artikel 2) en handel"."""
    start = mention.found.start
    return any(
        other.entity in chapter.areas - {chapter.area.iri}
        and _IN_BRACKETS.fullmatch(block.text.text, other.found.end, start)
        for other in context.mentions_in(block)
        if other.found.end < start
    )


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
        sentence = within or block.sentence_at(mention.found.start)
        left_out = _LEFT_OUT.search(block.text.text, sentence.start, sentence.end)
        if mention.found.concept.types & HANDLED and not left_out:
            yield mention
