"""The saved question and the parameters that an address names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request

from queries.errors import ParameterError
from queries.parameters import shown
from server.negotiation import FORMAT_PARAMETER
from server.pages.language import LANGUAGE_PARAMETER, language_of
from server.pages.links import SAVED_PARAMETER
from server.saved.asking import Answering, bad_parameter
from server.saved.paging import CURSOR_PARAMETER, LIMIT_PARAMETER

# What every address understands, and so is no parameter of a question.
OWN_PARAMETERS = (
    FORMAT_PARAMETER,
    LANGUAGE_PARAMETER,
    SAVED_PARAMETER,
    LIMIT_PARAMETER,
    CURSOR_PARAMETER,
    "dataset",
    "digest",
)


def given(request: Request) -> dict[str, str]:
    """The question's parameters in an address; :class:`Problem` 400 for one given twice."""
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in OWN_PARAMETERS:
            continue
        if name in found:
            raise bad_parameter(ParameterError(name, "given more than once"))
        found[name] = value
    return found


def filled(answering: Answering) -> Callable[[Request], Awaitable[tuple[str, str]]]:
    """Finds the question that ``?saved=NAME`` names: its SPARQL text, bound, and its title.

    What is missing has the file's own value, for the text can be edited.
    """

    async def find(request: Request) -> tuple[str, str]:
        query = answering.find(request.query_params.get(SAVED_PARAMETER, ""))
        language = language_of(request)
        values = {one.name: shown(one.default, query.base) for one in query.missing({})}
        asked = await answering.ask(query, values | given(request), language)
        title = query.title.in_language(language)
        return f"# {title}\n{asked.text}", title

    return find
