"""Exports that are a graph: what the queries of a profile make of the whole data set.

``exports/{token}/{token}.ttl``, ``.rdf``, ``.jsonld`` and ``.nt`` hold the same triples, in order;
``.nt.gz`` is for who takes much.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfileobj

from pyoxigraph import QueryTriples, RdfFormat, Store, Triple, parse, serialize

from ontology.names import PREFIXES
from server.linked import context
from server.publish import json_ld
from server.publish.exports.sorting import write_sorted
from server.publish.files import GZIP, described, opened, packed_name
from server.publish.profiles import Profile
from server.publish.source import File, Source

READABLE = (RdfFormat.TURTLE, RdfFormat.RDF_XML)
_JSON_LD, _N_TRIPLES = RdfFormat.JSON_LD, RdfFormat.N_TRIPLES


def write(profile: Profile, source: Source, folder: Path) -> Iterator[File]:
    """Write the export of a profile, below the folder of a release."""
    name = f"exports/{profile.token}/{profile.token}"
    lines = folder / f"{name}.{_N_TRIPLES.file_extension}"
    lines.parent.mkdir(parents=True, exist_ok=True)
    write_sorted(_triples(profile, source.store), lines)
    for written in READABLE:
        with opened(folder, f"{name}.{written.file_extension}", ("",)) as out:
            serialize(_read(lines), out, format=written, prefixes=PREFIXES)
        yield _file(folder, name, written, profile.token)
    with opened(folder, f"{name}.{_JSON_LD.file_extension}", ("",)) as out:
        json_ld.write(_read(lines), out, context.part(json_ld.used(_read(lines))))
    yield _file(folder, name, _JSON_LD, profile.token)
    with (
        opened(folder, f"{name}.{_N_TRIPLES.file_extension}", (GZIP,)) as out,
        lines.open("rb") as plain,
    ):
        copyfileobj(plain, out)
    yield _file(folder, name, _N_TRIPLES, profile.token)
    yield _file(folder, name, _N_TRIPLES, profile.token, GZIP)


def _triples(profile: Profile, store: Store) -> Iterator[Triple]:
    """What the queries find, one after the other: some of it more than once."""
    for text in profile.texts():
        found = store.query(text, use_default_graph_as_union=True)
        assert isinstance(found, QueryTriples)
        yield from found


def _read(lines: Path) -> Iterator[Triple]:
    return (quad.triple for quad in parse(path=lines, format=_N_TRIPLES))


def _file(folder: Path, name: str, written: RdfFormat, of: str, packing: str = "") -> File:
    path = packed_name(f"{name}.{written.file_extension}", packing)
    return described(folder, path, written.media_type, of, packing)
