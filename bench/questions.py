"""``python -m bench.questions DATASET --work DIR``: what each saved question costs.

Every question is asked with its defaults of the real graph and of one with a hundred times the
documents (:mod:`bench.copies`), in a process of its own that is stopped when it takes too long.

A lookup costs more in a store that is larger than its caches, so linear is what a plain lookup of
passages does beside the question; a question may not grow much worse than that. What is measured
is the processor's time, which other work on the machine lengthens least.
"""

from __future__ import annotations

import multiprocessing
import statistics
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import click
from pyoxigraph import QuerySolutions, Store

import queries
from bench.copies import Original
from queries.catalogue import Catalogue

LIMIT_MS = 100.0  # of a question on the real graph
TIMES = 100
TOLERANCE = 1.3  # of timing
LOOKUP = """
PREFIX def: <https://w3id.org/samenhang/def/>
SELECT ?start ?end ?block
WHERE {
  ?target a def:Target ; def:evidence ?evidence .
  ?evidence def:start ?start ; def:end ?end ; def:inBlock ?block .
}"""
QUICK_MS = 2.0  # below it, a ratio says more of the clock than of the query
RUNS, LARGE_RUNS = 5, 2


@dataclass(frozen=True)
class Cost:
    """The median of some runs in milliseconds of processor time and the number of rows.

    ``lookup`` is what the plain lookup took beside it, in milliseconds.
    """

    ms: float
    rows: int
    lookup: float


@dataclass(frozen=True)
class Line:
    """A question on both graphs."""

    name: str
    real: Cost | None
    large: Cost | None

    @property
    def factor(self) -> float | None:
        """How many times more it costs on the large graph."""
        if self.real is None or self.large is None:
            return None
        return self.large.ms / max(self.real.ms, QUICK_MS)

    @property
    def linear(self) -> float:
        """How many times more the plain lookup costs there, at least as often as documents."""
        if self.real is None or self.large is None:
            return TIMES
        return max(self.large.lookup / max(self.real.lookup, QUICK_MS), TIMES)

    def verdict(self) -> str:
        """What is wrong with it, in a word."""
        if self.factor is None:
            return "stopped"
        if self.real is not None and self.real.ms > LIMIT_MS:
            return "slow"
        return "worse than linear" if self.factor > self.linear * TOLERANCE else ""


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path, exists=True))
@click.option("--work", type=click.Path(path_type=Path), default=Path("bench-data"))
@click.option("--seconds", default=120, show_default=True, help="Longest for a run.")
@click.option("--only", "names", multiple=True, help="A question; may be repeated.")
def main(dataset: Path, work: Path, seconds: int, names: tuple[str, ...]) -> None:
    """Print a table; exit with 1 where a question is slow or grows worse than linearly."""
    catalogue = Catalogue.load(Path(queries.__file__).parent)
    real, large = work / "questions-real", work / f"questions-{TIMES}"
    _load(dataset, real, 1)
    _load(dataset, large, TIMES)
    click.echo("| question | rows | ms | rows x100 | ms x100 | factor | of a lookup | |")
    click.echo("|---|---|---|---|---|---|---|---|")
    failed = False
    for name in names or catalogue:
        text = catalogue[name].bind({})
        line = Line(name, _cost(real, text, seconds), _cost(large, text, seconds, LARGE_RUNS))
        click.echo(_shown(line))
        failed = failed or bool(line.verdict())
    raise SystemExit(1 if failed else 0)


def _load(dataset: Path, folder: Path, times: int) -> None:
    if folder.exists():
        return
    click.echo(f"loading {folder}", err=True)
    part = folder.with_name(f"{folder.name}.part")
    store = Store(str(part))
    store.bulk_extend(Original(dataset).times(times))
    store.flush()
    store.optimize()
    del store
    part.rename(folder)


def _cost(folder: Path, text: str, seconds: int, runs: int = RUNS) -> Cost | None:
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(
        target=_measure, args=(str(folder), text, there, seconds, runs)
    )
    process.start()
    there.close()
    try:
        if not here.poll(seconds * (runs + 1)):
            return None
        found: Cost | None = here.recv()
        return found
    except EOFError:
        return None
    finally:
        process.kill()
        process.join()
        here.close()


def _measure(folder: str, text: str, answer: Connection, seconds: int, runs: int) -> None:
    store = Store.read_only(folder)
    taken: list[tuple[float, float]] = []
    rows = 0
    for _ in range(runs + 1):  # the first warms the caches
        lookup, _ = _timed(store, LOOKUP)
        ms, rows = _timed(store, text)
        taken.append((ms, lookup))
        if sum(map(sum, taken)) > seconds * 1000:
            break
    kept = taken[1:] or taken
    answer.send(
        Cost(
            statistics.median(ms for ms, _ in kept),
            rows,
            statistics.median(lookup for _, lookup in kept),
        )
    )


def _timed(store: Store, text: str) -> tuple[float, int]:
    """The milliseconds of processor time that a query takes, and its rows."""
    begun = time.process_time()
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    rows = sum(1 for _ in found)
    return (time.process_time() - begun) * 1000, rows


def _shown(line: Line) -> str:
    real, large = line.real, line.large
    factor = f"{line.factor:.0f}" if line.factor is not None else ""
    cells = [
        line.name,
        f"{real.rows:,}" if real else "",
        f"{real.ms:.1f}" if real else "",
        f"{large.rows:,}" if large else "",
        f"{large.ms:.0f}" if large else "",
        factor,
        f"{line.linear:.0f}",
        line.verdict(),
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
