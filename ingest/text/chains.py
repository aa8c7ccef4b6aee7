"""The best series of rising numbers among many candidates: footnotes, and references to them.

A candidate's own weight counts for a series, every number that it skips against it. Scores are
whole numbers, so that equal series are told apart by their place in the text alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SCALE = 20  # points that one certain candidate counts
MISSING = 9  # points that one skipped number costs
_Best = tuple[int, int]  # a score, and minus the place of its candidate: the first one wins
_NONE: _Best = (-(10**9), 0)


@dataclass(frozen=True, slots=True)
class Link:
    """A candidate: its number, what it counts, and what it costs to begin a series with it.

    Of candidates of one ``group`` (readings of the same digits) a series has one at most. One that
    is ``bound`` needs the number before it in the series.
    """

    label: int
    weight: int
    cost: int
    group: int
    bound: bool = False


def best_series(links: Sequence[Link]) -> list[int]:
    """The places of the candidates that form the best series, in order."""
    if not links:
        return []
    ranks = _Ranks(max(link.label for link in links))
    scores: list[_Best] = []
    before: list[int | None] = []
    waiting: list[int] = []  # candidates of the open group, not yet to be followed
    for place, link in enumerate(links):
        if waiting and links[waiting[-1]].group != link.group:
            for earlier in waiting:
                ranks.add(links[earlier].label, scores[earlier])
            waiting = []
        score, previous = link.weight - link.cost, None
        best = ranks.exactly(link.label - 1) if link.bound else ranks.below(link.label)
        if best is not _NONE:
            chained = best[0] + link.weight - MISSING * (link.label - 1)
            if chained > score:
                score, previous = chained, -best[1]
        scores.append((score, -place))
        before.append(previous)
        waiting.append(place)
    at: int | None = max(range(len(links)), key=scores.__getitem__)
    series: list[int] = []
    while at is not None:
        series.append(at)
        at = before[at]
    return series[::-1]


class _Ranks:
    """The best score, by number, and for all numbers below one (a Fenwick tree)."""

    def __init__(self, highest: int) -> None:
        self._tree = [_NONE] * (highest + 2)
        self._single: dict[int, _Best] = {}

    def add(self, label: int, best: _Best) -> None:
        """Note a series that ends with a number."""
        value = (best[0] + MISSING * label, best[1])
        self._single[label] = max(self._single.get(label, _NONE), value)
        at = label + 1
        while at < len(self._tree):
            self._tree[at] = max(self._tree[at], value)
            at += at & -at

    def below(self, label: int) -> _Best:
        """The best of the numbers below one, raised by the cost of all numbers up to its own."""
        best = _NONE
        at = label
        while at > 0:
            best = max(best, self._tree[at])
            at -= at & -at
        return best

    def exactly(self, label: int) -> _Best:
        """The best that ends with this very number."""
        return self._single.get(label, _NONE)
