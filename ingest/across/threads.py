"""What links documents: the threads between their statements, and the figures they agree on."""

from __future__ import annotations

from pyoxigraph import Quad

from ingest.across import agreement, curated, developments, linking, references, repetitions
from ingest.across.comparison import Comparison
from ingest.across.said import Reading
from ingest.graph.writer import GraphWriter

GRAPH = "threads"
RULES = (references.RULE, repetitions.RULE, developments.RULE, agreement.RULE)


def make(comparison: Comparison) -> list[Quad]:
    """The graph of threads and of checks across documents."""
    writer = GraphWriter(comparison.minter.thing("graph", GRAPH))
    reading = Reading(comparison)
    linking.write(
        writer,
        comparison,
        [
            *curated.threads(reading, comparison),
            *references.threads(reading),
            *repetitions.threads(reading),
            *developments.threads(reading, comparison),
        ],
    )
    agreement.write(writer, comparison, reading)
    return list(writer)
