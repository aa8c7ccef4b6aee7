"""XML of official publications in, text out: parliamentary papers of both dialects.

Papers from about 2010 are ``officiele-publicatie/kamerstuk`` with nested divisions, older ones
``kamerwrk`` with flat subheadings. Everything else that has words is read by the same rules: no
text of an unknown element is lost.
"""

from __future__ import annotations

from ingest.limits import Limits
from ingest.readers.extraction import Extraction, UnreadableError
from ingest.readers.official.body import BodyReader
from ingest.readers.official.header import read_header
from ingest.readers.official.inline import InlineReader, OldNotes, tag
from ingest.readers.official.names import METADATA_ROOTS
from ingest.readers.official.tables import GridReader
from ingest.readers.safe_xml import parse_xml
from ingest.readers.text_writer import TextWriter


def read_official_xml(data: bytes, name: str, limits: Limits) -> Extraction:
    """The text of an official publication, with what its markup says about it.

    Raises ``UnreadableError`` for XML that is not well-formed or unsafe, for a publication's
    metadata without its text, and for XML without any text.
    """
    root = parse_xml(data, name, limits)
    if tag(root).casefold() in METADATA_ROOTS:
        raise UnreadableError(f"{name}: metadata about a publication, not its text")
    notes = OldNotes(root)
    inline = InlineReader(notes)
    writer = TextWriter(name, limits.characters)
    body = BodyReader(writer, inline, GridReader(inline, name, limits.characters))
    body.read(root)
    for note in notes.left():
        body.note(note)
    extraction = writer.extraction(read_header(root).properties)
    if not extraction.text.strip():
        raise UnreadableError(f"{name}: XML without text")
    return extraction
