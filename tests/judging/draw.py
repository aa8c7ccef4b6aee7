"""Draw statements at random, to be judged by a reader against the documents.

``python -m tests.judging.draw DATA --seed 1 --count 150 > drawn.jsonl`` writes one JSON object a
line: number, statement, kind, document, page, section, what it says (labels of its arguments), what
made it, and the quotes. The reader adds ``right`` (true or false) and ``why``. A statement is right
when the text at its evidence says so: in that voice, with those numbers, units, periods and
qualifiers, of those actors and things, with that polarity and modality.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import click
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from ingest import dataset
from ontology.names import RDF, RDFS, SKOS, VOCABULARY

_TYPE = NamedNode(RDF + "type")
_STATEMENT = NamedNode(VOCABULARY + "Statement")
_SKIPPED = frozenset({"evidence", "inDocument", "madeBy", "type", "sentence"})
_NAMES = (SKOS + "prefLabel", RDFS + "label", VOCABULARY + "title")


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.option("--seed", type=int, required=True)
@click.option("--count", type=int, default=150, show_default=True)
@click.option("--kind", "kinds", multiple=True, help="Only statements of these kinds.")
@click.option("--document", "documents", multiple=True, help="Only of these documents.")
@click.option("--origin", type=click.Choice(["rule", "claim"]), help="Only by rule or by claim.")
def main(
    data: Path,
    seed: int,
    count: int,
    kinds: tuple[str, ...],
    documents: tuple[str, ...],
    origin: str | None,
) -> None:
    """Print COUNT statements of the build in DATA, mentions left out."""
    made = dataset.current(data)
    if made is None:
        raise click.UsageError(f"{data}: no build there")
    store = Store()
    store.bulk_load(path=made.folder / dataset.DATASET, format=RdfFormat.N_QUADS)
    every = sorted(
        (q for q in store.quads_for_pattern(None, _TYPE, _STATEMENT) if _wanted(store, q)),
        key=lambda quad: str(quad.subject),
    )
    told = [_told(store, quad) for quad in every]
    told = [
        one
        for one in told
        if (not kinds or one["kind"] in kinds)
        and (not documents or one["document"] in documents)
        and (not origin or f"/{origin}/" in one["made_by"])
    ]
    drawn = random.Random(seed).sample(told, min(count, len(told)))
    for number, one in enumerate(drawn, start=1):
        click.echo(json.dumps({"number": number, **one}, ensure_ascii=False))


def _wanted(store: Store, quad: Quad) -> bool:
    mention = NamedNode(VOCABULARY + "Mention")
    return not any(store.quads_for_pattern(quad.subject, _TYPE, mention, quad.graph_name))


def _told(store: Store, quad: Quad) -> dict[str, Any]:
    own = list(store.quads_for_pattern(quad.subject, None, None, quad.graph_name))
    values: dict[str, list[str]] = {}
    links: dict[str, list[Any]] = {}
    for one in own:
        name = one.predicate.value.removeprefix(VOCABULARY).rsplit("#", 1)[-1]
        values.setdefault(name, []).append(_label(store, one.object))
        links.setdefault(name, []).append(one.object)
    found = sorted((_place(store, one) for one in links["evidence"]), key=lambda one: one["start"])
    types = sorted(one.value.removeprefix(VOCABULARY) for one in links["type"])
    return {
        "statement": _value(quad.subject),
        "kind": next(one for one in types if "/" not in one and one != "Statement"),
        "document": _value(quad.graph_name).rsplit("/", 1)[-1],
        "at": [f"{one['start']}-{one['end']}" for one in found],
        "says": {k: sorted(v) for k, v in sorted(values.items()) if k not in _SKIPPED},
        "made_by": _value(links["madeBy"][0]),
        "quotes": [one["quote"] for one in found],
    }


def _place(store: Store, place: Any) -> dict[str, Any]:
    said = {
        q.predicate.value.removeprefix(VOCABULARY): _value(q.object)
        for q in store.quads_for_pattern(place, None, None)
    }
    return {"start": int(said["start"]), "end": int(said["end"]), "quote": said["quote"]}


def _label(store: Store, term: Any) -> str:
    """The Dutch label of a thing, else any; of one without, the end of its IRI."""
    if not isinstance(term, NamedNode):
        return _value(term)
    for name in _NAMES:
        labels = [q.object for q in store.quads_for_pattern(term, NamedNode(name), None)]
        labels.sort(key=lambda one: (getattr(one, "language", "") != "nl", _value(one)))
        if labels:
            return _value(labels[0])
    return "/".join(term.value.rsplit("/", 3)[-2:])


def _value(term: Any) -> str:
    return str(term.value)


if __name__ == "__main__":
    main()
