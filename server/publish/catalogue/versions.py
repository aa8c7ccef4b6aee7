"""The versions of the data set: what is new in the catalogue with each release."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import DCTERMS, FOAF, OWL, RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from server.pages.language import LANGUAGES, Texts
from server.publish.catalogue.description import DCAT, FOLDER, Names, complete
from server.publish.release import Release

_TEXTS = Texts(FOLDER / "texts.yaml")
_PROFILE = URIRef("https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/")
_SHARED = (
    DCTERMS.publisher,
    DCTERMS.creator,
    DCTERMS.license,
    DCTERMS.conformsTo,
    DCTERMS.accrualPeriodicity,
    DCAT.contactPoint,
    DCAT.theme,
    DCAT.keyword,
    DCAT.landingPage,
    FOAF.page,
)


def version_of(release: Release, names: Names) -> URIRef:
    """The IRI of the data as they are in a release."""
    return names.thing(f"dataset/{release.version}")


def add_versions(graph: Graph, releases: Sequence[Release], names: Names) -> None:
    """Describe each release as a version of the whole data set; the newest comes first."""
    whole = names.thing("dataset/samenhang")
    for release, before in zip(releases, [*releases[1:], None], strict=True):
        version = version_of(release, names)
        graph.add((whole, DCAT.hasVersion, version))
        graph.add((version, DCAT.isVersionOf, whole))
        graph.add((version, RDF.type, DCAT.Dataset))
        graph.add((version, DCAT.version, Literal(release.version)))
        # Answers and receipts name the data by its whole hash.
        graph.add((version, OWL.sameAs, names.thing(f"dataset/{release.canonical_hash}")))
        _describe(graph, version, release)
        if before is not None:
            graph.add((version, DCAT.previousVersion, version_of(before, names)))
        for name in _SHARED:
            for value in list(graph.objects(whole, name)):
                graph.add((version, name, value))
        complete(graph, version)


def add_records(graph: Graph, release: Release, names: Names) -> None:
    """Say since when everything in the catalogue is as it is, with a record for each entry."""
    modified = Literal(release.issued.isoformat(), datatype=XSD.dateTime)
    catalogue = names.catalogue
    graph.add((catalogue, DCTERMS.modified, modified))
    for one in _entries(graph, catalogue):
        record = URIRef(f"{one}#record")
        graph.add((one, DCTERMS.modified, modified))
        graph.add((catalogue, DCAT.record, record))
        graph.add((record, RDF.type, DCAT.CatalogRecord))
        graph.add((record, FOAF.primaryTopic, one))
        graph.add((record, DCTERMS.modified, modified))
        graph.add((record, DCTERMS.conformsTo, _PROFILE))
        for language in graph.objects(catalogue, DCTERMS.language):
            graph.add((record, DCTERMS.language, language))
        for title in graph.objects(one, DCTERMS.title):
            graph.add((record, DCTERMS.title, title))


def _entries(graph: Graph, catalogue: URIRef) -> list[Node]:
    found = {*graph.objects(catalogue, DCAT.dataset), *graph.objects(catalogue, DCAT.service)}
    return sorted(found, key=str)


def _describe(graph: Graph, version: URIRef, release: Release) -> None:
    issued = release.issued.date().isoformat()
    for language in LANGUAGES:
        title = _TEXTS.text("version", language, version=release.version)
        about = _TEXTS.text("version-about", language, issued=issued, hash=release.canonical_hash)
        graph.add((version, DCTERMS.title, Literal(title, language)))
        graph.add((version, DCTERMS.description, Literal(about, language)))
    moment = Literal(release.issued.isoformat(), datatype=XSD.dateTime)
    graph.add((version, DCTERMS.issued, moment))
    graph.add((version, DCTERMS.modified, moment))
