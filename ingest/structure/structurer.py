"""From chunks to blocks: headings, list items, captions, pull quotes, tables, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import BlockKind, Line
from ingest.structure.chunks import CREDIT, Chunk, is_closed, was_ended
from ingest.structure.drafts import Draft, cut_front, plain
from ingest.structure.headings import Form, HeadingMark, form_of, number_mark
from ingest.structure.letters import is_signature, letterhead
from ingest.structure.lists import ListState, Mark, marks
from ingest.structure.runs import list_run
from ingest.structure.tables import table_extent
from ingest.structure.titles import CONTINUES, is_list_number, title_lines

_CAPTION = re.compile(
    r"\s*(?:Foto(?:’s|'s)?\b\s*[:A-Z]|(?:Figuur|Grafiek|Beeld|Illustratie)\s*\d*\s*:)"
)
_QUOTE = re.compile(r"\s*[“\"„].*[”\"]\W*$", re.DOTALL)
_SOURCE = re.compile(r"\s*(?:Bron|Foto)\b")
_PHOTO = re.compile(r"\s*Foto\b")
_KICKER_WIDTH = 26  # characters; text this narrow beside a picture is its caption
_KICKER_LINES = 7
_CREDIT_LINES = 3


class Structurer:
    """Walks over a document's chunks and turns them into drafts of blocks."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self._chunks = chunks
        self._lists = ListState()
        self._drafts: list[Draft] = []
        self._letterhead = letterhead(chunks)

    def drafts(self) -> list[Draft]:
        """The blocks in source order, before joining over page and column breaks."""
        index = 0
        while index < len(self._chunks):
            index += self._take(index)
        return self._drafts

    def _take(self, index: int) -> int:
        """Read the chunk at ``index`` and those that belong to it; returns how many."""
        readers = (self._above_letter, self._table, self._pull_quote, self._aside, self._run)
        for reader in readers:
            if count := reader(index):
                return count
        self._read(self._chunks[index], index)
        return 1

    def _above_letter(self, index: int) -> int:
        if index >= self._letterhead:
            return 0
        return self._emit(plain(BlockKind.PARAGRAPH, self._chunks[index].lines))

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
        if is_signature(chunk):
            return self._emit(plain(BlockKind.SIGNATURE, chunk.lines))
        return 0

    def _run(self, index: int) -> int:
        run = list_run(self._chunks, index)
        if run is None:
            return 0
        for draft in run.drafts:
            self._emit(draft)
        return run.count

    def _emit(self, draft: Draft) -> int:
        if draft.kind in (BlockKind.HEADING, BlockKind.TABLE, BlockKind.SIGNATURE):
            self._lists.close()
        self._drafts.append(draft)
        return 1

    def _pull_quote(self, index: int) -> int:
        """A quotation in quotes, then who said it on an indented line of its own."""
        chunk = self._chunks[index]
        if not _QUOTE.match(chunk.text) or index + 1 == len(self._chunks):
            return 0
        credit = self._chunks[index + 1]
        indented = credit.lines[0].text.startswith("    ")
        if not indented or len(credit.lines) > _CREDIT_LINES or is_closed(credit.text):
            return 0
        draft = plain(BlockKind.PULL_QUOTE, chunk.lines)
        names = [line for line in credit.lines if not _SOURCE.match(line.text)]
        photo = [line for line in credit.lines if _PHOTO.match(line.text)]
        draft.attribution = " ".join(line.text.strip() for line in names)
        draft.lines += [line for line in credit.lines if line not in photo]
        self._emit(draft)
        if photo:
            self._emit(plain(BlockKind.CAPTION, photo))
        return 2

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

    def _read(self, chunk: Chunk, index: int) -> None:
        """A chunk of running text: headings, then paragraphs and list items."""
        lines = list(chunk.lines)
        first = True
        while lines:
            count = self._heading(lines, chunk, index)
            if not count:
                break
            lines = lines[count:]
            first = False
        if lines:
            self._text(lines, chunk, first)

    def _heading(self, lines: list[Line], chunk: Chunk, index: int) -> int:
        """Emit the heading with which the lines begin; returns its number of lines (0: none)."""
        mark = number_mark(lines[0].text)
        if mark and is_list_number(mark, lines, chunk):
            return 0
        body = cut_front(lines, mark.end) if mark else lines
        count = title_lines(self._chunks, index, body, mark)
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
        self._emit(draft)
        return count

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
        draft.wrapped = chunk.wrapped
        if item:
            mark, draft.level = item
            draft.body = cut_front(lines, mark.end) or list(lines)
            draft.marker = mark.text
        self._emit(draft)
