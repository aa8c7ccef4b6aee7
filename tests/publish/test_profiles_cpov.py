"""Organisations in ORG and CPOV: what a register of organisations can take over."""

from __future__ import annotations

import pytest
from rdflib import DCTERMS, FOAF, ORG, OWL, RDF, SKOS, Graph, Literal, Namespace, URIRef, namespace

from server.publish.source import Source
from tests.publish.profiled import described, exported, named, texts
from tests.publish.shapes import validate

ADMS = Namespace("http://www.w3.org/ns/adms#")
CV = Namespace("http://data.europa.eu/m8g/")
MINISTRY = named("actor/ministry-of-foreign-affairs")
IOB = named("actor/iob")
TOOI = "https://identifier.overheid.nl/tooi/id/ministerie/mnre1013"


@pytest.fixture(scope="module")
def organisations(source: Source) -> Graph:
    return exported(source, "cpov")


def test_the_official_shapes_find_nothing(organisations: Graph) -> None:
    found = validate(organisations, "cpov/core-public-organisation-ap-SHACL.ttl")
    assert [str(one) for one in found] == []


def test_a_ministry_is_public_and_known_in_tooi(organisations: Graph) -> None:
    assert (MINISTRY, RDF.type, CV.PublicOrganisation) in organisations
    assert (MINISTRY, OWL.sameAs, URIRef(TOOI)) in organisations
    codes = {
        code: organisations.value(identifier, ADMS.schemeAgency)
        for identifier in organisations.objects(MINISTRY, ADMS.identifier)
        for code in organisations.objects(identifier, SKOS.notation)
    }
    assert codes[Literal(TOOI, datatype=namespace.XSD.anyURI)] == Literal("TOOI")
    assert any(str(code) == "XM-DAC-7" and "IATI" in str(agency) for code, agency in codes.items())


def test_an_organisation_is_named_described_and_classified(organisations: Graph) -> None:
    names = {("Directie Internationaal Onderzoek en Beleidsevaluatie", "nl")}
    names.add(("Policy and Operations Evaluation Department", "en"))
    assert texts(organisations, "actor/iob", FOAF.name) == names
    assert texts(organisations, "actor/iob", SKOS.prefLabel) == names
    assert texts(organisations, "actor/iob", SKOS.altLabel) == {("IOB", "nl")}
    assert {language for _, language in texts(organisations, "actor/iob", DCTERMS.description)} == {
        "nl",
        "en",
    }
    kind = organisations.value(IOB, ORG.classification)
    assert (kind, RDF.type, SKOS.Concept) in organisations


def test_a_unit_belongs_to_its_ministry(organisations: Graph) -> None:
    assert (IOB, ORG.unitOf, MINISTRY) in organisations
    assert (MINISTRY, ORG.hasUnit, IOB) in organisations
    assert (IOB, RDF.type, ORG.OrganizationalUnit) in organisations


def test_a_part_of_what_is_not_public_is_no_unit_in_the_sense_of_cpov(organisations: Graph) -> None:
    part, whole = named("actor/conflict-research-unit"), named("actor/clingendael")
    assert (part, ORG.subOrganizationOf, whole) in organisations
    assert (part, ORG.unitOf, None) not in organisations
    assert (whole, RDF.type, CV.PublicOrganisation) not in organisations


def test_a_collaboration_has_its_members(organisations: Graph) -> None:
    partners = named("actor/prospects-partners")
    assert (partners, RDF.type, ORG.OrganizationalCollaboration) in organisations
    assert set(organisations.objects(partners, ORG.hasMember)) == {
        named(f"actor/{name}") for name in ("ifc", "ilo", "unhcr", "unicef", "world-bank")
    }
    assert (named("actor/unhcr"), ORG.memberOf, partners) in organisations
    assert (named("actor/dra"), RDF.type, ORG.OrganizationalCollaboration) in organisations


def test_a_membership_that_a_document_states_leads_to_the_statement(
    source: Source, organisations: Graph
) -> None:
    council = named("actor/un-human-rights-council")
    (membership,) = organisations.subjects(ORG.organization, council)
    assert organisations.value(membership, ORG.member) == named("actor/dutch-government")
    statement = organisations.value(membership, DCTERMS.source)
    assert statement is not None and str(membership).startswith(f"{statement}#")
    assert list(source.solutions(f"SELECT ?o WHERE {{ <{statement}> a ?o }}"))
    period = organisations.value(membership, ORG.memberDuring)
    years = {
        str(organisations.value(organisations.value(period, end), namespace.TIME.inXSDgYear))
        for end in (namespace.TIME.hasBeginning, namespace.TIME.hasEnd)
    }
    assert years == {"2024", "2026"}


def test_persons_countries_and_groups_are_no_organisations(organisations: Graph) -> None:
    found = set(organisations.subjects(RDF.type, ORG.Organization))
    assert len(found) > 200
    for name in ("kaag", "ngos", "donors", "private-sector", "osaka-expo-2025", "unnamed-author"):
        assert named(f"actor/{name}") not in found
    assert not [one for one in found if "/actor/" not in str(one)]


def test_an_office_is_a_post_in_its_organisation(organisations: Graph) -> None:
    office = named("actor/human-rights-ambassador")
    assert (office, RDF.type, ORG.Post) in organisations
    assert (office, ORG.postIn, MINISTRY) in organisations
    assert (office, RDF.type, ORG.Organization) not in organisations


def test_there_are_no_blank_nodes_and_no_words_of_our_own(organisations: Graph) -> None:
    assert all(isinstance(one, URIRef) for one in organisations.subjects())
    assert not [name for name in organisations.predicates() if "samenhang/def/" in str(name)]


@pytest.mark.parametrize(
    "name", ["iob", "dutch-government", "prospects-partners", "unhcr", "cabinet"]
)
def test_one_organisation_is_described_as_it_is_exported(
    source: Source, organisations: Graph, name: str
) -> None:
    one = named(f"actor/{name}")
    description = described(source, "cpov", f"actor/{name}")
    assert set(description) <= set(organisations)
    assert set(description.triples((one, None, None))) == set(
        organisations.triples((one, None, None))
    )
