"""What the columns of a table are: CSV on the Web (Metadata Vocabulary for Tabular Data).

https://www.w3.org/TR/tabular-metadata/. A reader finds ``{name}.csv-metadata.json`` beside
``{name}.csv`` (Model for Tabular Data, 5.3).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from queries.text import Bilingual
from server.publish.exports.tables import SEPARATOR, Column, Table
from server.publish.files import described, opened
from server.publish.source import File

CONTEXT = "http://www.w3.org/ns/csvw"
MEDIA_TYPE = "application/csvm+json"
_IRI = "anyURI"


def write_metadata(
    folder: Path, table: Table, subject: str | None = None, notes: Mapping[str, Any] | None = None
) -> File:
    """Write the metadata of a table.

    ``subject`` is the column with the IRI of what a row is about, ``notes`` are further properties
    of the table.
    """
    name = f"{table.file}-metadata.json"
    with opened(folder, name, ("",)) as out:
        text = json.dumps(metadata(table, subject, notes), indent=2, ensure_ascii=False)
        out.write(f"{text}\n".encode())
    return described(folder, name, MEDIA_TYPE, table.token)


def metadata(
    table: Table, subject: str | None = None, notes: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The description of a table (5.3), and of its columns (5.6)."""
    columns = [_column(one, one.name == subject) for one in table.columns]
    schema: dict[str, Any] = {"columns": columns}
    if subject is not None:
        schema |= {"aboutUrl": f"{{+{subject}}}", "primaryKey": subject}
    return {
        "@context": [CONTEXT, {"@language": "en"}],
        "url": f"{table.name}.csv",
        "dc:title": _texts(table.label),
        **(notes or {}),
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True, "quoteChar": '"'},
        "tableSchema": schema,
    }


def _column(column: Column, is_subject: bool) -> dict[str, Any]:
    members: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": _texts(column.label),
        "required": column.required,
    }
    # A cell from which an address is made is text: readers do not agree on how to expand an anyURI.
    if is_subject:
        return members | {"suppressOutput": True}
    if column.property is not None:
        members["propertyUrl"] = column.property
    if column.property is not None and column.datatype == _IRI and not column.several:
        return members | {"valueUrl": f"{{+{column.name}}}"}
    if column.several:
        members["separator"] = SEPARATOR
    return members | {"datatype": column.datatype}


def _texts(text: Bilingual) -> list[dict[str, str]]:
    return [{"@value": text.nl, "@language": "nl"}, {"@value": text.en, "@language": "en"}]
