"""The walk over a page: every text once, in order, in the block in which it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from lxml import etree

from ingest.document import BlockKind
from ingest.readers.extraction import Run, Runs
from ingest.readers.html.content import Content
from ingest.readers.html.flow import Entered, FlatWalk, Walk, is_set_apart
from ingest.readers.html.notes import Notes, without_label
from ingest.readers.html.quotes import credit_of, credited
from ingest.readers.html.setting import Item, Setting, block_setting
from ingest.readers.html.tables import is_layout, read_grid
from ingest.readers.html.tags import style_of, tag_of
from ingest.readers.list_marks import BULLET
from ingest.readers.text_writer import TextWriter


class PageWalk(Walk):
    """The walk that writes the elements of a page."""

    def __init__(self, content: Content, notes: Notes, writer: TextWriter) -> None:
        super().__init__(content, notes)
        self._writer = writer
        self._note = ""  # label of the note to which the gathered text belongs

    def walk(self, element: etree._Element, setting: Setting | None = None) -> None:
        """Write all text in an element."""
        setting = setting or Setting()
        self._inside(element, setting)
        self._flush(setting)

    def write_notes(self) -> None:
        """Write the notes that stand outside of what was walked over."""
        for element, label in list(self._notes.definitions.items()):
            if element in self._notes.definitions:
                self._definition(element, label, Setting())

    def _enter(self, element: etree._Element, setting: Setting) -> Entered | None:
        if (label := self._notes.starts.get(element)) is not None:
            self._flush(setting)
            self._note = label
        if not credited(element, setting.attribution):
            return super()._enter(element, setting)
        self._flush(setting)
        credit = replace(setting, kind=BlockKind.CAPTION, attribution="")
        self._whole(element, credit)
        self._flush(credit)
        return None

    def _block(self, element: etree._Element, tag: str, setting: Setting) -> Entered | None:
        self._flush(setting)
        inner = block_setting(element, tag, setting)
        if tag in ("blockquote", "figure") or inner.kind is BlockKind.PULL_QUOTE:
            inner = replace(inner, attribution=credit_of(element) or inner.attribution)
        if tag == "table" and not is_layout(element):
            self._table(element, inner)
        elif inner.kind is BlockKind.SIGNATURE and setting.kind is not BlockKind.SIGNATURE:
            self._at_once(element, inner)
        else:
            new = inner.item if inner.item is not setting.item else None
            return inner, partial(self._end_block, inner, new)
        return None

    def _end_block(self, inner: Setting, item: Item | None) -> None:
        self._flush(inner)
        if item is not None:
            self._bare(inner, item)

    def _at_once(self, element: etree._Element, setting: Setting) -> None:
        """An element that is one block however many paragraphs it has."""
        flat = FlatWalk(self._content, self._notes)
        self._runs = flat.read(element, setting)
        self._flush(setting)
        self._write(flat.notes)

    def _table(self, table: etree._Element, setting: Setting) -> None:
        for caption in table.iterchildren("caption"):
            self._whole(caption, setting)
        notes: list[tuple[str, list[Run]]] = []

        def read_cell(cell: etree._Element) -> list[Run]:
            if self._content.is_out(cell, tag_of(cell)):
                return []
            flat = FlatWalk(self._content, self._notes)
            runs = flat.read(cell, replace(setting, style=style_of(cell, "td", setting.style)))
            notes.extend(flat.notes)
            return runs

        grid = read_grid(table, read_cell)
        if grid.rows:
            box = setting.box.number(self._writer) if setting.box else None
            self._writer.table(grid.rows, header_rows=grid.header_rows, box=box)
        self._write(notes)

    def _definition(self, element: etree._Element, label: str, setting: Setting) -> None:
        self._flush(setting)
        flat = FlatWalk(self._content, self._notes)
        flat.define(element, label, setting)
        self._write(flat.notes)

    def _write(self, notes: Sequence[tuple[str, Runs]]) -> None:
        for label, runs in notes:
            self._writer.note(label, _without_label(runs, label))

    def _bare(self, setting: Setting, item: Item) -> None:
        """A list item that has a printed mark and nothing else."""
        if item.printed and not item.written:
            item.written = True
            self._runs = [Run(item.marker, setting.style)]
            self._flush(replace(setting, item=Item("", item.level)))

    def _flush(self, setting: Setting) -> None:
        """Write the text gathered so far as an element."""
        runs = self._take()
        if not any(run.note or run.text.strip() for run in runs):
            return
        if not any(run.text.strip() for run in runs):  # a reference to a note, alone
            runs = [Run(run.note) for run in runs]
        if self._note:
            label, self._note = self._note, ""
            self._write([(label, runs)])
            return
        kind, level, marker = _as_item(setting)
        if kind is BlockKind.PARAGRAPH and is_set_apart(runs):
            kind = None
        quoted = kind is BlockKind.PULL_QUOTE
        self._writer.add(
            kind,
            runs,
            level=level,
            marker=marker,
            box=setting.box.number(self._writer) if setting.box else None,
            attribution=setting.attribution if quoted else "",
        )


def _as_item(setting: Setting) -> tuple[BlockKind | None, int, str]:
    """Kind, level and mark of the next element: the first text of a list item has its mark."""
    item = setting.item
    if item is None or item.written:
        return setting.kind, setting.level, ""
    if setting.kind is BlockKind.HEADING:
        item.written = True
        return setting.kind, setting.level, "" if item.marker == BULLET else item.marker
    if setting.kind in (None, BlockKind.PARAGRAPH):
        item.written = True
        return BlockKind.LIST_ITEM, item.level, item.marker
    return setting.kind, setting.level, ""


def _without_label(runs: Runs, label: str) -> list[Run]:
    """A note's text without its label in front; as it is where nothing else would be left."""
    texts = [run.text for run in runs]
    spare = without_label(texts, label)
    if not "".join(texts)[spare:].strip():
        return list(runs)
    left: list[Run] = []
    for run in runs:
        left.append(replace(run, text=run.text[spare:]))
        spare = max(0, spare - len(run.text))
    return left
