"""A release as a research object: ``ro-crate-metadata.json`` (RO-Crate 1.1, w3id.org/ro/crate/1.1).

Plain JSON-LD, flattened and compacted as the specification has it: the root data entity, who made
it and under which licence, and a data entity for each file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from ontology.names import Minter
from server.publish.files import MEDIA_TYPES
from server.publish.source import File
from server.settings import Settings

CRATE = "ro-crate-metadata.json"
OF_RELEASE = "release"
"""What a file is of that describes the release itself."""
_SPECIFICATION = "https://w3id.org/ro/crate/1.1"
_CONTEXT = f"{_SPECIFICATION}/context"
_EXTENSION = {"sha256": "http://schema.org/sha256"}  # younger than the context
_TEXTS = Path(__file__).with_name("crate.yaml")

Entity = dict[str, Any]


def write(
    folder: Path,
    files: Sequence[File],
    issued: datetime,
    facts: Mapping[str, str],
    settings: Settings,
) -> None:
    """Describe the files below a folder.

    ``facts`` fill in the description: the ``version``, the number of ``quads``, the ``hash``.
    """
    texts = yaml.safe_load(_TEXTS.read_text(encoding="utf-8"))
    publisher = settings.publisher_iri or Minter(settings.base_iri).thing("publisher").value
    entities = [
        _descriptor(),
        _root(files, issued, facts, texts)
        | {"license": {"@id": settings.data_licence}}
        | {"author": {"@id": publisher}, "publisher": {"@id": publisher}},
        {
            "@id": publisher,
            "@type": "Organization",
            "name": settings.publisher_name,
            "url": settings.contact_url,
        },
        {"@id": settings.data_licence, "@type": "CreativeWork", "name": texts["licence"]},
        *(_file(file, texts) for file in files),
    ]
    document = {"@context": [_CONTEXT, _EXTENSION], "@graph": entities}
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    (folder / CRATE).write_text(text, encoding="utf-8")


def _descriptor() -> Entity:
    """The metadata file itself (section 3.1)."""
    return {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _SPECIFICATION},
        "about": {"@id": "./"},
    }


def _root(
    files: Iterable[File], issued: datetime, facts: Mapping[str, str], texts: Mapping[str, str]
) -> Entity:
    """The root data entity (section 3.2), but for who made it."""
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": texts["name"],
        "alternateName": texts["alternateName"],
        "description": texts["description"].format(**facts),
        "keywords": texts["keywords"],
        "version": facts["version"],
        "datePublished": issued.isoformat(),
        "hasPart": [{"@id": file.name} for file in files],
    }


def _file(file: File, texts: Mapping[str, str]) -> Entity:
    """A data entity (section 4)."""
    return {
        "@id": file.name,
        "@type": "File",
        "name": file.name,
        "description": _description(file.of, texts),
        "encodingFormat": MEDIA_TYPES.get(file.packing, file.media_type),
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def _description(form: str, texts: Mapping[str, str]) -> str:
    if form in texts:
        return texts[form]
    kind, _, name = form.partition("/")
    return texts["named-graph" if name else "export"].format(name=name or kind)
