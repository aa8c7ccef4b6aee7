"""What a document's lines show about its layout: the width of its text, page by page and in all."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Line
from ingest.structure.chunks import Chunk

_SPREAD = 2  # characters by which the mean line of one column differs from paragraph to paragraph
_BODY_LINES = 3  # full lines a chunk needs to say something about the column's width
_LIKE_BODY = 0.12  # share of the width by which a full line of body text may differ
_MOST = 0.6  # share of a text's full lines that must fit
_RUN_IN = re.compile(r"\s*([^\W\d_]+(?: [^\W\d_]+){0,2}):\s+(\S.*)")
_RECURRING = 3  # a word before a colon that often is a label, and no heading


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's chunks, and what holds for all of them.

    ``widths`` gives each page's widest line, ``body`` the mean length of a full line of running
    text (0 where lines are not wrapped), ``labels`` the words that often stand before a colon at
    the start of a text ("Doel: ...").
    """

    chunks: Sequence[Chunk]
    widths: Mapping[int, int]
    body: float
    labels: frozenset[str]

    def is_label(self, title: str) -> bool:
        """Whether a text begins with a label that recurs in the document."""
        match = _RUN_IN.match(title)
        return match is not None and match[1] in self.labels


def layout_of(chunks: Sequence[Chunk]) -> Layout:
    """The layout that a document's chunks show."""
    widths: dict[int, int] = {}
    labels: dict[str, set[str]] = defaultdict(set)
    for chunk in chunks:
        widths[chunk.page] = max(widths.get(chunk.page, 0), chunk.width)
        if match := _RUN_IN.match(chunk.lines[0].text):
            labels[match[1]].add(match[2])
    recurring = frozenset(label for label, texts in labels.items() if len(texts) >= _RECURRING)
    return Layout(chunks, widths, _body_width(chunks), recurring)


def full_lines(lines: Sequence[Line]) -> list[int]:
    """The lengths of a paragraph's lines, without the last, which may be of any length."""
    return [len(line.text.strip()) for line in lines[:-1]]


def is_body_text(lines: Sequence[Line], body: float) -> bool:
    """Whether lines are as wide as the document's running text."""
    full = full_lines(lines)
    if len(full) < _BODY_LINES - 1 or sum(full) < (1 - _LIKE_BODY) * body * len(full):
        return False
    fitting = sum(abs(length - body) <= _LIKE_BODY * body for length in full)
    return fitting >= _MOST * len(full)


def _body_width(chunks: Sequence[Chunk]) -> float:
    """The mean full line of most of the text."""
    counts: Counter[int] = Counter()
    for chunk in chunks:
        full = full_lines(chunk.lines)
        if chunk.wrapped and len(full) >= _BODY_LINES:
            counts[round(sum(full) / len(full))] += len(full)
    if not counts:
        return 0.0

    def near(width: int) -> list[int]:
        return [w for w in range(width - _SPREAD, width + _SPREAD + 1) if w in counts]

    best = max(sorted(counts), key=lambda width: sum(counts[w] for w in near(width)))
    return sum(w * counts[w] for w in near(best)) / sum(counts[w] for w in near(best))
