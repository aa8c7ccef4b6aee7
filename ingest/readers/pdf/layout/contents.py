"""Tables of contents: lines that name a heading and its page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.pdf.layout.lines import PrintedLine

_LEADER = re.compile(r"\S.*?(?:[.·•_]\s?){4,}\s*(?:\d{1,4}|[ivxl]+)\s*$|\S.*?…{2,}\s*\d{1,4}\s*$")
_LEADER_ONLY = re.compile(r"\s*(?:[.·_…]\s?){4,}\s*\d{0,4}\s*$")
_NUMBERED = re.compile(r"\S.*?[^\d\s.,€]\s+(\d{1,4})\s*$")
_TITLE = re.compile(
    r"\s*(?:\d{1,2}\.?\s+)?(?:inhoud|inhoudsopgave|contents|table of contents)\s*$",
    re.IGNORECASE,
)
_LEAST = 3  # lines with a rising page number below the title
_REACH = 2  # lines of one entry without a number
_LONGEST = 140  # characters


def contents_lines(lines: Sequence[PrintedLine]) -> set[int]:
    """The indexes of the lines that are entries of a table of contents."""
    entries = {i for i, line in enumerate(lines) if _LEADER.match(line.text)}
    entries |= {i for i, line in enumerate(lines) if _LEADER_ONLY.match(line.text)}
    if len(entries) < 2:
        entries = set()
    titles = [i for i, line in enumerate(lines) if _TITLE.match(line.text)]
    for title in titles:
        numbered = _rising(lines, title + 1)
        if len(numbered) >= _LEAST:
            entries.update(numbered)
    return _with_wrapped(lines, entries, set(titles))


def _rising(lines: Sequence[PrintedLine], start: int) -> list[int]:
    """Lines below a title that end in numbers which never fall."""
    found: list[int] = []
    last = 0
    for index in range(start, len(lines)):
        match = _NUMBERED.match(lines[index].text)
        if match and last <= int(match[1]) and len(lines[index].text) < _LONGEST:
            last = int(match[1])
            found.append(index)
        elif index - (found[-1] if found else start) > _REACH:
            break
    return found


def _with_wrapped(lines: Sequence[PrintedLine], entries: set[int], titles: set[int]) -> set[int]:
    """The entries, with lines between or just before them that an entry begins with."""
    result = set(entries)
    for index in sorted(entries):
        for back in range(index - 1, max(index - 1 - _REACH, -1), -1):
            if back in result or back in titles:
                break
            gap = lines[back + 1].baseline - lines[back].baseline
            if lines[back].is_closed or not 0 < gap < 2.5 * lines[back].face.size:
                break
            if any(e < back for e in entries):
                result.add(back)
    return result
