"""Where a document calls its footnotes: the sentence that carries each note's reference."""

from __future__ import annotations

from ingest.document import Block, BlockKind, Document, Range


class NotePlaces:
    """The places of the references to each footnote of a document.

    Notes are told apart by their label; where a label comes back (notes numbered anew in each
    chapter), the references and the notes with it are paired in order, if there are as many.
    """

    def __init__(self, document: Document) -> None:
        called: dict[str, list[tuple[Block, Range]]] = {}
        for block in document.blocks:
            for note in block.notes:
                place = (block, _carrying(block, note.position))
                called.setdefault(note.label, []).append(place)
        notes: dict[str, list[Block]] = {}
        for block in document.of_kind(BlockKind.FOOTNOTE):
            if block.marker:
                notes.setdefault(block.marker, []).append(block)
        self._places: dict[int, list[tuple[Block, Range]]] = {}
        for label, blocks in notes.items():
            places = called.get(label, [])
            if len(blocks) == 1:
                near = [place for place in places if place[0].page == blocks[0].page]
                self._places[blocks[0].order] = near if len(near) == 1 else places
            elif len(blocks) == len(places):
                for block, place in zip(blocks, places, strict=True):
                    self._places[block.order] = [place]

    def of(self, note: Block) -> list[tuple[Block, Range]]:
        """The sentences that refer to a footnote; none for another block."""
        return self._places.get(note.order, [])


def _carrying(block: Block, position: int) -> Range:
    """The sentence that a reference at this position ends, or stands in."""
    for sentence in block.sentences:
        if sentence.start < position <= sentence.end:
            return sentence
    return block.sentence_at(max(0, position - 1))
