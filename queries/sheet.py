"""Cells of a worksheet: what a term becomes in one, and how it is written within the limits.

Text is always written as text, so that nothing in a document can become a formula. Excel's limits:
https://support.microsoft.com/en-us/office/1672b34d-7043-467e-8e27-269d656771c3
"""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass

from pyoxigraph import Literal
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ontology.names import XSD
from queries import readable
from queries.rows import Term
from queries.text import Bilingual


@dataclass(frozen=True, slots=True)
class Limits:
    """What a sheet can hold: rows with the heading, UTF-16 units of a cell and of a link, links."""

    rows: int = 1_048_576
    characters: int = 32_767
    links: int = 65_530
    address: int = 2_079


EXCEL = Limits()

_NOTE = Bilingual(nl="Let op", en="Note")
_LEFT_OUT = Bilingual(
    nl="Een werkblad heeft ten hoogste {} rijen; weggelaten: {}.",
    en="A sheet has at most {} rows; left out: {}.",
)
_CUT = Bilingual(
    nl="Een cel heeft ten hoogste {} tekens; afgekapt, met … aan het eind: {}.",
    en="A cell has at most {} characters; cut, with … at the end: {}.",
)
_UNLINKED = Bilingual(
    nl="Een werkblad heeft ten hoogste {} koppelingen; tekst zonder koppeling: {}.",
    en="A sheet has at most {} links; text without a link: {}.",
)
_SHOWN_DIGITS = 15  # a number with more would be rounded
_FIRST_YEAR = 1900  # of Excel's calendar
_LIKE_A_FORMULA = ("=", "+", "-", "@")

Value = str | int | float | bool | datetime.date


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and where it leads; only a text can lead somewhere."""

    value: Value
    link: str | None = None
    grouped: bool = False
    """Whether thousands are set apart: in an amount, not in a year or a page."""


def typed(term: Term) -> Cell:
    """A literal as the kind of value that a sheet counts and sorts; else as text."""
    if not isinstance(term, Literal):
        return Cell(term.value)
    kind, text = term.datatype.value.removeprefix(XSD), term.value
    if kind == "gYear" and re.fullmatch("[0-9]{4}", text):
        return Cell(int(text))
    if kind in ("date", "dateTime"):
        return Cell(_moment(kind, text))
    value = readable.value(term)
    if isinstance(value, bool):
        return Cell(value)
    if _countable(value, text):
        grouped = isinstance(value, int) and kind in ("decimal", "double")
        return Cell(value, grouped=grouped)
    return Cell(text)


def _countable(value: object, text: str) -> bool:
    """Whether a sheet can hold a number as it is."""
    digits = sum(map(str.isdigit, text))
    return isinstance(value, int | float) and math.isfinite(value) and digits <= _SHOWN_DIGITS


def _moment(kind: str, text: str) -> Value:
    try:
        if kind == "date":
            found = datetime.date.fromisoformat(text)
            return found if found.year >= _FIRST_YEAR else text
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return text
    # A sheet has no time zones: a moment that has one stays as it is written.
    return moment if moment.tzinfo is None and moment.year >= _FIRST_YEAR else text


class Formats:
    """How cells look, for all sheets of a workbook."""

    def __init__(self, workbook: Workbook) -> None:
        def made(**properties: object) -> Format:
            return workbook.add_format({"valign": "top", **properties})

        self.heading = made(bold=True, text_wrap=True, bottom=1)
        self.text = made(text_wrap=True)
        # As if typed after an apostrophe: who edits the cell does not make a formula of it.
        self.quoted = made(text_wrap=True, quote_prefix=True)
        self.link = made(text_wrap=True, font_color="#0563C1", underline=1)
        self.plain = made()
        self.grouped = made(num_format="#,##0")
        self.date = made(num_format="yyyy-mm-dd")
        self.moment = made(num_format="yyyy-mm-dd hh:mm:ss")


class Sheet:
    """Writes cells in the order of rows, and counts what the limits did not let through."""

    def __init__(self, sheet: Worksheet, formats: Formats, limits: Limits) -> None:
        self._sheet = sheet
        self.formats = formats
        self._limits = limits
        self._links = self._unlinked = self._cut = 0

    def write(self, row: int, column: int, cell: Cell) -> None:
        """Write a cell as what its value is."""
        value, formats = cell.value, self.formats
        if isinstance(value, bool):
            self._sheet.write_boolean(row, column, value, formats.plain)
        elif isinstance(value, int | float):
            number = formats.grouped if cell.grouped else formats.plain
            self._sheet.write_number(row, column, value, number)
        elif isinstance(value, datetime.date):
            is_moment = isinstance(value, datetime.datetime)
            date = formats.moment if is_moment else formats.date
            self._sheet.write_datetime(row, column, value, date)
        elif cell.link is not None and self._may_link(cell.link):
            text = self._fitting(value)
            self._sheet.write_url(row, column, cell.link, formats.link, text)
        else:
            quoted = value.startswith(_LIKE_A_FORMULA)
            self.text(row, column, value, formats.quoted if quoted else formats.text)

    def text(self, row: int, column: int, text: str, format_: Format) -> None:
        """Write a text; an empty one leaves the cell empty."""
        if text:
            self._sheet.write_string(row, column, self._fitting(text), format_)

    def set_width(self, column: int, width: int) -> None:
        """Make a column so many characters wide."""
        self._sheet.set_column(column, column, width)

    def finish(self, rows: int, columns: int) -> None:
        """Keep the heading in sight, and give it filters."""
        self._sheet.freeze_panes(1, 0)
        if columns:
            self._sheet.autofilter(0, 0, rows, columns - 1)

    def notes(self, left_out: int, language: str) -> list[tuple[str, str]]:
        """What did not fit, as pairs of label and value."""
        found = (
            (_LEFT_OUT, self._limits.rows, left_out),
            (_CUT, self._limits.characters, self._cut),
            (_UNLINKED, self._limits.links, self._unlinked),
        )
        return [
            (_NOTE.in_language(language), text.in_language(language).format(most, count))
            for text, most, count in found
            if count
        ]

    def _may_link(self, address: str) -> bool:
        if not address.startswith(("https://", "http://")):
            return False
        if self._links >= self._limits.links or _units(address) > self._limits.address:
            self._unlinked += 1
            return False
        self._links += 1
        return True

    def _fitting(self, text: str) -> str:
        if _units(text) <= self._limits.characters:
            return text
        self._cut += 1
        units = text.encode("utf-16-le")[: 2 * (self._limits.characters - 1)]
        return units.decode("utf-16-le", errors="ignore") + "…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
