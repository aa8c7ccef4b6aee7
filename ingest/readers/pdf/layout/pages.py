"""The layout of a document's pages: each page's blocks in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.document import BlockKind
from ingest.readers.pdf.layout.blocks import BlockBuilder, column_lines
from ingest.readers.pdf.layout.boxes import FoundBox, lift_boxes, page_backgrounds
from ingest.readers.pdf.layout.columns import columns_of
from ingest.readers.pdf.layout.contents import contents_lines
from ingest.readers.pdf.layout.footnotes import FootnoteFinder
from ingest.readers.pdf.layout.geometry import Page, Rect, Segment
from ingest.readers.pdf.layout.habits import Habits
from ingest.readers.pdf.layout.lines import Column, PrintedBlock, PrintedLine, PrintedTable
from ingest.readers.pdf.layout.tables import lift_tables

_PICTURE = 0.6  # of the page: a larger picture is a background
_CAPTION_GAP = 1.9  # times the size
_CAPTION_LINES = 4


@dataclass(slots=True)
class _Laid:
    """A column with its lines; ``box`` is the number of the box that it stands in."""

    column: Column
    lines: list[PrintedLine]
    box: int | None = None


@dataclass(slots=True)
class _Layout:
    """A page taken apart."""

    page: Page
    main: list[_Laid]
    tables: list[PrintedTable]
    boxes: dict[int, tuple[Rect, list[_Laid]]]
    notes: list[PrintedBlock]
    pictures: list[Rect] = field(default_factory=list)


class PageLayouts:
    """Takes the pages of a document apart and puts their blocks in order."""

    def __init__(self, pages: Sequence[Page], body_size: float) -> None:
        self._body_size = body_size
        self.habits = Habits([])
        self._boxes = 0
        self._last_box: tuple[int, FoundBox, Page] | None = None
        finder = FootnoteFinder(body_size)
        backgrounds = page_backgrounds(pages)
        self._layouts = [self._take_apart(page, finder, backgrounds) for page in pages]

    def blocks(self) -> list[list[PrintedBlock]]:
        """For each page its blocks, those of boxes and notes where they stand."""
        self.habits = Habits(
            laid.lines
            for layout in self._layouts
            for laid in (*layout.main, *(x for _, inside in layout.boxes.values() for x in inside))
        )
        builder = BlockBuilder(self.habits)
        return [_page_blocks(layout, builder, self._body_size) for layout in self._layouts]

    def _take_apart(
        self, page: Page, finder: FootnoteFinder, backgrounds: Sequence[Rect]
    ) -> _Layout:
        tables = lift_tables(page)
        boxes = lift_boxes(page, [t.rect for t in tables], backgrounds)
        notes = [
            PrintedBlock(note.lines, BlockKind.FOOTNOTE, label=note.label)
            for note in finder.lift(page)
        ]
        boxed = [t for box in boxes for t in tables if box.rect.holds_centre(t.rect)]
        pictures = _pictures(page)
        regions = [t.rect for t in tables if t not in boxed]
        regions += [box.rect for box in boxes] + pictures
        main = _laid(page.segments, regions, page.number, None)
        inside: dict[int, tuple[Rect, list[_Laid]]] = {}
        for box in sorted(boxes, key=lambda b: (b.rect.top, b.rect.left)):
            number = self._box_number(box, page)
            held = [t.rect for t in boxed if box.rect.holds_centre(t.rect)]
            laid = _laid(box.segments, held, page.number, number)
            rect, before = inside.get(number, (box.rect, []))
            inside[number] = (rect, [*before, *laid])
        return _Layout(page, main, tables, inside, notes, pictures)

    def _box_number(self, box: FoundBox, page: Page) -> int:
        """A number for the box: that of the box on the page before if it goes on from there."""
        last = self._last_box
        if last is not None and _goes_on(last[1], last[2], box, page):
            number = last[0]
        else:
            number = self._boxes
            self._boxes += 1
        self._last_box = (number, box, page)
        return number


def _goes_on(before: FoundBox, page_before: Page, box: FoundBox, page: Page) -> bool:
    """Whether a box at the top of a page goes on from the foot of the page before."""
    if page.number != page_before.number + 1 or before.fill != box.fill or not before.segments:
        return False
    same = abs(before.rect.width - box.rect.width) < 4
    foot = before.rect.bottom > 0.8 * page_before.height
    last = max(before.segments, key=lambda s: (s.baseline, s.left))
    first = min(box.segments, key=lambda s: (s.baseline, s.left), default=None)
    alike = first is not None and first.face == last.face
    return same and foot and alike and box.rect.top < 0.2 * page.height


def _pictures(page: Page) -> list[Rect]:
    """Pictures that stand between the text, not behind it."""
    return [
        picture
        for picture in page.pictures
        if picture.area < _PICTURE * page.width * page.height
        and sum(picture.holds_centre(s.rect) for s in page.segments) < 3
    ]


def _laid(
    segments: Sequence[Segment], regions: Sequence[Rect], page: int, box: int | None
) -> list[_Laid]:
    columns = columns_of(segments, regions)
    return [_Laid(column, column_lines(column, page), box) for column in columns]


def _page_blocks(layout: _Layout, builder: BlockBuilder, body_size: float) -> list[PrintedBlock]:
    tables = {id(t.rect): t for t in layout.tables}
    boxes = {id(rect): inside for rect, inside in layout.boxes.values()}
    pictures = {id(rect) for rect in layout.pictures}
    result: list[PrintedBlock] = []
    for laid in layout.main:
        blocks = _column_blocks(laid, builder)
        for region in sorted(laid.column.regions, key=lambda r: r.top):
            if id(region) in tables:
                placed = [PrintedBlock([], table=tables[id(region)])]
            elif id(region) in boxes:
                placed = [b for x in boxes[id(region)] for b in _boxed(x, builder, layout.tables)]
            else:
                placed = []
                _name_caption(blocks, region, body_size, id(region) in pictures)
            _insert(blocks, placed, region)
        result.extend(blocks)
    return [*result, *layout.notes]


def _boxed(
    laid: _Laid, builder: BlockBuilder, tables: Sequence[PrintedTable]
) -> list[PrintedBlock]:
    blocks = _column_blocks(laid, builder)
    for region in laid.column.regions:
        found = [t for t in tables if t.rect is region]
        _insert(blocks, [PrintedBlock([], table=t, box=laid.box) for t in found], region)
    return blocks


def _column_blocks(laid: _Laid, builder: BlockBuilder) -> list[PrintedBlock]:
    """A column's blocks; the entries of a table of contents apart, as noise."""
    entries = contents_lines(laid.lines)
    blocks: list[PrintedBlock] = []
    run: list[PrintedLine] = []
    for index, line in enumerate(laid.lines):
        if index in entries:
            blocks += builder.blocks(run, laid.column.regions)
            blocks.append(PrintedBlock([line], noise=True))
            run = []
        else:
            run.append(line)
    blocks += builder.blocks(run, laid.column.regions)
    for block in blocks:
        block.box = laid.box
    return blocks


def _insert(blocks: list[PrintedBlock], placed: Sequence[PrintedBlock], region: Rect) -> None:
    """Put a region's blocks behind the text that begins above it."""
    at = 0
    for index, block in enumerate(blocks):
        if block.table is None and not block.lines:
            continue
        rect = block.rect
        beside = rect.right <= region.left + 3 and rect.top < region.bottom
        above = block.box is None and (rect.top <= region.top + 1 or beside)
        if above or (block.box is not None and at == index):
            at = index + 1
    blocks[at:at] = placed


def _name_caption(
    blocks: Sequence[PrintedBlock], picture: Rect, body_size: float, is_picture: bool
) -> None:
    """Small text directly below a picture is its caption."""
    for block in blocks:
        if not is_picture or block.kind is not None or block.table or not block.lines:
            continue
        rect, size = block.rect, block.face.size
        below = -2 <= rect.top - picture.bottom <= _CAPTION_GAP * size
        small = size < 0.95 * body_size and len(block.lines) <= _CAPTION_LINES
        if below and small and rect.overlap_x(picture) > 0.5 * rect.width:
            block.kind = BlockKind.CAPTION
