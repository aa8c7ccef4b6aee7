"""Writing what was found on a PDF's pages as text, and remembering where everything stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.document import BlockKind, Line, Link, Span
from ingest.readers.extraction import Element, NoteMark, Style, UnreadableError
from ingest.readers.pdf.layout.footnotes import label_end
from ingest.readers.pdf.layout.geometry import WebLink
from ingest.readers.pdf.layout.lines import PrintedBlock, PrintedLine

_LABEL = re.compile(r"\d{1,3}|\*{1,3}|[†‡]")
_UNIT = re.compile(r"(?:^|[\s\d/])(?:[kcmd]?m|CO)$")  # "km²" is no note


class PdfText:
    """The text under construction: lines, with empty lines between blocks, pages apart."""

    def __init__(self, name: str, limit: int) -> None:
        self._name = name
        self._limit = limit
        self._pieces: list[str] = []
        self._length = 0
        self._written: dict[int, list[Line]] = {}
        self._cells: dict[int, list[list[tuple[Line, ...]]]] = {}
        self._on_page: list[tuple[PrintedLine, Line]] = []
        self.lines: list[Line] = []
        self.references: list[NoteMark] = []
        self.links: list[Link] = []

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._pieces)

    def page(self, blocks: Iterable[PrintedBlock], links: Sequence[WebLink], number: int) -> None:
        """Write a page's blocks in order."""
        if number > 1:
            self._put("\f")
        self._on_page = []
        for block in blocks:
            if block.table is not None:
                self._table(block)
            else:
                self._written[id(block)] = [self._line(line, block) for line in block.lines]
            self._put("\n")
        for link in links:
            self._link(link)

    def element(self, blocks: Sequence[PrintedBlock]) -> Element:
        """The element that blocks make together: the first and what continues it."""
        first = blocks[0]
        lines = tuple(line for block in blocks for line in self._written[id(block)])
        if first.table is not None:
            cells = tuple(tuple(row) for block in blocks for row in self._cells[id(block)])
            return Element(
                BlockKind.TABLE,
                lines,
                lines,
                box=first.box,
                cells=cells,
                header_rows=first.table.header_rows,
            )
        body = lines
        if first.label:
            skip = label_end(lines[0].text)
            rest = Line(lines[0].text[skip:], lines[0].start + skip, lines[0].page)
            body = tuple(line for line in (rest, *lines[1:]) if line.text.strip())
        face = first.face
        return Element(
            first.kind,
            lines,
            body or lines,
            level=first.depth,
            marker=first.label,
            box=first.box,
            style=Style(face.size, face.bold, face.italic),
        )

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        if self._length > self._limit:
            raise UnreadableError(f"{self._name}: more than {self._limit:,} characters of text")

    def _write(self, text: str, page: int) -> Line:
        line = Line(text, self._length, page)
        self._put(text + "\n")
        self.lines.append(line)
        return line

    def _line(self, printed: PrintedLine, block: PrintedBlock) -> Line:
        line = self._write(printed.text, printed.page)
        self._on_page.append((printed, line))
        if block.noise:
            return line
        labelled = label_end(printed.text) if block.label and printed is block.lines[0] else 0
        for raised in printed.raised:
            if raised.start >= labelled:
                self._marks(line, raised.start, raised.end)
        return line

    def _marks(self, line: Line, start: int, end: int) -> None:
        """The note references in a raised part of a line: one number or several."""
        raised = line.text[start:end]
        found = list(_LABEL.finditer(raised))
        plain = re.sub(r"[\s,;.()\[\]–-]", "", _LABEL.sub("", raised))
        if not found or plain or _UNIT.search(line.text[:start]):
            return
        for number, match in enumerate(found):
            first = 0 if number == 0 else match.start()
            last = found[number + 1].start() if number + 1 < len(found) else match.end()
            tail = raised[match.end() :]
            if number + 1 == len(found) and tail and not tail.strip(" )]"):
                last = len(raised.rstrip())
            span = Span(line.start + start + first, line.start + start + last)
            self.references.append(NoteMark(match.group(), span))

    def _table(self, block: PrintedBlock) -> None:
        table = block.table
        assert table is not None
        lines: list[Line] = []
        cells: list[list[tuple[Line, ...]]] = []
        for row in table.rows:
            line = self._write("\t".join(row), table.page)
            lines.append(line)
            at = line.start
            here: list[tuple[Line, ...]] = []
            for cell in row:
                here.append((Line(cell, at, table.page),) if cell.strip() else ())
                at += len(cell) + 1
            cells.append(here)
        self._written[id(block)] = lines
        self._cells[id(block)] = cells

    def _link(self, link: WebLink) -> None:
        """The text under a link."""
        for printed, line in self._on_page:
            middle = printed.baseline - 0.3 * printed.face.size
            if not link.rect.top <= middle <= link.rect.bottom:
                continue
            inside = [
                i
                for i, x in enumerate(printed.middles)
                if link.rect.left <= x <= link.rect.right and not printed.text[i].isspace()
            ]
            if inside:
                span = Span(line.start + inside[0], line.start + inside[-1] + 1)
                self.links.append(Link(span, link.target))
