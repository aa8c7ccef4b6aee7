"""From chunks to blocks: headings, list items, captions, pull quotes, tables, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import BlockKind, Line
from ingest.structure.chunks import CREDIT, Chunk, is_closed, was_ended
from ingest.structure.drafts import Draft, cut_front, plain
from ingest.structure.figures import figure_drafts, figures
from ingest.structure.headings import Form, HeadingMark, form_of, margin_title, number_mark
from ingest.structure.layout import Layout
from ingest.structure.letters import is_signature, letterhead, paper_number
from ingest.structure.lists import ListState, Mark, marks
from ingest.structure.quotes import pull_quote
from ingest.structure.runs import list_run
from ingest.structure.tables import table_extent
from ingest.structure.titles import CONTINUES, is_list_number, title_lines

_CAPTION = re.compile(
    r"\s*(?:Foto(?:’s|'s)?\b\s*[:A-Z]|(?:Figuur|Grafiek|Beeld|Illustratie)\s*\d*\s*:)"
)
_KICKER_WIDTH = 26  # characters; text this narrow beside a picture is its caption
_KICKER_LINES = 7
_HEADINGS = 5  # directly under each other, at most


class Structurer:
    """Walks over a document's chunks and turns them into drafts of blocks."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._chunks = layout.chunks
        self._figures = figures(layout)
        self._asides = 0
        self._lists = ListState()
        self._drafts: list[Draft] = []
        self._letterhead = letterhead(layout.chunks)

    def drafts(self) -> list[Draft]:
        """The blocks in source order, before joining over page and column breaks."""
        index = 0
        while index < len(self._chunks):
            index += self._take(index)
        return self._drafts

    def _take(self, index: int) -> int:
        """Read the chunk at ``index`` and those that belong to it; returns how many."""
        count = self._known(index)
        if not count:
            self._read(self._chunks[index], index)
            count = 1
        return count

    def _known(self, index: int) -> int:
        """Read what is no running text; returns of how many chunks (0: it is running text)."""
        readers = (
            self._above_letter,
            self._figure,
            self._table,
            self._pull_quote,
            self._aside,
            self._run,
        )
        return next((count for reader in readers if (count := reader(index))), 0)

    def _figure(self, index: int) -> int:
        if index not in self._figures:
            return 0
        if self._figures.get(index - 1) != self._figures[index]:
            self._asides += 1
        for draft in figure_drafts(self._chunks[index]):
            draft.aside = self._asides
            self._emit(draft)
        self._lists.close()
        return 1

    def _above_letter(self, index: int) -> int:
        if index >= self._letterhead:
            return 0
        lines = self._chunks[index].lines
        number = paper_number(lines[0].text)
        if number is None:
            return self._emit(plain(BlockKind.PARAGRAPH, lines))
        draft = plain(BlockKind.HEADING, lines)  # the paper's own title: it opens no section
        draft.body = cut_front(lines, number.end())
        draft.marker = number["number"]
        draft.heading = HeadingMark(Form.ISOLATED, draft.marker)
        draft.repeats = True
        return self._emit(draft)

    def _table(self, index: int) -> int:
        count = table_extent(self._chunks, index)
        if count:
            members = self._chunks[index : index + count]
            self._emit(plain(BlockKind.TABLE, [line for c in members for line in c.lines]))
        return count

    def _aside(self, index: int) -> int:
        """A caption or a signature."""
        chunk = self._chunks[index]
        if self._is_caption(index):
            return self._emit(plain(BlockKind.CAPTION, chunk.lines))
        if self._is_half_caption(index):
            lines = [*chunk.lines, *self._chunks[index + 1].lines]
            self._emit(plain(BlockKind.CAPTION, lines))
            return 2
        if is_signature(chunk):
            return self._emit(plain(BlockKind.SIGNATURE, chunk.lines))
        return 0

    def _run(self, index: int) -> int:
        run = list_run(self._chunks, index)
        if run is None:
            return 0
        apart = False
        for draft in run.drafts:
            if draft.heading is not None:
                apart = draft.heading.form is Form.ISOLATED
                self._asides += apart
            draft.aside = self._asides if apart else None
            self._emit(draft)
        return run.count

    def _emit(self, draft: Draft) -> int:
        if draft.kind in (BlockKind.HEADING, BlockKind.TABLE, BlockKind.SIGNATURE):
            self._lists.close()
        self._drafts.append(draft)
        return 1

    def _pull_quote(self, index: int) -> int:
        drafts, count = pull_quote(self._chunks, index)
        for draft in drafts:
            self._emit(draft)
        return count

    def _is_caption(self, index: int) -> bool:
        chunk = self._chunks[index]
        if _CAPTION.match(chunk.text) or CREDIT.search(chunk.text):
            return True
        if not chunk.wrapped or not is_closed(chunk.text):
            return False
        following = self._chunks[index + 1] if index + 1 < len(self._chunks) else None
        beside = following is not None and bool(_CAPTION.match(following.text))
        narrow = chunk.width <= _KICKER_WIDTH and len(chunk.lines) <= _KICKER_LINES
        return narrow and (beside or len(chunk.lines) >= 3) and chunk.text[:1].isupper()

    def _is_half_caption(self, index: int) -> bool:
        """Whether a line is a caption that ends, with its credit, on the next one."""
        chunk = self._chunks[index]
        following = self._chunks[index + 1] if index + 1 < len(self._chunks) else None
        if following is None or len(chunk.lines) > 1 or is_closed(chunk.text):
            return False
        same = following.page == chunk.page and following.gap <= 1
        return same and bool(CREDIT.search(following.text) and CONTINUES.match(following.text))

    def _read(self, chunk: Chunk, index: int) -> None:
        """A chunk of running text: headings, then paragraphs and list items."""
        lines = list(chunk.lines)
        first = True
        for _ in range(_HEADINGS):
            count = self._heading(lines, chunk, index) if lines else 0
            if not count:
                break
            lines = lines[count:]
            first = False
        if first:
            lines = self._margin(lines, chunk)
        if lines:
            self._text(lines, chunk, first)

    def _heading(self, lines: list[Line], chunk: Chunk, index: int) -> int:
        """Emit the heading with which the lines begin; returns its number of lines (0: none)."""
        mark = number_mark(lines[0].text)
        if mark and (is_list_number(mark, lines, chunk) or mark.is_repeated(chunk.text)):
            return 0
        body = cut_front(lines, mark.end) if mark else lines
        count = title_lines(self._layout, index, body, mark)
        if mark and mark.form is Form.CHAPTER and not body:
            count = len(lines)
        elif mark and count:
            count += len(lines) - len(body)
        if not count:
            return 0
        taken = lines[:count]
        title = cut_front(taken, mark.end) if mark else taken
        draft = plain(BlockKind.HEADING, taken)
        draft.body = title or taken
        draft.marker = mark.text if mark and title else ""
        draft.wrapped = chunk.wrapped
        attached = count < len(lines) and chunk.wrapped
        draft.heading = mark or HeadingMark(form_of(draft.text, attached))
        self._place(draft, chunk)
        self._emit(draft)
        return count

    def _margin(self, lines: list[Line], chunk: Chunk) -> list[Line]:
        """Emit the title that an extractor printed before the text beside it; returns the rest."""
        end = margin_title(lines[0].text) if chunk.wrapped and len(lines) > 1 else 0
        if not end:
            return lines
        title = Line(lines[0].text[:end], lines[0].start, lines[0].page)
        draft = plain(BlockKind.HEADING, [title])
        draft.heading = HeadingMark(Form.NAMED)
        draft.margin = True
        self._place(draft, chunk)
        self._emit(draft)
        return cut_front(lines, end)

    def _place(self, draft: Draft, chunk: Chunk) -> None:
        """Note where the draft stands on its page, if it begins the chunk."""
        if draft.lines[0].start == chunk.lines[0].start:
            draft.gap, draft.after_note = chunk.gap, chunk.after_note

    def _text(self, lines: list[Line], chunk: Chunk, starts_chunk: bool) -> None:
        """Paragraphs and list items, divided at list marks and meant line ends."""
        begin = 0
        item = self._item(lines, 0)
        if not item and not (starts_chunk and CONTINUES.match(lines[0].text)):
            self._lists.close()
        for i in range(1, len(lines) + 1):
            following = self._item(lines, i) if i < len(lines) else None
            ended = i < len(lines) and self._paragraph_ends(lines, i, chunk)
            if i == len(lines) or following or ended:
                self._emit_text(lines[begin:i], item, chunk, starts_chunk and begin == 0)
                begin, item = i, following
                if ended and not item:
                    self._lists.close()

    def _paragraph_ends(self, lines: Sequence[Line], i: int, chunk: Chunk) -> bool:
        before, after = lines[i - 1].text, lines[i].text
        if not chunk.wrapped:
            return True
        return is_closed(before) and was_ended(before, after, chunk.width)

    def _item(self, lines: Sequence[Line], i: int) -> tuple[Mark, int] | None:
        """The mark and level of the list item that begins with line ``i``, if one does."""
        before = lines[i - 1].text if i else ""
        for mark in marks(lines[i].text):
            if not self._lists.accepts(mark):
                continue
            if mark.style == "dash" and not self._dash_is_mark(lines[i].text, before, i == 0):
                continue
            return mark, self._lists.enter(mark)
        return None

    def _dash_is_mark(self, line: str, before: str, starts_chunk: bool) -> bool:
        if re.match(r"\s*[-–—]\s{2,}", line) or line.startswith(" "):
            return True
        if starts_chunk:
            last = self._drafts[-1] if self._drafts else None
            return last is None or not last.is_open
        return bool(re.search(r"[.:;]\s*$", before))

    def _emit_text(
        self,
        lines: list[Line],
        item: tuple[Mark, int] | None,
        chunk: Chunk,
        starts_chunk: bool,
    ) -> None:
        kind = BlockKind.LIST_ITEM if item else BlockKind.PARAGRAPH
        draft = plain(kind, lines)
        draft.width = max(draft.width, chunk.width)
        draft.starts_chunk = starts_chunk
        draft.ends_chunk = lines[-1] is chunk.lines[-1]
        self._place(draft, chunk)
        draft.wrapped = chunk.wrapped
        if item:
            mark, draft.level = item
            draft.body = cut_front(lines, mark.end) or list(lines)
            draft.marker = mark.text
        self._emit(draft)
