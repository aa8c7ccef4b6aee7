"""Nanopublications: each statement by itself, with where it stands and who says that we read it.

https://nanopub.net/guidelines/working_draft/. Four graphs: the head, the assertion (what the graph
says of the statement), its provenance (the passage, the document, the rule or reader) and the
publication. The name is a Trusty URI, a hash of the content; so nothing in it changes with a
release, and a statement that stays the same keeps its nanopublication. Unsigned: who publishes
them in the network of nanopublication servers signs them with a key of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

from ontology.names import DCTERMS, FOAF, OA, PREFIXES, PROV, RDF, VOCABULARY, Minter, definition
from server.publish.exports.tables import write_readme
from server.publish.exports.trusty import PLACE, Statement, Term, code, placed
from server.publish.files import GZIP, described, opened, packed_name
from server.publish.source import File, Source
from server.settings import CC0

EXPORT = "nanopub"
NP, NPX = "http://www.nanopub.org/nschema#", "http://purl.org/nanopub/x/"

_TYPE = RDF + "type"
_PREFIXES = PREFIXES | {"np": NP, "npx": NPX}
_KIND = definition("Statement").value
_SPEAKER, _SOURCE = definition("speaker").value, OA + "hasSource"
_DOCUMENT, _EVIDENCE = definition("inDocument").value, definition("evidence").value
_MADE_BY = definition("madeBy").value
_SELECTOR = OA + "hasSelector"
_WHERE = {_EVIDENCE, _DOCUMENT, _MADE_BY, definition("sentence").value, OA + "hasTarget"}
"""What says where a statement stands and how it was found, and so belongs to its provenance."""
_FOLLOWED = (*_WHERE - {_DOCUMENT}, _SOURCE, _SELECTOR)
_OF_DOCUMENT = {DCTERMS + name for name in ("title", "identifier", "issued")}

Triples = tuple[tuple[str, str, Term], ...]


def write(source: Source, folder: Path) -> Iterator[File]:
    """Write the nanopublications of all statements, in the order of their IRIs."""
    made = Nanopublications(source.store, source.base, source.publisher, source.licence)
    path = f"exports/{EXPORT}/{EXPORT}.{RdfFormat.TRIG.file_extension}"
    with opened(folder, path, (GZIP,)) as out:
        serialize(made.all(), out, format=RdfFormat.TRIG, prefixes=_PREFIXES)
    packed = packed_name(path, GZIP)
    yield described(folder, packed, RdfFormat.TRIG.media_type, EXPORT, GZIP)
    yield write_readme(folder, EXPORT)


class Nanopublications:
    """Makes nanopublications of the statements in a store, under a ``base``."""

    def __init__(self, store: Store, base: str, publisher: str = "", licence: str = CC0) -> None:
        self._store = store
        self._minter = Minter(base)
        self._publisher = publisher or self._minter.thing("publisher").value
        self._licence = licence
        self._triples = lru_cache(maxsize=4096)(self._read)

    def all(self) -> Iterator[Quad]:
        """The quads of each statement's, one after the other."""
        found = self._store.quads_for_pattern(None, NamedNode(_TYPE), NamedNode(_KIND), None)
        iris = {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}
        for iri in sorted(iris):
            yield from self.of(iri)

    def of(self, statement: str) -> list[Quad]:
        """The nanopublication of a statement, graph by graph."""
        name = f"{self._minter.thing('nanopub', self._minter.local(statement)).value}/{PLACE}"
        graphs = {
            "Head": self._head(name),
            "assertion": self._assertion(statement),
            "provenance": self._provenance(name, statement),
            "pubinfo": self._publication(name, statement),
        }
        quads = list(_quads(name, graphs))
        return list(placed(quads, code(quads)))

    def _head(self, name: str) -> Triples:
        return (
            (name, _TYPE, NP + "Nanopublication"),
            (name, NP + "hasAssertion", f"{name}#assertion"),
            (name, NP + "hasProvenance", f"{name}#provenance"),
            (name, NP + "hasPublicationInfo", f"{name}#pubinfo"),
        )

    def _assertion(self, statement: str) -> Triples:
        return tuple(one for one in self._triples(statement) if one[1] not in _WHERE)

    def _provenance(self, name: str, statement: str) -> Triples:
        assertion, reading, association = (
            f"{name}#{part}" for part in ("assertion", "reading", "association")
        )
        said = self._triples(statement)
        found: list[tuple[str, str, Term]] = [
            (assertion, PROV + "wasGeneratedBy", reading),
            (reading, _TYPE, PROV + "Activity"),
            (reading, PROV + "qualifiedAssociation", association),
            (association, _TYPE, PROV + "Association"),
            (association, PROV + "agent", self._publisher),
            *((association, PROV + "hadPlan", value) for value in _values(said, _MADE_BY)),
            *((assertion, PROV + "wasAttributedTo", value) for value in _values(said, _SPEAKER)),
            *((assertion, PROV + "wasDerivedFrom", value) for value in _values(said, _EVIDENCE)),
            *((assertion, PROV + "hadPrimarySource", value) for value in _values(said, _DOCUMENT)),
            *(one for one in said if one[1] in _WHERE),
        ]
        for document in _values(said, _DOCUMENT):
            found += [one for one in self._triples(document) if one[1] in _OF_DOCUMENT]
        return (*found, *self._passages(said))

    def _passages(self, said: Triples) -> Iterator[tuple[str, str, Term]]:
        """The passages with their quotes and selectors, the text, and the rule or claim."""
        waiting, known = [said], set[str]()
        while waiting:
            for _, predicate, value in waiting.pop():
                if predicate in _FOLLOWED and isinstance(value, str) and value not in known:
                    known.add(value)
                    triples = self._triples(value)
                    waiting.append(triples)
                    yield from triples

    def _publication(self, name: str, statement: str) -> Triples:
        kinds = _values(self._triples(statement), _TYPE)
        return (
            (name, DCTERMS + "creator", self._publisher),
            (name, DCTERMS + "license", self._licence),
            (name, DCTERMS + "isPartOf", self._minter.thing("dataset", "samenhang").value),
            (name, FOAF + "primaryTopic", statement),
            *(
                (name, NPX + "hasNanopubType", kind)
                for kind in kinds
                if kind.startswith(VOCABULARY) and kind != _KIND
            ),
        )

    def _read(self, iri: str) -> Triples:
        """What the data say of a thing, in order, each once."""
        quads = self._store.quads_for_pattern(NamedNode(iri), None, None, None)
        triples = {quad.triple for quad in quads}
        return tuple(
            (iri, one.predicate.value, _term(one.object)) for one in sorted(triples, key=str)
        )


def _quads(name: str, graphs: Mapping[str, Triples]) -> Iterator[Statement]:
    """The triples of each graph, in order, each once."""
    for part, triples in graphs.items():
        for subject, predicate, value in dict.fromkeys(triples):
            yield f"{name}#{part}", subject, predicate, value


def _values(triples: Triples, predicate: str) -> list[str]:
    return [value for _, name, value in triples if name == predicate and isinstance(value, str)]


def _term(value: object) -> Term:
    assert isinstance(value, NamedNode | Literal)  # the data have no blank nodes
    return value.value if isinstance(value, NamedNode) else value
