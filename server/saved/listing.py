"""The saved questions for software: what each asks, takes and gives; filtered and searched."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from queries.catalogue import Catalogue, SavedQuery
from queries.contract import Column
from queries.families import Family
from queries.parameters import Parameter, ParameterType, shown
from queries.search import Index
from queries.text import Bilingual
from server.pages.links import Links
from server.problem import Problem

WORDS, FAMILY, KEYWORD, TYPE = "q", "family", "keyword", "type"
FILTERS = (WORDS, FAMILY, KEYWORD, TYPE)


def chosen(catalogue: Catalogue, index: Index, request: Request) -> list[SavedQuery]:
    """The questions that a request asks for: all, of a family, with a keyword, with a parameter
    of a type, and by words, best first.

    A family that is none is a :class:`Problem` 400 that names those there are.
    """
    asked = {name: request.query_params.get(name, "").strip() for name in FILTERS}
    families = [family.name for family in catalogue.families]
    if asked[FAMILY] and asked[FAMILY] not in families:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "Bad parameter",
            f"Parameter {FAMILY!r}: there is no family {asked[FAMILY]!r}. "
            f"There are: {', '.join(families)}.",
            parameter=FAMILY,
            available=families,
        )
    found: Iterable[SavedQuery] = catalogue.values()
    if asked[WORDS]:
        found = [one.query for one in index.search(asked[WORDS])]
    return [
        query
        for query in found
        if (not asked[FAMILY] or query.family.name == asked[FAMILY])
        and (not asked[KEYWORD] or _has_keyword(query, asked[KEYWORD]))
        and (not asked[TYPE] or any(one.kind == asked[TYPE] for one in query.parameters))
    ]


def listing(queries: Iterable[SavedQuery], catalogue: Catalogue, links: Links) -> dict[str, Any]:
    """Questions with all that is needed to ask them, and the families there are."""
    listed = [entry(query, links) for query in queries]
    return {
        "total": len(listed),
        "queries": listed,
        "families": [_family(family) for family in catalogue.families],
    }


def entry(query: SavedQuery, links: Links) -> dict[str, Any]:
    """A question: what it asks, takes and gives, and where."""
    path = f"/queries/{query.name}"
    return {
        "id": query.iri,
        "name": query.name,
        "family": query.family.name,
        "version": query.version,
        "title": versions(query.title),
        "description": versions(query.description),
        "keywords": {language: list(words) for language, words in query.keywords.items()},
        "parameters": [_parameter(query, parameter, links) for parameter in query.parameters],
        "columns": [_column(column) for column in query.columns.values()],
        "variables": list(query.variables),
        "examples": [
            links.api(path, dict(parse_qsl(call, keep_blank_values=True)))
            for call in query.examples
        ],
        "links": {
            "self": links.api(path),
            "definition": links.api(f"{path}/definition"),
            "csv": links.api(path, {"format": "csv"}),
            "sparql": links.api(path, {"format": "sparql"}),
            "page": links.absolute(path),
        },
    }


def versions(text: Bilingual) -> dict[str, str]:
    """A text in both languages."""
    return {"nl": text.nl, "en": text.en}


def _family(family: Family) -> dict[str, Any]:
    return {
        "name": family.name,
        "id": family.iri,
        "title": versions(family.title),
        "description": versions(family.description),
    }


def _parameter(query: SavedQuery, parameter: Parameter, links: Links) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": parameter.name,
        "type": parameter.kind,
        "range": parameter.range.value,
        "label": versions(parameter.label),
        "required": parameter.required,
        "default": None if parameter.required else shown(parameter.default, query.base) or None,
    }
    if parameter.description is not None:
        made["description"] = versions(parameter.description)
    if parameter.allowed:
        made["allowed"] = list(parameter.allowed)
    if parameter.choices or parameter.type is ParameterType.ENTITY:
        path = f"/queries/{query.name}/parameters/{parameter.name}"
        made["choices"] = links.api(path)
    if parameter.required:
        made["example"] = shown(parameter.default, query.base)
    return made


def _column(column: Column) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": column.name,
        "label": versions(column.label),
        "type": column.range.value if column.range is not None else None,
        "evidencedBy": column.evidence if column.proven else None,
        "always": column.always,
    }
    if column.description is not None:
        made["description"] = versions(column.description)
    return made


def _has_keyword(query: SavedQuery, word: str) -> bool:
    words = (one for words in query.keywords.values() for one in words)
    return word.casefold() in map(str.casefold, words)
