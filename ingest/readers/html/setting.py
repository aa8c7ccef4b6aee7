"""What a block of HTML makes of the text in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from ingest.document import BlockKind
from ingest.readers.extraction import PLAIN, Style
from ingest.readers.html.lists import Numbering
from ingest.readers.html.tags import LISTS, brief_words, heading_level, names_of, style_of, tag_of
from ingest.readers.list_marks import BULLET
from ingest.readers.text_writer import TextWriter

_BOX = re.compile(
    r"(?:tekst|info|informatie|text|citaat)?[-_]?(?:kader|box)(?:-?tekst)?|callout(?:-\w+)?|infobox"
)
_QUOTE = frozenset(["quote", "citaat", "pullquote", "pull-quote", "blockquote", "quotation"])
_SIGNATURE = frozenset(["ondertekening", "signature", "handtekening", "ondertekenaar"])
_SIGNER = frozenset(["functie", "naam"])
_TITLE = re.compile(r"(?:tussen)?kop|tuskop|[\w-]+_kop|stuktitel|dossiertitel")
_TITLE_SIZE = 300  # characters
_UNKNOWN = frozenset(["summary", "legend", "address"])
_KEPT = (BlockKind.PULL_QUOTE, BlockKind.CAPTION, BlockKind.SIGNATURE, BlockKind.FOOTNOTE)


@dataclass(slots=True)
class Item:
    """A list item whose mark waits for the first text in it; ``printed``: the text has it."""

    marker: str
    level: int
    printed: bool = False
    written: bool = False


class OpenBox:
    """A box that gets its number when something is written in it."""

    def __init__(self) -> None:
        self._number: int | None = None

    def number(self, writer: TextWriter) -> int:
        """The number of the box."""
        if self._number is None:
            self._number = writer.open_box()
        return self._number


@dataclass(frozen=True, slots=True)
class Setting:
    """How the text at one place of the page is to be written."""

    kind: BlockKind | None = None
    level: int = 0
    style: Style = PLAIN
    target: str = ""
    item: Item | None = None
    box: OpenBox | None = None
    attribution: str = ""
    depth: int = 0
    numbering: Numbering | None = None
    lines: bool = False
    """Whether line ends in the source are line ends of the text."""


def block_setting(element: etree._Element, tag: str, outer: Setting) -> Setting:
    """The setting within a block element."""
    names = set(names_of(element))
    style = style_of(element, tag, outer.style)
    if tag in LISTS or tag == "dl":
        return replace(outer, style=style, depth=outer.depth + 1, numbering=Numbering(element))
    if tag == "li":
        return _in_item(element, replace(outer, style=style))
    if not names & _QUOTE and (tag == "aside" or (tag in ("div", "section") and _is_box(names))):
        return replace(outer, style=style, kind=None, box=OpenBox())
    kind, level = _kind_of(element, tag, names, outer)
    lines = outer.lines or tag == "pre"
    if (kind, level, style, lines) == (outer.kind, outer.level, outer.style, outer.lines):
        return outer
    item = None if kind in _KEPT else outer.item
    return replace(outer, style=style, kind=kind, level=level, item=item, lines=lines)


def _kind_of(
    element: etree._Element, tag: str, names: set[str], outer: Setting
) -> tuple[BlockKind | None, int]:
    """Kind and level of the text directly in a block."""
    kind, level = outer.kind, outer.level
    rank = heading_level(element, tag)
    if tag in ("figcaption", "caption"):
        kind, level = BlockKind.CAPTION, 0
    elif outer.kind in _KEPT:
        pass
    elif rank:
        kind, level = BlockKind.HEADING, rank
    elif tag == "blockquote" or names & _QUOTE:
        kind, level = BlockKind.PULL_QUOTE, 0
    elif names & _SIGNATURE or (tag == "p" and _is_signer(element, names)):
        kind, level = BlockKind.SIGNATURE, 0
    elif tag in ("p", "div") and _is_title(element, names):
        kind, level = BlockKind.HEADING, 0
    elif tag == "dd":
        kind, level = BlockKind.LIST_ITEM, outer.depth
    elif tag in ("p", "pre", "dt") and kind is None:
        kind = BlockKind.PARAGRAPH
    elif tag in _UNKNOWN:
        kind, level = None, 0
    return kind, level


def _in_item(element: etree._Element, outer: Setting) -> Setting:
    parent = element.getparent()
    listed = parent is not None and tag_of(parent) in LISTS and outer.numbering is not None
    marker = outer.numbering.mark(element) if listed and outer.numbering else BULLET
    item = Item(marker, max(outer.depth, 1))
    return replace(outer, kind=BlockKind.PARAGRAPH, item=item)


def _is_box(names: set[str]) -> bool:
    return any(_BOX.fullmatch(name) for name in names)


def _is_title(element: etree._Element, names: set[str]) -> bool:
    """Whether an element without a heading's name has the class of one."""
    marked = any(_TITLE.fullmatch(name) for name in names)
    return marked and bool(brief_words(element, _TITLE_SIZE))


def _is_signer(paragraph: etree._Element, names: set[str]) -> bool:
    """Whether a paragraph gives a signatory's office or name, as official publications mark it."""
    if names & _SIGNER:
        return True
    first = next(iter(paragraph), None)
    if first is None or (paragraph.text or "").strip():
        return False
    return bool(_SIGNER & set(names_of(first)))
