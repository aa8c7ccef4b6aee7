"""Levels of headings, and the tree of sections they open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.document import BlockKind, Section
from ingest.structure.drafts import Draft
from ingest.structure.headings import Form, HeadingMark

_ANCHORS = (Form.ROMAN, Form.DECIMAL, Form.CHAPTER, Form.NAMED)
_BOX_LEVEL = 3
_SUBSECTION = 2
_SMALL_WORDS = re.compile(r"[^\w]+")


@dataclass(slots=True)
class _Heading:
    """A heading on its way to becoming a section."""

    form: Form
    number: str
    title: str
    level: int


def merge_title_pages(drafts: Sequence[Draft]) -> list[Draft]:
    """Put a chapter's bare number and the title that follows it into one heading.

    A later heading that repeats the whole title of the open chapter is marked as a repetition.
    """
    merged: list[Draft] = []
    for draft in drafts:
        last = merged[-1] if merged else None
        beside = last is not None and last.box == draft.box
        if last is not None and beside and _is_bare(last) and _is_title(draft):
            marker = last.text
            number = last.heading.number if last.heading else ""
            last.lines.extend(draft.lines)
            last.body = list(draft.body)
            last.marker = marker
            last.heading = HeadingMark(Form.CHAPTER, marker, number)
        else:
            merged.append(draft)
    return merged


def _is_bare(draft: Draft) -> bool:
    """Whether a heading is nothing but "Hoofdstuk 1"."""
    mark = draft.heading
    return mark is not None and mark.form is Form.CHAPTER and not draft.marker


def _is_title(draft: Draft) -> bool:
    return draft.heading is not None and draft.heading.form in (Form.ISOLATED, Form.ATTACHED)


def assign_levels(drafts: Sequence[Draft], titles: Sequence[str]) -> None:
    """Give every heading its level (1 is a chapter); ``titles`` are the blocks' clean texts."""
    headings = [(d, t) for d, t in zip(drafts, titles, strict=True) if d.heading is not None]
    nested = any(
        d.heading and d.heading.form is Form.DECIMAL and d.heading.depth > 1 for d, _ in headings
    )
    past: list[_Heading] = []
    chapter_titles: list[str] = []
    for draft, title in headings:
        mark = draft.heading
        assert mark is not None
        if chapter_titles and _key(title) in chapter_titles:
            draft.repeats = True
            draft.level = 1
            continue
        if mark.form is Form.CHAPTER and _key(f"{mark.text} {title}") in chapter_titles:
            draft.repeats = True
            draft.level = 1
            continue
        level = draft.level or _level(mark, past, nested)  # a format that marks levels knows best
        draft.level = level
        past.append(_Heading(mark.form, mark.number, title, level))
        if level == 1:
            whole = f"{draft.marker} {title}" if mark.form is Form.CHAPTER else title
            chapter_titles = [_key(title), _key(whole)]


def _key(title: str) -> str:
    return _SMALL_WORDS.sub(" ", title).strip().casefold()


def _level(mark: HeadingMark, past: Sequence[_Heading], nested: bool) -> int:
    """The level of a heading after those that went before."""
    match mark.form:
        case Form.ROMAN | Form.CHAPTER | Form.NAMED:
            return 1
        case Form.DECIMAL:
            return mark.depth
        case Form.LABELLED if nested:
            return _BOX_LEVEL
    above = _heading_above(mark.form, past)
    return above.level + 1 if above else 1


def _heading_above(form: Form, past: Sequence[_Heading]) -> _Heading | None:
    """The heading directly under which one without a level of its own stands."""
    back = list(reversed(past))
    anchor = next((h for h in back if h.form in _ANCHORS), None)
    match form:
        case Form.LOOSE:
            return next((h for h in back if h.form is not Form.LOOSE), None)
        case Form.REACTION:
            return next((h for h in back if _is_part(h)), None)
        case Form.ATTACHED:
            return _open_reaction(past) or anchor
        case _:
            return anchor


def _is_part(heading: _Heading) -> bool:
    """Whether a heading can be the part that a reaction answers."""
    return heading.form not in (Form.REACTION, Form.ATTACHED)


def _open_reaction(past: Sequence[_Heading]) -> _Heading | None:
    """The reaction within which the next heading stands."""
    for heading in reversed(past):
        if heading.form is Form.REACTION:
            return heading
        if heading.form is not Form.ATTACHED:
            return None
    return None


def build_sections(
    drafts: Sequence[Draft], titles: Sequence[str]
) -> tuple[tuple[Section, ...], list[int | None]]:
    """The sections, and for each draft the index of its innermost section.

    A numbered heading is placed by its number ("1.2" below "1", wherever that stands); every other
    one by its level.
    """
    sections: list[Section] = []
    of_block: list[int | None] = []
    open_sections: list[int] = []
    for order, (draft, title) in enumerate(zip(drafts, titles, strict=True)):
        if draft.kind is BlockKind.HEADING and not draft.repeats:
            mark = draft.heading or HeadingMark(Form.ISOLATED)
            open_sections = [i for i in open_sections if sections[i].level < draft.level]
            parent = open_sections[-1] if open_sections else None
            number = mark.number
            sections.append(
                Section(len(sections), number, title, draft.level, parent, heading=order)
            )
            open_sections.append(len(sections) - 1)
        of_block.append(open_sections[-1] if open_sections else None)
    return tuple(_place_by_number(sections)), of_block


def _place_by_number(sections: Sequence[Section]) -> list[Section]:
    by_number = {s.number: s.order for s in sections if s.level == 1 and s.number}
    placed: list[Section] = []
    for section in sections:
        chapter, dot, _ = section.number.partition(".")
        if dot and section.level == _SUBSECTION and chapter in by_number:
            placed.append(replace(section, parent=by_number[chapter]))
        else:
            placed.append(section)
    return placed
