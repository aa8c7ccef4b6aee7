"""How complete and exact a data set is, measured against annotations made by hand.

An annotation is a file of JSON objects, one fact a line: ``doc``, ``type``, ``subject``,
``predicate``, ``object``, ``value``, ``unit``, ``year_or_period``, ``qualifiers``, ``quote`` and
``importance`` (3: must not be missing). A fact is found when a statement of a fitting kind has
evidence that overlaps its quote by at least half of the shorter, links to the entities that the
fact names, and agrees on value, unit and period.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

from ingest.dataset import DATASET, TEXTS, Dataset
from ingest.extract.mentions import Gazetteer, gazetteer
from ontology import vocabulary
from ontology.names import VOCABULARY, Minter

HALF = 0.5
_YEAR = re.compile(r"(?:19|20)\d\d")
_SCALES = {"million": 10**6, "billion": 10**9, "thousand": 10**3, "x1000": 10**3}
_CURRENCIES = {"eur": "eur", "usd": "usd", "euro": "eur", "euros": "eur"}
_STATEMENTS = """
PREFIX def: <https://w3id.org/samenhang/def/>
SELECT ?statement ?p ?o WHERE {
  ?statement a def:Statement ; ?p ?o FILTER NOT EXISTS { ?statement a def:Mention }
}
"""
_PLACES = """
PREFIX def: <https://w3id.org/samenhang/def/>
SELECT ?evidence ?start ?end WHERE { ?evidence def:start ?start ; def:end ?end }
"""


class AnnotationError(Exception):
    """An annotation can not be used; the message names file and line."""


class Fact(BaseModel):
    """One fact as a careful reader noted it."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    id: str
    doc: str
    type: str
    subject: str = ""
    predicate: str = ""
    object: str = ""
    value: Decimal | None = None
    unit: str = ""
    year_or_period: str = ""
    qualifiers: dict[str, Any] = {}
    quote: str
    importance: int = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of the data set, as far as it is compared."""

    iri: str
    kinds: frozenset[str]
    spans: tuple[tuple[int, int], ...]
    entities: frozenset[str]
    values: frozenset[Decimal]
    units: frozenset[str]
    years: frozenset[str]


@dataclass
class Tally:
    """Facts of one kind: how many, and which were not found, with the nearest statement."""

    found: int = 0
    total: int = 0
    missed: list[tuple[Fact, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the facts that was found."""
        return self.found / self.total if self.total else 1.0


@dataclass
class Evaluation:
    """The outcome for one annotation: tallies by type and importance, and statements unused."""

    by_type: dict[str, Tally] = field(default_factory=dict)
    by_importance: dict[int, Tally] = field(default_factory=dict)
    unmatched: list[Said] = field(default_factory=list)
    matched: int = 0

    @property
    def precision(self) -> float:
        """The share of statements in annotated sentences that agree with an annotated fact."""
        every = self.matched + len(self.unmatched)
        return self.matched / every if every else 1.0


def load(path: Path) -> list[Fact]:
    """The facts of an annotation; an :class:`AnnotationError` names a bad line."""
    facts = []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotationError(f"{path}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                facts.append(Fact.model_validate(json.loads(line)))
            except (json.JSONDecodeError, ValidationError, InvalidOperation) as error:
                reason = str(error).splitlines()[0]
                raise AnnotationError(f"{path}:{number}: {reason}") from error
    if not facts:
        raise AnnotationError(f"{path}: no facts in it")
    return facts


def evaluate(dataset: Dataset, facts: Sequence[Fact], document: str) -> Evaluation:
    """Compare the facts with what the data set says of one document."""
    minter = Minter(str(dataset.manifest.get("base")))
    text = _text(dataset, document)
    said = _said(dataset, minter, document)
    names = gazetteer(vocabulary.load(minter))
    squeezed, places = _squeeze(text)
    result = Evaluation()
    used: set[str] = set()
    for fact in facts:
        span = _locate(fact, squeezed, places)
        near = [one for one in said if span and any(_overlaps(span, s) for s in one.spans)]
        hits = [one for one in near if not _disagreements(fact, one, names)]
        used.update(one.iri for one in hits)
        for tally in (
            result.by_type.setdefault(fact.type, Tally()),
            result.by_importance.setdefault(fact.importance, Tally()),
        ):
            tally.total += 1
            tally.found += bool(hits)
            if not hits:
                tally.missed.append((fact, _reason(fact, span, near, names)))
    annotated = [s for fact in facts if (s := _locate(fact, squeezed, places))]
    inside = [one for one in said if any(_overlaps(a, s) for a in annotated for s in one.spans)]
    result.matched = len(used)
    result.unmatched = [one for one in inside if one.iri not in used]
    return result


def _text(dataset: Dataset, document: str) -> str:
    path = dataset.folder / TEXTS / f"{document}.txt"
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise AnnotationError(f"the data set has no document {document!r}") from error


def _said(dataset: Dataset, minter: Minter, document: str) -> list[Said]:
    store = Store()
    store.bulk_load(path=dataset.folder / DATASET, format=RdfFormat.N_QUADS)
    graph = minter.thing("graph", document)
    places = {
        row["evidence"].value: (int(row["start"].value), int(row["end"].value))
        for row in _rows(store, _PLACES, graph)
    }
    properties: dict[str, list[tuple[str, NamedNode | Literal]]] = {}
    for row in _rows(store, _STATEMENTS, graph):
        properties.setdefault(row["statement"].value, []).append((row["p"].value, row["o"]))
    return [_one(iri, pairs, places) for iri, pairs in sorted(properties.items())]


def _rows(store: Store, query: str, graph: NamedNode) -> Iterator[Any]:
    solutions = store.query(query, default_graph=graph)
    assert isinstance(solutions, QuerySolutions)
    yield from solutions


def _one(
    iri: str,
    pairs: Iterable[tuple[str, NamedNode | Literal]],
    places: Mapping[str, tuple[int, int]],
) -> Said:
    kinds, spans, entities, units = set(), set(), set(), set()
    values: set[Decimal] = set()
    years: set[str] = set()
    for predicate, value in pairs:
        name = predicate.removeprefix(VOCABULARY)
        if predicate.endswith("#type"):
            kinds.add(value.value.removeprefix(VOCABULARY))
        elif name == "evidence":
            spans.add(places[value.value])
        elif name == "unit":
            units.add(value.value.rsplit("/", 1)[-1])
        elif name in ("amount", "maximum"):
            values.add(Decimal(value.value))
        elif name in ("periodStart", "periodEnd", "period", "deadline", "periodLabel"):
            years.update(_YEAR.findall(value.value))
        elif isinstance(value, NamedNode):
            entities.add(value.value)
    return Said(
        iri,
        frozenset(kinds),
        tuple(sorted(spans)),
        frozenset(entities),
        frozenset(values),
        frozenset(units),
        frozenset(years),
    )


def _disagreements(fact: Fact, one: Said, names: Gazetteer) -> list[str]:
    """What keeps a statement from being the fact: kind, value, unit, period or arguments."""
    reasons = []
    types = [fact.type, *fact.qualifiers.get("acceptable_types", [])]
    if not one.kinds & {kind for name in types for kind in _kinds().get(name, [])}:
        reasons.append("kind")
    value, unit = _value(fact)
    if value is not None:
        if value not in one.values:
            reasons.append("value")
        elif unit and one.units and unit not in one.units:
            reasons.append("unit")
    years = set(_YEAR.findall(fact.year_or_period)) & set(_YEAR.findall(fact.quote))
    if value is not None and years and not years & one.years:
        reasons.append("period")
    if missing := _missing_entities(fact, one, names):
        reasons.append(f"entities ({', '.join(sorted(missing))})")
    return reasons


def _missing_entities(fact: Fact, one: Said, names: Gazetteer) -> set[str]:
    """The entities that a fact names in its quote and to which the statement does not link.

    Of a list all members count; else one of subject and object is enough.
    """
    members = fact.qualifiers.get("members")
    if isinstance(members, list):
        wanted = _named(" ; ".join(map(str, members)), names)
        return {iri.rsplit("/", 1)[-1] for iri in wanted - one.entities}
    wanted = _named(f"{fact.subject} ; {fact.object}", names) & _named(fact.quote, names)
    return set() if not wanted or wanted & one.entities else {next(iter(wanted)).rsplit("/", 1)[-1]}


def _named(text: str, names: Gazetteer) -> set[str]:
    return {found.concept.iri.value for found in names.find(text)}


def _value(fact: Fact) -> tuple[Decimal | None, str]:
    """The value in single units, and the unit's slug where it is a currency or percent."""
    if fact.value is None:
        return None, ""
    value, unit = fact.value, ""
    for word in re.split(r"[_\s]+", fact.unit.lower()):
        value *= _SCALES.get(word, 1)
        unit = _CURRENCIES.get(word, "percent" if word == "percent" else unit)
    return value.normalize(), unit


def _reason(
    fact: Fact, span: tuple[int, int] | None, near: Sequence[Said], names: Gazetteer
) -> str:
    if span is None:
        return "the quote is not in the text"
    if not near:
        return "no statement there"
    nearest = min(near, key=lambda one: len(_disagreements(fact, one, names)))
    kinds = "/".join(sorted(nearest.kinds - {"Statement"}))
    return f"{kinds} differs in {', '.join(_disagreements(fact, nearest, names))}: {nearest.iri}"


def _locate(fact: Fact, squeezed: str, places: Sequence[int]) -> tuple[int, int] | None:
    wanted, _ = _squeeze(fact.quote)
    at = squeezed.find(wanted)
    return (places[at], places[at + len(wanted) - 1] + 1) if at >= 0 and wanted else None


def _squeeze(text: str) -> tuple[str, list[int]]:
    """A text without white space and hyphens, with the position of each character."""
    kept = [(c, i) for i, c in enumerate(text) if not c.isspace() and c not in "-\u00ad\u00ac"]
    return "".join(c for c, _ in kept), [i for _, i in kept]


def _overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share at least half of the shorter."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared >= HALF * min(one[1] - one[0], other[1] - other[0])


@cache
def _kinds() -> dict[str, list[str]]:
    text = files("ingest").joinpath("evaluation.yaml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = yaml.safe_load(text)
    return found
