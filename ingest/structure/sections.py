"""The tree of sections that headings open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.document import BlockKind, Section
from ingest.structure.drafts import Draft
from ingest.structure.headings import Form, HeadingMark

_SUBSECTION = 2
_BESIDE = (BlockKind.FOOTNOTE, BlockKind.CAPTION, BlockKind.PULL_QUOTE)


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


def build_sections(
    drafts: Sequence[Draft], titles: Sequence[str]
) -> tuple[tuple[Section, ...], list[int | None]]:
    """The sections, and for each draft the index of its innermost section.

    A numbered heading is placed by its number ("1.2" below "1", wherever that stands); every other
    one by its level. A section that begins in a box (or in a list that is set apart) ends with it.
    """
    sections: list[Section] = []
    of_block: list[int | None] = []
    open_sections: list[int] = []
    around: list[int] = []  # the sections that were open where the box began
    inside: tuple[str, int] | None = None
    for order, (draft, title) in enumerate(zip(drafts, titles, strict=True)):
        if draft.kind not in _BESIDE and (here := _set_apart(draft)) != inside:
            open_sections = list(around) if inside else open_sections
            around, inside = list(open_sections), here
        if draft.kind is BlockKind.HEADING and not draft.repeats:
            mark = draft.heading or HeadingMark(Form.ISOLATED)
            open_sections = [i for i in open_sections if sections[i].level < draft.level]
            parent = open_sections[-1] if open_sections else None
            number = mark.number
            sections.append(
                Section(len(sections), number, title, draft.level, parent, heading=order)
            )
            open_sections.append(len(sections) - 1)
        beside = inside is not None and _set_apart(draft) is None
        here_open = around if beside else open_sections
        of_block.append(here_open[-1] if here_open else None)
    return tuple(_place_by_number(sections)), of_block


def _set_apart(draft: Draft) -> tuple[str, int] | None:
    """The box or other set-apart part in which a draft stands."""
    if draft.box is not None:
        return "box", draft.box
    return ("aside", draft.aside) if draft.aside is not None else None


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
