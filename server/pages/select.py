"""Rows of a SELECT for a page, read from the store's JSON results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from server.sparql.problems import problem_for
from server.store.interface import RESULTS_JSON, QueryError, QueryRequest, Store


@dataclass(frozen=True, slots=True)
class Term:
    """A value in a row (SPARQL 1.1 Query Results JSON Format, section 3.2.2).

    ``kind`` is ``uri``, ``literal`` or ``bnode``.
    """

    kind: str
    value: str
    language: str = ""
    datatype: str = ""


Row = Mapping[str, Term]


async def select(store: Store, text: str, seconds: float) -> list[Row]:
    """All rows of a SELECT within ``seconds``; without an answer, a ``Problem`` that says why."""
    try:
        answer = await store.query(QueryRequest(text, select=(RESULTS_JSON,), timeout=seconds))
        document = json.loads(await answer.read())
    except QueryError as error:
        raise problem_for(error, text) from error
    return [
        {
            name: Term(
                kind=term["type"],
                value=term["value"] if isinstance(term["value"], str) else json.dumps(term),
                language=term.get("xml:lang", ""),
                datatype=term.get("datatype", ""),
            )
            for name, term in binding.items()
        }
        for binding in document["results"]["bindings"]
    ]
