"""Which format a file has, by its name and by its first bytes; the two must agree."""

from __future__ import annotations

import re
from enum import Enum

from ingest.readers.extraction import UnreadableError


class Format(Enum):
    """The formats that can be read; the value names the format in messages."""

    TEXT = "plain text"
    PDF = "PDF"
    DOCX = "DOCX"
    ODT = "ODT"
    HTML = "HTML"
    XML = "XML"
    MARKDOWN = "Markdown"


SUFFIXES = {
    ".txt": Format.TEXT,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".odt": Format.ODT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".xml": Format.XML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
}
MEDIA_TYPES = {
    Format.TEXT: "text/plain",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.HTML: "text/html",
    Format.XML: "application/xml",
    Format.MARKDOWN: "text/markdown",
}
_HEAD = 4096  # bytes that are looked at
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:[?!]|[A-Za-z])")
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def by_suffix(suffix: str, name: str) -> Format:
    """The format that a file's suffix promises; ``UnreadableError`` for an unknown one."""
    try:
        return SUFFIXES[suffix.lower()]
    except KeyError:
        known = ", ".join(SUFFIXES)
        raise UnreadableError(f"{name}: unknown kind of file; known are {known}") from None


def check_content(data: bytes, promised: Format, name: str) -> None:
    """``UnreadableError`` if the bytes are empty or clearly of another format than promised."""
    if not data.strip():
        raise UnreadableError(f"{name}: the file is empty")
    if data.startswith(_OLD_OFFICE):
        raise UnreadableError(
            f"{name}: an encrypted or old Office file (OLE container), not {promised.value}"
        )
    found = _looks_like(data)
    if not _agree(found, promised):
        label = found.value if isinstance(found, Format) else found or "something else"
        raise UnreadableError(f"{name}: its name says {promised.value}, its content is {label}")


def _looks_like(data: bytes) -> Format | str | None:
    """The format that the first bytes show; ``None`` for text without marks."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return _packed(data)
    if b"\x00" in head:
        return "binary data"
    if _HTML.search(head) and _MARKUP.match(head):
        return Format.HTML
    return Format.XML if _XML.match(head) else None


def _packed(data: bytes) -> Format | str:
    """Which of the formats that are zip archives."""
    if b"application/vnd.oasis.opendocument.text" in data[:_HEAD]:
        return Format.ODT
    return Format.DOCX if b"word/" in data else "a zip archive"


def _agree(found: Format | str | None, promised: Format) -> bool:
    if promised in (Format.TEXT, Format.MARKDOWN):
        return found is None or (promised is Format.MARKDOWN and found is Format.HTML)
    if promised is Format.HTML:
        return found in (Format.HTML, Format.XML, None)
    if promised is Format.XML:
        return found in (Format.XML, Format.HTML, None)  # both have a <body>
    return found is promised
