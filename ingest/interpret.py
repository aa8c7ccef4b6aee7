"""One document at a time: read, extracted, written as RDF and held against the shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from traceback import extract_tb

from pyoxigraph import NamedNode, Quad
from rdflib import Graph

from ingest.account import BY_RULE, Account, describe_reading, describe_saying
from ingest.across import curated, derived
from ingest.across.comparison import Comparison, side_by_side
from ingest.across.derived import DERIVED
from ingest.across.shared import shared
from ingest.cache import Cache
from ingest.dataset import DatasetError, canonical
from ingest.document import Document
from ingest.extract import mentions
from ingest.extract.claims import ClaimError
from ingest.extract.context import Context
from ingest.extract.mentions import Gazetteer, gazetteer
from ingest.extract.pipeline import RULES, statements
from ingest.graph.catalogue import write_catalogue
from ingest.graph.classes import SUBCLASS, Classes
from ingest.graph.document import DocumentGraph
from ingest.graph.evidence import EvidenceWriter
from ingest.graph.statements import write_statements
from ingest.graph.writer import GraphWriter
from ingest.manifest import MANIFEST, Entry, ManifestError, read_bytes
from ingest.read import read
from ingest.readers.extraction import UnreadableError
from ingest.sources import SourceDocument, Sources
from ingest.statement import Statement
from ontology import alignments, shapes, vocabulary
from ontology.names import RDF, Minter, definition
from ontology.vocabulary import MODEL_FILES, OntologyError, Vocabulary, parse_turtle

SHOWN_VIOLATIONS = 5
_TYPE = NamedNode(RDF + "type")
_TRIAL = "Brief\n\nHet kabinet steunt UNHCR in Jordanië met 3 miljoen euro in 2024.\n"
_TRIAL_ENTRY = {
    "file": "trial.txt",
    "title": {"nl": "Brief", "en": "Letter"},
    "kind": "parliamentary-letter",
    "date": {"value": "2024", "certainty": "stated"},
    "speakers": ["cabinet"],
    "language": "nl",
    "sha256": "0" * 64,
}


class BuildError(Exception):
    """The build can not go on; the message says what, where and why in a line."""


@dataclass(frozen=True)
class Part:
    """A part of the data set: its quads and, of a document, the text and how reading it went."""

    quads: list[Quad]
    text: str = ""
    account: Account = field(default_factory=Account)
    around: list[Quad] = field(default_factory=list)
    """What other parts say of what is named in it, where that is needed to validate it."""

    def shared(self) -> list[bytes]:
        """The lines of what is compared with other documents."""
        return canonical(shared(self.quads)) if self.text else []

    def keep(self, cache: Cache, key: str) -> None:
        """Put the part into the cache."""
        cache.add(key, canonical(self.quads), self.text, self.account.model_dump(), self.shared())


class Interpreter:
    """Makes the parts of a data set, with all that is loaded once for all documents."""

    def __init__(self, sources: Sources) -> None:
        self.minter = Minter(sources.base)
        self.sources = sources
        self.words: Vocabulary = vocabulary.load(self.minter, sources.ontology)
        self.labels: Gazetteer = gazetteer(self.words)
        self._model = [
            quad for name in MODEL_FILES for quad in parse_turtle(sources.ontology / name)
        ]
        self._classes = Classes(self._model)

    def schemes(self) -> Part:
        """The model and the schemes, each in its graph."""
        thing = self.minter.thing
        model = _in_graph(self._model, thing("graph", "ontology"))
        return Part([*model, *_in_graph(self.words.quads, thing("graph", "schemes"))])

    def alignments(self) -> Part:
        """What the concepts of the schemes are called elsewhere, with the evidence."""
        quads = alignments.load(self.minter, self.sources.ontology)
        return Part(list(_in_graph(quads, self.minter.thing("graph", "alignments"))))

    def catalogue(self, documents: Mapping[str, SourceDocument]) -> Part:
        """What the data set holds."""
        writer = GraphWriter(self.minter.thing("graph", "catalogue"))
        claimed = [one.claims for one in documents.values() if one.claims is not None]
        entries = {name: one.entry for name, one in documents.items()}
        rules = (*RULES, *derived.RULES)
        write_catalogue(writer, self.minter, self._classes, rules, claimed, entries)
        curated.describe(writer, self.minter, self._classes, self.sources.threads())
        return Part(list(writer))

    def read(self, source: SourceDocument) -> Document:
        """Read a document; any failure names the file."""
        content = read_bytes(source.folder, source.entry)
        return read(content, source.id, str(source.path), self.sources.limits)

    def context(self, source: SourceDocument, document: Document) -> Context:
        """A document with what it mentions, ready for the rules."""
        self._look_up(source)
        found = list(mentions.extract(document, self.labels))
        return Context(source.entry, document, self.words, self.minter, found, self.labels)

    def document(self, source: SourceDocument) -> Part:
        """Read a document and say what it says; not yet validated."""
        account = Account()
        with account.timed("read"):
            document = self.read(source)
        return self.part(source, document, account)

    def part(self, source: SourceDocument, document: Document, account: Account) -> Part:
        """What one document says; not yet validated."""
        describe_reading(account, document)
        with account.timed("extract"):
            context = self.context(source, document)
            found = statements(context, source.claims)
        describe_saying(account, context, found)
        with account.timed("write"):
            quads = self._written(source, document, found)
        return Part(quads, document.source.text, account)

    def _written(
        self, source: SourceDocument, document: Document, found: Iterable[Statement]
    ) -> list[Quad]:
        writer = GraphWriter(self.minter.thing("graph", document.id))
        evidence = EvidenceWriter(writer, document, self.minter, self._classes)
        DocumentGraph(
            writer, evidence, source.entry, document, self.words, self.minter, self._classes
        ).write()
        write_statements(writer, evidence, found, self.words, self.minter, self._classes)
        return list(writer)

    def derived(self, name: str, parts: Iterable[Iterable[bytes]]) -> Part:
        """What follows from all documents, of which ``parts`` are the shared lines."""
        store = side_by_side(parts, self.schemes().quads)
        threads = self.sources.threads()
        documents = Comparison(store, self.words, self.minter, self._classes, threads)
        quads = DERIVED[name](documents)
        return Part(quads, account=_told(quads), around=documents.around(quads))

    def check(
        self, quads: Iterable[Quad], name: str, others: Iterable[Quad] = ()
    ) -> list[shapes.Violation]:
        """What the shapes warn of in a part; a :class:`BuildError` if the part breaks them.

        ``others`` are what other parts say of what this one names.
        """
        found = self.breaches(quads, others)
        grave = [one for one in found if one.grave]
        if grave:
            shown = "; ".join(str(one) for one in grave[:SHOWN_VIOLATIONS])
            raise BuildError(f"{name}: {len(grave)} violations of the shapes: {shown}")
        return found

    def violations(self, quads: Iterable[Quad]) -> list[shapes.Violation]:
        """What in a part breaks the shapes."""
        return [one for one in self.breaches(quads) if one.grave]

    def breaches(
        self, quads: Iterable[Quad], others: Iterable[Quad] = ()
    ) -> list[shapes.Violation]:
        """What in a part breaks the shapes, and what they warn of.

        A part is validated with what the schemes say of the concepts in it: all of it where the
        part says something of a concept itself, else only what it is.
        """
        own = list(quads)
        subjects = {quad.subject for quad in own}
        beside = list(others)
        named = {quad.object for quad in (*own, *beside)} - subjects
        around = [
            *beside,
            *self._hierarchy,
            *(q for one in named for q in self._about.get(one, ()) if q.predicate == _TYPE),
            *(q for one in subjects for q in self._about.get(one, ())),
        ]
        graph = shapes.to_rdflib(quad for quad in (*own, *around) if self._judged(quad))
        nodes = {one.value for one in subjects if isinstance(one, NamedNode)}
        return [one for one in shapes.breaches(graph, self._shapes) if one.node in nodes]

    def _judged(self, quad: Quad) -> bool:
        """Whether any shape can look at a triple."""
        if quad.predicate == _TYPE and isinstance(quad.object, NamedNode):
            return quad.object.value in self._named_in_shapes
        return quad.predicate.value in self._named_in_shapes

    @cached_property
    def _named_in_shapes(self) -> frozenset[str]:
        subjects = (quad.subject for quad in self._hierarchy)
        classes = {one.value for one in subjects if isinstance(one, NamedNode)}
        return shapes.named_in(self._shapes) | classes

    @cached_property
    def _shapes(self) -> Graph:
        return shapes.load_shapes()

    @cached_property
    def _hierarchy(self) -> list[Quad]:
        return [quad for quad in self._model if quad.predicate.value == SUBCLASS]

    @cached_property
    def _about(self) -> dict[object, list[Quad]]:
        found: dict[object, list[Quad]] = {}
        for quad in self.words.quads:
            found.setdefault(quad.subject, []).append(quad)
        return found

    def _look_up(self, source: SourceDocument) -> None:
        """A :class:`ManifestError` for an entry that names a concept which is in no scheme."""
        for scheme, name in _concepts(source.entry):
            try:
                self.words.find(scheme, name)
            except OntologyError as error:
                where = source.folder / MANIFEST
                raise ManifestError(f"{where}: {source.id}: {error}") from error

    def prepare(self) -> None:
        """Load what would else be loaded in every process that is forked."""
        _ = self._shapes, self._named_in_shapes, self._about
        self._say_something()

    def _say_something(self) -> None:
        """Say what a sentence says, so that every pattern of the rules is compiled already."""
        entry = Entry.model_validate(_TRIAL_ENTRY)
        document = read(_TRIAL.encode(), "trial", entry.file, self.sources.limits)
        statements(self.context(SourceDocument("trial", entry, Path()), document))


KNOWN = (
    BuildError,
    ClaimError,
    DatasetError,
    ManifestError,
    OntologyError,
    UnreadableError,
)
"""What can be wrong with a document, each said in a line that names it."""


def explained(error: Exception, path: Path | str) -> Exception:
    """The error as it is if it explains itself; else one that says where which error arose."""
    if isinstance(error, KNOWN):
        return error
    frames = extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    reason = f"{type(error).__name__}: {error}"
    return UnreadableError(f"{path}: the reader failed: {reason}{place}")


def _concepts(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.kind:
        yield "document-kinds", entry.kind
    if entry.publisher:
        yield "actors", entry.publisher
    yield from (("actors", name) for name in entry.speakers)
    yield from (("policy-areas", name) for name in entry.policy_areas)


def _told(quads: Iterable[Quad]) -> Account:
    """How many threads and checks a derived part holds."""
    kinds: dict[object, str] = {definition(name): name for name in ("Thread", "Check")}
    found = Counter(kinds.get(quad.object) for quad in quads if quad.predicate == _TYPE)
    return Account(statements={name: {BY_RULE: n} for name, n in found.items() if name})


def _in_graph(quads: Iterable[Quad], graph: NamedNode) -> Iterator[Quad]:
    return (Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
