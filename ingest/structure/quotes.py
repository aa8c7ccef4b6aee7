"""Pull quotes: words of others set apart from the text, with who said them below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import BlockKind, Line
from ingest.structure.chunks import Chunk, is_closed
from ingest.structure.drafts import Draft, plain

_QUOTE = re.compile(r"\s*[“\"„].*[”\"]\W*$", re.DOTALL)
_SOURCE = re.compile(r"\s*(?:Bron|Foto)\b")
_PHOTO = re.compile(r"\s*Foto\b")
_DASH = re.compile(r"\s*[–—-]\s*(?=[^\W\d_a-z])")
_CREDIT_LINES = 3
_CREDIT_LENGTH = 120  # characters
_QUOTE_LENGTH = 1000  # characters; no pull quote is longer


def pull_quote(chunks: Sequence[Chunk], index: int) -> tuple[list[Draft], int]:
    """The pull quote (and the photo's caption) that begins with a chunk, and of how many chunks.

    The credit is indented, or begins with a dash, or names a source; it stands in a chunk of its
    own, or on the last lines of the quotation's.
    """
    chunk = chunks[index]
    if len(chunk.text) > _QUOTE_LENGTH or not chunk.text.startswith(("“", '"', "„")):
        return [], 0
    if split := _credit_inside(chunk.lines):
        return _drafts(chunk.lines[:split], chunk.lines[split:]), 1
    if index + 1 == len(chunks) or not _QUOTE.match(chunk.text):
        return [], 0
    credit = chunks[index + 1]
    marked = credit.lines[0].text.startswith("    ") or _names_source(credit.lines)
    if not marked or len(credit.lines) > _CREDIT_LINES or is_closed(credit.text):
        return [], 0
    return _drafts(chunk.lines, credit.lines), 2


def _credit_inside(lines: Sequence[Line]) -> int:
    """At which line a credit with a dash begins, behind the closing quotation mark (0: none)."""
    for at in range(max(1, len(lines) - _CREDIT_LINES), len(lines)):
        quote = " ".join(line.text.strip() for line in lines[:at])
        if _DASH.match(lines[at].text) and _QUOTE.match(quote):
            return at
    return 0


def _names_source(lines: Sequence[Line]) -> bool:
    """Whether a dash introduces a name, or a source is given below it."""
    if sum(len(line.text) for line in lines) > _CREDIT_LENGTH:
        return False
    return bool(_DASH.match(lines[0].text)) or any(_SOURCE.match(line.text) for line in lines[1:])


def _drafts(quote: Sequence[Line], credit: Sequence[Line]) -> list[Draft]:
    draft = plain(BlockKind.PULL_QUOTE, list(quote))
    names = [line.text.strip() for line in credit if not _SOURCE.match(line.text)]
    photo = [line for line in credit if _PHOTO.match(line.text)]
    name = " ".join(names)
    dash = _DASH.match(name)
    draft.attribution = name[dash.end() :] if dash else name
    draft.lines += [line for line in credit if line not in photo]
    return [draft, plain(BlockKind.CAPTION, photo)] if photo else [draft]
