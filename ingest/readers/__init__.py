"""From the bytes of a file to its text: one reader for each format, chosen by name and content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from ingest.limits import Limits
from ingest.readers.docx.reader import read_docx
from ingest.readers.extraction import Extraction, UnreadableError
from ingest.readers.formats import Format, by_suffix, check_content
from ingest.readers.html.reader import read_html
from ingest.readers.markdown.reader import read_markdown
from ingest.readers.odt.reader import read_odt
from ingest.readers.official.reader import read_official_xml
from ingest.readers.pdf.reader import read_pdf
from ingest.readers.plain_text import read_plain_text

Reader = Callable[[bytes, str, Limits], Extraction]

READERS: dict[Format, Reader] = {
    Format.TEXT: read_plain_text,
    Format.PDF: read_pdf,
    Format.DOCX: read_docx,
    Format.ODT: read_odt,
    Format.HTML: read_html,
    Format.XML: read_official_xml,
    Format.MARKDOWN: read_markdown,
}


def extract_text(data: bytes, name: str, limits: Limits) -> Extraction:
    """The text of a file; ``name`` (with its suffix) says the format and is named in errors.

    Raises ``UnreadableError`` for a file of an unknown, other or damaged format, an encrypted or
    scanned one, and one beyond the limits.
    """
    if len(data) > limits.file_bytes:
        raise UnreadableError(
            f"{name}: {len(data):,} bytes, more than the {limits.file_bytes:,} that are allowed"
        )
    kind = by_suffix(PurePath(name).suffix, name)
    check_content(data, kind, name)
    extraction = READERS[kind](data, name, limits)
    if not extraction.text.strip():
        raise UnreadableError(f"{name}: no text in it")
    return extraction
