"""Nanopublications: well-formed and true to their names, by a library that is not ours."""

from __future__ import annotations

import gzip
import warnings
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize
from rdflib import ConjunctiveGraph

from ontology.names import PROV, RDF, definition
from server.publish.exports import nanopub
from server.publish.exports.nanopub import Nanopublications
from server.publish.source import Source

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from nanopub.nanopub import Nanopub
    from nanopub.utils import MalformedNanopubError

TYPE = NamedNode(RDF + "type")
LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"

Made = dict[str, list[Quad]]


@pytest.fixture(scope="module")
def path(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    list(nanopub.write(source, folder))
    return folder / "exports" / "nanopub" / "nanopub.trig.gz"


@pytest.fixture(scope="module")
def made(path: Path) -> Made:
    """The quads of each nanopublication, by its name."""
    quads = parse(gzip.decompress(path.read_bytes()), format=RdfFormat.TRIG)
    return {name: list(group) for name, group in groupby(quads, key=_name)}


def test_each_statement_has_one(source: Source, made: Made) -> None:
    statements = {
        quad.subject
        for quad in source.store.quads_for_pattern(None, TYPE, definition("Statement"), None)
    }
    topics = [
        quad.object
        for quads in made.values()
        for quad in quads
        if quad.predicate.value == "http://xmlns.com/foaf/0.1/primaryTopic"
    ]
    assert len(topics) == len(statements) > 10_000
    assert set(topics) == statements


def test_of_every_kind_one_is_well_formed_and_has_the_name_of_its_content(made: Made) -> None:
    kinds = {
        kind: name
        for name, quads in made.items()
        for kind in _objects(quads, "http://purl.org/nanopub/x/hasNanopubType")
    }
    assert len(kinds) >= 28
    for name in sorted(set(kinds.values())):
        read = _read(made[name])
        assert read.is_valid
        assert read.has_valid_trusty, name


def test_who_changes_a_word_changes_the_name(made: Made) -> None:
    quads = next(iter(made.values()))
    changed = [
        Quad(quad.subject, quad.predicate, Literal("iets anders"), quad.graph_name)
        if quad.predicate == definition("quote")
        else quad
        for quad in quads
    ]
    with pytest.raises(MalformedNanopubError, match="not valid"):
        _ = _read(changed).has_valid_trusty


def test_a_nanopublication_says_what_is_said_where_and_who_read_it(made: Made) -> None:
    quote = "Het totale budget voor dit partnerschap is 500 miljoen euro (2018-2023)."
    [quads] = [
        quads
        for name, quads in made.items()
        if "0f1089bcd5d68729" in name or quote in _objects(quads, definition("quote").value)
        if definition("Allocation").value in _objects(quads, TYPE.value)
    ]
    assertion = _part(quads, "assertion")
    assert _objects(assertion, definition("amount").value) == ["500000000"]
    assert _objects(assertion, definition("evidence").value) == []
    provenance = _part(quads, "provenance")
    assert quote in _objects(provenance, definition("quote").value)
    assert quote in _objects(provenance, "http://www.w3.org/ns/oa#exact")[0].replace("\n", "")
    assert _objects(provenance, PROV + "wasAttributedTo") == [
        "https://w3id.org/samenhang/id/actor/minister-for-foreign-trade-and-development"
    ]
    assert _objects(provenance, PROV + "hadPrimarySource") == [
        "https://w3id.org/samenhang/id/document/kst-35570-XVII-52"
    ]
    assert _objects(provenance, PROV + "hadPlan")
    assert len(_objects(provenance, definition("sha256").value)) == 1
    publication = _part(quads, "pubinfo")
    assert _objects(publication, "http://purl.org/dc/terms/license") == [LICENCE]


def test_all_that_is_said_of_a_statement_is_in_it(source: Source, made: Made) -> None:
    for name in list(made)[::500]:
        [topic] = _objects(made[name], "http://xmlns.com/foaf/0.1/primaryTopic")
        statement = NamedNode(topic)
        said = {
            (quad.predicate, quad.object)
            for quad in source.store.quads_for_pattern(statement, None, None, None)
        }
        told = {(quad.predicate, quad.object) for quad in made[name] if quad.subject == statement}
        assert told == said


def test_who_publishes_and_under_which_licence_can_be_told(source: Source) -> None:
    statement = "https://w3id.org/samenhang/id/statement/0f1089bcd5d68729"
    publisher = "https://identifier.overheid.nl/tooi/id/ministerie/mnre1013"
    licence = "http://creativecommons.org/licenses/by/4.0/"
    quads = Nanopublications(source.store, source.base, publisher, licence).of(statement)
    assert _objects(quads, "http://purl.org/dc/terms/creator") == [publisher]
    assert _objects(quads, "http://purl.org/dc/terms/license") == [licence]
    assert _objects(quads, PROV + "agent") == [publisher]


def test_the_same_data_give_the_same_nanopublications(source: Source, made: Made) -> None:
    again = Nanopublications(source.store, source.base)
    for quads in list(made.values())[::200]:
        [topic] = _objects(quads, "http://xmlns.com/foaf/0.1/primaryTopic")
        assert again.of(topic) == quads


def _name(quad: Quad) -> str:
    assert isinstance(quad.graph_name, NamedNode)
    return quad.graph_name.value.partition("#")[0]


def _part(quads: list[Quad], part: str) -> list[Quad]:
    return [quad for quad in quads if str(quad.graph_name).endswith(f"#{part}>")]


def _objects(quads: list[Quad], predicate: str) -> list[str]:
    def found() -> Iterator[str]:
        for quad in quads:
            if quad.predicate.value == predicate:
                assert isinstance(quad.object, NamedNode | Literal)
                yield quad.object.value

    return list(found())


def _read(quads: list[Quad]) -> Nanopub:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = ConjunctiveGraph()
        graph.parse(data=serialize(quads, format=RdfFormat.N_QUADS), format="nquads")
        return Nanopub(rdf=graph)
