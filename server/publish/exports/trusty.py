"""Trusty URIs of RDF (module RA): IRIs that hold a hash of the very quads in which they stand.

Trusty URI Specification, version 1: http://trustyuri.net/spec/v1. Where an IRI holds the code of
the quads, they are hashed with a space in its place.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad

PLACE = " "
"""What stands for the code while it is not known. No IRI has a space, so this is unmistakable."""
MODULE = "RA"
Term = str | Literal
"""An IRI as text, for it may hold the place of the code; or a literal."""
Statement = tuple[str, str, str, Term]
"""Graph, subject, predicate and object."""


def code(statements: Iterable[Statement]) -> str:
    """The artifact code of quads: the module and the SHA-256 in Base64, 45 characters."""
    text = "".join(_written(one) for one in sorted(set(statements), key=_order))
    digest = sha256(text.encode()).digest()
    return MODULE + urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def placed(statements: Iterable[Statement], code: str) -> Iterable[Quad]:
    """The quads with the code in its place."""
    for graph, subject, predicate, value in statements:
        yield Quad(
            NamedNode(subject.replace(PLACE, code)),
            NamedNode(predicate.replace(PLACE, code)),
            value if isinstance(value, Literal) else NamedNode(value.replace(PLACE, code)),
            NamedNode(graph.replace(PLACE, code)),
        )


def _order(statement: Statement) -> tuple[str, str, str, int, str, str, str]:
    """By graph, subject, predicate and object, IRIs before literals; strings by code points."""
    *iris, value = statement
    graph, subject, predicate = map(str, iris)
    if isinstance(value, str):
        return graph, subject, predicate, 0, value, "", ""
    datatype = "" if value.language else value.datatype.value
    return graph, subject, predicate, 1, value.value, datatype, value.language or ""


def _written(statement: Statement) -> str:
    return "".join(f"{_line(term)}\n" for term in statement)


def _line(term: Term) -> str:
    if isinstance(term, str):
        return term
    text = term.value.replace("\\", "\\\\").replace("\n", "\\n")
    if term.language:
        return f"@{term.language.lower()} {text}"
    return f"^{term.datatype.value} {text}"
