"""Why an answer is empty: what is unknown, what is never mentioned, which parameter excludes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from queries.parameters import Parameter, ParameterType, shown
from queries.text import LANGUAGE
from server.problem import Problem
from server.query_files import QueryFiles
from server.saved.asking import Answering, Asked

_SECONDS = 1.0  # for each query of an explanation
_ALTOGETHER = 4.0
_MOST = 6  # parameters that are relaxed
_FILES = QueryFiles(Path(__file__).parent / "queries")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One reason: ``unknown``, ``never-mentioned``, ``not-in-this-respect``, ``excludes`` or, when
    nothing helps, ``nothing-said``.

    ``relaxed`` are the values with which there would be rows, where an address can give them.
    """

    reason: str
    parameter: Parameter | None = None
    value: str = ""
    relaxed: dict[str, str] | None = None
    nearest: tuple[str, ...] = ()


async def explain(answering: Answering, asked: Asked) -> list[Explanation]:
    """Why a question has no rows, as far as that is found within a few seconds."""
    found: list[Explanation] = []
    try:
        async with asyncio.timeout(_ALTOGETHER):
            async for one in _reasons(answering, asked):
                found.append(one)
    except (TimeoutError, Problem):
        pass  # what was found until then is still true
    return found or [Explanation("nothing-said")]


async def _reasons(answering: Answering, asked: Asked) -> AsyncIterator[Explanation]:
    given = [
        parameter
        for parameter in asked.query.parameters
        if parameter.name != LANGUAGE and asked.terms[parameter.name] is not None
    ][:_MOST]
    for parameter in given:
        reason = await _unfamiliar(answering, asked, parameter)
        if await _has_rows_without(answering, asked, parameter):
            yield _excluding(asked, parameter)
        if reason is not None:
            yield reason


async def _unfamiliar(
    answering: Answering, asked: Asked, parameter: Parameter
) -> Explanation | None:
    """That the entity given is unknown, or that no document names it, if so."""
    term = asked.terms[parameter.name]
    if parameter.type is not ParameterType.ENTITY or not isinstance(term, NamedNode):
        return None
    value = shown(term, asked.query.base)
    known = await answering.entities(parameter.range)
    if term.value not in known:
        near = tuple(shown(NamedNode(iri), asked.query.base) for iri in known.nearest(term.value))
        return Explanation("unknown", parameter, value, nearest=near)
    named = await answering.rows(_FILES.bound("named", {("thing",): [(term,)]}), _SECONDS)
    reason = "not-in-this-respect" if named.rows else "never-mentioned"
    return Explanation(reason, parameter, value)


async def _has_rows_without(answering: Answering, asked: Asked, parameter: Parameter) -> bool:
    text = asked.query.bound({**asked.terms, parameter.name: None})
    return bool((await answering.rows(f"{text}LIMIT 1", _SECONDS)).rows)


def _excluding(asked: Asked, parameter: Parameter) -> Explanation:
    value = shown(asked.terms[parameter.name], asked.query.base)
    relaxed = {**asked.values, parameter.name: ""} if parameter.may_be_empty else None
    return Explanation("excludes", parameter, value, relaxed=relaxed)
