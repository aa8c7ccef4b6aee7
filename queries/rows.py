"""The answer to a saved question as rows of RDF terms, and the hash that identifies it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

Term = NamedNode | Literal | BlankNode
Row = Mapping[str, Term]


@dataclass(frozen=True)
class Answer:
    """The rows of an answer in order, each a term by variable; an unbound one is not there."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, solutions: QuerySolutions) -> Answer:
        """The answer of the engine."""
        names = tuple(variable.value for variable in solutions.variables)
        rows = [
            {name: term for name in names if isinstance(term := solution[name], Term)}
            for solution in solutions
        ]
        return cls(names, tuple(rows))

    @classmethod
    def parse(cls, document: bytes) -> Answer:
        """The answer in SPARQL 1.1 Query Results JSON."""
        solutions = parse_query_results(document, format=QueryResultsFormat.JSON)
        if not isinstance(solutions, QuerySolutions):
            raise TypeError("a saved question is a SELECT")
        return cls.of(solutions)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Each row as its terms in N-Triples syntax, tabs between them, in the order given."""
        return tuple("\t".join(self._terms(row)) for row in self.rows)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the answer, in hexadecimal.

        It is taken over the UTF-8 text of the variables (``?name``, tabs between) and then the
        :attr:`lines` in sorted order, each ended by a line feed: the order in which a store
        happens to give rows that tie is no part of an answer.
        """
        head = "\t".join(f"?{name}" for name in self.variables)
        text = "".join(f"{line}\n" for line in (head, *sorted(self.lines)))
        return sha256(text.encode()).hexdigest()

    def _terms(self, row: Row) -> Iterator[str]:
        return (str(row[name]) if name in row else "" for name in self.variables)
