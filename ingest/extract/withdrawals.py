"""What a curator takes back of what rules read: ``withdrawn`` in a claims file (docs/claims.md).

Each entry names the kind of statement, the passage and why. Of what rules read there all statements
of that kind go; an entry by which nothing goes is an error, so that none outlives the
rule that it corrects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ingest.document import Span
from ingest.extract.claim_arguments import ClaimError
from ingest.extract.claim_quotes import QuoteFinder
from ingest.extract.claims import ClaimsFile
from ingest.extract.context import Context
from ingest.statement import Passage, Statement

_FIELDS = frozenset({"kind", "quote", "occurrence", "why"})
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def without(
    context: Context, claims: ClaimsFile, said: Iterable[Statement]
) -> tuple[list[Statement], list[str]]:
    """What rules said but for what is withdrawn, and what is wrong with entries, a line each."""
    kept, wrong = list(said), []
    quotes = QuoteFinder(context)
    for number, entry in enumerate(claims.withdrawn, start=1):
        try:
            kept = _but_for(entry, quotes, kept)
        except ClaimError as error:
            wrong.append(f"{claims.path}: withdrawn {number}: {error}")
    return kept, wrong


def _but_for(entry: Any, quotes: QuoteFinder, said: list[Statement]) -> list[Statement]:
    if not isinstance(entry, dict):
        raise ClaimError("expected kind, quote and why")
    if unknown := sorted(map(str, entry.keys() - _FIELDS)):
        raise ClaimError(f"unknown field {unknown[0]!r}; known are {', '.join(sorted(_FIELDS))}")
    if not str(entry.get("why") or "").strip():
        raise ClaimError("no 'why': what is wrong with what the rule read?")
    places = quotes.find(str(entry.get("quote") or ""), entry.get("occurrence"))
    there = [one for one in said if _there(one, places)]
    goes = {id(one) for one in there if _kind(one) == entry.get("kind")}
    if not goes:
        kinds = ", ".join(sorted(set(map(_kind, there)))) or "nothing"
        raise ClaimError(f"no rule reads a {entry.get('kind')!r} there; rules read: {kinds}")
    return [one for one in said if id(one) not in goes]


def _there(statement: Statement, places: Iterable[Passage]) -> bool:
    """Whether a place of it holds the quote, or is a part of it."""
    spans = [place.span for place in places]
    return any(
        _covers(span, one.span) or _covers(one.span, span)
        for span in spans
        for one in statement.evidence
    )


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _kind(statement: Statement) -> str:
    return _CAPITAL.sub("-", statement.kind).lower()
