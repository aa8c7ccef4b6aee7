"""Dumps: the whole data in each RDF format, and each named graph by itself.

Written quad by quad, from the sorted N-Quads of the build or from the store: what it takes in
memory does not grow with the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copyfileobj

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from ontology.names import PREFIXES, Minter
from server.linked import context
from server.publish import json_ld
from server.publish.files import GZIP, ZSTD, described, opened, packed_name
from server.publish.source import File, Source

GRAPH = "graph"
"""What a file is of that holds the whole data set."""
NAME = "samenhang"
_BOTH = (GZIP, ZSTD)


def write(source: Source, folder: Path) -> Iterator[File]:
    """The whole data as N-Quads, TriG, Turtle and JSON-LD, and each named graph as Turtle.

    The Turtle file has the triples of all graphs together, each once.
    """
    with opened(folder, f"{NAME}.nq", _BOTH) as out, source.quads.open("rb") as lines:
        copyfileobj(lines, out)
    yield from _files(folder, f"{NAME}.nq", RdfFormat.N_QUADS, GRAPH)

    names = graphs(source.store)
    quads = (quad for name in names for quad in _graph(source.store, name))
    yield from _written(folder, NAME, RdfFormat.TRIG, quads, GRAPH)
    yield from _written(folder, NAME, RdfFormat.TURTLE, _triples(source.quads), GRAPH)
    with opened(folder, f"{NAME}.jsonld", _BOTH) as out:
        quads = (quad for name in names for quad in _graph(source.store, name))
        json_ld.write(quads, out, context.whole())
    yield from _files(folder, f"{NAME}.jsonld", RdfFormat.JSON_LD, GRAPH)
    minter = Minter(source.base)
    for name in names:
        local = minter.local(name.value)
        triples = (quad.triple for quad in _graph(source.store, name))
        yield from _written(folder, local, RdfFormat.TURTLE, triples, local, (GZIP,))


def graphs(store: Store) -> list[NamedNode]:
    """The named graphs, in alphabetical order."""
    found = (name for name in store.named_graphs() if isinstance(name, NamedNode))
    return sorted(found, key=lambda name: name.value)


def _graph(store: Store, name: NamedNode) -> Iterator[Quad]:
    """The quads of a graph; those about one thing come after one another."""
    return store.quads_for_pattern(None, None, None, name)


def _triples(quads: Path) -> Iterator[Triple]:
    """The triples of sorted N-Quads, each once: equal ones are beside each other."""
    before = None
    for quad in parse(path=quads, format=RdfFormat.N_QUADS):
        if quad.triple != before:
            before = quad.triple
            yield before


def _written(
    folder: Path,
    name: str,
    written: RdfFormat,
    statements: Iterable[Quad] | Iterable[Triple],
    of: str,
    packings: Iterable[str] = _BOTH,
) -> Iterator[File]:
    """The statements in a format, in a file for each packing."""
    path = f"{name}.{written.file_extension}"
    with opened(folder, path, packings) as out:
        serialize(statements, out, format=written, prefixes=PREFIXES)
    yield from _files(folder, path, written, of, packings)


def _files(
    folder: Path, name: str, written: RdfFormat, of: str, packings: Iterable[str] = _BOTH
) -> Iterator[File]:
    for packing in packings:
        yield described(folder, packed_name(name, packing), written.media_type, of, packing)
