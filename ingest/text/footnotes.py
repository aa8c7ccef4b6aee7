"""Footnote texts: found and lifted out of the body, so that paragraphs can close over them.

Three habits of extractors are known: numbered lines (at the end of a page, or of a column),
notes whose numbers were lost (indented lines at the end of a page), and definitions printed
inline behind their paragraph (``[2:  Ministerie van ...]``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.document import Line
from ingest.text.chains import SCALE, Link, best_series

_NUMBERED = re.compile(
    r"\s{0,2}(\d{1,3})[ \u00a0]{1,3}(?=[^\W\d_a-z]|[“‘\"'(]|https?:|www\.|[a-z])"
)
_BEHIND = re.compile(r"(?<=[.!?]) (?=(\d{1,3}) [^\W\d_a-z])")
_ALONE = re.compile(r"\s{0,2}(\d{1,3})\s*$")
_INDENTED = re.compile(r" {2}(?! )(?=[^\W\d_a-z]|https?:|www\.|[“‘\"'])")
_BRACKET = re.compile(r"[\[\]]")
_INLINE = re.compile(r"\[(\d{1,3}):")
_CLOSED = re.compile(r"(?:[.!?…)\]][”’\"')\]]*|https?://\S+|\S+/\S+\.\w{2,4})\s*$")
_NEAR_END = 200  # characters at the end of a line that show whether a sentence ends there
_CAPTION = re.compile(r"\s*(?:Figuur|Tabel|Foto|Box|Kader|Grafiek)\b")
_CREDIT = re.compile(r"\S \| [^\W\d_]")  # a photo's "... | ANP"
_FIRST_COST = 4  # points that a number missing before the first costs,
_COUNTED = 3  # and of how many that counts
_WIDER = 1.06  # times the column's width from which a line at a page's foot is a note's
_NOTE_LINES = 15  # more indented lines than this at a page's end are no notes
_FULL = 0.85  # share of the widest note line from which a line counts as full
_WIDE = 100  # characters; below this, note lines are no wider than the column


@dataclass(slots=True)
class Definition:
    """One footnote's text: its number as printed ("" where it was lost) and its lines."""

    label: str
    lines: list[Line] = field(default_factory=list)
    skip: int = 0  # characters of the first line that are the number
    closing: int = 0  # characters of the last line that are the closing bracket

    @property
    def page(self) -> int:
        """The page on which the note begins."""
        return self.lines[0].page

    def body(self) -> list[Line]:
        """The lines without the number and the brackets around the note."""
        first = self.lines[0]
        pieces = [Line(first.text[self.skip :], first.start + self.skip, first.page)]
        pieces += self.lines[1:]
        last = pieces[-1]
        pieces[-1] = Line(last.text[: len(last.text) - self.closing], last.start, last.page)
        return [piece for piece in pieces if piece.text.strip()]


def lift_footnotes(lines: Sequence[Line]) -> tuple[list[Line], list[Definition]]:
    """Separate a document's lines into body and footnote texts (in source order).

    The body keeps an empty line where a note was taken out of the middle of a page. A definition
    may be empty: a bare number whose text did not survive.
    """
    if _has_marked_references(lines) and any(_INLINE.search(line.text) for line in lines):
        return _lift_inline(lines)
    starts = _definition_starts(lines)
    if divided := _divided(lines, starts):
        lines = divided
        starts = _definition_starts(lines)
    taken: set[int] = set()
    definitions: list[Definition] = []
    widths = _widths(lines, starts)
    for index in sorted(starts):
        span = _extent(lines, index, starts, widths[lines[index].page])
        taken.update(span)
        number = _ALONE.match(lines[index].text) or _NUMBERED.match(lines[index].text)
        assert number is not None
        definitions.append(
            Definition(number[1], [lines[i] for i in span if lines[i].text.strip()], number.end())
        )
    for index in _unnumbered(lines, starts):
        if not definitions or lines[index].text.startswith("  "):
            definitions.append(Definition(""))
        definitions[-1].lines.append(lines[index])
        taken.add(index)
    definitions.sort(key=lambda d: d.lines[0].start)
    body = [Line("", line.start, line.page) if i in taken else line for i, line in enumerate(lines)]
    return body, definitions


def _has_marked_references(lines: Sequence[Line]) -> bool:
    return any("[footnoteRef:" in line.text for line in lines)


def _definition_starts(lines: Sequence[Line]) -> dict[int, int]:
    """Line index and number of every definition: the best consecutive chain, plus page mates."""
    candidates: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        following = lines[i + 1].text if i + 1 < len(lines) else ""
        match = _NUMBERED.match(line.text)
        if match is None and following[:1] == " " and following[1:2].strip():
            match = _ALONE.match(line.text)
        if match is not None:
            candidates.append((i, int(match[1])))
    chain = _best_chain(candidates)
    if len(chain) < 2 and not _single(lines, chain):
        return {}
    starts = dict(chain)
    labels = set(starts.values())
    pages: dict[int, set[int]] = defaultdict(set)
    for i, label in chain:
        pages[lines[i].page].add(label)
    for i, label in candidates:
        mates = pages.get(lines[i].page, set())
        if label not in labels and not mates.isdisjoint(range(label - 3, label + 4)):
            starts[i] = label
            labels.add(label)
    return starts


def _divided(lines: Sequence[Line], starts: dict[int, int]) -> list[Line]:
    """The lines, with a definition cut loose that was printed behind the body's last line.

    Only for a number missing between two that were found. Empty if there is no such definition.
    """
    pages = {label: lines[i].page for i, label in starts.items()}
    missing = {
        label: sorted((pages[label - 1], pages[label + 1]))
        for label in range(2, max(pages, default=0))
        if label not in pages and label - 1 in pages and label + 1 in pages
    }
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, line in enumerate(lines if missing else ()):
        for match in _BEHIND.finditer(line.text):
            label = int(match[1])
            if label in missing and missing[label][0] <= line.page <= missing[label][1]:
                places[label].append((i, match.start(1)))
    cuts = dict(group[0] for group in places.values() if len(group) == 1)
    if not cuts:
        return []
    divided: list[Line] = []
    for i, line in enumerate(lines):
        at = cuts.get(i, 0)
        divided += [_part(line, 0, at), _part(line, at, len(line.text))] if at else [line]
    return divided


def _best_chain(candidates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The series of rising numbers with the fewest gaps."""
    links = [
        Link(label, SCALE, _FIRST_COST * min(label - 1, _COUNTED), group=place)
        for place, (_, label) in enumerate(candidates)
    ]
    return [candidates[place] for place in best_series(links)]


def _single(lines: Sequence[Line], chain: Sequence[tuple[int, int]]) -> bool:
    """Whether one lone candidate is a note: number 1, among the last lines of its page."""
    if len(chain) != 1 or chain[0][1] != 1:
        return False
    index = chain[0][0]
    rest = [line for line in lines[index:] if line.page == lines[index].page and line.text.strip()]
    return len(rest) <= 4


def _extent(
    lines: Sequence[Line], index: int, starts: dict[int, int], widths: tuple[int, int]
) -> list[int]:
    """Indexes of the lines of the definition that begins at ``index``.

    ``widths`` are those of the page's notes (their first lines) and of its columns.
    """
    page = lines[index].page
    span = [index]
    blank = False
    for i in range(index + 1, len(lines)):
        line = lines[i]
        if line.page != page or i in starts:
            break
        if not line.text.strip():
            blank = True
            continue
        if blank and not _continues(lines[span[-1]].text, line.text, widths):
            break
        span.append(i)
        blank = False
    return span


def _continues(before: str, after: str, widths: tuple[int, int]) -> bool:
    """Whether a note goes on behind a blank line (some extractors double every line end)."""
    if _CAPTION.match(after) or _CREDIT.search(after):
        return False
    if not _CLOSED.search(before.rstrip()[-_NEAR_END:]):
        return True
    note, column = widths
    if _WIDER * column < len(after.rstrip()) <= _WIDER * note and column:
        return True
    return note >= _WIDE and len(before.rstrip()) >= _FULL * note


def _widths(lines: Sequence[Line], starts: dict[int, int]) -> dict[int, tuple[int, int]]:
    """By page, the widest first line of a note, and the widest line of the text above the notes.

    A line far wider than the others goes over all columns, and does not count.
    """
    first: dict[int, int] = {}
    note: dict[int, int] = {}
    for i in sorted(starts):
        page = lines[i].page
        first.setdefault(page, i)
        note[page] = max(note.get(page, 0), len(lines[i].text))
    above: dict[int, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if line.page in first and i < first[line.page] and line.text.strip():
            above[line.page].append(len(line.text.rstrip()))
    column = {page: sorted(found)[len(found) * 49 // 50] for page, found in above.items()}
    return {page: (note[page], column.get(page, 0)) for page in note}


def _unnumbered(lines: Sequence[Line], starts: dict[int, int]) -> list[int]:
    """Indented lines at the end of a page that has no numbered notes."""
    numbered = {lines[i].page for i in starts}
    pages: dict[int, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if line.page not in numbered and line.text.strip():
            pages[line.page].append(i)
    found: list[int] = []
    for filled in pages.values():
        first = next((i for i in filled if _INDENTED.match(lines[i].text)), None)
        if first is None:
            continue
        tail = [i for i in filled if i >= first]
        follows_text = first > filled[0] and bool(lines[first - 1].text.strip())
        if follows_text and len(tail) <= _NOTE_LINES and starts:
            found.extend(tail)
    return found


def _lift_inline(lines: Sequence[Line]) -> tuple[list[Line], list[Definition]]:
    """Cut ``[n: text]`` (brackets balanced, possibly over several lines) out of the body."""
    body: list[Line] = []
    definitions: list[Definition] = []
    depth = 0
    for line in lines:
        kept_from = 0
        position = 0
        while found := (_BRACKET if depth else _INLINE).search(line.text, position):
            position = found.end()
            if depth == 0:
                body.append(_part(line, kept_from, found.start()))
                definitions.append(Definition(found[1], [], found.end() - found.start()))
                kept_from, depth = found.start(), 1
                continue
            depth += 1 if found.group() == "[" else -1
            if depth == 0:
                definitions[-1].lines.append(_part(line, kept_from, position))
                definitions[-1].closing = 1
                kept_from = position
        if depth == 0:
            body.append(_part(line, kept_from, len(line.text)))
        elif line.text[kept_from:].strip():
            definitions[-1].lines.append(_part(line, kept_from, len(line.text)))
    return body, [d for d in definitions if d.lines]


def _part(line: Line, start: int, end: int) -> Line:
    if start == 0 and end == len(line.text):
        return line
    return Line(line.text[start:end], line.start + start, line.page)
