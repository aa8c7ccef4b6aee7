"""The cubes: figures of the documents in the W3C RDF Data Cube Vocabulary and as CSV on the Web.

https://www.w3.org/TR/vocab-data-cube/. What an observation has is said in ``cube.ttl``; an
observation keeps the IRI and the evidence of the statement that it is. The tables have the same
figures, a column for each property.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from ontology.names import DCTERMS, PREFIXES, QB, RDF, RDFS, SKOS, XSD, Minter, definition
from server.publish.exports.csvw import write_metadata
from server.publish.exports.cube_structure import structure
from server.publish.exports.tables import (
    QUERIES,
    Row,
    Table,
    tables,
    write_readme,
    write_table,
)
from server.publish.files import GZIP, described, opened, packed_name
from server.publish.source import File, Source
from server.query_files import QueryFiles, Values

EXPORT = "cube"
SDMX_DIMENSION = "http://purl.org/linked-data/sdmx/2009/dimension#"
EDTF = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
"""Extended Date/Time Format (https://www.loc.gov/standards/datetime/), a part of ISO 8601-2."""

_PREFIXES = PREFIXES | {"edtf": EDTF.value.removesuffix("EDTF"), "sdmx-dimension": SDMX_DIMENSION}
_SUBJECT, _NAMES = "observation", "_name"
_TYPE = NamedNode(RDF + "type")
_PERIOD = NamedNode(SDMX_DIMENSION + "refPeriod")
_ORDER, _START = definition("order"), definition("start")
_YEAR, _FROM, _UNTIL = definition("period"), definition("periodStart"), definition("periodEnd")
_DEADLINE = definition("deadline")
_MADE_OF = {_START, _YEAR, _FROM, _UNTIL}
_LABELS = tuple(NamedNode(one) for one in (SKOS + "prefLabel", DCTERMS + "title", RDFS + "label"))

Value = NamedNode | Literal
Said = dict[NamedNode, set[Value]]
"""What is said of a thing: values by property."""
Things = dict[NamedNode, Said]


def write(source: Source, folder: Path) -> Iterator[File]:
    """Write the cubes as RDF and, each by itself, as a table with its metadata."""
    yield write_readme(folder, EXPORT)
    cubes = {name: _ordered(things, source.base) for name, things in _found(source).items()}
    context = list(_described(source, cubes))
    triples = {*structure(source.base), *context, *_observations(cubes)}
    yield from _written(folder, sorted(triples, key=str))
    names = _by_subject(context)
    for table in tables(EXPORT):
        dataset = Minter(source.base).thing("dataset", table.name)
        notes = {"dc:isPartOf": {"@id": dataset.value}}
        yield write_table(folder, table, _rows(table, cubes[dataset], names))
        yield write_metadata(folder, table, _SUBJECT, notes)


def period(said: Said) -> Literal:
    """When a figure is of, in EDTF: a year, ``2022/2024``, ``2025/..``, or ``XXXX`` for unknown."""
    year = _first(said, _YEAR) or _first(said, _DEADLINE)
    start, end = _first(said, _FROM), _first(said, _UNTIL)
    if year is None and (start or end):
        year = start if start == end else f"{start or '..'}/{end or '..'}"
    return Literal(year or "XXXX", datatype=EDTF)


def _found(source: Source) -> dict[NamedNode, Things]:
    """The observations of each data set."""
    found: dict[NamedNode, Things] = {
        Minter(source.base).thing("dataset", table.name): {} for table in tables(EXPORT)
    }
    for row in source.solutions(QueryFiles(QUERIES, source.base).bound("cube-observations", {})):
        dataset, observation, name, value = (row[one] for one in range(4))
        assert isinstance(dataset, NamedNode)
        assert isinstance(observation, NamedNode)
        assert isinstance(name, NamedNode)
        assert isinstance(value, NamedNode | Literal)
        found[dataset].setdefault(observation, {}).setdefault(name, set()).add(value)
    return found


def _ordered(things: Things, base: str) -> Things:
    """The observations in reading order; each with its period, and a rank among those alike."""
    dimensions = _dimensions(base)
    count: dict[tuple[str | None, ...], int] = defaultdict(int)
    ordered: Things = {}
    for thing in sorted(things, key=lambda one: _place(one, things[one])):
        said = things[thing]
        made: Said = {name: values for name, values in said.items() if name not in _MADE_OF}
        made[_PERIOD] = {period(said)}
        alike = tuple(_first(made, name) for name in dimensions)
        made[_ORDER] = {Literal(str(count[alike]), datatype=NamedNode(XSD + "integer"))}
        count[alike] += 1
        ordered[thing] = made
    return ordered


def _place(thing: NamedNode, said: Said) -> tuple[str, int, str]:
    starts = [int(value.value) for value in said[_START]]
    return _first(said, definition("inDocument")) or "", min(starts), thing.value


@cache
def _dimensions(base: str) -> tuple[NamedNode, ...]:
    """The dimensions of the structures, but for the rank."""
    found = {one.object for one in structure(base) if one.predicate.value == QB + "dimension"}
    names = (one for one in found if isinstance(one, NamedNode) and one != _ORDER)
    return tuple(sorted(names, key=str))


def _described(source: Source, cubes: dict[NamedNode, Things]) -> Iterator[Triple]:
    """What the things are called that observations point at."""
    things = {
        value
        for cube in cubes.values()
        for said in cube.values()
        for values in said.values()
        for value in values
        if isinstance(value, NamedNode)
    }
    values: Values = {("thing",): [(thing,) for thing in sorted(things, key=str)]}
    return source.triples(QueryFiles(QUERIES, source.base).bound("cube-described", values))


def _observations(cubes: dict[NamedNode, Things]) -> Iterator[Triple]:
    for dataset, things in cubes.items():
        for thing, said in things.items():
            yield Triple(thing, _TYPE, NamedNode(QB + "Observation"))
            yield Triple(thing, NamedNode(QB + "dataSet"), dataset)
            for name, values in said.items():
                yield from (Triple(thing, name, value) for value in values)


def _written(folder: Path, triples: list[Triple]) -> Iterator[File]:
    name = f"exports/{EXPORT}/{EXPORT}"
    for written, packing in ((RdfFormat.TURTLE, ""), (RdfFormat.N_TRIPLES, GZIP)):
        path = f"{name}.{written.file_extension}"
        prefixes = _PREFIXES if written == RdfFormat.TURTLE else None
        with opened(folder, path, (packing,)) as out:
            serialize(triples, out, format=written, prefixes=prefixes)
        yield described(folder, packed_name(path, packing), written.media_type, EXPORT, packing)


def _rows(table: Table, things: Things, names: Things) -> Iterator[Row]:
    """The observations as rows of a table."""
    for thing, said in things.items():
        row: dict[str, tuple[str, ...]] = {_SUBJECT: (thing.value,)}
        for column in table.columns:
            if column.property is not None:
                values = said.get(NamedNode(column.property), set())
                row[column.name] = tuple(sorted(value.value for value in values))
        for column in table.columns:
            if column.name.endswith(_NAMES):
                iris = row[column.name.removesuffix(_NAMES)]
                row[column.name] = tuple(_name(names.get(NamedNode(iri), {}), iri) for iri in iris)
        yield row | {"quote": _quotes(said, names)}


def _quotes(said: Said, names: Things) -> tuple[str, ...]:
    """The passages; of a cell of a table the row."""
    passages = said.get(definition("sentence")) or said.get(definition("evidence"), set())
    found = (names.get(one, {}) for one in passages if isinstance(one, NamedNode))
    return tuple(sorted({one for said in found if (one := _first(said, definition("quote")))}))


def _name(said: Said, iri: str) -> str:
    """What a thing is called in English, else in any language, else the end of its IRI."""
    labels = [one for name in _LABELS for one in sorted(said.get(name, set()), key=str)]
    literals = [one for one in labels if isinstance(one, Literal)]
    english = (one.value for one in literals if one.language == "en")
    ending = iri.rpartition("/")[2]
    return next(english, literals[0].value if literals else ending)


def _by_subject(triples: Iterable[Triple]) -> Things:
    things: Things = {}
    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            things.setdefault(subject, {}).setdefault(triple.predicate, set()).add(value)
    return things


def _first(said: Said, name: NamedNode) -> str | None:
    """The first value of a property, in order."""
    return min((value.value for value in said.get(name, ())), default=None)
