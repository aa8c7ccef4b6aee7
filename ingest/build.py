"""The build: documents and ontology in, one data set out. Same input, same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from ingest import dataset
from ingest.dataset import Dataset
from ingest.document import Document
from ingest.extract import claims
from ingest.extract.claims import ClaimError, ClaimsFile
from ingest.extract.mentions import gazetteer
from ingest.extract.pipeline import RULES, statements
from ingest.graph.catalogue import write_catalogue
from ingest.graph.classes import Classes
from ingest.graph.document import DocumentGraph
from ingest.graph.evidence import EvidenceWriter
from ingest.graph.statements import write_statements
from ingest.graph.writer import GraphWriter
from ingest.manifest import MANIFEST, SEEDS, Entry, load, read_bytes
from ingest.read import read
from ingest.statement import Statement
from ontology import shapes, vocabulary
from ontology.names import DEFAULT_BASE, Minter
from ontology.vocabulary import FOLDER, Vocabulary, parse_turtle

Report = Callable[[str], None]
SHOWN_VIOLATIONS = 5


class BuildError(Exception):
    """The build can not go on; the message says what, where and why in a line."""


@dataclass(frozen=True)
class Sources:
    """What a build is made of: the folders, and the base of the IRIs to mint."""

    seeds: Path = SEEDS
    ontology: Path = FOLDER
    base: str = DEFAULT_BASE

    def fingerprint(self) -> str:
        """A hash of everything that the build's output depends on, its own code included."""
        here = Path(__file__).parent
        files = [
            *self.seeds.glob("*.*"),
            *self.ontology.glob("*.ttl"),
            *here.rglob("*.py"),
            *here.rglob("*.yaml"),
            *FOLDER.glob("*.py"),
        ]
        digest = sha256(self.base.encode())
        for path in sorted(files):
            digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
        return digest.hexdigest()


@dataclass
class Built:
    """A data set in memory: its quads, the source texts and how much there is of what."""

    quads: list[Quad]
    texts: dict[str, str]
    counts: dict[str, dict[str, int]] = field(default_factory=dict)


def build(sources: Sources, data: Path, report: Report = lambda _: None) -> Dataset:
    """Read, extract, validate and publish; on any error the build in force stays in force."""
    dataset.prepare(data)
    fingerprint = sources.fingerprint()
    built = assemble(sources, report)
    report(f"validating {len(built.quads):,} quads against the shapes")
    check(built.quads)
    report("writing the data set")
    details = {"inputs": fingerprint, "base": sources.base, "counts": built.counts}
    return dataset.publish(data, dataset.canonical(built.quads), built.texts, details)


def up_to_date(sources: Sources, data: Path) -> Dataset | None:
    """The build in force, if it was made of exactly these sources; else None."""
    existing = dataset.current(data)
    if existing is not None and existing.manifest.get("inputs") == sources.fingerprint():
        return existing
    return None


def assemble(sources: Sources, report: Report = lambda _: None) -> Built:
    """The whole data set as quads, not yet validated."""
    minter = Minter(sources.base)
    words = vocabulary.load(minter, sources.ontology)
    model = parse_turtle(sources.ontology / "model.ttl")
    classes = Classes(model)
    entries = load(sources.seeds)
    claimed = _claims(sources.seeds, entries)
    built = Built([], {})
    built.quads.extend(_in_graph(model, minter.thing("graph", "ontology")))
    built.quads.extend(_in_graph(words.quads, minter.thing("graph", "schemes")))
    labels = gazetteer(words)
    for name, entry in entries.items():
        report(f"reading {entry.file}")
        document = read(read_bytes(sources.seeds, entry), name)
        found = statements(entry, document, words, labels, minter, claimed.get(name))
        built.quads.extend(_document_quads(entry, document, words, minter, classes, found))
        built.texts[name] = document.source.text
        built.counts[name] = dict(sorted(Counter(one.kind for one in found).items()))
    catalogue = GraphWriter(minter.thing("graph", "catalogue"))
    write_catalogue(catalogue, minter, classes, RULES, claimed.values(), entries)
    built.quads.extend(catalogue)
    return built


def check(quads: Iterable[Quad]) -> None:
    """A :class:`BuildError` with the first violations if the quads break the shapes."""
    found = shapes.violations(shapes.to_rdflib(quads), shapes.load_shapes())
    if found:
        shown = "; ".join(str(one) for one in found[:SHOWN_VIOLATIONS])
        raise BuildError(f"{len(found)} violations of the shapes: {shown}")


def _document_quads(
    entry: Entry,
    document: Document,
    words: Vocabulary,
    minter: Minter,
    classes: Classes,
    found: list[Statement],
) -> Iterator[Quad]:
    writer = GraphWriter(minter.thing("graph", document.id))
    evidence = EvidenceWriter(writer, document, minter, classes)
    DocumentGraph(writer, evidence, entry, document, words, minter, classes).write()
    write_statements(writer, evidence, found, minter, classes)
    yield from writer


def _in_graph(quads: Iterable[Quad], graph: NamedNode) -> Iterator[Quad]:
    return (Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)


def _claims(seeds: Path, entries: dict[str, Entry]) -> dict[str, ClaimsFile]:
    found: dict[str, ClaimsFile] = {}
    for path in sorted(seeds.glob("*" + claims.SUFFIX)):
        one = claims.load(path)
        if one.document not in entries:
            raise ClaimError(f"{path}: {MANIFEST} has no document {one.document!r}")
        if one.document in found:
            raise ClaimError(f"{path}: {found[one.document].path.name} has claims on it already")
        found[one.document] = one
    return found
