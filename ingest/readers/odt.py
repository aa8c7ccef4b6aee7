"""ODT in, text out: the content walked in reading order, with what is printed of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from ingest.document import BlockKind
from ingest.limits import Limits
from ingest.readers.archive import Archive
from ingest.readers.boxes import Frame, box_of
from ingest.readers.extraction import Extraction, Run, UnreadableError
from ingest.readers.list_marks import is_bullet
from ingest.readers.odt_inline import Gathered, Inline, frames
from ingest.readers.odt_lists import LEVELS, Counts, ListStyles
from ingest.readers.odt_package import check_package, properties
from ingest.readers.odt_styles import Look, Styles
from ingest.readers.odt_tables import GatheredTable, box_cells, gather_table, is_page
from ingest.readers.odt_xml import DRAW, OFFICE, TABLE, TEXT, XML_ID, count, is_on
from ingest.readers.text_writer import TextWriter

_CELLS = 1_000_000  # in all tables together
_MAXIMUM_START = 1_000_000
_LEFT_OUT = frozenset(
    TEXT + name
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
        "tracked-changes",
    )
)
_CONTAINERS = frozenset(
    TEXT + name for name in ("section", "bibliography", "index-body", "index-title")
)
_PARAGRAPHS = (TEXT + "p", TEXT + "h")


def read_odt(data: bytes, name: str, limits: Limits) -> Extraction:
    """The text of an ODT file with its headings, lists, notes, tables, boxes and links.

    Deleted and hidden text, comments, headers and footers, and indexes are left out. Pages are
    those that the file records ("soft" page breaks), and those of explicit page breaks.
    """
    archive = Archive(data, name, limits)
    check_package(archive, name)
    content = archive.xml("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableError(f"{name}: no OpenDocument text in it")
    roots = [archive.xml("styles.xml")] if "styles.xml" in archive else []
    writer = TextWriter(name, limits.characters)
    try:
        _Reader(Styles((*roots, content)), writer, name).read(body)
    except RecursionError as error:
        raise UnreadableError(f"{name}: nested too deeply") from error
    return writer.extraction(properties(archive))


@dataclass(slots=True)
class _List:
    """A list within which paragraphs stand; ``level`` counts from 1."""

    style: str
    counts: Counts
    level: int = 1
    is_first: bool = False  # the next paragraph is the first of its item
    given: int | None = None


@dataclass(slots=True)
class _Place:
    """Where blocks stand: in a box, in a list."""

    frame: Frame | None = None
    list: _List | None = None


@dataclass(slots=True)
class _Counted:
    """How far the lists have been counted, by list style and by identifier of the list."""

    by_style: dict[str, Counts] = field(default_factory=dict)
    by_list: dict[str, Counts] = field(default_factory=dict)
    headings: Counts = field(default_factory=Counts)
