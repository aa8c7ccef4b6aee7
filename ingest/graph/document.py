"""A document as RDF: its metadata, its text, its sections and its blocks, all located."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from ingest.document import Document
from ingest.extract.context import passages
from ingest.graph import papers
from ingest.graph.classes import Classes
from ingest.graph.evidence import EvidenceWriter
from ingest.graph.writer import GraphWriter, dated, text
from ingest.manifest import Bilingual, Entry, IdentifierCertainty, Title
from ontology.names import DCTERMS, FOAF, RDFS, Minter
from ontology.vocabulary import Vocabulary


def _dcterms(name: str) -> NamedNode:
    return NamedNode(DCTERMS + name)


@dataclass(frozen=True)
class DocumentGraph:
    """The named graph of one document in the making, with what is needed to write to it."""

    writer: GraphWriter
    evidence: EvidenceWriter
    entry: Entry
    document: Document
    vocabulary: Vocabulary
    minter: Minter
    classes: Classes

    @property
    def node(self) -> NamedNode:
        """The document's IRI."""
        return self.thing("document")

    def thing(self, kind: str, *names: str) -> NamedNode:
        """The IRI of a part of this document."""
        return self.minter.thing(kind, self.document.id, *names)

    def write(self) -> None:
        """Write what the manifest and the reading of the document say about it."""
        self.writer.type(self.node, *self.classes.of("Document"))
        self._metadata()
        self._identifiers()
        self._text()
        self._sections()
        self._boxes()
        self._blocks()

    def _bilingual(self, name: str, value: Bilingual | Title) -> None:
        self.writer.add(self.node, _dcterms(name), text(value.nl, "nl"))
        if value.en:
            self.writer.add(self.node, _dcterms(name), text(value.en, "en"))

    def _metadata(self) -> None:
        add, node, entry, find = self.writer.add, self.node, self.entry, self.vocabulary.find
        self._bilingual("title", entry.title)
        if entry.kind:
            add(node, _dcterms("type"), find("document-kinds", entry.kind).iri)
        if entry.date.value:
            add(node, _dcterms("issued"), dated(entry.date.value))
        add(node, "dateCertainty", entry.date.certainty.value)
        add(node, _dcterms("language"), entry.language)
        if entry.publisher:
            add(node, _dcterms("publisher"), find("actors", entry.publisher).iri)
        add(node, "speaker", *(find("actors", name).iri for name in entry.speakers))
        areas = (find("policy-areas", name).iri for name in entry.policy_areas)
        add(node, "policyArea", *areas)
        if entry.rights is not None:
            self._bilingual("rights", entry.rights.statement)
            if entry.rights.uri:
                add(node, _dcterms("license"), NamedNode(entry.rights.uri))
        notes = (entry.title.note, entry.date.note, entry.speakers_note, *entry.notes)
        add(node, NamedNode(RDFS + "comment"), *(note for note in notes if note))

    def _identifiers(self) -> None:
        """An identifier that is only a candidate is noted, never asserted."""
        for identifier in self.entry.identifiers:
            if identifier.certainty is not IdentifierCertainty.CANDIDATE:
                self.writer.add(self.node, _dcterms("identifier"), identifier.value)
                if address := papers.page(identifier.value):
                    self.writer.add(self.node, NamedNode(FOAF + "page"), address)
            if identifier.certainty is not IdentifierCertainty.VERIFIED:
                note = f"{identifier.scheme} {identifier.value}: {identifier.certainty.value}"
                if identifier.note:
                    note += f" ({identifier.note})"
                self.writer.add(self.node, "identifierNote", note)

    def _text(self) -> None:
        source = self.thing("text")
        self.writer.type(source, *self.classes.of("Text"))
        self.writer.add(self.node, "text", source)
        self.writer.add(source, _dcterms("format"), "text/plain; charset=utf-8")
        self.writer.add(source, "sha256", self.document.source.sha256)
        self.writer.add(source, "length", len(self.document.source.text))

    def _sections(self) -> None:
        for section in self.document.sections:
            here = self.thing("section", str(section.order))
            self.writer.type(here, *self.classes.of("Section"))
            self.writer.add(here, _dcterms("title"), section.title)
            if section.number:
                self.writer.add(here, "number", section.number)
            self.writer.add(here, "level", section.level)
            self.writer.add(here, "order", section.order)
            self.writer.add(here, "inDocument", self.node)
            parent = section.parent
            around = self.node if parent is None else self.thing("section", str(parent))
            self.writer.add(here, _dcterms("isPartOf"), around)

    def _boxes(self) -> None:
        for box in self.document.boxes:
            here = self.thing("box", str(box.order))
            self.writer.type(here, *self.classes.of("Box"))
            self.writer.add(here, "order", box.order)
            self.writer.add(here, "inDocument", self.node)
            self.writer.add(here, _dcterms("isPartOf"), self.node)
            if box.title:
                self.writer.add(here, _dcterms("title"), box.title)

    def _blocks(self) -> None:
        for block in self.document.blocks:
            here = self.thing("block", str(block.order))
            self.writer.type(here, *self.classes.of(block.kind.value))
            self.writer.add(here, "order", block.order)
            if self.document.pages > 1:
                self.writer.add(here, "page", block.page)
            self.writer.add(here, "inDocument", self.node)
            if block.marker:
                self.writer.add(here, "number", block.marker)
            if block.level:
                self.writer.add(here, "level", block.level)
            if block.section is not None:
                self.writer.add(here, "inSection", self.thing("section", str(block.section)))
            if block.box is not None:
                self.writer.add(here, "inBox", self.thing("box", str(block.box)))
            if block.attribution:
                self.writer.add(here, "attribution", block.attribution)
            places = (self.evidence.write(passage) for passage in passages(block))
            self.writer.add(here, "evidence", *places)
