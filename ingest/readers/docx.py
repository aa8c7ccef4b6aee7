"""DOCX in, text out."""

from __future__ import annotations

from ingest.limits import Limits
from ingest.readers.extraction import Extraction


def read_docx(data: bytes, name: str, limits: Limits) -> Extraction:
    """Placeholder."""
    raise NotImplementedError
