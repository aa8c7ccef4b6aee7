"""Which parliamentary paper the number of a citation points to, and its official page.

A paper is ``kst-{dossier}[-{series}]-{number}`` and has the page of that name. Nothing is looked
up; where a number as printed may be that of several papers, all are named and none is linked to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from ingest.graph.writer import GraphWriter
from ingest.statement import Statement
from ontology.vocabulary import Vocabulary

_PAPER = re.compile(r"kst-(?P<dossier>\d{5})(?:-(?P<series>\w+(?:-\w+)*?))?-(?P<number>\d+|[A-Z]+)")
_PAGES = "https://zoek.officielebekendmakingen.nl/"


def page(key: str) -> NamedNode | None:
    """The official page of a paper by its number; None for what is no paper's number."""
    return NamedNode(f"{_PAGES}{key}.html") if _PAPER.fullmatch(key) else None


class Papers:
    """The papers of parliament, as far as the schemes and one document tell of them."""

    def __init__(self, words: Vocabulary, statements: Iterable[Statement]) -> None:
        self._words = words
        self._series = {one.slug: set(one.texts("series")) for one in words.in_scheme("dossiers")}
        self._listed: Mapping[str, frozenset[str]] = {
            dossier: frozenset(series) for dossier, series in self._series.items()
        }
        for statement in statements:
            for key in _keys(statement):
                paper = _PAPER.fullmatch(key)
                if paper and paper["series"]:
                    self._series.setdefault(paper["dossier"], set()).add(paper["series"])

    def write(self, writer: GraphWriter, node: NamedNode, citation: Statement) -> None:
        """Say of a citation by number what it points to."""
        for key in _keys(citation):
            paper = _PAPER.fullmatch(key)
            if paper is None:
                continue
            status, candidates = self._read(paper)
            writer.add(node, "keyStatus", self._words.find("key-statuses", status).iri)
            if candidates:
                writer.add(node, "candidateKey", *(Literal(one) for one in candidates))
            elif address := page(key):
                writer.add(node, "citedPage", address)

    def _read(self, paper: re.Match[str]) -> tuple[str, list[str]]:
        """The status of a number, and the papers that it may be the number of if not just one."""
        dossier, series, number = paper["dossier"], paper["series"], paper["number"]
        if series is None:
            several = sorted(self._series.get(dossier, ()))
            others = [f"kst-{dossier}-{one}-{number}" for one in several]
            return ("series-missing", [paper[0], *others]) if others else ("by-rule", [])
        meant = [
            f"kst-{known}-{series}-{number}"
            for known, listed in sorted(self._listed.items())
            if series.isdigit() and series in listed and _digits_apart(known, dossier) == 1
        ]
        return ("dossier-doubtful", [paper[0], *meant]) if meant else ("by-rule", [])


def _keys(statement: Statement) -> list[str]:
    if statement.kind != "Citation":
        return []
    return [value.value for name, value in statement.content if name == "citationKey"]


def _digits_apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))
