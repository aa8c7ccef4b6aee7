"""An answer as one readable JSON document: what was asked, of which data, and the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from queries.catalogue import SavedQuery
from queries.parameters import Value, shown
from queries.readable import Address, objects
from queries.rows import Answer, Row


def document(
    query: SavedQuery,
    terms: Mapping[str, Value | None],
    answer: Answer,
    version: str,
    language: str,
    address: Address,
    *,
    rows: Sequence[Row] | None = None,
    names: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The document of an answer, or of some ``rows`` of it.

    ``version`` is that of the data set; ``names`` say what the values of the parameters are called.
    """
    return {
        "question": {
            "id": query.iri,
            "name": query.name,
            "version": query.version,
            "title": query.title.in_language(language),
        },
        "language": language,
        "parameters": {
            name: None if term is None else _given(shown(term, query.base), names or {})
            for name, term in terms.items()
        },
        "dataset": version,
        "digest": answer.digest,
        "columns": [
            {"name": column.name, "label": column.label.in_language(language)}
            | ({"evidencedBy": column.evidence} if column.proven else {})
            for column in query.columns.values()
            if not column.hidden
        ],
        "total": len(answer.rows),
        "rows": objects(query, answer.rows if rows is None else rows, address),
    }


def _given(value: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"value": value} | ({"label": names[value]} if value in names else {})
