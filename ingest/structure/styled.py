"""What an element is whose format does not say: judged by its style beside the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.document import BlockKind
from ingest.readers.extraction import Element


def name_elements(elements: Sequence[Element]) -> list[Element]:
    """The elements, each with a kind."""
    return [replace(e, kind=BlockKind.PARAGRAPH) if e.kind is None else e for e in elements]
