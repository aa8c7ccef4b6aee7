"""What a paragraph of a DOCX file is: a heading, a list item, a caption, or not said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.document import BlockKind
from ingest.readers.docx.numbering import LEVELS, Numbering
from ingest.readers.docx.styles import BODY_LEVEL, ParagraphStyle
from ingest.readers.docx.xml import W, children, number, value
from ingest.readers.list_marks import is_bullet


@dataclass(frozen=True, slots=True)
class Nature:
    """A paragraph's kind, its level and its mark as printed."""

    kind: BlockKind | None = None
    level: int = 0
    marker: str = ""


def nature_of(
    properties: etree._Element | None, style: ParagraphStyle, numbering: Numbering
) -> Nature:
    """What a paragraph is by its own properties and its style; counts it in its list."""
    heading = style.heading
    outline = number(value(properties, "outlineLvl"), 0, BODY_LEVEL)
    if outline is not None:
        heading = 0 if outline == BODY_LEVEL else outline + 1
    mark, depth = _counted(properties, style, numbering)
    if heading:
        return Nature(BlockKind.HEADING, heading, "" if is_bullet(mark) else mark)
    if style.kind is not None:
        return Nature(style.kind, marker=mark)
    return Nature(BlockKind.LIST_ITEM, depth, mark) if mark else Nature()


def _counted(
    properties: etree._Element | None, style: ParagraphStyle, numbering: Numbering
) -> tuple[str, int]:
    """The mark of a paragraph in a list, and how deep it stands there; counts it."""
    listing = None if properties is None else properties.find(W + "numPr")
    identifier = value(listing, "numId") or style.numbering
    level = number(value(listing, "ilvl"), 0, LEVELS - 1)
    if level is None and listing is None:
        level = numbering.level_of(identifier, style.identifier)
        level = style.level if level is None else level
    level = level or 0
    mark = numbering.mark(identifier, level) if identifier else None
    return mark or "", max(level + 1, style.depth)


def note_paragraphs(note: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a note, those in tables among them."""
    for child in children(note):
        if child.tag == W + "p":
            yield child
        elif child.tag == W + "tbl":
            yield from child.iterfind(f".//{W}tc/{W}p")


def section_types(root: etree._Element) -> Iterator[str]:
    """How each section after the first begins ("continuous", "nextPage" ...)."""
    holders = (W + "pPr", W + "body")
    types = [value(one, "type") for one in root.iter(W + "sectPr") if _parent_tag(one) in holders]
    return iter(types[1:])


def _parent_tag(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)
