"""The export in RDF 1.2: a triple is reified by the statements that it is drawn from."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

from ontology.names import definition
from server import saved
from server.publish.exports import rdf12
from server.publish.exports.rdf12 import REIFIES
from server.publish.source import Source
from server.query_files import QueryFiles, Values

THING = "https://w3id.org/samenhang/id/"
DRAWN = QueryFiles(Path(saved.__file__).parent / "queries")


@pytest.fixture(scope="module")
def folder(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    list(rdf12.write(source, folder))
    return folder / "exports" / "rdf12"


def read(path: Path, form: RdfFormat) -> list[Triple]:
    return [quad.triple for quad in parse(gzip.decompress(path.read_bytes()), format=form)]


@pytest.fixture(scope="module")
def triples(folder: Path) -> list[Triple]:
    return read(folder / "rdf12.ttl.gz", RdfFormat.TURTLE)


def test_turtle_and_n_triples_are_the_same_graph(folder: Path, triples: list[Triple]) -> None:
    lines = read(folder / "rdf12.nt.gz", RdfFormat.N_TRIPLES)
    assert len(lines) == len(set(lines))
    assert set(triples) == set(lines)


def test_what_is_reified_is_said_too(triples: list[Triple]) -> None:
    reified = {one.object for one in triples if one.predicate == REIFIES}
    assert reified
    assert reified <= set(triples)


@pytest.mark.parametrize(
    ("subject", "name", "value"),
    [
        ("actor/dutch-government", "funds", THING + "actor/unhcr"),
        ("theme/localisation", "handledIn", THING + "policy-area/humanitarian-aid"),
    ],
)
def test_a_triple_has_the_statements_of_its_evidence(
    source: Source, triples: list[Triple], subject: str, name: str, value: str
) -> None:
    triple = (NamedNode(THING + subject), definition(name), NamedNode(value))
    found = source.solutions(
        DRAWN.bound("evidence-drawn", {("subject", "property", "object"): [triple]})
    )
    expected = {row["statement"] for row in found}
    reifiers = {
        one.subject for one in triples if one.predicate == REIFIES and one.object == Triple(*triple)
    }
    assert reifiers == expected
    assert reifiers


@pytest.mark.parametrize("name", ["funds", "worksWith", "listedOn"])
def test_all_triples_of_a_property_have_all_statements_of_their_evidence(
    source: Source, triples: list[Triple], name: str
) -> None:
    quads = source.store.quads_for_pattern(None, definition(name), None, None)
    plain = sorted({(one.subject, one.predicate, one.object) for one in quads}, key=str)
    values = cast(Values, {("subject", "property", "object"): plain})
    rows = source.solutions(DRAWN.bound("evidence-drawn", values))
    expected = {
        (row["statement"], Triple(row["subject"], row["property"], row["object"])) for row in rows
    }
    reifiers = {
        (one.subject, one.object)
        for one in triples
        if one.predicate == REIFIES
        and isinstance(one.object, Triple)
        and one.object.predicate == definition(name)
    }
    assert reifiers == expected
    assert len(reifiers) > 50


def test_a_query_leads_from_a_triple_to_its_quote(triples: list[Triple]) -> None:
    store = Store()
    store.bulk_extend(Quad(one.subject, one.predicate, one.object) for one in triples)
    found = store.query(
        """
        PREFIX def: <https://w3id.org/samenhang/def/>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        PREFIX country: <http://publications.europa.eu/resource/authority/country/>
        PREFIX list: <https://w3id.org/samenhang/id/country-list/>
        SELECT DISTINCT ?quote WHERE {
          ?statement def:evidence/def:quote ?quote ;
            rdf:reifies <<( country:LBN def:listedOn list:reception-in-the-region-countries )>> .
        }
        """
    )
    assert isinstance(found, QuerySolutions)
    assert any("Libanon" in str(row["quote"]) for row in found)
