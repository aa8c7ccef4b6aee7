"""An answer as a workbook (XLSX): the rows on one sheet, what was asked on the other."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from pyoxigraph import NamedNode
from xlsxwriter import Workbook

from queries import readable
from queries.catalogue import SavedQuery
from queries.contract import Column, in_group
from queries.readable import Address
from queries.rows import Answer, Row
from queries.sheet import EXCEL, Cell, Formats, Limits, Sheet, typed
from queries.text import Bilingual

_ROWS = Bilingual(nl="Antwoord", en="Answer")
_ABOUT = Bilingual(nl="Over", en="About")
_PLACE = Bilingual(nl="Adres van de passage", en="Address of the passage")

_NARROWEST, _WIDEST = 9, 40  # in characters of the standard font
_QUOTE, _TITLE, _ABOUT_WIDTHS = 70, 36, (24, 100)
_SAMPLED = 200  # rows that decide how wide a column is
# A moment that a file must state; a fixed one, so that the same answer is the same bytes.
_MADE = datetime.datetime(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of the sheet; ``width`` where it does not follow from what is in it."""

    heading: str
    cell: Callable[[Row], Cell | None]
    width: int | None = None


def spreadsheet(
    query: SavedQuery,
    answer: Answer,
    language: str,
    address: Address,
    about: Sequence[tuple[str, str]],
    limits: Limits = EXCEL,
) -> bytes:
    """The workbook of an answer, with headings in a language.

    A thing links to where ``address`` has it; those addresses must be absolute. ``about`` are pairs
    of label and value for the second sheet, which also says what did not fit.
    """
    stream = BytesIO()
    # Rows go to a temporary file as they are written: an eightieth of the memory.
    with Workbook(stream, {"constant_memory": True}) as workbook:
        workbook.set_properties({"title": query.title.in_language(language), "created": _MADE})
        formats = Formats(workbook)
        fields = list(_fields(query, language, address))
        sheet = Sheet(workbook.add_worksheet(_ROWS.in_language(language)), formats, limits)
        _write(sheet, fields, answer.rows[: limits.rows - 1])
        left_out = max(0, len(answer.rows) - (limits.rows - 1))
        notes = sheet.notes(left_out, language)
        second = Sheet(workbook.add_worksheet(_ABOUT.in_language(language)), formats, limits)
        for column, width in enumerate(_ABOUT_WIDTHS):
            second.set_width(column, width)
        for place, (label, value) in enumerate([*about, *notes]):
            second.text(place, 0, label, formats.heading)
            second.write(place, 1, Cell(value, link=value))
    return stream.getvalue()


def _write(sheet: Sheet, fields: Sequence[_Field], rows: Sequence[Row]) -> None:
    for place, field in enumerate(fields):
        sheet.set_width(place, field.width or _width(field, islice(rows, _SAMPLED)))
        sheet.text(0, place, field.heading, sheet.formats.heading)
    for number, row in enumerate(rows, start=1):
        for place, field in enumerate(fields):
            cell = field.cell(row)
            if cell is not None:
                sheet.write(number, place, cell)
    sheet.finish(len(rows), len(fields))


def _width(field: _Field, rows: Iterable[Row]) -> int:
    cells = (field.cell(row) for row in rows)
    lengths = [len(str(cell.value)) + 2 for cell in cells if cell is not None]
    wanted = max([len(field.heading) + 4, *lengths])  # the filter's button takes some of a heading
    return min(max(wanted, _NARROWEST), _WIDEST)


def _fields(query: SavedQuery, language: str, address: Address) -> Iterator[_Field]:
    groups = {in_group(prefix, "evidence"): prefix for prefix in readable.prefixes(query)}
    for column in readable.shown(query):
        if column.name in groups:
            yield from _passage(query, groups[column.name], language, address)
        else:
            heading = column.label.in_language(language)
            yield _Field(heading, _thing_or_value(column, address))


def _passage(query: SavedQuery, prefix: str, language: str, address: Address) -> Iterator[_Field]:
    """A passage as four columns; those of a second one begin with what that one is called."""
    second = query.columns[in_group(prefix, "evidence")].label.in_language(language)

    def heading(companion: str) -> str:
        column = query.columns.get(in_group(prefix, companion))
        name = column.label.in_language(language) if column is not None else companion
        return f"{second}: {name}" if prefix else name

    def quote(row: Row) -> Cell | None:
        found = readable.passage(row, prefix)
        return Cell(found.quote) if found else None

    def document(row: Row) -> Cell | None:
        found = readable.passage(row, prefix)
        return Cell(found.title, address(found.document)) if found else None

    def page(row: Row) -> Cell | None:
        found = readable.passage(row, prefix)
        return Cell(found.page) if found and found.page is not None else None

    def place(row: Row) -> Cell | None:
        found = readable.passage(row, prefix)
        where = (address(found.evidence) or found.evidence) if found else ""
        return Cell(where, where) if where else None

    name = _PLACE.in_language(language)
    yield _Field(heading("quote"), quote, _QUOTE)
    yield _Field(heading("document"), document, _TITLE)
    yield _Field(heading("page"), page)
    yield _Field(f"{second}: {name}" if prefix else name, place, _WIDEST)


def _thing_or_value(column: Column, address: Address) -> Callable[[Row], Cell | None]:
    def cell(row: Row) -> Cell | None:
        term = row.get(column.name)
        if term is None:
            return None
        if column.separator is not None:
            places = [address(iri) or iri for iri in readable.listed(term, column.separator)]
            return Cell("\n".join(places), places[0] if len(places) == 1 else None)
        if isinstance(term, NamedNode):
            return Cell(readable.label(row, column.name), address(term.value))
        return typed(term)

    return cell
