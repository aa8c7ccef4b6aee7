"""The classes of the model, so that a thing can be given its superclasses outright."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from ontology.names import OWL, RDF, RDFS, VOCABULARY, definition

SUBCLASS = RDFS + "subClassOf"


class Classes:
    """Classes and their superclasses, read from the model; unknown names are a ValueError."""

    def __init__(self, model: Iterable[Quad]) -> None:
        self._above: dict[str, list[str]] = {}
        for quad in model:
            if not isinstance(quad.subject, NamedNode):
                continue
            if quad.predicate.value == RDF + "type" and quad.object == NamedNode(OWL + "Class"):
                self._above.setdefault(quad.subject.value, [])
            elif quad.predicate.value == SUBCLASS and isinstance(quad.object, NamedNode):
                self._above.setdefault(quad.subject.value, []).append(quad.object.value)

    def of(self, name: str) -> tuple[NamedNode, ...]:
        """A vocabulary class, by local name, with all its superclasses, in IRI order."""
        first = definition(name).value
        if first not in self._above:
            raise ValueError(f"the model has no class {first.removeprefix(VOCABULARY)}")
        found: set[str] = set()
        waiting = [first]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self._above.get(one, ()))
        return tuple(NamedNode(one) for one in sorted(found))
