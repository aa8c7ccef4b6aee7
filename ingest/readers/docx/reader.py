"""DOCX in, text out: the document part walked in reading order, with what Word prints of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from lxml import etree

from ingest.document import BlockKind
from ingest.limits import Limits
from ingest.readers.archive import Archive
from ingest.readers.boxes import Frame, box_of
from ingest.readers.docx.inline import Gathered, Inline
from ingest.readers.docx.notes import Notes, read_notes, without_mark
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.package import Package
from ingest.readers.docx.paragraphs import Nature, nature_of, note_paragraphs, section_types
from ingest.readers.docx.styles import ParagraphStyle, Styles, is_boxed
from ingest.readers.docx.tables import box_cells, gather_table, is_page
from ingest.readers.docx.xml import W, children, switch, value
from ingest.readers.extraction import Extraction, Run, UnreadableError
from ingest.readers.text_writer import TextWriter

_SAME_PAGE = ("continuous", "nextColumn")
_PIECES = 2_000_000  # cells, and runs of text in them, in all tables together


def read_docx(data: bytes, name: str, limits: Limits) -> Extraction:
    """The text of a DOCX file with its headings, lists, notes, tables, boxes and links.

    Numbers of headings, list items and notes are those that Word prints. Deleted and hidden
    text, comments, headers and footers, and tables of contents are left out. Pages are those of
    the last time that Word laid the document out; without them, those of explicit page breaks.
    """
    package = Package(Archive(data, name, limits), name)
    root = package.main()
    body = root.find(W + "body")
    if root.tag != W + "document" or body is None:
        raise UnreadableError(f"{name}: no Word document in it")
    writer = TextWriter(name, limits.characters)
    try:
        _Reader(package, root, writer, name).read(body)
    except RecursionError as error:
        raise UnreadableError(f"{name}: nested too deeply") from error
    return writer.extraction(package.properties())


class _Reader:
    """A walk through one document."""

    def __init__(
        self, package: Package, root: etree._Element, writer: TextWriter, name: str
    ) -> None:
        self._name = name
        self._writer = writer
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"), self._styles)
        self._notes: Notes = read_notes(package, root)
        self._rendered = next(root.iter(W + "lastRenderedPageBreak"), None) is not None
        self._inline = Inline(root, self._styles, package.links(), self._notes, self._rendered)
        self._of_notes = {
            kind: Inline(part, self._styles, package.links(kind + "s"))
            for kind in ("footnote", "endnote")
            if (part := package.part(kind + "s")) is not None
        }
        self._sections = section_types(root)
        self._carried: Gathered | None = None
        self._written: set[tuple[str, str]] = set()
        self._pieces = 0

    def read(self, body: etree._Element) -> None:
        """Write the whole body."""
        self._blocks(children(body), None)
        if self._carried is not None:
            self._write(Nature(), self._carried, None)

    def _blocks(self, blocks: Iterable[etree._Element], frame: Frame | None) -> None:
        for boxed, together in groupby(blocks, self._is_boxed):
            group = list(together)
            inner = Frame(self._writer) if boxed and frame is None and group[1:] else frame
            for block in group:
                if block.tag == W + "p":
                    self._paragraph(block, inner)
                elif block.tag == W + "tbl":
                    self._table(block, inner)

    def _is_boxed(self, block: etree._Element) -> bool:
        if block.tag != W + "p":
            return False
        properties = block.find(W + "pPr")
        return is_boxed(properties, self._style(properties).is_boxed)

    def _style(self, properties: etree._Element | None) -> ParagraphStyle:
        return self._styles.paragraph(value(properties, "pStyle"))

    def _paragraph(self, paragraph: etree._Element, frame: Frame | None) -> None:
        properties = paragraph.find(W + "pPr")
        style = self._style(properties)
        breaks = switch(properties, "pageBreakBefore")
        if not self._rendered and (style.breaks_page if breaks is None else breaks):
            self._writer.page_break()
        carried, self._carried = self._carried, None
        gathered = self._inline.read(paragraph, style.look, carried)
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried = gathered  # its end was deleted: the next paragraph continues it
            return
        if style.is_contents:
            gathered.runs.clear()
        nature = nature_of(properties, style, self._numbering)
        self._write(nature, gathered, frame)
        if properties is not None and properties.find(W + "sectPr") is not None:
            self._end_section()

    def _write(self, nature: Nature, gathered: Gathered, frame: Frame | None) -> None:
        self._break(gathered.breaks_before)
        self._writer.add(
            nature.kind,
            gathered.runs,
            level=nature.level,
            marker=nature.marker,
            box=box_of(frame, nature.kind, gathered.runs),
        )
        self._write_attached(gathered)

    def _write_attached(self, gathered: Gathered) -> None:
        """Write the notes and text boxes of what was just written; the next page may follow."""
        for key in gathered.notes:
            if key not in self._written:
                self._written.add(key)
                self._write_note(key)
        for box in gathered.boxes:
            self._blocks(children(box), Frame(self._writer))
        self._break(gathered.breaks_after)

    def _write_note(self, key: tuple[str, str]) -> None:
        note = self._notes.texts.get(key)
        if note is None:
            return
        runs: list[Run] = []
        for paragraph in note_paragraphs(note):
            look = self._style(paragraph.find(W + "pPr")).look
            gathered = self._of_notes[key[0]].read(paragraph, look)
            runs.extend([*([Run("\n")] if runs else []), *gathered.runs])
        label = self._notes.label(key)
        self._writer.note(label, without_mark(note, label, runs))

    def _break(self, times: int) -> None:
        for _ in range(times):
            self._writer.page_break()

    def _end_section(self) -> None:
        self._notes.end_section()
        following = next(self._sections, _SAME_PAGE[0])
        if not self._rendered and following not in _SAME_PAGE:
            self._writer.page_break()

    def _table(self, table: etree._Element, frame: Frame | None) -> None:
        if cells := box_cells(table):
            self._boxed_cells(cells, frame)
            return
        gathered = gather_table(table, self._cell_paragraph, self._styles.first_row_is_bold)
        self._pieces += sum(1 + len(cell) for row in gathered.rows for cell in row)
        if self._pieces > _PIECES:
            raise UnreadableError(f"{self._name}: more than {_PIECES:,} pieces of text in tables")
        text = (run for row in gathered.rows for cell in row for run in cell)
        self._writer.table(
            gathered.rows,
            header_rows=gathered.header_rows,
            box=box_of(frame, BlockKind.TABLE, text),
        )
        self._write_attached(gathered.inside)
        for nested in gathered.tables:
            self._table(nested, frame)

    def _boxed_cells(self, cells: Sequence[etree._Element], frame: Frame | None) -> None:
        inner = frame if any(map(is_page, cells)) else Frame(self._writer)
        for cell in cells:
            self._blocks(children(cell), inner)

    def _cell_paragraph(self, paragraph: etree._Element) -> Gathered:
        properties = paragraph.find(W + "pPr")
        style = self._style(properties)
        gathered = self._inline.read(paragraph, style.look)
        mark = nature_of(properties, style, self._numbering).marker
        if mark and gathered.has_text:
            gathered.runs.insert(0, Run(mark + " ", gathered.runs[0].style))
        return gathered
