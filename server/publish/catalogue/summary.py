"""The data set in VoID beside its statistics: who publishes it, where it is, where to begin."""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace

from ontology import names as known
from server.publish.catalogue.description import DCAT, Names
from server.publish.dumps import GRAPH
from server.publish.release import Release

VOID = Namespace(known.VOID)
DESCRIPTION = "/.well-known/void"
_COPIED = (
    DCTERMS.title,
    DCTERMS.description,
    DCTERMS.publisher,
    DCTERMS.creator,
    DCTERMS.license,
    DCTERMS.modified,
)
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_WRITTEN = {
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
    "text/turtle": "Turtle",
    "application/ld+json": "JSON-LD",
}


def summary(graph: Graph, names: Names, release: Release | None) -> Graph:
    """The description of the data set, from what the catalogue says of it.

    VoID (https://www.w3.org/TR/void/), sections 2 (general metadata) and 3 (access metadata).
    """
    void = Graph()
    whole, document = names.thing("dataset/samenhang"), names.page(DESCRIPTION)
    void.add((document, RDF.type, VOID.DatasetDescription))
    void.add((document, FOAF.primaryTopic, whole))
    void.add((whole, RDF.type, VOID.Dataset))
    void.add((whole, FOAF.homepage, names.page("/")))
    for name in _COPIED:
        for value in graph.objects(whole, name):
            void.add((whole, name, value))
    void.add((whole, VOID.sparqlEndpoint, names.page("/sparql")))
    void.add((whole, VOID.uriSpace, Literal(names.thing(""))))
    void.add((whole, VOID.rootResource, names.catalogue))
    for dataset in graph.objects(names.catalogue, DCAT.dataset):
        void.add((whole, VOID.rootResource, dataset))
    if release is not None:
        issued = Literal(release.issued.isoformat(), datatype=XSD.dateTime)
        void.add((document, DCTERMS.modified, issued))
        for file in release.of(GRAPH):
            dump = names.page(f"/dumps/{release.version}/{file.name}")
            void.add((whole, VOID.dataDump, dump))
            if file.media_type in _WRITTEN:
                void.add((whole, VOID.feature, _FORMATS[_WRITTEN[file.media_type]]))
    return void
