"""The command that measures the data set against annotations made by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ingest.evaluation import Evaluation, Fact, evaluate, load
from ingest.options import base_option, built, data_option, seeds_option, sources, workers_option


@click.command("evaluate")
@click.argument(
    "annotations",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--document",
    default="",
    help="The annotated document, where the annotation names it otherwise than the manifest.",
)
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@data_option
@base_option
@seeds_option
@workers_option
def evaluate_command(
    annotations: tuple[Path, ...],
    document: str,
    output: str,
    data: Path,
    base: str,
    seeds: Path,
    workers: int,
) -> None:
    """Measure what was extracted against annotations made by hand, a fact a line (JSON).

    Recall by kind and importance, the agreement of the statements in annotated sentences, and each
    missed fact with the nearest statement.
    """
    made = built(sources(data, base, seeds), data, workers)
    outcomes = {}
    for path in annotations:
        facts = load(path)
        name = document or facts[0].doc
        outcomes[name] = evaluate(made, facts, name)
    if output == "json":
        click.echo(json.dumps({k: _plain(v) for k, v in outcomes.items()}, indent=2))
        return
    for name, outcome in outcomes.items():
        click.echo(_text(name, outcome))


def _text(name: str, outcome: Evaluation) -> str:
    lines = [name]
    lines += [
        f"  {kind:16} {tally.found}/{tally.total} ({tally.recall:.2f})"
        for kind, tally in sorted(outcome.by_type.items())
    ]
    lines += [
        f"  importance {level}     {tally.found}/{tally.total} ({tally.recall:.2f})"
        for level, tally in sorted(outcome.by_importance.items(), reverse=True)
    ]
    every = outcome.matched + len(outcome.unmatched)
    lines.append(
        f"  {outcome.matched} of {every} statements there agree with an annotated fact "
        f"({outcome.precision:.2f})"
    )
    lines += [f"  missed {_shown(fact)}: {why}" for fact, why in _missed(outcome)]
    return "\n".join(lines)


def _missed(outcome: Evaluation) -> list[tuple[Fact, str]]:
    return [one for _, tally in sorted(outcome.by_type.items()) for one in tally.missed]


def _shown(fact: Fact) -> str:
    return f"{fact.id} {fact.type} [{fact.importance}] {fact.quote[:70]!r}"


def _plain(outcome: Evaluation) -> Mapping[str, Any]:
    def tallies(of: Mapping[Any, Any]) -> dict[str, dict[str, float]]:
        return {
            str(key): {"found": one.found, "total": one.total, "recall": round(one.recall, 4)}
            for key, one in sorted(of.items())
        }

    return {
        "types": tallies(outcome.by_type),
        "importance": tallies(outcome.by_importance),
        "statements": {"agreeing": outcome.matched, "other": len(outcome.unmatched)},
        "missed": [
            {"id": fact.id, "type": fact.type, "reason": why} for fact, why in _missed(outcome)
        ],
    }
