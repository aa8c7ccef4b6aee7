"""Concepts in NL-SBB: all of them, with what the Dutch standard asks and nothing it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCTERMS, FOAF, RDF, SKOS, Graph, Namespace

from server.publish.source import Source
from tests.publish import sparql_constraints
from tests.publish.profiled import described, exported, named, texts, things
from tests.publish.shapes import validate

SHAPES = "nl-sbb/skos-ap-nl.ttl"
ISOTHES = Namespace("http://purl.org/iso25964/skos-thes#")
LIBANON = "http://publications.europa.eu/resource/authority/country/LBN"
MAPPINGS = (
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.narrowMatch,
    SKOS.relatedMatch,
)


@pytest.fixture(scope="module")
def concepts(source: Source) -> Graph:
    return exported(source, "nl-sbb")


@pytest.fixture(scope="module")
def with_others(concepts: Graph) -> Graph:
    """The export, and that the concepts of others that ours are mapped to are concepts."""
    others = Graph()
    for mapping in MAPPINGS:
        for other in concepts.objects(None, mapping):
            others.add((other, RDF.type, SKOS.Concept))
    return concepts + others


def test_every_concept_and_every_scheme_is_in_the_export(source: Source, concepts: Graph) -> None:
    described_ones = set(concepts.subjects(RDF.type, SKOS.Concept))
    described_ones |= set(concepts.subjects(RDF.type, SKOS.ConceptScheme))
    assert {str(one) for one in described_ones} == things(source, "nl-sbb")
    assert len(described_ones) > 1300


def test_every_concept_is_defined_in_both_languages(concepts: Graph) -> None:
    for concept in concepts.subjects(RDF.type, SKOS.Concept):
        assert {language for _, language in texts(concepts, str(concept), SKOS.definition)} == {
            "nl",
            "en",
        }


def test_the_official_shapes_find_nothing_not_even_to_warn_of(
    concepts: Graph, with_others: Graph, tmp_path: Path
) -> None:
    ours = {str(one) for one in concepts.subjects()}
    shapes = sparql_constraints.without(SHAPES, tmp_path)
    found = [one for one in validate(with_others, shapes) if one.node in ours]
    # What the tests know of countries elsewhere names a scheme that is not ours to describe.
    assert [
        str(one) for one in found if not one.value.startswith(LIBANON.removesuffix("/LBN"))
    ] == []


def test_the_official_sparql_constraints_find_nothing(concepts: Graph, with_others: Graph) -> None:
    ours = {str(one) for one in concepts.subjects()}
    found = sparql_constraints.breaches(with_others, SHAPES)
    assert [str(one) for one in found if one.node in ours] == []


def test_the_official_sparql_constraints_are_really_asked(with_others: Graph) -> None:
    broken = Graph() + with_others
    theme, other = named("theme/localisation"), named("theme/localisation-policy")
    broken.add((other, RDF.type, SKOS.Concept))
    broken.add((other, SKOS.inScheme, named("scheme/themes")))
    broken.add((other, SKOS.prefLabel, next(broken.objects(theme, SKOS.prefLabel))))
    broken.add((theme, SKOS.related, named("document/none")))
    found = sparql_constraints.breaches(broken, SHAPES)
    assert {(one.severity, one.node) for one in found} >= {
        ("Warning", str(theme)),
        ("Warning", str(other)),
        ("Info", str(other)),
        ("Violation", str(named("document/none"))),
    }


def test_a_theme_has_its_terms_and_its_place_in_the_hierarchy(concepts: Graph) -> None:
    theme = named("theme/localisation")
    assert texts(concepts, theme, SKOS.prefLabel) == {
        ("lokalisering", "nl"),
        ("localisation", "en"),
    }
    assert ("lokalisatie", "nl") in texts(concepts, theme, SKOS.altLabel)
    assert named("theme/shift-of-power") in concepts.objects(theme, SKOS.narrower)
    assert (named("scheme/themes"), SKOS.hasTopConcept, theme) in concepts


def test_the_words_by_which_a_concept_is_recognised_are_left_out(concepts: Graph) -> None:
    assert (None, SKOS.hiddenLabel, None) not in concepts
    assert not [name for name in concepts.predicates() if "samenhang/def/" in str(name)]


def test_an_abbreviation_is_a_synonym_unless_it_is_the_name_itself(concepts: Graph) -> None:
    assert ("IOB", "nl") in texts(concepts, "actor/iob", SKOS.altLabel)
    assert ("UNHCR", "nl") in texts(concepts, "actor/unhcr", SKOS.prefLabel)
    assert ("UNHCR", "nl") not in texts(concepts, "actor/unhcr", SKOS.altLabel)


def test_a_country_keeps_its_iri_of_the_eu_and_its_codes(concepts: Graph) -> None:
    codes = {str(code) for code in concepts.objects(named(LIBANON), SKOS.notation)}
    assert codes >= {"LB", "LBN", "422"}
    assert (named(LIBANON), SKOS.inScheme, named("scheme/countries")) in concepts


def test_a_unit_is_a_part_of_its_organisation(concepts: Graph) -> None:
    ministry = named("actor/ministry-of-foreign-affairs")
    assert (named("actor/iob"), ISOTHES.broaderPartitive, ministry) in concepts
    assert (ministry, SKOS.narrower, named("actor/iob")) in concepts


def test_relations_across_schemes_are_mappings(concepts: Graph) -> None:
    for relation in (SKOS.broader, SKOS.narrower, SKOS.related):
        for one, other in concepts.subject_objects(relation):
            assert concepts.value(one, SKOS.inScheme) == concepts.value(other, SKOS.inScheme)
    area = concepts.value(named("theme/migration-cooperation"), SKOS.relatedMatch)
    assert area == named("policy-area/migration")


def test_the_sources_of_a_list_are_documents_with_a_title(concepts: Graph) -> None:
    source = concepts.value(named("country-list/focus-regions"), DCTERMS.source)
    assert source == named("document/2022-beleidsnota-bhos")
    assert (source, RDF.type, FOAF.Document) in concepts
    assert {language for _, language in texts(concepts, str(source), DCTERMS.title)} == {"nl", "en"}


def test_one_concept_is_described_as_it_is_exported(source: Source, concepts: Graph) -> None:
    theme = described(source, "nl-sbb", "theme/localisation")
    assert set(theme.triples((named("theme/localisation"), None, None))) == set(
        concepts.triples((named("theme/localisation"), None, None))
    )
    assert set(theme) <= set(concepts)


def test_one_scheme_is_described_with_its_top_concepts(source: Source) -> None:
    scheme = described(source, "nl-sbb", "scheme/stances")
    assert named("stance/adopted") in scheme.objects(named("scheme/stances"), SKOS.hasTopConcept)
    assert set(scheme.subjects()) == {named("scheme/stances")}
