"""What a document is once read: text tied to its source, sections, blocks and sentences.

Every position that leaves this room is an offset in the *source text* (the file in ``seeds/``,
decoded as UTF-8, line ends untouched), counted in Unicode code points from 0, end exclusive,
as in the Web Annotation Data Model's ``TextPositionSelector``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from typing import TypeGuard


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of source text: code point offsets ``start`` (inclusive) to ``end`` (exclusive)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a text span: {self.start}-{self.end}")

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class MappedText:
    """Normalised text in which each character knows where it stands in the source.

    ``text`` is one line: line ends are single spaces, line-end hyphens are gone, note digits and
    invisible characters are removed. ``offsets[i]`` is the source offset of ``text[i]``; a space
    that stands for a line end has the offset of that line end.
    """

    text: str
    offsets: Sequence[int]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.offsets):
            raise ValueError("every character needs one source offset")

    def spans(self, start: int, end: int, breaks: Sequence[int] = ()) -> tuple[Span, ...]:
        """The source spans of ``text[start:end]``, more than one where the source is interrupted.

        ``breaks`` are the source offsets at which the text jumps (a page break with a footnote in
        between); without a jump the answer is one span. Leading and trailing spaces are left out.
        """
        return tuple(span for span, _ in self.segments(start, end, breaks))

    def segments(
        self, start: int, end: int, breaks: Sequence[int] = ()
    ) -> tuple[tuple[Span, str], ...]:
        """As :meth:`spans`, each span with the normalised text that stands there."""
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        if start >= end:
            raise ValueError("no text between these positions")
        cuts = [start, *(i for i in range(start + 1, end) if self._jumps(i, breaks)), end]
        found = []
        for first, after in pairwise(cuts):
            last = after - (2 if self.text[after - 1] == " " else 1)  # without the line end
            span = Span(self.offsets[first], self.offsets[last] + 1)
            found.append((span, self.text[first:after].strip()))
        return tuple(found)

    def _jumps(self, position: int, breaks: Sequence[int]) -> bool:
        here, previous = self.offsets[position], self.offsets[position - 1]
        return here < previous or bisect_right(breaks, here) != bisect_right(breaks, previous)


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of a block's own normalised text: ``block.text.text[start:end]``."""

    start: int
    end: int


class BlockKind(StrEnum):
    """What a block is; the values name classes of the ontology (``def:Paragraph`` ...)."""

    HEADING = "Heading"
    PARAGRAPH = "Paragraph"
    LIST_ITEM = "ListItem"
    TABLE = "Table"
    FOOTNOTE = "Footnote"
    CAPTION = "Caption"
    PULL_QUOTE = "PullQuote"
    SIGNATURE = "Signature"


class BlockRole(StrEnum):
    """What a block does in the document, beside what it looks like."""

    RECOMMENDATION = "recommendation"
    RESPONSE = "response"


class VoiceKind(StrEnum):
    """Whose words a block gives, as far as structure shows it."""

    PUBLISHER = "publisher"
    QUOTED = "quoted"
    EVALUATOR = "evaluator"
    PART = "part"
    """Of a part of the document for which its heading names another author."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a block; ``name`` as printed, empty for the document's own voice."""

    kind: VoiceKind = VoiceKind.PUBLISHER
    name: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells as ranges of the block's text, ``None`` where one is empty."""

    cells: tuple[Range | None, ...]
    header: bool = False

    def range(self) -> Range | None:
        """From the first cell's start to the last cell's end; None for an empty row."""
        filled = [cell for cell in self.cells if cell is not None]
        return Range(filled[0].start, filled[-1].end) if filled else None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table block, and the unit of its numbers as printed ("x €1000")."""

    rows: tuple[Row, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A text set apart from the running text; ``blocks`` are its blocks' indexes, in order."""

    order: int
    title: str
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to another document: where it stands, and its address or identifier."""

    span: Span
    target: str


class Sureness(StrEnum):
    """How sure we are of what we found about a document."""

    STATED = "stated"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Found:
    """A property that the document states about itself, and where.

    ``name`` is one of "title", "subject", "date" (ISO 8601), "kind" (a slug of the scheme
    document-kinds), "identifier", "dossier", "sender", "addressee", "publisher", "language".
    ``span`` is ``None`` where the value comes from the file's own metadata; ``note`` says how an
    inferred value was reached.
    """

    name: str
    value: str
    sureness: Sureness
    span: Span | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A footnote reference: label as printed, where it stood in the block's text, in the source."""

    label: str
    position: int
    source: Span


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source, without its line end."""

    text: str
    start: int
    page: int

    @property
    def end(self) -> int:
        """Source offset just after the line's last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, heading, table ...: the largest piece a sentence may not leave.

    ``marker`` is a list item's or note's own mark as printed ("i.", "•", "12"); ``level`` is the
    depth of a list item (1 = outermost) or of a heading (1 = chapter). ``section`` is the index
    of the innermost section in ``Document.sections`` (a heading belongs to the section that it
    opens), ``None`` before the first heading. ``breaks`` are the source offsets where the block's
    text jumps over something else. ``lines`` are the source lines the block was made of, for
    readers of tables and lists. ``attribution`` is who is quoted in a pull quote. ``box`` is the
    index of the box that it stands in. ``group`` numbers (from 1) the recommendations under one
    lead-in, together with the response to them; 0 for a block without a role.
    """

    order: int
    kind: BlockKind
    text: MappedText
    page: int
    section: int | None
    sentences: tuple[Range, ...]
    lines: tuple[Line, ...]
    marker: str = ""
    level: int = 0
    attribution: str = ""
    breaks: tuple[int, ...] = ()
    notes: tuple[NoteReference, ...] = ()
    box: int | None = None
    role: BlockRole | None = None
    group: int = 0
    voice: Voice = Voice()
    table: Table | None = None

    def spans(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """The source spans of ``text[start:end]`` (the whole block by default)."""
        return self.text.spans(start, len(self.text.text) if end is None else end, self.breaks)

    def sentence_at(self, position: int) -> Range:
        """The sentence that holds this position; the whole block where none does.

        For a word or figure in a table's cell, which says nothing alone, it is the table's row.
        """
        whole = Range(0, len(self.text.text))
        found = next((s for s in self.sentences if s.start <= position < s.end), whole)
        if self.table is None or self.text.text[found.start : found.end].endswith((".", "!", "?")):
            return found
        return next((r for r in map(Row.range, self.table.rows) if _holds(r, position)), found)


def _holds(stretch: Range | None, position: int) -> TypeGuard[Range]:
    return stretch is not None and stretch.start <= position < stretch.end


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a document; ``parent`` is an index in ``Document.sections``."""

    order: int
    number: str
    title: str
    level: int
    parent: int | None
    heading: int  # index of the heading's block in ``Document.blocks``


@dataclass(frozen=True, slots=True)
class Source:
    """A document's text as it was handed to us, and the hash that pins every offset."""

    text: str

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the text's UTF-8 bytes."""
        return sha256(self.text.encode("utf-8")).hexdigest()

    def quote(self, span: Span) -> str:
        """The text at the span, character for character."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that has been read: its source, its sections and its blocks in reading order.

    Every character of the source that is not white space belongs to the ``lines`` of exactly one
    block, or to ``noise``: page numbers and running headers.
    """

    id: str
    source: Source
    pages: int
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    noise: tuple[Line, ...] = field(default=())
    warnings: tuple[str, ...] = field(default=())
    boxes: tuple[Box, ...] = field(default=())
    links: tuple[Link, ...] = field(default=())
    metadata: tuple[Found, ...] = field(default=())

    def ancestry(self, block: Block) -> Iterator[Section]:
        """The sections around a block, innermost first."""
        index = block.section
        while index is not None:
            section = self.sections[index]
            yield section
            index = section.parent

    def of_kind(self, *kinds: BlockKind) -> Iterator[Block]:
        """The blocks of these kinds, in reading order."""
        return (block for block in self.blocks if block.kind in kinds)
