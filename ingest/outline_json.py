"""The structure of a document for a program: one JSON object, its form stable.

``format`` is 1; a form that breaks readers gets another number, and fields may be added. Places
are ``[start, end]`` in ``text``, in code points from 0, end exclusive; a passage that a page break
interrupts has several. ``order`` is the index of a block, section or box in its list, and what
other things refer to it by; null stands for none.

=============  ======================================================================
``format``     1
``file``       name of the file
``sha256``     of ``text`` in UTF-8
``pages``      how many
``text``       what all places refer to: what the reader wrote, or the text file itself
``metadata``   name, value, sureness ("stated", "inferred"), place or null, note
``sections``   order, number, title, level (from 1), parent (a section), heading (a block)
``blocks``     order, kind, page, level, marker, section, box, role, group, voice (kind,
               name), attribution, places, text (in one line), sentences (each its
               places), notes (label, place), table (unit, rows (header, cells)) or null;
               a cell is null or its text and places
``boxes``      order, title, blocks
``links``      place, target
``noise``      places of page numbers and running headers
``warnings``   lines of text
=============  ======================================================================
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ingest.document import Block, Document, Range, Span, Table

FORMAT = 1


def outline_json(document: Document, name: str) -> str:
    """The whole document as one JSON object, in the form that this module describes."""
    content = {
        "format": FORMAT,
        "file": name,
        "sha256": document.source.sha256,
        "pages": document.pages,
        "text": document.source.text,
        "metadata": [
            {
                "name": one.name,
                "value": one.value,
                "sureness": one.sureness.value,
                "place": _place(one.span) if one.span else None,
                "note": one.note,
            }
            for one in document.metadata
        ],
        "sections": [
            {
                "order": one.order,
                "number": one.number,
                "title": one.title,
                "level": one.level,
                "parent": one.parent,
                "heading": one.heading,
            }
            for one in document.sections
        ],
        "blocks": [_block(one) for one in document.blocks],
        "boxes": [
            {"order": one.order, "title": one.title, "blocks": list(one.blocks)}
            for one in document.boxes
        ],
        "links": [{"place": _place(one.span), "target": one.target} for one in document.links],
        "noise": [[line.start, line.end] for line in document.noise],
        "warnings": list(document.warnings),
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _block(block: Block) -> dict[str, Any]:
    return {
        "order": block.order,
        "kind": block.kind.value,
        "page": block.page,
        "level": block.level,
        "marker": block.marker,
        "section": block.section,
        "box": block.box,
        "role": block.role.value if block.role else None,
        "group": block.group,
        "voice": {"kind": block.voice.kind.value, "name": block.voice.name},
        "attribution": block.attribution,
        "places": _places(block.spans()),
        "text": block.text.text,
        "sentences": [_places(block.spans(one.start, one.end)) for one in block.sentences],
        "notes": [{"label": one.label, "place": _place(one.source)} for one in block.notes],
        "table": _table(block, block.table) if block.table else None,
    }


def _table(block: Block, table: Table) -> dict[str, Any]:
    def cell(held: Range | None) -> dict[str, Any] | None:
        if held is None:
            return None
        text = block.text.text[held.start : held.end]
        return {"text": text, "places": _places(block.spans(held.start, held.end))}

    rows = [
        {"header": row.header, "cells": [cell(held) for held in row.cells]} for row in table.rows
    ]
    return {"unit": table.unit, "rows": rows}


def _places(spans: Iterable[Span]) -> list[list[int]]:
    return [_place(span) for span in spans]


def _place(span: Span) -> list[int]:
    return [span.start, span.end]
