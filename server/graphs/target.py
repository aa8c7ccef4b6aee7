"""Which graph a request is about (Graph Store HTTP Protocol, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from uuid import uuid4

from pyoxigraph import NamedNode
from starlette.requests import Request

from server.problem import Problem
from server.resource import address
from server.sparql.operation import decode_pairs


@dataclass(frozen=True, slots=True)
class Target:
    """A graph; ``graph`` is ``None`` for the default graph. ``new``: it was just given its name."""

    graph: NamedNode | None
    new: bool = False


def target(request: Request) -> Target:
    """The graph of a request to ``/graphs``: ``?default``, ``?graph=IRI``, or the path below it.

    A POST to ``/graphs`` itself makes a new graph. :class:`Problem` 400 where it is not clear.
    """
    pairs = decode_pairs(request.scope["query_string"])
    graphs = [value for name, value in pairs if name == "graph"]
    default = any(name == "default" for name, _ in pairs)
    if request.path_params.get("name"):
        if graphs or default:
            raise _unclear("This address names a graph already.")
        return Target(NamedNode(address(request)))
    if len(graphs) + default > 1:
        raise _unclear("Name one graph only.")
    if default:
        return Target(None)
    if graphs:
        return Target(_iri(graphs[0], request))
    if request.method == "POST":
        return Target(NamedNode(f"{address(request).rstrip('/')}/{uuid4()}"), new=True)
    raise _unclear("Name a graph by ?graph=IRI, or the default graph by ?default.")


def _iri(text: str, request: Request) -> NamedNode:
    try:
        return NamedNode(text)
    except ValueError as error:
        raise _unclear(
            f"Not an absolute IRI of a graph: {text} (at {address(request)})."
        ) from error


def _unclear(detail: str) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, HTTPStatus.BAD_REQUEST.phrase, detail)
