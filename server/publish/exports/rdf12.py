"""RDF 1.2: each plain triple between things, reified by the statements that it is drawn from.

``statement rdf:reifies <<( subject predicate object )>>`` (RDF 1.2 Concepts, 1.5 "Triple terms and
reification", https://www.w3.org/TR/rdf12-concepts/). Which triple is drawn from which statements
is what the evidence of a triple says (``server/saved/queries/evidence-drawn.rq``). In all else the
data are RDF 1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store, Triple, serialize

from ontology.names import PREFIXES, RDF, definition
from server import saved
from server.publish.exports.tables import write_readme
from server.publish.files import GZIP, described, opened, packed_name
from server.publish.source import File, Source
from server.query_files import QueryFiles

EXPORT = "rdf12"
REIFIES = NamedNode(RDF + "reifies")

_DRAWN = Path(saved.__file__).parent / "queries"
_EVIDENCE = definition("evidence")


def write(source: Source, folder: Path) -> Iterator[File]:
    """Write the plain triples, their statements and the passages as Turtle and N-Triples 1.2."""
    yield write_readme(folder, EXPORT)
    triples = sorted(set(_triples(source)), key=str)
    name = f"exports/{EXPORT}/{EXPORT}"
    for written in (RdfFormat.TURTLE, RdfFormat.N_TRIPLES):
        path = f"{name}.{written.file_extension}"
        prefixes = PREFIXES if written == RdfFormat.TURTLE else None
        with opened(folder, path, (GZIP,)) as out:
            serialize(triples, out, format=written, prefixes=prefixes)
        yield described(folder, packed_name(path, GZIP), written.media_type, EXPORT, GZIP)


def _triples(source: Source) -> Iterator[Triple]:
    statements = set()
    for row in source.solutions(QueryFiles(_DRAWN, source.base).bound("evidence-drawn", {})):
        statement = row["statement"]
        assert isinstance(statement, NamedNode)
        triple = Triple(row["subject"], row["property"], row["object"])
        yield triple
        yield Triple(statement, REIFIES, triple)
        statements.add(statement)
    said = set(_of(source.store, statements))
    yield from said
    passages = {one.object for one in said if one.predicate == _EVIDENCE}
    yield from _of(source.store, (one for one in passages if isinstance(one, NamedNode)))


def _of(store: Store, things: Iterable[NamedNode]) -> Iterator[Triple]:
    """What the data say of things."""
    for thing in things:
        for quad in store.quads_for_pattern(thing, None, None, None):
            yield quad.triple
