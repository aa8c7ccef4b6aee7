"""Triples in order, each once, with a memory that does not grow with their number."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import RdfFormat, Triple, serialize

AT_ONCE = 500_000
"""Triples that are sorted in memory; more are sorted in runs on the disk, which are merged."""


def write_sorted(triples: Iterable[Triple], path: Path, at_once: int = AT_ONCE) -> None:
    """Write canonical N-Triples to a file, in code point order."""
    with TemporaryDirectory(prefix=".sorting-", dir=path.parent) as folder, ExitStack() as stack:
        runs = [
            stack.enter_context(run.open("rb")) for run in _runs(triples, Path(folder), at_once)
        ]
        before = b""
        with path.open("wb") as out:
            for line in heapq.merge(*runs):
                if line != before:
                    out.write(line)
                    before = line


def _runs(triples: Iterable[Triple], folder: Path, at_once: int) -> Iterator[Path]:
    """Files of sorted lines."""
    waiting = iter(triples)
    number = 0
    while held := list(islice(waiting, at_once)):
        lines = (serialize(held, format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True)
        run = folder / str(number)
        run.write_bytes(b"".join(sorted(set(lines))))
        yield run
        number += 1
