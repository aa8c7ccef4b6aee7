"""What was made of a document, for whoever adds one and wants to see how it went."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from pydantic import BaseModel

from ingest.document import Block, Document, Span
from ingest.extract.context import Context
from ingest.extract.prose import PROSE
from ingest.extract.suggest import UNSPECIFIC
from ingest.extract.unknown_names import unknown_names
from ingest.statement import Statement

BY_RULE, BY_CLAIM = "rule", "claim"
MENTION = "Mention"
_OPENING = 90  # characters of a paragraph that are shown


class Silent(BaseModel):
    """A paragraph of which nothing was noted."""

    page: int
    opening: str


class Account(BaseModel):
    """How one document was read and what was found in it."""

    pages: int = 0
    characters: int = 0
    blocks: dict[str, int] = {}
    sections: int = 0
    warnings: list[str] = []
    statements: dict[str, dict[str, int]] = {}
    """By kind, how many by rule and how many by curated claim."""
    things: int = 0
    """How many different things are mentioned."""
    paragraphs: int = 0
    silent: list[Silent] = []
    unknown: dict[str, int] = {}
    """Names that are in no scheme, with how often they stand in the text."""
    doubts: list[str] = []
    """What the shapes warn of."""
    seconds: dict[str, float] = {}

    @property
    def counts(self) -> dict[str, int]:
        """How many statements of each kind."""
        return {kind: sum(origins.values()) for kind, origins in self.statements.items()}

    def by_origin(self, origin: str) -> int:
        """How many statements, mentions left out, a rule or a claim made."""
        return sum(o.get(origin, 0) for k, o in self.statements.items() if k != MENTION)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Add what is done within to the time of a step."""
        start = time.perf_counter()
        yield
        self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - start


def describe_reading(account: Account, document: Document) -> None:
    """Write down what was read."""
    account.pages, account.characters = document.pages, len(document.source.text)
    kinds = Counter(str(block.kind) for block in document.blocks)
    account.blocks = dict(sorted(kinds.items()))
    account.sections = len(document.sections)
    account.warnings = list(document.warnings)


def describe_saying(account: Account, context: Context, said: Sequence[Statement]) -> None:
    """Write down what was found, and what may have been missed."""
    statements: dict[str, dict[str, int]] = {}
    for one in said:
        origin = BY_CLAIM if "/claim/" in one.made_by.value else BY_RULE
        origins = statements.setdefault(one.kind, {})
        origins[origin] = origins.get(origin, 0) + 1
    account.statements = dict(sorted(statements.items()))
    account.things = len({mention.entity for mention in context.mentions})
    prose = list(context.document.of_kind(*PROSE))
    account.paragraphs = len(prose)
    account.silent = [
        Silent(page=block.page, opening=block.text.text[:_OPENING])
        for block in _uncovered(prose, said)
    ]
    account.unknown = unknown_names(context)


def _uncovered(blocks: Iterable[Block], said: Iterable[Statement]) -> Iterator[Block]:
    places = sorted(
        (passage.span.start, passage.span.end)
        for one in said
        if one.kind not in UNSPECIFIC
        for passage in one.evidence
    )
    for block in blocks:
        spans = block.spans()
        if not any(_touches(span, places) for span in spans):
            yield block


def _touches(span: Span, places: Sequence[tuple[int, int]]) -> bool:
    return any(start < span.end and span.start < end for start, end in places)
