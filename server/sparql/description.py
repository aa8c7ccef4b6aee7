"""The service's description of itself, for who asks its address without a query."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

_SOURCE = Path(__file__).with_name("service.ttl")
_PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "formats": "http://www.w3.org/ns/formats/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "void": "http://rdfs.org/ns/void#",
}


_SD = _PREFIXES["sd"]
_UNION = (NamedNode(_SD + "UnionDefaultGraph"),)
_UPDATE = (NamedNode(_SD + "SPARQL11Update"),)


@lru_cache(maxsize=64)
def description(
    endpoint: str, media_type: str, *, union: bool = True, writable: bool = False
) -> bytes:
    """The description of the service at this address, in an RDF media type.

    ``union``: whether queries see all graphs together; ``writable``: whether updates are taken.
    """
    written = RdfFormat.from_media_type(media_type)
    if written is None:
        raise ValueError(f"not an RDF media type: {media_type}")
    # A slash at the end is allowed, and would lead relative addresses astray.
    quads = parse(path=_SOURCE, format=RdfFormat.TURTLE, base_iri=endpoint.rstrip("/"))
    left_out = {*(() if union else _UNION), *(() if writable else _UPDATE)}
    triples = [
        Triple(quad.subject, quad.predicate, quad.object)
        for quad in quads
        if quad.object not in left_out
    ]
    return serialize(triples, format=written, prefixes=_PREFIXES) or b""
