"""Figures: their captions, and the labels that an extractor printed around them.

The words of a drawing are no running text, however much they look like headings or paragraphs:
they are short or narrow lines between a caption and the nearest text of the body's width.
"""

from __future__ import annotations

import re

from ingest.document import BlockKind
from ingest.structure.chunks import FRAME_GAP, Chunk, is_closed
from ingest.structure.drafts import Draft, cut_front, plain
from ingest.structure.headings import Form, can_be_title, is_named_chapter, number_mark
from ingest.structure.layout import Layout, is_body_text
from ingest.structure.lists import marks

_CAPTION = re.compile(
    r"\s*(?:(?:Figuur|Figure|Grafiek|Diagram|Schema|Infographic)(?:\s+\d+(?:\.\d+)?\s*[:.–-]|\s*:)"
    r"|Figuur\s+[A-Z])"
)
_CAPTION_LENGTH = 160  # characters
_TEXT_LINES = 3  # lines of a text inside a figure; fewer are a label
_REACH = 60  # chunks on either side of a caption


def figures(layout: Layout) -> dict[int, int]:
    """The chunks that belong to figures: index of the chunk and number of the figure."""
    found: dict[int, int] = {}
    if not layout.body:
        return found
    for index, chunk in enumerate(layout.chunks):
        if not is_figure_caption(chunk):
            continue
        number = found.get(index - 1, index)  # two captions in one zone are of one figure
        first = index - _reach_back(layout, index, found)
        for member in range(first, index + 1 + _reach_on(layout, index)):
            found.setdefault(member, number)
    return found


def is_figure_caption(chunk: Chunk) -> bool:
    """Whether a chunk names a figure, rather than speaking of one."""
    if not _CAPTION.match(chunk.text) or is_closed(chunk.text):
        return False
    return len(chunk.text) <= _CAPTION_LENGTH


def figure_drafts(chunk: Chunk) -> list[Draft]:
    """What a figure's chunk holds: a label or caption, or texts with their list marks."""
    if is_figure_caption(chunk):
        return [plain(BlockKind.CAPTION, chunk.lines)]
    starts = [i for i, line in enumerate(chunk.lines) if i == 0 or marks(line.text)]
    drafts: list[Draft] = []
    for first, end in zip(starts, [*starts[1:], len(chunk.lines)], strict=True):
        lines = chunk.lines[first:end]
        if mark := next(iter(marks(lines[0].text)), None):
            draft = plain(BlockKind.LIST_ITEM, lines)
            draft.level, draft.marker = 1, mark.text
            draft.body = cut_front(lines, mark.end) or list(lines)
        elif is_closed(lines[-1].text) or len(lines) >= _TEXT_LINES:
            draft = plain(BlockKind.PARAGRAPH, lines)
        else:
            draft = plain(BlockKind.CAPTION, lines)
        draft.wrapped = False  # nothing continues it
        drafts.append(draft)
    return drafts


def _reach_back(layout: Layout, index: int, taken: dict[int, int]) -> int:
    """How many chunks above a caption are labels of its figure."""
    count = 0
    while count < min(_REACH, index):
        chunk = layout.chunks[index - count - 1]
        if chunk.page != layout.chunks[index].page or index - count - 1 in taken:
            break
        if not _is_part(chunk, layout):
            break
        count += 1
    return count


def _reach_on(layout: Layout, index: int) -> int:
    """How many chunks below a caption are labels of its figure; the heading of a text is none."""
    chunks = layout.chunks
    count = 0
    while index + count + 1 < min(len(chunks), index + _REACH):
        chunk = chunks[index + count + 1]
        following = chunks[index + count + 2] if index + count + 2 < len(chunks) else None
        left_over = following is not None and following.gap >= FRAME_GAP
        if chunk.page != chunks[index].page and not (left_over and len(chunk.lines) == 1):
            break
        if not _is_part(chunk, layout):
            break
        heads = following is not None and is_body_text(following.lines, layout.body)
        if heads and not left_over and can_be_title(chunk.text):
            break
        count += 1
    return count


def _is_part(chunk: Chunk, layout: Layout) -> bool:
    """Whether a chunk looks like the labels of a figure."""
    mark = number_mark(chunk.lines[0].text)
    if mark and (mark.form in (Form.ROMAN, Form.CHAPTER, Form.BOX) or _is_section(chunk)):
        return False
    if is_named_chapter(chunk.text):
        return False
    if not chunk.wrapped or is_body_text(chunk.lines, layout.body):
        return False
    single = len(chunk.lines) <= 2 and is_closed(chunk.text)
    return not (single and chunk.width >= layout.body)


def _is_section(chunk: Chunk) -> bool:
    """Whether a chunk begins with a section's number ("3.1", or a chapter's "3" by itself)."""
    mark = number_mark(chunk.lines[0].text)
    return mark is not None and mark.form is Form.DECIMAL and len(chunk.lines) > 1
