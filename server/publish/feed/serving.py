"""A page of a feed as a response: in the format asked for, with an entity tag, packed."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus

from pyoxigraph import Quad, RdfFormat, parse, serialize
from starlette.requests import Request
from starlette.responses import Response

from ontology import names
from server.negotiation import MediaType, coding
from server.publish.feed import terms
from server.sparql.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from server.store.compression import CODINGS, SMALLEST

PAGES = (TRIG, N_QUADS, JSON_LD)
"""What can hold events, whose payload stands in graphs of its own."""
ROOTS = (*PAGES, TURTLE, N_TRIPLES, RDF_XML)
"""What can hold a root, which has no graphs."""
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

_PREFIXES = names.PREFIXES | terms.PREFIXES
_WRITTEN = {
    TRIG: RdfFormat.TRIG,
    N_QUADS: RdfFormat.N_QUADS,
    JSON_LD: RdfFormat.JSON_LD,
    TURTLE: RdfFormat.TURTLE,
    N_TRIPLES: RdfFormat.N_TRIPLES,
    RDF_XML: RdfFormat.RDF_XML,
}


def written(head: list[Quad], events: bytes, form: MediaType) -> bytes:
    """What a page says of itself, then its events, which are N-Quads."""
    if form is N_QUADS:
        return (serialize(head, format=RdfFormat.N_QUADS) or b"") + events
    quads = [*head, *parse(events, format=RdfFormat.N_QUADS)]
    kind = _WRITTEN[form]
    if kind.supports_datasets:
        return serialize(quads, format=kind, prefixes=_PREFIXES) or b""
    return serialize((quad.triple for quad in quads), format=kind, prefixes=_PREFIXES) or b""


def response(request: Request, content: bytes, form: MediaType, caching: str) -> Response:
    """The content for this client; 304 where it has it already (RFC 9110, section 13.1.2)."""
    chosen = coding(request, tuple(CODINGS)) if len(content) >= SMALLEST else ""
    tag = f'"{sha256(content).hexdigest()[:32]}{f"-{chosen}" if chosen else ""}"'
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Link",
        "Cache-Control": caching,
        "ETag": tag,
        "Vary": "Accept, Accept-Encoding",
    }
    if _has(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if chosen:
        headers["Content-Encoding"] = chosen
        compressor = CODINGS[chosen]()
        content = compressor.compress(content) + compressor.finish()
    return Response(content, media_type=form.content_type, headers=headers)


def _has(request: Request, tag: str) -> bool:
    given = ",".join(request.headers.getlist("if-none-match")).split(",")
    return any(one.strip().removeprefix("W/") in (tag, "*") for one in given)
