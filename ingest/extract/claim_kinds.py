"""What each kind of curated claim says. docs/claims.md has every kind with an example.

Most kinds share one form, of which only what the sentence states is filled in: who and what
(labels or slugs, one or a list), figures, times, and how it is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ingest.extract.claim_arguments import (
    Claimed,
    ClaimError,
    Pairs,
    concept,
    entities,
    entity,
    figures,
    listed,
    only,
    required,
    summaries,
    times,
    wording,
)
from ingest.extract.context import Context
from ingest.extract.literals import flag

__all__ = ["Built", "ClaimError", "build", "kinds", "referred"]

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
    "citation": "Citation",
    "partnership": "Partnership",
    "membership": "Membership",
    "funding": "Funding",
    "involvement": "Involvement",
    "enumeration": "Enumeration",
    "process-step": "ProcessStep",
    "policy-option": "PolicyOption",
    "announcement": "Announcement",
}
_NEEDED = {
    "definition": ("term",),
    "citation": ("cites",),
    **dict.fromkeys(("amount", "share", "count"), ("value",)),
}
_THINGS = {
    "subject": "subject",
    "actor": "actor",
    "recipient": "recipient",
    "organisation": "organisation",
    "instrument": "instrument",
    "policy_area": "policyArea",
    "about": "about",
    "members": "member",
    "place": "place",
}
_SCHEMES = {"unit": "units", "qualifier": "qualifiers", "role": "roles"}
_WORDS = {
    "per": "per",
    "noun": "noun",
    "baseline": "baseline",
    "modality": "modality",
    "polarity": "polarity",
    "factor": "factor",
    "condition": "condition",
    "term": "term",
    "phase": "phase",
    "step": "stepKind",
    "written": "asWritten",
}
_CITED = {"key": "citationKey", "mover": "mover"}
_ALWAYS = frozenset({"kind", "voice", "quote", "quotes", "occurrence"})
_MORE = ("about", "place", "period", "modality", "condition", "summary", "confidence")


@dataclass(frozen=True, slots=True)
class Built:
    """What a claim says: the kind of statement, its content, and its name if it has one."""

    kind: str
    content: Pairs
    name: str = ""
    refers: tuple[str, ...] = ()

    def content_names(self, context: Context) -> Iterator[str]:
        """The names of the statements in this document that it refers to."""
        for kind_and_number in self.refers:
            kind, number = kind_and_number.split(" ", 1)
            yield f"{kind}/{context.document.id}/{number}"


def build(context: Context, claim: Claimed) -> Built:
    """What a claim says; a :class:`ClaimError` where its fields do not fit its kind."""
    kind = str(claim.get("kind") or "")
    if not kind:
        raise ClaimError("no 'kind'")
    builder = _BUILDERS.get(kind)
    if builder is None:
        raise ClaimError(f"unknown kind {kind!r}; known are {', '.join(sorted(_BUILDERS))}")
    return builder(context, claim)


def kinds() -> list[str]:
    """The kinds of claim there are."""
    return sorted(_BUILDERS)


def referred(names: Iterable[str], kind: str) -> str:
    """The numbers of what has a number, for a message."""
    found = [name.rsplit("/", 1)[-1] for name in names if name.startswith(f"{kind}/")]
    return ", ".join(sorted(found)) or "none"


def _fields(context: Context, claim: Claimed, *names: str) -> Pairs:
    """The content of these fields of the common form, in one order."""
    here = {name: claim[name] for name in names if name in claim}
    content: Pairs = list(entities(context, here, _THINGS))
    for field, scheme in _SCHEMES.items():
        content += [(field, concept(context, scheme, one)) for one in listed(here.get(field))]
    return [
        *content,
        *wording(here, _WORDS),
        *figures(here),
        *times(context, here),
        *summaries(here),
    ]


def _form(context: Context, claim: Claimed) -> Built:
    """A claim in the common form."""
    kind = str(claim["kind"])
    cites = ("cites", *_CITED) if kind == "citation" else ()
    common = (*_THINGS, *_SCHEMES, *_WORDS, "value", "maximum", "period", "deadline")
    fields = (*common, "summary", "confidence")
    only(claim, {*_ALWAYS, *fields, *cites})
    required(claim, *_NEEDED.get(kind, ()))
    content = _fields(context, claim, *fields)
    if cites:
        cited = concept(context, "citation-kinds", claim["cites"])
        content = [("citationKind", cited), *wording(claim, _CITED), *content]
        if "written" not in claim:  # then the quote is the reference as printed
            content.append(("asWritten", Literal(str(claim.get("quote") or claim["quotes"][0]))))
    if not content:
        raise ClaimError("says nothing: no subject, actor, about ...")
    return Built(_FORMS[kind], content)


def _coherence(context: Context, claim: Claimed) -> Built:
    only(claim, {*_ALWAYS, "from", "to", "relation", "polarity", *_MORE})
    required(claim, "from", "to", "relation")
    content: Pairs = [
        ("from", entity(context, claim["from"])),
        ("to", entity(context, claim["to"])),
        ("relation", concept(context, "coherence-relations", claim["relation"])),
    ]
    return Built("CoherenceRelation", content + _fields(context, claim, "polarity", *_MORE))


def _role(context: Context, claim: Claimed) -> Built:
    """An actor's role: in a policy area, in an instrument, or in an organisation or unit of it."""
    where = ("policy_area", "instrument", "organisation", "recipient")
    only(claim, {*_ALWAYS, "actor", "role", *where, "subject", "term", *_MORE})
    required(claim, "actor", "role")
    if not any(claim.get(field) for field in where):
        raise ClaimError(f"a role is in something: give one of {', '.join(where)}")
    content: Pairs = [("actor", concept(context, "actors", one)) for one in listed(claim["actor"])]
    content.append(("role", concept(context, "roles", claim["role"])))
    for field, name, scheme in (
        ("policy_area", "policyArea", "policy-areas"),
        ("instrument", "instrument", "instruments"),
    ):
        content += [(name, concept(context, scheme, one)) for one in listed(claim.get(field))]
    named: tuple[str, ...] = ("organisation", "recipient", "subject", "term", *_MORE)
    if "period" in claim:
        content.append(("periodLabel", Literal(str(claim["period"]))))
        named = tuple(name for name in named if name != "period")
    return Built("RoleStatement", content + _fields(context, claim, *named))


def _recommendation(context: Context, claim: Claimed) -> Built:
    fields = ("number", "by", "worded_by", "heading", "part_of")
    only(claim, {*_ALWAYS, *fields, "term", "recipient", *_MORE})
    required(claim, "number", "by", "heading")
    number = str(claim["number"])
    content: Pairs = [
        ("recommendedBy", concept(context, "actors", one)) for one in listed(claim["by"])
    ]
    if "worded_by" in claim:
        content.append(("wordedBy", concept(context, "actors", claim["worded_by"])))
    content += [("number", Literal(number)), ("heading", Literal(str(claim["heading"])))]
    refers = _numbers(claim, "part_of", "recommendation")
    content += _nodes(context, "partOf", refers)
    content += _fields(context, claim, "term", "recipient", *_MORE)
    return Built("Recommendation", content, _name(context, "recommendation", number), refers)


def _response(context: Context, claim: Claimed) -> Built:
    """A response answers recommendations, and is named by the first of them."""
    only(claim, {*_ALWAYS, "answers", "heading", *_MORE})
    required(claim, "answers")
    refers = _numbers(claim, "answers", "recommendation")
    content = _nodes(context, "respondsTo", refers)
    if "heading" in claim:
        content.append(("heading", Literal(str(claim["heading"]))))
    first = str(listed(claim["answers"])[0])
    content += _fields(context, claim, *_MORE)
    return Built("Response", content, _name(context, "response", first), refers)


def _position(context: Context, claim: Claimed) -> Built:
    """A position is part of a response, named as in its IRI: "2-i" answers from 2-i on."""
    only(claim, {*_ALWAYS, "response", "stance", "answers", *_MORE})
    required(claim, "response", "stance")
    answers = _numbers(claim, "answers", "recommendation")
    refers = (*_numbers(claim, "response", "response"), *answers)
    content: Pairs = [("stance", concept(context, "stances", claim["stance"]))]
    content.append(("partOf", _node(context, refers[0])))
    content += _nodes(context, "respondsTo", answers)
    return Built("Position", content + _fields(context, claim, *_MORE), "", refers)


def _numbers(claim: Claimed, field: str, kind: str) -> tuple[str, ...]:
    return tuple(f"{kind} {one}" for one in listed(claim.get(field)))


def _node(context: Context, refers: str) -> NamedNode:
    kind, number = refers.split(" ", 1)
    return context.thing(kind, context.document.id, number)


def _nodes(context: Context, name: str, refers: Iterable[str]) -> Pairs:
    return [(name, _node(context, one)) for one in refers]


def _name(context: Context, kind: str, number: str) -> str:
    return f"{kind}/{context.document.id}/{number}"


def _handled_in(context: Context, claim: Claimed) -> Built:
    only(claim, {*_ALWAYS, "theme", "policy_area"})
    required(claim, "theme", "policy_area")
    area = concept(context, "policy-areas", claim["policy_area"])
    content: Pairs = [("handles", entity(context, claim["theme"])), ("policyArea", area)]
    return Built("Handling", [*content, ("basis", context.thing("basis", "statement"))])


def _listing(context: Context, claim: Claimed) -> Built:
    """A country stands on a list."""
    only(claim, {*_ALWAYS, "list", "member", "group", "policy_area"})
    required(claim, "list", "member")
    content: Pairs = [
        ("list", concept(context, "country-lists", claim["list"])),
        ("member", entity(context, claim["member"])),
    ]
    if "group" in claim:
        content.append(("group", concept(context, "country-lists", claim["group"])))
    return Built("Listing", content + _fields(context, claim, "policy_area"))


def _discrepancy(context: Context, claim: Claimed) -> Built:
    only(claim, {*_ALWAYS, "summary", "about"})
    required(claim, "summary")
    content: Pairs = [("checkKind", context.thing("check-kind", "contradiction"))]
    content += _fields(context, claim, "summary", "about")
    return Built("Check", [*content, ("holds", flag(False))])


_BUILDERS: dict[str, Callable[[Context, Claimed], Built]] = {
    **dict.fromkeys(_FORMS, _form),
    "coherence": _coherence,
    "role": _role,
    "recommendation": _recommendation,
    "response": _response,
    "position": _position,
    "listing": _listing,
    "handled-in": _handled_in,
    "discrepancy": _discrepancy,
}
