"""Tables as CSV (RFC 4180, in UTF-8), as files of data say: which query, which columns.

A cell with several values has them in alphabetical order, " | " between. Text that a spreadsheet
would take for a formula gets an apostrophe before it (CWE-1236).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

import yaml
from pyoxigraph import Literal, NamedNode, QuerySolution

from queries.text import Bilingual
from server.publish.files import described, opened
from server.publish.source import File, Source
from server.query_files import QueryFiles

FOLDER = Path(__file__).parent
QUERIES = FOLDER / "queries"
CSV, MARKDOWN = "text/csv", "text/markdown"
TEXT = "string"
SEPARATOR = " | "
"""What stands between the values of a cell that can have several."""
README = "README.md"

_TABLES, _TEXTS = FOLDER / "tables", FOLDER / "texts"
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = Mapping[str, tuple[str, ...]]
"""The values of a row by column, as text; a column without a value is not there."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, which is a variable of the query too, and what it says.

    For who reads it by machine: the ``datatype`` (CSVW 6.4), the ``property`` of which it has the
    values, and the HXL ``tag``. ``several``: whether a cell can have more than one value.
    """

    name: str
    label: Bilingual
    datatype: str = TEXT
    property: str | None = None
    tag: str | None = None
    several: bool = False
    required: bool = False

    def cell(self, row: Row) -> str:
        """What stands in this column; the first value, in order, where it has but one."""
        values = row.get(self.name, ())
        value = SEPARATOR.join(values if self.several else values[:1])
        like_a_formula = self.datatype == TEXT and value.startswith(_LIKE_A_FORMULA)
        return f"'{value}" if like_a_formula else value


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an export.

    Rows of the query with the same value for ``key`` are one row of it. Where ``things`` names a
    query, that one tells which things have a row, in which order, and the other what is said of
    them.
    """

    token: str
    name: str
    label: Bilingual
    columns: tuple[Column, ...]
    key: str | None = None
    things: str | None = None

    @property
    def file(self) -> str:
        """Its path in a release."""
        return f"exports/{self.token}/{self.name}.csv"


@cache
def tables(token: str) -> tuple[Table, ...]:
    """The tables of an export."""
    document = yaml.safe_load((_TABLES / f"{token}.yaml").read_text(encoding="utf-8"))
    return tuple(
        Table(
            token=token,
            name=name,
            label=_bilingual(members),
            columns=tuple(_column(*one) for one in members["columns"].items()),
            key=members.get("key"),
            things=members.get("things"),
        )
        for name, members in document.items()
    )


def rows(source: Source, table: Table) -> Iterator[Row]:
    """The rows of a table in the order of its query, ``queries/{token}-{name}.rq``."""
    queries = QueryFiles(QUERIES, source.base)
    name, key = f"{table.token}-{table.name}", table.key
    if key is None:
        return _found(source, table, queries.bound(name, {}))
    if table.things is None:
        return iter(_merged(_found(source, table, queries.bound(name, {})), key).values())
    rows = (row[key] for row in source.solutions(queries.bound(table.things, {})))
    things = [thing for thing in rows if isinstance(thing, NamedNode)]
    text = queries.bound(name, {(key,): [(thing,) for thing in things]})
    merged = _merged(_found(source, table, text), key)
    return (merged[(thing.value,)] for thing in things)


def write_table(folder: Path, table: Table, found: Iterable[Row], tagged: bool = False) -> File:
    """Write a table below a release; ``tagged`` with the row of HXL tags under the headings."""
    with opened(folder, table.file, ("",)) as out:
        writer = csv.writer(_Encoded(out), lineterminator="\r\n")
        writer.writerow([column.name for column in table.columns])
        if tagged:
            writer.writerow([column.tag or "" for column in table.columns])
        writer.writerows([column.cell(row) for column in table.columns] for row in found)
    return described(folder, table.file, CSV, table.token)


def write_readme(folder: Path, token: str) -> File:
    """Write what an export is for, what its files are and what it leaves out."""
    name = f"exports/{token}/{README}"
    with opened(folder, name, ("",)) as out:
        out.write((_TEXTS / f"{token}.md").read_bytes())
    return described(folder, name, MARKDOWN, token)


class _Encoded:
    """Takes text, and writes it as UTF-8."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, text: str, /) -> int:
        return self._out.write(text.encode())


def _bilingual(members: Mapping[str, str]) -> Bilingual:
    return Bilingual(nl=members["nl"], en=members["en"])


def _column(name: str, members: Mapping[str, Any]) -> Column:
    others = {key: value for key, value in members.items() if key not in ("nl", "en")}
    return Column(name, _bilingual(members), **others)


def _found(source: Source, table: Table, text: str) -> Iterator[Row]:
    return (_values(table, solution) for solution in source.solutions(text))


def _values(table: Table, solution: QuerySolution) -> Row:
    """A row of the query, which must know each column."""
    return {
        column.name: (term.value,)
        for column in table.columns
        if isinstance(term := solution[column.name], Literal | NamedNode)
    }


def _merged(found: Iterable[Row], key: str) -> dict[tuple[str, ...], Row]:
    """What is said of each thing, in the order in which they come."""
    values: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for row in found:
        thing = values.setdefault(row[key], {})
        for name, one in row.items():
            thing.setdefault(name, set()).update(one)
    return {
        thing: {name: tuple(sorted(one)) for name, one in said.items()}
        for thing, said in values.items()
    }
