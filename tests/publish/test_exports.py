"""Exports that are graphs: a file for each format, the same triples in all of them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import Graph

from ontology.names import DEFAULT_BASE
from server.publish import exports
from server.publish.exports.sorting import write_sorted
from server.publish.profiles import load
from tests.publish.releasing import released, source_of

FORMATS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nt": "nt"}


def test_each_format_of_an_export_has_the_same_triples(tmp_path: Path) -> None:
    release = released(tmp_path, source_of(tmp_path))
    folder = release.folder / "exports" / "nl-sbb"
    expected = {quad.triple for quad in parse(path=folder / "nl-sbb.nt")}
    assert len(expected) > 2
    for suffix, name in FORMATS.items():
        path = folder / f"nl-sbb.{suffix}"
        assert {quad.triple for quad in parse(path=path)} == expected, suffix
        assert len(Graph().parse(path, format=name)) == len(expected), suffix
    with gzip.open(folder / "nl-sbb.nt.gz") as file:
        assert file.read() == (folder / "nl-sbb.nt").read_bytes()


def test_what_is_exported_has_a_profile_and_every_profile_is_exported_or_described() -> None:
    exported = exports.exported(DEFAULT_BASE)
    assert {"nl-sbb", "dcat"} <= set(exported)
    for token, profile in load().items():
        assert token in exported or profile.classes, f"{token} neither exports nor describes"
        for text in (profile.title, profile.purpose, profile.leaves_out):
            assert text.nl and text.en


def test_triples_are_sorted_in_pieces_as_in_one(tmp_path: Path) -> None:
    triples = [
        Triple(NamedNode(f"urn:{n * 7 % 11}"), NamedNode("urn:p"), Literal(f"é{n % 3}"))
        for n in range(40)
    ]
    whole, pieces = tmp_path / "whole.nt", tmp_path / "pieces.nt"
    write_sorted(triples, whole)
    write_sorted(triples, pieces, at_once=7)
    assert pieces.read_bytes() == whole.read_bytes()
    lines = whole.read_bytes().splitlines()
    assert lines == sorted(set(lines)) and len(lines) == len(set(triples))
    assert {*tmp_path.iterdir()} == {whole, pieces}
    assert {q.triple for q in parse(path=whole, format=RdfFormat.N_TRIPLES)} == set(triples)


@pytest.mark.parametrize("token", sorted(exports.producers(DEFAULT_BASE)))
def test_data_that_are_small_can_be_exported_in_every_profile(tmp_path: Path, token: str) -> None:
    source = source_of(tmp_path)
    files = list(exports.producers(source.base)[token](source, tmp_path))
    assert files
    for file in files:
        assert file.of == token
        assert file.name.startswith(f"exports/{token}/")
        assert (tmp_path / file.name).stat().st_size == file.size
