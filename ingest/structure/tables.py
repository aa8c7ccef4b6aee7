"""Tables in plain text: where one begins and how far it goes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.chunks import Chunk, is_closed, numbers_in

_CAPTION = re.compile(r"\s*(?:Tabel|Table)\b")
_CAPTION_LENGTH = 130  # characters
_NUMERIC_ROW = 3  # numbers in a row of a numeric table


def table_extent(chunks: Sequence[Chunk], index: int) -> int:
    """How many chunks the table takes that begins at ``index`` (0: none begins there)."""
    chunk = chunks[index]
    if _has_cells(chunk):
        return _cells_from(chunks, index)
    following = chunks[index + 1] if index + 1 < len(chunks) else None
    if following is None or len(chunk.text) > _CAPTION_LENGTH or is_closed(chunk.text):
        return 0
    if _has_cells(following):
        return 1 + _cells_from(chunks, index + 1)
    if not is_table_caption(chunk.text):
        return 0
    if numbers_in(following.text) >= _NUMERIC_ROW:
        return 1 + _numeric_from(chunks, index + 1)
    return _text_table(chunks, index)


def is_table_caption(text: str) -> bool:
    """Whether a text announces a table ("Tabel: ...") rather than speaks of one."""
    return bool(_CAPTION.match(text)) and len(text) <= _CAPTION_LENGTH and not is_closed(text)


def _has_cells(chunk: Chunk) -> bool:
    return any("\t" in line.text for line in chunk.lines)


def _cells_from(chunks: Sequence[Chunk], index: int) -> int:
    count = 0
    while index + count < len(chunks) and _has_cells(chunks[index + count]):
        count += 1
    return count


def _numeric_from(chunks: Sequence[Chunk], index: int) -> int:
    count = 0
    while index + count < len(chunks) and all(
        numbers_in(line.text) >= _NUMERIC_ROW for line in chunks[index + count].lines
    ):
        count += 1
    return count


def _text_table(chunks: Sequence[Chunk], index: int) -> int:
    """A table of texts: to the end of its page, and over pages that repeat its header row."""
    if index + 1 >= len(chunks):
        return 0
    header = chunks[index + 1].text
    page = chunks[index].page
    count = 1
    while index + count < len(chunks):
        chunk = chunks[index + count]
        if chunk.page != page:
            if chunk.text != header:
                break
            page = chunk.page
        count += 1
    return count
