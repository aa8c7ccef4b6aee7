"""Writing the text of a marked-up document, and remembering where everything came to stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from ingest.document import BlockKind, Line, Link, Span
from ingest.readers.extraction import (
    PLAIN,
    Element,
    Extraction,
    NoteMark,
    Run,
    Runs,
    Style,
    UnreadableError,
)

_SPACE = re.compile(r"[^\S\u00a0]+")


class TextWriter:
    """Collects elements in reading order; :meth:`extraction` gives the result.

    Runs of white space become one space (no-break spaces stay). Raises ``UnreadableError`` when
    the text grows beyond ``limit`` characters.
    """

    def __init__(self, name: str, limit: int) -> None:
        self._name = name
        self._limit = limit
        self._pieces: list[str] = []
        self._length = 0
        self._line_start = 0
        self._page = 1
        self._lines: list[Line] = []
        self._elements: list[Element] = []
        self._references: list[NoteMark] = []
        self._links: list[Link] = []
        self._boxes = 0

    def open_box(self) -> int:
        """A number for a new box; pass it with every element that stands in the box."""
        self._boxes += 1
        return self._boxes - 1

    def page_break(self) -> None:
        """What follows stands on the next page."""
        if self._lines:
            self._put("\f")
            self._page += 1
            self._line_start = self._length

    def add(
        self,
        kind: BlockKind | None,
        runs: Runs,
        *,
        level: int = 0,
        marker: str = "",
        box: int | None = None,
        attribution: str = "",
    ) -> None:
        """Write an element; nothing is written for one without text. A "\\n" in a run breaks the
        line, every other white space is a space."""
        if not any(run.text.strip() for run in runs if not run.note):
            return
        first = len(self._lines)
        if marker:
            self._put(marker + " ")
        skip = self._length - self._line_start
        self._runs(runs)
        self._end_line()
        lines = tuple(self._lines[first:])
        head = lines[0]
        start = Line(head.text[skip:], head.start + skip, head.page)
        body = tuple(line for line in (start, *lines[1:]) if line.text.strip())
        self._elements.append(
            Element(kind, lines, body, level, marker, box, _style(runs), attribution)
        )
        self._gap()

    def table(
        self,
        rows: Sequence[Sequence[Runs]],
        *,
        header_rows: int = 0,
        box: int | None = None,
    ) -> None:
        """Write a table: a line a row, tabs between the cells."""
        first = len(self._lines)
        spans: list[list[tuple[int, int]]] = []
        for row in rows:
            here: list[tuple[int, int]] = []
            for number, cell in enumerate(row):
                if number:
                    self._put("\t")
                start = self._length
                self._runs([_on_one_line(run) for run in cell])
                here.append((start, self._length))
            self._end_line()
            spans.append(here)
        lines = tuple(self._lines[first:])
        if not any(line.text.strip() for line in lines):
            return
        cells = tuple(
            tuple(self._cell(start, end) for start, end in here) for here in spans if here
        )
        table = Element(
            BlockKind.TABLE, lines, lines, box=box, cells=cells, header_rows=header_rows
        )
        self._elements.append(table)
        self._gap()

    def note(self, label: str, runs: Runs) -> None:
        """Write a footnote's text, after the element that refers to it or where it is printed."""
        self.add(BlockKind.FOOTNOTE, runs, marker=label)

    def extraction(self, properties: Mapping[str, str] | None = None) -> Extraction:
        """Everything written so far."""
        return Extraction(
            text="".join(self._pieces),
            lines=tuple(self._lines),
            pages=self._page,
            elements=tuple(self._elements),
            references=tuple(self._references),
            links=tuple(self._links),
            properties=dict(properties or {}),
        )

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        if self._length > self._limit:
            raise UnreadableError(f"{self._name}: more than {self._limit:,} characters of text")

    def _runs(self, runs: Runs) -> None:
        for run in runs:
            start = self._length
            if run.note:
                self._put(f"[{run.note}]")
                self._references.append(NoteMark(run.note, Span(start, self._length)))
                continue
            for number, part in enumerate(run.text.split("\n")):
                if number:
                    self._end_line()
                self._words(part)
            if run.target and self._length > start:
                self._links.append(Link(Span(start, self._length), run.target))

    def _words(self, text: str) -> None:
        text = _SPACE.sub(" ", text)
        if self._length == self._line_start or (self._pieces and self._pieces[-1][-1:] in " \t"):
            text = text.lstrip(" ")
        if text:
            self._put(text)

    def _end_line(self) -> None:
        if self._length == self._line_start:
            return
        written = self._tail()
        self._lines.append(Line(written, self._line_start, self._page))
        self._put("\n")
        self._line_start = self._length

    def _tail(self) -> str:
        """What was written on the line so far."""
        missing = self._length - self._line_start
        parts: list[str] = []
        for piece in reversed(self._pieces):
            if missing <= 0:
                break
            parts.append(piece[-missing:])
            missing -= len(parts[-1])
        return "".join(reversed(parts))

    def _cell(self, start: int, end: int) -> tuple[Line, ...]:
        """The line piece that a cell was written as; none for an empty one."""
        at = bisect_right(self._lines, start, key=lambda line: line.start) - 1
        line = self._lines[at]
        text = line.text[max(start - line.start, 0) : max(end - line.start, 0)]
        return (Line(text, start, line.page),) if text.strip() else ()

    def _gap(self) -> None:
        self._put("\n")
        self._line_start = self._length


def _on_one_line(run: Run) -> Run:
    return Run(run.text.replace("\n", " "), run.style, run.note, run.target)


def _style(runs: Runs) -> Style:
    """The style of most of the text."""
    weights: dict[Style, int] = {}
    for run in runs:
        if not run.note:
            weights[run.style] = weights.get(run.style, 0) + len(run.text.strip())
    return max(weights, key=lambda style: weights[style], default=PLAIN)
