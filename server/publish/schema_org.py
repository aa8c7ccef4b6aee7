"""The catalogue for search engines: schema.org in JSON-LD, in the head of a page.

What Google Dataset Search asks for (name, description, license, creator, distribution,
temporalCoverage), taken from the catalogue, so that both always say the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rdflib import DCTERMS, FOAF, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.names import PREFIXES
from server.publish.catalogue.description import DCAT, Names
from server.publish.catalogue.distributions import IANA, SPDX

_CONTEXT = PREFIXES["schema"]

Entity = dict[str, Any]


def data_set(graph: Graph, names: Names, language: str) -> Entity:
    """The data set as a whole, in a language."""
    catalogue = names.catalogue
    included = {
        "@type": "DataCatalog",
        "@id": str(catalogue),
        "name": _text(graph, catalogue, DCTERMS.title, language),
        "url": names.page("/catalog"),
    }
    made = _data_set(graph, names.thing("dataset/samenhang"), language)
    return {"@context": _CONTEXT, **made, "includedInDataCatalog": included}


def data_catalogue(graph: Graph, names: Names, language: str) -> Entity:
    """The catalogue with its data sets, in a language."""
    catalogue = names.catalogue
    datasets = sorted(graph.objects(catalogue, DCAT.dataset), key=str)
    return {
        "@context": _CONTEXT,
        "@type": "DataCatalog",
        **_common(graph, catalogue, language),
        "url": names.page("/catalog"),
        "dataset": [_data_set(graph, one, language) for one in datasets],
    }


def _data_set(graph: Graph, dataset: Node, language: str) -> Entity:
    made = {
        "@type": "Dataset",
        **_common(graph, dataset, language),
        "identifier": str(dataset),
        "url": str(graph.value(dataset, DCAT.landingPage)),
        "keywords": sorted(_texts(graph, dataset, DCAT.keyword, language)),
        "inLanguage": ["nl", "en"],
        "isAccessibleForFree": True,
        "distribution": [_download(graph, one, language) for one in _downloads(graph, dataset)],
    }
    period = graph.value(dataset, DCTERMS.temporal)
    if period is not None:
        dates = (graph.value(period, name) for name in (DCAT.startDate, DCAT.endDate))
        made["temporalCoverage"] = "/".join(map(str, dates))
    for name, value in (("version", DCAT.version), ("dateModified", DCTERMS.modified)):
        found = graph.value(dataset, value)
        if found is not None:
            made[name] = str(found)
    return made


def _common(graph: Graph, one: Node, language: str) -> Entity:
    publisher = graph.value(one, DCTERMS.publisher)
    organisation = {
        "@type": "Organization",
        "@id": str(publisher),
        "name": str(graph.value(publisher, FOAF.name)),
        "url": str(graph.value(publisher, FOAF.homepage)),
    }
    return {
        "@id": str(one),
        "name": _text(graph, one, DCTERMS.title, language),
        "description": _text(graph, one, DCTERMS.description, language),
        "license": str(graph.value(one, DCTERMS.license)),
        "creator": organisation,
        "publisher": organisation,
    }


def _downloads(graph: Graph, dataset: Node) -> list[Node]:
    """What can be downloaded whole: of the data set itself the dumps, not each graph and export."""
    versions = list(graph.objects(dataset, DCAT.hasVersion))
    current = graph.value(dataset, DCAT.version)
    of = next((one for one in versions if graph.value(one, DCAT.version) == current), dataset)
    found = graph.objects(of, DCAT.distribution)
    return sorted((one for one in found if graph.value(one, DCAT.downloadURL)), key=str)


def _download(graph: Graph, one: Node, language: str) -> Entity:
    made: Entity = {
        "@type": "DataDownload",
        "name": _text(graph, one, DCTERMS.title, language),
        "contentUrl": str(graph.value(one, DCAT.downloadURL)),
        "encodingFormat": str(graph.value(one, DCAT.mediaType)).removeprefix(IANA),
    }
    size, checksum = graph.value(one, DCAT.byteSize), graph.value(one, SPDX.checksum)
    if size is not None:
        made["contentSize"] = f"{size} B"
    if checksum is not None:
        made["sha256"] = str(graph.value(checksum, SPDX.checksumValue))
    return made


def _text(graph: Graph, one: Node, name: URIRef, language: str) -> str:
    return next(iter(_texts(graph, one, name, language)), "")


def _texts(graph: Graph, one: Node, name: URIRef, language: str) -> Iterable[str]:
    values = [value for value in graph.objects(one, name) if isinstance(value, Literal)]
    return [str(value) for value in values if value.language == language]
