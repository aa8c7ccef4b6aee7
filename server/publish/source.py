"""What a release is made of and what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import QuerySolutions, QueryTriples, Store, Triple

from server.settings import CC0


@dataclass(frozen=True, slots=True)
class Source:
    """One version of the data: a ``store`` that is only read, and the same as ``quads``, the
    sorted N-Quads of the build. ``base`` is the base of its IRIs; ``publisher`` the IRI of who
    publishes them, empty for the one under the base; ``licence`` that of the data.
    """

    store: Store
    quads: Path
    version: str
    base: str
    publisher: str = ""
    licence: str = CC0

    def triples(self, query: str) -> Iterator[Triple]:
        """The triples of a CONSTRUCT over all graphs together, each once."""
        found = self.store.query(query, use_default_graph_as_union=True)
        assert isinstance(found, QueryTriples)
        return iter(dict.fromkeys(found))

    def solutions(self, query: str) -> QuerySolutions:
        """The rows of a SELECT over all graphs together."""
        found = self.store.query(query, use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        return found


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release.

    ``name`` is its path in the release; ``media_type`` that of the content, once unpacked where
    ``packing`` ("gzip", "zstd" or none) says how the file is compressed; ``size`` in bytes and
    ``sha256`` are of the file as it is. ``of`` says what it is a form of: ``graph``,
    ``graph/{name}`` for one named graph, the token of an export's profile, ``void`` for the
    statistics, or ``release`` for what describes the release itself.
    """

    name: str
    media_type: str
    size: int
    sha256: str
    of: str
    packing: str = ""
