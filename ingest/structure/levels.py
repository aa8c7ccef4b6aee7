"""Ranks of headings, from their forms and from what goes before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.document import BlockKind
from ingest.structure.drafts import Draft
from ingest.structure.headings import Form, HeadingMark

_ANCHORS = (Form.ROMAN, Form.DECIMAL, Form.CHAPTER, Form.NAMED)
_UNNUMBERED = (Form.ISOLATED, Form.ATTACHED)
_SMALL_WORDS = re.compile(r"[^\w]+")
_THEME_LENGTH = 40  # characters; a longer title is not announced by name
_MINIMUM_THEMES = 2


def assign_levels(drafts: Sequence[Draft], titles: Sequence[str]) -> None:
    """Give every heading its level (1 is a chapter); ``titles`` are the blocks' clean texts."""
    ranks = _Ranks()
    marked = {id(draft) for draft in drafts if draft.level and draft.heading}
    previous: Draft | None = None
    for draft, title in zip(drafts, titles, strict=True):
        if draft.heading is not None:
            ranks.place(draft, draft.heading, title, previous)
        previous = draft
    _lower_themes(drafts, titles, marked)


@dataclass(slots=True)
class _Ranks:
    """The headings that went before, as far as they decide the level of the next one."""

    anchor: int = 0  # level of the last heading that has one by its own form
    surrounding: int = 0  # level of the last heading of the running text
    unnumbered: int = 0  # level of the last heading without a number
    not_loose: int = 0
    part: int = 0  # level of the last heading that a reaction can answer
    reaction: int = 0  # level of the reaction in which the next heading stands
    chapter: tuple[str, ...] = ()  # the open chapter's title, as it may be repeated
    labels: set[str] = field(default_factory=set)
    boxes: dict[int, int] = field(default_factory=dict)  # level of each box's own heading

    def place(self, draft: Draft, mark: HeadingMark, title: str, previous: Draft | None) -> None:
        """Decide the level of a heading, and remember it."""
        if draft.repeats:  # it opens no section
            draft.level = 1
            return
        whole = f"{draft.marker} {title}" if mark.form is Form.CHAPTER else title
        again = _key(title) in self.chapter
        if again or (mark.form is Form.CHAPTER and _key(f"{mark.text} {title}") in self.chapter):
            draft.repeats = True
            draft.level = 1
            return
        if draft.box is not None and not draft.level:
            draft.level = self._in_box(draft.box)
            return
        level = draft.level or self._level(mark, draft, previous)  # a format knows its levels best
        draft.level = level
        self._remember(mark, level)
        if level == 1:
            self.chapter = (_key(title), _key(whole))

    def _in_box(self, box: int) -> int:
        """One below the surroundings for the box's own heading, two for those inside it."""
        if box in self.boxes:
            return self.boxes[box] + 1
        self.boxes[box] = self.surrounding + 1
        return self.boxes[box]

    def _level(self, mark: HeadingMark, draft: Draft, previous: Draft | None) -> int:
        above = self.anchor
        if mark.form in (Form.ROMAN, Form.CHAPTER, Form.NAMED):
            above = 0
        elif mark.form is Form.DECIMAL:
            above = mark.depth - 1
        elif mark.form is Form.LOOSE:
            above = self.not_loose
        elif mark.form is Form.REACTION:
            above = self.part
        elif mark.form is Form.LABELLED and mark.text in self.labels:  # once more, in an overview
            above = self.unnumbered
        elif mark.form in _UNNUMBERED and previous is not None and _stands_below(previous, draft):
            above = previous.level
        elif mark.form is Form.ATTACHED and self.reaction:
            above = self.reaction
        return above + 1

    def _remember(self, mark: HeadingMark, level: int) -> None:
        self.surrounding = level
        if mark.form in _ANCHORS:
            self.anchor = level
        if mark.form in _UNNUMBERED:
            self.unnumbered = level
        if mark.form is not Form.LOOSE:
            self.not_loose = level
        if mark.form is Form.REACTION:
            self.reaction = level
        elif mark.form is not Form.ATTACHED:
            self.reaction = 0
        if mark.form not in (Form.REACTION, Form.ATTACHED):
            self.part = level
        if mark.form is Form.LABELLED:
            self.labels.add(mark.text)


def _stands_below(previous: Draft, draft: Draft) -> bool:
    """Whether a heading stands directly under another one without a number."""
    if previous.heading is None or previous.box is not None:
        return False
    if draft.aside is not None or previous.aside is not None or previous.repeats:
        return False
    return previous.heading.form in _UNNUMBERED


def _lower_themes(drafts: Sequence[Draft], titles: Sequence[str], marked: set[int]) -> None:
    """Put headings below the one whose text announces them by name, one after the other."""
    headings = [i for i, draft in enumerate(drafts) if _is_theme(draft, marked)]
    for place, index in enumerate(headings):
        text = _announcement(drafts, titles, index)
        at = 0
        named: list[Draft] = []
        for number in range(place + 1, len(headings)):
            other = headings[number]
            at = _end_of_word(text, titles[other].casefold(), at)
            if at < 0 or drafts[other].level != drafts[index].level:
                break
            named.append(drafts[other])
        if len(named) >= _MINIMUM_THEMES:
            for draft in named:
                draft.level += 1


def _end_of_word(text: str, word: str, start: int) -> int:
    """Where a word ends that stands in a text by itself, from ``start`` on; -1 if it does not."""
    at = text.find(word, start)
    while at >= 0:
        end = at + len(word)
        if not (text[max(at - 1, 0) : at].isalnum() or text[end : end + 1].isalnum()):
            return end
        at = text.find(word, end)
    return -1


def _is_theme(draft: Draft, marked: set[int]) -> bool:
    mark = draft.heading
    if mark is None or mark.form not in _UNNUMBERED or id(draft) in marked:
        return False
    return draft.box is None and draft.aside is None and len(draft.text) <= _THEME_LENGTH


def _announcement(drafts: Sequence[Draft], titles: Sequence[str], index: int) -> str:
    """The paragraph below a heading."""
    below = index + 1
    while below < len(drafts) and drafts[below].kind is BlockKind.FOOTNOTE:
        below += 1
    if below == len(drafts) or drafts[below].kind is not BlockKind.PARAGRAPH:
        return ""
    return titles[below].casefold()


def _key(title: str) -> str:
    return _SMALL_WORDS.sub(" ", title).strip().casefold()
