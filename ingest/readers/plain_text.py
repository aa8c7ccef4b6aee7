"""Plain text as PDF and DOCX extractors leave it: bytes in, pages and lines out.

Page starts are not marked reliably in such text. A form feed is certain. Many extractors also
join pages with a line end and one space, so that a page's first line begins with exactly one
space; but a lost soft hyphen or an indent looks the same, which is what most of this module is
about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Line

_ONE_SPACE = re.compile(r" (?! )\S")
_BULLET = re.compile(r" [^\w\s“‘\"'(\[]\s")
_LONE_NUMBER = re.compile(r"\d{1,3}\s*$")
_SHORT_MARKED = re.compile(r"\s*(?:[^\w\s“‘\"'(\[]|\d{1,2})\s{1,3}\S.{0,30}$")
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s*$")
_MINIMUM_PAGE = 10  # lines; a doubtful page start nearer than this to another is none
_INDENT_PAGE = 32  # lines; a sentence-initial space this soon after a page start is an indent


class UnreadableTextError(ValueError):
    """The file is not UTF-8 text; the message names the file and the byte position."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """A text file's content: the decoded text, its lines and the number of pages."""

    text: str
    lines: tuple[Line, ...]
    pages: int


def read_plain_text(data: bytes, name: str) -> Extraction:
    """Decode ``data`` as UTF-8 and divide it into lines, each with its page (from 1).

    Raises ``UnreadableTextError`` when the bytes are not UTF-8. A byte order mark counts as a
    character of the text, so that offsets agree with any other reader of the same bytes.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableTextError(
            f"{name}: not UTF-8 at byte {error.start} ({error.reason})"
        ) from error
    starts, pieces = _split(text)
    first_lines = _page_starts(pieces)
    lines: list[Line] = []
    page = 1
    for index, (start, piece) in enumerate(zip(starts, pieces, strict=True)):
        if index in first_lines and any(line.text.strip() for line in lines):
            page += 1
        feed = piece.rfind("\f")
        lines.append(Line(piece[feed + 1 :], start + feed + 1, page))
    return Extraction(text, tuple(lines), page)


def _split(text: str) -> tuple[list[int], list[str]]:
    """Line starts and lines, without their line ends (LF, CR LF or CR)."""
    starts: list[int] = []
    pieces: list[str] = []
    position = 0
    for match in re.finditer(r"\r\n|\n|\r|\Z", text):
        starts.append(position)
        pieces.append(text[position : match.start()])
        position = match.end()
        if match.start() == len(text):
            break
    return starts, pieces


def _page_starts(lines: Sequence[str]) -> set[int]:
    """Indexes of the lines that begin a page."""
    feeds = {i for i, line in enumerate(lines) if "\f" in line}
    if feeds:
        return feeds
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
    if _BULLET.match(here) or (_SHORT_MARKED.match(before) and len(before) < 36):
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
    at = positions.index(i)
    return (
        positions[at] - positions[at - 1] >= _MINIMUM_PAGE
        and positions[at + 1] - positions[at] >= _MINIMUM_PAGE
    )
