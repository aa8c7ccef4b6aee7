"""The catalogue for a person: its data sets with their files and services, in a language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import DCTERMS, Graph, Literal, URIRef
from rdflib.term import Node

from server.publish.catalogue.description import DCAT, Names
from server.publish.catalogue.distributions import IANA

_IN_A_ROW = 100  # files of a data set on the page


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A file or a service through which a data set can be had; ``size`` in bytes, if a file."""

    iri: str
    title: str
    address: str
    media_type: str
    size: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A data set or a service."""

    name: str
    iri: str
    title: str
    description: str
    address: str
    forms: tuple[FormEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The catalogue as its page shows it."""

    iri: str
    title: str
    description: str
    licence: str
    version: str
    datasets: tuple[Entry, ...]
    services: tuple[Entry, ...]


def view(graph: Graph, names: Names, language: str) -> View:
    """What the page shows."""
    catalogue = names.catalogue
    whole = names.thing("dataset/samenhang")
    datasets = sorted(graph.objects(catalogue, DCAT.dataset), key=lambda one: (one != whole, one))
    services = sorted(graph.objects(catalogue, DCAT.service), key=str)
    return View(
        iri=str(catalogue),
        title=_text(graph, catalogue, DCTERMS.title, language),
        description=_text(graph, catalogue, DCTERMS.description, language),
        licence=str(graph.value(catalogue, DCTERMS.license)),
        version=str(graph.value(whole, DCAT.version) or ""),
        datasets=tuple(_entry(graph, one, DCAT.landingPage, language) for one in datasets),
        services=tuple(_entry(graph, one, DCAT.endpointURL, language) for one in services),
    )


def _entry(graph: Graph, one: Node, address: URIRef, language: str) -> Entry:
    return Entry(
        name=str(one).rpartition("/")[2],
        iri=str(one),
        title=_text(graph, one, DCTERMS.title, language),
        description=_text(graph, one, DCTERMS.description, language),
        address=str(graph.value(one, address)),
        forms=tuple(_forms(graph, one, language))[:_IN_A_ROW],
    )


def _forms(graph: Graph, dataset: Node, language: str) -> Iterator[FormEntry]:
    found = graph.objects(dataset, DCAT.distribution)
    for one in sorted(found, key=lambda one: _rank(graph, one)):
        address = graph.value(one, DCAT.downloadURL) or graph.value(one, DCAT.accessURL)
        yield FormEntry(
            iri=str(one),
            title=_text(graph, one, DCTERMS.title, language),
            address=str(address),
            media_type=str(graph.value(one, DCAT.mediaType) or "").removeprefix(IANA),
            size=str(graph.value(one, DCAT.byteSize) or ""),
        )


def _rank(graph: Graph, one: Node) -> tuple[bool, bool, bool, str]:
    """Services first, then files of the whole, of exports, of single graphs."""
    iri = str(one)
    return (bool(graph.value(one, DCAT.byteSize)), "/graph/" in iri, "/exports/" in iri, iri)


def _text(graph: Graph, one: Node, name: URIRef, language: str) -> str:
    values = (value for value in graph.objects(one, name) if isinstance(value, Literal))
    return next((str(value) for value in values if value.language == language), "")
