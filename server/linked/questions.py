"""The queries of this room: read from their files, bound with terms, never with text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Triple, parse, parse_query_results
from pyoxigraph import QueryResultsFormat as Results

from queries.rows import Term
from server.pages.select import Row, select
from server.problem import Problem
from server.query_files import QueryFiles
from server.sparql.problems import problem_for
from server.store.interface import (
    N_TRIPLES,
    RESULTS_JSON,
    TSV,
    QueryError,
    QueryRequest,
    Store,
)

_FOLDER = Path(__file__).parent / "queries"


class Questions:
    """Asks a store the queries of this room; ``timeout`` in seconds for each."""

    def __init__(self, store: Store, timeout: float) -> None:
        self.store = store
        self.timeout = timeout
        self._files = QueryFiles(_FOLDER)

    def text(self, name: str, variable: str, things: Iterable[str]) -> str:
        """A query about these things: its ``VALUES ?variable`` blocks hold their IRIs.

        What is no IRI is nothing that there could be statements about, and left out.
        """
        return self.bound(name, {variable: things})

    def bound(self, name: str, things: Mapping[str, Iterable[str]]) -> str:
        """A query about things by the variable that stands for them."""
        rows: dict[tuple[str, ...], Iterable[tuple[Term, ...]]] = {
            (variable,): filter(None, map(_row, iris)) for variable, iris in things.items()
        }
        return self._files.bound(name, rows)

    async def rows(self, name: str, variable: str, things: Iterable[str]) -> list[Row]:
        """The rows of a SELECT about these things."""
        return await select(self.store, self.text(name, variable, things), self.timeout)

    async def triples(self, text: str) -> set[Triple]:
        """The triples of a CONSTRUCT."""
        request = QueryRequest(text, graph=(N_TRIPLES,), timeout=self.timeout)
        content = await self._content(request)
        return {quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)}

    async def solutions(self, text: str) -> QuerySolutions:
        """The rows of a SELECT as terms."""
        request = QueryRequest(text, select=(RESULTS_JSON,), timeout=self.timeout)
        found = parse_query_results(await self._content(request), format=Results.JSON)
        assert isinstance(found, QuerySolutions)
        return found

    async def lines(self, text: str) -> list[list[str]]:
        """The rows of a SELECT as they are written in TSV (SPARQL 1.1): the quickest to read."""
        request = QueryRequest(text, select=(TSV,), timeout=self.timeout)
        _, *lines = (await self._content(request)).decode().splitlines()
        return [line.split("\t") for line in lines]

    async def known(self, iri: str, title: str, detail: str) -> list[Row]:
        """What the store says of one IRI; the 404 with this title where that is nothing."""
        rows = await self.rows("thing", "thing", [iri])
        if not rows:
            raise Problem(HTTPStatus.NOT_FOUND, title, detail, headers={"Vary": "Accept"})
        return rows

    async def _content(self, request: QueryRequest) -> bytes:
        try:
            return await (await self.store.query(request)).read()
        except QueryError as error:
            raise problem_for(error, request.text) from error


def _row(iri: str) -> tuple[NamedNode] | None:
    """The row of an IRI; ``None`` for what is none."""
    try:
        return (NamedNode(iri),)
    except ValueError:
        return None
