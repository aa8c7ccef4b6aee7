"""The things of a data set, one by one: what stands together in its sorted N-Quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

Graph = NamedNode | DefaultGraph


class FeedError(Exception):
    """The feed can not be read or extended; the message says of what, and why."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with all that is said of it: ``subject`` is its IRI as N-Quads have it, ``lines``
    are its quads.
    """

    subject: bytes
    lines: tuple[bytes, ...]

    @property
    def digest(self) -> str:
        """Thirty-two hexadecimal digits that stand for all that is said of it."""
        return sha256(b"".join(self.lines)).hexdigest()[:32]

    def graphs(self) -> dict[Graph, list[Quad]]:
        """Its quads by the graph they stand in, the graphs in the order of their IRIs."""
        found: dict[Graph, list[Quad]] = {}
        try:
            for quad in parse(b"".join(self.lines), format=RdfFormat.N_QUADS):
                assert isinstance(quad.graph_name, NamedNode | DefaultGraph)
                found.setdefault(quad.graph_name, []).append(quad)
        except SyntaxError as error:
            raise FeedError(f"the quads of {self.subject.decode()} are none: {error}") from error
        return dict(sorted(found.items(), key=lambda item: str(item[0])))


def things(lines: Iterable[bytes]) -> Iterator[Thing]:
    """The things of sorted N-Quads lines, in their order; one at a time is held in memory.

    Lines that are not sorted, and a thing without an IRI, are a :class:`FeedError`.
    """
    before = b""
    for subject, group in groupby(lines, key=_subject):
        if subject <= before:
            raise FeedError(f"the quads are not sorted: {subject.decode()} comes too late")
        if not subject.startswith(b"<"):
            raise FeedError(f"{subject.decode()} has no IRI, so that nobody can be told of it")
        yield Thing(subject, tuple(group))
        before = subject


def _subject(line: bytes) -> bytes:
    # An IRI in N-Quads has no space in it (https://www.w3.org/TR/n-quads/#grammar-production-IRIREF).
    return line.partition(b" ")[0]
