"""The dumps of the whole data: the same in each format, with a hash that others can check."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
import zstandard
from pyld import jsonld
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
    serialize,
)

from server.publish import dumps
from server.publish.release import Release, make
from server.publish.source import Source
from server.settings import Settings


@pytest.fixture(scope="module")
def release(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Release:
    return make(source, tmp_path_factory.mktemp("releases"), [dumps.write], Settings())


@pytest.fixture(scope="module")
def quads(source: Source) -> set[Quad]:
    return set(source.store)


@pytest.mark.parametrize("name", ["samenhang.nq.zst", "samenhang.trig.gz", "samenhang.jsonld.zst"])
def test_a_dump_reads_back_to_the_whole_data_set(
    release: Release, quads: set[Quad], name: str
) -> None:
    file = release.file(name)
    assert file is not None
    form = RdfFormat.from_media_type(file.media_type)
    assert form is not None
    assert set(parse(unpacked(release.folder / name), form)) == quads


def test_the_graphs_together_are_the_whole_data_set(release: Release, quads: set[Quad]) -> None:
    found: set[Quad] = set()
    for file in release.files:
        if file.of.startswith("graph/"):
            graph = NamedNode(release.base + "id/" + file.of)
            content = unpacked(release.folder / file.name)
            triples = (quad.triple for quad in parse(content, RdfFormat.TURTLE))
            found |= {Quad(one.subject, one.predicate, one.object, graph) for one in triples}
    assert found == quads


def test_the_hash_is_that_of_the_canonical_data_set(release: Release, source: Source) -> None:
    """RDF Dataset Canonicalization 1.0, by a library: of data without blank nodes it is the lines
    of the build.
    """
    found = Dataset(parse(unpacked(release.folder / "samenhang.trig.gz"), RdfFormat.TRIG))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = (serialize(found, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    canonical = b"".join(sorted(lines))
    assert hashlib.sha256(canonical).hexdigest() == release.canonical_hash
    assert canonical == source.quads.read_bytes()
    assert b"_:" not in {term for line in lines for term in line.split()[:1]}


def test_another_library_makes_the_same_canonical_lines(release: Release, source: Source) -> None:
    """URDNA2015 is RDFC-1.0 under its earlier name."""
    name = NamedNode(f"{release.base}id/graph/threads")
    quads = list(source.store.quads_for_pattern(None, None, None, name))
    text = (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()
    form = "application/n-quads"
    options = {"algorithm": "URDNA2015", "inputFormat": form, "format": form}
    with source.quads.open(encoding="utf-8", newline="\n") as lines:
        ours = [line for line in lines if line.endswith(f" <{name.value}> .\n")]
    assert len(ours) == len(quads) > 100
    assert jsonld.normalize(text, options) == "".join(ours)


def test_json_ld_has_names_that_people_read(release: Release) -> None:
    with gzip.open(release.folder / "samenhang.jsonld.gz", "rt", encoding="utf-8") as lines:
        found = next(line for line in lines if '/id/theme/localisation", "type' in line)
    assert '"prefLabel": {' in found
    assert "http://www.w3.org/2004/02/skos/core#prefLabel" not in found


def unpacked(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().stream_reader(content).read()
    return gzip.decompress(content)
