"""Three parsers that know nothing of each other: rdflib, pyoxigraph, and rdf-parse of npm."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import rdflib
import zstandard
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from tests.clients.npm.install import FOLDER, install

FORMATS = {
    "text/turtle": (RdfFormat.TURTLE, "turtle"),
    "application/trig": (RdfFormat.TRIG, "trig"),
    "application/n-triples": (RdfFormat.N_TRIPLES, "nt"),
    "application/n-quads": (RdfFormat.N_QUADS, "nquads"),
    "application/rdf+xml": (RdfFormat.RDF_XML, "xml"),
    "application/ld+json": (RdfFormat.JSON_LD, "json-ld"),
}
"""The media types of RDF, with what they are called in pyoxigraph and in rdflib."""

Content = frozenset[Quad]
"""The quads of a document; its blank nodes have the labels that RDFC-1.0 gives."""
_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True)
class Document:
    """What was sent or stored as RDF."""

    name: str
    media_type: str
    base: str
    content: bytes


def unpacked(path: Path) -> bytes:
    """What is in a file, packed or not."""
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes())
    return path.read_bytes()


@cache
def by_pyoxigraph(document: Document) -> Content:
    """What pyoxigraph reads."""
    form, _ = FORMATS[document.media_type]
    return _canonical(parse(document.content, form, base_iri=document.base))


def by_rdflib(document: Document) -> Content:
    """What rdflib reads."""
    _, form = FORMATS[document.media_type]
    dataset = rdflib.Dataset()
    with _as_written():
        dataset.parse(data=document.content, format=form, publicID=document.base)
        # To one graph: rdflib would name the graph after the document where it names none.
        lines = dataset.serialize(format="nquads", encoding="utf-8")
    named = form in {"trig", "nquads", "json-ld"}
    quads = parse(lines, RdfFormat.N_QUADS)
    return _canonical(quads if named else (Quad(*quad.triple) for quad in quads))


def by_npm(documents: Sequence[Document], folder: Path) -> Mapping[str, Content]:
    """What rdf-parse reads, by the name of the document; ``folder`` is for the exchange."""
    node, _ = install("comunica-sparql")
    listed = []
    for number, document in enumerate(documents):
        (folder / f"{number}").write_bytes(document.content)
        entry = {"file": f"{number}", "type": document.media_type, "base": document.base}
        listed.append(entry)
    (folder / "documents.json").write_text(json.dumps(listed), "utf-8")
    done = subprocess.run(
        [node, FOLDER / "read.mjs", folder],
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=True,
    )
    problems = {documents[int(file)].name: said for file, said in json.loads(done.stdout).items()}
    assert not problems, problems
    return {
        document.name: _canonical(
            parse((folder / f"{number}.read").read_bytes(), RdfFormat.N_QUADS)
        )
        for number, document in enumerate(documents)
    }


def triples(content: Content) -> frozenset[object]:
    """What is said, in whichever graph."""
    return frozenset(quad.triple for quad in content)


def _canonical(quads: Iterator[Quad]) -> Content:
    found = frozenset(quads)
    if not any(isinstance(term, BlankNode) for quad in found for term in quad):
        return found
    dataset = Dataset(found)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(dataset)


@contextmanager
def _as_written() -> Iterator[None]:
    """Have rdflib keep literals as they are written: 007 is not 7."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def kind(iri: str, base: str) -> str:
    """The kind of a thing: what comes after ``id/`` in its IRI."""
    return urlsplit(iri.removeprefix(base)).path.removeprefix("id/").partition("/")[0]
