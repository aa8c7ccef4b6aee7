"""What documents say, read back from the comparison: the documents and their statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Store

from ingest.across.comparison import Comparison
from ingest.statement import Term
from ontology.names import DCTERMS, RDF, VOCABULARY, Minter, definition

_TYPE = NamedNode(RDF + "type")
_QUOTE, _START = definition("quote"), definition("start")
_APART = frozenset({"evidence", "inDocument", "sentence"})


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the data set, as far as other documents may refer to it."""

    node: NamedNode
    id: str
    issued: str
    kind: str
    titles: tuple[str, ...]
    identifiers: frozenset[str]
    likely: frozenset[str]
    """Identifiers that it has by the usual numbering only, or may have."""

    def before(self, other: Source) -> bool:
        """Whether this document is certainly the earlier: "2021-01-25" before "2022"."""
        length = min(len(self.issued), len(other.issued))
        return bool(length) and self.issued[:length] < other.issued[:length]


@dataclass(frozen=True, eq=False)
class Said:
    """A statement of a document, with where it says so."""

    node: NamedNode
    kinds: frozenset[str]
    source: Source
    content: Mapping[str, tuple[Term, ...]]
    evidence: tuple[NamedNode, ...]
    quotes: tuple[str, ...]
    start: int

    @cached_property
    def text(self) -> str:
        """What it was read from."""
        return " ".join(self.quotes)

    def values(self, *names: str) -> list[Term]:
        """The values of vocabulary properties, by local name."""
        return [value for name in names for value in self.content.get(name, ())]

    def things(self, *names: str) -> frozenset[NamedNode]:
        """The things among the values of properties."""
        return frozenset(one for one in self.values(*names) if isinstance(one, NamedNode))

    def words(self, name: str) -> tuple[str, ...]:
        """The values of a property as plain text."""
        return tuple(value.value for value in self.content.get(name, ()))

    @property
    def order(self) -> tuple[str, str, int, str]:
        """In the order of the documents' dates, then of the text."""
        return self.source.issued, self.source.id, self.start, self.node.value


class Reading:
    """The documents of a comparison and what they say, in order of date and place."""

    def __init__(self, comparison: Comparison) -> None:
        self._store: Store = comparison.store
        self._minter = comparison.minter
        subjects = self._of_type("Document")
        self.sources = {one: _source(comparison.store, one, self._minter) for one in subjects}

    def said(self, *kinds: str) -> list[Said]:
        """The statements of these kinds, each once."""
        found = {one: None for kind in kinds for one in self._of_type(kind)}
        return sorted(filter(None, map(self.statement, found)), key=lambda one: one.order)

    def in_document(self, source: Source) -> list[Said]:
        """All statements of a document, in order."""
        here = self._store.quads_for_pattern(None, definition("inDocument"), source.node)
        found = {quad.subject for quad in here if isinstance(quad.subject, NamedNode)}
        return sorted(filter(None, map(self.statement, found)), key=lambda one: one.order)

    def statement(self, node: NamedNode) -> Said | None:
        """A statement by its IRI; None where there is no such statement in a document."""
        kinds: set[str] = set()
        content: dict[str, list[Term]] = {}
        evidence: list[tuple[int, NamedNode, str]] = []
        source: Source | None = None
        for quad in self._store.quads_for_pattern(node, None, None):
            name, value = quad.predicate.value.removeprefix(VOCABULARY), quad.object
            if quad.predicate == _TYPE and isinstance(value, NamedNode):
                kinds.add(value.value.removeprefix(VOCABULARY))
            elif name == "inDocument" and isinstance(value, NamedNode):
                source = self.sources.get(value)
            elif name == "evidence" and isinstance(value, NamedNode):
                evidence.append(self._place(value))
            elif name not in _APART and isinstance(value, NamedNode | Literal):
                content.setdefault(name, []).append(value)
        if source is None or not evidence:
            return None
        evidence.sort(key=lambda one: (one[0], one[1].value))
        return Said(
            node,
            frozenset(kinds),
            source,
            {name: tuple(sorted(values, key=str)) for name, values in content.items()},
            tuple(place for _, place, _ in evidence),
            tuple(quote for _, _, quote in evidence),
            evidence[0][0],
        )

    def _place(self, node: NamedNode) -> tuple[int, NamedNode, str]:
        start = next(_literals(self._store, node, _START), "0")
        return int(start), node, next(_literals(self._store, node, _QUOTE), "")

    def _of_type(self, name: str) -> Iterator[NamedNode]:
        for quad in self._store.quads_for_pattern(None, _TYPE, definition(name)):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject


def _source(store: Store, node: NamedNode, minter: Minter) -> Source:
    identifiers = set(_literals(store, node, NamedNode(DCTERMS + "identifier")))
    noted = list(_literals(store, node, definition("identifierNote")))
    likely = {name for note in noted for name in _noted(note)}
    kinds = [
        quad.object.value.rsplit("/", 1)[-1]
        for quad in store.quads_for_pattern(node, NamedNode(DCTERMS + "type"), None)
        if isinstance(quad.object, NamedNode)
    ]
    return Source(
        node,
        minter.local(node.value).removeprefix("document/"),
        next(_literals(store, node, NamedNode(DCTERMS + "issued")), ""),
        min(kinds, default=""),
        tuple(sorted(_literals(store, node, NamedNode(DCTERMS + "title")))),
        frozenset(identifiers - likely),
        frozenset(likely),
    )


def _noted(note: str) -> Iterable[str]:
    """The identifier in a note such as "official publication (kst) kst-1-2: candidate (...)"."""
    head, certainty, _ = note.partition(": ")
    return [head.rsplit(" ", 1)[-1]] if certainty else []


def _literals(store: Store, node: NamedNode, predicate: NamedNode) -> Iterator[str]:
    for quad in store.quads_for_pattern(node, predicate, None):
        if isinstance(quad.object, Literal):
            yield quad.object.value
