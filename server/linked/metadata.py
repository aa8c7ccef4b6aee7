"""What a description says of itself: what it is about, its profile, its data, its pages."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ontology.names import DATA_PATH, DCTERMS, FOAF, HYDRA, PROV, RDF
from server.linked.full import Page
from server.linked.linking import PAGE_PARAMETER, Linked, turns


def of_description(linked: Linked, base: str, version: str) -> Iterator[Triple]:
    """The description as a document; ``version`` is that of the data it is made from."""
    thing, here = NamedNode(linked.iri), NamedNode(_page(linked.address, linked.page))
    yield Triple(thing, NamedNode(FOAF + "isPrimaryTopicOf"), here)
    for name, value in (
        (RDF + "type", FOAF + "Document"),
        (FOAF + "primaryTopic", linked.iri),
        (DCTERMS + "conformsTo", linked.profile),
        (DCTERMS + "license", linked.licence),
        (PROV + "wasDerivedFrom", f"{base}{DATA_PATH}dataset/{version}"),
    ):
        yield Triple(here, NamedNode(name), NamedNode(value))
    if linked.page is not None and linked.page.total:
        yield from _members(linked, linked.page, here)


def _members(linked: Linked, page: Page, here: NamedNode) -> Iterator[Triple]:
    """The page of what refers to the thing (https://www.hydra-cg.com/spec/latest/core/)."""
    yield Triple(here, NamedNode(HYDRA + "totalItems"), Literal(page.total))
    for member in page.members:
        yield Triple(here, NamedNode(HYDRA + "member"), NamedNode(member.iri))
    for rel, number in turns(page):
        there = NamedNode(_numbered(linked.address, number))
        yield Triple(here, NamedNode(HYDRA + rel), there)


def _page(address: str, page: Page | None) -> str:
    return address if page is None else _numbered(address, page.number)


def _numbered(address: str, number: int) -> str:
    if number == 1:
        return address
    return f"{address}{'&' if '?' in address else '?'}{PAGE_PARAMETER}={number}"
