"""The conventions of a letter: what stands above its text, and who signs below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.chunks import Chunk, is_closed

_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_DATE_LINE = re.compile(
    rf"\s*(?:[A-Z][\w ’'-]{{2,30}},\s*|Datum:?\s*)\d{{1,2}} (?:{_MONTHS}) \d{{4}}\s*$"
)
_SIGNATORY = re.compile(
    r"\s*(?:Namens )?(?:[Dd]e|[Hh]et) "
    r"(?:(?:[Mm]inister|[Ss]taatssecretaris)\b|(?:directeur|voorzitter)\b)[^.:]*,"
)
_PAPER = re.compile(
    r"\s*(?P<number>\d{2}[ .\u00a0]?\d{3}(?:[ -][IVX]+[A-Z]?)?(?:-\d{2})?|[Nn]r\.? \d{1,4})\s+"
    r"(?=[^\W\d_a-z])"
)
_CLOSING = re.compile(r"\s*(?:Hoogachtend|Met vriendelijke groet)", re.IGNORECASE)
_HEAD_CHUNKS = 15  # a letter's date stands among its first chunks
_SIGNATURE_LINES = 5


def letterhead(chunks: Sequence[Chunk]) -> int:
    """How many chunks stand above the letter's text (dossier, addressee, place and date)."""
    for index, chunk in enumerate(chunks[:_HEAD_CHUNKS]):
        if any(_DATE_LINE.match(line.text) for line in chunk.lines):
            return index + 1
    return 0


def paper_number(line: str) -> re.Match[str] | None:
    """The dossier or number with which a title of a parliamentary paper begins."""
    return _PAPER.match(line)


def is_signature(chunk: Chunk) -> bool:
    """Whether a chunk is an office and the name of its holder."""
    if len(chunk.lines) > _SIGNATURE_LINES:
        return False
    if _CLOSING.match(chunk.text) and len(chunk.text) < 60:
        return True
    return (
        len(chunk.lines) > 1
        and bool(_SIGNATORY.match(chunk.text))
        and not is_closed(chunk.text)
        and chunk.text[-1:].isalpha()
    )
