"""What is asked: small queries of many clients, heavy ones, and answers of a million rows."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import QuerySolutions, Store

from queries.catalogue import Catalogue
from queries.errors import ParameterError

JSON = "application/sparql-results+json"
_PREFIXES = """PREFIX def: <https://w3id.org/samenhang/def/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_SAMPLE = _PREFIXES + "SELECT ?s { ?s def:evidence ?e } LIMIT 20000"
_ACTORS = _PREFIXES + "SELECT DISTINCT ?a { ?s def:speaker ?a }"
_VARIED = 400


@dataclass(frozen=True, slots=True)
class Workload:
    """Queries asked in turn; ``heavy`` ones are those the engine works on for over 50 ms."""

    name: str
    queries: tuple[str, ...]
    heavy: bool = False
    accept: str = JSON

    def write(self, folder: Path) -> Path:
        """The paths to ask, without the endpoint's own, one a line."""
        target = folder / f"{self.name.replace(' ', '-')}.paths"
        target.write_text("".join(f"?query={quote(query)}\n" for query in self.queries))
        return target


def workloads(store: Path, seed: int = 1) -> list[Workload]:
    """The workloads on a store with our model; things are drawn from it with the seed."""
    opened = Store.read_only(str(store / "engine"))
    chosen = random.Random(seed)
    statements = chosen.sample(_column(opened, _SAMPLE), _VARIED)
    actors = _column(opened, _ACTORS)
    return [
        Workload("ASK", tuple(f"ASK {{ <{one}> ?p ?o }}" for one in statements)),
        Workload("lookup", tuple(f"SELECT ?p ?o {{ <{one}> ?p ?o }}" for one in statements)),
        Workload("join", tuple(_join(one) for one in actors)),
        Workload("aggregate", (_AGGREGATE,), heavy=True),
        Workload("heavy join", (_HEAVY_JOIN,), heavy=True),
    ]


def saved(catalogue: Catalogue) -> list[Workload]:
    """The saved questions that can be asked without a parameter, one workload each."""
    found = []
    for name, query in catalogue.items():
        try:
            found.append(Workload(f"question {name}", (query.bind({}),)))
        except ParameterError:
            continue
    return found


def _join(actor: str) -> str:
    return (
        f"{_PREFIXES}SELECT ?s ?theme ?quote {{ ?s def:speaker <{actor}> ; def:about ?thing ; "
        "def:evidence ?e . ?e def:quote ?quote . ?thing skos:prefLabel ?theme } LIMIT 20"
    )


_AGGREGATE = (
    f"{_PREFIXES}SELECT ?kind (COUNT(?s) AS ?n) {{ ?s a ?kind ; def:evidence ?e . "
    "?e def:page ?page } GROUP BY ?kind ORDER BY DESC(?n)"
)
_HEAVY_JOIN = (
    f"{_PREFIXES}SELECT ?theme ?area (COUNT(?s) AS ?n) {{ ?s def:handles ?theme ; "
    "def:policyArea ?area ; def:evidence ?e . ?e def:page ?page "
    "} GROUP BY ?theme ?area ORDER BY DESC(?n) LIMIT 20"
)
STREAM = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1000000"
RUNAWAYS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c LIMIT 3",
    "SELECT (SUM(?x * ?y) AS ?n) { ?a ?b ?x . ?c ?d ?y . ?e ?f ?g FILTER(?x != ?g) }",
)


def _column(store: Store, query: str) -> list[str]:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return sorted({str(row[0].value) for row in found if row[0] is not None})
