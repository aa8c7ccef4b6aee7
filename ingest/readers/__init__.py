"""Readers: one module per file format, each turning bytes into numbered pages of lines."""

from ingest.readers.plain_text import Extraction, UnreadableTextError, read_plain_text

__all__ = ["Extraction", "UnreadableTextError", "read_plain_text"]
