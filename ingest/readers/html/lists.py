"""The marks of list items, as a browser would print them."""

from __future__ import annotations

import re

from lxml import etree

from ingest.readers.html.tags import names_of, tag_of
from ingest.readers.list_marks import BULLET, letters, roman

_STYLE = re.compile(
    r"list-style(?:-type)?\s*:\s*(?:[\w()-]+\s+)*?"
    r"(none|decimal|(?:lower|upper)-(?:alpha|latin|roman)|disc|circle|square)",
    re.I,
)
_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_UNMARKED = re.compile(
    r"expliciet|artikel_leden|(?:list-)?unstyled|no-?bullets?|geen-opsomteken|list-style-none"
)
_PRINTED = frozenset(["ol", "lidnr", "li.nr", "li-nr", "linr", "nr", "li__nr", "lid__nr"])
_LARGEST = 1_000_000


class Numbering:
    """Gives the items of one list their marks, in order."""

    def __init__(self, element: etree._Element) -> None:
        self._kind = _kind(element)
        self._step = -1 if element.get("reversed") is not None else 1
        count = sum(1 for child in element if tag_of(child) == "li") if self._step < 0 else 1
        start = _number(element.get("start"))
        self._next = count if start is None else start

    def mark(self, item: etree._Element) -> str:
        """The mark of the next item; "" in a list without marks."""
        if self._kind == "none":
            return ""
        if not self._kind:
            return BULLET
        value = _number(item.get("value"))
        number = self._next if value is None else value
        self._next = number + self._step
        return f"{_printed(number, self._kind)}."


def is_printed_mark(element: etree._Element) -> bool:
    """Whether an inline element holds the mark of the list item in which it stands first."""
    return any(name in _PRINTED for name in names_of(element))


def _kind(element: etree._Element) -> str:
    """How a list numbers: a CSS counter style, "none", or "" for bullets."""
    ordered = tag_of(element) == "ol"
    if match := _STYLE.search(element.get("style", "")):
        named = match[1].lower()
        return "" if named in ("disc", "circle", "square") else named
    if not ordered:
        return "none" if any(_UNMARKED.fullmatch(name) for name in names_of(element)) else ""
    return _TYPES.get(element.get("type", "").strip(), "decimal")


def _number(text: str | None) -> int | None:
    try:
        number = int(text or "")
    except ValueError:
        return None
    return number if abs(number) <= _LARGEST else None


def _printed(number: int, kind: str) -> str:
    case, _, system = kind.partition("-")
    if not system:
        return str(number)
    text = roman(number) if system == "roman" else letters(number)
    return text.upper() if case == "upper" else text
