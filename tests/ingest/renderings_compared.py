"""How far two readings of one document agree, measured as a reader would: by what is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ingest.document import Block, BlockKind, Document, Section

_BEFORE = 25  # characters before a reference that show where it stands
_Shown = tuple[BlockKind, str]


@dataclass(frozen=True, slots=True)
class Share:
    """What part of the found is expected, and what part of the expected is found."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a reading agrees with the document that was rendered.

    ``blocks``: kind and text, in order. ``sentences``: their texts. ``notes``: label and the text
    just before the reference. ``headings``: number and title, in order; ``levels``: these with
    their levels. ``cells``: text, row and column. ``boxes``: whole boxes with just their members.
    """

    blocks: Share
    sentences: Share
    notes: Share
    headings: Share
    levels: Share
    cells: Share
    boxes: Share


def compared(expected: Document, found: Document, *, marks: bool = True) -> Agreement:
    """The agreement of two readings; without ``marks``, an item without a mark is a paragraph."""
    wanted, got = _shown(expected, marks), _shown(found, marks)
    return Agreement(
        blocks=_in_order(wanted, got),
        sentences=_as_bags(_sentences(expected), _sentences(found)),
        notes=_as_bags(_notes(expected), _notes(found)),
        headings=_in_order(_headings(expected), _headings(found)),
        levels=_in_order(_levels(expected), _levels(found)),
        cells=_as_bags(_cells(expected), _cells(found)),
        boxes=_as_bags(_boxes(expected), _boxes(found)),
    )


def missed(expected: Document, found: Document, *, marks: bool = True) -> list[str]:
    """The blocks on which the two differ, ``-`` for expected and ``+`` for found."""
    wanted, got = _shown(expected, marks), _shown(found, marks)
    matcher = SequenceMatcher(None, wanted, got, autojunk=False)
    lines = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            lines += [f"- {kind.value}: {text}" for kind, text in wanted[first:last]]
            lines += [f"+ {kind.value}: {text}" for kind, text in got[start:end]]
    return lines


def _shown(document: Document, marks: bool) -> list[_Shown]:
    """Running text, then what stands in boxes, then footnotes by label: where those two are placed
    in the order of the text is the format's own affair."""
    notes = sorted(document.of_kind(BlockKind.FOOTNOTE), key=lambda b: (len(b.marker), b.marker))
    others = [b for b in document.blocks if b.kind is not BlockKind.FOOTNOTE]
    flowing = [b for b in others if b.box is None]
    boxed = [b for b in others if b.box is not None]
    return [(_kind(b, marks), plain(b.text.text)) for b in (*flowing, *boxed, *notes)]


def _kind(block: Block, marks: bool) -> BlockKind:
    unmarked = block.kind is BlockKind.LIST_ITEM and not block.marker
    return BlockKind.PARAGRAPH if unmarked and not marks else block.kind


def plain(text: str) -> str:
    """A text without what may differ between formats: kinds of space."""
    return " ".join(text.split())


def _sentences(document: Document) -> list[str]:
    return [plain(b.text.text[s.start : s.end]) for b in document.blocks for s in b.sentences]


def _notes(document: Document) -> list[tuple[str, str]]:
    return [
        (note.label, plain(block.text.text[: note.position])[-_BEFORE:])
        for block in document.blocks
        for note in block.notes
    ]


def _headings(document: Document) -> list[tuple[str, str]]:
    return [(s.number, plain(s.title)) for s in _sections(document)]


def _levels(document: Document) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, plain(s.title)) for s in _sections(document)]


def _sections(document: Document) -> list[Section]:
    """The sections in order, those in boxes last: a layout may move a box."""
    boxed = [document.blocks[s.heading].box is not None for s in document.sections]
    return [
        section
        for wanted in (False, True)
        for section, inside in zip(document.sections, boxed, strict=True)
        if inside is wanted
    ]


def _cells(document: Document) -> list[tuple[int, int, str]]:
    return [
        (row_at, cell_at, plain(block.text.text[cell.start : cell.end]))
        for block in document.blocks
        if block.table is not None
        for row_at, row in enumerate(block.table.rows)
        for cell_at, cell in enumerate(row.cells)
        if cell is not None
    ]


def _boxes(document: Document) -> list[tuple[str, ...]]:
    return [
        tuple(
            plain(document.blocks[at].text.text)
            for at in box.blocks
            if document.blocks[at].kind is not BlockKind.FOOTNOTE
        )
        for box in document.boxes
    ]


def _in_order(wanted: Sequence[Hashable], got: Sequence[Hashable]) -> Share:
    matcher = SequenceMatcher(None, wanted, got, autojunk=False)
    return _share(sum(m.size for m in matcher.get_matching_blocks()), len(wanted), len(got))


def _as_bags(wanted: Iterable[Hashable], got: Iterable[Hashable]) -> Share:
    first, second = Counter(wanted), Counter(got)
    return _share((first & second).total(), first.total(), second.total())


def _share(same: int, wanted: int, got: int) -> Share:
    return Share(same / got if got else 1.0, same / wanted if wanted else 1.0)
