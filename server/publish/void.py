"""The statistics of a data set in the Vocabulary of Interlinked Datasets, made once per release.

VoID (https://www.w3.org/TR/void/), sections 4.6 (statistics), 4.5 (partitions) and 5 (linksets):
one CONSTRUCT for each kind, in ``queries/void-*.rq``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse, serialize

from server.publish.files import described
from server.publish.source import File, Source
from server.query_files import QueryFiles
from server.store.interface import N_TRIPLES

NAME = "void.nt"
FORM = "void"
"""What the file is of."""
QUERIES = Path(__file__).parent / "queries"


def write(source: Source, folder: Path) -> Iterable[File]:
    """Write the statistics as sorted N-Triples below the folder of a release."""
    lines = sorted(statistics(source), key=str)
    (folder / NAME).write_bytes(serialize(lines, format=RdfFormat.N_TRIPLES) or b"")
    return [described(folder, NAME, N_TRIPLES, FORM)]


def statistics(source: Source) -> set[Triple]:
    """How many there are of everything: of triples, subjects, properties, classes and links."""
    files = QueryFiles(QUERIES, source.base)
    names = sorted(path.stem for path in QUERIES.glob("void-*.rq"))
    return {triple for name in names for triple in source.triples(files.bound(name, {}))}


def read(path: Path) -> list[Triple]:
    """The statistics of a release; none where the file is not there."""
    if not path.is_file():
        return []
    quads = parse(path=path, format=RdfFormat.N_TRIPLES)
    return [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
