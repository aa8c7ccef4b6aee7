"""Which classes a thing belongs to, beyond those that are stated: what its classes fall under."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, parse

from ontology.names import RDFS
from ontology.vocabulary import FOLDER, MODEL_FILES

EVERYTHING = RDFS + "Resource"


def with_wider(classes: Iterable[str]) -> set[str]:
    """These classes and all that they are subclasses of."""
    found: set[str] = set()
    waiting = list(classes)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += _wider().get(one, ())
    return found


@cache
def _wider() -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for name in MODEL_FILES:
        for quad in parse((FOLDER / name).read_bytes(), format=RdfFormat.TURTLE):
            if quad.predicate.value == RDFS + "subClassOf" and isinstance(quad.object, NamedNode):
                assert isinstance(quad.subject, NamedNode)
                made.setdefault(quad.subject.value, []).append(quad.object.value)
    return made
