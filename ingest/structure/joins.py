"""Joining what a page, a column or a box interrupted: one paragraph, one block.

A paragraph that ends in the middle of a sentence and a later one that begins in lower case belong
together. With something else in between they are joined only when no other pair is possible.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import BlockKind
from ingest.structure.chunks import FULL
from ingest.structure.drafts import Draft
from ingest.structure.headings import goes_on

_FLOW = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_BESIDE = (BlockKind.CAPTION, BlockKind.PULL_QUOTE, BlockKind.FOOTNOTE)
_LOWER = re.compile(r"[(‘“\"'–-]*\s?[a-zß-ÿ]")
_REACH = 2  # pages; a box or picture may fill one page between the halves of a paragraph
_WINDOW = 60  # blocks; more never stand between the halves of a paragraph
_PARAGRAPH_LINES = 3  # fewer are a figure's labels
_SAME_WIDTH = 0.75  # least ratio of the widths of two parts of one column


def join_interrupted(drafts: Sequence[Draft], in_order: bool) -> list[Draft]:
    """The drafts with interrupted paragraphs and list items put together, in source order.

    ``in_order`` tells whether the text's columns stand in reading order; where they do not, the
    next paragraph may continue another one, and doubtful pairs stay apart.
    """
    result: list[Draft] = []
    tails: list[Draft] = []  # texts that stopped in mid-sentence and were not continued yet
    for draft in drafts:
        head = draft.kind is BlockKind.PARAGRAPH and draft.starts_chunk and draft.wrapped
        tail = _tail_for(draft, result, tails, in_order) if head else None
        if tail is None:
            result.append(draft)
            if _can_go_on(draft):
                tails.append(draft)
            continue
        tail.take_over(draft)
        if not _can_go_on(tail):
            tails = [t for t in tails if t is not tail]
    return result


def _can_go_on(draft: Draft) -> bool:
    """Whether the text stops in mid-sentence because its column, page or box does."""
    return draft.kind in _FLOW and draft.is_open and draft.wrapped and draft.ends_chunk


def _tail_for(
    draft: Draft, before: Sequence[Draft], tails: Sequence[Draft], in_order: bool
) -> Draft | None:
    """The block that the draft continues, if that is certain."""
    page = draft.lines[0].page
    near = [t for t in tails if page - t.lines[-1].page <= _REACH]
    previous = _last_text(before)
    adjacent = previous if any(t is previous for t in near) else None
    if _LOWER.match(draft.text):
        if adjacent is not None:
            rivals = [t for t in near if t is not adjacent and _is_rival(t, page)]
            certain = in_order or not rivals or adjacent.kind is BlockKind.LIST_ITEM
            return adjacent if certain else None
        paragraphs = [t for t in near if t.kind is BlockKind.PARAGRAPH]
        return paragraphs[0] if in_order and len(paragraphs) == 1 else None
    return adjacent if adjacent is not None and _runs_on(adjacent, draft) else None


def _is_rival(tail: Draft, page: int) -> bool:
    """Whether a paragraph of the page before still waits for its continuation."""
    waits = tail.kind is BlockKind.PARAGRAPH and len(tail.lines) >= _PARAGRAPH_LINES
    return waits and tail.lines[-1].page == page - 1


def _last_text(before: Sequence[Draft]) -> Draft | None:
    """The block of running text whose lines came last, looking past what stands beside it."""
    latest: Draft | None = None
    for draft in reversed(before[-_WINDOW:]):
        if draft.kind not in _BESIDE and (
            latest is None or draft.lines[-1].start > latest.lines[-1].start
        ):
            latest = draft
    return latest if latest is not None and latest.kind in _FLOW else None


def _runs_on(tail: Draft, draft: Draft) -> bool:
    """Whether a sentence goes on with a capital or a figure: its last line was full."""
    if len(draft.lines) < 2 or len(tail.lines) < 2:
        return False
    widths = sorted((tail.width, draft.width))
    if widths[0] < _SAME_WIDTH * widths[1]:
        return False
    text = tail.text
    if goes_on(text) and not text.endswith((":", ",")):
        return True
    return len(tail.lines[-1].text.strip()) > FULL * tail.width
