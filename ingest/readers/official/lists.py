"""List marks of official publications: in an element of their own, by kind, or in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.readers.official.inline import InlineReader, InlineText, plain_text, tag
from ingest.readers.official.names import NO_TEXT

_DASHED = re.compile(r"\s*([–—•·▪-])\s+(?=\S)")
_LETTERED = re.compile(r"\s*([a-z]{1,2}[.)]|\d{1,2}[.)°]|[ivx]{1,5}[.)])\s+(?=\S)")
_MARKS = {"ndash": "–", "streep": "–", "bullet": "•", "bolletje": "•"}
_NUMBERS = frozenset(("li.nr", "lidnr", "nr"))
_PARAGRAPHS = frozenset(("al", "p"))


@dataclass(slots=True)
class ListItem:
    """A list item: its mark, its paragraphs (a line each) and the blocks that follow in it."""

    mark: str
    text: InlineText = field(default_factory=InlineText)
    after: list[etree._Element] = field(default_factory=list)


def default_mark(element: etree._Element) -> str:
    """The mark that a list's kind gives to items without one."""
    kind = element.get("type", "")
    return next((mark for name, mark in _MARKS.items() if name in kind), "")


def read_item(
    element: etree._Element, mark: str, inline: InlineReader, blocks: frozenset[str]
) -> ListItem:
    """A list item's own text; ``blocks`` are the names of elements that cannot be part of it."""
    item = ListItem(mark)
    item.text.words(element.text)
    for child in element:
        name = tag(child)
        if name in _NUMBERS:
            item.mark = plain_text(child) or item.mark
        elif item.after or name in blocks:
            item.after.append(child)
        elif name in _PARAGRAPHS:
            item.text.join(_paragraph(child, item, inline, blocks), glue="\n")
        elif name not in NO_TEXT:
            inline.child(child, item.text)
        item.text.words(child.tail)
    return item


def _paragraph(
    element: etree._Element, item: ListItem, inline: InlineReader, blocks: frozenset[str]
) -> InlineText:
    """A paragraph without the blocks in it, which follow the item."""
    text = InlineText()
    text.words(element.text)
    for child in element:
        if tag(child) in blocks:
            item.after.append(child)
        else:
            inline.child(child, text)
        text.words(child.tail)
    return text


def take_mark(text: InlineText, old: bool) -> str:
    """Take the list mark off a paragraph that begins with one; "" if it does not.

    Old papers print lists as paragraphs with a letter or number, all papers with a dash.
    """
    words = text.text
    match = _DASHED.match(words) or (_LETTERED.match(words) if old else None)
    if match is None:
        return ""
    for position, run in enumerate(text.runs):
        if run.note or run.target:
            return ""
        front = run.text.lstrip()
        if front:
            if not front.startswith(match[1]):
                return ""
            text.runs[position] = replace(run, text=front[len(match[1]) :].lstrip())
            return match[1]
    return ""
