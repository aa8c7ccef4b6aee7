"""Documents in the vocabulary of ELI: work, expression, manifestation, and only what is certain."""

from __future__ import annotations

import pytest
from rdflib import DCTERMS, FOAF, RDF, SKOS, Graph, Literal, Namespace, URIRef, namespace

from server.publish.source import Source
from tests.publish.profiled import described, exported, named, texts, things
from tests.publish.shapes import validate

ELI = Namespace("http://data.europa.eu/eli/ontology#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
TOOI = Namespace("https://identifier.overheid.nl/tooi/def/thes/kern/")
AUTHORITY = Namespace("http://publications.europa.eu/resource/authority/")
LETTER = named("document/kst-35570-XVII-52")
PAGES = "https://zoek.officielebekendmakingen.nl/"


@pytest.fixture(scope="module")
def documents(source: Source) -> Graph:
    return exported(source, "eli")


def test_every_document_is_a_work_with_an_expression_and_a_manifestation(
    source: Source, documents: Graph
) -> None:
    works = set(documents.subjects(RDF.type, ELI.Work))
    assert {str(one) for one in works} == things(source, "eli")
    for work in works:
        expression = documents.value(work, ELI.is_realized_by)
        assert (expression, RDF.type, ELI.Expression) in documents
        assert documents.value(expression, ELI.language) == AUTHORITY["language/NLD"]
        text = documents.value(expression, ELI.is_embodied_by)
        assert (text, RDF.type, ELI.Manifestation) in documents


def test_a_letter_has_its_official_number_date_page_and_dossier(documents: Graph) -> None:
    assert documents.value(LETTER, DCTERMS.identifier) == Literal("kst-35570-XVII-52")
    assert documents.value(LETTER, ELI.date_document) == Literal(
        "2021-01-25", datatype=namespace.XSD.date
    )
    assert documents.value(LETTER, FOAF.page) == URIRef(f"{PAGES}kst-35570-XVII-52.html")
    assert documents.value(LETTER, DCTERMS.isPartOf) == named("dossier/35570")
    assert documents.value(LETTER, DCTERMS.publisher) == named("actor/ministry-of-foreign-affairs")


def test_a_letter_to_parliament_is_a_letter_and_a_parliamentary_paper_in_tooi(
    documents: Graph,
) -> None:
    kinds = set(documents.objects(LETTER, DCTERMS.type))
    assert kinds == {
        named("document-kind/parliamentary-letter"),
        TOOI.c_056a75e1,
        TOOI.c_7652d853,
    }
    own = documents.value(LETTER, ELI.work_type)
    assert own is not None
    assert ("Kamerbrief", "nl") in texts(documents, str(own), SKOS.prefLabel)


def test_an_annex_does_not_get_the_number_of_its_letter(documents: Graph) -> None:
    annex = named("document/2023-kabinetsreactie-iob-humanitaire-hulp")
    assert documents.value(annex, DCTERMS.identifier) is None
    assert documents.value(annex, ELI.date_document) is None
    assert documents.value(annex, DCTERMS.issued) == Literal("2023", datatype=namespace.XSD.gYear)


def test_only_papers_that_a_number_points_to_for_certain_are_cited(documents: Graph) -> None:
    note = named("document/2022-beleidsnota-bhos")
    cited = {str(one) for one in documents.objects(note, DCTERMS.references)}
    assert f"{PAGES}kst-34952-168.html" in cited
    # The dossier of a budget without its chapter may be that of several papers.
    assert not [one for one in cited if one.startswith(f"{PAGES}kst-35925-2")]
    assert documents.value(URIRef(f"{PAGES}kst-34952-168.html"), DCTERMS.identifier) == Literal(
        "kst-34952-168"
    )


def test_the_text_has_its_media_type_and_checksum(documents: Graph) -> None:
    text = named("text/kst-35570-XVII-52")
    assert documents.value(text, ELI.media_type) == URIRef(
        "https://www.iana.org/assignments/media-types/text/plain"
    )
    checksum = documents.value(text, SPDX.checksum)
    assert len(str(documents.value(checksum, SPDX.checksumValue))) == 64


def test_against_the_parliaments_own_shapes_only_the_explained_differences_remain(
    documents: Graph,
) -> None:
    """docs/registries.md says of each why it remains."""
    found = validate(documents, "eli-ep/eli-ep_plenary-documents.shacl.ttl")
    assert {one.path for one in found} == {
        str(ELI.language),
        str(SPDX.checksum),
        str(ELI.is_exemplified_by),
        str(DCTERMS.issued),
        str(DCTERMS.format),
        str(ELI.is_embodied_by),  # for what is said of the manifestation
    }


def test_there_are_no_blank_nodes(documents: Graph) -> None:
    assert all(isinstance(one, URIRef) for one in documents.subjects())


def test_one_document_is_described_as_it_is_exported(source: Source, documents: Graph) -> None:
    description = described(source, "eli", "document/kst-35570-XVII-52")
    assert set(description) <= set(documents)
    assert set(description.triples((LETTER, None, None))) == set(
        documents.triples((LETTER, None, None))
    )
