"""The service's description of itself in OpenAPI: what ``openapi.yaml`` says, with HEAD as GET."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

TITLE = "Samenhang"
_SUMMARY = "Dutch foreign policy documents as a knowledge graph with the sentence behind it."
_SOURCE = Path(__file__).with_suffix(".yaml")
_VERSION = "3.1.0"


def document(release: str, rest: dict[str, Any]) -> dict[str, Any]:
    """The document. It is written by hand, for a route does not know its errors and formats.

    ``rest`` are the tags, components and paths of the REST service, which belong to it.
    """
    written: dict[str, Any] = yaml.safe_load(_SOURCE.read_text(encoding="utf-8"))
    written["tags"] += rest["tags"]
    written["paths"] |= rest["paths"]
    for kind, parts in rest["components"].items():
        written["components"][kind] = parts | written["components"].get(kind, {})
    for operations in written["paths"].values():
        if "get" in operations:
            operations["head"] = _head(operations["get"])
    info = {"title": TITLE, "summary": _SUMMARY, "version": release}
    return {"openapi": _VERSION, "info": info, **written}


def _head(fetch: dict[str, Any]) -> dict[str, Any]:
    """A GET without the bodies of its answers."""
    answers = {
        status: {key: value for key, value in answer.items() if key != "content"}
        for status, answer in fetch["responses"].items()
    }
    return {**fetch, "operationId": f"{fetch['operationId']}-head", "responses": answers}
