"""What the catalogue says whatever the release: ``catalogue.ttl``, completed with the settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rdflib import DCTERMS, FOAF, ORG, RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ontology import names as known
from ontology.names import DATA_PATH
from server.settings import Settings

FOLDER = Path(__file__).parent
ADMS = Namespace("http://www.w3.org/ns/adms#")
DCAT = Namespace(known.DCAT)  # rdflib's own lacks the terms of DCAT 3
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
AUTHORITY = Namespace("http://publications.europa.eu/resource/authority/")
HOLDS = URIRef("tag:samenhang,2025:holds")
"""Which files of a release are forms of a data set. Of our own making, not published."""
LANGUAGES = (AUTHORITY["language/NLD"], AUTHORITY["language/ENG"])

_ADDRESS = "address:"
_AVAILABILITY = URIRef("http://data.europa.eu/r5r/availability")
_LISTED = (DCAT.Dataset, DCAT.DataService)


class Names:
    """The IRIs of the catalogue's own things, and the addresses of this service.

    ``base`` is that of the data's IRIs, ``address`` that by which others reach the service.
    """

    def __init__(self, base: str, address: str) -> None:
        self.base = base
        self.address = address

    def thing(self, path: str) -> URIRef:
        """A thing by its path: ``catalog``, ``dataset/samenhang``."""
        return URIRef(self.base + DATA_PATH + path)

    def page(self, path: str) -> URIRef:
        """An address of the service; ``path`` begins with a slash."""
        return URIRef(self.address + path)

    @property
    def catalogue(self) -> URIRef:
        """The catalogue itself."""
        return self.thing("catalog")


def described(settings: Settings, names: Names, *, feed: bool) -> Graph:
    """The catalogue without what a release adds; with the ``feed`` of changes, if there is one."""
    graph = Graph()
    for path in ("catalogue.ttl", *(["feed.ttl"] if feed else [])):
        graph += _placed(path, names)
    publisher = _publisher(graph, settings, names)
    contact = _contact(graph, settings, names)
    licence = _licence(graph, settings)
    for one in (names.catalogue, *listed(graph)):
        for name in (DCTERMS.publisher, DCTERMS.creator):
            graph.add((one, name, publisher))
        graph.add((one, DCAT.contactPoint, contact))
        graph.add((one, DCTERMS.license, licence))
    for one in listed(graph):
        complete(graph, one)
    for one in graph.subjects(RDF.type, DCAT.Distribution):
        complete_distribution(graph, one, settings, names)
    return graph


def listed(graph: Graph) -> list[Node]:
    """The data sets and services of the catalogue."""
    return [one for kind in _LISTED for one in graph.subjects(RDF.type, kind)]


def complete(graph: Graph, resource: Node) -> None:
    """Add what every data set and service has."""
    graph.add((resource, RDF.type, DCAT.Resource))  # validators do not infer it
    graph.add((resource, DCTERMS.identifier, Literal(str(resource))))
    graph.add((resource, DCTERMS.accessRights, AUTHORITY["access-right/PUBLIC"]))
    if not graph.value(resource, DCAT.theme):
        graph.add((resource, DCAT.theme, AUTHORITY["data-theme/INTR"]))
    for language in LANGUAGES:
        graph.add((resource, DCTERMS.language, language))
    if (resource, RDF.type, DCAT.Dataset) in graph:
        graph.add((resource, DCTERMS.spatial, AUTHORITY["country/NLD"]))


def complete_distribution(graph: Graph, one: Node, settings: Settings, names: Names) -> None:
    """Add what every distribution has."""
    graph.add((one, DCTERMS.license, URIRef(settings.data_licence)))
    graph.add((one, DCTERMS.rights, URIRef(f"{names.catalogue}#rights")))
    graph.add((one, ADMS.status, AUTHORITY["distribution-status/COMPLETED"]))
    graph.add((one, _AVAILABILITY, AUTHORITY["planned-availability/AVAILABLE"]))
    for language in LANGUAGES:
        graph.add((one, DCTERMS.language, language))


def publisher_of(settings: Settings, names: Names) -> URIRef:
    """Who publishes the data."""
    return URIRef(settings.publisher_iri) if settings.publisher_iri else names.thing("publisher")


def _publisher(graph: Graph, settings: Settings, names: Names) -> URIRef:
    publisher = publisher_of(settings, names)
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, RDF.type, ORG.Organization))
    graph.add((publisher, FOAF.name, Literal(settings.publisher_name, "nl")))
    graph.add((publisher, FOAF.homepage, URIRef(settings.contact_url)))
    if settings.publisher_type:
        graph.add((publisher, DCTERMS.type, URIRef(settings.publisher_type)))
    return publisher


def _contact(graph: Graph, settings: Settings, names: Names) -> URIRef:
    """Whom to ask: both a kind and an organisation, for validators do not infer."""
    contact = URIRef(f"{names.catalogue}#contact")
    graph.add((contact, RDF.type, VCARD.Kind))
    graph.add((contact, RDF.type, VCARD.Organization))
    graph.add((contact, VCARD.fn, Literal(settings.contact_name, "nl")))
    graph.add((contact, VCARD["organization-name"], Literal(settings.publisher_name, "nl")))
    graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{settings.contact_email}")))
    graph.add((contact, VCARD.hasURL, URIRef(settings.contact_url)))
    if settings.contact_phone:
        number = settings.contact_phone.replace(" ", "")
        graph.add((contact, VCARD.hasTelephone, URIRef(f"tel:{number}")))
    return contact


def _licence(graph: Graph, settings: Settings) -> URIRef:
    """The licence, with what registries call it where that is known."""
    licence = URIRef(settings.data_licence)
    graph.add((licence, RDF.type, DCTERMS.LicenseDocument))
    known = Graph().parse(FOLDER / "licences.ttl")
    for triple in known.triples((licence, None, None)):
        graph.add(triple)
    return licence


def _placed(path: str, names: Names) -> Graph:
    """A file with its IRIs under the base and its addresses under that of the service."""
    read = Graph().parse(FOLDER / path, publicID=names.base)
    placed = Graph()
    for subject, name, value in read:
        placed.add((_place(subject, names), name, _place(value, names)))
    return placed


def _place(node: Node, names: Names) -> Node:
    if isinstance(node, URIRef) and node.startswith(_ADDRESS):
        return names.page(node.removeprefix(_ADDRESS))
    return node


def held(graph: Graph) -> Iterator[tuple[URIRef, str]]:
    """The data sets with the forms of a release they hold; taken out of the graph."""
    found = list(graph.subject_objects(HOLDS))
    graph.remove((None, HOLDS, None))
    for dataset, form in sorted(found):
        assert isinstance(dataset, URIRef)
        yield dataset, str(form)
