"""From lines to chunks: runs of lines that belong together by their layout alone.

A blank line separates, except where the extractor doubled every line end. What a chunk *is*
(paragraph, heading, list ...) is decided in ``structure``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import Line
from ingest.structure.headings import margin_title

_CLOSED = re.compile(r"(?:[.!?…][”’\"')\]]*|[”’]\)?)\s*$")
_NUMBER = re.compile(r"(?<![^\s(])[\d.,]*\d%?(?=\s|$|\))")
_LINE_END = 2  # characters of a line end, at most
_CLOSERS = 8  # characters at the end of a text that show whether a sentence ends there
FRAME_GAP = 3  # blank lines: the extractor went on to another part of the page
_LONG_LINE = 250  # characters; lines beyond this are whole paragraphs
_DOUBLED_WIDTH = 70  # characters; narrower lines with blanks between may be a list
CREDIT = re.compile(r"\S \| [^\W\d_][^|.]*(?:\| *\d+ *\|)?\s*$")  # a photo's "... | ANP"
_NEIGHBOURS = 6  # lines around a line end that show how wide the column is
_MINIMUM_TORN = 2  # sentences torn by blank lines, before the extractor is taken to double them
_FUNCTION_WORD = re.compile(r"\b(?:de|het|een|van|in|op|en|of|voor|met|aan|bij|te|tot)\s*$")
FULL = 0.8  # share of the width below which a line was ended on purpose
FITS = 0.95  # share of the width up to which the next word would still have fitted


@dataclass(slots=True)
class Chunk:
    """Lines without a blank line between them, as they stand in the source.

    ``gap`` counts the blank lines above it, ``after_note`` tells whether a footnote was lifted out
    from above it.
    """

    lines: list[Line]
    wrapped: bool = True  # False where each line is a whole paragraph
    gap: int = 0
    after_note: bool = False
    _text: str = ""
    _width: int = 0

    @property
    def page(self) -> int:
        """The page on which the chunk begins."""
        return self.lines[0].page

    @property
    def text(self) -> str:
        """The chunk's raw text on one line, for recognising what it is."""
        if not self._text:
            self._text = " ".join(line.text.strip() for line in self.lines)
        return self._text

    @property
    def width(self) -> int:
        """The length of the longest line."""
        if not self._width:
            self._width = max(len(line.text.rstrip()) for line in self.lines)
        return self._width


def is_closed(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return bool(_CLOSED.search(text.rstrip()[-_CLOSERS:]))


def numbers_in(text: str) -> int:
    """How many separate numbers a line holds."""
    return len(_NUMBER.findall(text))


def was_ended(line: str, following: str, width: int) -> bool:
    """Whether a line end was meant: the next word would have fitted on the line.

    ``width`` is the column's width in characters.
    """
    words = following.split()
    if not words:
        return True
    length = len(line.strip())
    return length <= FULL * width and length + 1 + len(words[0]) <= FITS * width


def is_unwrapped(lines: Sequence[Line]) -> bool:
    """Whether the document's lines are whole paragraphs (text from a word processor)."""
    filled = [len(line.text) for line in lines if line.text.strip()]
    return bool(filled) and sum(n > _LONG_LINE for n in filled) > 0.1 * len(filled)


def chunk_lines(lines: Sequence[Line], line_starts: frozenset[int]) -> list[Chunk]:
    """Divide the body's lines into chunks.

    ``line_starts`` are the source offsets of real line starts: a piece that begins elsewhere
    continues the line before it.
    """
    if is_unwrapped(lines):
        return _unwrapped(lines, line_starts)
    chunks: list[Chunk] = []
    gap, note = 0, False
    for line, end in zip(lines, [*(line.start for line in lines[1:]), 0], strict=False):
        if not line.text.strip():
            lifted = not line.text and end - line.start > _LINE_END
            gap, note = gap + (not lifted), note or lifted
            continue
        if not chunks or gap or note or line.page != chunks[-1].lines[-1].page:
            chunks.append(Chunk([line], gap=gap, after_note=note))
        else:
            chunks[-1].lines.append(line)
        gap, note = 0, False
    return _undouble(chunks)


def _unwrapped(lines: Sequence[Line], line_starts: frozenset[int]) -> list[Chunk]:
    chunks: list[Chunk] = []
    tabbed = False
    for line in lines:
        if not line.text.strip():
            continue
        cell = line.text.startswith("\t")
        continues = tabbed if cell else line.start not in line_starts
        if chunks and continues:
            chunks[-1].lines.append(line)
        else:
            chunks.append(Chunk([line], wrapped=False))
        tabbed = cell
    return chunks


def _undouble(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Put paragraphs together again whose every line was followed by a blank line."""
    result: list[Chunk] = []
    run: list[Chunk] = []
    for chunk in [*chunks, None]:
        if chunk is not None and len(chunk.lines) == 1 and (not run or run[-1].page == chunk.page):
            run.append(chunk)
            continue
        result.extend(_undouble_run(run))
        run = []
        if chunk is not None and len(chunk.lines) == 1:
            run = [chunk]
        elif chunk is not None:
            result.append(chunk)
    return result


def _undouble_run(run: Sequence[Chunk]) -> list[Chunk]:
    if not run:
        return []
    texts = [chunk.lines[0].text for chunk in run]
    torn = [_is_torn(before, after) for before, after in pairwise(texts)]
    doubled = sum(torn) >= _MINIMUM_TORN and sum(torn) * 4 >= len(torn)
    result = [run[0]]
    for i, chunk in enumerate(run[1:]):
        width = max(len(text.rstrip()) for text in texts[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS])
        may_join = chunk.gap < FRAME_GAP and (doubled or (torn[i] and width >= _DOUBLED_WIDTH))
        if may_join and _runs_on(texts, i, width):
            result[-1].lines.extend(chunk.lines)
        else:
            result.append(chunk)
    return result


def _runs_on(texts: Sequence[str], i: int, width: int) -> bool:
    """Whether line ``i + 1`` of a doubled run continues the paragraph of line ``i``."""
    before, after = texts[i], texts[i + 1]
    if numbers_in(before) >= 3 or numbers_in(after) >= 3:
        return False
    if is_closed(before) and (CREDIT.search(after) or margin_title(after)):
        return False
    return not was_ended(before, after, width)


def _is_torn(before: str, after: str) -> bool:
    """Whether a sentence clearly runs from one line to the next."""
    if is_closed(before):
        return False
    return after.lstrip()[:1].islower() or bool(_FUNCTION_WORD.search(before))
