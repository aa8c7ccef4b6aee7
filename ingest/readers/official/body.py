"""The body of an official publication: sections, paragraphs, lists, tables, boxes, signatures."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from lxml import etree

from ingest.document import BlockKind
from ingest.readers.extraction import Run
from ingest.readers.official.headings import SubheadingRanks, heading_of, is_subheading
from ingest.readers.official.inline import InlineReader, InlineText, plain_text, tag
from ingest.readers.official.lists import default_mark, read_item, take_mark
from ingest.readers.official.names import BLOCKS, INLINE, NO_TEXT, SECTIONS
from ingest.readers.official.tables import GridReader
from ingest.readers.text_writer import TextWriter

_QUESTION = re.compile(
    r"(?:Vraag|Vragen|Antwoord)(?:\s+(?:op\s+)?(?:vraag|vragen))?[\s\d,enm/t]*:?$"
)
_END_OF_MOTION = re.compile(r"orde van de dag\.?$")
_LONGEST_NAME = 60  # characters
_TITLES = frozenset(("titel", "title", "caption"))
_TABLE_PARTS = frozenset(("thead", "tbody", "tfoot", "row", "tr"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the body an element stands."""

    level: int = 0
    depth: int = 0
    box: int | None = None
    quoted: bool = False
    mark: str = ""
    ranks: SubheadingRanks | None = None


class BodyReader:
    """Writes the elements of a publication's body in reading order."""

    def __init__(self, writer: TextWriter, inline: InlineReader, tables: GridReader) -> None:
        self._writer = writer
        self._inline = inline
        self._tables = tables
        self._names_follow = False
        self._readers: dict[str, Callable[[etree._Element, _Place], None]] = {
            "kop": self._kop,
            "tussenkop": self._subheading,
            "tuskop": self._subheading,
            "lijst": self._list,
            "ul": self._list,
            "ol": self._list,
            "li": self._item,
            "definitie-item": self._definition,
            "lid": self._item,
            "table": self._table,
            "tgroup": self._grid,
            "box": self._box,
            "kader": self._box,
            "citaat": self._quotation,
            "bijschrift": self._caption,
            "ondertekening": self._signature,
            "ondtek": self._signature,
            "ondertek": self._signature,
            "vraag": self._question,
            "antwoord": self._question,
            "dossier": self._dossier,
            "onderw": self._dossier,
            "stuk": self._paper,
            "kamervraagomschrijving": self._title,
            "item-titel": self._title,
        }

    def read(self, element: etree._Element) -> None:
        """Write everything within an element."""
        self._block(element, tag(element), _Place(ranks=SubheadingRanks(element)))

    def note(self, element: etree._Element) -> None:
        """Write a footnote that an old paper prints apart and nothing refers to."""
        note = self._inline.old_note(element)
        self._writer.note(note.label, note.runs)

    def add(
        self,
        kind: BlockKind | None,
        text: InlineText,
        level: int = 0,
        marker: str = "",
        box: int | None = None,
    ) -> None:
        """Write an element and, below it, the footnotes that were called in it."""
        text.trim()
        self._writer.add(kind, text.runs, level=level, marker=marker, box=box)
        for note in text.notes:
            self._writer.note(note.label, note.runs)

    def _flow(
        self, element: etree._Element, place: _Place, done: Collection[etree._Element] = ()
    ) -> None:
        """The content of a container: its blocks in turn, loose text between them as paragraphs.

        ``done`` are the children that were written already.
        """
        loose = InlineText()
        loose.words(element.text)
        holds_text = _has_own_text(element)
        for child in element:
            name = tag(child)
            if child in done or name in NO_TEXT:
                pass
            elif name and _is_block(child, name, holds_text):
                self._paragraph(loose, place)
                loose = InlineText()
                self._block(child, name, place)
            else:
                self._inline.child(child, loose)
            loose.words(child.tail)
        self._paragraph(loose, place)

    def _block(self, element: etree._Element, name: str, place: _Place) -> None:
        if reader := self._readers.get(name):
            reader(element, place)
        elif name in SECTIONS:
            ranks = SubheadingRanks(element)
            self._flow(element, replace(place, level=place.level + 1, depth=0, ranks=ranks))
        else:
            self._flow(element, place)

    def _paragraph(self, text: InlineText, place: _Place) -> None:
        words = text.text
        if not words:
            for note in text.notes:
                self._writer.note(note.label, note.runs)
            return
        old = place.ranks is not None and place.ranks.old
        if mark := take_mark(text, old):
            self.add(BlockKind.LIST_ITEM, text, max(place.depth, 1), mark, place.box)
            return
        if self._names_follow and len(words) <= _LONGEST_NAME and not words.endswith("."):
            self.add(BlockKind.SIGNATURE, text, box=place.box)
            return
        self._names_follow = bool(_END_OF_MOTION.search(words))
        kind = BlockKind.PULL_QUOTE if place.quoted else BlockKind.PARAGRAPH
        self.add(kind, text, box=place.box)

    def _dossier(self, element: etree._Element, place: _Place) -> None:
        """The dossier's number and title, on a line of their own as they are printed."""
        text = InlineText()
        text.words(element.text)
        for child in element:
            for part in child if tag(child) == "dossiernummer" and len(child) else (child,):
                text.join(self._inline.element(part), glue=" ")
            text.words(child.tail)
        self.add(BlockKind.PARAGRAPH, text, box=place.box)

    def _paper(self, element: etree._Element, place: _Place) -> None:
        """A paper: its number, its title, its text."""
        number, done = InlineText(), set()
        for child in element:
            name = tag(child)
            if name in ("stuknr", "ltrlabel", "nummer"):
                number.join(self._inline.element(child), glue=" ")
            elif name == "titel":
                self.add(BlockKind.PARAGRAPH, number)
                number = InlineText()
                self._title(child, place)
            else:
                continue
            done.add(child)
        self.add(BlockKind.PARAGRAPH, number)
        self._flow(element, place, done)

    def _title(self, element: etree._Element, place: _Place) -> None:
        self.add(BlockKind.HEADING, self._inline.element(element), 1, box=place.box)

    def _kop(self, element: etree._Element, place: _Place) -> None:
        above = element.getparent()
        if above is not None and tag(above) == "kamerwrk":
            return  # the running head: which chamber, which year of sitting
        heading = heading_of(element, self._inline)
        level = max(place.level, 1)
        self.add(BlockKind.HEADING, heading.text, level, heading.marker, place.box)
        self._names_follow = False

    def _subheading(self, element: etree._Element, place: _Place) -> None:
        text = self._inline.element(element)
        if not is_subheading(element, text.text):
            self._paragraph(text, place)
            return
        rank = place.ranks.rank(element) if place.ranks else 0
        self.add(BlockKind.HEADING, text, place.level + 1 + rank, box=place.box)
        self._names_follow = False

    def _list(self, element: etree._Element, place: _Place) -> None:
        self._flow(element, replace(place, depth=place.depth + 1, mark=default_mark(element)))

    def _item(self, element: etree._Element, place: _Place) -> None:
        """A list item; its paragraphs are one element, the lists within it follow."""
        item = read_item(element, place.mark, self._inline, frozenset(self._readers))
        level = max(place.depth, 1)
        self.add(BlockKind.LIST_ITEM, item.text, level, item.mark, place.box)
        for child in item.after:
            name = tag(child)
            if name and name not in NO_TEXT:
                self._block(child, name, replace(place, depth=level, mark=""))

    def _definition(self, element: etree._Element, place: _Place) -> None:
        """A term and what it means."""
        text, mark = InlineText(), ""
        text.words(element.text)
        for child in element:
            if tag(child) == "li.nr":
                mark = plain_text(child)
            else:
                text.join(self._inline.element(child), glue=" ")
            text.words(child.tail)
        self.add(BlockKind.LIST_ITEM, text, place.depth + 1, mark, place.box)

    def _table(self, element: etree._Element, place: _Place) -> None:
        titles = [child for child in element if tag(child) in _TITLES]
        for title in titles:
            self._caption(title, place)
        rows = [child for child in element if tag(child) in _TABLE_PARTS]
        if rows:
            self._grid(element, place)
        self._flow(element, place, {*titles, *rows})

    def _grid(self, element: etree._Element, place: _Place) -> None:
        grid = self._tables.read(element)
        self._writer.table(grid.rows, header_rows=grid.header_rows, box=place.box)
        for note in grid.notes:
            self._writer.note(note.label, note.runs)

    def _caption(self, element: etree._Element, place: _Place) -> None:
        self.add(BlockKind.CAPTION, self._inline.element(element), box=place.box)

    def _box(self, element: etree._Element, place: _Place) -> None:
        box = place.box if place.box is not None else self._writer.open_box()
        inside = replace(place, box=box, level=place.level + 1, depth=0)
        titles = {child for child in element if tag(child) in _TITLES}
        for child in (child for child in element if child in titles):
            self.add(BlockKind.HEADING, self._inline.element(child), inside.level, box=box)
        self._flow(element, inside, titles)

    def _quotation(self, element: etree._Element, place: _Place) -> None:
        self._flow(element, replace(place, quoted=True))

    def _signature(self, element: etree._Element, place: _Place) -> None:
        """Who signs: a line for the office and one for the name, an element for each signatory."""
        signature, named = InlineText(), False
        signature.words(element.text)
        for child in element:
            name = tag(child)
            if name == "functie" and named:
                self.add(BlockKind.SIGNATURE, signature, box=place.box)
                signature, named = InlineText(), False
            elif signature.text:
                signature.runs.append(Run("\n"))
            named = named or name in ("naam", "deze", "achternaam")
            signature.join(self._inline.element(child))
            signature.words(child.tail)
        self.add(BlockKind.SIGNATURE, signature, box=place.box)

    def _question(self, element: etree._Element, place: _Place) -> None:
        """A question or an answer of a series; its number is its heading."""
        inside = replace(place, level=place.level + 1)
        done = set()
        for child in element[:1]:
            label = self._inline.element(child)
            if tag(child) == "nr" or _QUESTION.fullmatch(label.text):
                self.add(BlockKind.HEADING, label, inside.level, box=place.box)
                done.add(child)
        self._flow(element, inside, done)


def _has_own_text(element: etree._Element) -> bool:
    """Whether words stand directly in the element, beside its children."""
    return bool((element.text or "").strip()) or any((c.tail or "").strip() for c in element)


def _is_block(element: etree._Element, name: str, among_words: bool) -> bool:
    """Whether an element stands on its own: by its name or, unknown, by what surrounds it."""
    if name in BLOCKS:
        return True
    if name in INLINE:
        return False
    return not among_words or any(tag(inner) in BLOCKS for inner in element.iterdescendants())
