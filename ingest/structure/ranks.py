"""How styles compare: the style of the running text, and the ranks of headings above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.document import BlockKind
from ingest.readers.extraction import PLAIN, Element, Style
from ingest.structure.headings import Form, is_named_chapter, number_mark

_SINGLE_NUMBER = re.compile(r"\s*\d{1,2}\.?\s+(?=[“‘\"']?[A-ZÀ-Þ])")
_LARGER = 1.06  # times the body's size
_TITLES = 3  # headings at the beginning that can be the document's title
_DEEPEST = 6
_Key = tuple[float, bool, bool]


def body_style(elements: Sequence[Element]) -> Style:
    """The style of most of the text that is no heading, note or table."""
    weights: Counter[Style] = Counter()
    for element in elements:
        if element.kind in (None, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            weights[element.style] += sum(len(line.text) for line in element.body)
    return max(weights, key=lambda s: (weights[s], s.size), default=PLAIN)


def stands_out(style: Style, body: Style) -> bool:
    """Whether a text so set is seen before the running text."""
    if style.size and body.size:
        if style.size < 0.93 * body.size:
            return False
        if style.size >= _LARGER * body.size:
            return True
    return style.bold and not body.bold


class Ranks:
    """The levels of headings: by a decimal number, else by their style's rank among all headings.

    A single number ("3 Conclusies") tells a chapter only where the style agrees: the points of a
    list are numbered and titled as well.
    """

    def __init__(self, elements: Sequence[Element], body: Style) -> None:
        headings = [e for e in elements if e.kind is BlockKind.HEADING]
        self._body = body
        known = _known_styles(headings)
        self._levels = _ranked([e for e in headings if e.box is None], known)

    def level(self, heading: Element) -> int:
        """The level of a heading, 1 for a chapter."""
        if depth := numbered_depth(heading):
            return depth
        if is_named_chapter(_text(heading)) and not stands_out(heading.style, self._body):
            return 1
        key = _key(heading)
        if key in self._levels or heading.box is None:
            return self._levels.get(key, 1)
        return min(max(self._levels.values(), default=0) + 1, _DEEPEST)


def _ranked(headings: Sequence[Element], known: Mapping[_Key, int]) -> dict[_Key, int]:
    """The level of every style, from the largest to the smallest."""
    counts = Counter(_key(h) for h in headings)
    keys = sorted(counts, reverse=True)
    levels = dict.fromkeys(_title_styles(headings, counts), 1)
    keys = [key for key in keys if key not in levels]
    last = 0
    for index, key in enumerate(keys):
        below = [known[other] for other in keys[index + 1 :] if other in known]
        level = known.get(key, min([last + 1, *(max(depth - 1, 1) for depth in below)]))
        levels[key] = min(level, _DEEPEST)
        last = max(last, levels[key])
    return levels


def _title_styles(headings: Sequence[Element], counts: Mapping[_Key, int]) -> list[_Key]:
    """The styles of the document's title and subtitles, which no later heading has."""
    styles: list[_Key] = []
    for heading in headings[: min(_TITLES, len(headings) - 1)]:
        key = _key(heading)
        first = heading.lines[0].page == headings[0].lines[0].page
        if not styles and key < max(counts):
            break
        if counts[key] > 1 or not first or _single_number(heading) or numbered_depth(heading):
            break
        styles.append(key)
    return styles if len(styles) < len(counts) else []


def _known_styles(headings: Sequence[Element]) -> dict[_Key, int]:
    """The levels of styles whose headings have decimal numbers or are chapters by name."""
    votes: dict[_Key, Counter[int]] = {}
    for heading in headings:
        if depth := numbered_depth(heading):
            votes.setdefault(_key(heading), Counter())[depth] += 1
    known = {key: counts.most_common(1)[0][0] for key, counts in votes.items()}
    deeper = [key for key, depth in known.items() if depth > 1]
    if deeper:
        for heading in headings:
            if _single_number(heading) and _key(heading) > max(deeper):
                known.setdefault(_key(heading), 1)
    return known


def numbered_depth(heading: Element) -> int:
    """The depth that a heading's number tells: 2 for "1.1", 1 for "Hoofdstuk 1"; 0 for none."""
    mark = number_mark(_text(heading))
    if mark is None:
        return 0
    if mark.form in (Form.ROMAN, Form.CHAPTER):
        return 1
    return mark.depth if mark.form is Form.DECIMAL and mark.depth > 1 else 0


def _single_number(heading: Element) -> bool:
    return bool(_SINGLE_NUMBER.match(_text(heading)))


def _text(heading: Element) -> str:
    text = " ".join(line.text.strip() for line in heading.body)
    return f"{heading.marker} {text}" if heading.marker else text


def _key(heading: Element) -> _Key:
    """A style as far as it tells a rank, the highest first when sorted downwards."""
    style = heading.style
    return round(style.size * 2) / 2, style.bold, not style.italic
