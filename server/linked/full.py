"""The full description of a thing: its own triples, and page by page what refers to it."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from pyoxigraph import NamedNode, Triple

from server.linked.questions import Questions
from server.problem import Problem

SIZE = 100  # of a page: a few hundred kilobytes at most, made in a fifth of a second
_REMEMBERED = 16  # orders of hubs; the largest takes a megabyte
_DIGITS = re.compile(r"(\d+)")

_Natural = tuple[str, list[str | int]]


@dataclass(frozen=True, slots=True)
class Member:
    """What refers to the thing by these ``references``; ``place`` is where it stands in a text."""

    iri: str
    references: tuple[str, ...]
    place: str

    def triples(self, thing: str) -> Iterator[Triple]:
        """That it refers to the thing."""
        for reference in self.references:
            yield Triple(NamedNode(self.iri), NamedNode(reference), NamedNode(thing))


@dataclass(frozen=True, slots=True)
class Page:
    """A part of what refers to the thing: ``number`` counts from 1, ``total`` is of all pages."""

    number: int
    members: tuple[Member, ...]
    total: int

    @property
    def last(self) -> int:
        """The number of the last page; there is always one."""
        return max(1, -(-self.total // SIZE))


@dataclass(frozen=True, slots=True)
class Full:
    """A description: triples of the thing, of the page, and of what both point at."""

    triples: frozenset[Triple]
    page: Page


class FullDescriptions:
    """Makes them. The order of what refers to a hub is remembered as long as the data stay."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._orders: OrderedDict[tuple[str, str], tuple[Member, ...]] = OrderedDict()
        self._reading: dict[tuple[str, str], asyncio.Task[tuple[Member, ...]]] = {}

    async def describe(self, iri: str, number: int) -> Full | None:
        """A thing with one page of what refers to it; ``None`` if the store knows nothing of it.

        :class:`Problem` 404 for a page beyond the last.
        """
        ask = self._questions
        own, order = await asyncio.gather(
            ask.triples(ask.text("own", "thing", [iri])), self._order(iri)
        )
        if not own:
            return None
        page = Page(number, order[(number - 1) * SIZE : number * SIZE], len(order))
        if number > page.last:
            raise Problem(
                HTTPStatus.NOT_FOUND,
                "No such page",
                f"The description of <{iri}> has {page.last} pages.",
                pages=page.last,
            )
        if page.members:
            own |= await ask.triples(ask.bound("members", _bound(page.members)))
            own.update(triple for member in page.members for triple in member.triples(iri))
        return Full(frozenset(own), page)

    async def _order(self, iri: str) -> tuple[Member, ...]:
        """What refers to a thing, in order; read once for all who ask for its pages at a time."""
        key = (self._questions.store.version, iri)
        found = self._orders.get(key)
        if found is not None:
            self._orders.move_to_end(key)
            return found
        reading = self._reading.get(key)
        if reading is None:
            reading = self._reading[key] = asyncio.create_task(self._read(key))
            reading.add_done_callback(lambda _: self._reading.pop(key))
        return await asyncio.shield(reading)

    async def _read(self, key: tuple[str, str]) -> tuple[Member, ...]:
        version, iri = key
        text = self._questions.text("referring", "thing", [iri])
        found = in_order(await self._questions.lines(text))
        if len(found) > SIZE and self._questions.store.version == version:
            self._orders[key] = found
            while len(self._orders) > _REMEMBERED:
                self._orders.popitem(last=False)
        return found


def in_order(rows: Iterable[Sequence[str]]) -> tuple[Member, ...]:
    """Each once: what stands in a text in reading order, then the rest by IRI.

    ``rows`` hold what refers, and by which property or where it stands, as TSV writes them.
    """
    references: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    for referring, reference, place in rows:
        if reference:
            references.setdefault(referring, []).append(reference[1:-1])
        elif referring not in places or _natural(place) < _natural(places[referring]):
            places[referring] = place
    members = (
        Member(iri[1:-1], tuple(by), places.get(iri, "")[1:-1])
        for iri, by in references.items()
        if iri.startswith("<")
    )
    return tuple(sorted(members, key=_rank))


def _rank(member: Member) -> tuple[bool, _Natural, str]:
    return (not member.place, _natural(member.place or member.iri), member.iri)


def _natural(iri: str) -> _Natural:
    """Sorts 9 before 10: places in a text have their positions at the end of their IRI."""
    above, _, name = iri.rpartition("/")
    parts: list[str | int] = [*_DIGITS.split(name)]
    parts[1::2] = map(int, parts[1::2])
    return (above, parts)


def _bound(members: Sequence[Member]) -> dict[str, list[str]]:
    return {
        "statement": [member.iri for member in members if member.place],
        "other": [member.iri for member in members if not member.place],
    }
