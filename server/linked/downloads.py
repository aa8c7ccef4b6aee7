"""The formats of a description as a page lists them."""

from __future__ import annotations

from server.negotiation import FORMAT_PARAMETER
from server.pages.links import Links
from server.sparql.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE

_SHOWN = {
    "Turtle": TURTLE,
    "JSON-LD": JSON_LD,
    "N-Triples": N_TRIPLES,
    "RDF/XML": RDF_XML,
    "TriG": TRIG,
    "N-Quads": N_QUADS,
}


def downloads(links: Links, path: str) -> list[tuple[str, str]]:
    """The name of each format and where the description at a path is in it."""
    return [
        (name, links.result(path, {FORMAT_PARAMETER: offer.name})) for name, offer in _SHOWN.items()
    ]
