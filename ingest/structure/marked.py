"""The outline of a document whose format marks its structure (or whose layout shows it)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import BlockKind, Line
from ingest.readers.extraction import Element, Extraction
from ingest.structure.drafts import Draft, cut_front
from ingest.structure.headings import Form, HeadingMark, form_of, number_mark
from ingest.structure.letters import paper_number
from ingest.structure.outline import Outline
from ingest.structure.sections import merge_title_pages
from ingest.structure.styled import name_elements
from ingest.text.normalise import Cut

_NUMBER = re.compile(r"\s*((\d{1,2}(?:\.\d{1,2})*)\.?)\s+(?=[‘“\"']?[^\W\d_a-z])")
_NAMED_NUMBER = re.compile(
    r"\s*((?:Hoofdstuk|Deel|Bijlage|Annex|Paragraaf|Artikel)\s+(\d{1,3}[a-z]?|[IVX]+|[A-Z]))\b"
    r"[.:]?\s+(?:[–-]\s+)?(?=\S)"
)


def outline_marked(extraction: Extraction) -> Outline:
    """The elements as drafts, in the order of the elements, after naming those without a kind."""
    elements = name_elements(extraction.elements or ())
    drafts = merge_title_pages([_draft(element) for element in elements])
    cuts = {
        mark.span.start: Cut(mark.span, mark.label, mark.span) for mark in extraction.references
    }
    taken = {line.start for element in elements for line in element.lines}
    noise = [line for line in extraction.lines if line.text.strip() and line.start not in taken]
    defined = frozenset(e.marker for e in elements if e.kind is BlockKind.FOOTNOTE and e.marker)
    words = [line for draft in drafts for line in draft.body]
    return Outline(drafts, cuts, noise, defined, words)


def _draft(element: Element) -> Draft:
    kind = element.kind or BlockKind.PARAGRAPH
    draft = Draft(
        kind,
        list(element.lines),
        list(element.body),
        marker=element.marker,
        level=element.level,
        attribution=element.attribution,
        wrapped=False,
        width=max(len(line.text) for line in element.lines),
        box=element.box,
        cells=element.cells,
        header_rows=element.header_rows,
    )
    if kind is BlockKind.HEADING:
        _mark_heading(draft)
    return draft


def _mark_heading(draft: Draft) -> None:
    """Separate a heading's number from its title, and give it its form."""
    mark = number_mark(draft.marker + " " + draft.text if draft.marker else draft.text)
    if draft.marker:
        draft.heading = (
            HeadingMark(mark.form, draft.marker, mark.number)
            if mark
            else HeadingMark(Form.ISOLATED, draft.marker, draft.marker.rstrip(".)"))
        )
        return
    mark = number_mark(draft.body[0].text) or _plain_number(draft.body[0].text)
    draft.repeats = paper_number(draft.body[0].text) is not None  # the paper's own title
    if mark is None:
        draft.heading = HeadingMark(form_of(draft.text, attached=False))
        return
    title = cut_front(draft.body, mark.end)
    draft.marker = mark.text if title else ""
    draft.body = _filled(title) or draft.body
    draft.heading = mark


def _plain_number(line: str) -> HeadingMark | None:
    """A heading's number with one space behind it, where the format says that it is a heading."""
    if match := paper_number(line):
        return HeadingMark(Form.ISOLATED, match["number"], "", match.end())
    if match := _NUMBER.match(line):
        return HeadingMark(Form.DECIMAL, match[1], match[2], match.end())
    if match := _NAMED_NUMBER.match(line):
        return HeadingMark(Form.CHAPTER, match[1], match[2], match.end())
    return None


def _filled(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.text.strip()]
