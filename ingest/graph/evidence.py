"""Evidence as Web Annotation resources: where in which text, with quote and position.

Both selectors of https://www.w3.org/TR/annotation-model/#selectors are given: the position holds
for the hashed text, the quote with its prefix and suffix survives a new extraction.
"""

from __future__ import annotations

from bisect import bisect_right

from pyoxigraph import NamedNode

from ingest.document import Block, Document
from ingest.graph.classes import Classes
from ingest.graph.writer import GraphWriter
from ingest.statement import Passage
from ontology.names import OA, Minter

CONTEXT = 32  # characters of prefix and suffix


class EvidenceWriter:
    """Writes the evidence of one document, each place once."""

    def __init__(
        self, writer: GraphWriter, document: Document, minter: Minter, classes: Classes
    ) -> None:
        self._writer = writer
        self._document = document
        self._minter = minter
        self._classes = classes.of("Evidence")
        self._written: set[NamedNode] = set()
        lines = sorted(
            (line.start, line.page, block.order)
            for block in document.blocks
            for line in block.lines
        )
        self._starts = [start for start, _, _ in lines]
        self._places = [(page, order) for _, page, order in lines]

    def write(self, passage: Passage) -> NamedNode:
        """The IRI of the evidence for a passage, written if it was not yet."""
        span, document = passage.span, self._document
        node = self._minter.thing("evidence", document.id, f"{span.start}-{span.end}")
        if node in self._written:
            return node
        self._written.add(node)
        add = self._writer.add
        source = document.source.text
        position = NamedNode(node.value + "/position")
        quote = NamedNode(node.value + "/quote")
        self._writer.type(node, *self._classes)
        add(node, NamedNode(OA + "hasSource"), self._minter.thing("text", document.id))
        add(node, NamedNode(OA + "hasSelector"), position, quote)
        self._writer.type(position, NamedNode(OA + "TextPositionSelector"))
        add(position, NamedNode(OA + "start"), span.start)
        add(position, NamedNode(OA + "end"), span.end)
        self._writer.type(quote, NamedNode(OA + "TextQuoteSelector"))
        add(quote, NamedNode(OA + "exact"), document.source.quote(span))
        add(quote, NamedNode(OA + "prefix"), source[max(0, span.start - CONTEXT) : span.start])
        add(quote, NamedNode(OA + "suffix"), source[span.end : span.end + CONTEXT])
        add(node, "quote", passage.quote)
        add(node, "start", span.start)
        add(node, "end", span.end)
        add(node, "inDocument", self._minter.thing("document", document.id))
        self._place(node, span.start)
        return node

    def _place(self, node: NamedNode, start: int) -> None:
        index = bisect_right(self._starts, start) - 1
        if index < 0:
            return
        page, order = self._places[index]
        block: Block = self._document.blocks[order]
        if self._document.pages > 1:  # a text without page marks has no pages to name
            self._writer.add(node, "page", page)
        self._writer.add(
            node, "inBlock", self._minter.thing("block", self._document.id, str(order))
        )
        if block.section is not None:
            section = self._minter.thing("section", self._document.id, str(block.section))
            self._writer.add(node, "inSection", section)
