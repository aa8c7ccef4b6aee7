"""The schemes as a vocabulary: concepts with their labels, and a lookup from label or slug."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from ontology.names import RDF, SKOS, VOCABULARY, Minter

FOLDER = Path(__file__).parent
MODEL_FILES = ("model.ttl", "publishing.ttl", "questions.ttl")
SCHEMA_FILES = frozenset({*MODEL_FILES, "retired.ttl", "shapes.ttl"})

_LABELS = {
    SKOS + "prefLabel": "label",
    SKOS + "altLabel": "synonym",
    SKOS + "hiddenLabel": "hidden",
    VOCABULARY + "abbreviation": "abbreviation",
    VOCABULARY + "adjective": "adjective",
}


class OntologyError(Exception):
    """A Turtle file of the ontology can not be used; the message names file and place."""


@dataclass(frozen=True, slots=True)
class Label:
    """One form under which a concept is known; ``role`` as in ``_LABELS``."""

    text: str
    language: str
    role: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme. ``types`` are local names of vocabulary classes ("Actor")."""

    iri: NamedNode
    types: frozenset[str]
    labels: tuple[Label, ...]
    properties: Mapping[str, tuple[NamedNode | Literal, ...]]

    @property
    def slug(self) -> str:
        """The last segment of the IRI."""
        return self.iri.value.rsplit("/", 1)[-1]

    def name(self, language: str = "nl") -> str:
        """The preferred label in a language, or any label where there is none."""
        for label in self.labels:
            if label.role == "label" and label.language == language:
                return label.text
        return self.labels[0].text

    def objects(self, name: str) -> tuple[NamedNode | Literal, ...]:
        """The values of a vocabulary property, given by its local name."""
        return self.properties.get(VOCABULARY + name, ())

    def texts(self, name: str) -> tuple[str, ...]:
        """The values of a vocabulary property as plain text."""
        return tuple(value.value for value in self.objects(name))


class Vocabulary:
    """All concepts of the schemes. Looking up an unknown one is an :class:`OntologyError`."""

    def __init__(self, concepts: Mapping[str, Concept], quads: tuple[Quad, ...]) -> None:
        self._concepts = concepts
        self._schemes: dict[str, list[Concept]] = {}
        self._named: dict[tuple[str, str], dict[str, Concept]] = {}
        for concept in concepts.values():
            for scheme in concept.properties.get(SKOS + "inScheme", ()):
                self._enter(scheme.value.rsplit("/", 1)[-1], concept)
        self.quads = quads

    def _enter(self, scheme: str, concept: Concept) -> None:
        self._schemes.setdefault(scheme, []).append(concept)
        for name in (concept.slug, *(label.text for label in concept.labels)):
            self._named.setdefault((scheme, name), {})[concept.iri.value] = concept

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts.values())

    def __contains__(self, iri: NamedNode) -> bool:
        return iri.value in self._concepts

    def __getitem__(self, iri: NamedNode) -> Concept:
        try:
            return self._concepts[iri.value]
        except KeyError:
            raise OntologyError(f"no scheme holds {iri.value}") from None

    def of_type(self, *types: str) -> tuple[Concept, ...]:
        """The concepts of at least one of these classes, by local name, in IRI order."""
        wanted = frozenset(types)
        return tuple(concept for concept in self if concept.types & wanted)

    def in_scheme(self, name: str) -> tuple[Concept, ...]:
        """The concepts of a scheme, given by the last segment of its IRI."""
        return tuple(self._schemes.get(name, ()))

    def find(self, scheme: str, name: str) -> Concept:
        """The one concept of a scheme with this slug or label; an error where it is not one."""
        matches = self._named.get((scheme, name), {})
        if len(matches) != 1:
            found = "no concept" if not matches else f"{len(matches)} concepts"
            raise OntologyError(f"scheme {scheme}: {found} named {name!r}")
        return next(iter(matches.values()))


def parse_turtle(path: Path) -> list[Quad]:
    """The triples of a Turtle file; an :class:`OntologyError` with line and column if it is bad."""
    try:
        return list(parse(path=path, format=RdfFormat.TURTLE))
    except SyntaxError as error:
        place = f"{error.lineno}:{error.offset}" if error.lineno else "?"
        raise OntologyError(f"{path}:{place}: {error.msg}") from error
    except OSError as error:
        raise OntologyError(f"{path}: {error.strerror or error}") from error


def load(minter: Minter, folder: Path = FOLDER) -> Vocabulary:
    """Read every scheme file of the folder, its IRIs under the minter's base."""
    quads: list[Quad] = []
    for path in sorted(folder.glob("*.ttl")):
        if path.name not in SCHEMA_FILES:
            quads.extend(rebased(quad, minter) for quad in parse_turtle(path))
    if not quads:
        raise OntologyError(f"{folder}: no scheme files (*.ttl)")
    return Vocabulary(_concepts(quads), tuple(quads))


def rebased(quad: Quad, minter: Minter) -> Quad:
    """A triple of the schemes with its IRIs under a publisher's base."""

    def term(node: Any) -> Any:
        return NamedNode(minter.rebased(node.value)) if isinstance(node, NamedNode) else node

    return Quad(term(quad.subject), term(quad.predicate), term(quad.object))


def _concepts(quads: list[Quad]) -> dict[str, Concept]:
    labels: dict[str, list[Label]] = {}
    types: dict[str, set[str]] = {}
    properties: dict[str, dict[str, list[NamedNode | Literal]]] = {}
    for quad in quads:
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, NamedNode) or isinstance(value, BlankNode):
            continue
        if predicate == RDF + "type" and isinstance(value, NamedNode):
            kind = value.value.removeprefix(VOCABULARY).removeprefix(SKOS)
            types.setdefault(subject.value, set()).add(kind)
        elif predicate in _LABELS and isinstance(value, Literal):
            label = Label(value.value, value.language or "", _LABELS[predicate])
            labels.setdefault(subject.value, []).append(label)
        elif isinstance(value, NamedNode | Literal):
            held = properties.setdefault(subject.value, {})
            held.setdefault(predicate, []).append(value)
    return {
        iri: Concept(
            NamedNode(iri),
            frozenset(types[iri]),
            tuple(sorted(labels.get(iri, []), key=lambda one: (one.role, one.language, one.text))),
            {name: tuple(values) for name, values in properties.get(iri, {}).items()},
        )
        for iri in sorted(types)
        if "Concept" in types[iri] and labels.get(iri)
    }
