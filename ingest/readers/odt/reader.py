"""ODT in, text out: the content walked in reading order, with what is printed of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from lxml import etree

from ingest.document import BlockKind
from ingest.limits import Limits
from ingest.readers.archive import Archive
from ingest.readers.boxes import Frame, box_of
from ingest.readers.extraction import Extraction, Run, UnreadableError
from ingest.readers.list_marks import is_bullet
from ingest.readers.odt.inline import PARAGRAPHS, Gathered, Inline, frames, note_paragraphs
from ingest.readers.odt.list_styles import ListStyles
from ingest.readers.odt.lists import LEVELS, Item, Lists
from ingest.readers.odt.package import check_package, properties
from ingest.readers.odt.styles import Look, Styles
from ingest.readers.odt.tables import GatheredTable, box_cells, gather_table, is_page
from ingest.readers.odt.xml import DRAW, OFFICE, TABLE, TEXT, count
from ingest.readers.text_writer import TextWriter

_PIECES = 2_000_000  # cells, and runs of text in them, in all tables together
_CONTAINERS = frozenset(
    TEXT + name for name in ("section", "bibliography", "index-body", "index-title")
)


def read_odt(data: bytes, name: str, limits: Limits) -> Extraction:
    """The text of an ODT file with its headings, lists, notes, tables, boxes and links.

    Deleted and hidden text, comments, headers and footers, and indexes are left out. Pages are
    those that the file records ("soft" page breaks), and those of explicit page breaks.
    """
    archive = Archive(data, name, limits)
    check_package(archive, name)
    content = archive.xml("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableError(f"{name}: no OpenDocument text in it")
    roots = [archive.xml("styles.xml")] if "styles.xml" in archive else []
    writer = TextWriter(name, limits.characters)
    try:
        _Reader(Styles((*roots, content)), writer, name).read(body)
    except RecursionError as error:
        raise UnreadableError(f"{name}: nested too deeply") from error
    return writer.extraction(properties(archive))


@dataclass(slots=True)
class _Cell:
    """A table's cell that is being filled."""

    table: GatheredTable
    runs: list[Run] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where blocks stand: in a box, in a list item, in a cell."""

    frame: Frame | None = None
    item: Item | None = None
    cell: _Cell | None = None


class _Reader:
    """A walk through one document."""

    def __init__(self, styles: Styles, writer: TextWriter, name: str) -> None:
        self._name = name
        self._writer = writer
        self._styles = styles
        self._lists = Lists(ListStyles(styles.lists, styles.outline))
        self._inline = Inline(styles)
        self._pieces = 0

    def read(self, body: etree._Element) -> None:
        """Write the whole body."""
        self._blocks(body, _Place())

    def _blocks(self, blocks: Iterable[etree._Element], place: _Place) -> None:
        for boxed, together in groupby(blocks, self._is_boxed):
            group = list(together)
            inner = place
            if boxed and place.frame is None and place.cell is None and group[1:]:
                inner = replace(place, frame=Frame(self._writer))
            for block in group:
                self._block(block, inner)

    def _block(self, block: etree._Element, place: _Place) -> None:
        tag = str(block.tag)
        if tag in PARAGRAPHS:
            self._paragraph(block, place)
        elif tag == TEXT + "list":
            for item, children in self._lists.items(block, place.item):
                self._blocks(children, replace(place, item=item))
        elif tag == TEXT + "numbered-paragraph":
            self._blocks(block, replace(place, item=self._lists.numbered(block)))
        elif tag == TABLE + "table":
            self._table(block, place)
        elif tag == TEXT + "soft-page-break":
            self._break(1, place)
        elif tag in _CONTAINERS:
            if block.get(TEXT + "display") != "none":
                self._blocks(block, place)
        elif tag.startswith(DRAW):
            self._write_attached(Gathered(boxes=list(frames(block))), place)

    def _is_boxed(self, block: etree._Element) -> bool:
        return block.tag in PARAGRAPHS and self._look(block).is_boxed

    def _look(self, paragraph: etree._Element) -> Look:
        return self._styles.paragraph(paragraph.get(TEXT + "style-name") or "")

    def _paragraph(self, paragraph: etree._Element, place: _Place) -> None:
        look = self._look(paragraph)
        gathered = self._inline.read(paragraph, look)
        if look.is_contents:
            gathered.runs.clear()
        heading = look.heading
        if paragraph.tag == TEXT + "h":
            heading = count(paragraph, TEXT + "outline-level", 1, LEVELS) or 1
        mark = self._lists.mark(paragraph, heading, place.item, look.list_style)
        if place.cell is not None:
            _fill(place.cell, gathered, mark)
            return
        kind, level = look.kind, 0
        if heading:
            kind, level = BlockKind.HEADING, heading
            mark = "" if is_bullet(mark) else mark
        elif kind is None and mark and place.item is not None:
            kind, level = BlockKind.LIST_ITEM, place.item.level
        self._break(look.breaks_before + gathered.breaks_before, place)
        box = box_of(place.frame, kind, gathered.runs)
        self._writer.add(kind, gathered.runs, level=level, marker=mark, box=box)
        self._write_attached(gathered, place)
        self._break(int(look.breaks_after), place)

    def _write_attached(self, gathered: Gathered, place: _Place) -> None:
        """Write the notes and text boxes of what was just written; the next page may follow."""
        if place.cell is not None:
            place.cell.table.inside.boxes.extend(gathered.boxes)
            return
        for label, body in gathered.notes:
            self._write_note(label, body)
        for box in gathered.boxes:
            self._blocks(box, _Place(Frame(self._writer)))
        self._break(gathered.breaks_after, place)

    def _write_note(self, label: str, body: etree._Element) -> None:
        runs: list[Run] = []
        for paragraph in note_paragraphs(body):
            inside = self._inline.read(paragraph, self._look(paragraph)).runs
            runs.extend([*([Run("\n")] if runs else []), *(run for run in inside if not run.note)])
        self._writer.note(label, runs)

    def _break(self, times: int, place: _Place) -> None:
        if place.cell is not None:
            place.cell.table.inside.breaks_after += times
            return
        for _ in range(times):
            self._writer.page_break()

    def _table(self, table: etree._Element, place: _Place) -> None:
        if place.cell is not None:
            place.cell.table.tables.append(table)
            return
        if cells := box_cells(table):
            frame = place.frame if any(map(is_page, cells)) else Frame(self._writer)
            for cell in cells:
                self._blocks(cell, _Place(frame))
            return
        gathered = gather_table(table, self._cell)
        self._pieces += sum(1 + len(cell) for row in gathered.rows for cell in row)
        if self._pieces > _PIECES:
            raise UnreadableError(f"{self._name}: more than {_PIECES:,} pieces of text in tables")
        text = (run for row in gathered.rows for cell in row for run in cell)
        box = box_of(place.frame, BlockKind.TABLE, text)
        self._writer.table(gathered.rows, header_rows=gathered.header_rows, box=box)
        self._write_attached(gathered.inside, place)
        for nested in gathered.tables:
            self._table(nested, place)

    def _cell(self, cell: etree._Element, table: GatheredTable) -> list[Run]:
        filled = _Cell(table)
        self._blocks(cell, _Place(cell=filled))
        return filled.runs


def _fill(cell: _Cell, gathered: Gathered, mark: str) -> None:
    """Add a paragraph to a cell."""
    if cell.runs and gathered.runs:
        cell.runs.append(Run("\n"))
    if mark and gathered.has_text:
        cell.runs.append(Run(mark + " ", gathered.runs[0].style))
    cell.runs.extend(gathered.runs)
    inside = cell.table.inside
    inside.notes.extend(gathered.notes)
    inside.boxes.extend(gathered.boxes)
    inside.breaks_after += gathered.breaks_before + gathered.breaks_after
