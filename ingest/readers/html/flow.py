"""The text of an element, gathered from the inline elements and blocks in it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from lxml import etree

from ingest.readers.extraction import Run, Runs
from ingest.readers.html.content import Content
from ingest.readers.html.lists import is_printed_mark
from ingest.readers.html.notes import Notes
from ingest.readers.html.setting import Item, Setting, block_setting
from ingest.readers.html.tags import BLOCKS, style_of, tag_of, words_of

_WHITE = re.compile(r"[ \t\r\n\f]+")
_LINE_END = re.compile(r"\r\n?|\f")
_NO_TARGET = re.compile(r"\s*(?:#|javascript:|mailto:|tel:|data:|blob:|vbscript:|$)", re.IGNORECASE)
_BETWEEN_NOTES = re.compile(r"[\s,;]*")


Entered = tuple[Setting, Callable[[], None]]  # the setting within, and what to do at its end


def _nothing() -> None:
    """What there is to do at the end of most elements."""


class _Opened:
    """An element that the walk is in, its setting within and around, and what ends it."""

    __slots__ = ("children", "element", "inner", "leave", "outer")

    def __init__(
        self, element: etree._Element, inner: Setting, outer: Setting, leave: Callable[[], None]
    ) -> None:
        self.element = element
        self.children = iter(element)
        self.inner = inner
        self.outer = outer
        self.leave = leave


class Walk(ABC):
    """What every walk shares: the text of inline elements gathers until a block ends."""

    def __init__(self, content: Content, notes: Notes) -> None:
        self._content = content
        self._notes = notes
        self._runs: list[Run] = []

    def _inside(self, element: etree._Element, setting: Setting) -> None:
        """Everything in an element; without recursion, however deep the page nests."""
        self._text(element.text, setting)
        opened = [_Opened(element, setting, setting, _nothing)]
        while opened:
            here = opened[-1]
            child = next(here.children, None)
            if child is None:
                here.leave()
                opened.pop()
                if opened:
                    self._text(here.element.tail, here.outer)
            elif entered := self._enter(child, here.inner):
                inner, leave = entered
                self._text(child.text, inner)
                opened.append(_Opened(child, inner, here.inner, leave))
            else:
                self._text(child.tail, here.inner)

    def _whole(self, element: etree._Element, setting: Setting) -> None:
        """An element with everything in it."""
        if entered := self._enter(element, setting):
            inner, leave = entered
            self._inside(element, inner)
            leave()

    def _enter(self, element: etree._Element, setting: Setting) -> Entered | None:
        """How to go into an element; ``None`` where there is nothing (more) to do in it."""
        tag = tag_of(element)
        notes = self._notes
        if not tag or element in notes.dropped:
            return None
        if (label := notes.references.get(element)) is not None:
            self._runs.append(Run("", note=label))
            return None
        if self._content.is_out(element, tag):
            return None
        if (label := notes.definitions.get(element)) is not None:
            self._definition(element, label, setting)
            return None
        if tag in BLOCKS:
            return self._block(element, tag, setting)
        return self._inline(element, tag, setting)

    def _inline(self, element: etree._Element, tag: str, setting: Setting) -> Entered | None:
        if tag == "br":
            self._runs.append(Run("\n"))
            return None
        if self._takes_mark(element, setting.item):
            return None
        style = style_of(element, tag, setting.style)
        target = link_target(element.get("href", "")) if tag == "a" else ""
        inner = setting
        if target or style is not setting.style:
            inner = replace(setting, style=style, target=target or setting.target)
        if tag != "q":
            return inner, _nothing
        self._text("“", inner)
        return inner, partial(self._text, "”", inner)

    def _takes_mark(self, element: etree._Element, item: Item | None) -> bool:
        """Give a list item the mark that is printed in its text."""
        if item is None or item.written or item.printed or not is_printed_mark(element):
            return False
        if any(run.note or run.text.strip() for run in self._runs):
            return False
        item.marker = words_of(element) or item.marker
        item.printed = True
        return True

    def _text(self, text: str | None, setting: Setting) -> None:
        if text:
            text = _LINE_END.sub("\n", text) if setting.lines else _WHITE.sub(" ", text)
            self._runs.append(Run(text, setting.style, target=setting.target))

    def _take(self) -> list[Run]:
        """The runs gathered so far, without the white space around them."""
        runs, self._runs = self._runs, []
        while runs and not runs[0].note and not runs[0].text.strip():
            del runs[0]
        while runs and not runs[-1].note and not runs[-1].text.strip():
            del runs[-1]
        if runs and runs[-1].text[-1:].isspace():
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" \t\n"))
        return _tidy(runs)

    @abstractmethod
    def _block(self, element: etree._Element, tag: str, setting: Setting) -> Entered | None:
        """Enter an element that is set apart from the text around it."""

    @abstractmethod
    def _definition(self, element: etree._Element, label: str, setting: Setting) -> None:
        """Take a footnote's text."""


class FlatWalk(Walk):
    """The text of a cell, a note or a signature as one run of lines."""

    def __init__(self, content: Content, notes: Notes) -> None:
        super().__init__(content, notes)
        self.notes: list[tuple[str, list[Run]]] = []

    def read(self, element: etree._Element, setting: Setting) -> list[Run]:
        """The element's text; notes defined in it are left in ``notes``."""
        inner = replace(setting, kind=None, item=None, numbering=None)
        self._inside(element, inner)
        return self._take()

    def _block(self, element: etree._Element, tag: str, setting: Setting) -> Entered | None:
        inner = block_setting(element, tag, setting)
        self._break()
        if inner.item is not None and inner.item is not setting.item:
            return inner, partial(self._end_item, inner, inner.item, len(self._runs))
        return inner, self._break

    def _end_item(self, inner: Setting, item: Item, start: int) -> None:
        """Put the mark of a list item in front of its text."""
        filled = any(run.note or run.text.strip() for run in self._runs[start:])
        if item.marker and (item.printed or filled):
            self._runs.insert(start, Run(item.marker + " ", inner.style))
        self._break()

    def define(self, element: etree._Element, label: str, setting: Setting) -> None:
        """Read a note's text; it and the notes defined in it are left in ``notes``."""
        del self._notes.definitions[element]
        inner = FlatWalk(self._content, self._notes)
        self.notes.append((label, inner.read(element, setting)))
        self.notes += inner.notes

    def _definition(self, element: etree._Element, label: str, setting: Setting) -> None:
        self.define(element, label, setting)

    def _break(self) -> None:
        if self._runs:
            self._runs.append(Run("\n"))


def link_target(href: str) -> str:
    """The address of a link to another document; "" for any other link."""
    return "" if _NO_TARGET.match(href) else href.strip()


def is_set_apart(runs: Runs) -> bool:
    """Whether a paragraph is all bold or all italic, as headings without a mark are."""
    styles = [run.style for run in runs if run.text.strip()]
    return all(style.bold for style in styles) or all(style.italic for style in styles)


def _tidy(runs: Sequence[Run]) -> list[Run]:
    """The runs without separators between references, and no white space at the ends of links."""
    tidy: list[Run] = []
    for number, run in enumerate(runs):
        between = 0 < number < len(runs) - 1 and runs[number - 1].note and runs[number + 1].note
        if between and not run.note and _BETWEEN_NOTES.fullmatch(run.text):
            continue
        tidy += _split_link(run)
    return tidy


def _split_link(run: Run) -> list[Run]:
    words = run.text.strip()
    if not run.target or words == run.text:
        return [run]
    before, _, after = run.text.partition(words) if words else (run.text, "", "")
    parts = [Run(before, run.style), Run(words, run.style, target=run.target)]
    return [part for part in (*parts, Run(after, run.style)) if part.text]
