"""What was measured, by server and measurement: medians over the rounds, and ratios as tables."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Mapping
from pathlib import Path

Line = dict[str, object]


class Figures:
    """Gathers figures; each is kept for every round."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], dict[str, list[float]]] = {}

    def note(self, server: str, what: str, **found: float) -> None:
        """Keep the figures of one measurement."""
        kept = self._kept.setdefault((server, what), {})
        for key, value in found.items():
            kept.setdefault(key, []).append(float(value))

    def lines(self) -> Iterator[str]:
        """One JSON object for each server and measurement, with medians."""
        for (server, what), found in self._kept.items():
            medians = {key: round(statistics.median(each), 3) for key, each in found.items()}
            runs = max(len(each) for each in found.values())
            yield json.dumps({"server": server, "measured": what, "runs": runs, **medians})


def tables(path: Path) -> Iterator[str]:
    """Lines of Markdown: for each measurement the native server's figure and ratios to it."""
    found: dict[str, dict[str, Mapping[str, float]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        found.setdefault(one["measured"], {})[one["server"]] = one
    servers = sorted({name for each in found.values() for name in each} - {"native"})
    yield f"| measured | native | {' | '.join(servers)} |"
    yield f"|---|---|{'---|' * len(servers)}"
    for what, each in found.items():
        if "native" in each and "per_s" in each["native"]:
            cells = [_rate(each.get(name), each["native"]["per_s"]) for name in servers]
            native = f"{each['native']['per_s']:,.0f}/s, p99 {each['native']['p99_ms']:.1f} ms"
            yield f"| {what} | {native} | {' | '.join(cells)} |"


def _rate(line: Mapping[str, float] | None, native: float) -> str:
    if line is None or "per_s" not in line:
        return ""
    p99 = f", p99 {line['p99_ms']:.1f} ms" if "p99_ms" in line else ""
    return f"{line['per_s'] / native:.2f}{p99}" if native else f"{line['per_s']:.1f}/s"
