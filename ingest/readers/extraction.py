"""What every reader gives: the text of a file, and what its format says about that text.

``Extraction.text`` is the artefact that all later offsets refer to: for a text file the decoded
file itself, for every other format the text that the reader wrote, in reading order, with tabs
between the cells of a table's row, line ends between lines, empty lines between elements and form
feeds between pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.document import BlockKind, Line, Link, Span


class UnreadableError(ValueError):
    """A file can not be read; the message names the file and the reason, in one line."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text is set: ``size`` in points (0: unknown), weight, name of the style."""

    size: float = 0.0
    bold: bool = False
    italic: bool = False
    name: str = ""


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Element:
    """A piece of a document that its format sets apart: a paragraph, a heading, a table ...

    ``kind`` is ``None`` where the format does not say what it is; structure then decides by style
    and wording. ``lines`` are all its lines in the text, ``body`` the parts that are text proper
    (without list mark or note label). ``level`` is a heading's rank or a list item's depth (from
    1; 0: unknown), ``marker`` the mark or number as printed, ``box`` the number of the box that it
    stands in, ``attribution`` who is quoted. ``cells`` are a table's rows of cells, each the lines
    of that cell; ``header_rows`` how many of them are headers.
    """

    kind: BlockKind | None
    lines: tuple[Line, ...]
    body: tuple[Line, ...]
    level: int = 0
    marker: str = ""
    box: int | None = None
    style: Style = PLAIN
    attribution: str = ""
    cells: tuple[tuple[tuple[Line, ...], ...], ...] = ()
    header_rows: int = 0


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A footnote reference in the text: its label, and the span to leave out of the sentence."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Extraction:
    """A file's content as its reader found it.

    ``lines`` are the lines of ``text`` with their pages (from 1; one page where the format has
    none). ``elements`` is ``None`` for a text without marks, whose structure rules must find;
    lines that belong to no element are noise: running headers, page numbers, navigation.
    ``properties`` is what the format itself states about the document, by the Dublin Core term
    ("title", "date", "creator", "identifier" ...) where one fits.
    """

    text: str
    lines: tuple[Line, ...]
    pages: int = 1
    elements: tuple[Element, ...] | None = None
    references: tuple[NoteMark, ...] = ()
    links: tuple[Link, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """Inline text with one style; ``note`` makes it a footnote reference with that label."""

    text: str
    style: Style = PLAIN
    note: str = ""
    target: str = ""


Runs = Sequence[Run]
