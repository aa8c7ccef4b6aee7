"""Budget tables cell by cell, as observations, with their arithmetic checked.

What does not add up is recorded as a check that does not hold; no figure is ever repaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from ingest.document import BlockKind, Span
from ingest.extract.context import Context
from ingest.extract.literals import decimal, flag, year
from ingest.extract.mentions import Found, Gazetteer
from ingest.extract.table_text import BudgetTable, Cell, Row, read
from ingest.statement import Passage, Rule, Statement, Term
from ontology.names import slug
from ontology.vocabulary import Concept

RULE = Rule("budget-tables", 2)

_REALISED = re.compile(
    r"(?<!geraamde )(?<!begrote )(?<!verwachte )\b(?:uitgaven|bestedingen|realisatie)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:intensivering\w*|herverdeling\w*|extra|ophoging\w*|mutaties?|ombuiging\w*)\b",
    re.IGNORECASE,
)
_ADDITIVE = frozenset({"addition", "expenditure", "budget"})


def extract(context: Context) -> Iterator[Statement]:
    """The cells and the sums of every budget table in a document."""
    number = 0
    for block in context.document.of_kind(BlockKind.TABLE):
        table = read(context.document, block)
        if table is not None:
            number += 1
            yield from _Reading(context, table, number).statements()


class _Reading:
    """One table being turned into statements."""

    def __init__(self, context: Context, table: BudgetTable, number: int) -> None:
        self.context = context
        self.table = table
        self.number = number
        self._cues = {
            concept.slug: [re.compile(cue, re.IGNORECASE) for cue in concept.texts("cue")]
            for concept in context.vocabulary.in_scheme("amount-kinds")
        }
        self._labels = Gazetteer(context.vocabulary.of_type("Instrument", "Theme", "PolicyArea"))
        self.kinds = [self._kind(row) for row in table.rows]
        self.subjects = list(self._subjects())

    def statements(self) -> Iterator[Statement]:
        for row, kind, subjects in zip(self.table.rows, self.kinds, self.subjects, strict=True):
            yield from self._observations(row, kind, subjects)
            if kind in _ADDITIVE:
                yield from self._handlings(row, subjects)
                yield from self._row_sum(row)
        yield from self._column_sums()

    def line(self, row: Row) -> NamedNode:
        """The IRI of a table's row."""
        return self.context.thing(
            "budget-line", self.context.document.id, str(self.number), slug(row.label)
        )

    def _kind(self, row: Row) -> str:
        for name, cues in self._cues.items():
            if any(cue.search(row.label) for cue in cues):
                return name
        if _ADDED.search(self.table.title):
            return "addition"
        return "expenditure" if _REALISED.search(self.table.title) else "budget"

    def _subjects(self) -> Iterator[list[Concept]]:
        """What each row is about; additions belong to the article that is named below them."""
        article: list[Concept] = []
        found: list[list[Concept]] = []
        for row, kind in reversed(list(zip(self.table.rows, self.kinds, strict=True))):
            named = [one.concept for one in _distinct(self._labels.find(row.label))]
            if kind == "appropriation":
                article = named
            elif kind == "total":
                article = []
            elif kind == "addition":
                named = [*named, *article]
            found.append(named)
        yield from reversed(found)

    def _passage(self, span_of: Row | Cell) -> Passage:
        text = self.context.document.source.quote(span_of.span)
        return Passage(span_of.span, " ".join(text.split()))

    def _whole(self, row: Row) -> Passage:
        """The whole row: what a reader wants to see behind one of its cells."""
        last = [cell for cell in row.cells if cell is not None][-1]
        start = min(row.span.start, *(cell.span.start for cell in row.cells if cell is not None))
        span = Span(start, max(last.span.end, row.span.end))
        return Passage(span, " ".join(self.context.document.source.quote(span).split()))

    def _statement(
        self,
        kind: str,
        evidence: Iterable[Passage],
        *content: tuple[str, Term],
        row: Row | None = None,
    ) -> Statement:
        return Statement(
            kind,
            self.context.document.id,
            tuple(evidence),
            self.context.rule(RULE),
            content,
            sentence=self._whole(row) if row else None,
        )

    def _observations(self, row: Row, kind: str, subjects: list[Concept]) -> Iterator[Statement]:
        for column, cell in zip(self.table.columns, row.cells, strict=True):
            if cell is None:
                continue
            content: list[tuple[str, Term]] = [
                ("budgetLine", self.line(row)),
                ("lineLabel", Literal(row.label)),
                ("table", self.context.thing("table", self.context.document.id, str(self.number))),
                ("tableLabel", Literal(self.table.title)),
                ("amountKind", self.context.thing("amount-kind", kind)),
                ("amount", decimal(cell.value * self.table.multiplier)),
                ("asWritten", Literal(cell.text)),
                ("multiplier", Literal(self.table.multiplier)),
                ("currency", Literal("EUR")),
                ("periodLabel", Literal(column.label)),
            ]
            if column.year is not None:
                content.append(("period", year(column.year)))
            content += [("about", subject.iri) for subject in subjects]
            yield self._statement("BudgetObservation", [self._passage(cell)], *content, row=row)

    def _handlings(self, row: Row, subjects: list[Concept]) -> Iterator[Statement]:
        """What the row names is handled in the policy areas of the article it belongs to."""
        areas = [area for one in subjects for area in one.objects("policyArea")]
        for subject in subjects:
            for area in dict.fromkeys(areas):
                if subject.iri != area and "Instrument" not in subject.types:
                    yield self._statement(
                        "Handling",
                        [self._whole(row)],
                        ("handles", subject.iri),
                        ("policyArea", area),
                        ("basis", self.context.thing("basis", "allocation")),
                    )

    def _row_sum(self, row: Row) -> Iterator[Statement]:
        years = [c for c, col in zip(row.cells, self.table.columns, strict=True) if c and col.year]
        totals = [c for c, col in zip(row.cells, self.table.columns, strict=True) if not col.year]
        for total in totals:
            if total is not None:
                yield self._sum("row-sum", total, years, self.line(row), row)

    def _column_sums(self) -> Iterator[Statement]:
        rows = list(zip(self.table.rows, self.kinds, strict=True))
        for row, kind in rows:
            if kind != "total":
                continue
            for index, total in enumerate(row.cells):
                parts = [
                    cell
                    for other, its_kind in rows
                    if its_kind in _ADDITIVE and (cell := other.cells[index]) is not None
                ]
                if total is not None and parts:
                    yield self._sum("column-sum", total, parts, self.line(row), row)

    def _sum(
        self, kind: str, total: Cell, parts: list[Cell], about: NamedNode, row: Row
    ) -> Statement:
        computed = sum((part.value for part in parts), Decimal(0)) * self.table.multiplier
        stated = total.value * self.table.multiplier
        return self._statement(
            "Check",
            [self._passage(cell) for cell in (total, *parts)],
            ("checkKind", self.context.thing("check-kind", kind)),
            ("about", about),
            ("lineLabel", Literal(row.label)),
            ("stated", decimal(stated)),
            ("computed", decimal(computed)),
            ("holds", flag(stated == computed)),
            row=row,
        )


def _distinct(found: list[Found]) -> list[Found]:
    return list({one.concept.iri: one for one in found}.values())
