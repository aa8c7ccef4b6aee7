"""From an HTTP request to an operation (SPARQL 1.1 Protocol, sections 2.1, 2.2): pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from server import content_type as content_types
from server.problem import Problem

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
DIRECT_UPDATE = "application/sparql-update"
MAX_FIELDS = 1000

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class QueryOperation:
    """One query and the dataset the protocol names for it; no graphs: the service's own."""

    text: str
    default_graphs: tuple[NamedNode, ...] = ()
    named_graphs: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateOperation:
    """One update and the graphs that the protocol lets its WHERE clauses read."""

    text: str
    using: tuple[NamedNode, ...] = ()
    using_named: tuple[NamedNode, ...] = ()


def from_get(query_string: bytes) -> QueryOperation | None:
    """The query of a GET (2.1.1); ``None`` where there is none. :class:`Problem` 400 if amiss."""
    pairs = decode_pairs(query_string)
    _refuse_update(pairs)
    texts = _values(pairs, "query")
    if not texts:
        return None
    return _operation(_only(texts), pairs)


def from_post(query_string: bytes, content_type: str | None, body: bytes) -> QueryOperation:
    """The query of a POST (2.1.2, 2.1.3). :class:`Problem` 400 or 415 where it is amiss."""
    pairs = decode_pairs(query_string)
    kind = essence(content_type)
    if kind == DIRECT:
        return _operation(_only([*_values(pairs, "query"), _decode(body)]), pairs)
    if kind == FORM:
        pairs = [*pairs, *decode_pairs(body)]
        _refuse_update(pairs)
        return _operation(_only(_values(pairs, "query")), pairs)
    raise _unsupported(f"A query is posted as {DIRECT} or {FORM}.")


def carries_update(query_string: bytes, content_type: str | None, body: bytes) -> bool:
    """Whether a POST brings an update and no query; :class:`Problem` 400 or 415 if amiss."""
    kind = essence(content_type)
    if kind == DIRECT_UPDATE:
        return True
    if kind != FORM or b"update" not in body + query_string:
        return False
    pairs = [*decode_pairs(query_string), *decode_pairs(body)]
    return bool(_values(pairs, "update")) and not _values(pairs, "query")


def update_from_post(query_string: bytes, content_type: str | None, body: bytes) -> UpdateOperation:
    """The update of a POST (2.2.1, 2.2.2). :class:`Problem` 400 or 415 where it is amiss."""
    pairs = decode_pairs(query_string)
    kind = essence(content_type)
    if kind == DIRECT_UPDATE:
        texts = [*_values(pairs, "update"), _decode(body)]
    elif kind == FORM:
        pairs = [*pairs, *decode_pairs(body)]
        texts = _values(pairs, "update")
    else:
        raise _unsupported(f"An update is posted as {DIRECT_UPDATE} or {FORM}.", DIRECT_UPDATE)
    if _values(pairs, "query"):
        raise _bad("Give an update or a query, not both.")
    return UpdateOperation(
        _only(texts, "update"),
        tuple(_graph(iri) for iri in _values(pairs, "using-graph-uri")),
        tuple(_graph(iri) for iri in _values(pairs, "using-named-graph-uri")),
    )


def essence(content_type: str | None) -> str:
    """The type and subtype of a Content-Type; :class:`Problem` 415 for a charset not UTF-8."""
    found = content_types.read(content_type)
    if not found.is_utf8:
        raise _unsupported(f"Queries are UTF-8, not {found.parameters['charset']}.")
    return found.essence


def decode_pairs(encoded: bytes) -> list[tuple[str, str]]:
    """The fields of a form or a query string, blank ones kept; :class:`Problem` 400 if amiss."""
    try:
        return parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError as error:
        raise _bad("The parameters can not be read: they are not UTF-8, or too many.") from error


def _operation(text: str, pairs: Pairs) -> QueryOperation:
    return QueryOperation(
        text,
        tuple(_graph(iri) for iri in _values(pairs, "default-graph-uri")),
        tuple(_graph(iri) for iri in _values(pairs, "named-graph-uri")),
    )


def _graph(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise _bad(f"Not an absolute IRI of a graph: {iri}") from error


def _values(pairs: Pairs, name: str) -> list[str]:
    return [value for key, value in pairs if key == name]


def _only(texts: Sequence[str], what: str = "query") -> str:
    if len(texts) != 1:
        raise _bad(f"Give exactly one {what}; this request has {len(texts)}.")
    return texts[0]


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _bad("The text is not UTF-8.") from error


def _refuse_update(pairs: Pairs) -> None:
    if _values(pairs, "update"):
        raise _bad("An update is posted, alone; it can not stand beside a query or in a GET.")


def _bad(detail: str) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, HTTPStatus.BAD_REQUEST.phrase, detail)


def _unsupported(detail: str, direct: str = DIRECT) -> Problem:
    return Problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE.phrase,
        detail,
        headers={"Accept-Post": f"{FORM}, {direct}"},
    )
