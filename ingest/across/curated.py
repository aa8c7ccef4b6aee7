"""Curated threads, held against the statements of the documents that they quote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import SequenceMatcher

from pyoxigraph import NamedNode

from ingest.across.comparison import Comparison
from ingest.across.linking import Reason, Thread
from ingest.across.said import Reading, Said, Source
from ingest.across.threads_file import End, ThreadsError, ThreadsFile
from ingest.graph.classes import Classes
from ingest.graph.writer import GraphWriter, dated
from ontology.names import DCTERMS, Minter
from ontology.vocabulary import OntologyError

# What a quote is taken as where several statements were read from it, the most telling first.
_RANKS = (
    "Recommendation",
    "Commitment",
    "Position",
    "Result",
    "Target",
    "Allocation",
    "Announcement",
    "Finding",
    "Definition",
    "Funding",
    "Event",
    "CoherenceRelation",
    "Enumeration",
    "PolicyOption",
    "Partnership",
    "Amount",
    "Count",
    "Share",
)
_NOT_LETTERS = re.compile(r"[\s\-‐¬\u00ad'’‘\"“”]")
_SHOWN = 60


def threads(reading: Reading, comparison: Comparison) -> Iterator[Thread]:
    """The threads of all files; a :class:`ThreadsError` for a quote that no statement has."""
    by_id = {source.id: source for source in reading.sources.values()}
    finder = _Finder(reading, by_id)
    for file in comparison.curated:
        for number, one in enumerate(file.threads, start=1):
            where = f"{file.path}: thread {number}"
            try:
                comparison.words.find("thread-kinds", one.kind)
            except OntologyError as error:
                raise ThreadsError(f"{where}: {error}") from error
            first = finder.find(f"{where}: from", one.first)
            last = finder.find(f"{where}: to", one.last)
            if first.source is last.source:
                raise ThreadsError(f"{where}: both quotes are from {first.source.id}")
            if last.source.before(first.source):
                raise ThreadsError(f"{where}: {last.source.id} is earlier than {first.source.id}")
            yield Thread(
                one.kind,
                (first, last),
                Reason(one.why.nl, one.why.en),
                Decimal(str(one.confidence)),
                _claim(comparison.minter, file, number),
                first.things("about", "subject") & last.things("about", "subject"),
            )


def describe(
    writer: GraphWriter, minter: Minter, classes: Classes, files: Iterable[ThreadsFile]
) -> None:
    """Who recorded each curated thread, and when."""
    for file in files:
        for number, _ in enumerate(file.threads, start=1):
            node = _claim(minter, file, number)
            writer.type(node, *classes.of("Claim"))
            writer.add(node, "curator", file.curator)
            writer.add(node, NamedNode(DCTERMS + "created"), dated(file.date))


def _claim(minter: Minter, file: ThreadsFile, number: int) -> NamedNode:
    return minter.thing("claim", "threads", file.name, str(number))


class _Finder:
    """Finds the statement that was read from a quote."""

    def __init__(self, reading: Reading, by_id: dict[str, Source]) -> None:
        self._reading, self._by_id = reading, by_id
        self._said: dict[str, list[tuple[Said, str]]] = {}

    def find(self, where: str, end: End) -> Said:
        """The statement with the quote, however its lines were broken."""
        if end.document not in self._by_id:
            raise ThreadsError(f"{where}: no document {end.document!r}")
        here = self._in(end.document)
        wanted = _squeezed(end.quote)
        found = [one for one, text in here if wanted and wanted in text]
        if not found:
            shown = f"{where}: quote {end.quote[:_SHOWN]!r}...: {end.document}"
            raise ThreadsError(f"{shown} says no such thing{_nearest(wanted, here)}")
        return min(found, key=lambda one: (_rank(one), len(one.text), one.order))

    def _in(self, document: str) -> list[tuple[Said, str]]:
        if document not in self._said:
            said = self._reading.in_document(self._by_id[document])
            self._said[document] = [(one, _squeezed(one.text)) for one in said]
        return self._said[document]


def _nearest(wanted: str, said: list[tuple[Said, str]]) -> str:
    def likeness(item: tuple[Said, str]) -> int:
        return SequenceMatcher(None, wanted, item[1], autojunk=False).find_longest_match().size

    if not said:
        return ""
    return f"; nearest is {max(said, key=likeness)[0].text[: 2 * _SHOWN]!r}"


def _rank(said: Said) -> int:
    return min((n for n, kind in enumerate(_RANKS) if kind in said.kinds), default=len(_RANKS))


def _squeezed(text: str) -> str:
    """A text without what a line break can change in a quote."""
    return _NOT_LETTERS.sub("", text)
