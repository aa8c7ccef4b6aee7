"""ODT in, text out."""

from __future__ import annotations

from ingest.limits import Limits
from ingest.readers.extraction import Extraction


def read_odt(data: bytes, name: str, limits: Limits) -> Extraction:
    """Placeholder."""
    raise NotImplementedError
