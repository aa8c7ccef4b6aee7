"""The REST service's description of itself: OpenAPI 3.1, with a typed path for each question.

It follows the NL GOV API Design Rules 2.2 (https://gitdocumentatie.logius.nl/publicatie/api/adr/).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import yaml
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from queries.catalogue import Catalogue, SavedQuery
from queries.contract import Column
from queries.parameters import Parameter, ParameterType, shown
from queries.readable import prefixes
from queries.readable import shown as shown_columns
from queries.text import LANGUAGE, LANGUAGES
from server.resource import address
from server.saved.version import API_PATH, API_VERSION
from server.settings import Settings

DESCRIPTION_PATH = f"{API_PATH}/openapi.json"
_SOURCE = Path(__file__).with_suffix(".yaml")
_OPENAPI = "3.1.0"
_TITLE = "Samenhang: saved questions"
_DESCRIPTION = (
    "Questions about Dutch foreign policy documents as an API: typed parameters, readable answers "
    "with the sentence behind each row, and receipts to cite them by."
)
_SCHEMAS: dict[ParameterType, dict[str, Any]] = {
    ParameterType.ENTITY: {"type": "string"},
    ParameterType.TEXT: {"type": "string"},
    ParameterType.NUMBER: {"type": "integer"},
    ParameterType.DECIMAL: {"type": "number"},
    ParameterType.YEAR: {"type": "integer", "minimum": 1000, "maximum": 2999},
    ParameterType.DATE: {"type": "string", "format": "date"},
    ParameterType.LANGUAGE: {"type": "string", "enum": list(LANGUAGES)},
}
_NUMBERS = frozenset((ParameterType.NUMBER, ParameterType.DECIMAL, ParameterType.YEAR))
_COMMON = ("format", "lang", "limit", "cursor")
_PROBLEMS = ("400", "404", "406", "410", "422", "503")
_FRACTIONS = ("decimal", "double", "float")


def document(catalogue: Catalogue, server: str, contact: dict[str, str]) -> dict[str, Any]:
    """The whole description; ``server`` is the address that the paths come after, without the
    version, and ``contact`` has name, email and url.
    """
    info = {
        "title": _TITLE,
        "description": _DESCRIPTION,
        "version": API_VERSION,
        "contact": contact,
    }
    return {
        "openapi": _OPENAPI,
        "info": info,
        "servers": [{"url": server + API_PATH}],
        **parts(catalogue),
    }


def description(
    catalogue: Catalogue, settings: Settings
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint that gives the description, for the host that was asked."""
    contact = {
        "name": settings.contact_name,
        "email": settings.contact_email,
        "url": settings.contact_url,
    }

    async def describe(request: Request) -> Response:
        made = document(catalogue, address(request).removesuffix(DESCRIPTION_PATH), contact)
        return JSONResponse(made, headers={"Access-Control-Allow-Origin": "*"})

    return describe


def parts(catalogue: Catalogue) -> dict[str, Any]:
    """Tags, components and paths, to be a part of a larger description."""
    written: dict[str, Any] = yaml.safe_load(_SOURCE.read_text(encoding="utf-8"))
    answer = written["components"]["responses"].pop("answer")
    for query in catalogue.values():
        written["paths"][f"/queries/{query.name}"] = {"get": _operation(query, answer)}
    return written


def _operation(query: SavedQuery, usual: dict[str, Any]) -> dict[str, Any]:
    """The GET of a question; its answer is the ``usual`` one with rows of its own."""
    readable = {"application/json": {"schema": _answer(query)}}
    answer = {**usual, "content": usual["content"] | readable}
    return {
        "tags": ["questions"],
        "summary": query.title.en,
        "description": f"{query.title.nl} {query.description.en}",
        "operationId": query.name,
        "parameters": [_parameter(query, one) for one in query.parameters]
        + [_reference("parameters", name) for name in _COMMON],
        "responses": {
            "200": answer,
            "304": _reference("responses", "unchanged"),
            **{status: _reference("responses", "problem") for status in _PROBLEMS},
        },
    }


def _parameter(query: SavedQuery, parameter: Parameter) -> dict[str, Any]:
    schema = dict(_SCHEMAS[parameter.type])
    default = shown(parameter.default, query.base)
    if parameter.allowed:
        schema["enum"] = list(parameter.allowed)
    if parameter.may_be_empty and parameter.type is not ParameterType.ENTITY:
        schema = {"anyOf": [schema, {"type": "string", "maxLength": 0}]}
    made: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": _described(parameter),
        "schema": schema,
    }
    if parameter.required:
        made["example"] = default
    elif default:
        schema["default"] = (
            int(default) if parameter.type in _NUMBERS and default.isdecimal() else default
        )
    return made


def _described(parameter: Parameter) -> str:
    pieces = [f"{parameter.label.en} ({parameter.label.nl})."]
    if parameter.description is not None:
        pieces.append(parameter.description.en)
    if parameter.type is ParameterType.ENTITY:
        pieces.append(f"The path, IRI or name of a {parameter.kind}.")
    if parameter.name == LANGUAGE:
        pieces.append("By default that of the request.")
    if parameter.may_be_empty:
        pieces.append("Empty for no restriction.")
    return " ".join(pieces)


def _answer(query: SavedQuery) -> dict[str, Any]:
    groups = {f"{prefix}Evidence" if prefix else "evidence" for prefix in prefixes(query)}
    columns = {column.name: _column(column, groups) for column in shown_columns(query)}
    always = [column.name for column in shown_columns(query) if column.always]
    row: dict[str, Any] = {"type": "object", "properties": columns}
    if always:
        row["required"] = always
    return {
        "allOf": [
            {"$ref": "#/components/schemas/Answer"},
            {"type": "object", "properties": {"rows": {"type": "array", "items": row}}},
        ]
    }


def _column(column: Column, groups: set[str]) -> dict[str, Any]:
    description = column.description.en if column.description is not None else column.label.en
    if column.name in groups:
        return {"$ref": "#/components/schemas/Passage"}
    if column.separator is not None:
        things = {"$ref": "#/components/schemas/Thing"}
        return {"type": "array", "items": things, "description": description}
    kind = column.range.value.rpartition("#")[2] if column.range is not None else ""
    if column.range is not None and "XMLSchema#" not in column.range.value and kind not in _PLAIN:
        return {"$ref": "#/components/schemas/Thing"}
    return {**_literal(kind), "description": description}


_PLAIN = ("Literal", "langString")


def _literal(kind: str) -> dict[str, Any]:
    if kind == "integer":
        return {"type": "integer"}
    if kind in _FRACTIONS:
        return {"type": "number"}
    if kind == "boolean":
        return {"type": "boolean"}
    if kind == "date":
        return {"type": "string", "format": "date"}
    return {"type": "string"} if kind != "Literal" else {}


def _reference(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}
