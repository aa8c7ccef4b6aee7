"""Joining what a page, a column or a box interrupted: one paragraph, one block.

A paragraph that ends in the middle of a sentence and a later one that begins in lower case belong
together. With something else in between they are joined only when no other pair is possible. What
stands in a box, a figure or a list apart is not in between: it is another text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.document import BlockKind
from ingest.structure.boxes import FLOW, LOWER
from ingest.structure.chunks import FULL
from ingest.structure.drafts import Draft
from ingest.structure.headings import goes_on

_BESIDE = (BlockKind.CAPTION, BlockKind.PULL_QUOTE, BlockKind.FOOTNOTE)
_BROKEN = re.compile(r"[^\W\d_]-\s*$")  # a word that goes on
_REACH = 2  # pages; a box or picture may fill one page between the halves of a paragraph
_WAITING = 20  # blocks that may wait for their continuation; a text has only a few
_PARAGRAPH_LINES = 3  # fewer are a figure's labels
_SAME_WIDTH = 0.75  # least ratio of the widths of two parts of one column


@dataclass(slots=True)
class _Text:
    """The running text, or that of one box, as far as it was read."""

    last: Draft | None = None  # the block whose lines came last
    count: int = 0  # how many drafts it has had
    others: int = 0  # how many drafts of other texts stood before its last block
    tails: list[Draft] = field(default_factory=list)  # stopped in mid-sentence, not continued yet


def join_interrupted(drafts: Sequence[Draft], in_order: bool) -> list[Draft]:
    """The drafts with interrupted paragraphs and list items put together, in their order.

    ``in_order`` tells whether the text's columns stand in reading order; where they do not, the
    next paragraph may continue another one, and doubtful pairs stay apart.
    """
    result: list[Draft] = []
    texts: dict[tuple[int | None, int | None], _Text] = {}
    for number, draft in enumerate(drafts):
        text = texts.setdefault((draft.box, draft.aside), _Text())
        near = [t for t in text.tails if draft.page - t.lines[-1].page <= _REACH]
        text.tails = near[-_WAITING:]
        head = draft.kind is BlockKind.PARAGRAPH and draft.starts_chunk and draft.wrapped
        others = number - text.count
        tail = _tail_for(draft, text, others, in_order) if head else None
        text.count += 1
        if tail is None:
            result.append(draft)
            _remember(draft, text, others)
            continue
        tail.take_over(draft)
        text.last, text.others = tail, others
        if not _can_go_on(tail):
            text.tails = [t for t in text.tails if t is not tail]
    return result


def _remember(draft: Draft, text: _Text, others: int) -> None:
    if draft.kind not in _BESIDE:
        text.last, text.others = draft, others
    if draft.kind is BlockKind.HEADING and not _is_in_sentence(draft):
        text.tails = []
    if _can_go_on(draft):
        text.tails.append(draft)


def _is_in_sentence(draft: Draft) -> bool:
    """Whether a heading may be a box's that was not recognised: it has no number of its own."""
    return draft.heading is not None and not draft.heading.number


def _can_go_on(draft: Draft) -> bool:
    """Whether the text stops in mid-sentence because its column, page or box does."""
    return draft.kind in FLOW and draft.is_open and draft.wrapped and draft.ends_chunk


def _tail_for(draft: Draft, text: _Text, others: int, in_order: bool) -> Draft | None:
    """The block that the draft continues, if that is certain.

    ``others`` counts the drafts of other texts before it: a box in between, if there are more now.
    """
    page = draft.page
    adjacent = text.last if any(t is text.last for t in text.tails) else None
    if LOWER.match(draft.text):
        if adjacent is not None:
            rivals = [t for t in text.tails if t is not adjacent and _is_rival(t, page)]
            certain = in_order or not rivals or adjacent.kind is BlockKind.LIST_ITEM
            return adjacent if certain or _BROKEN.search(adjacent.text) else None
        paragraphs = [t for t in text.tails if t.kind is BlockKind.PARAGRAPH]
        return paragraphs[0] if in_order and len(paragraphs) == 1 else None
    if adjacent is None or text.others != others or not _runs_on(adjacent, draft):
        return None
    return adjacent


def _is_rival(tail: Draft, page: int) -> bool:
    """Whether a paragraph of the page before still waits for its continuation."""
    waits = tail.kind is BlockKind.PARAGRAPH and len(tail.lines) >= _PARAGRAPH_LINES
    return waits and tail.lines[-1].page == page - 1


def _runs_on(tail: Draft, draft: Draft) -> bool:
    """Whether a sentence goes on with a capital or a figure: its last line was full."""
    if len(draft.lines) < 2 or (len(tail.lines) < 2 and tail.starts_chunk):
        return False
    widths = sorted((tail.width, draft.width))
    if widths[0] < _SAME_WIDTH * widths[1]:
        return False
    text = tail.text
    if goes_on(text) and not text.endswith((":", ",")):
        return True
    if tail.kind is BlockKind.LIST_ITEM and tail.lines[-1].page == draft.page:
        return False
    return len(tail.lines[-1].text.strip()) > FULL * tail.width
