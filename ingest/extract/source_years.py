"""Sources that a document cites by author, year and title, with two different years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.document import Block, Range
from ingest.extract.context import passages
from ingest.statement import Passage
from ingest.text.wording import words

_CITED = re.compile(
    r"(?P<author>[A-Z][\w&.-]{1,30}(?: [A-Z][\w&.-]{1,30}){0,3}),? "
    r"\(?(?P<year>(?:19|20)\d\d)\)?[.,:]? "
    r"[“\"‘']?(?P<title>[A-ZÀ-Þ][^”\"’'.:;\[\]]{14,120})"
)
# What appears each year under one title has many years.
_EACH_YEAR = re.compile(
    r"jaar|rapportage|begroting|verslag|voortgang|annual|report|outlook|index|monitor|survey|review"
    r"|nota|memorie|brief|strategie|plan|agenda",
    re.IGNORECASE,
)
_FEWEST = 3  # words of a title that is a title of one source

Contradiction = tuple[tuple[Passage, ...], str, str]


@dataclass(frozen=True, slots=True)
class _Cited:
    year: str
    title: tuple[str, ...]
    shown: str
    evidence: tuple[Passage, ...]


def contradicting(blocks: Iterable[Block]) -> Iterator[Contradiction]:
    """Each source with two years: both places, and what is the matter in Dutch and English."""
    known: dict[tuple[str, ...], list[_Cited]] = {}
    told: set[tuple[str, ...]] = set()
    for block in blocks:
        for match in _CITED.finditer(block.text.text):
            title = words(match["title"])
            if len(title) < _FEWEST or _EACH_YEAR.search(match["title"]):
                continue
            here = passages(block, Range(*match.span()))
            one = _Cited(match["year"], title, match["title"].strip(), here)
            author = (
                match["author"].casefold().split()[-1]
            )  # not the "Zie" that may stand before it
            key = (author, *title[:_FEWEST])
            for other in known.get(key, []):
                if other.year != one.year and _same(one.title, other.title) and key not in told:
                    told.add(key)
                    yield (
                        (*other.evidence, *one.evidence),
                        f"‘{one.shown}’ is op de ene plaats van {other.year} en op de andere van "
                        f"{one.year}.",
                        f"‘{one.shown}’ is of {other.year} in one place and of {one.year} in "
                        "another.",
                    )
            known.setdefault(key, []).append(one)


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one title is the other, or its beginning."""
    shortest = min(len(one), len(other))
    return one[:shortest] == other[:shortest]
