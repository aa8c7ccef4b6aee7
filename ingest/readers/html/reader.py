"""HTML in, text out."""

from __future__ import annotations

from lxml import etree

from ingest.limits import Limits
from ingest.readers.extraction import Extraction, UnreadableError
from ingest.readers.html.content import Content
from ingest.readers.html.notes import find_notes
from ingest.readers.html.page import parse_markup, parse_page
from ingest.readers.html.properties import page_properties
from ingest.readers.html.walk import PageWalk
from ingest.readers.text_writer import TextWriter


def read_html(data: bytes, name: str, limits: Limits) -> Extraction:
    """The text of a web page, without navigation, scripts, forms and what is not shown.

    Raises ``UnreadableError`` for a page without elements, and one beyond the limits. Nothing is
    fetched and no script runs.
    """
    page = parse_page(data, name, limits)
    writer = TextWriter(name, limits.characters)
    root = _write(page, name, writer)
    return writer.extraction(page_properties(page, root))


def write_html(text: str, name: str, limits: Limits, writer: TextWriter) -> None:
    """Write the text of a piece of HTML that stands in a document of another format."""
    root = parse_markup(text, name, limits)
    if root is not None:
        _write(root, name, writer)


def _write(page: etree._Element, name: str, writer: TextWriter) -> etree._Element:
    """Write the content of a page; returns the element that holds it."""
    try:
        content = Content(page)
        walk = PageWalk(content, find_notes(page), writer)
        walk.walk(content.root)
        walk.write_notes()
    except RecursionError as error:
        raise UnreadableError(f"{name}: elements nested too deeply") from error
    return content.root
