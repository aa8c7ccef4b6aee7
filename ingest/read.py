"""The front door of reading: a file becomes a ``Document``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from ingest.document import (
    Block,
    BlockKind,
    Box,
    Document,
    Line,
    MappedText,
    NoteReference,
    Range,
    Row,
    Source,
    Table,
)
from ingest.limits import Limits
from ingest.metadata import find_metadata
from ingest.readers import extract_text
from ingest.readers.extraction import Extraction
from ingest.structure.advice import with_roles
from ingest.structure.drafts import Draft
from ingest.structure.levels import assign_levels
from ingest.structure.marked import outline_marked
from ingest.structure.outline import Outline
from ingest.structure.sections import build_sections
from ingest.structure.table_rows import table_rows, unit_of
from ingest.structure.unmarked import outline_unmarked
from ingest.structure.voices import with_voices
from ingest.text.normalise import Cut, Normaliser
from ingest.text.sentences import sentences
from ingest.text.words import Vocabulary

_Text = tuple[MappedText, tuple[NoteReference, ...]]


def read(
    source: Path | bytes, document_id: str, name: str = "", limits: Limits | None = None
) -> Document:
    """Read a Dutch policy document in any format for which there is a reader.

    ``source`` is a file or its bytes, ``document_id`` the identifier that the document gets,
    ``name`` the name of the file (plain text if not given), by whose suffix the reader is chosen.
    Raises ``UnreadableError`` with the file's name and the reason. Pure: the same bytes give the
    same document.
    """
    name = name or (f"{document_id}.txt" if isinstance(source, bytes) else source.name)
    data = source if isinstance(source, bytes) else source.read_bytes()
    extraction = extract_text(data, name, limits or Limits())
    marked = extraction.elements is not None
    outline = outline_marked(extraction) if marked else outline_unmarked(extraction)
    document = _document(document_id, extraction, outline)
    return replace(document, metadata=find_metadata(document, extraction.properties))


def _document(document_id: str, extraction: Extraction, outline: Outline) -> Document:
    text, drafts, cuts = extraction.text, outline.drafts, outline.cuts
    clean = Normaliser(cuts, Vocabulary(outline.words))
    texts = [clean.text(_sources(d.body, text)) for d in drafts]
    kept = [(d, t) for d, t in zip(drafts, texts, strict=True) if t[0].text]
    emptied = [d for d, t in zip(drafts, texts, strict=True) if not t[0].text]
    noise = [*outline.noise, *(line for d in emptied for line in _sources(d.lines, text))]
    titles = [mapped.text for _, (mapped, _) in kept]
    assign_levels([draft for draft, _ in kept], titles)
    sections, of_block = build_sections([draft for draft, _ in kept], titles)
    blocks = tuple(
        _block(order, draft, mapped, section, text)
        for order, ((draft, mapped), section) in enumerate(zip(kept, of_block, strict=True))
    )
    blocks = with_voices(with_roles(blocks, sections), sections)
    return Document(
        id=document_id,
        source=Source(text),
        pages=max((line.page for block in blocks for line in block.lines), default=0),
        sections=sections,
        blocks=blocks,
        noise=tuple(sorted(noise, key=lambda line: line.start)),
        warnings=tuple(_warnings(cuts, outline.defined)),
        boxes=_boxes(blocks),
        links=extraction.links,
    )


def _block(order: int, draft: Draft, text: _Text, section: int | None, source: str) -> Block:
    mapped, notes = text
    table = _table(draft, mapped)
    return Block(
        order=order,
        kind=draft.kind,
        text=mapped,
        page=draft.lines[0].page,
        section=section,
        sentences=_sentences(mapped, table),
        lines=tuple(_sources(draft.lines, source)),
        marker=draft.marker,
        level=draft.level,
        attribution=draft.attribution,
        breaks=_breaks(draft, source),
        notes=notes,
        box=draft.box,
        table=table,
    )


def _sources(pieces: Sequence[Line], text: str) -> list[Line]:
    """The pieces as they stand in the source, with what was masked."""
    found = ((piece, text[piece.start : piece.end]) for piece in pieces)
    return [p if p.text == source else Line(source, p.start, p.page) for p, source in found]


def _boxes(blocks: Sequence[Block]) -> tuple[Box, ...]:
    """The boxes, each with its blocks; its title is that of its first block if a heading."""
    members: dict[int, list[Block]] = {}
    for block in blocks:
        if block.box is not None:
            members.setdefault(block.box, []).append(block)
    return tuple(
        Box(
            order,
            inside[0].text.text if inside[0].kind is BlockKind.HEADING else "",
            tuple(block.order for block in inside),
        )
        for order, inside in sorted(members.items())
    )


def _table(draft: Draft, text: MappedText) -> Table | None:
    if draft.kind is not BlockKind.TABLE:
        return None
    cells, headers = draft.cells, draft.header_rows
    if not cells:
        cells, headers = table_rows(draft.lines)
    rows = (
        Row(tuple(_range(cell, text) for cell in row), header=number < headers)
        for number, row in enumerate(cells)
    )
    return Table(tuple(rows), unit_of(text.text))


def _range(cell: Sequence[Line], text: MappedText) -> Range | None:
    """The part of a block's text that came from a cell's lines."""
    if not cell:
        return None
    start = bisect_left(text.offsets, cell[0].start)
    end = bisect_left(text.offsets, cell[-1].end)
    while end > start and text.text[end - 1] == " ":
        end -= 1
    return Range(start, end) if end > start else None


def _sentences(mapped: MappedText, table: Table | None) -> tuple[Range, ...]:
    """The sentences of a block; in a table none goes from one cell to the next."""
    if table is None:
        return sentences(mapped.text)
    return tuple(
        Range(cell.start + found.start, cell.start + found.end)
        for row in table.rows
        for cell in row.cells
        if cell is not None
        for found in sentences(mapped.text[cell.start : cell.end])
    )


def _breaks(draft: Draft, text: str) -> tuple[int, ...]:
    """Where the block's text goes on behind something that is not the block's, in source order."""
    return tuple(
        sorted(
            following.start
            for before, following in pairwise(draft.body)
            if text[before.end : following.start].strip()
        )
    )


def _warnings(references: Mapping[int, Cut], defined: frozenset[str]) -> list[str]:
    """What a reader of the result should know: notes whose other half is missing."""
    referred = {cut.label for cut in references.values() if cut.label}
    warnings = [
        f"note {label}: referred to, but its text was not found"
        for label in sorted(referred - defined, key=_numerically)
    ]
    warnings += [
        f"note {label}: its text is there, but no reference was found"
        for label in sorted(defined - referred, key=_numerically)
    ]
    return warnings


def _numerically(label: str) -> tuple[int, str]:
    return (int(label) if label.isdecimal() else 0), label
