"""The outline of a text without marks, found by rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.document import BlockKind, Line
from ingest.readers.extraction import Extraction
from ingest.structure.boxes import mark_boxes, number_boxes
from ingest.structure.chunks import chunk_lines
from ingest.structure.drafts import Draft, plain
from ingest.structure.joins import join_interrupted
from ingest.structure.layout import layout_of
from ingest.structure.order import put_in_order, with_footnotes
from ingest.structure.outline import Outline
from ingest.structure.sections import merge_title_pages
from ingest.structure.structurer import Structurer
from ingest.text.footnotes import Definition, lift_footnotes
from ingest.text.noise import split_noise
from ingest.text.normalise import Cut, bookmark_cuts
from ingest.text.references import find_references


def outline_unmarked(extraction: Extraction) -> Outline:
    """Noise and footnotes lifted out, then blocks by layout and wording."""
    lines, noise = split_noise(extraction.lines)
    body, found = lift_footnotes(lines)
    definitions = [definition for definition in found if definition.body()]
    noise += [line for definition in found if not definition.body() for line in definition.lines]
    labels = {int(d.label): d.page for d in definitions if d.label}
    cuts = {**bookmark_cuts(body), **find_references(body, labels)}
    line_starts = frozenset(line.start for line in extraction.lines)
    masked = _masked(body, cuts)
    noise += [line for line, left in zip(body, masked, strict=True) if _is_emptied(line, left)]
    layout = layout_of(chunk_lines(masked, line_starts))
    drafts = Structurer(layout).drafts()
    mark_boxes(drafts, layout.body)
    drafts = put_in_order(drafts, layout.body)
    number_boxes(drafts)
    drafts = with_footnotes(drafts, [_footnote(d) for d in definitions])
    drafts = merge_title_pages(join_interrupted(drafts, _in_order(drafts)))
    defined = frozenset(d.label for d in definitions if d.label)
    return Outline(drafts, cuts, noise, defined, body)


def _masked(lines: Sequence[Line], cuts: Mapping[int, Cut]) -> list[Line]:
    """The lines with blanks for what is left out, so that structure is judged on the text."""
    masked: list[Line] = []
    ordered = sorted(cuts)
    at = 0
    for line in lines:
        parts: list[str] = []
        kept = 0
        while at < len(ordered) and ordered[at] < line.start:
            at += 1
        while at < len(ordered) and ordered[at] < line.end:
            span = cuts[ordered[at]].span
            parts += [line.text[kept : span.start - line.start], " " * (span.end - span.start)]
            kept = span.end - line.start
            at += 1
        parts.append(line.text[kept:])
        masked.append(Line("".join(parts), line.start, line.page) if kept else line)
    return masked


def _is_emptied(line: Line, left: Line) -> bool:
    """Whether nothing is left of a line but what was cut from it."""
    return bool(line.text.strip()) and not left.text.strip()


def _in_order(drafts: Sequence[Draft]) -> bool:
    """Whether the columns stand in reading order, to judge by the footnotes' numbers."""
    notes = [draft.marker for draft in drafts if draft.kind is BlockKind.FOOTNOTE]
    numbers = [int(label) for label in notes if label]
    return numbers == sorted(numbers)


def _footnote(definition: Definition) -> Draft:
    draft = plain(BlockKind.FOOTNOTE, definition.lines)
    draft.body = definition.body()
    draft.marker = definition.label
    return draft
