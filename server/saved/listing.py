"""The list of saved questions for software."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from queries.catalogue import Catalogue, SavedQuery
from queries.front_matter import Bilingual
from queries.parameters import Parameter
from server.pages.links import Links


def listing(catalogue: Catalogue, links: Links) -> dict[str, Any]:
    """All saved questions: what they ask, what they take and give, and where."""
    return {"queries": [_entry(query, links) for query in catalogue.values()]}


def _entry(query: SavedQuery, links: Links) -> dict[str, Any]:
    address = links.absolute(f"/queries/{query.name}")
    return {
        "name": query.name,
        "title": _versions(query.title),
        "description": _versions(query.description),
        "parameters": [_parameter(parameter) for parameter in query.parameters],
        "columns": _columns(query.columns),
        "variables": list(query.variables),
        "links": {
            "self": address,
            "csv": f"{address}?format=csv",
            "sparql": f"{address}?format=sparql",
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    """A parameter; ``choices`` is a SELECT of what may be given and how to call it."""
    return {
        "name": parameter.name,
        "type": parameter.type.value,
        "label": _versions(parameter.label),
        "required": parameter.required,
        "default": parameter.default.value if parameter.default is not None else None,
        "choices": parameter.choices,
    }


def _columns(columns: Mapping[str, Bilingual]) -> list[dict[str, Any]]:
    return [{"name": name, "label": _versions(label)} for name, label in columns.items()]


def _versions(text: Bilingual) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}
