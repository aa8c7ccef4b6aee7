"""From the bytes of a web page to its tree: encoding, parsing, limits."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from ingest.limits import Limits
from ingest.readers.extraction import UnreadableError
from ingest.readers.safe_xml import check_depth

_HEAD = 4096  # bytes in which a page may declare its encoding
_DECLARED = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)")
_TEXT_ENCODING = re.compile(r"cp(?:125\d|437|850|852)|iso8859-\d+|koi8-[ru]|mac-roman")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAME_AS_WINDOWS = ("iso8859-1", "ascii")  # browsers read both as windows-1252


def parse_page(data: bytes, name: str, limits: Limits) -> etree._Element:
    """The root element of a page, however badly it was written.

    Raises ``UnreadableError`` for a page without any element, one that nests deeper than the
    limit, and one of which the parser had to leave a part out.
    """
    root = parse_markup(decode_page(data), name, limits)
    if root is None:
        raise UnreadableError(f"{name}: no text in it")
    return root


def parse_markup(text: str, name: str, limits: Limits) -> etree._Element | None:
    """As :func:`parse_page`, for a piece of HTML; ``None`` for one without elements."""
    parser = etree.HTMLParser(
        huge_tree=False,
        no_network=True,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.replace("\x00", "\ufffd").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    for entry in parser.error_log:
        if entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise UnreadableError(f"{name}: refused, {_in_words(entry.message, limits)}")
    if root is not None:
        check_depth(root, name, limits)
    return root


def decode_page(data: bytes) -> str:
    """The text of a page: by its byte order mark, its own word, as UTF-8 or as windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for encoding in (_declared(data[:_HEAD]), "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace")


def _declared(head: bytes) -> str:
    """The encoding that the page says it has, where that can be true."""
    match = _DECLARED.search(head) or _XML_DECLARED.match(head)
    if match is None:
        return "utf-8"
    try:
        encoding = codecs.lookup(match[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return "utf-8"
    if encoding in _SAME_AS_WINDOWS:
        return "cp1252"
    return encoding if _TEXT_ENCODING.fullmatch(encoding) else "utf-8"


def _in_words(message: str, limits: Limits) -> str:
    """What the parser's message about a limit means."""
    if "depth" in message:
        return f"elements nested deeper than {limits.depth}"
    return "one of its texts or attributes is too long"
