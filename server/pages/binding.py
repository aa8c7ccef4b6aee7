"""A saved question as an address names it: found and bound, or a problem saying what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request

from queries.catalogue import Catalogue, SavedQuery
from queries.errors import ParameterError, UnknownQueryError
from server.negotiation import FORMAT_PARAMETER
from server.pages.language import LANGUAGE_PARAMETER
from server.pages.links import SAVED_PARAMETER
from server.problem import Problem

# What every address understands, and so is no parameter of a question.
_OWN_PARAMETERS = (FORMAT_PARAMETER, LANGUAGE_PARAMETER, SAVED_PARAMETER)


def find(catalogue: Catalogue, name: str) -> SavedQuery:
    """The question of that name; :class:`Problem` 404 where there is none."""
    try:
        return catalogue[name]
    except UnknownQueryError as error:
        raise Problem(
            HTTPStatus.NOT_FOUND,
            "Unknown question",
            f"There is no saved question {name!r}. There are: {', '.join(catalogue)}.",
        ) from error


def given(request: Request) -> dict[str, str]:
    """The question's parameters in the address; :class:`Problem` 400 for one given twice."""
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in _OWN_PARAMETERS:
            continue
        if name in found:
            raise _bad_parameter(ParameterError(name, "given more than once"))
        found[name] = value
    return found


def bind(query: SavedQuery, values: Mapping[str, str]) -> str:
    """The SPARQL text with its parameters; :class:`Problem` 400 that names a bad one."""
    try:
        return query.bind(values)
    except ParameterError as error:
        raise _bad_parameter(error) from error


def _bad_parameter(error: ParameterError) -> Problem:
    return Problem(
        HTTPStatus.BAD_REQUEST,
        "Bad parameter",
        f"Parameter {error.name!r}: {error.message}.",
        parameter=error.name,
    )
