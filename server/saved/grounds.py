"""What a triple rests on: the statements it is drawn from, or the axiom and triples it follows
from, with their statements, a few steps back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode

from ontology.names import DATA_PATH
from queries.rows import Row, Term
from server.query_files import QueryFiles, Values
from server.saved.asking import Answering
from server.saved.triples import Triple, Wanted

STEPS = 3  # that are followed back from a triple that is inferred
WAYS = 5  # in which a triple follows that are shown
STATEMENTS = 50  # of one triple that are shown
_MOST = 100  # triples that one step looks at
_FOLDER = Path(__file__).parent / "queries"
_TRIPLE = ("subject", "property", "object")
_PAIR = ("subject", "property")
_AXIOMS = ("narrower", "inverse", "symmetric", "transitive", "chain")


class Standing(StrEnum):
    """How a triple is there: drawn from statements, part of a statement or its evidence, inferred,
    or else by the graph it is in, of which no document says anything.
    """

    SAID = "said"
    STATEMENT = "statement"
    INFERRED = "inferred"
    SCHEMES = "schemes"
    ONTOLOGY = "ontology"
    CATALOGUE = "catalogue"
    DOCUMENT = "document"
    OTHER = "other"


_BY_GRAPH = {
    one.value: one
    for one in (Standing.INFERRED, Standing.SCHEMES, Standing.ONTOLOGY, Standing.CATALOGUE)
}


@dataclass(frozen=True, slots=True)
class Way:
    """An axiom of the ontology (``inverse``, ``chain``) and the triples from which it gives one."""

    axiom: str
    premises: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A triple with what it rests on. ``total`` statements, the first in ``statements``; ``ways``
    are the first of ``ways_total``. Where ``cut``, it is inferred and not followed further.
    """

    triple: Triple
    graphs: tuple[str, ...]
    standing: tuple[Standing, ...]
    statements: tuple[str, ...] = ()
    total: int = 0
    ways: tuple[Way, ...] = ()
    ways_total: int = 0
    cut: bool = False

    def all(self) -> Iterable[Ground]:
        """This and all that it follows from."""
        yield self
        for way in self.ways:
            for premise in way.premises:
                yield from premise.all()


@dataclass(slots=True)
class _Known:
    """What the store says of the triples looked at so far."""

    graphs: dict[Triple, list[str]] = field(default_factory=dict)
    drawn: dict[Triple, list[str]] = field(default_factory=dict)
    parts: dict[Term, list[str]] = field(default_factory=dict)
    ways: dict[Triple, list[tuple[str, tuple[Triple, ...]]]] = field(default_factory=dict)


class Grounds:
    """Finds what triples rest on, in the data with a ``base`` IRI that ``answering`` asks."""

    def __init__(self, answering: Answering, base: str) -> None:
        self._answering = answering
        self._base = base
        self._files = QueryFiles(_FOLDER, base)

    async def find(self, subject: NamedNode, predicate: NamedNode, wanted: Wanted) -> list[Triple]:
        """The triples of the data with such an object: several where a text is all that is given
        and literals of several languages or types read so.
        """
        values: Values = {
            _PAIR: [(subject, predicate)],
            ("text",): [(one,) for one in wanted.readings],
        }
        found = {
            (subject, predicate, row["object"])
            for row in await self._rows("evidence-found", values)
            if row["object"] in wanted
        }
        return sorted(found, key=lambda triple: str(triple[2]))

    async def others(self, subject: NamedNode, predicate: NamedNode) -> list[Term]:
        """Some objects of a subject and property."""
        rows = await self._rows("evidence-others", {_PAIR: [(subject, predicate)]})
        return [row["object"] for row in rows]

    async def properties(self, subject: NamedNode) -> list[Term]:
        """Some properties that a subject has."""
        rows = await self._rows("evidence-properties", {("subject",): [(subject,)]})
        return [row["property"] for row in rows]

    async def of(self, triple: Triple) -> Ground:
        """What a triple that is in the data rests on."""
        known = _Known()
        step = [triple]
        for number in range(STEPS + 1):
            await self._learn(known, step)
            if number == STEPS:
                break
            step = await self._before(known, step)
            if not step:
                break
        return self._ground(triple, known, (), STEPS)

    async def statements(self, iris: Iterable[str]) -> list[Row]:
        """What statements are and where they stand: a row for each passage."""
        values: Values = {("statement",): [(NamedNode(iri),) for iri in dict.fromkeys(iris)]}
        return await self._rows("evidence-statements", values)

    async def _learn(self, known: _Known, triples: list[Triple]) -> None:
        for row in await self._rows("evidence-graphs", {_TRIPLE: triples}):
            known.graphs.setdefault(_triple(row), []).append(row["graph"].value)
        for row in await self._rows("evidence-drawn", {_TRIPLE: triples}):
            _add(known.drawn.setdefault(_triple(row), []), row["statement"].value)
        subjects = {(triple[0],) for triple in triples}
        for row in await self._rows("evidence-parts", {("subject",): subjects}):
            _add(known.parts.setdefault(row["subject"], []), row["statement"].value)

    async def _before(self, known: _Known, triples: list[Triple]) -> list[Triple]:
        """The triples, not known yet, from which the inferred ones follow."""
        inferred = [one for one in triples if self._is_inferred(known, one)]
        if not inferred:
            return []
        for row in await self._rows("evidence-axioms", {_TRIPLE: inferred}):
            if not any(isinstance(term, BlankNode) for term in row.values()):
                way = (row["axiom"].value, tuple(_premises(row)))
                known.ways.setdefault(_triple(row), []).append(way)
        for ways in known.ways.values():
            ways.sort(key=lambda way: (_AXIOMS.index(way[0]), str(way[1])))
        found = {
            premise: None
            for one in inferred
            for _, premises in known.ways.get(one, ())[: 2 * WAYS]
            for premise in premises
            if premise not in known.graphs
        }
        return list(found)[:_MOST]

    def _ground(
        self, triple: Triple, known: _Known, above: tuple[Triple, ...], steps: int
    ) -> Ground:
        graphs = tuple(known.graphs.get(triple, ()))
        statements = known.drawn.get(triple, []) or known.parts.get(triple[0], [])
        inferred = self._is_inferred(known, triple)
        path = (*above, triple)
        found = known.ways.get(triple, ()) if inferred and steps else ()
        ways = [way for way in found if not {*way[1]} & {*path}]
        return Ground(
            triple=triple,
            graphs=graphs,
            standing=self._standing(triple, graphs, known),
            statements=tuple(statements[:STATEMENTS]),
            total=len(statements),
            ways=tuple(
                Way(axiom, tuple(self._ground(one, known, path, steps - 1) for one in premises))
                for axiom, premises in ways[:WAYS]
            ),
            ways_total=len(ways),
            cut=inferred and not steps,
        )

    def _standing(
        self, triple: Triple, graphs: tuple[str, ...], known: _Known
    ) -> tuple[Standing, ...]:
        found: dict[Standing, None] = {}
        if known.drawn.get(triple):
            found[Standing.SAID] = None
        elif known.parts.get(triple[0]):
            found[Standing.STATEMENT] = None
        for graph in graphs:
            name = self.graph_name(graph)
            kind = _BY_GRAPH.get(name, Standing.DOCUMENT if name else Standing.OTHER)
            if kind is not Standing.DOCUMENT or not found:
                found[kind] = None
        return tuple(found) or (Standing.OTHER,)

    def graph_name(self, graph: str) -> str:
        """The name of a graph of the build (``schemes``, or a document); empty for any other."""
        prefix = f"{self._base}{DATA_PATH}graph/"
        return graph.removeprefix(prefix) if graph.startswith(prefix) else ""

    def _is_inferred(self, known: _Known, triple: Triple) -> bool:
        names = {self.graph_name(graph) for graph in known.graphs.get(triple, ())}
        return Standing.INFERRED.value in names

    async def _rows(self, name: str, values: Values) -> list[Row]:
        answer = await self._answering.rows(self._files.bound(name, values))
        return [*answer.rows]


def _triple(row: Row) -> Triple:
    return _as_triple(row["subject"], row["property"], row["object"])


def _premises(row: Row) -> Iterable[Triple]:
    for number in "12":
        if f"s{number}" in row:
            yield _as_triple(row[f"s{number}"], row[f"p{number}"], row[f"o{number}"])


def _as_triple(subject: Term, predicate: Term, value: Term) -> Triple:
    return NamedNode(subject.value), NamedNode(predicate.value), value


def _add(to: list[str], one: str) -> None:
    if one not in to:
        to.append(one)
