"""References to addresses on the web.

A hyphen where print broke an address over two lines may be part of it or not. The words of the
document tell which; where they do not, the address is not known and nothing is cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.document import Range
from ingest.extract.cited import Cited, Stretch
from ingest.extract.context import Context

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+?(?=[.,;:)\]’”\"]*(?:\s|$))")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(r"[^\W\d_]+$")


def addresses(stretch: Stretch) -> Iterator[Cited]:
    """Addresses on the web, as they were before print broke them."""
    for match in stretch.matches(_ADDRESS):
        address = _whole(stretch, Range(*match.span()))
        if address:
            written = "" if address == match.group() else address
            yield Cited("web-page", Range(*match.span()), (address,), written=written)


def _whole(stretch: Stretch, here: Range) -> str:
    """An address without the hyphens that only its line ends gave it; "" if that is not sure."""
    text, offsets = stretch.text, stretch.block.text.offsets
    pieces: list[str] = []
    at = here.start
    for place in range(here.start, here.end - 1):
        if text[place] != "-" or offsets[place + 1] - offsets[place] <= 1:
            continue
        kept = _is_hyphen(stretch, place)
        if kept is None:
            return ""
        pieces.append(text[at : place + kept])
        at = place + 1
    return "".join((*pieces, text[at : here.end]))


def _is_hyphen(stretch: Stretch, place: int) -> bool | None:
    """Whether a hyphen at a line end belongs to an address; None if the document cannot tell."""
    front, rest = _BEFORE.search(stretch.text, 0, place), _WORD.match(stretch.text, place + 1)
    if front is None or rest is None:
        return True  # next to a digit or sign no word was broken
    known = _words(stretch.context)
    one, other = front.group().lower(), rest.group().lower()
    if one + other in known:
        return False
    return True if one in known and other in known else None


@lru_cache(maxsize=2)
def _words(context: Context) -> frozenset[str]:
    """The words of a document outside its addresses, in lower case."""
    return frozenset(
        word.lower()
        for block in context.document.blocks
        for word in _WORD.findall(_ADDRESS.sub(" ", block.text.text))
    )
