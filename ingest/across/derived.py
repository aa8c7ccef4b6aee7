"""The parts of a data set that follow from all documents together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pyoxigraph import Quad

from ingest.across.comparison import Comparison

DERIVED: Mapping[str, Callable[[Comparison], list[Quad]]] = {}
"""What makes each part, by the name of its graph."""
