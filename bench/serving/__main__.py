"""``python -m bench.serving DATASET --work DIR``: all servers on one graph, round by round.

DATASET is an N-Quads file that was built; it is enlarged to two million triples unless
``--as-it-is``. In each round every server is measured on every workload before the next round, so
that a machine that slows down slows all of them; figures are medians over the rounds.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

import queries
from bench.serving.figures import Figures, tables
from bench.serving.graph import enlarge
from bench.serving.measuring import attack, in_process, load, loading, peak_memory, stream
from bench.serving.peers import Running, memory_mib, native, ours, rdflib_endpoint, running
from bench.serving.workloads import JSON, RUNAWAYS, STREAM, Workload, saved, workloads
from queries.catalogue import Catalogue
from server.settings import Settings
from server.store.load import open_or_load

FORMATS = {"CSV": "text/csv", "TSV": "text/tab-separated-values", "JSON": JSON}
CACHED = "samenhang, cached"
_SLOW = "rdflib-endpoint"


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path, exists=True))
@click.option("--work", type=click.Path(path_type=Path), default=Path("bench-data"))
@click.option("--as-it-is", is_flag=True, help="Do not enlarge the graph; saved questions too.")
@click.option("--rounds", default=3, show_default=True)
@click.option("--seconds", default=3, show_default=True, help="Length of one load.")
@click.option("--clients", "clients", multiple=True, type=int, default=(1, 8, 32))
@click.option("--part", "parts", multiple=True, default=("load", "stream", "attack", "loading"))
@click.option("--rdflib/--no-rdflib", default=True, help="rdflib-endpoint too.")
def main(
    dataset: Path,
    work: Path,
    as_it_is: bool,
    rounds: int,
    seconds: int,
    clients: tuple[int, ...],
    parts: tuple[str, ...],
    rdflib: bool,
) -> None:
    """Write DIR/figures.jsonl, and print ratios to the native server as a table."""
    work.mkdir(parents=True, exist_ok=True)
    graph = dataset if as_it_is else work / "graph.nq"
    if not graph.exists():
        click.echo(f"{enlarge(dataset, graph):,} quads written", err=True)
    store = work / ("real" if as_it_is else "large")
    open_or_load(graph, store)
    asked = workloads(store)
    if as_it_is:
        base = Settings().base_iri
        asked += saved(Catalogue.load(Path(queries.__file__).parent, base))
    figures = Figures()
    for number in range(rounds):
        click.echo(f"round {number + 1}", err=True)
        _round(figures, store, work, asked, clients, seconds, parts, rdflib=rdflib)
    if "attack" in parts:
        _attacks(figures, store, work, asked, seconds)
    if "loading" in parts:
        for name, seconds_taken in loading(graph, work).items():
            figures.note(name, "loading", s=seconds_taken)
    (work / "figures.jsonl").write_text("\n".join(figures.lines()) + "\n", encoding="utf-8")
    click.echo("\n".join(tables(work / "figures.jsonl")))


def _round(
    figures: Figures,
    store: Path,
    work: Path,
    asked: list[Workload],
    clients: tuple[int, ...],
    seconds: int,
    parts: tuple[str, ...],
    *,
    rdflib: bool,
) -> None:
    peers = [ours(store), ours(store, CACHED, cache_bytes=str(64 << 20)), native(store)]
    for peer in [*peers, *([rdflib_endpoint(store)] if rdflib else [])]:
        with running(peer) as server:
            figures.note(peer.name, "start", s=server.started_s, MiB=memory_mib(server.pid))
            if "load" in parts:
                _loads(figures, server, asked, work, clients, seconds)
            if "stream" in parts and peer.name != _SLOW:
                _streams(figures, server)
            figures.note(peer.name, "memory at the end", MiB=memory_mib(server.pid))
    if "load" in parts:
        for workload in asked:
            rate = in_process(store, workload, seconds)
            figures.note("in process", f"{workload.name}, 1 client", per_s=rate)


def _loads(
    figures: Figures,
    server: Running,
    asked: list[Workload],
    work: Path,
    clients: tuple[int, ...],
    seconds: int,
) -> None:
    slow = server.peer.name == _SLOW
    for workload in asked:
        for count in clients:
            if (workload.heavy or slow) and count > 8:
                continue
            length = seconds * (4 if workload.heavy else 1)
            found = load(server.endpoint, workload.write(work), workload.accept, count, length)
            what = f"{workload.name}, {count} client{'s' if count > 1 else ''}"
            if found.wrong:
                click.echo(f"  {server.peer.name}, {what}: {found.wrong}", err=True)
            figures.note(
                server.peer.name, what, per_s=found.rate, p50_ms=found.p50_ms, p99_ms=found.p99_ms
            )


def _streams(figures: Figures, server: Running) -> None:
    for name, media_type in FORMATS.items():
        with peak_memory(server.pid) as peak:
            found = stream(server.endpoint, STREAM, media_type)
        figures.note(
            server.peer.name,
            f"a million rows, {name}",
            first_ms=found.first_s * 1000,
            total_s=found.total_s,
            MB_per_s=found.size / 1e6 / found.total_s,
            peak_MiB=peak(),
        )


def _attacks(
    figures: Figures, store: Path, work: Path, asked: list[Workload], seconds: int
) -> None:
    """Small queries from eight clients: undisturbed, under a runaway query a second, and after."""
    paths = next(one for one in asked if one.name == "lookup").write(work)
    peers = {
        "samenhang": ours(store, query_timeout_s="2"),
        "native": native(store),
        "native, 2 s": native(store, 2),
    }
    for name, peer in peers.items():
        with running(peer) as server:
            note = _noting(figures, name, server)
            note("undisturbed", seconds * 2, paths)
            with attack(server.endpoint, RUNAWAYS, 1.0) as answers:
                note("attacked", seconds * 4, paths)
            note("afterwards", seconds * 2, paths)
        click.echo(f"  {name}: runaways answered {dict(answers)}", err=True)


def _noting(figures: Figures, name: str, server: Running) -> Callable[[str, int, Path], None]:
    def note(when: str, seconds: int, paths: Path) -> None:
        found = load(server.endpoint, paths, JSON, 8, seconds)
        figures.note(
            name,
            f"lookup, 8 clients, {when}",
            per_s=found.rate,
            p50_ms=found.p50_ms,
            p99_ms=found.p99_ms,
            MiB=memory_mib(server.pid),
        )

    return note


if __name__ == "__main__":
    main()
