"""A description in RDF: one CONSTRUCT about one thing, in the format that a client prefers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from server.linked.questions import Questions
from server.negotiation import FORMAT_PARAMETER
from server.pages.links import Links
from server.sparql.answers import respond
from server.sparql.formats import GRAPHS, HTML, JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from server.store.interface import QueryRequest

DESCRIPTIONS = (*GRAPHS, HTML)

_SHOWN = {"Turtle": TURTLE, "N-Triples": N_TRIPLES, "RDF/XML": RDF_XML, "JSON-LD": JSON_LD}


async def data(
    request: Request, questions: Questions, name: str, variable: str, iri: str
) -> Response:
    """The triples of a CONSTRUCT of this room about one thing. Any site may ask for them."""
    text = questions.text(name, variable, [iri])
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Vary": "Accept, Accept-Language",
        "X-Content-Type-Options": "nosniff",
    }
    query = QueryRequest(text, timeout=questions.timeout)
    return await respond(request, questions.store, query, headers=headers)


def downloads(links: Links, path: str) -> list[tuple[str, str]]:
    """The same description as data: the name of each format and where it is."""
    return [
        (name, links.result(path, {FORMAT_PARAMETER: offer.name})) for name, offer in _SHOWN.items()
    ]
