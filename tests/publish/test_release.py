"""A release: whole or not there, the same bytes each time, kept for a while and then gone."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Dataset, RdfFormat, parse
from rdflib import Graph, URIRef

from server.publish import dumps
from server.publish.release import RELEASES, ReleaseError, Releases, make
from server.publish.source import File, Source
from server.settings import Settings
from tests.conftest import ROOT
from tests.publish.releasing import other, released, source_of
from tests.publish.shapes import found, violations, warnings

CRATE = "https://example.org/crate/"


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_every_file_has_its_checksum(tmp_path: Path) -> None:
    release = released(tmp_path, source_of(tmp_path))
    listed = {file.name: file for file in release.files}
    assert names(release.folder) == {*listed, "release.json"}
    for file in release.files:
        content = (release.folder / file.name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)
    summed = (release.folder / "SHA256SUMS").read_text("utf-8").splitlines()
    assert {line[66:] for line in summed} == {*listed} - {"SHA256SUMS"}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this machine")
def test_the_checksums_are_what_sha256sum_checks(tmp_path: Path) -> None:
    release = released(tmp_path, source_of(tmp_path))
    checked = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    done = subprocess.run(checked, cwd=release.folder, capture_output=True, check=True)
    assert b"samenhang.nq.gz: OK" in done.stdout


def test_a_release_is_read_as_it_was_made(tmp_path: Path) -> None:
    release = released(tmp_path, source_of(tmp_path))
    releases = Releases(tmp_path / RELEASES)
    assert releases.find(release.version) == release == releases.latest()
    assert releases.find(release.canonical_hash) == release
    assert releases.find("0" * 64) is None and releases.find("../releases") is None
    assert release.version == release.canonical_hash[:16]
    assert release.quads == 16


def test_a_release_is_made_once(tmp_path: Path) -> None:
    source = source_of(tmp_path)
    first = released(tmp_path, source)
    before = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")}
    assert released(tmp_path, source) == first
    assert {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")} == before


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    one = released(tmp_path / "one", source_of(tmp_path))
    time.sleep(1.1)  # gzip has the second in its header, if it is let
    two = released(tmp_path / "two", source_of(tmp_path))
    apart = {file.name for file in one.files if file not in two.files}
    assert apart <= {"ro-crate-metadata.json", "SHA256SUMS"}  # which say when it was made


def test_only_the_newest_are_kept_and_the_others_remembered(tmp_path: Path) -> None:
    made = [released(tmp_path, source_of(tmp_path, other(n)), kept=2) for n in range(3)]
    releases = Releases(tmp_path / RELEASES)
    assert {one.version for one in releases} == {made[1].version, made[2].version}
    assert releases.is_gone(made[0].version) and not releases.is_gone(made[1].version)
    assert releases.find(made[0].version) is None


def test_data_that_come_back_are_the_latest_again(tmp_path: Path) -> None:
    sources = [source_of(tmp_path, other(n)) for n in range(3)]
    for source in (*sources, sources[1], sources[0]):
        latest = released(tmp_path, source, kept=2)
        assert Releases(tmp_path / RELEASES).latest() == latest
    releases = Releases(tmp_path / RELEASES)
    assert not releases.is_gone(sources[0].version)
    assert len(list(releases)) == 2


def test_data_out_of_order_are_refused_in_words(tmp_path: Path) -> None:
    source = source_of(tmp_path)
    lines = source.quads.read_bytes().splitlines(keepends=True)
    source.quads.write_bytes(b"".join(lines[::-1]))
    with pytest.raises(ReleaseError, match="line 2 is out of order"):
        released(tmp_path, source)
    assert list(Releases(tmp_path / RELEASES)) == []


def test_a_producer_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    def broken(source: Source, folder: Path) -> Iterator[File]:
        (folder / "half").write_text("half", "utf-8")
        raise OSError(28, "No space left on device")

    before = released(tmp_path, source_of(tmp_path))
    source = source_of(tmp_path, other(1))
    with pytest.raises(OSError, match="No space left"):
        make(source, tmp_path / RELEASES, [dumps.write, broken], Settings(data=tmp_path))
    folder = tmp_path / RELEASES
    assert [one for one in folder.iterdir() if one.is_dir() and not one.is_symlink()] == [
        before.folder
    ]
    assert Releases(folder).latest() == before


KILLED = """
import sys, time
from pathlib import Path
from server.publish import dumps
from server.publish.release import RELEASES, make
from server.settings import Settings
from tests.publish.releasing import other, source_of

def stuck(source, folder):
    (folder / "half").write_text("half")
    print("half way", flush=True)
    time.sleep(60)

data = Path(sys.argv[1])
make(source_of(data, other(1)), data / RELEASES, [dumps.write, stuck], Settings(data=data))
"""


def test_a_process_that_is_killed_leaves_nothing_half_done(tmp_path: Path) -> None:
    before = released(tmp_path, source_of(tmp_path))
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, tmp_path],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"half way\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    releases = Releases(tmp_path / RELEASES)
    assert list(releases) == [before] and releases.latest() == before
    after = released(tmp_path, source_of(tmp_path, other(1)))
    assert not list(releases.folder.glob(".making-*")), "what was left half done is cleared away"
    assert releases.latest() == after


@pytest.mark.parametrize("suffix", ["nq", "trig", "jsonld"])
def test_each_dump_reads_back_to_the_same_data(tmp_path: Path, suffix: str) -> None:
    source = source_of(tmp_path)
    release = released(tmp_path, source)
    form = RdfFormat.from_extension(suffix)
    assert form is not None
    content = gzip.decompress((release.folder / f"samenhang.{suffix}.gz").read_bytes())
    assert Dataset(parse(content, form)) == Dataset(source.store)


def test_the_turtle_has_the_triples_of_all_graphs_each_once(tmp_path: Path) -> None:
    source = source_of(tmp_path)
    release = released(tmp_path, source)
    content = gzip.decompress((release.folder / "samenhang.ttl.gz").read_bytes())
    triples = [quad.triple for quad in parse(content, RdfFormat.TURTLE)]
    assert len(triples) == len(set(triples)) == 15  # of 16 quads: one triple is in both graphs
    assert set(triples) == {quad.triple for quad in source.store}


def test_a_description_for_researchers_is_a_valid_ro_crate(tmp_path: Path) -> None:
    release = released(tmp_path, source_of(tmp_path))
    written = json.loads((release.folder / "ro-crate-metadata.json").read_bytes())
    assert written["@context"][0] == "https://w3id.org/ro/crate/1.1/context"
    root = next(one for one in written["@graph"] if one["@id"] == "./")
    assert {one["@id"] for one in root["hasPart"]} == {file.name for file in release.files} - {
        "ro-crate-metadata.json",
        "SHA256SUMS",
    }
    assert release.canonical_hash in root["description"]
    folder = "ro-crate-1.1"
    shapes = [
        f"{folder}/{name}.ttl"
        for name in (
            "prefixes",
            "must_1_file-descriptor_metadata",
            "must_2_root_data_entity_metadata",
            "must_4_data_entity_metadata",
            "must_5_web_data_entity_metadata",
            "must_6_contextual_entity",
            "should_2_root_data_entity_metadata",
        )
    ]
    graph = crate_graph(written)
    assert len(graph) > 50
    # It says that a MediaObject is a File, and what the crate itself is, by relative IRIs.
    graph.parse(found(f"{folder}/ontology.ttl"), publicID=CRATE)
    assert violations(graph, *shapes, inference="owlrl") == []
    assert warnings(graph, *shapes, inference="owlrl") == []
    # The shapes do find what is missing.
    graph.remove((URIRef(CRATE), URIRef("http://schema.org/license"), None))
    assert violations(graph, *shapes, inference="owlrl") != []


def crate_graph(written: dict[str, object]) -> Graph:
    """The triples of a crate, with what its context means written out: nothing is fetched."""
    context = {
        "@vocab": "http://schema.org/",
        "File": "http://schema.org/MediaObject",
        "conformsTo": "http://purl.org/dc/terms/conformsTo",
    }
    text = json.dumps({**written, "@context": context})
    return Graph().parse(data=text, format="json-ld", publicID=CRATE)
