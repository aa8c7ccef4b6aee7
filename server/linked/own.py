"""What this room describes beside the store: questions, shapes, profiles, and named graphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import Graph
from starlette.requests import Request

import queries
from ontology.names import DATA_PATH, DCTERMS, PROV, RDF, RDFS, VOCABULARY, Minter
from ontology.vocabulary import FOLDER as ONTOLOGY
from queries.catalogue import Catalogue
from queries.contract import COLUMN, PARAMETER, SHARED
from queries.definition import definition
from queries.families import FILE as FAMILIES
from queries.text import LANGUAGES
from server.linked.questions import Questions
from server.pages.rendering import Pages
from server.publish.profiles import FOLDER as PROFILES
from server.publish.profiles import Profile

QUERIES = Path(queries.__file__).parent
_SHAPES = VOCABULARY + "shape/"
_COLLECTIONS = Path(__file__).parent / "collections.ttl"


class Files:
    """Things of Turtle files: what is said of each, with the nodes without a name that it needs.

    A collection (an IRI that ends in a slash) comes with all that is below it.
    """

    def __init__(self, base: str, paths: Iterable[Path]) -> None:
        rebased = Minter(base).rebased
        self._said: dict[str, list[Triple]] = {}
        for path in paths:
            for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE):
                triple = Triple(*(_rebased(one, rebased) for one in quad.triple))
                self._said.setdefault(_key(triple.subject), []).append(triple)

    async def triples(self, iri: str, _request: Request) -> Sequence[Triple]:
        """What the files say of a thing."""
        if iri not in self._said:
            return ()
        below = [one for one in self._said if iri.endswith("/") and one.startswith(iri)]
        found: dict[Triple, None] = {}
        waiting = [iri, *below]
        done: set[str] = set()
        while waiting:
            key = waiting.pop()
            if key not in done:
                done.add(key)
                for triple in self._said.get(key, ()):
                    found[triple] = None
                    if isinstance(triple.object, BlankNode):
                        waiting.append(_key(triple.object))
        return tuple(found)


class SavedQuestions:
    """Questions, and the parameters and columns that they have."""

    def __init__(self, catalogue: Catalogue, pages: Pages) -> None:
        self._catalogue = catalogue
        self._pages = pages
        self._shared = Files(pages.base, (QUERIES / FAMILIES, QUERIES / SHARED, _COLLECTIONS))
        self._names = {query.iri: query.name for query in catalogue.values()}
        self._using: dict[str, list[str]] | None = None

    async def triples(self, iri: str, request: Request) -> Sequence[Triple]:
        """The contract of a question (:mod:`queries.definition`); of a family, parameter or column
        what it is, and which questions have it.
        """
        if iri in self._names:
            target = self._pages.links(request).absolute("/sparql")
            return tuple(_oxigraph(definition(self._catalogue[self._names[iri]], target)))
        if iri.startswith(_SHAPES):
            return ()
        said = await self._shared.triples(iri, request)
        return (*said, *self._used(NamedNode(iri), named=bool(said)))

    def _used(self, part: NamedNode, *, named: bool) -> Iterable[Triple]:
        using = self._using_of(part.value)
        if using and not named:
            yield Triple(part, _node(RDF + "type"), _node(RDF + "Property"))
            yield from self._names_of(part, using[0])
        for name in using:
            query = self._catalogue[name]
            question = NamedNode(query.iri)
            yield Triple(part, _node(DCTERMS + "isReferencedBy"), question)
            for language in LANGUAGES:
                title = Literal(query.title.in_language(language), language=language)
                yield Triple(question, _node(RDFS + "label"), title)

    def _names_of(self, part: NamedNode, name: str) -> Iterable[Triple]:
        """What the first question that has it calls it."""
        query = self._catalogue[name]
        local = part.value.rpartition("/")[2]
        labels = {one.name: one.label for one in query.columns.values()}
        labels |= {one.name: one.label for one in query.parameters}
        if local in labels:
            for language in LANGUAGES:
                label = Literal(labels[local].in_language(language), language=language)
                yield Triple(part, _node(RDFS + "label"), label)

    def _using_of(self, iri: str) -> Sequence[str]:
        if self._using is None:
            self._using = {}
            for query in self._catalogue.values():
                parts = [query.family.iri]
                parts += [str(COLUMN) + name for name in query.variables]
                parts += [str(PARAMETER) + name for name in query.parameter_names]
                for part in parts:
                    self._using.setdefault(part, []).append(query.name)
        return self._using.get(iri, ())


class NamedGraphs:
    """The graphs of the data set of which the data say nothing themselves."""

    def __init__(self, questions: Questions, base: str) -> None:
        self._questions = questions
        self._below = f"{base}{DATA_PATH}graph/"
        self._dataset = f"{base}{DATA_PATH}dataset/samenhang"

    async def triples(self, iri: str, _request: Request) -> Sequence[Triple]:
        """That it is a graph of the data set."""
        if not iri.startswith(self._below):
            return ()
        if not await self._questions.rows("graph", "graph", [iri]):
            return ()
        graph = NamedNode(iri)
        return (
            Triple(graph, _node(RDF + "type"), _node(PROV + "Bundle")),
            Triple(graph, _node(RDF + "type"), _node(PROV + "Entity")),
            Triple(graph, _node(RDFS + "label"), Literal(iri.removeprefix(self._below))),
            Triple(graph, _node(DCTERMS + "isPartOf"), _node(self._dataset)),
        )


def files(base: str, profiles: Mapping[str, Profile]) -> Files:
    """Shapes and profiles."""
    described = (PROFILES / token / "profile.ttl" for token in profiles)
    return Files(base, (_COLLECTIONS, ONTOLOGY / "shapes.ttl", *described))


def _oxigraph(graph: Graph) -> Iterable[Triple]:
    content = graph.serialize(format="nt", encoding="utf-8")
    return (quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES))


def _rebased(term: Any, rebased: Any) -> Any:
    return NamedNode(rebased(term.value)) if isinstance(term, NamedNode) else term


def _key(term: Any) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _node(iri: str) -> NamedNode:
    return NamedNode(iri)
