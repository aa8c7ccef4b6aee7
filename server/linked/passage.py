"""A passage in a readable text: which characters of it stand at these places of the source.

The readable text is the source's with white space collapsed and line-end hyphens, note digits and
the like left out (docs/model.md, "Statements and evidence"); the source has all its characters.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of source text: code points from 0, end exclusive."""

    start: int
    end: int

    def touches(self, start: int, end: int) -> bool:
        """Whether it shares a character with another stretch."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of readable text; ``marked`` when it belongs to the passage."""

    text: str
    marked: bool = False


def runs(readable: str, exact: str, start: int, passage: Passage) -> tuple[Run, ...]:
    """A readable text with the passage marked in it.

    ``exact`` is the same text as the source has it, which stands there at ``start``. Where the two
    can not be laid side by side, or the passage is only what the readable text leaves out, all is
    marked.
    """
    places = aligned(readable, exact)
    within = [
        index for index, place in enumerate(places) if passage.start <= start + place < passage.end
    ]
    if not within:
        return (Run(readable, marked=True),)
    first, after = within[0], within[-1] + 1
    cut = (
        Run(readable[:first]),
        Run(readable[first:after], marked=True),
        Run(readable[after:]),
    )
    return tuple(run for run in cut if run.text)


def aligned(readable: str, exact: str) -> list[int]:
    """For each character of the readable text its place in the exact one; empty if they differ."""
    places: list[int] = []
    here = 0
    for character in readable:
        while here < len(exact) and not _same(character, exact[here]):
            here += 1
        if here == len(exact):
            return []
        places.append(here)
        here += 1
    return places


def _same(readable: str, exact: str) -> bool:
    return readable == exact or (readable == " " and exact.isspace())
