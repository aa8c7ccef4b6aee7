"""Whether a text asks only for servers that the operator allows: SERVICE and LOAD.

An address counts only where it stands there as an absolute IRI: not as a variable, a prefixed name
or a relative IRI, so that what is compared is what the engine will ask for.
"""

from __future__ import annotations

from collections.abc import Sequence

from server.store.interface import QueryRefusedError
from server.store.tokens import Token, tokens

_SILENT = "silent"


def only_allowed(text: str, keyword: str, endpoints: Sequence[str]) -> bool:
    """Whether each clause of this keyword (in lower case) names an endpoint of the list."""
    every = [token for token in tokens(text) if token.kind not in {"space", "comment"}]
    clauses = [place for place, token in enumerate(every) if token.text.lower() == keyword]
    # A keyword may be glued to what follows it; then its address is not seen here.
    suspects = sum(_holds(token, keyword) for token in every)
    return suspects == len(clauses) and all(
        _allowed(_address(every, place + 1), endpoints) for place in clauses
    )


def refused(keyword: str, endpoints: Sequence[str]) -> QueryRefusedError:
    """The error for a clause that names another server."""
    if not endpoints:
        return QueryRefusedError(f"this service does not reach others: {keyword} is refused")
    return QueryRefusedError(
        f"{keyword} may only name these, written out as IRIs: {', '.join(endpoints)}"
    )


def _holds(token: Token, keyword: str) -> bool:
    return token.kind in {"word", "name"} and keyword in token.text.partition(":")[0].lower()


def _address(every: Sequence[Token], place: int) -> str:
    """The IRI at a place or behind SILENT there; empty for anything else."""
    if place < len(every) and every[place].text.lower() == _SILENT:
        place += 1
    if place >= len(every) or every[place].kind != "iri":
        return ""
    return every[place].text[1:-1]


def _allowed(address: str, endpoints: Sequence[str]) -> bool:
    return any(
        address == one or (one.endswith("/") and address.startswith(one)) for one in endpoints
    )
