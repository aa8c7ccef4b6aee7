"""Saved questions answered on the spot, on a store folder, for the command line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import wrap

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store

from queries.catalogue import Catalogue, SavedQuery

_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_WIDTH = 96
_LABEL = 22


def listing(catalogue: Catalogue) -> str:
    """The questions with their names and parameters, for a person to choose from."""
    return "\n".join(_described(query) for query in catalogue.values())


def answer(store: Path, query: SavedQuery, text: str, output: str) -> str:
    """The answer to a bound query, as a readable record per row or in a results format."""
    results = Store.read_only(str(store)).query(text, use_default_graph_as_union=True)
    if not isinstance(results, QuerySolutions):
        raise TypeError("a saved question is a SELECT")
    if output != "table":
        serialized = results.serialize(format=_FORMATS[output]) or b""
        return serialized.decode()
    return _records(results, query)


def _records(results: QuerySolutions, query: SavedQuery) -> str:
    """One record per row: the columns that have a heading, then where the quote stands."""
    lines: list[str] = []
    count = 0
    for solution in results:
        count += 1
        for name, heading in query.columns.items():
            value = solution[name]
            if isinstance(value, Literal | NamedNode):
                lines += _field(heading.en, value.value)
        lines.append("")
    return "\n".join([*lines, f"{count} rows", ""])


def _field(label: str, value: str) -> Iterable[str]:
    first, *rest = wrap(value, _WIDTH - _LABEL) or [""]
    return [f"{label[: _LABEL - 2]:<{_LABEL}}{first}", *(" " * _LABEL + line for line in rest)]


def _described(query: SavedQuery) -> str:
    parameters = ", ".join(parameter.name for parameter in query.parameters)
    return f"{query.name}\n    {query.title.en}\n    parameters: {parameters or 'none'}"
