"""Runs of short lines: lists without marks, such as lists of countries.

Text alone does not tell a group's name ("Afrika") from its members; both become list items, one
for each entry that blank lines separate. A title (it states a number, has a colon, or is long)
becomes a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import BlockKind, Line
from ingest.structure.chunks import Chunk, is_closed
from ingest.structure.drafts import Draft, plain
from ingest.structure.headings import Form, HeadingMark, can_be_title, is_named_chapter, number_mark
from ingest.structure.lists import marks
from ingest.structure.tables import is_table_caption

_ENTRY_LENGTH = 36  # characters; a longer entry is a title
_ENTRY_LINES = 3
_LONG_ENTRY = 100  # characters; in a list of terms with explanations
_MINIMUM_RUN = 4
_LONG_RUN = 5  # entries; a run this long may hold an entry that does not look like one
_ODD_ENTRY = 130  # characters
_ADJECTIVE = re.compile(r"^[A-ZÀ-Þ][^\W\d_]*sche$")  # half a name: "Democratische"
_COUNTED_LINE = re.compile(r":\s*\d")  # "Handel: 25 prioritaire landen"
_COUNTED = re.compile(r":\s|\d")


@dataclass(frozen=True, slots=True)
class Run:
    """The drafts made of a run of chunks, and how many chunks those were."""

    drafts: list[Draft]
    count: int


def list_run(chunks: Sequence[Chunk], index: int) -> Run | None:
    """The list without marks that begins with the chunk at ``index``, if one does."""
    count = 0
    page = chunks[index].page
    while index + count < len(chunks) and (
        _is_entry(chunks[index + count], page) or _is_odd_entry(chunks, index + count, count)
    ):
        count += 1
    if count < _MINIMUM_RUN or _is_chapter(chunks[index]):
        return None
    members = chunks[index : index + count]
    drafts: list[Draft] = []
    for position, chunk in enumerate(members):
        odd = not _is_entry(chunk, chunk.page)
        if position == 0 or (not odd and _is_title(chunk, members[position - 1])):
            drafts.extend(_title(chunk))
        elif drafts[-1].kind is BlockKind.LIST_ITEM and _ADJECTIVE.match(drafts[-1].text):
            drafts[-1].lines.extend(chunk.lines)
            drafts[-1].body.extend(chunk.lines)
        else:
            drafts.append(_item(chunk.lines))
    return Run(drafts, count)


def _is_chapter(chunk: Chunk) -> bool:
    """Whether a heading of its own stands here, whatever follows it."""
    mark = number_mark(chunk.lines[0].text)
    return mark is not None and mark.form in (Form.CHAPTER, Form.ROMAN)


def _is_entry(chunk: Chunk, page: int) -> bool:
    text = chunk.text
    if chunk.page != page or is_table_caption(text):
        return False
    if not chunk.wrapped or len(chunk.lines) > _ENTRY_LINES or marks(chunk.lines[0].text):
        return False
    if chunk.lines[0].text.startswith("   "):
        return False
    return len(text) <= _LONG_ENTRY and can_be_title(text) and not text.startswith(("“", "‘"))


def _is_odd_entry(chunks: Sequence[Chunk], index: int, count: int) -> bool:
    """Whether a chunk amid a long run is an entry too, in lower case or a little long."""
    if count < _LONG_RUN or index + 1 >= len(chunks):
        return False
    chunk = chunks[index]
    if is_closed(chunk.text) or len(chunk.text) > _ODD_ENTRY or chunk.text.endswith(":"):
        return False
    around = (chunks[index - 1], chunks[index + 1])
    return all(_is_entry(other, chunk.page) for other in around) and not marks(chunk.text)


def _is_title(chunk: Chunk, before: Chunk) -> bool:
    text = chunk.text
    if len(text) > _ENTRY_LENGTH and len(before.text) <= _ENTRY_LENGTH and len(chunk.lines) > 1:
        return True
    if len(chunk.lines) == 1:
        return bool(_COUNTED_LINE.search(text))
    return bool(_COUNTED.search(text))


def _title(chunk: Chunk) -> list[Draft]:
    """A heading; further lines are items where the first line is a title by itself."""
    own = chunk.lines
    items: list[Line] = []
    if len(own) > 1 and is_named_chapter(own[0].text):
        own, items = own[:1], own[1:]
    heading = plain(BlockKind.HEADING, own)
    form = Form.NAMED if is_named_chapter(heading.text) else Form.ISOLATED
    heading.heading = HeadingMark(form)
    return [heading, *(_item([line]) for line in items)]


def _item(lines: Sequence[Line]) -> Draft:
    draft = plain(BlockKind.LIST_ITEM, list(lines))
    draft.level = 1
    draft.ends_chunk = False  # entries are whole: nothing continues them
    return draft
