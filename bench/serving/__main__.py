"""``python -m bench.serving DATASET --work DIR``: all servers on one graph, round by round.

DATASET is an N-Quads file that was built; it is enlarged to two million triples unless
``--as-it-is``. In each round every server is measured on every workload before the next round, so
that a machine that slows down slows all of them; figures are medians over the rounds.
"""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

import click

from bench.serving.graph import enlarge
from bench.serving.measuring import attack, load, stream
from bench.serving.peers import Peer, Running, memory_mib, native, ours, rdflib_endpoint, running
from bench.serving.workloads import JSON, RUNAWAYS, STREAM, Workload, workloads
from server.store.load import open_or_load

FORMATS = {"CSV": "text/csv", "TSV": "text/tab-separated-values", "JSON": JSON}
Figures = dict[str, list[float]]


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path, exists=True))
@click.option("--work", type=click.Path(path_type=Path), default=Path("bench-data"))
@click.option("--as-it-is", is_flag=True, help="Do not enlarge the graph.")
@click.option("--rounds", default=3, show_default=True)
@click.option("--seconds", default=3.0, show_default=True, help="Length of one load.")
@click.option("--clients", "clients", multiple=True, type=int, default=(1, 8, 32))
@click.option("--part", "parts", multiple=True, help="load, stream, attack; all unless given.")
@click.option("--rdflib/--no-rdflib", default=True, help="rdflib-endpoint too.")
def main(
    dataset: Path,
    work: Path,
    as_it_is: bool,
    rounds: int,
    seconds: float,
    clients: tuple[int, ...],
    parts: tuple[str, ...],
    rdflib: bool,
) -> None:
    """Print the figures as JSON, one line for each server and measurement."""
    work.mkdir(parents=True, exist_ok=True)
    graph = dataset if as_it_is else work / "graph.nq"
    if not graph.exists():
        click.echo(f"{enlarge(dataset, graph):,} quads written", err=True)
    store = work / ("real" if as_it_is else "large")
    open_or_load(graph, store)
    asked = workloads(store)
    peers = [
        ours(store),
        ours(store, "samenhang, cached", cache_bytes=str(64 << 20)),
        native(store),
    ]
    if rdflib:
        peers.append(rdflib_endpoint(store))
    wanted = parts or ("load", "stream", "attack")
    figures: dict[tuple[str, str], Figures] = {}
    for number in range(rounds):
        for peer in peers:
            click.echo(f"round {number + 1}: {peer.name}", err=True)
            with running(peer) as server:
                _note(figures, peer, "start", {"s": server.started_s})
                if "load" in wanted:
                    _loads(server, asked, work, clients, seconds, figures)
                if "stream" in wanted and peer.name != "rdflib-endpoint":
                    _streams(server, figures)
                _note(figures, peer, "memory", {"MiB": memory_mib(server.pid)})
    if "attack" in wanted:
        lookup = next(one for one in asked if one.name == "lookup")
        for peer in (ours(store, query_timeout_s="2"), native(store), native(store, 2)):
            _attacked(peer, lookup.write(work), seconds, figures)
    for (name, what), found in figures.items():
        medians = {key: round(statistics.median(values), 3) for key, values in found.items()}
        click.echo(
            json.dumps(
                {
                    "server": name,
                    "measured": what,
                    "runs": len(next(iter(found.values()))),
                    **medians,
                }
            )
        )


def _note(
    figures: dict[tuple[str, str], Figures], peer: Peer, what: str, found: dict[str, Any]
) -> None:
    kept = figures.setdefault((peer.name, what), {})
    for key, value in found.items():
        kept.setdefault(key, []).append(float(value))


def _loads(
    server: Running,
    asked: list[Workload],
    work: Path,
    clients: tuple[int, ...],
    seconds: float,
    figures: dict[tuple[str, str], Figures],
) -> None:
    slow = server.peer.name == "rdflib-endpoint"
    for workload in asked:
        for count in clients:
            if (workload.heavy and count > 8) or (slow and count == 32):
                continue
            paths = workload.write(work)
            length = seconds * (3 if workload.heavy else 1)
            found = load(server.endpoint, paths, workload.accept, count, length)
            if found.wrong:
                click.echo(
                    f"  {server.peer.name}, {workload.name}, {count}: {found.wrong}", err=True
                )
            what = f"{workload.name}, {count} clients"
            said = {"per_s": found.rate, "p50_ms": found.p50_ms, "p99_ms": found.p99_ms}
            _note(figures, server.peer, what, said)


def _streams(server: Running, figures: dict[tuple[str, str], Figures]) -> None:
    for name, media_type in FORMATS.items():
        found = stream(server.endpoint, STREAM, media_type)
        said = {
            "first_s": found.first_s,
            "total_s": found.total_s,
            "MB_per_s": found.size / 1e6 / found.total_s,
        }
        _note(figures, server.peer, f"a million rows, {name}", said)


def _attacked(
    peer: Peer, paths: Path, seconds: float, figures: dict[tuple[str, str], Figures]
) -> None:
    """Small queries from eight clients: undisturbed, under a runaway query a second, and after."""
    name = " ".join(peer.command[-2:]) if "--timeout-s" in peer.command else ""
    with running(peer) as server:
        quiet = load(server.endpoint, paths, JSON, 8, seconds * 2)
        with attack(server.endpoint, RUNAWAYS, 1.0) as answers:
            under = load(server.endpoint, paths, JSON, 8, seconds * 4)
        after = load(server.endpoint, paths, JSON, 8, seconds * 2)
        memory = memory_mib(server.pid)
    click.echo(f"  {peer.name} {name}: runaways answered {dict(answers)}", err=True)
    for when, found in (("quiet", quiet), ("attacked", under), ("afterwards", after)):
        said = {"per_s": found.rate, "p50_ms": found.p50_ms, "p99_ms": found.p99_ms, "MiB": memory}
        _note(figures, peer, f"lookup, 8 clients, {when} {name}".strip(), said)


if __name__ == "__main__":
    main()
