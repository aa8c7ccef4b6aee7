"""Plain text as PDF and DOCX extractors leave it: bytes in, pages and lines out.

Page starts are not marked reliably in such text. A form feed is certain. Many extractors also
join pages with a line end and one space, so that a page's first line begins with exactly one
space; but a lost soft hyphen or an indent looks the same, which is what most of this module is
about.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Line
from ingest.limits import Limits
from ingest.readers.extraction import Extraction, UnreadableError

_LINE_END = re.compile(r"\r\n|\n|\r|\f|\Z")
_ONE_SPACE = re.compile(r" (?! )\S")
_BULLET = re.compile(r" [^\w\s“‘\"'(\[]\s")
_LONE_NUMBER = re.compile(r"\d{1,3}\s*$")
_SHORT_MARKED = re.compile(r"\s*(?:[^\w\s“‘\"'(\[]|\d{1,2})\s{1,3}\S.{0,30}$")
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s*$")
_MINIMUM_PAGE = 10  # lines; a doubtful page start nearer than this to another is none
_INDENT_PAGE = 32  # lines; a sentence-initial space this soon after a page start is an indent


def read_plain_text(data: bytes, name: str, limits: Limits) -> Extraction:
    """Decode ``data`` as UTF-8 and divide it into lines, each with its page (from 1).

    Raises ``UnreadableError`` when the bytes are not UTF-8, or too many. A byte order mark is a
    character of the text, so that offsets agree with any other reader of the same bytes.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{name}: not UTF-8 at byte {error.start} ({error.reason})"
        ) from error
    if len(text) > limits.characters:
        raise UnreadableError(f"{name}: more than {limits.characters:,} characters of text")
    pieces = _split(text)
    page_starts = _page_starts([piece.text for piece in pieces], [p.after_feed for p in pieces])
    lines: list[Line] = []
    page = 1
    filled = False
    for index, piece in enumerate(pieces):
        if index in page_starts and filled:
            page += 1
        lines.append(Line(piece.text, piece.start, page))
        filled = filled or bool(piece.text.strip())
    return Extraction(text, tuple(lines), page)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line's text and source offset, and whether a form feed stands before it."""

    text: str
    start: int
    after_feed: bool


def _split(text: str) -> list[_Piece]:
    """The lines, without their line ends (LF, CR LF, CR or form feed)."""
    pieces: list[_Piece] = []
    position = 0
    after_feed = False
    for match in _LINE_END.finditer(text):
        pieces.append(_Piece(text[position : match.start()], position, after_feed))
        position = match.end()
        after_feed = match.group() == "\f"
    return pieces


def _page_starts(lines: Sequence[str], after_feed: Sequence[bool]) -> set[int]:
    """Indexes of the lines that begin a page."""
    if any(after_feed):
        return {i for i, feed in enumerate(after_feed) if feed}
    candidates = [
        i
        for i in range(1, len(lines))
        if _ONE_SPACE.match(lines[i])
        and lines[i - 1].strip()
        and not _LONE_NUMBER.match(lines[i - 1])
    ]
    certain: list[int] = []
    doubtful: list[int] = []
    for i in candidates:
        last = certain[-1] if certain else 0
        (doubtful if _is_doubtful(lines, i, last) else certain).append(i)
    every = sorted([0, *certain, *doubtful, len(lines)])
    if all(_far_apart(every, i) for i in doubtful):
        return {*certain, *doubtful}
    return set(certain)


def _is_doubtful(lines: Sequence[str], i: int, last: int) -> bool:
    """Whether the space at the start of line ``i`` may well be something else than a page start."""
    before, here = lines[i - 1], lines[i]
    following = lines[i + 1] if i + 1 < len(lines) else ""
    if _BULLET.match(here) or (_SHORT_MARKED.match(before) and not _SENTENCE_END.search(before)):
        return True
    if _ONE_SPACE.match(following):  # a run of indented lines; only its last may start a page
        return True
    lower = here.lstrip()[:1].islower()
    if lower and before.rstrip().endswith("-"):
        return True
    if lower and before.endswith(" ") and not _SENTENCE_END.search(before):
        return True
    return _is_indent(lines, i, last)


def _is_indent(lines: Sequence[str], i: int, last: int) -> bool:
    """Whether line ``i`` is the indented first line of a paragraph within a column."""
    if i - last > _INDENT_PAGE or i < 3 or not _SENTENCE_END.search(lines[i - 1]):
        return False
    column = lines[i - 3 : i]
    width = max(len(line.strip()) for line in column)
    return all(line.strip() for line in column) and len(lines[i].strip()) > 0.7 * width


def _far_apart(positions: Sequence[int], i: int) -> bool:
    at = bisect_left(positions, i)
    return (
        positions[at] - positions[at - 1] >= _MINIMUM_PAGE
        and positions[at + 1] - positions[at] >= _MINIMUM_PAGE
    )
