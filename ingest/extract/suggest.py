"""What a curator may have to read: sentences that name or count much and nothing covers yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.extract.context import Context
from ingest.extract.prose import Sentence, sentences
from ingest.statement import Statement

UNSPECIFIC = frozenset({"Mention", "Handling", "Response"})
_FIGURE = 2  # what a figure counts beside a name
_WORTH = 3  # names and figures from which a sentence is worth reading


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence that no statement covers: where it stands, its text, names and figures."""

    page: int
    section: str
    text: str
    names: tuple[str, ...]
    figures: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How much there may be to say about it."""
        return len(self.names) + _FIGURE * len(self.figures)


def suggestions(context: Context, said: Iterable[Statement]) -> list[Suggestion]:
    """The sentences worth a claim, richest first; equally rich ones in reading order."""
    covered = [
        (passage.span.start, passage.span.end)
        for statement in said
        if statement.kind not in UNSPECIFIC
        for passage in statement.evidence
    ]
    found = (s for s in _uncovered(context, covered) if s.weight >= _WORTH)
    return sorted(found, key=lambda one: -one.weight)


def _uncovered(context: Context, covered: list[tuple[int, int]]) -> Iterator[Suggestion]:
    for sentence in sentences(context):
        spans = [passage.span for passage in sentence.evidence]
        if any(s.start < end and start < s.end for s in spans for start, end in covered):
            continue
        yield _suggestion(context, sentence)


def _suggestion(context: Context, sentence: Sentence) -> Suggestion:
    text = sentence.block.text.text
    names = (m.found.concept.name() for m in sentence.mentions)
    section = next((one.title for one in context.document.ancestry(sentence.block)), "")
    return Suggestion(
        sentence.block.page,
        section,
        sentence.text,
        tuple(dict.fromkeys(names)),
        tuple(text[q.range.start : q.range.end] for q in sentence.quantities),
    )
