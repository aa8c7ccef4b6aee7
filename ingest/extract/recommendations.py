"""Recommendations with their parts, the responses to them, and the positions taken in these.

Three forms: a list after a lead-in ("IOB raadt aan:") with a response under a later heading, a
table with a recommendation and its response side by side, and running text (see advice). A response
answers the whole group it follows; which sentence answers which recommendation is told where it can
be known or judged (see positions).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from ingest.document import Block, BlockKind, BlockRole, Range
from ingest.extract import advice, side_by_side
from ingest.extract.context import Context, passages
from ingest.extract.positions import Recommended, position, stances, tied
from ingest.extract.voice import evaluator_in, recommender
from ingest.statement import Passage, Rule, Statement, Term
from ontology.names import slug

RULE = Rule("recommendations", 3)

_ABOUT = frozenset({"Theme", "Instrument", "Actor", "PolicyArea", "Country", "Region"})

Place = tuple[Block, Range]


@dataclass
class Item:
    """A recommendation: its number as printed, where it stands, and its parts."""

    number: str
    places: list[Place]
    parts: list[Item] = field(default_factory=list)


@dataclass
class Group:
    """Recommendations under one heading, by one evaluator, and the text that answers them."""

    number: str
    heading: str
    recommender: NamedNode
    items: list[Item] = field(default_factory=list)
    response: list[Place] = field(default_factory=list)


def extract(context: Context) -> Iterator[Statement]:
    """The recommendations and responses of a document, in reading order."""
    groups = list(_listed(context))
    tables = enumerate(side_by_side.read(context.document), start=len(groups) + 1)
    for number, table in tables:
        advises = evaluator_in(context, table.heading)
        for row in table.rows:
            item = Item(row.number, [row.left])
            groups.append(Group(str(number), row.group, advises, [item], row.right))
    for group in groups:
        yield from _Writer(context, group).statements()
    yield from advice.extract(context, RULE)


def whole(block: Block) -> Place:
    """A block in full."""
    return block, Range(0, len(block.text.text))


def _listed(context: Context) -> Iterator[Group]:
    groups: dict[int, Group] = {}
    for block in context.document.blocks:
        if block.role is None:
            continue
        group = groups.get(block.group)
        if group is None:
            number = str(len(groups) + 1)
            heading, advises = _heading(context, block), recommender(context, block)
            group = groups[block.group] = Group(number, heading, advises)
        if block.role is BlockRole.RESPONSE:
            group.response.append(whole(block))
        else:
            _take(group, block)
    yield from groups.values()


def _take(group: Group, block: Block) -> None:
    """Add a block to the recommendations: a new one, a part of the last, or more of its text."""
    last = group.items[-1] if group.items else None
    if last is None or _is_next(block, last.places[0][0]):
        number = block.marker.rstrip(".)") if not _is_bullet(block) else ""
        group.items.append(Item(number or str(len(group.items) + 1), [whole(block)]))
    elif block.kind is BlockKind.LIST_ITEM:
        last.parts.append(Item(str(len(last.parts) + 1), [whole(block)]))
    else:
        last.places.append(whole(block))


def _is_next(block: Block, item: Block) -> bool:
    """Whether a block is a recommendation beside the one before it, not a part of it."""
    if block.kind is BlockKind.HEADING:
        return True
    if block.kind is not BlockKind.LIST_ITEM:
        return False
    return not _is_bullet(block) or (_is_bullet(item) and block.level <= item.level)


def _is_bullet(block: Block) -> bool:
    return not any(c.isalnum() for c in block.marker)


def _heading(context: Context, block: Block) -> str:
    """The heading under which a block stands; for a heading, the one above it."""
    titles = [section.title for section in context.document.ancestry(block)]
    return next(iter(titles[1:] if block.kind is BlockKind.HEADING else titles), "")


class _Writer:
    """Turns one group into statements."""

    def __init__(self, context: Context, group: Group) -> None:
        self.context = context
        self.group = group
        self.document = context.document.id
        self.rule = context.rule(RULE)

    def statements(self) -> Iterator[Statement]:
        names: list[str] = []
        for item in self.group.items:
            name = f"recommendation/{self.document}/{self.group.number}-{slug(item.number)}"
            names.append(name)
            yield self._recommendation(item, name)
            for part in item.parts:
                yield self._recommendation(part, f"{name}-{part.number}", of=name)
        if names and self.group.response:
            yield from self._response(names)

    def _recommendation(self, item: Item, name: str, of: str = "") -> Statement:
        group = self.group
        content: list[tuple[str, Term]] = [
            ("number", Literal(item.number)),
            ("heading", Literal(group.heading)),
            ("recommendedBy", group.recommender),
            ("speaker", group.recommender),
            ("modality", Literal("recommends")),
        ]
        wording = self.context.own_voice(item.places[0][0])
        if wording != group.recommender:
            content.append(("wordedBy", wording))
        if of:
            content.append(("partOf", self._node(of)))
        content += [("about", entity) for entity in self._about(item.places)]
        evidence = self._evidence(item.places)
        return Statement("Recommendation", self.document, evidence, self.rule, tuple(content), name)

    def _response(self, recommended: list[str]) -> Iterator[Statement]:
        places = self.group.response
        name = recommended[0].replace("recommendation/", "response/", 1)
        voice = self.context.own_voice(places[0][0])
        content: list[tuple[str, Term]] = [
            ("speaker", voice),
            *(("respondsTo", self._node(one)) for one in recommended),
            *(("about", entity) for entity in self._about(places)),
        ]
        evidence = self._evidence(places)
        yield Statement("Response", self.document, evidence, self.rule, tuple(content), name)
        yield from self._positions(places, voice, name, self._answered(recommended))

    def _answered(self, names: list[str]) -> list[Recommended]:
        """The recommendations of the group with all their words, those of their parts too."""
        found = []
        for name, item in zip(names, self.group.items, strict=True):
            texts = (
                block.text.text[within.start : within.end]
                for one in (item, *item.parts)
                for block, within in one.places
            )
            found.append(Recommended(self._node(name), item.number, " ".join(texts)))
        return found

    def _positions(
        self, places: list[Place], voice: NamedNode, response: str, answered: list[Recommended]
    ) -> Iterator[Statement]:
        before = ""
        for block, within in places:
            for sentence in block.sentences:
                if sentence.start < within.start or within.end < sentence.end:
                    continue
                text = block.text.text[sentence.start : sentence.end]
                for stance in stances(self.context, block, sentence, voice):
                    known, likely = tied(stance, text, before, answered)
                    said = position(stance, text, voice, known, likely)
                    content = (*said, ("partOf", self._node(response)))
                    evidence = passages(block, sentence)
                    yield Statement("Position", self.document, evidence, self.rule, content)
                before = text

    def _node(self, name: str) -> NamedNode:
        return self.context.thing(*name.split("/"))

    def _about(self, places: list[Place]) -> list[NamedNode]:
        mentions = (m for block, within in places for m in self.context.mentions_in(block, within))
        entities = (m.entity for m in mentions if m.found.concept.types & _ABOUT)
        return [one for one in dict.fromkeys(entities) if one != self.group.recommender]

    def _evidence(self, places: list[Place]) -> tuple[Passage, ...]:
        return tuple(one for block, within in places for one in passages(block, within))
