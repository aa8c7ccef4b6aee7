"""Which countries stand on which list: printed lists under a heading, and lists in a sentence.

The lists and the headings or lead-ins that open them are concepts of the scheme country-lists;
who stands on them is read here. A membership is stated once, with all its evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from ingest.document import Block, BlockKind, Range
from ingest.extract.context import Context, passages
from ingest.extract.literals import decimal, flag
from ingest.extract.mentions import Found, Gazetteer, Mention
from ingest.statement import Passage, Rule, Statement
from ontology.names import SKOS
from ontology.vocabulary import Concept

RULE = Rule("country-lists", 2)

_ENUMERATION = re.compile(r"[\s,;(:]*(?:\b(?:en|of|met|zoals)\b)?[\s,;(:]*(?:\b(?:de|het)\b)?\s*")
_STATED_SIZE = re.compile(r"\b(\d{1,3})\b")
_TITLES = (BlockKind.HEADING, BlockKind.LIST_ITEM)
_MEMBERS = frozenset({"Country", "Region"})
_PASSED_OVER = (BlockKind.FOOTNOTE, BlockKind.CAPTION, BlockKind.PULL_QUOTE)


@dataclass
class _Membership:
    group: Concept | None = None
    evidence: dict[Passage, None] = field(default_factory=dict)


_Memberships = dict[tuple[NamedNode, NamedNode], _Membership]


@dataclass(frozen=True, slots=True)
class _Printed:
    """A country in a printed list: its group, and the block that is the heading above it."""

    mention: Mention
    group: Concept | None
    under: Block


@dataclass(frozen=True, slots=True)
class _Opening:
    """A heading or lead-in that opens a list, or a group within it."""

    listing: Concept
    group: Concept | None


def extract(context: Context) -> Iterator[Statement]:
    """The listings of a document, and whether a list has the size that its heading states."""
    openers = Gazetteer(context.vocabulary.of_type("CountryList", "CountryGroup"))
    found: _Memberships = {}
    sizes: list[tuple[Concept, Block, int]] = []
    for block in context.document.blocks:
        for opener in openers.find(block.text.text):
            opening = _opening(context, opener.concept)
            if block.kind in _TITLES:
                if opening.group is not None and opener_text(block, opener) != block.text.text:
                    continue
                size = _STATED_SIZE.search(opener_text(block, opener))
                members = _printed(context, block, opening, found)
                yield from _enumerated(context, block, opening, members)
                if members and size and opening.group is None:
                    sizes.append((opening.listing, block, int(size[1])))
            elif opening.group is None or block.text.text[opener.end - 1] == ":":
                _in_sentence(context, block, opener.end, opening, found)
    yield from _statements(context, found)
    yield from _size_checks(context, found, sizes)


def opener_text(block: Block, opener: Found) -> str:
    """The words that open the list, as they stand in the block."""
    return block.text.text[opener.start : opener.end]


def _opening(context: Context, concept: Concept) -> _Opening:
    if "CountryGroup" not in concept.types:
        return _Opening(concept, None)
    broader = concept.properties[SKOS + "broader"][0]
    assert isinstance(broader, NamedNode)
    return _Opening(context.vocabulary[broader], concept)


def _printed(
    context: Context, heading: Block, opening: _Opening, found: _Memberships
) -> list[_Printed]:
    """A run of short blocks below the list's title, each a country or the heading of a group."""
    groups = {
        label.text.lower(): concept
        for concept in context.vocabulary.of_type("CountryGroup")
        for label in concept.labels
        if NamedNode(opening.listing.iri.value) in concept.properties.get(SKOS + "broader", ())
    }
    group, under, members = opening.group, heading, list[_Printed]()
    for block in context.document.blocks[heading.order + 1 :]:
        if block.kind in _PASSED_OVER:
            continue
        text = block.text.text.strip()
        if text.lower() in groups:
            group, under = groups[text.lower()], block
        elif (named := _sole_country(context, block)) is not None:
            members.append(_Printed(named, group, under))
            _add(found, opening.listing, group, named, passages(block, named.found.range))
        else:
            break
    return members


def _enumerated(
    context: Context, heading: Block, opening: _Opening, members: Sequence[_Printed]
) -> Iterator[Statement]:
    """A printed list as a whole, and each of its groups that has a heading of its own."""
    if opening.group is not None:
        members = [one for one in members if one.group is opening.group]
    if len(members) > 1:
        yield _enumeration(context, opening.group or opening.listing, heading, members)
    groups = {one.group.iri: one.group for one in members if one.group is not None}
    for group in groups.values():
        inside = [one for one in members if one.group is group]
        if group is not opening.group and len(inside) > 1:
            yield _enumeration(context, group, inside[0].under, inside)


def _enumeration(
    context: Context, subject: Concept, heading: Block, members: Sequence[_Printed]
) -> Statement:
    countries = list(dict.fromkeys(one.mention.entity for one in members))
    places = (passages(one.mention.block, one.mention.found.range) for one in members)
    evidence = (*passages(heading), *(passage for place in places for passage in place))
    content: tuple[tuple[str, NamedNode | Literal], ...] = (
        ("subject", subject.iri),
        *(("member", one) for one in countries),
        ("amount", decimal(len(countries))),
        ("unit", context.vocabulary.find("units", "countries").iri),
        ("speaker", context.own_voice(heading)),
    )
    return _statement(context, "Enumeration", tuple(dict.fromkeys(evidence)), content)


def _sole_country(context: Context, block: Block) -> Mention | None:
    text = block.text.text.strip()
    for mention in context.mentions_in(block):
        if "Country" in mention.found.concept.types:
            named = block.text.text[mention.found.start : mention.found.end]
            if named == text and mention.found.form == "name":
                return mention
    return None


def _in_sentence(
    context: Context, block: Block, after: int, opening: _Opening, found: _Memberships
) -> None:
    """The countries enumerated right after a lead-in, up to the first other word."""
    sentence = block.sentence_at(after - 1)
    text, position = block.text.text, after
    for mention in context.mentions_in(block, Range(after, max(after + 1, sentence.end))):
        if not mention.found.concept.types & _MEMBERS:
            continue
        if not _ENUMERATION.fullmatch(text[position : mention.found.start]):
            return
        _add(found, opening.listing, opening.group, mention, passages(block, sentence))
        position = mention.found.end


def _add(
    found: _Memberships,
    listing: Concept,
    group: Concept | None,
    mention: Mention,
    evidence: tuple[Passage, ...],
) -> None:
    membership = found.setdefault((listing.iri, mention.entity), _Membership())
    membership.group = membership.group or group
    membership.evidence.update(dict.fromkeys(evidence))


def _statements(context: Context, found: _Memberships) -> Iterator[Statement]:
    for (listing, country), membership in found.items():
        evidence = tuple(sorted(membership.evidence, key=lambda one: one.span))
        areas = [
            ("policyArea", area)
            for area in context.vocabulary[listing].objects("policyArea")
            if isinstance(area, NamedNode)
        ]
        group = [("group", membership.group.iri)] if membership.group else []
        content = (("list", listing), ("member", country), *group, *areas)
        yield _statement(context, "Listing", evidence, content)
        for area in areas:
            basis = ("basis", context.thing("basis", "list"))
            yield _statement(context, "Handling", evidence, (("handles", country), area, basis))


def _statement(
    context: Context,
    kind: str,
    evidence: tuple[Passage, ...],
    content: tuple[tuple[str, NamedNode | Literal], ...],
) -> Statement:
    return Statement(kind, context.document.id, evidence, context.rule(RULE), content)


def _size_checks(
    context: Context, found: _Memberships, sizes: list[tuple[Concept, Block, int]]
) -> Iterator[Statement]:
    stated: dict[tuple[NamedNode, int], dict[Passage, None]] = {}
    for listing, heading, size in sizes:
        evidence = stated.setdefault((listing.iri, size), {})
        evidence.update(dict.fromkeys(passages(heading)))
    for (subject, size), places in stated.items():
        counted = sum(1 for on, _ in found if on == subject)
        content: tuple[tuple[str, NamedNode | Literal], ...] = (
            ("checkKind", context.thing("check-kind", "list-size")),
            ("about", subject),
            ("stated", decimal(size)),
            ("computed", decimal(counted)),
            ("holds", flag(size == counted)),
        )
        yield _statement(context, "Check", tuple(places), content)
