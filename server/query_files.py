"""The queries of a folder of the service: read once, bound with terms, never with text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ontology.names import DEFAULT_BASE, Minter
from queries.rows import Term
from queries.tokens import replaced_iris, values_blocks

Rows = Iterable[tuple[Term, ...]]
Values = Mapping[tuple[str, ...], Rows]
"""The rows of terms for the ``VALUES`` blocks of these variables."""


class QueryFiles:
    """The ``*.rq`` files of a folder by name, for data with a ``base`` IRI."""

    def __init__(self, folder: Path, base: str = DEFAULT_BASE) -> None:
        rebased = Minter(base).rebased
        self._texts = {
            path.stem: replaced_iris(path.read_text(encoding="utf-8"), rebased)
            for path in folder.glob("*.rq")
        }
        self._blocks = {name: (*values_blocks(text),) for name, text in self._texts.items()}

    def bound(self, name: str, values: Values) -> str:
        """A query with these values."""
        contents = {variables: _content(rows) for variables, rows in values.items()}
        text = self._texts[name]
        pieces: list[str] = []
        done = 0
        for block in self._blocks[name]:
            if block.variables in contents:
                pieces += [text[done : block.content_start], f" {contents[block.variables]} "]
                done = block.content_end
        return "".join(pieces) + text[done:]


def _content(rows: Rows) -> str:
    """Rows as a ``VALUES`` block has them: in brackets, but for those of one variable."""
    return " ".join(str(row[0]) if len(row) == 1 else f"({_row(row)})" for row in rows)


def _row(row: tuple[Term, ...]) -> str:
    return " ".join(map(str, row))
