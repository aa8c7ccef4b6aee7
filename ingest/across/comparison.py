"""Documents laid side by side: what the makers of derived parts work with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Quad, RdfFormat, Store

from ingest.graph.classes import Classes
from ontology.names import Minter
from ontology.vocabulary import Vocabulary


@dataclass(frozen=True)
class Comparison:
    """The documents' shared quads in their graphs, with the model and the schemes in theirs."""

    store: Store
    words: Vocabulary
    minter: Minter
    classes: Classes


def side_by_side(parts: Iterable[Iterable[bytes]], schemes: Iterable[Quad]) -> Store:
    """A store of what documents share (sorted N-Quads lines) and the schemes."""
    store = Store()
    for lines in parts:
        store.bulk_load(b"".join(lines), format=RdfFormat.N_QUADS)
    store.bulk_extend(schemes)
    return store
