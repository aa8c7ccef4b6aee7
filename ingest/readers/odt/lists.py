"""The lists of an ODT file: which paragraphs are items, and how far each list was counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.odt.list_styles import LEVELS, Counts, ListStyles
from ingest.readers.odt.xml import TEXT, XML_ID, count, is_on

__all__ = ["LEVELS", "Item", "Lists"]

_START = TEXT + "start-value"
_MAXIMUM_START = 1_000_000


@dataclass(slots=True)
class Item:
    """An item of a list; ``level`` counts from 1, ``given`` is the number it is told to have.

    ``is_first`` says that its next paragraph is its first: the one that is marked.
    """

    style: str
    counts: Counts
    level: int
    is_first: bool = True
    given: int | None = None
    has_list: bool = False


class Lists:
    """The lists that were met so far, in the order of the document."""

    def __init__(self, styles: ListStyles) -> None:
        self._styles = styles
        self._of_style: dict[str, Counts] = {}
        self._of_list: dict[str, Counts] = {}
        self._headings = Counts()

    def items(
        self, element: etree._Element, outer: Item | None
    ) -> Iterator[tuple[Item, etree._Element]]:
        """The items of a list, each with the element that holds its blocks."""
        style = element.get(TEXT + "style-name") or (outer.style if outer else "")
        if outer is None:
            counts, level = self._counts(element, style), 1
        else:
            counts, level = outer.counts, min(outer.level + 1, LEVELS)
            if outer.has_list:
                counts.restart_below(outer.level)
            outer.has_list = True
        for child in element:
            if child.tag == TEXT + "list-item":
                yield Item(style, counts, level, given=_given(child)), child
            elif child.tag == TEXT + "list-header":
                yield Item(style, counts, level, is_first=False), child

    def numbered(self, element: etree._Element) -> Item:
        """A paragraph that stands in a list by itself."""
        style = element.get(TEXT + "style-name") or ""
        counts = self._of_list.setdefault(element.get(TEXT + "list-id") or style, Counts())
        level = count(element, TEXT + "level", 1, LEVELS) or 1
        return Item(style, counts, level, given=_given(element))

    def mark(
        self, paragraph: etree._Element, heading: int, item: Item | None, list_style: str
    ) -> str:
        """Count a paragraph; its mark or number as printed, empty if it has none."""
        mark = ""
        if item is not None:
            if item.is_first:
                item.is_first = False
                style = item.style or list_style
                mark = self._styles.item(style, item.level, item.counts, item.given)
        elif paragraph.tag == TEXT + "h" and not is_on(paragraph, TEXT + "is-list-header"):
            given = _given(paragraph) if is_on(paragraph, TEXT + "restart-numbering") else None
            mark = self._styles.heading(heading, self._headings, given)
        printed = (paragraph.findtext(TEXT + "number") or "").strip()
        return printed or mark

    def _counts(self, element: etree._Element, style: str) -> Counts:
        """The count of an outermost list: a new one, or that of the list that it continues."""
        continued = element.get(TEXT + "continue-list")
        counts = None
        if continued is not None:
            counts = self._of_list.get(continued)
        elif is_on(element, TEXT + "continue-numbering"):
            counts = self._of_style.get(style)
        counts = Counts() if counts is None else counts
        self._of_style[style] = counts
        if identifier := element.get(XML_ID):
            self._of_list[identifier] = counts
        return counts


def _given(element: etree._Element) -> int | None:
    given = count(element, _START, -1, _MAXIMUM_START)
    return None if given < 0 else given
