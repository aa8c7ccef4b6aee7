"""Curated claims: what was read in a document and written down with the exact quote.

``seeds/*.claims.yaml``; a quote must be found exactly once in the document, else the build stops
with the nearest match. In the graph a claim is marked as such, with who and when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

from ingest.document import Block, Range
from ingest.extract.claim_kinds import BUILDERS, ClaimError
from ingest.extract.context import Context, passages
from ingest.statement import Passage, Statement
from ontology.vocabulary import OntologyError

__all__ = ["SUFFIX", "ClaimError", "ClaimsFile", "extract", "load"]

SUFFIX = ".claims.yaml"


@dataclass(frozen=True, slots=True)
class ClaimsFile:
    """The claims of one document, with who recorded them and when."""

    path: Path
    document: str
    curator: str
    date: str
    claims: tuple[dict[str, Any], ...]


def load(path: Path) -> ClaimsFile:
    """Read a claims file; a :class:`ClaimError` names the place of what is wrong."""
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        recorded = raw["date"]
        return ClaimsFile(
            path,
            str(raw["document"]),
            str(raw["curator"]),
            recorded.isoformat() if isinstance(recorded, date) else str(recorded),
            tuple(dict(claim) for claim in raw["claims"]),
        )
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise ClaimError(f"{path}{place}: {error.problem}") from error
    except KeyError as error:
        raise ClaimError(f"{path}: no {error.args[0]!r}") from error
    except (TypeError, ValueError) as error:
        raise ClaimError(
            f"{path}: expected document, curator, date and a list of claims"
        ) from error


def extract(context: Context, claims: ClaimsFile) -> Iterator[Statement]:
    """The statements that a document's claims make."""
    finder = _QuoteFinder(context)
    for number, claim in enumerate(claims.claims, start=1):
        where = f"{claims.path}: claim {number}"
        try:
            kind, content = BUILDERS[str(claim["kind"])](context, claim)
            quotes = claim.get("quotes") or [claim["quote"]]
            evidence = [one for quote in quotes for one in finder.find(str(quote))]
            voice = context.vocabulary.find("actors", str(claim["voice"])).iri
        except KeyError as error:
            raise ClaimError(f"{where}: no or unknown {error.args[0]!r}") from error
        except (OntologyError, ClaimError, ValueError) as error:
            raise ClaimError(f"{where}: {error}") from error
        yield Statement(
            kind,
            context.document.id,
            tuple(dict.fromkeys(evidence)),
            context.thing("claim", claims.document, str(number)),
            (*content, ("speaker", voice)),
        )


class _QuoteFinder:
    """Finds quotes in the running text of a document, however its lines were broken."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._blocks = [(block, _squeeze(block.text.text)) for block in context.document.blocks]

    def find(self, quote: str) -> tuple[Passage, ...]:
        wanted, _ = _squeeze(quote)
        if not wanted:
            raise ClaimError("an empty quote")
        found: list[tuple[Block, Range]] = []
        for block, (text, positions) in self._blocks:
            start = text.find(wanted)
            while start >= 0:
                end = start + len(wanted)
                found.append((block, Range(positions[start], positions[end - 1] + 1)))
                start = text.find(wanted, start + 1)
        if len(found) != 1:
            reason = f"found {len(found)} times" if found else self._nearest(wanted)
            raise ClaimError(f"quote {quote[:60]!r}...: {reason}")
        return passages(*found[0])

    def _nearest(self, wanted: str) -> str:
        def likeness(item: tuple[Block, tuple[str, list[int]]]) -> float:
            matcher = SequenceMatcher(None, wanted, item[1][0], autojunk=False)
            return matcher.find_longest_match().size

        block, _ = max(self._blocks, key=likeness)
        return f"not found; nearest on page {block.page}: {block.text.text[:160]!r}"


def _squeeze(text: str) -> tuple[str, list[int]]:
    """A text without white space, hyphens and quote marks, with the position of each character.

    What a line break can change in a quote must not decide whether it is found.
    """
    kept = [(c, i) for i, c in enumerate(text) if not re.match(r"[\s\-‐¬\u00ad'’‘\"“”]", c)]
    return "".join(c for c, _ in kept), [i for _, i in kept]
