"""The arguments of curated claims, resolved through the schemes: names, figures, times, words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from pyoxigraph import Literal, NamedNode

from ingest.extract import periods
from ingest.extract.context import Context
from ingest.extract.literals import decimal
from ingest.extract.prose import period_content
from ingest.graph.writer import dated
from ingest.statement import Term
from ontology.vocabulary import OntologyError

Claimed = dict[str, Any]
Pairs = list[tuple[str, Term]]
ENTITY_SCHEMES = (
    "policy-areas",
    "themes",
    "instruments",
    "actors",
    "countries",
    "regions",
    "country-lists",
)
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "modality": ("is", "did", "intends", "expects", "recommends", "must", "may", "denies"),
    "polarity": ("positive", "negative"),
    "factor": ("supporting", "hindering"),
    "per": ("year", "quarter", "month", "week", "day"),
}
_DUTCH = {
    "jaar": "year",
    "kwartaal": "quarter",
    "maand": "month",
    "week": "week",
    "dag": "day",
    "positief": "positive",
    "negatief": "negative",
}


class ClaimError(Exception):
    """A claims file can not be used; the message names file, claim and reason."""


def listed(value: Any) -> list[Any]:
    """One value or a list of them, as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def required(claim: Claimed, *fields: str) -> None:
    """Each of these fields must be given."""
    for field in fields:
        if claim.get(field) in (None, "", []):
            raise ClaimError(f"no {field!r}, which a claim of kind {claim.get('kind')!r} needs")


def only(claim: Claimed, known: Iterable[str]) -> None:
    """No other fields than these may be given."""
    fields = sorted(known)
    for field in claim:
        if field not in fields:
            near = get_close_matches(str(field), fields, 1)
            meant = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(fields)}"
            raise ClaimError(f"unknown field {field!r}{meant}")


def concept(context: Context, scheme: str, name: object) -> NamedNode:
    """The concept of a scheme with this slug or label."""
    try:
        return context.vocabulary.find(scheme, str(name)).iri
    except OntologyError as error:
        raise ClaimError(f"{error}{_near(context, (scheme,), str(name))}") from error


def entity(context: Context, name: object) -> NamedNode:
    """The policy area, theme, instrument, actor, place or list of this slug or label."""
    for scheme in ENTITY_SCHEMES:
        try:
            return context.vocabulary.find(scheme, str(name)).iri
        except OntologyError:
            continue
    raise ClaimError(
        f"no policy area, theme, instrument, actor, place or list is called {str(name)!r}"
        + _near(context, ENTITY_SCHEMES, str(name))
    )


def _near(context: Context, schemes: Iterable[str], name: str) -> str:
    slugs = [one.slug for scheme in schemes for one in context.vocabulary.in_scheme(scheme)]
    near = get_close_matches(name, slugs, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def entities(
    context: Context, claim: Claimed, fields: Mapping[str, str]
) -> Iterator[tuple[str, Term]]:
    """The things that these fields name, under the properties that the fields stand for."""
    for field, name in fields.items():
        for one in listed(claim.get(field)):
            yield name, entity(context, one)


def wording(claim: Claimed, fields: Mapping[str, str]) -> Iterator[tuple[str, Term]]:
    """The words that these fields give; those of a closed list must be in it."""
    for field, name in fields.items():
        for one in listed(claim.get(field)):
            word = _DUTCH.get(str(one), str(one)) if name in _ALLOWED else str(one)
            allowed = _ALLOWED.get(name, (word,))
            if word not in allowed:
                raise ClaimError(f"{field}: expected {', '.join(allowed)}, not {word!r}")
            yield name, Literal(word)


def figures(claim: Claimed) -> Iterator[tuple[str, Term]]:
    """The value, the upper end of a range, and how certain the claim is."""
    for field, name in (("value", "amount"), ("maximum", "maximum"), ("confidence", "confidence")):
        if field not in claim:
            continue
        try:
            number = Decimal(str(claim[field]))
        except InvalidOperation as error:
            raise ClaimError(f"{field}: not a number: {claim[field]!r}") from error
        if not number.is_finite() or (field == "confidence" and not 0 <= number <= 1):
            limits = " from 0 to 1" if field == "confidence" else ""
            raise ClaimError(f"{field}: expected a number{limits}, not {claim[field]!r}")
        yield name, decimal(number)


def times(context: Context, claim: Claimed) -> Iterator[tuple[str, Term]]:
    """The period for which it holds and the date by which it is to be."""
    if "period" in claim:
        words = str(claim["period"])
        found = list(periods.find(words, issued=context.entry.date.value))
        yield from period_content(found[0]) if found else [("periodLabel", Literal(words))]
    if "deadline" in claim:
        try:
            yield "deadline", dated(str(claim["deadline"]))
        except ValueError as error:
            raise ClaimError(f"deadline: {error}") from error


def summaries(claim: Claimed) -> Iterator[tuple[str, Term]]:
    """A rendering in Dutch and in English."""
    summary = claim.get("summary")
    if summary is None:
        return
    if not isinstance(summary, dict) or not summary.get("nl") or not summary.get("en"):
        raise ClaimError("summary: expected 'nl' and 'en'")
    yield "summary", Literal(str(summary["nl"]), language="nl")
    yield "summary", Literal(str(summary["en"]), language="en")
