"""Footnotes at the foot of a page: small text below the body, each begun by its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.readers.pdf.layout.columns import columns_of
from ingest.readers.pdf.layout.geometry import Page, Segment
from ingest.readers.pdf.layout.lines import PrintedLine, printed_lines

_SMALL = 0.94  # of the body's size: notes are no larger
_LABEL = re.compile(r"\s*\[?(\d{1,3}|\*{1,3})[\]).]?(?=\s|\D)\s*")
_UPPER_PART = 0.3  # of the page's height: no notes stand above it
_NEXT_LINE = 1.9  # times the size: a note's lines stand no further apart
_STRIP = 6.0  # points
_JUMP = 3  # a plain number more than this above the last note's begins none


@dataclass(slots=True)
class PrintedNote:
    """A footnote; ``label`` is empty where it goes on from the page before."""

    label: str
    lines: list[PrintedLine] = field(default_factory=list)


class FootnoteFinder:
    """Goes through the pages of a document and takes their footnotes out."""

    def __init__(self, body_size: float) -> None:
        self._body_size = body_size
        self._last = 0

    def lift(self, page: Page) -> list[PrintedNote]:
        """The notes at the foot of the page, which lose their place in its segments."""
        zone = self._zone(page)
        if not zone:
            return []
        columns = columns_of(zone, [])
        lines = [line for c in columns for line in printed_lines(c.segments, page.number)]
        top = min(line.rect.top for line in lines)
        ruled = any(
            top - 14 <= rule.top <= top + 4 and rule.width < 0.6 * page.width for rule in page.rows
        )
        notes, loose = self._notes(lines, ruled)
        if not notes:
            return []
        kept = {id(s) for s in page.segments} - {id(s) for s in zone}
        spared = {(line.baseline, line.text) for line in loose}
        page.segments = [
            s
            for s in page.segments
            if id(s) in kept or any(abs(b - s.baseline) < 1 and s.text in t for b, t in spared)
        ]
        return notes

    def _zone(self, page: Page) -> list[Segment]:
        """Small text with no text of the body's size below it."""
        small = [
            s
            for s in page.segments
            if s.height <= _SMALL * self._body_size
            and s.baseline > _UPPER_PART * page.height
            and not _below_picture(s, page)
        ]
        lowest: dict[int, float] = {}
        for s in page.segments:
            if s.height > _SMALL * self._body_size:
                for strip in _strips(s):
                    lowest[strip] = max(lowest.get(strip, 0.0), s.baseline)
        return [
            s for s in small if all(lowest.get(strip, 0.0) < s.baseline + 1 for strip in _strips(s))
        ]

    def _notes(
        self, lines: Sequence[PrintedLine], ruled: bool
    ) -> tuple[list[PrintedNote], list[PrintedLine]]:
        """The lines as notes, and those before the first note that are none."""
        notes: list[PrintedNote] = []
        loose: list[PrintedLine] = []
        before = self._last
        for line in lines:
            label = self._label(line)
            if label:
                notes.append(PrintedNote(label, [line]))
                self._last = int(label) if label.isdecimal() else self._last
            elif notes and _follows(notes[-1].lines[-1], line):
                notes[-1].lines.append(line)
            else:
                loose.append(line)
        first = notes[0].lines[0] if notes else None
        lead = [line for line in loose if first is None or line.baseline < first.baseline]
        if lead and before and (ruled or (notes and lead[0].begins_low)):
            notes.insert(0, PrintedNote("", lead))
            loose = [line for line in loose if line not in lead]
        return notes, loose

    def _label(self, line: PrintedLine) -> str:
        """The number with which a line begins a note: raised, or the next one in the count."""
        match = _LABEL.match(line.text)
        if not match:
            return ""
        label = match[1]
        if any(r.start <= match.start(1) < r.end for r in line.raised):
            return label
        if not label.isdecimal():
            return label
        plausible = self._last < int(label) <= self._last + _JUMP
        rest = line.text[match.end() :]
        return label if plausible and rest[:1] and not rest[0].isdigit() else ""


def _follows(above: PrintedLine, line: PrintedLine) -> bool:
    """Whether a line goes on with a note: just below, or at the top of the next column."""
    step = line.baseline - above.baseline
    if step <= 0:
        return line.rect.left > above.rect.right and not above.is_closed
    return step <= _NEXT_LINE * above.face.size and line.rect.overlap_x(above.rect) > 0


def _below_picture(segment: Segment, page: Page) -> bool:
    """Whether a line stands directly below a picture, as its caption does."""
    rect = segment.rect
    return any(
        -2 <= rect.top - picture.bottom <= _NEXT_LINE * segment.height
        and rect.overlap_x(picture) > 0.5 * rect.width
        for picture in page.pictures
    )


def _strips(segment: Segment) -> range:
    """The upright strips of the page that a segment touches."""
    return range(int(segment.left / _STRIP), int(segment.right / _STRIP) + 1)


def label_end(text: str) -> int:
    """Where a note's own text begins after its number."""
    match = _LABEL.match(text)
    return match.end() if match else 0
