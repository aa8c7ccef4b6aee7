"""The JSON-LD context: readable names for the terms of the ontology and of those it builds on.

Made from ``ontology/model.ttl``, ``questions.ttl`` and ``terms.ttl`` beside this file
(https://www.w3.org/TR/json-ld11/#the-context). A term of ours has its own name; one of another
vocabulary too, unless that name is taken already, and then it keeps its prefix.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from ontology.names import OWL, PREFIXES, RDF, RDFS, VOCABULARY, XSD
from ontology.vocabulary import FOLDER, MODEL_FILES

PATH = "/def/context.jsonld"

_FOREIGN = Path(__file__).parent / "terms.ttl"
_KEYWORDS = {"id": "@id", "type": "@type", "included": "@included"}
_TERMS = frozenset(
    (OWL + "Class", OWL + "ObjectProperty", OWL + "DatatypeProperty", RDFS + "Datatype")
)
# JSON has these itself: 12, not "12".
NATIVE = frozenset((XSD + "integer", XSD + "boolean", XSD + "string"))

Context = Mapping[str, Any]


@cache
def whole() -> Context:
    """The context that is published."""
    made: dict[str, Any] = {**_KEYWORDS, **PREFIXES}
    own = (quad for name in MODEL_FILES for quad in _quads(FOLDER / name))
    for term in (*_terms(own), *_terms(_quads(_FOREIGN))):
        name, definition = _local(term.iri), term.definition
        if name not in made:
            made[name] = definition
        elif not isinstance(definition, str):  # which would say no more than its prefix does
            made[_compact(term.iri)] = definition
    return made


@cache
def document() -> bytes:
    """The published context as JSON."""
    return json.dumps({"@context": whole()}, ensure_ascii=False, indent=1).encode()


def part(iris: Iterable[str]) -> Context:
    """The context for a document with these properties and classes: what it needs, no more."""
    names = _names()
    made: dict[str, Any] = dict(_KEYWORDS)
    used: set[str] = set()
    for iri in sorted(iris):
        name = names.get(iri)
        if name is not None:
            made[name] = whole()[name]
        used |= {prefix for prefix, namespace in PREFIXES.items() if iri.startswith(namespace)}
    used |= {
        value.partition(":")[0]
        for one in made.values()
        for value in ([one] if isinstance(one, str) else [*one.values()])
        if value.partition(":")[0] in PREFIXES
    }
    return {**{prefix: PREFIXES[prefix] for prefix in sorted(used)}, **made}


class _Term:
    def __init__(self, iri: str, kind: str, ranges: set[str]) -> None:
        self.iri = iri
        self._kind = kind
        self._range = next(iter(ranges)) if len(ranges) == 1 else ""

    @property
    def definition(self) -> str | dict[str, str]:
        """How the term is defined (https://www.w3.org/TR/json-ld11/#expanded-term-definition)."""
        made = {"@id": _compact(self.iri)}
        if self._kind == OWL + "ObjectProperty":
            return {**made, "@type": "@id"}
        if self._range == RDF + "langString":
            return {**made, "@container": "@language"}
        if self._range.startswith(XSD) and self._range not in NATIVE:
            return {**made, "@type": _compact(self._range)}
        return made["@id"]


def _terms(quads: Iterable[Quad]) -> Iterator[_Term]:
    kinds: dict[str, str] = {}
    ranges: dict[str, set[str]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            iri, value = quad.subject.value, quad.object.value
            if quad.predicate.value == RDF + "type" and value in _TERMS:
                kinds[iri] = value
            elif quad.predicate.value == RDFS + "range":
                ranges.setdefault(iri, set()).add(value)
    foreign = {iri: iri.startswith(VOCABULARY) for iri in kinds}
    for iri in sorted(kinds, key=lambda one: (not foreign[one], one)):
        yield _Term(iri, kinds[iri], ranges.get(iri, set()))


@cache
def _names() -> Mapping[str, str]:
    """The name of each term by its IRI."""
    made: dict[str, str] = {}
    for name, definition in whole().items():
        compact = definition if isinstance(definition, str) else definition["@id"]
        prefix, _, local = compact.partition(":")
        if prefix in PREFIXES and not local.startswith("//"):
            made[PREFIXES[prefix] + local] = name
    return made


def _quads(path: Path) -> Iterator[Quad]:
    return iter(parse(path.read_bytes(), format=RdfFormat.TURTLE))


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
