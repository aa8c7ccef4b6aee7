"""The queries of this room: read from their files, bound with terms, never with text."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path

from pyoxigraph import NamedNode

from server.pages.select import Row, select
from server.problem import Problem
from server.query_files import QueryFiles
from server.store.interface import Store

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
        return self._files.bound(name, {(variable,): filter(None, map(_row, things))})

    async def rows(self, name: str, variable: str, things: Iterable[str]) -> list[Row]:
        """The rows of a SELECT about these things."""
        return await select(self.store, self.text(name, variable, things), self.timeout)

    async def known(self, iri: str, title: str, detail: str) -> list[Row]:
        """What the store says of one IRI; the 404 with this title where that is nothing."""
        rows = await self.rows("thing", "thing", [iri])
        if not rows:
            raise Problem(HTTPStatus.NOT_FOUND, title, detail, headers={"Vary": "Accept"})
        return rows


def _row(iri: str) -> tuple[NamedNode] | None:
    """The row of an IRI; ``None`` for what is none."""
    try:
        return (NamedNode(iri),)
    except ValueError:
        return None
