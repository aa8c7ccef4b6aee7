"""What a document refers to: parliamentary papers, motions, letters, laws, reports, web pages.

A citation is kept as printed; one that can be normalised also gets a key ("kst-35570-XVII-52").
Nothing is looked up: a budget dossier without its chapter keeps the key that its words allow. A
citation in a footnote has the sentence that carries the note as evidence too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from ingest.document import Block, BlockKind, Document, Range
from ingest.extract import cited_addresses, cited_law, cited_papers, cited_sources, cited_works
from ingest.extract.cited import Cited, Stretch, nouns
from ingest.extract.context import Context, passages
from ingest.extract.note_places import NotePlaces
from ingest.extract.prose import ENTITIES, PROSE, Content, period_content
from ingest.statement import Passage, Rule, Statement

RULE = Rule("citations", 3)

_FINDERS = (
    cited_addresses.addresses,
    cited_papers.motions,
    cited_sources.sources,
    cited_works.works,
    cited_sources.pages,
    cited_papers.proceedings,
    cited_papers.papers,
    cited_law.laws,
    cited_law.resolutions,
    cited_law.treaties,
)
_KINDS = (*PROSE, BlockKind.TABLE)


def extract(context: Context) -> Iterator[Statement]:
    """The citations of a document, in reading order."""
    linked = _Links(context.document)
    own = {identifier.value for identifier in context.entry.identifiers}
    notes = NotePlaces(context.document)
    for block in context.document.of_kind(*_KINDS):
        for cited in linked.joined(block, _cited(context, block)):
            if not set(cited.keys) & own:
                yield _statement(context, block, cited, notes)


def _cited(context: Context, block: Block) -> list[Cited]:
    """The references in a block, in order; of two at one place the one found first."""
    taken: list[Cited] = []
    whole = Range(0, len(block.text.text))
    stretches = [whole] if block.kind is BlockKind.FOOTNOTE else block.sentences
    for here in stretches:
        stretch = Stretch(context, block, here)
        for finder in _FINDERS:
            for cited in finder(stretch):
                if not any(_overlap(cited.range, other.range) for other in taken):
                    taken.append(cited)
    return sorted(taken, key=lambda cited: cited.range.start)


class _Links:
    """The links of a document's own file, by block: what their words refer to is certain."""

    def __init__(self, document: Document) -> None:
        self._links: list[tuple[int, int, tuple[str, str]]] = sorted(
            (link.span.start, link.span.end, target)
            for link in document.links
            if (target := _target(link.target))
        )

    def joined(self, block: Block, found: list[Cited]) -> list[Cited]:
        """What was found in a block, with the keys of the links there, and the other links."""
        offsets = block.text.offsets
        if not self._links or not offsets:
            return found
        first = bisect_left(self._links, (min(offsets[0], offsets[-1]), 0, ("", "")))
        for start, end, (kind, key) in self._links[first:]:
            if start > offsets[-1]:
                break
            inside = [at for at, offset in enumerate(offsets) if start <= offset < end]
            if inside:
                here = Range(inside[0], inside[-1] + 1)
                found = _with_link(found, Cited(kind, here, (key,)))
        return sorted(found, key=lambda cited: cited.range.start)


def _target(address: str) -> tuple[str, str] | None:
    """The kind and key of what a link leads to; None for a place on the same site."""
    paper = re.fullmatch(r"(?:\S*/)?(kst-[\w-]+?)(?:\.\w+)?", address)
    if paper:
        return "parliamentary-paper", paper[1]
    return ("web-page", address) if re.match(r"https?://", address) else None


def _with_link(found: list[Cited], link: Cited) -> list[Cited]:
    at = next((n for n, one in enumerate(found) if _overlap(one.range, link.range)), None)
    if at is None:
        return [*found, link]
    known = found[at]
    if link.kind == "web-page" or any(key.startswith("kst-") for key in known.keys):
        return found
    return [*found[:at], replace(known, keys=(*known.keys, *link.keys)), *found[at + 1 :]]


def _overlap(one: Range, other: Range) -> bool:
    return one.start < other.end and other.start < one.end


def _statement(context: Context, block: Block, cited: Cited, notes: NotePlaces) -> Statement:
    kind = _kind(context, block, cited, notes)
    content: Content = [("citationKind", context.thing("citation-kind", kind))]
    content += [("citationKey", Literal(key)) for key in cited.keys]
    if cited.mover:
        content.append(("mover", Literal(cited.mover)))
    if cited.title:
        content.append(("term", Literal(cited.title)))
    if cited.period is not None:
        content += period_content(cited.period)
    content += [("actor", author) for author in cited.author]
    printed = block.text.text[cited.range.start : cited.range.end].strip()
    content += [
        ("asWritten", Literal(cited.written or printed)),
        ("speaker", _voice(context, block)),
    ]
    about = dict.fromkeys(
        mention.entity
        for mention in context.mentions_in(block, cited.range)
        if mention.found.concept.types & ENTITIES and mention.entity not in cited.author
    )
    content += [("about", entity) for entity in about]
    return Statement(
        "Citation",
        context.document.id,
        _evidence(block, cited, notes),
        context.rule(RULE),
        tuple(dict.fromkeys(content)),
    )


def _kind(context: Context, block: Block, cited: Cited, notes: NotePlaces) -> str:
    """The kind of document; of a minister's paper that its title does not tell, as the sentence
    that calls the note has it: "schreef in zijn brief".
    """
    if cited.kind != "parliamentary-paper" or not cited.author:
        return cited.kind
    told = {
        str(noun.lastgroup).replace("_", "-")
        for place, here in notes.of(block)
        for noun in nouns(context.vocabulary).finditer(place.text.text, here.start, here.end)
    }
    return told.pop() if len(told) == 1 else cited.kind


def _voice(context: Context, block: Block) -> NamedNode:
    """Who refers to the document: the speaker, also where the document's author is reported."""
    quoted = context.attributed(block) if block.kind is BlockKind.PULL_QUOTE else []
    return quoted[0].iri if quoted else context.own_voice(block)


def _evidence(block: Block, cited: Cited, notes: NotePlaces) -> tuple[Passage, ...]:
    """The sentences that the reference stands in, and for a note where the note is called."""
    first = block.sentence_at(cited.range.start)
    last = block.sentence_at(max(cited.range.start, cited.range.end - 1))
    here = Range(first.start, max(first.end, last.end))
    found = passages(block, here)
    if re.fullmatch(r"\W*", block.text.text[here.start : here.end]):
        found = passages(block, cited.range)
    carrying = [one for place, sentence in notes.of(block) for one in passages(place, sentence)]
    return tuple(dict.fromkeys((*found, *carrying)))
