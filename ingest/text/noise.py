"""Lines that belong to the page and not to the text: page numbers, running headers and footers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.document import Line

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–|]\s*)?(?:(?:pagina|page|blz\.?)\s*)?\d{1,4}"
    r"(?:\s*(?:van|of|/)\s*\d{1,4})?(?:\s*[-–|])?\s*$",
    re.IGNORECASE,
)
_NUMBERED_END = re.compile(r"\s*(?P<text>\S.*?\S)\s+(?P<number>\d{1,4})\s*$")
_NUMBERED_START = re.compile(r"\s*(?P<number>\d{1,4})\s+(?P<text>\S.*?[^\s.])\s*$")
_LONGEST = 300  # characters; no running header is longer
_MINIMUM_WORDS = 3  # a running header has at least this many words besides the page number


def split_noise(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Separate the text's lines from page furniture; blank lines stay with the text.

    After a running footer a new page begins, whether or not the reader saw it; the lines that
    follow are renumbered.
    """
    running = _running_titles(lines)
    first, last = _edge_lines(lines)
    edges = {*first.values(), *last.values()}
    kept: list[Line] = []
    noise: list[Line] = []
    extra = 0
    for index, line in enumerate(lines):
        here = Line(line.text, line.start, line.page + extra) if extra else line
        if index in running:
            noise.append(here)
            # Text follows on what the reader took for the same page. A title that opens its page
            # is a header, and ends nothing.
            if first[line.page] < index < last[line.page]:
                extra += 1
        elif index in edges and len(line.text) <= _LONGEST and _PAGE_NUMBER.match(line.text):
            noise.append(here)
        else:
            kept.append(here)
    return kept, noise


def _running_titles(lines: Sequence[Line]) -> set[int]:
    """Lines that recur with nothing but another, later page number at one end."""
    running: set[int] = set()
    for pattern, end, minimum in ((_NUMBERED_END, -1, 2), (_NUMBERED_START, 0, 3)):
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, line in enumerate(lines):
            text = line.text.strip()
            if not text or not text[end].isdecimal() or len(line.text) > _LONGEST:
                continue
            match = pattern.match(line.text)
            if match and "\t" not in line.text and _isolated(lines, index):
                found[" ".join(match["text"].split())].append((index, int(match["number"])))
        for text, places in found.items():
            steps = pairwise(places)
            words = len(re.findall(r"[^\W\d_]{2,}", text))
            enough = len(places) >= minimum and words >= _MINIMUM_WORDS
            if enough and all(_page_apart(lines, a, b) for a, b in steps):
                running.update(index for index, _ in places)
    return running


def _page_apart(lines: Sequence[Line], first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two numbers lie about as far apart as the pages on which they stand."""
    pages = lines[second[0]].page - lines[first[0]].page
    numbers = second[1] - first[1]
    return pages > 0 and numbers > 0 and abs(numbers - pages) <= 2 + pages // 4


def _isolated(lines: Sequence[Line], index: int) -> bool:
    """Whether the line stands alone: blank lines or a page's edge on both sides."""
    return not (_touches(lines, index, index - 1) or _touches(lines, index, index + 1))


def _touches(lines: Sequence[Line], index: int, other: int) -> bool:
    if not 0 <= other < len(lines):
        return False
    return bool(lines[other].text.strip()) and lines[other].page == lines[index].page


def _edge_lines(lines: Sequence[Line]) -> tuple[dict[int, int], dict[int, int]]:
    """By page, the index of its first and of its last line that is not blank."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for index, line in enumerate(lines):
        if line.text.strip():
            first.setdefault(line.page, index)
            last[line.page] = index
    return first, last
