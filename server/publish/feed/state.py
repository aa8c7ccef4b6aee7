"""What the feed has told so far: a line for each thing, sorted, to be merged and to be searched.

A line has the thing's IRI, the digest of all that was last told of it and the graphs it stood in;
of a thing that is gone a dash and the number of the publication that told so.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode

from server.publish.feed.things import FeedError, Graph

_GONE, _DEFAULT_GRAPH = b"-", b"_"


@dataclass(frozen=True, slots=True)
class Entry:
    """What was last told of a thing; ``gone_in`` is the publication that told of its end, or 0."""

    subject: bytes
    digest: str = ""
    graphs: tuple[Graph, ...] = ()
    gone_in: int = 0

    def line(self) -> bytes:
        """The entry as a line."""
        if self.gone_in:
            return b"%b %b %d\n" % (self.subject, _GONE, self.gone_in)
        graphs = (
            _DEFAULT_GRAPH if isinstance(one, DefaultGraph) else _iri(one) for one in self.graphs
        )
        return b" ".join((self.subject, self.digest.encode(), *graphs)) + b"\n"


def entries(path: Path) -> Iterator[Entry]:
    """All entries of a file, in its order."""
    with path.open("rb") as lines:
        for line in lines:
            yield _entry(line)


def find(path: Path, iri: str) -> Entry | None:
    """The entry of a thing, found by halving: the file is mapped, not read."""
    subject = b"<%b>" % iri.encode()
    with path.open("rb") as file:
        if not path.stat().st_size:
            return None
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
            return _find(lines, subject)


def _find(lines: mmap.mmap, subject: bytes) -> Entry | None:
    low, high = 0, len(lines)  # both at the start of a line
    while low < high:
        start = max(lines.rfind(b"\n", low, (low + high) // 2) + 1, low)
        end = lines.find(b"\n", start) + 1
        line = lines[start:end]
        found = line.partition(b" ")[0]
        if found == subject:
            return _entry(line)
        if found < subject:
            low = end
        else:
            high = start
    return None


def _entry(line: bytes) -> Entry:
    try:
        subject, digest, *rest = line.split()
        if digest == _GONE:
            return Entry(subject, gone_in=int(rest[0]))
        return Entry(subject, digest.decode(), tuple(_graph(one) for one in rest))
    except (ValueError, IndexError) as error:
        raise FeedError(f"the state of the feed is damaged: {line[:200]!r}") from error


def _graph(word: bytes) -> Graph:
    return DefaultGraph() if word == _DEFAULT_GRAPH else NamedNode(word[1:-1].decode())


def _iri(graph: NamedNode) -> bytes:
    return str(graph).encode()
