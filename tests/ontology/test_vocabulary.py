"""The schemes: enough in them, bilingual, and every label meaning one thing."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal

from ingest.build import Built
from ingest.extract.mentions import TYPES
from ontology import shapes, vocabulary
from ontology.names import RDF as NAMES_RDF
from ontology.names import VOCABULARY, Minter, slug
from ontology.vocabulary import FOLDER, OntologyError, Vocabulary, parse_turtle


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return vocabulary.load(Minter())


@pytest.mark.parametrize(
    ("kind", "least"),
    [("Actor", 120), ("Instrument", 80), ("Theme", 80), ("PolicyArea", 11), ("Country", 70)],
)
def test_the_schemes_are_broad(words: Vocabulary, kind: str, least: int) -> None:
    assert len(words.of_type(kind)) >= least


@pytest.mark.parametrize(
    "name",
    ["IOB", "DRA", "NRK", "OCHA", "UNHCR", "UNICEF", "ILO", "IFC", "Wereldbank", "World Bank"],
)
def test_who_must_be_there_is_there(words: Vocabulary, name: str) -> None:
    assert words.find("actors", name).name("en")


def test_a_label_means_one_thing(words: Vocabulary) -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for concept in words.of_type(*TYPES):
        for label in concept.labels:
            meanings[label.text].add(concept.iri.value)
    assert {text: iris for text, iris in meanings.items() if len(iris) > 1} == {}


def test_every_concept_is_bilingual_and_defined(words: Vocabulary) -> None:
    data = shapes.to_rdflib(words.quads)
    found = shapes.violations(data, shapes.load_shapes())
    assert [str(one) for one in found] == []


def test_every_thing_a_concept_points_to_exists(words: Vocabulary) -> None:
    dangling = {
        (quad.subject.value, quad.object.value)
        for quad in words.quads
        if isinstance(quad.object, NamedNode)
        and isinstance(quad.subject, NamedNode)
        and quad.object.value.startswith("https://w3id.org/samenhang/id/")
        and "/scheme/" not in quad.object.value
        and quad.object not in words
    }
    assert dangling == set()


def test_the_model_explains_every_term_in_both_languages() -> None:
    model = Graph().parse(FOLDER / "model.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    for kind in kinds:
        for term in model.subjects(RDF.type, kind):
            for explained in (RDFS.label, SKOS.definition):
                values = model.objects(term, explained)
                languages = {one.language for one in values if isinstance(one, Literal)}
                assert languages == {"nl", "en"}, (term, explained)


def test_a_turtle_error_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "themes.ttl").write_text("PREFIX a: <http://a/>\n\na:b a:c .\n")
    with pytest.raises(OntologyError, match=r"themes\.ttl:3:\d+: "):
        vocabulary.load(Minter(), tmp_path)


def test_an_unknown_name_is_an_error(words: Vocabulary) -> None:
    with pytest.raises(OntologyError, match="no concept named 'nobody'"):
        words.find("actors", "nobody")


@pytest.mark.parametrize("base", ["", "w3id.org/", "https://example.nl", "ftp://example.nl/"])
def test_a_base_that_is_no_base_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="base IRI"):
        Minter(base)


def test_slugs_are_readable_and_ascii() -> None:
    assert slug("Opvang in de régio (2022)") == "opvang-in-de-regio-2022"


def test_the_model_explains_every_term_that_the_data_use(built: Built) -> None:
    model = {
        q.subject.value
        for q in parse_turtle(FOLDER / "model.ttl")
        if isinstance(q.subject, NamedNode)
    }
    used = {quad.predicate.value for quad in built.quads}
    used |= {
        quad.object.value
        for quad in built.quads
        if quad.predicate.value == NAMES_RDF + "type" and isinstance(quad.object, NamedNode)
    }
    assert {term for term in used if term.startswith(VOCABULARY)} <= model


def test_everything_that_is_pointed_to_has_a_description(built: Built) -> None:
    described = {quad.subject for quad in built.quads}
    dangling = {
        quad.object.value
        for quad in built.quads
        if isinstance(quad.object, NamedNode)
        and quad.object.value.startswith("https://w3id.org/samenhang/id/")
        and quad.object not in described
    }
    assert dangling == set()
