"""What of a document's graph is looked at when documents are laid side by side.

Its statements without the mentions, their quotes, what is said of the document itself and the
plain triples between things: a fifth of the graph, kept apart so that a thousand documents can be
compared without reading all of them again.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from ontology.names import RDF, definition

_TYPE = NamedNode(RDF + "type")
_EVIDENCE, _MENTIONS = definition("evidence"), definition("mentions")
_STATEMENT, _MENTION, _DOCUMENT = (
    definition(name) for name in ("Statement", "Mention", "Document")
)
_PLACE = frozenset(definition(name) for name in ("quote", "start", "end", "page"))


def shared(quads: Iterable[Quad]) -> list[Quad]:
    """The quads of a document's graph that other documents may be compared with."""
    every = list(quads)
    typed: dict[NamedNode, set[object]] = {}
    for quad in every:
        if quad.predicate == _TYPE and isinstance(quad.object, NamedNode):
            typed.setdefault(quad.object, set()).add(quad.subject)
    said = typed.get(_STATEMENT, set()) - typed.get(_MENTION, set())
    documents = typed.get(_DOCUMENT, set())
    places = {q.object for q in every if q.predicate == _EVIDENCE and q.subject in said}
    typed_here = set().union(*typed.values())
    return [
        quad
        for quad in every
        if quad.subject in said
        or (quad.subject in places and quad.predicate in _PLACE)
        or (quad.subject in documents and quad.predicate != _MENTIONS)
        or quad.subject not in typed_here  # a plain triple between things of the schemes
    ]
