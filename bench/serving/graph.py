"""The graph that servers are measured on."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, serialize

from bench.copies import Original

_TRIPLES = 2_000_000


def enlarge(dataset: Path, target: Path, triples: int = _TRIPLES) -> int:
    """Write copies of a data set, at least ``triples`` quads, to ``target``; how many it wrote."""
    original = Original(dataset)
    number = 1
    while original.copies(number) < triples:
        number += 1
    serialize(original.times(number), target, format=RdfFormat.N_QUADS)
    return original.copies(number)
