"""Where a heading's title ends and the text below it begins.

The main evidence is a line that ended although the next word would have fitted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Line
from ingest.structure.chunks import FRAME_GAP, Chunk, is_closed, was_ended
from ingest.structure.headings import (
    Form,
    HeadingMark,
    can_be_title,
    goes_on,
    is_named_chapter,
    is_stopped_title,
    number_mark,
)
from ingest.structure.layout import Layout
from ingest.structure.lists import marks

CONTINUES = re.compile(r"\s*[a-zß-ÿ(&–-]")
"""What the first line of a new sentence or heading does not begin with."""

_TITLE_LINES = 4
_WHOLE_TITLE_LINES = 6  # in a narrow column, with nothing else in the chunk
_FULL_LINE = 0.85  # share of the page's width beyond which a line is no title's
_LEAD_LENGTH = 85  # characters; longer text before a list is no heading
_UNNUMBERED_LENGTH = 80  # characters; the same for a whole line of an unwrapped text
_TEXT_LENGTH = 30  # characters; a single line below a title is text if longer
_LABEL_LENGTH = 60  # characters; an unclosed line longer than this is text, and no label
_NARROW_TEXT = 1.6  # times a numbered title's width from which a line is text


def is_list_number(mark: HeadingMark, lines: Sequence[Line], chunk: Chunk) -> bool:
    """Whether a number begins a list item rather than a heading."""
    if mark.form not in (Form.LETTER, Form.LOOSE) and not mark.text.endswith("."):
        return False
    if not chunk.wrapped:
        return not can_be_title(lines[0].text[mark.end :])
    return mark.form is Form.LETTER and len(chunk.lines) > _TITLE_LINES


def title_lines(layout: Layout, index: int, lines: Sequence[Line], mark: HeadingMark | None) -> int:
    """How many of ``lines`` (what is left of a chunk, without the number) are a title."""
    chunk = layout.chunks[index]
    if not lines or (mark is None and (marks(lines[0].text) or layout.is_label(lines[0].text))):
        return 0
    if not chunk.wrapped:
        return _unwrapped_title(layout.chunks, index, lines, mark)
    if len(lines) <= _WHOLE_TITLE_LINES and _whole_title(layout, index, lines, mark):
        return len(lines)
    if mark is None and lines[0] is chunk.lines[0] and _is_stopped(lines, chunk):
        return 1
    for count in range(1, min(_TITLE_LINES, len(lines) - 1) + 1):
        ends = _title_ends(lines, count, mark, chunk)
        if ends is not None:
            return count if ends else 0
    return 0


def _is_stopped(lines: Sequence[Line], chunk: Chunk) -> bool:
    """Whether the first line is a title that ends in a full stop, with its text below it."""
    return (
        len(lines) > _TITLE_LINES - 1
        and is_stopped_title(lines[0].text)
        and was_ended(lines[0].text, lines[1].text, chunk.width)
        and not CONTINUES.match(lines[1].text)
    )


def _title_ends(
    lines: Sequence[Line], count: int, mark: HeadingMark | None, chunk: Chunk
) -> bool | None:
    """Whether the first ``count`` lines are a title; ``None``: more lines may tell."""
    title = _joined(lines[:count])
    rest = lines[count:]
    if not _fits(title, mark) or CONTINUES.match(rest[0].text) or goes_on(lines[count - 1].text):
        return None
    if any(m.style != "dash" for m in marks(rest[0].text)):
        return len(title) <= _LEAD_LENGTH
    number_above = mark is not None and mark.form is Form.DECIMAL and lines[0] != chunk.lines[0]
    widest = max(len(line.text) for line in lines[:count])
    if number_above and len(rest[0].text) < _NARROW_TEXT * widest:
        return None
    question = title.endswith("?") and ": " in title
    if question or (count == 1 and is_named_chapter(title)):
        return True
    if not was_ended(lines[count - 1].text, rest[0].text, chunk.width):
        return None
    return len(rest) > 1 or len(rest[0].text) > _TEXT_LENGTH


def _whole_title(
    layout: Layout, index: int, lines: Sequence[Line], mark: HeadingMark | None
) -> bool:
    """Whether all of a chunk is a heading, with its text in the chunks that follow."""
    chunks = layout.chunks
    title = _joined(lines)
    if not _fits(title, mark) or any(marks(line.text) for line in lines[1:]):
        return False
    if index + 1 == len(chunks):
        return is_named_chapter(title)
    page_width = layout.widths[lines[0].page]
    if any(len(line.text.strip()) > _FULL_LINE * max(page_width, 50) for line in lines):
        return False
    following = chunks[index + 1]
    heads = index == 0 or is_named_chapter(title)  # a document's title has others below it
    if mark is None and not heads and not _has_text_below(chunks, index):
        return False
    return not CONTINUES.match(following.text) or bool(marks(following.lines[0].text))


def _has_text_below(chunks: Sequence[Chunk], index: int, deep: bool = True) -> bool:
    """Whether a text stands below a title; the labels of a drawing stand apart, or in a row."""
    below = chunks[index + 1] if index + 1 < len(chunks) else None
    if below is None or below.gap >= FRAME_GAP:
        return False
    first = below.lines[0].text
    if marks(first) or number_mark(first) or is_closed(below.text) or not below.wrapped:
        return True
    if max(len(line.text.strip()) for line in below.lines) > _LABEL_LENGTH:
        return True
    if len(below.lines) >= _TITLE_LINES or below.page != chunks[index].page:
        return True
    return deep and _has_text_below(chunks, index + 1, deep=False)


def _unwrapped_title(
    chunks: Sequence[Chunk], index: int, lines: Sequence[Line], mark: HeadingMark | None
) -> int:
    """The same for a text whose lines are whole paragraphs: one line, and text below it."""
    title = lines[0].text
    if len(lines) > 1 or not can_be_title(title) or index + 1 == len(chunks):
        return 0
    return 1 if mark or len(title) < _UNNUMBERED_LENGTH else 0


def _joined(lines: Sequence[Line]) -> str:
    return " ".join(line.text.strip() for line in lines)


def _fits(title: str, mark: HeadingMark | None) -> bool:
    """Whether a text can be a title; after "Bijlage:" it may begin in lower case."""
    if mark is not None and mark.form is Form.CHAPTER:
        title = title[:1].upper() + title[1:]
    return can_be_title(title)
