"""What documents say of a thing: statements by kind, the first of each with quote and place."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ontology.names import VOCABULARY
from server.linked.names import Naming, iris
from server.linked.properties import SHOWN_ELSEWHERE, Properties, Property
from server.linked.questions import Questions
from server.pages.cells import Cell, Cells, Place
from server.pages.select import Row

SHOWN = 5  # statements of one kind on a page
QUOTES = 2  # passages of one statement there; its own page has all
_HIDDEN = SHOWN_ELSEWHERE | {VOCABULARY + "inDocument", VOCABULARY + "madeBy"}


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage and its place."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: what it says beside concerning the thing, and the first of its places."""

    link: str | None
    iri: str
    properties: tuple[Property, ...]
    quotes: tuple[Quote, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one kind: ``total`` of them, the first few in ``said``."""

    kind: Cell
    total: int
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows about a thing's statements, before anything has a name."""

    thing: str
    kinds: dict[str, list[str]]
    contents: Sequence[Row]
    places: Sequence[Row]

    @property
    def things(self) -> set[str]:
        """All that needs a name."""
        return (
            set(self.kinds)
            | iris(self.contents, "property", "value")
            | iris(self.places, "document")
        )

    def groups(self, properties: Properties, cells: Cells, naming: Naming) -> tuple[Group, ...]:
        """The statements by kind, the rarest kind first."""
        quotes = quotes_of(self.places, cells, naming)
        made = [
            Group(
                properties.thing(kind),
                len(statements),
                tuple(
                    self._said(iri, properties, quotes.get(iri, ())) for iri in statements[:SHOWN]
                ),
            )
            for kind, statements in self.kinds.items()
        ]
        return tuple(sorted(made, key=lambda group: group.total))

    def _said(self, statement: str, properties: Properties, quotes: tuple[Quote, ...]) -> Said:
        about = [
            row
            for row in self.contents
            if row["statement"].value == statement and row["value"].value != self.thing
        ]
        return Said(
            link=properties.thing(statement).link,
            iri=statement,
            properties=properties.of(about, hidden=_HIDDEN),
            quotes=quotes[:QUOTES],
            places=len(quotes),
        )


async def gather(questions: Questions, thing: str) -> Gathered:
    """All statements that concern a thing, the first of each kind with what they say."""
    kinds: dict[str, list[str]] = {}
    for row in await questions.rows("statements", "thing", [thing]):
        if "statement" in row:
            kinds.setdefault(row["kind"].value, []).append(row["statement"].value)
    shown = [iri for statements in kinds.values() for iri in statements[:SHOWN]]
    contents, places = await asyncio.gather(
        questions.rows("contents", "statement", shown),
        questions.rows("quotes", "statement", shown),
    )
    return Gathered(thing=thing, kinds=kinds, contents=contents, places=places)


def quotes_of(rows: Iterable[Row], cells: Cells, naming: Naming) -> dict[str, tuple[Quote, ...]]:
    """The quotes of each statement: the whole sentence where one is recorded."""
    found: dict[str, dict[bool, list[Quote]]] = {}
    for row in rows:
        title = naming[row["document"].value]
        place = cells.place({**row, "documentTitle": title})
        whole = row["whole"].value == "true"
        quotes = found.setdefault(row["statement"].value, {}).setdefault(whole, [])
        quotes.append(Quote(row["quote"].value, place))
    return {
        statement: tuple(by_size.get(True) or by_size[False])
        for statement, by_size in found.items()
    }
