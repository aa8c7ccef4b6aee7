"""The file behind a PDF: opening it, what it says of itself, and what is drawn on its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.limits import Limits
from ingest.readers.extraction import UnreadableError
from ingest.readers.pdf.drawing import read_drawing, read_links
from ingest.readers.pdf.layout.geometry import Page
from ingest.readers.pdf.layout.segments import add_bullets
from ingest.readers.pdf.letters import Letters, read_letters

_TAIL = 8192  # bytes at the end in which the file's own end must be found
_ENDS = (b"%%EOF", b"startxref")
_PASSWORD_ERRORS = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_PROPERTIES = {"Title": "title", "Author": "creator", "Producer": "producer"}
_DATE = re.compile(
    r"D?:?(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]+")


class PdfSource:
    """An open PDF."""

    def __init__(self, document: pypdfium2.PdfDocument, name: str, limits: Limits) -> None:
        self._document = document
        self._name = name
        self._limits = limits
        self.page_count = len(document)

    def pages(self) -> Iterator[tuple[Page, Letters]]:
        """The pages, each with what was found about its letters."""
        left = self._limits.characters
        for index in range(self.page_count):
            try:
                page = self._document[index]
            except pypdfium2.PdfiumError as error:
                raise UnreadableError(f"{self._name}: damaged (page {index + 1})") from error
            try:
                letters = read_letters(page, left)
            except pypdfium2.PdfiumError as error:
                raise UnreadableError(f"{self._name}: damaged (page {index + 1})") from error
            left -= letters.count
            if left < 0:
                limit = self._limits.characters
                raise UnreadableError(f"{self._name}: more than {limit:,} characters of text")
            view = letters.view
            drawn = Page(index + 1, view.width, view.height, letters.segments)
            read_drawing(page, view, drawn)
            add_bullets(drawn)
            read_links(self._document, page, view, drawn)
            yield drawn, letters
            page.close()

    def properties(self) -> dict[str, str]:
        """What the file says of itself: title, creator, created (ISO 8601), producer."""
        try:
            stated = self._document.get_metadata_dict(skip_empty=True)
        except (pypdfium2.PdfiumError, ValueError):
            return {}
        found = {}
        for key, term in _PROPERTIES.items():
            if value := " ".join(_CONTROL.sub(" ", stated.get(key, "")).split()):
                found[term] = value
        if created := iso_date(stated.get("CreationDate", "")):
            found["created"] = created
        return found


@contextmanager
def open_pdf(data: bytes, name: str, limits: Limits) -> Iterator[PdfSource]:
    """The PDF in ``data``; ``UnreadableError`` for one that is damaged, encrypted or too long."""
    if not any(mark in data[-_TAIL:] for mark in _ENDS):
        raise UnreadableError(f"{name}: damaged (the end of the file is missing)")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in _PASSWORD_ERRORS:
            raise UnreadableError(f"{name}: the file is encrypted") from error
        raise UnreadableError(f"{name}: damaged, not a PDF that can be opened") from error
    with document:
        source = PdfSource(document, name, limits)
        if source.page_count < 1:
            raise UnreadableError(f"{name}: damaged (no pages)")
        if source.page_count > limits.pages:
            raise UnreadableError(
                f"{name}: {source.page_count:,} pages, more than the {limits.pages:,} allowed"
            )
        yield source


def iso_date(stated: str) -> str:
    """A PDF's date ("D:20240131093000+01'00'") as ISO 8601; empty if it is none."""
    match = _DATE.match(stated.strip())
    if not match:
        return ""
    year, month, day, hour, minute, second, zulu, sign, zone_hours, zone_minutes = match.groups()
    try:
        zone: timezone | None = None
        if zulu:
            zone = UTC
        elif sign:
            shift = timedelta(hours=int(zone_hours), minutes=int(zone_minutes or 0))
            zone = timezone(-shift if sign == "-" else shift)
        moment = datetime(
            int(year),
            int(month or 1),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=zone,
        )
    except ValueError:
        return ""
    return moment.isoformat() if hour else moment.date().isoformat()
