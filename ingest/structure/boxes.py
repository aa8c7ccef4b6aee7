"""Boxes: texts set apart from the running text, which an extractor prints in the middle of it.

Plain text shows no frame. A box begins at a heading that calls itself one ("Box 3 - ..."), at a
heading whose text is set narrower than the running text, or at a heading in the middle of a
sentence that goes on later. It ends where the running text comes back: at its width, at a heading
of its own, behind a page's end, or where the interrupted sentence goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import BlockKind
from ingest.structure.chunks import FRAME_GAP
from ingest.structure.drafts import Draft
from ingest.structure.headings import Form
from ingest.structure.layout import full_lines, is_body_text

FLOW = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
LOWER = re.compile(r"[(‘“\"'–-]*\s?[a-zß-ÿ]")
_BESIDE = (BlockKind.CAPTION, BlockKind.PULL_QUOTE)
_UNNUMBERED = (Form.ISOLATED, Form.ATTACHED)
_NARROW = 0.87  # share of the running text's width below which a heading's text is a box
_NARROWER = 0.95  # the same for a text that calls itself a box
_SAMPLE = 14  # full lines that show how wide a text is
_ENOUGH = 4  # the least number of them
_WIDER = 3  # characters by which a line passes the widest of the box
_WINDOW = 80  # drafts within which an interrupted sentence goes on
_REACH = 2  # pages, the same
_SAME_WIDTH = 0.75


def mark_boxes(drafts: Sequence[Draft], body: float) -> None:
    """Number the boxes among the drafts, which stand in source order."""
    if not body:
        return
    narrow = _narrow_headings(drafts, body)
    number = 0
    at = 0
    while at < len(drafts):
        end = _end(drafts, at, body, narrow)
        if end is None:
            at += 1
            continue
        for draft in drafts[at:end]:
            if draft.kind not in _BESIDE and draft.aside is None:
                draft.box = number
        number += 1
        at = end


def number_boxes(drafts: Sequence[Draft]) -> None:
    """Number the boxes anew, in the order in which they now stand."""
    order: dict[int, int] = {}
    for draft in drafts:
        if draft.box is not None:
            draft.box = order.setdefault(draft.box, len(order))


def _end(drafts: Sequence[Draft], at: int, body: float, narrow: frozenset[int]) -> int | None:
    """Where the box ends that begins at a draft; ``None`` if none does."""
    draft = drafts[at]
    if draft.heading is None or draft.aside is not None:
        return None
    if draft.heading.form is Form.BOX:
        return _Extent(drafts, at, body, narrow).end()
    if draft.heading.form not in _UNNUMBERED:
        return None
    goes_on = _resumption(drafts, at)
    if goes_on is None and at not in narrow:
        return None
    end = _Extent(drafts, at, body, narrow).end()
    return end if goes_on is None else min(end, goes_on)


class _Extent:
    """How far a box goes, once it has begun."""

    def __init__(
        self, drafts: Sequence[Draft], at: int, body: float, narrow: frozenset[int]
    ) -> None:
        self._drafts = drafts
        self._at = at
        self._body = body
        self._headings = narrow
        sampled = _sampled(drafts, at, _NARROWER * body)
        sample = [length for draft in sampled for length in full_lines(draft.lines)]
        self._width = _mean(sample)
        self._widest = max((_widest(draft) for draft in sampled), default=0)
        self._narrow = len(sample) >= _ENOUGH and self._width < _NARROWER * body
        following = drafts[at + 1] if at + 1 < len(drafts) else None
        self._parts = following is not None and _is_unnumbered(following)

    def end(self) -> int:
        """The index behind the box's last draft."""
        last = self._at
        for index in range(self._at + 1, len(self._drafts)):
            draft = self._drafts[index]
            if draft.kind in _BESIDE:
                if draft.page != self._drafts[last].page:
                    break
                continue
            if self._is_outside(index, last):
                break
            last = index
        return last + 1

    def _is_outside(self, index: int, last: int) -> bool:
        """Whether a draft is no part of the box whose last draft so far is ``last``."""
        draft, before = self._drafts[index], self._drafts[last]
        if draft.aside is not None or draft.kind in (BlockKind.TABLE, BlockKind.SIGNATURE):
            return True
        if draft.page != before.lines[-1].page and not self._crosses(index, before):
            return True
        if draft.kind is BlockKind.HEADING:
            return not self._is_subheading(index)
        return self._comes_back(draft, before, first=last == self._at)

    def _comes_back(self, draft: Draft, before: Draft, first: bool) -> bool:
        """Whether a text is the running text again; ``first`` is the one below the title."""
        goes_on = draft.kind is BlockKind.PARAGRAPH and LOWER.match(draft.text)
        if goes_on and draft.starts_chunk and not before.is_open and not first:
            return True
        if draft.kind is BlockKind.LIST_ITEM and draft.marker == before.marker:
            return self._is_beyond(draft)
        if self._narrow:
            return self._is_wide(draft)
        if draft.after_note or draft.gap >= FRAME_GAP:
            return not first
        return not first and is_body_text(draft.lines, self._body) and self._is_beyond(draft)

    def _crosses(self, index: int, before: Draft) -> bool:
        """Whether the box goes on over a page's end."""
        draft = self._drafts[index]
        if draft.kind is BlockKind.HEADING:
            return self._parts and self._is_subheading(index)
        return before.is_open and bool(LOWER.match(draft.text)) and not self._is_wide(draft)

    def _is_subheading(self, index: int) -> bool:
        """Whether a heading divides the box: it has parts, or it calls itself a box."""
        if not _is_unnumbered(self._drafts[index]):
            return False
        named = self._drafts[self._at].heading
        if index == self._at + 1:
            return True
        if named is not None and named.form is Form.BOX:
            sample = _sample(self._drafts, index, _NARROWER * self._body)
            return len(sample) >= _ENOUGH and not self._is_far(_mean(sample))
        return self._parts and index in self._headings

    def _is_wide(self, draft: Draft) -> bool:
        """Whether a text has the width of the running text rather than the box's."""
        full = full_lines(draft.lines)
        if len(full) > 1:
            return self._is_far(sum(full) / len(full))
        return self._is_beyond(draft)

    def _is_beyond(self, draft: Draft) -> bool:
        return _widest(draft) > self._widest + _WIDER

    def _is_far(self, width: float) -> bool:
        return width > (self._width + self._body) / 2


def _narrow_headings(drafts: Sequence[Draft], body: float) -> frozenset[int]:
    """The unnumbered headings whose text is narrow; none where most texts are."""
    narrow: set[int] = set()
    others = 0
    for index, draft in enumerate(drafts):
        if not _is_unnumbered(draft) or draft.aside is not None:
            continue
        sample = _sample(drafts, index, _NARROW * body)
        if len(sample) >= _ENOUGH and _mean(sample) < _NARROW * body:
            narrow.add(index)
        else:
            others += 1
    return frozenset(narrow) if len(narrow) <= others else frozenset()


def _sample(drafts: Sequence[Draft], at: int, limit: float) -> list[int]:
    """The full lines below a heading, up to the next one or to text wider than ``limit``."""
    return [n for draft in _sampled(drafts, at, limit) for n in full_lines(draft.lines)]


def _sampled(drafts: Sequence[Draft], at: int, limit: float) -> list[Draft]:
    sampled: list[Draft] = []
    count = 0
    for index in range(at + 1, len(drafts)):
        draft = drafts[index]
        if draft.kind is BlockKind.HEADING and index == at + 1 and _is_unnumbered(draft):
            continue
        if draft.kind not in FLOW or draft.page != drafts[at].page or not draft.wrapped:
            break
        full = full_lines(draft.lines)
        if len(full) > 1 and sum(full) > limit * len(full) and sampled:
            break
        sampled.append(draft)
        count += len(full)
        if count >= _SAMPLE:
            break
    return sampled


def _widest(draft: Draft) -> int:
    return max(len(line.text.strip()) for line in draft.lines)


def _mean(lengths: Sequence[int]) -> float:
    return sum(lengths) / len(lengths) if lengths else 0.0


def _is_unnumbered(draft: Draft) -> bool:
    return draft.heading is not None and draft.heading.form in _UNNUMBERED


def _resumption(drafts: Sequence[Draft], at: int) -> int | None:
    """Where a sentence goes on that a heading interrupts; ``None`` if it interrupts none."""
    before = next((d for d in reversed(drafts[max(0, at - _WINDOW) : at]) if _counts(d)), None)
    if before is None or before.kind not in FLOW or not _stops_short(before):
        return None
    if drafts[at].page - before.lines[-1].page > 1:
        return None
    last: Draft | None = None
    for index in range(at + 1, min(len(drafts), at + _WINDOW)):
        draft = drafts[index]
        if draft.page - before.lines[-1].page > _REACH:
            return None
        if not _counts(draft):
            continue
        if draft.heading is not None and draft.heading.form not in (*_UNNUMBERED, Form.BOX):
            return None
        if last is not None and _takes_up(draft, before) and not last.is_open:
            return index
        last = draft
    return None


def _counts(draft: Draft) -> bool:
    return draft.kind not in _BESIDE and draft.aside is None


def _stops_short(draft: Draft) -> bool:
    return draft.is_open and draft.wrapped and draft.ends_chunk and len(draft.lines) > 1


def _takes_up(draft: Draft, before: Draft) -> bool:
    """Whether a text can go on with the sentence that another stopped in."""
    if draft.kind is not BlockKind.PARAGRAPH or not draft.starts_chunk or not draft.wrapped:
        return False
    narrow, wide = sorted((draft.width, before.width))
    return bool(LOWER.match(draft.text)) and narrow >= _SAME_WIDTH * wide
