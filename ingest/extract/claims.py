"""Curated claims: what was read in a document and written down with the exact quote.

``*.claims.yaml``, see docs/claims.md. A quote must be found in the document, and only once unless
the claim says which ``occurrence`` is meant; else the build stops with the nearest match. In the
graph a claim is marked as such, with who and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ingest.extract.claim_arguments import ClaimError
from ingest.extract.claim_kinds import build, referred
from ingest.extract.claim_quotes import QuoteFinder
from ingest.extract.context import Context
from ingest.statement import Passage, Statement
from ontology.vocabulary import OntologyError

__all__ = ["SUFFIX", "ClaimError", "ClaimsFile", "extract", "load", "problems"]

SUFFIX = ".claims.yaml"
_HEAD = ("document", "curator", "date")


@dataclass(frozen=True, slots=True)
class ClaimsFile:
    """The claims of one document, with who recorded them and when.

    ``lines`` are the lines of the file at which the claims begin, for messages. ``withdrawn`` is
    what is taken back of what rules read (:mod:`ingest.extract.withdrawals`).
    """

    path: Path
    document: str
    curator: str
    date: str
    claims: tuple[dict[str, Any], ...]
    lines: tuple[int, ...] = ()
    withdrawn: tuple[Any, ...] = ()

    def where(self, number: int) -> str:
        """The place of a claim (numbered from 1) as messages give it."""
        line = f": line {self.lines[number - 1]}" if self.lines else ""
        return f"{self.path}: claim {number}{line}"


def load(path: Path) -> ClaimsFile:
    """Read a claims file; a :class:`ClaimError` names the place of what is wrong."""
    try:
        loader = yaml.CSafeLoader(path.read_text("utf-8"))
        node = loader.get_single_node()
        _refuse_repeated(path, node)
        raw = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise ClaimError(f"{path}{place}: {error.problem}") from error
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        reason = str(error).splitlines()[0] if str(error) else "nested too deeply"
        raise ClaimError(f"{path}: {reason}") from error
    if not isinstance(raw, dict):
        raise ClaimError(f"{path}: expected document, curator, date and a list of claims")
    claims = raw.get("claims")
    if not isinstance(claims, list):
        raise ClaimError(f"{path}: no 'claims', or no list of them")
    document, curator, day = (_head(path, raw, name) for name in _HEAD)
    withdrawn = raw.get("withdrawn", [])
    if not isinstance(withdrawn, list):
        raise ClaimError(f"{path}: withdrawn: expected a list")
    lines = _lines(node)
    found = ClaimsFile(path, document, curator, day, tuple(claims), lines, tuple(withdrawn))
    for number, claim in enumerate(claims, start=1):
        if not isinstance(claim, dict):
            raise ClaimError(f"{found.where(number)}: expected fields such as 'kind: finding'")
    return found


def _head(path: Path, raw: dict[Any, Any], name: str) -> str:
    value = raw.get(name)
    if name == "date" and isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError as error:
            raise ClaimError(f"{path}: date: expected year-month-day, not {value!r}") from error
    text = value.isoformat() if isinstance(value, date) else str(value or "").strip()
    if not text:
        raise ClaimError(f"{path}: no {name!r}: a claims file names document, curator and date")
    return text


def _lines(node: Any) -> tuple[int, ...]:
    """The lines, from 1, at which the claims begin."""
    for key, value in node.value:
        if key.value == "claims" and isinstance(value, yaml.SequenceNode):
            return tuple(one.start_mark.line + 1 for one in value.value)
    return ()


def _refuse_repeated(path: Path, node: yaml.Node | None) -> None:
    """A field given twice in one place is an error: the reader would drop the first."""
    waiting: list[Any] = [node]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, yaml.SequenceNode):
            waiting.extend(one.value)
        elif isinstance(one, yaml.MappingNode):
            names: set[str] = set()
            for key, value in one.value:
                waiting.append(value)
                if str(key.value) in names:
                    line = key.start_mark.line + 1
                    raise ClaimError(f"{path}:{line}: {key.value!r} is given twice")
                names.add(str(key.value))


def extract(
    context: Context, claims: ClaimsFile, said: Iterable[Statement] | None = None
) -> Iterator[Statement]:
    """The statements that a document's claims make.

    ``said`` is what rules found in the document: what a claim refers to by number (a
    recommendation, a response) must be there or be claimed.
    """
    reader = _Reader(context, claims, said)
    for number in range(1, len(claims.claims) + 1):
        yield reader.read(number)


def problems(
    context: Context, claims: ClaimsFile, said: Iterable[Statement] | None = None
) -> Iterator[str]:
    """Everything that is wrong with the claims, a line each."""
    reader = _Reader(context, claims, said)
    for number in range(1, len(claims.claims) + 1):
        try:
            reader.read(number)
        except ClaimError as error:
            yield str(error)


class _Reader:
    """Reads the claims of one document, one at a time."""

    def __init__(
        self, context: Context, claims: ClaimsFile, said: Iterable[Statement] | None
    ) -> None:
        self._context, self._claims = context, claims
        self._quotes = QuoteFinder(context)
        self._complete = said is not None
        self._named = {one.name for one in said or () if one.name}

    def read(self, number: int) -> Statement:
        """The statement of a claim; a :class:`ClaimError` of one line says what is wrong."""
        try:
            return self._read(self._claims.claims[number - 1], number)
        except (OntologyError, ClaimError, ValueError, TypeError) as error:
            reason = " ".join(str(error).split())
            raise ClaimError(f"{self._claims.where(number)}: {reason}") from error

    def _read(self, claim: dict[str, Any], number: int) -> Statement:
        context = self._context
        built = build(context, claim)
        self._refuse_unknown(built.content_names(context))
        if "voice" not in claim:
            raise ClaimError("no 'voice': who says it?")
        voice = context.vocabulary.find("actors", str(claim["voice"])).iri
        statement = Statement(
            built.kind,
            context.document.id,
            tuple(dict.fromkeys(self._evidence(claim))),
            context.thing("claim", self._claims.document, str(number)),
            (*built.content, ("speaker", voice)),
            built.name,
        )
        if built.name:
            if built.name in self._named:
                raise ClaimError(f"there is a {built.name} already")
            self._named.add(built.name)
        return statement

    def _refuse_unknown(self, names: Iterable[str]) -> None:
        """What a claim refers to must be known, where the rules' statements are given."""
        for name in names:
            if self._complete and name not in self._named:
                kind, number = name.split("/")[0], name.rsplit("/", 1)[-1]
                known = referred(self._named, kind)
                raise ClaimError(f"no {kind} {number!r} in this document; known: {known}")

    def _evidence(self, claim: dict[str, Any]) -> Iterator[Passage]:
        if ("quote" in claim) == ("quotes" in claim):
            raise ClaimError("expected a 'quote', or several 'quotes'")
        quotes = claim["quotes"] if "quotes" in claim else [claim["quote"]]
        if not isinstance(quotes, list) or not quotes:
            raise ClaimError("quotes: expected a list")
        for quote in quotes:
            given = quote if isinstance(quote, dict) else {"quote": quote}
            which = given.get("occurrence", claim.get("occurrence"))
            yield from self._quotes.find(str(given.get("quote") or ""), which)
