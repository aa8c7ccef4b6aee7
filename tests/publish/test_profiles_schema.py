"""Things in schema.org: what is true of them, in words that schema.org has."""

from __future__ import annotations

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef, namespace

from server.publish.source import Source
from tests.publish.profiled import described, exported, named, texts, things

SDO = Namespace("https://schema.org/")
LIBANON = "http://publications.europa.eu/resource/authority/country/LBN"


@pytest.fixture(scope="module")
def everything(source: Source) -> Graph:
    return exported(source, "schema")


def _kinds(graph: Graph, thing: str) -> set[str]:
    return {str(kind).removeprefix(str(SDO)) for kind in graph.objects(named(thing), RDF.type)}


def test_everything_that_the_profile_describes_has_a_type(
    source: Source, everything: Graph
) -> None:
    typed = {str(one) for one in everything.subjects(RDF.type)}
    assert things(source, "schema") <= typed


def test_no_word_is_made_up(everything: Graph) -> None:
    used = {str(one) for one in everything.predicates()} - {str(RDF.type)}
    used |= {str(one) for one in everything.objects(None, RDF.type)}
    assert used <= set(map(str, dir(namespace.SDO)))


@pytest.mark.parametrize(
    ("thing", "kinds"),
    [
        ("actor/iob", {"GovernmentOrganization", "Organization"}),
        ("actor/unhcr", {"Organization"}),
        ("actor/oxfam-novib", {"NGO", "Organization"}),
        ("actor/kaag", {"Person"}),
        ("actor/ngos", {"DefinedTerm"}),
        ("actor/minister-of-foreign-affairs", {"DefinedTerm"}),
        (LIBANON, {"Country"}),
        ("region/sahel", {"Place"}),
        ("theme/localisation", {"DefinedTerm"}),
        ("instrument/constitution", {"DefinedTerm", "Legislation"}),
        ("instrument/dggf", {"DefinedTerm"}),
        ("scheme/themes", {"DefinedTermSet"}),
        ("document/2025-periodieke-rapportage-artikel-1", {"CreativeWork", "Report"}),
        ("document/kst-35570-XVII-52", {"CreativeWork"}),
    ],
)
def test_a_thing_is_what_it_is(everything: Graph, thing: str, kinds: set[str]) -> None:
    assert _kinds(everything, thing) == kinds


def test_an_organisation_has_its_names_identifiers_and_parent(everything: Graph) -> None:
    ministry = named("actor/ministry-of-foreign-affairs")
    assert texts(everything, str(ministry), SDO.name) == {
        ("Ministerie van Buitenlandse Zaken", "nl"),
        ("Ministry of Foreign Affairs", "en"),
    }
    assert ("BZ", "") in texts(everything, str(ministry), SDO.alternateName)
    values = {
        str(everything.value(one, SDO.value))
        for one in everything.objects(ministry, SDO.identifier)
    }
    assert "XM-DAC-7" in values
    assert everything.value(named("actor/iob"), SDO.parentOrganization) == ministry


def test_a_country_lies_in_its_region_and_has_its_code(everything: Graph) -> None:
    assert everything.value(named(LIBANON), SDO.identifier) == Literal("LB")
    places = set(everything.objects(named("region/north-africa"), SDO.containsPlace))
    assert places
    for place in places:
        assert (place, SDO.containedInPlace, named("region/north-africa")) in everything


def test_a_finding_is_a_claim_with_the_passage_it_is_quoted_from(everything: Graph) -> None:
    claims = sorted(everything.subjects(RDF.type, SDO.Claim), key=str)
    assert len(claims) > 500
    for claim in claims[:50]:
        appearance = everything.value(claim, SDO.appearance)
        assert (appearance, RDF.type, SDO.CreativeWork) in everything
        assert everything.value(claim, SDO.author) is not None
        quotation = everything.value(claim, SDO.isBasedOn)
        assert (quotation, RDF.type, SDO.Quotation) in everything
        assert len(str(everything.value(quotation, SDO.text))) > 10


def test_a_recommendation_is_a_statement_and_no_claim_of_fact(everything: Graph) -> None:
    recommendation = "recommendation/2023-kabinetsreactie-iob-humanitaire-hulp/5-iv-1"
    assert _kinds(everything, recommendation) == {"Statement"}
    assert everything.value(named(recommendation), SDO.author) == named("actor/iob")


def test_there_are_no_blank_nodes(everything: Graph) -> None:
    assert all(isinstance(one, URIRef) for one in everything.subjects())


@pytest.mark.parametrize(
    "thing",
    [
        "actor/iob",
        "theme/localisation",
        "scheme/themes",
        LIBANON,
        "document/2022-beleidsnota-bhos",
        "recommendation/2023-kabinetsreactie-iob-humanitaire-hulp/5-iv-1",
    ],
)
def test_one_thing_is_described_as_it_is_exported(
    source: Source, everything: Graph, thing: str
) -> None:
    description = described(source, "schema", thing)
    assert set(description) <= set(everything)
    assert set(description.triples((named(thing), None, None))) == set(
        everything.triples((named(thing), None, None))
    )
