"""The families of questions: a folder each, named and explained in ``families.ttl``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, SH, SKOS, Graph, Literal, Node

from ontology.names import DEFAULT_BASE, Minter
from queries.contract import parse
from queries.errors import QueryFileError
from queries.text import LANGUAGES, Bilingual

FILE = "families.ttl"


@dataclass(frozen=True, slots=True)
class Family:
    """A family of questions; ``name`` is its folder, ``order`` its place in a list."""

    name: str
    iri: str
    title: Bilingual
    description: Bilingual
    order: int


def families(folder: Path, minter: Minter) -> tuple[Family, ...]:
    """The families of a folder in order; a folder of questions without one is an error."""
    path = folder / FILE
    graph = parse(path, DEFAULT_BASE)
    found = [
        Family(
            name=str(concept).rpartition("/")[2],
            iri=minter.rebased(str(concept)),
            title=_bilingual(path, graph, concept, SKOS.prefLabel),
            description=_bilingual(path, graph, concept, SKOS.definition),
            order=int(str(graph.value(concept, SH.order) or 0)),
        )
        for concept in graph.subjects(RDF.type, SKOS.Concept)
    ]
    known = {family.name for family in found}
    for question in sorted(folder.glob("*/*.rq")):
        if question.parent.name not in known | {"choices"}:
            raise QueryFileError(question, 1, 1, f"{question.parent.name} is no family in {FILE}")
    return tuple(sorted(found, key=lambda family: (family.order, family.name)))


def _bilingual(path: Path, graph: Graph, concept: Node, predicate: Node) -> Bilingual:
    versions = {
        text.language: str(text)
        for text in graph.objects(concept, predicate)
        if isinstance(text, Literal)
    }
    if not set(LANGUAGES) <= versions.keys():
        raise QueryFileError(path, 1, 1, f"{concept} needs {predicate} in nl and en")
    return Bilingual(nl=versions["nl"], en=versions["en"])
