"""The front door of reading: a file becomes a ``Document``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from ingest.document import (
    Block,
    BlockKind,
    Document,
    Line,
    MappedText,
    NoteReference,
    Range,
    Source,
)
from ingest.readers import read_plain_text
from ingest.structure.chunks import chunk_lines
from ingest.structure.drafts import Draft, plain
from ingest.structure.joins import join_interrupted
from ingest.structure.sections import assign_levels, build_sections, merge_title_pages
from ingest.structure.structurer import Structurer
from ingest.text.footnotes import Definition, lift_footnotes
from ingest.text.noise import split_noise
from ingest.text.normalise import Cut, bookmark_cuts, normalise
from ingest.text.references import find_references
from ingest.text.sentences import sentences
from ingest.text.words import Vocabulary

_Text = tuple[MappedText, tuple[NoteReference, ...]]


def read(source: Path | bytes, document_id: str) -> Document:
    """Read a plain-text extraction of a Dutch policy document.

    ``source`` is a file or its bytes (UTF-8; ``UnreadableTextError`` otherwise), ``document_id``
    the identifier that the document gets. Pure: the same bytes give the same document.
    """
    name = document_id if isinstance(source, bytes) else source.name
    data = source if isinstance(source, bytes) else source.read_bytes()
    extraction = read_plain_text(data, name)
    lines, noise = split_noise(extraction.lines)
    body, found = lift_footnotes(lines)
    definitions = [definition for definition in found if definition.body()]
    noise += [line for definition in found if not definition.body() for line in definition.lines]
    labels = {int(d.label): d.page for d in definitions if d.label}
    references = find_references(body, labels)
    cuts = {**bookmark_cuts(body), **references}
    line_starts = frozenset(line.start for line in extraction.lines)
    masked = _masked(body, cuts)
    noise += [line for line, left in zip(body, masked, strict=True) if _is_emptied(line, left)]
    drafts = Structurer(chunk_lines(masked, line_starts)).drafts()
    drafts = merge_title_pages(join_interrupted(drafts, _in_order(definitions)))
    drafts = sorted([*drafts, *map(_footnote, definitions)], key=lambda draft: draft.start)
    vocabulary = Vocabulary(body)
    texts = [normalise(_sources(d.body, extraction.text), cuts, vocabulary) for d in drafts]
    kept = [(d, t) for d, t in zip(drafts, texts, strict=True) if t[0].text]
    emptied = [d for d, t in zip(drafts, texts, strict=True) if not t[0].text]
    noise += [line for d in emptied for line in _sources(d.lines, extraction.text)]
    return _document(document_id, extraction.text, kept, noise, _warnings(references, definitions))


def _masked(lines: Sequence[Line], cuts: Mapping[int, Cut]) -> list[Line]:
    """The lines with blanks for what is left out, so that structure is judged on the text."""
    masked: list[Line] = []
    ordered = sorted(cuts)
    at = 0
    for line in lines:
        text = line.text
        while at < len(ordered) and ordered[at] < line.start:
            at += 1
        while at < len(ordered) and ordered[at] < line.end:
            span = cuts[ordered[at]].span
            first, last = span.start - line.start, span.end - line.start
            text = text[:first] + " " * (last - first) + text[last:]
            at += 1
        masked.append(Line(text, line.start, line.page))
    return masked


def _is_emptied(line: Line, left: Line) -> bool:
    """Whether nothing is left of a line but what was cut from it."""
    return bool(line.text.strip()) and not left.text.strip()


def _sources(pieces: Sequence[Line], text: str) -> list[Line]:
    """The pieces as they stand in the source, with what was masked."""
    return [Line(text[p.start : p.end], p.start, p.page) for p in pieces]


def _in_order(definitions: Sequence[Definition]) -> bool:
    """Whether the columns stand in reading order, to judge by the footnotes' numbers."""
    numbers = [int(d.label) for d in definitions if d.label]
    return numbers == sorted(numbers)


def _footnote(definition: Definition) -> Draft:
    draft = plain(BlockKind.FOOTNOTE, definition.lines)
    draft.body = definition.body()
    draft.marker = definition.label
    return draft


def _document(
    document_id: str,
    text: str,
    kept: Sequence[tuple[Draft, _Text]],
    noise: Sequence[Line],
    warnings: Sequence[str],
) -> Document:
    drafts = [draft for draft, _ in kept]
    titles = [mapped.text for _, (mapped, _) in kept]
    assign_levels(drafts, titles)
    sections, of_block = build_sections(drafts, titles)
    blocks = tuple(
        Block(
            order=order,
            kind=draft.kind,
            text=mapped,
            page=draft.lines[0].page,
            section=section,
            sentences=_sentences(draft, mapped),
            lines=tuple(_sources(draft.lines, text)),
            marker=draft.marker,
            level=draft.level,
            attribution=draft.attribution,
            breaks=_breaks(draft, text),
            notes=notes,
        )
        for order, ((draft, (mapped, notes)), section) in enumerate(
            zip(kept, of_block, strict=True)
        )
    )
    pages = max((line.page for block in blocks for line in block.lines), default=0)
    return Document(
        id=document_id,
        source=Source(text),
        pages=pages,
        sections=sections,
        blocks=blocks,
        noise=tuple(sorted(noise, key=lambda line: line.start)),
        warnings=tuple(warnings),
    )


def _sentences(draft: Draft, mapped: MappedText) -> tuple[Range, ...]:
    """The sentences of a block; in a table none goes from one cell or page to the next."""
    if draft.kind is not BlockKind.TABLE:
        return sentences(mapped.text)
    starts = [
        following.start
        for before, following in pairwise(draft.lines)
        if following.start > before.end + 1 or following.page != before.page
    ]
    cuts = [0, *(bisect_left(mapped.offsets, start) for start in starts), len(mapped.text)]
    return tuple(
        Range(first + found.start, first + found.end)
        for first, after in pairwise(cuts)
        for found in sentences(mapped.text[first:after].rstrip())
    )


def _breaks(draft: Draft, text: str) -> tuple[int, ...]:
    """Where the block's text goes on behind something that is not the block's."""
    return tuple(
        following.start
        for before, following in pairwise(draft.body)
        if text[before.end : following.start].strip()
    )


def _warnings(references: Mapping[int, Cut], definitions: Sequence[Definition]) -> list[str]:
    """What a reader of the result should know: notes whose other half is missing."""
    referred = {cut.label for cut in references.values()}
    defined = {d.label for d in definitions if d.label}
    warnings = [
        f"note {label}: referred to, but its text was not found"
        for label in sorted(referred - defined, key=int)
    ]
    warnings += [
        f"note {label}: its text is there, but no reference was found"
        for label in sorted(defined - referred, key=int)
    ]
    return warnings
