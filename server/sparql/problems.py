"""What an error of the store means over HTTP: one table for every route that queries."""

from __future__ import annotations

import logging
from http import HTTPStatus

from server.negotiation import not_acceptable
from server.problem import Problem, problem_of
from server.sparql.formats import OFFERS
from server.store.interface import (
    AnswerTooLargeError,
    GraphMissingError,
    NoSuitableFormatError,
    QueryError,
    QueryFailedError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    ReaderLostError,
    StorageFullError,
    StoreBusyError,
    UnknownMediaTypeError,
    UpdateFailedError,
    UploadError,
)

_EXCERPT = 60  # characters shown either side of a fault

_MEANING: dict[type[QueryError], tuple[HTTPStatus, str]] = {
    QueryRefusedError: (HTTPStatus.FORBIDDEN, "Query refused"),
    QueryTimeoutError: (HTTPStatus.SERVICE_UNAVAILABLE, "Query took too long"),
    StoreBusyError: (HTTPStatus.SERVICE_UNAVAILABLE, "Service busy"),
    ReaderLostError: (HTTPStatus.SERVICE_UNAVAILABLE, "Query stopped"),
    QueryFailedError: (HTTPStatus.UNPROCESSABLE_ENTITY, "Query failed"),
    AnswerTooLargeError: (HTTPStatus.UNPROCESSABLE_ENTITY, "Answer too large"),
    UpdateFailedError: (HTTPStatus.CONFLICT, "Update not possible"),
    GraphMissingError: (HTTPStatus.NOT_FOUND, "No such graph"),
    UnknownMediaTypeError: (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type"),
    UploadError: (HTTPStatus.BAD_REQUEST, "Document not readable"),
    StorageFullError: (HTTPStatus.INSUFFICIENT_STORAGE, "No room to write"),
}
_log = logging.getLogger(__name__)


def problem_for(error: QueryError, text: str) -> Problem:
    """The problem document for a query that got no answer; ``text`` is the query."""
    if isinstance(error, QuerySyntaxError):
        return _syntax(error, text)
    if isinstance(error, NoSuitableFormatError):
        return not_acceptable(OFFERS[error.form])
    if type(error) not in _MEANING:
        _log.error("the store failed: %s", error)
        return problem_of(error)
    status, title = _MEANING[type(error)]
    retry = {"Retry-After": str(error.retry_after)} if isinstance(error, StoreBusyError) else {}
    place = {}
    if isinstance(error, UploadError) and error.line is not None:
        place = {"line": error.line, "column": error.column}
    return Problem(status, title, _sentence(error), headers=retry, **place)


def excerpt(text: str, line: int, column: int) -> str:
    """The line of a fault with a caret under it; long lines are cut to what is around it."""
    lines = text.split("\n")
    shown = lines[line - 1].replace("\t", " ").rstrip("\r") if line <= len(lines) else ""
    start = max(column - 1 - _EXCERPT, 0)
    return f"{shown[start : column - 1 + _EXCERPT]}\n{' ' * (column - 1 - start)}^"


def _syntax(error: QuerySyntaxError, text: str) -> Problem:
    return Problem(
        HTTPStatus.BAD_REQUEST,
        "Query syntax error",
        f"Line {error.line}, column {error.column}: {error}.",
        line=error.line,
        column=error.column,
        excerpt=excerpt(text, error.line, error.column),
    )


def _sentence(error: QueryError) -> str:
    message = str(error)
    return f"{message[:1].upper()}{message[1:]}."
