"""Reading a single HTML element: its name, classes and style."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from lxml import etree

from ingest.readers.extraction import Style

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
LISTS = frozenset(["ul", "ol", "menu", "dir"])
_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset
    figcaption figure footer form frameset header hgroup hr html legend li main nav optgroup
    option p pre search section summary table tbody td tfoot th thead tr
"""
BLOCKS = HEADINGS | LISTS | frozenset(_BLOCK_TAGS.split())
_BOLD = frozenset(["b", "strong", "th", "summary"])
_ITALIC = frozenset(["i", "em", "cite", "dfn", "var"])
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)", re.I)
_HEAVY = frozenset(["bold", "bolder", "600", "700", "800", "900"])
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.I)
_SIZE = re.compile(r"font-size\s*:\s*(\d{1,3}(?:\.\d{1,3})?)\s*(pt|px)", re.I)
_POINTS_A_PIXEL = 0.75
_WHITE = re.compile(r"\s+")
_FEW = 20  # children


def tag_of(element: etree._Element) -> str:
    """The element's name in small letters; "" for a comment or instruction."""
    tag = element.tag
    return tag.lower() if isinstance(tag, str) else ""


def names_of(element: etree._Element) -> list[str]:
    """The element's classes, in small letters."""
    classes = element.get("class")
    return classes.lower().split() if classes else []


def words_of(element: etree._Element) -> str:
    """All text in the element as one line."""
    return _WHITE.sub(" ", "".join(element.itertext())).strip()


def brief_words(element: etree._Element, length: int) -> str:
    """All text in an element that holds little; "" for a larger one, which is not read whole."""
    if next(islice(element, _FEW, None), None) is not None:
        return ""
    words: list[str] = []
    for text in element.itertext():
        words += text.split()
        if sum(map(len, words)) > length:
            return ""
    return " ".join(words)


def size_of(element: etree._Element) -> int:
    """How many characters of text the element holds, white space left out."""
    return sum(map(len, "".join(element.itertext()).split()))


def heading_level(element: etree._Element, tag: str) -> int:
    """The rank of a heading (0: the element is none)."""
    if tag in HEADINGS:
        return int(tag[1])
    if element.get("role") == "heading":
        level = element.get("aria-level", "2").strip()
        return int(level) if level in {"1", "2", "3", "4", "5", "6"} else 2
    return 0


def style_of(element: etree._Element, tag: str, outer: Style) -> Style:
    """How the text in an element is set, given how the text around it is."""
    style = outer
    if tag in _BOLD and not style.bold:
        style = replace(style, bold=True)
    if tag in _ITALIC and not style.italic:
        style = replace(style, italic=True)
    css = element.get("style")
    if not css:
        return style
    if match := _WEIGHT.search(css):
        style = replace(style, bold=match[1].lower() in _HEAVY)
    if match := _SLANT.search(css):
        style = replace(style, italic=match[1].lower() != "normal")
    if match := _SIZE.search(css):
        points = float(match[1]) * (1 if match[2].lower() == "pt" else _POINTS_A_PIXEL)
        style = replace(style, size=points)
    return style
