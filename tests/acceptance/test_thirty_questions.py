"""Thirty questions of a policy analyst, asked of the graph, against answers found by hand.

``tests/fixtures/questions.yaml`` holds the questions with answers that were written down from the
texts before the graph was seen; ``questions/Q01.rq`` and on ask them in SPARQL. What the analyst
says in words of her own, the graph says in terms of its schemes: ``questions/comparison.yaml``
tells which is which.

- ``keys``: variables of the query with the field of the hand answer that they must equal. Rows and
  answers must be the same set of keys.
- ``values``: variables that must have the value of the hand answer in one of its rows.
- ``words``: fields of the hand answer with the words that one of its rows must hold; without a
  mapping, those of the answer itself.
- ``terms``: by variable, the graph's terms (one, or any of several, or ``null`` for none) for the
  analyst's words.
- ``split``: fields that list several things, with what stands between them.
- ``apart``: fields that are an answer of their own, with the field that they stand for.
- ``words decide``: two answers with the same keys are told apart by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyoxigraph import Literal, NamedNode, QuerySolutions

from ingest.build import Built
from tests.conftest import ROOT, Graph

FOLDER = Path(__file__).parent / "questions"
HAND = yaml.safe_load((ROOT / "tests" / "fixtures" / "questions.yaml").read_text("utf-8"))
COMPARISONS = yaml.safe_load((FOLDER / "comparison.yaml").read_text("utf-8"))
_LOOSE = frozenset("-‐¬\u00ad'’‘\"“”")
Row = Mapping[str, str]


@dataclass(frozen=True)
class Comparison:
    """How the rows of one question are compared with its answer by hand."""

    keys: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    terms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    split: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, str] = field(default_factory=dict)
    words_decide: bool = False

    def expected(self, variable: str, fields: Any, answer: Row) -> set[str | None] | None:
        """What a variable may be for an answer; None where anything will do."""
        for name in fields if isinstance(fields, list) else [fields]:
            if name in answer:
                said = answer[name]
                terms = self.terms.get(variable, {})
                known = terms.get(said, said)
                return {plain(one) for one in (known if isinstance(known, list) else [known])}
        return {None}

    def has_keys(self, row: Row, answer: Row) -> bool:
        """Whether a row gives this answer, as far as the keys tell."""
        return all(
            plain(row.get(variable)) in (self.expected(variable, fields, answer) or ())
            for variable, fields in self.keys.items()
        )

    def wanted_words(self, answer: Row) -> list[str]:
        """The words that the rows of an answer must hold."""
        wanted: list[str] = []
        for name, known in self.words.items():
            if name in answer:
                words = (known or {}).get(answer[name], answer[name])
                wanted += words if isinstance(words, list) else [words] if words else []
        return wanted

    def gives(self, row: Row, answer: Row) -> bool:
        """Whether a row is one of an answer's own."""
        if not self.has_keys(row, answer):
            return False
        return not self.words_decide or any(holds(row, one) for one in self.wanted_words(answer))


def answers(question: Mapping[str, Any], comparison: Comparison) -> Iterator[Row]:
    """The rows of an answer by hand as text, one for each thing where a field lists several."""
    for answer in question["answer"]:
        row = {str(name): str(value) for name, value in answer.items()}
        if "document" not in row and len(question["documents"]) == 1:
            row["document"] = question["documents"][0]
        for name, other in comparison.apart.items():
            if name in row:
                yield {**row, other: row[name]}
        yield from parted(row, list(comparison.split.items()))


def parted(row: Row, split: list[tuple[str, str]]) -> Iterator[Row]:
    if not split:
        yield row
        return
    (name, between), *others = split
    for one in row[name].split(between) if name in row else [None]:
        yield from parted(row if one is None else {**row, name: one}, others)


def plain(value: Any) -> str | None:
    """A value in one form, so that 2015 equals "2015" and 4.5 equals "4.50"."""
    if value is None:
        return None
    text = str(value).strip().casefold()
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text


@cache
def squeezed(text: str) -> tuple[str, tuple[int, ...]]:
    """A text without what a line break may change in a quote, and the place of each character."""
    kept = [(c, at) for at, c in enumerate(text) if c not in _LOOSE and not c.isspace()]
    return "".join(c for c, _ in kept), tuple(at for _, at in kept)


def same(quote: str, passage: str) -> bool:
    """Whether a quote is this passage: numbers of notes and broken ligatures are no difference."""
    one, other = squeezed(quote)[0], squeezed(passage)[0]
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.9


def holds(row: Row, words: str) -> bool:
    """Whether one of the columns of a row holds these words."""
    wanted = squeezed(words)[0].casefold()
    return any(wanted in squeezed(value)[0].casefold() for value in row.values())


def places(text: str, quote: str) -> list[range]:
    """Where in a text a quote stands."""
    (within, offsets), (wanted, _) = squeezed(text), squeezed(quote)
    found = re.finditer(re.escape(wanted), within)
    return [range(offsets[one.start()], offsets[one.end() - 1] + 1) for one in found]


def rows_of(graph: Graph, name: str) -> list[Row]:
    """The rows of a question; documents by their identifier."""
    query = (FOLDER / f"{name}.rq").read_text("utf-8")
    answer = graph.store.query(query, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    rows: list[Row] = []
    for found in answer:
        row = {
            one.value: value.value
            for one in answer.variables
            if isinstance(value := found[one], Literal | NamedNode)
        }
        row["document"] = row["document"].rsplit("/", 1)[-1]
        rows.append(row)
    return rows


@pytest.mark.parametrize("question", HAND, ids=[one["id"] for one in HAND])
def test_the_graph_answers_as_the_analyst_did(
    question: Mapping[str, Any], graph: Graph, built: Built
) -> None:
    compared = {name.replace(" ", "_"): one for name, one in COMPARISONS[question["id"]].items()}
    comparison = Comparison(**compared)
    rows = rows_of(graph, question["id"])
    by_hand = list(answers(question, comparison))
    evidence = {
        document: [
            place
            for one in question["evidence"]
            if one["document"] == document
            for place in places(built.texts[document], one["quote"])
        ]
        for document in {row["document"] for row in rows}
    }

    for row in rows:
        if "quote" in row:
            passage = built.texts[row["document"]][int(row["start"]) : int(row["end"])]
            assert same(row["quote"], passage), row

    wrong = [
        problem
        for answer in by_hand
        if (problem := missing(comparison, answer, rows, evidence)) is not None
    ]
    surplus = [row for row in rows if not any(comparison.gives(row, one) for one in by_hand)]
    assert (wrong, surplus) == ([], [])


def missing(
    comparison: Comparison, answer: Row, rows: list[Row], evidence: Mapping[str, list[range]]
) -> str | None:
    """What the rows lack of an answer by hand; None where they give it."""
    own = [row for row in rows if comparison.has_keys(row, answer)]
    if not own:
        return f"no row for {answer}"
    for words in comparison.wanted_words(answer):
        if not any(holds(row, words) for row in own):
            return f"no row with {words!r} for {answer}"
    if comparison.words:
        told = [r for r in own if any(holds(r, one) for one in comparison.wanted_words(answer))]
        own = told or own
    for variable, fields in comparison.values.items():
        expected = comparison.expected(variable, fields, answer) or set()
        if None not in expected and not any(plain(row.get(variable)) in expected for row in own):
            return f"no row with {variable} {expected} for {answer}"
    quoted = [row for row in rows if comparison.has_keys(row, answer) and "quote" in row]
    if quoted and not any(shown(row, evidence) for row in quoted):
        return f"no row from the evidence for {answer}"
    return None


def shown(row: Row, evidence: Mapping[str, list[range]]) -> bool:
    """Whether the quote of a row overlaps what the analyst gave as evidence."""
    start, end = int(row["start"]), int(row["end"])
    return any(start < one.stop and one.start < end for one in evidence[row["document"]])


def test_every_quote_of_the_answers_by_hand_stands_in_its_document(built: Built) -> None:
    lost = [
        (question["id"], one["quote"])
        for question in HAND
        for one in question["evidence"]
        if not places(built.texts[one["document"]], one["quote"])
    ]
    assert lost == []
