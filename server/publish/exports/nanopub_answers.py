"""Nanopublications by their IRIs: made anew from the data, and known if they have that name.

The name says what the content is. So an IRI of which the statement has changed is not answered
with what it says now: that has a name of its own.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from pyoxigraph import NamedNode, RdfFormat, Triple
from pyoxigraph import Store as Memory
from starlette.requests import Request

from ontology.names import DATA_PATH, definition
from server.publish.exports.nanopub import EXPORT, Nanopublications
from server.publish.exports.tables import QUERIES
from server.query_files import QueryFiles
from server.settings import Settings
from server.store.interface import N_TRIPLES, QueryRequest, Store

_PATH = rf"{EXPORT}/(statement/[\w-]+)/[\w-]+"
_KIND = definition("Statement")


class Answered:
    """Describes the nanopublications of the statements in a store (``Described``)."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._things = settings.base_iri + DATA_PATH
        self._files = QueryFiles(QUERIES, settings.base_iri)

    async def triples(self, iri: str, _request: Request) -> Sequence[Triple]:
        """The nanopublication, its graphs together; nothing of other things."""
        found = re.fullmatch(_PATH, iri.removeprefix(self._things))
        if found is None:
            return ()
        statement = NamedNode(self._things + found[1])
        text = self._files.bound("nanopub-parts", {("statement",): [(statement,)]})
        timeout = self._settings.query_timeout_s
        answer = await self._store.query(QueryRequest(text, graph=(N_TRIPLES,), timeout=timeout))
        content = await answer.read()
        return await asyncio.to_thread(self._made, iri, statement, content)

    def _made(self, iri: str, statement: NamedNode, content: bytes) -> Sequence[Triple]:
        parts = Memory()
        parts.load(content, RdfFormat.N_TRIPLES)
        if next(parts.quads_for_pattern(statement, None, _KIND), None) is None:
            return ()
        settings = self._settings
        made = Nanopublications(
            parts, settings.base_iri, settings.publisher_iri or "", settings.data_licence
        )
        quads = made.of(statement.value)
        named = any(quad.subject == NamedNode(iri) for quad in quads)
        return [quad.triple for quad in quads] if named else ()
