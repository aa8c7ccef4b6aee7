"""Finding a quote in the running text of a document, however its lines were broken."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from ingest.document import Block, Range
from ingest.extract.claim_arguments import ClaimError
from ingest.extract.context import Context, passages
from ingest.statement import Passage

_SHOWN = 60  # characters of a quote in a message


class QuoteFinder:
    """Finds quotes in one document."""

    def __init__(self, context: Context) -> None:
        self._blocks = [(block, _squeeze(block.text.text)) for block in context.document.blocks]

    def find(self, quote: str, occurrence: object = None) -> tuple[Passage, ...]:
        """Where a quote stands: it must be found once, or ``occurrence`` says which one is meant,
        counted from 1 in reading order, or "all".
        """
        wanted, _ = _squeeze(quote)
        if not wanted:
            raise ClaimError("an empty quote")
        places = self._places(wanted)
        shown = f"quote {quote[:_SHOWN]!r}..."
        if not places:
            raise ClaimError(f"{shown}: {self._nearest(wanted)}")
        if occurrence is None and len(places) > 1:
            pages = ", ".join(str(block.page) for block, _ in places)
            raise ClaimError(
                f"{shown}: found {len(places)} times (pages {pages}); quote more, or say which "
                f"with 'occurrence: 1' to '{len(places)}', or 'occurrence: all'"
            )
        if occurrence == "all":
            return tuple(one for place in places for one in passages(*place))
        number = 1 if occurrence is None else occurrence
        if isinstance(number, bool) or not isinstance(number, int):
            raise ClaimError(f"occurrence: expected a number or 'all', not {occurrence!r}")
        if not 1 <= number <= len(places):
            raise ClaimError(f"{shown}: found {len(places)} times, so no occurrence {number}")
        return passages(*places[number - 1])

    def _places(self, wanted: str) -> list[tuple[Block, Range]]:
        found: list[tuple[Block, Range]] = []
        for block, (text, positions) in self._blocks:
            start = text.find(wanted)
            while start >= 0:
                end = start + len(wanted)
                found.append((block, Range(positions[start], positions[end - 1] + 1)))
                start = text.find(wanted, end)
        return found

    def _nearest(self, wanted: str) -> str:
        def likeness(item: tuple[Block, tuple[str, list[int]]]) -> float:
            matcher = SequenceMatcher(None, wanted, item[1][0], autojunk=False)
            return matcher.find_longest_match().size

        if not self._blocks:
            return "not found; the document has no text"
        block, _ = max(self._blocks, key=likeness)
        return f"not found; nearest on page {block.page}: {block.text.text[:160]!r}"


def _squeeze(text: str) -> tuple[str, list[int]]:
    """A text without white space, hyphens and quote marks, with the position of each character.

    What a line break can change in a quote must not decide whether it is found.
    """
    kept = [(c, i) for i, c in enumerate(text) if not re.match(r"[\s\-‐¬\u00ad'’‘\"“”]", c)]
    return "".join(c for c, _ in kept), [i for _, i in kept]
