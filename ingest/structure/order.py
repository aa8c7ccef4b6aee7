"""Reading order, where an extractor printed the parts of a page in another one.

A page (or a spread of two) is scrambled as a whole: its parts are whole columns. What shows it are
numbers out of order ("1.3" before "1.2"), and sentences: a page that begins with the end of a
sentence which a later column of the same page begins, or a sentence from the page before that
goes on in the middle of this one. Where a document's extractor does so page after page, a page
without such evidence is put in order as the others were. Nothing moves from page to page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from ingest.document import BlockKind
from ingest.structure.boxes import FLOW, LOWER
from ingest.structure.chunks import FRAME_GAP, FULL
from ingest.structure.drafts import Draft
from ingest.structure.headings import Form
from ingest.structure.layout import full_lines

_HABIT = 3  # scrambled pages before a document's extractor is taken to scramble
_RARE = 4  # times as many of them as pages that go on from the one before
_SPANNING = 1.4  # times the running text's width from which a text goes over all columns

_SAME_WIDTH = 0.75  # least ratio of the widths of two columns of one text

_Key = tuple[str, tuple[int, ...]]
_Page = list[Draft]


def put_in_order(drafts: Sequence[Draft], body: float) -> list[Draft]:
    """The drafts in reading order; they stand in source order, with their boxes marked."""
    pages = [list(page) for _, page in groupby(drafts, key=lambda draft: draft.page)]
    if body:
        moved = [_by_evidence(pages, number) for number in range(len(pages))]
        _by_habit(pages, moved)
        _place_openings(pages, body)
    for page in pages:
        _place_margin_title(page)
    return [draft for page in pages for draft in page]


def with_footnotes(drafts: Sequence[Draft], notes: Sequence[Draft]) -> list[Draft]:
    """The drafts with each footnote behind the text that its own text follows in the source."""
    ends = sorted((draft.lines[-1].end, place) for place, draft in enumerate(drafts))
    offsets = [end for end, _ in ends]
    behind: dict[int, list[Draft]] = defaultdict(list)
    for note in notes:
        at = bisect_right(offsets, note.start) - 1
        behind[ends[at][1] if at >= 0 else -1].append(note)
    placed = list(behind[-1])
    for place, draft in enumerate(drafts):
        placed += [draft, *behind[place]]
    return placed


def _by_evidence(pages: list[_Page], number: int) -> bool:
    """Put a page in order; whether there was evidence that it was not."""
    page = pages[number]
    before = _last_flow(pages[number - 1]) if number else None
    order = _by_numbers(page, before) or _by_sentence(page, before)
    if order is not None:
        pages[number] = order
    return order is not None


def _by_numbers(page: _Page, before: Draft | None) -> _Page | None:
    """The page with its numbered parts in the order of their numbers, if they are not."""
    marked = [(i, key) for i, draft in enumerate(page) if (key := _key(draft)) is not None]
    for series in sorted({name for _, (name, _) in marked}):
        starts = [(i, number) for i, (name, number) in marked if name == series]
        numbers = [number for _, number in starts]
        if numbers == sorted(numbers) or not _is_series(sorted(numbers)):
            continue
        parts = _divided(page, starts, before)
        return [draft for _, part in sorted(parts, key=lambda p: p[0]) for draft in part]
    return None


def _divided(
    page: _Page, starts: Sequence[tuple[int, tuple[int, ...]]], before: Draft | None
) -> list[tuple[tuple[int, ...], _Page]]:
    """A page's parts with their numbers; what goes on from the page before has none."""
    parts: list[tuple[tuple[int, ...], _Page]] = [((), page[: starts[0][0]])]
    waiting = before is not None and _stops_short(before) and not _heads(page[: starts[0][0]])
    ends = [*(i for i, _ in starts[1:]), len(page)]
    for (first, number), end, nearest in zip(starts, ends, [*starts[1:], None], strict=True):
        at = end
        if waiting and nearest is not None and nearest[1] < number:
            at = _even_cut(page, first, end)
            waiting = at == end
        parts.append((number, page[first:at]))
        if at < end:
            parts.append(((), page[at:end]))
    return parts


def _even_cut(page: _Page, first: int, end: int) -> int:
    """Where in ``page[first:end]`` a column begins in mid-sentence, so that halves are even."""
    cuts = [i for i in range(first + 1, end) if _is_head(page[i])]
    lines = [0, *accumulate(len(draft.lines) for draft in page)]
    return min(cuts, key=lambda i: abs(2 * lines[i] - lines[-1]), default=end)


def _by_sentence(page: _Page, before: Draft | None) -> _Page | None:
    """The page as the halves of its sentences demand, if it stands otherwise."""
    flow = [i for i, draft in enumerate(page) if _is_flow(draft)]
    if not flow:
        return None
    open_before = before is not None and _stops_short(before)
    first = page[flow[0]]
    if open_before and not _is_head(first):
        orphans = [i for i in _orphans(page, flow) if page[i].box is None]
        return page[orphans[0] :] + page[: orphans[0]] if len(orphans) == 1 else None
    if not open_before and before is not None and _is_head(first):
        return _behind_its_beginning(page, flow)
    return None


def _orphans(page: _Page, flow: Sequence[int]) -> list[int]:
    """Texts that begin in mid-sentence although the text before them ended one."""
    return [
        here for last, here in pairwise(flow) if _is_head(page[here]) and not page[last].is_open
    ]


def _behind_its_beginning(page: _Page, flow: Sequence[int]) -> _Page | None:
    """The page with its first part behind the sentence of which that part is the end."""
    tails = [
        here
        for here, after in zip(flow, [*flow[1:], None], strict=True)
        if _is_cut_off(page[here])
        and page[here].width > _SAME_WIDTH * page[flow[0]].width
        and (after is None or not _is_head(page[after]))
    ]
    if len(tails) != 1:
        return None
    tail = tails[0]
    cuts = [i for i in range(1, tail + 1) if page[i].gap >= FRAME_GAP or _key(page[i])]
    frames = [i for i in cuts if page[i].gap >= FRAME_GAP]
    if not cuts:
        return None
    cut = (frames or cuts)[0]
    return page[cut : tail + 1] + page[:cut] + page[tail + 1 :]


def _by_habit(pages: list[_Page], moved: Sequence[bool]) -> None:
    """Put the other pages in order too, where a document's pages are scrambled again and again."""
    steady = sum(
        _stops_short(before) and any(_is_flow(d) for d in page) and _heads(page)
        for (last, page), was_moved in zip(pairwise(pages), moved[1:], strict=False)
        if not was_moved and (before := _last_flow(last)) is not None
    )
    if sum(moved) < _HABIT or sum(moved) < _RARE * steady:
        return
    for number, page in enumerate(pages):
        if moved[number] or not page:
            continue
        starts = [i for i, draft in enumerate(page) if _key(draft) or _is_named(draft)]
        if len(starts) == 1 and starts[0] and _key(page[starts[0]]):
            pages[number] = page[starts[0] :] + page[: starts[0]]


def _place_openings(pages: list[_Page], body: float) -> None:
    """Put a text over all columns behind the chapter's title on the page before, if it opens it."""
    for before, page in pairwise(pages):
        if not page or not _spans(page[0], body):
            continue
        title = next((i for i, d in enumerate(before) if _is_chapter(d)), None)
        if title is None:
            continue
        rest = [d for d in before[title + 1 :] if d.aside is None]
        if not rest or rest[0].heading is not None:
            before.insert(title + 1, page.pop(0))


def _place_margin_title(page: _Page) -> None:
    """Put a chapter's name that was printed beside its page at the head of that page."""
    for index, draft in enumerate(page):
        if draft.heading is None or draft.box is not None or draft.aside is not None:
            continue
        if draft.heading.form is not Form.NAMED:
            return
        last = not any(d.kind in FLOW or d.heading is not None for d in page[index + 1 :])
        if index and (draft.margin or last) and not _heads(page):
            page.insert(0, page.pop(index))
        return


def _key(draft: Draft) -> _Key | None:
    """The series and number of a numbered heading of the main text."""
    mark = draft.heading
    if mark is None or draft.box is not None or draft.aside is not None:
        return None
    if mark.form in (Form.DECIMAL, Form.CHAPTER):
        parts = mark.number.split(".")
        return ("", tuple(map(int, parts))) if all(p.isdecimal() for p in parts) else None
    if mark.form is Form.LABELLED:
        return mark.text.partition(" ")[0], (int(mark.number),)
    return None


def _is_series(numbers: Sequence[tuple[int, ...]]) -> bool:
    """Whether numbers follow each other without a gap: "1", "1.1", "1.2"."""
    return all(
        after in ((*number, 1), (*number[:-1], number[-1] + 1), (number[0] + 1,))
        for number, after in pairwise(numbers)
    )


def _is_named(draft: Draft) -> bool:
    return draft.heading is not None and draft.heading.form is Form.NAMED


def _is_chapter(draft: Draft) -> bool:
    key = _key(draft)
    return key is not None and key[0] == "" and len(key[1]) == 1


def _is_flow(draft: Draft) -> bool:
    return draft.kind in FLOW and draft.box is None and draft.aside is None


def _is_head(draft: Draft) -> bool:
    """Whether a text begins in mid-sentence at the top of a column."""
    begins = draft.kind is BlockKind.PARAGRAPH and draft.starts_chunk and draft.wrapped
    return begins and _is_flow(draft) and bool(LOWER.match(draft.text))


def _heads(page: Sequence[Draft]) -> bool:
    """Whether the first running text begins in mid-sentence."""
    first = next((draft for draft in page if _is_flow(draft)), None)
    return first is not None and _is_head(first)


def _stops_short(draft: Draft) -> bool:
    return draft.is_open and draft.wrapped and draft.ends_chunk and len(draft.lines) > 1


def _is_cut_off(draft: Draft) -> bool:
    """Whether a paragraph stops in mid-sentence at the full width of its column."""
    full = len(draft.lines[-1].text.strip()) > FULL * draft.width
    return draft.kind is BlockKind.PARAGRAPH and full and _stops_short(draft)


def _last_flow(page: Sequence[Draft]) -> Draft | None:
    return next((draft for draft in reversed(page) if _is_flow(draft)), None)


def _spans(draft: Draft, body: float) -> bool:
    full = full_lines(draft.lines)
    return _is_flow(draft) and len(full) > 1 and sum(full) > _SPANNING * body * len(full)
