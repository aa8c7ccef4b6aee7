"""Paragraphs that a column, a page or a box interrupts, put together again."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.document import BlockKind
from ingest.readers.pdf.layout.lines import PrintedBlock
from ingest.structure.headings import number_mark
from ingest.structure.lists import marks

_REACH = 2  # pages
_SIZE = 0.3  # points
_WINDOW = 40  # blocks that may stand between the halves of a paragraph
_RIVALS = 3  # texts of one face that are looked at, backwards

Group = list[PrintedBlock]
"""A block and the blocks that continue it."""


def join_interrupted(blocks: Sequence[PrintedBlock], indents: bool = False) -> list[Group]:
    """The blocks in order, each continuation put with the block that it continues.

    ``indents`` tells that new paragraphs begin with an indent, so that a text without one goes
    on with the text before.
    """
    groups: list[Group] = []
    for block in blocks:
        tail = _note_before(block, groups) or _table_before(block, groups)
        if tail is None and block.opens:
            tail = _tail_for(block, groups)
            if tail is None and indents and not block.indented:
                tail = _full_tail(block, groups)
        if tail is None:
            groups.append([block])
        else:
            tail.append(block)
    return groups


def _note_before(block: PrintedBlock, groups: Sequence[Group]) -> Group | None:
    """The footnote that goes on with a note without a number."""
    if block.kind is not BlockKind.FOOTNOTE or block.label:
        return None
    return next((g for g in reversed(groups) if g[0].kind is BlockKind.FOOTNOTE), None)


def _table_before(block: PrintedBlock, groups: Sequence[Group]) -> Group | None:
    """The table that the page before ended with, if this one goes on without a header."""
    if block.table is None or block.table.header_rows:
        return None
    for group in reversed(groups[-_WINDOW:]):
        last = group[-1].table
        if last is None and group[0].kind is BlockKind.FOOTNOTE:
            continue
        if last is None or block.table.page != last.page + 1:
            return None
        same = len(last.rows[0]) == len(block.table.rows[0])
        wide = abs(last.rect.width - block.table.rect.width) < 0.1 * last.rect.width
        return group if same and wide else None
    return None


def _is_flow(block: PrintedBlock) -> bool:
    return block.kind is None and not block.noise and block.table is None and bool(block.lines)


def _tail_for(block: PrintedBlock, groups: Sequence[Group]) -> Group | None:
    """The block that stops in mid-sentence and goes on with this one."""
    if not _is_flow(block) or block.depth or number_mark(block.lines[0].text):
        return None
    looked = 0
    for group in reversed(groups[-_WINDOW:]):
        first, last = group[0], group[-1].lines[-1:]
        if not _is_flow(first) or first.box != block.box or not _same_face(group, block):
            continue
        looked += 1
        if looked > _RIVALS or block.page - last[0].page > _REACH:
            return None
        if _goes_on(group, block, nearest=looked == 1):
            return group
    return None


def _full_tail(block: PrintedBlock, groups: Sequence[Group]) -> Group | None:
    """The paragraph just before, if its last line is full: the next would stand in."""
    if not _is_flow(block) or block.depth or marks(block.text) or number_mark(block.text):
        return None
    for group in reversed(groups[-_WINDOW:]):
        first, last = group[0], group[-1]
        if first.box != block.box or first.kind is not None:
            continue
        if not _is_flow(first) or not _same_face(group, block) or first.face.bold:
            return None
        near = block.page - last.lines[-1].page <= 1
        full = near and not last.lines[-1].has_room_for(block.lines[0])
        return group if full and not last.text.rstrip().endswith(":") else None
    return None


def _same_face(group: Group, block: PrintedBlock) -> bool:
    a, b = group[0].face, block.face
    if abs(a.size - b.size) > _SIZE or a.bold != b.bold:
        return False
    return a.italic == b.italic or len(group[-1].lines) > 1


def _goes_on(group: Group, block: PrintedBlock, nearest: bool) -> bool:
    last, first = group[-1].lines[-1], block.lines[0]
    if last.is_closed or last.text.rstrip().endswith((":", ";")) or marks(first.text):
        return False
    if first.begins_low:
        return True
    return nearest and not last.has_room_for(first) and not first.face.bold
