"""The lines of a document that can say something about the document itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Document, Span

_LINE = re.compile(r"[^\n\f\r]+")
_LONGEST = 400  # characters of a line that are looked at
_HEAD = 90  # lines with words
_HEAD_PAGES = 2
_TAIL = 90


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line with words: its text, where it starts, and whether an empty line precedes it."""

    text: str
    start: int
    after_gap: bool

    def span(self, start: int, end: int) -> Span:
        """The source span of a part of the line."""
        return Span(self.start + start, self.start + end)

    @property
    def whole(self) -> Span:
        """The line without the white space around it."""
        text = self.text.strip()
        start = self.text.index(text)
        return self.span(start, start + len(text))


def head_lines(document: Document) -> list[HeadLine]:
    """The first lines: of the title page and the page after it, at most."""
    text = document.source.text
    page_ends = [i.start() for i in re.finditer("\f", text[: _HEAD * _LONGEST])]
    end = page_ends[_HEAD_PAGES - 1] if len(page_ends) >= _HEAD_PAGES else len(text)
    return _lines(text, 0, min(end, _HEAD * _LONGEST))[:_HEAD]


def tail_lines(document: Document) -> list[HeadLine]:
    """The last lines, where a letter is signed and a report has its colophon."""
    text = document.source.text
    return _lines(text, max(0, len(text) - _TAIL * _LONGEST), len(text))[-_TAIL:]


def _lines(text: str, start: int, end: int) -> list[HeadLine]:
    found: list[HeadLine] = []
    previous_end = start
    for match in _LINE.finditer(text, start, end):
        if not match[0].strip():
            continue
        gap = text.count("\n", previous_end, match.start()) > 1 or not found
        gap = gap or "\f" in text[previous_end : match.start()]
        found.append(HeadLine(match[0][:_LONGEST], match.start(), gap))
        previous_end = match.end()
    return found


def joined(lines: Sequence[HeadLine]) -> tuple[str, Span]:
    """The text of lines that belong together on one line, and the span that holds them."""
    text = " ".join(" ".join(line.text.split()) for line in lines)
    return text, Span(lines[0].whole.start, lines[-1].whole.end)
