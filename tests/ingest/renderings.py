"""A document that was read, written again as a web page; what all renderings of one share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from ingest.document import Block, BlockKind, Box, Document, MappedText, NoteReference, Range, Row
from ingest.text.sentences import sentences

_UNPRINTABLE = str.maketrans({"\ufffd": "¤"})
_MARKS = str.maketrans({"\uf0b7": "•"})
_BOXED_BLOCKS = range(2, 6)
_BOXED_CHARACTERS = 1_800
_EVERY = 3
_WORDS = 6
_LABEL = re.compile(r"(?!Hoofdstuk|Deel|Bijlage \d)[A-Z][a-z]+(?: \d+)?")  # "Box 2", then a dash
_BULLETS = ("", "•", "·", "-", "–")
_HTML_HEADINGS = 6

NUMBERED = re.compile(r"(?P<before>\(?)(?P<count>\d{1,3}|[a-z]|[ivxl]+)(?P<after>[.)])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block's text, or (with a ``note``) the reference to a footnote."""

    text: str = ""
    note: str = ""


def presentable(document: Document, *, boxes: bool = True) -> Document:
    """The document as it can be written in any format.

    A plain text may have lost one half of a footnote, which no word processor allows: a reference
    without its text gets one made of the words before it, a text without its reference is left
    out, and so is a second reference to the same note. The title of a table is a caption, a table
    of which only one column was found a paragraph; a caption and the credit under it are one.
    Characters that a font lacks are replaced. With ``boxes``, some short sections become boxes,
    for plain text does not show any.
    """
    blocks: list[Block] = []
    seen = set[str]()
    defined = {b.marker: b for b in document.of_kind(BlockKind.FOOTNOTE) if b.marker}
    for block in _without_table_titles(document.blocks):
        if block.kind is BlockKind.FOOTNOTE:
            continue
        first = tuple(n for n in block.notes if n.label not in seen)
        seen |= {n.label for n in first}
        clean = _clean(replace(block, notes=first))
        if clean.kind is BlockKind.CAPTION and blocks and blocks[-1].kind is BlockKind.CAPTION:
            blocks[-1] = _joined(blocks[-1], clean)
            continue
        blocks.append(clean)
        blocks.extend(
            _clean(defined[n.label]) if n.label in defined else _lost_note(block, n) for n in first
        )
    order = {block.order: place for place, block in enumerate(blocks)}
    sections = tuple(replace(s, heading=order[s.heading]) for s in document.sections)
    blocks = [replace(block, order=place) for place, block in enumerate(blocks)]
    whole = replace(document, blocks=tuple(blocks), sections=sections, boxes=())
    return _with_boxes(whole) if boxes else whole


def _without_table_titles(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        rows = block.table.rows if block.table else ()
        if block.table is None or width(rows) == 1 or len(rows[0].cells) > 1:
            yield block
            continue
        head, body = rows[0].range(), [row.range() for row in rows[1:]]
        start = next(r.start for r in body if r is not None)
        assert head is not None
        yield replace(_part(block, 0, head.end), kind=BlockKind.CAPTION, table=None, order=-1)
        moved = tuple(
            replace(
                row, cells=tuple(c and Range(c.start - start, c.end - start) for c in row.cells)
            )
            for row in rows[1:]
        )
        rest = _part(block, start, len(block.text.text))
        yield replace(rest, table=replace(block.table, rows=moved))


def _part(block: Block, start: int, end: int) -> Block:
    text = block.text
    return replace(
        block,
        text=MappedText(text.text[start:end], text.offsets[start:end]),
        sentences=tuple(
            Range(s.start - start, s.end - start)
            for s in block.sentences
            if start <= s.start and s.end <= end
        ),
        notes=tuple(
            replace(n, position=n.position - start)
            for n in block.notes
            if start <= n.position <= end
        ),
    )


def _joined(first: Block, second: Block) -> Block:
    text = f"{first.text.text} {second.text.text}"
    return replace(first, text=MappedText(text, range(len(text))), sentences=sentences(text))


def _clean(block: Block) -> Block:
    text = MappedText(block.text.text.translate(_UNPRINTABLE), block.text.offsets)
    clean = replace(block, text=text, marker=block.marker.translate(_MARKS), box=None)
    if block.table is None or width(block.table.rows) > 1:
        return clean
    return replace(
        clean, kind=BlockKind.PARAGRAPH, table=None, sentences=sentences(clean.text.text)
    )


def _lost_note(block: Block, note: NoteReference) -> Block:
    words = block.text.text[: note.position].split()[-_WORDS:]
    text = f"Toelichting bij {' '.join(words).rstrip('.,;:')}."
    return replace(
        block,
        kind=BlockKind.FOOTNOTE,
        text=MappedText(text, range(len(text))),
        sentences=sentences(text),
        marker=note.label,
        level=0,
        attribution="",
        notes=(),
        table=None,
    )


def _with_boxes(document: Document) -> Document:
    """Every third short section without sections of its own stands in a box."""
    parents = {s.parent for s in document.sections}
    candidates = []
    for section in document.sections:
        inside = [b for b in document.blocks if b.section == section.order]
        running = [b for b in inside if b.kind is not BlockKind.FOOTNOTE]
        fits = (
            section.order not in parents
            and len(running) in _BOXED_BLOCKS
            and all(b.kind is not BlockKind.TABLE for b in inside)
            and all(b.kind is not BlockKind.HEADING for b in running[1:])
            and sum(len(b.text.text) for b in running) <= _BOXED_CHARACTERS
        )
        if fits:
            candidates.append(running)
    blocks, boxes = list(document.blocks), []
    for number, running in enumerate(candidates[1::_EVERY]):
        members = tuple(b.order for b in running)
        boxes.append(Box(number, running[0].text.text, members))
        for order in members:
            blocks[order] = replace(blocks[order], box=number)
    return replace(document, blocks=tuple(blocks), boxes=tuple(boxes))


def pieces(block: Block, stretch: Range | None = None) -> list[Piece]:
    """The text of a block (or of a stretch of it) with the references at their places."""
    text = block.text.text
    here = stretch or Range(0, len(text))
    found, start = [], here.start
    for note in block.notes:
        inside = here.start < note.position <= here.end or note.position == here.start == 0
        if not inside:
            continue
        end = len(text[: note.position].rstrip())  # a reference clings to the word before it
        found += [Piece(text[start:end]), Piece(note=note.label)]
        start = end
    found.append(Piece(text[start : here.end]))
    return [piece for piece in found if piece.text or piece.note]


def title(block: Block) -> list[Piece]:
    """The pieces of a heading, its number before it."""
    gap = " – " if _LABEL.fullmatch(block.marker) else " "
    number = f"{block.marker}{gap}" if block.marker else ""
    return [Piece(number), *pieces(block)] if number else pieces(block)


def running(document: Document) -> list[Block]:
    """The blocks without the footnotes."""
    return [block for block in document.blocks if block.kind is not BlockKind.FOOTNOTE]


def footnotes(document: Document) -> list[Block]:
    """The footnotes, in the order of their references."""
    return list(document.of_kind(BlockKind.FOOTNOTE))


def width(rows: Iterable[Row]) -> int:
    """How many columns a table has."""
    return max(len(row.cells) for row in rows)


def grouped(blocks: Sequence[Block]) -> Iterator[tuple[int | None, list[Block]]]:
    """The blocks by the box that they stand in, in order."""
    for box, members in groupby(blocks, key=lambda block: block.box):
        yield box, list(members)


def as_html(document: Document) -> bytes:
    """The document as a web page: headings, lists, tables, boxes as asides, linked footnotes."""
    parts = []
    for box, members in grouped(running(document)):
        inside = "".join(_html_run(members))
        parts.append(inside if box is None else f'<aside class="kader">{inside}</aside>\n')
    notes = "".join(
        f'<li id="noot-{n.marker}" value="{n.marker}"><p>{_inline(pieces(n))} '
        f'<a href="#verwijzing-{n.marker}" title="terug">↩</a></p></li>\n'
        for n in footnotes(document)
    )
    ends = f'<section class="footnotes" role="doc-endnotes"><ol>\n{notes}</ol></section>'
    return (
        '<!DOCTYPE html>\n<html lang="nl"><head><meta charset="utf-8">'
        f"<title>{escape(document.id)}</title><style>p {{ margin: 0 }}</style></head><body>\n"
        '<header><a href="/">Rijksoverheid</a><nav><ul><li><a href="/documenten">Documenten</a>'
        '</li><li><a href="/contact">Contact</a></li></ul></nav></header>\n'
        f"<main><article>\n{''.join(parts)}{ends if notes else ''}</article></main>\n"
        "<footer><p>Over deze site</p></footer></body></html>\n"
    ).encode()


def _html_run(blocks: Sequence[Block]) -> Iterator[str]:
    for is_list, members in groupby(blocks, key=lambda b: b.kind is BlockKind.LIST_ITEM):
        if is_list:
            yield "".join(_html_list(list(members)))
        else:
            yield from (_html_block(block) for block in members)


def _html_block(block: Block) -> str:
    inline = _inline(pieces(block))
    match block.kind:
        case BlockKind.HEADING:
            rank = min(block.level, _HTML_HEADINGS)
            return f"<h{rank}>{_inline(title(block))}</h{rank}>\n"
        case BlockKind.CAPTION:
            return (
                f'<figure><img src="foto.jpg" alt=""><figcaption>{inline}</figcaption></figure>\n'
            )
        case BlockKind.PULL_QUOTE:
            name = escape(block.attribution)
            return f"<blockquote><p>{inline}</p><footer><cite>{name}</cite></footer></blockquote>\n"
        case BlockKind.TABLE:
            return _html_table(block)
        case BlockKind.SIGNATURE:
            return f'<p class="ondertekening">{inline}</p>\n'
        case _:
            return f"<p>{inline}</p>\n"


def _html_list(items: Sequence[Block]) -> Iterator[str]:
    """Lists within the items that they belong to; a mark that HTML lacks is written out."""
    opened: list[tuple[int, str]] = []
    for item in items:
        kind, attributes, value, own = _list_kind(item.marker)
        while opened and opened[-1][0] > item.level:
            yield f"</li></{opened.pop()[1]}>\n"
        if opened and opened[-1] == (item.level, kind):
            yield "</li>\n"
        else:
            if opened and opened[-1][0] == item.level:
                yield f"</li></{opened.pop()[1]}>\n"
            yield f"<{kind}{attributes}{' class=geen' if not item.marker or own else ''}>\n"
            opened.append((item.level, kind))
        yield f"<li{value}>{escape(own)}{_inline(pieces(item))}"
    while opened:
        yield f"</li></{opened.pop()[1]}>\n"


def _list_kind(marker: str) -> tuple[str, str, str, str]:
    """The element of a list, its attributes and its item's, and the mark if it must be written."""
    match = NUMBERED.fullmatch(marker)
    if match is None:
        return "ul", "", "", "" if marker in _BULLETS else f"{marker} "
    if match["after"] == ")":
        return "ul", "", "", f"{marker} "
    if match["count"].isdecimal():
        return "ol", "", f' value="{match["count"]}"', ""
    roman = set(match["count"]) <= set("ivxl")
    return "ol", f' type="{"i" if roman else "a"}"', "", ""


def _html_table(block: Block) -> str:
    assert block.table is not None
    columns = width(block.table.rows)
    lines = []
    for row in block.table.rows:
        name = "th" if row.header else "td"
        last = len(row.cells) - 1
        cells = (
            f"<{name}{_span(columns - last) if at == last else ''}>"
            f"{_inline(pieces(block, cell)) if cell else ''}</{name}>"
            for at, cell in enumerate(row.cells)
        )
        lines.append(f"<tr>{''.join(cells)}</tr>\n")
    heads = sum(row.header for row in block.table.rows)
    head = f"<thead>{''.join(lines[:heads])}</thead>" if heads else ""
    return f"<table>{head}<tbody>\n{''.join(lines[heads:])}</tbody></table>\n"


def _span(columns: int) -> str:
    return f' colspan="{columns}"' if columns > 1 else ""


def _inline(parts: Iterable[Piece]) -> str:
    return "".join(
        f'<sup><a href="#noot-{p.note}" id="verwijzing-{p.note}">{p.note}</a></sup>'
        if p.note
        else escape(p.text)
        for p in parts
    )
