"""The parts of a data set that follow from all documents together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pyoxigraph import Quad

from ingest.across import threads
from ingest.across.comparison import Comparison
from ingest.across.inference import inferred
from ingest.statement import Rule

DERIVED: Mapping[str, Callable[[Comparison], list[Quad]]] = {
    "inferred": inferred,
    threads.GRAPH: threads.make,
}
"""What makes each part, by the name of its graph."""
RULES: tuple[Rule, ...] = (*threads.RULES,)
"""The rules that made the parts, for the catalogue."""
