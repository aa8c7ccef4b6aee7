"""Documents laid side by side: what the makers of derived parts work with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from ingest.across.threads_file import ThreadsFile
from ingest.graph.classes import Classes
from ontology.names import RDF, Minter, definition
from ontology.vocabulary import Vocabulary

_TYPE = NamedNode(RDF + "type")
_EVIDENCE, _IN_DOCUMENT = definition("evidence"), definition("inDocument")


@dataclass(frozen=True)
class Comparison:
    """The documents' shared quads in their graphs, with the model and the schemes in theirs."""

    store: Store
    words: Vocabulary
    minter: Minter
    classes: Classes
    curated: Sequence[ThreadsFile] = ()

    def around(self, quads: Iterable[Quad]) -> list[Quad]:
        """What documents say of the statements that a derived part names, to validate it with."""
        named = {one for quad in quads for one in (quad.subject, quad.object)}
        found = {
            quad: None
            for one in named
            if isinstance(one, NamedNode) and one not in self.words
            for quad in (*self._said(one), *self._evidence(one))
        }
        return list(found)

    def _said(self, node: NamedNode) -> Iterator[Quad]:
        return self.store.quads_for_pattern(node, None, None)

    def _evidence(self, node: NamedNode) -> Iterator[Quad]:
        """That a place is evidence in a document follows from the statements that give it."""
        for use in self.store.quads_for_pattern(None, _EVIDENCE, node):
            for kind in self.classes.of("Evidence"):
                yield Quad(node, _TYPE, kind, use.graph_name)
            for said in self.store.quads_for_pattern(use.subject, _IN_DOCUMENT, None):
                yield Quad(node, _IN_DOCUMENT, said.object, said.graph_name)


def side_by_side(parts: Iterable[Iterable[bytes]], schemes: Iterable[Quad]) -> Store:
    """A store of what documents share (sorted N-Quads lines) and the schemes."""
    store = Store()
    for lines in parts:
        store.bulk_load(b"".join(lines), format=RdfFormat.N_QUADS)
    store.bulk_extend(schemes)
    return store
