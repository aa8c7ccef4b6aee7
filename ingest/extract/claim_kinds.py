"""What each kind of curated claim says, with its arguments resolved through the schemes.

Most kinds share one form, of which only what the sentence states is filled in: ``subject``,
``actor``, ``recipient``, ``organisation``, ``about``, ``members``, ``place`` (labels or slugs, one
or a list), ``value``, ``maximum``, ``unit``, ``qualifier``, ``per``, ``noun``, ``period``,
``deadline``, ``baseline``, ``modality``, ``polarity``, ``factor``, ``term``, ``phase``, ``step``,
``role``, ``summary``. See docs/claims.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from pyoxigraph import Literal, NamedNode

from ingest.extract import periods
from ingest.extract.context import Context
from ingest.extract.literals import decimal, flag
from ingest.extract.prose import period_content
from ingest.graph.writer import dated
from ingest.statement import Term
from ontology.vocabulary import OntologyError

Content = tuple[str, list[tuple[str, Term]]]
_ENTITY_SCHEMES = (
    "policy-areas",
    "themes",
    "instruments",
    "actors",
    "countries",
    "regions",
    "country-lists",
)
_FORMS = {
    "amount": "Amount",
    "allocation": "Allocation",
    "share": "Share",
    "count": "Count",
    "finding": "Finding",
    "commitment": "Commitment",
    "target": "Target",
    "result": "Result",
    "definition": "Definition",
    "event": "Event",
    "partnership": "Partnership",
    "membership": "Membership",
    "funding": "Funding",
    "involvement": "Involvement",
    "enumeration": "Enumeration",
    "process-step": "ProcessStep",
    "policy-option": "PolicyOption",
    "announcement": "Announcement",
}
_ENTITIES = {
    "subject": "subject",
    "actor": "actor",
    "recipient": "recipient",
    "organisation": "organisation",
    "about": "about",
    "members": "member",
    "place": "place",
}
_SCHEMES = {"unit": "units", "qualifier": "qualifiers", "role": "roles"}
_TEXTS = {
    "per": "per",
    "noun": "noun",
    "baseline": "baseline",
    "modality": "modality",
    "polarity": "polarity",
    "factor": "factor",
    "term": "term",
    "phase": "phase",
    "step": "stepKind",
}
_OTHER = frozenset(
    {"kind", "voice", "quote", "quotes", "value", "maximum", "period", "deadline", "summary"}
)


class ClaimError(Exception):
    """A claims file can not be used; the message names file, claim and reason."""


def _form(context: Context, claim: dict[str, Any]) -> Content:
    """A claim in the common form; an unknown field is a :class:`ClaimError`."""
    known = _OTHER | _ENTITIES.keys() | _SCHEMES.keys() | _TEXTS.keys()
    if unknown := claim.keys() - known:
        raise ClaimError(f"unknown field {sorted(unknown)[0]!r}; known are {sorted(known)}")
    content: list[tuple[str, Term]] = []
    for field, name in _ENTITIES.items():
        content += [(name, entity(context, str(one))) for one in _listed(claim.get(field))]
    for field, scheme in _SCHEMES.items():
        if field in claim:
            content.append((field, context.vocabulary.find(scheme, str(claim[field])).iri))
    content += [(name, Literal(str(claim[f]))) for f, name in _TEXTS.items() if f in claim]
    content += _figures(claim)
    content += _times(context, claim)
    if "summary" in claim:
        content += _summary(claim)
    return _FORMS[str(claim["kind"])], content


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _figures(claim: dict[str, Any]) -> Iterator[tuple[str, Term]]:
    for field, name in (("value", "amount"), ("maximum", "maximum")):
        if field in claim:
            try:
                yield name, decimal(Decimal(str(claim[field])))
            except InvalidOperation as error:
                raise ClaimError(f"{field}: not a number: {claim[field]!r}") from error


def _times(context: Context, claim: dict[str, Any]) -> Iterator[tuple[str, Term]]:
    if "period" in claim:
        words = str(claim["period"])
        found = list(periods.find(words, issued=context.entry.date.value))
        yield from period_content(found[0]) if found else [("periodLabel", Literal(words))]
    if "deadline" in claim:
        try:
            yield "deadline", dated(str(claim["deadline"]))
        except ValueError as error:
            raise ClaimError(f"deadline: {error}") from error


def _summary(claim: dict[str, Any]) -> Iterator[tuple[str, Term]]:
    summary = claim["summary"]
    yield "summary", Literal(str(summary["nl"]), language="nl")
    yield "summary", Literal(str(summary["en"]), language="en")


def entity(context: Context, name: str) -> NamedNode:
    """The policy area, theme, instrument, actor, place or list of this slug or label."""
    for scheme in _ENTITY_SCHEMES:
        try:
            return context.vocabulary.find(scheme, name).iri
        except OntologyError:
            continue
    raise ClaimError(f"no policy area, theme, instrument, actor, place or list is called {name!r}")


def _coherence(context: Context, claim: dict[str, Any]) -> Content:
    return "CoherenceRelation", [
        ("from", entity(context, str(claim["from"]))),
        ("to", entity(context, str(claim["to"]))),
        ("relation", context.vocabulary.find("coherence-relations", str(claim["relation"])).iri),
        ("polarity", Literal(str(claim["polarity"]))),
    ]


def _role(context: Context, claim: dict[str, Any]) -> Content:
    find = context.vocabulary.find
    content: list[tuple[str, Term]] = [
        ("actor", find("actors", str(claim["actor"])).iri),
        ("role", find("roles", str(claim["role"])).iri),
        ("policyArea", find("policy-areas", str(claim["policy_area"])).iri),
    ]
    if claim.get("instrument"):
        content.append(("instrument", find("instruments", str(claim["instrument"])).iri))
    if claim.get("period"):
        content.append(("periodLabel", Literal(str(claim["period"]))))
    return "RoleStatement", content


def _position(context: Context, claim: dict[str, Any]) -> Content:
    """A position is part of a response, named as in its IRI: "2-i" answers from 2-i on."""
    response = context.thing("response", context.document.id, str(claim["response"]))
    stance = context.vocabulary.find("stances", str(claim["stance"])).iri
    return "Position", [("stance", stance), ("partOf", response)]


def _handled_in(context: Context, claim: dict[str, Any]) -> Content:
    return "Handling", [
        ("handles", entity(context, str(claim["theme"]))),
        ("policyArea", context.vocabulary.find("policy-areas", str(claim["policy_area"])).iri),
        ("basis", context.thing("basis", "statement")),
    ]


def _discrepancy(context: Context, claim: dict[str, Any]) -> Content:
    return "Check", [
        ("checkKind", context.thing("check-kind", "contradiction")),
        *_summary(claim),
        ("holds", flag(False)),
    ]


BUILDERS: dict[str, Callable[[Context, dict[str, Any]], Content]] = {
    **dict.fromkeys(_FORMS, _form),
    "coherence": _coherence,
    "role": _role,
    "handled-in": _handled_in,
    "position": _position,
    "discrepancy": _discrepancy,
}
