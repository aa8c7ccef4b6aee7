"""The released answers of saved questions: those that were last looked at, to see what changes.

``expected/FAMILY/NAME.json`` holds the ``version`` and ``fingerprint`` of the question, who
``checked`` the rows against the documents, how and when (free text, or null), and the ``answers``
in Dutch: the rows by the query string of the call, ``""`` for that with every default. A row has
what a person reads, as text by variable, on a line of its own.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from queries.catalogue import SavedQuery
from queries.contract import LABEL, in_group
from queries.errors import QueryFileError
from queries.readable import label, listed, prefixes, shown
from queries.rows import Answer, Row

EXPECTED = "expected"
_SUFFIX = ".json"
_READ = ("quote", "documentTitle", "page")  # of a passage

Plain = dict[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """How the answer to one call differs from the one released.

    ``reordered`` when the rows are the same and only their order is not.
    """

    call: str
    removed: tuple[Plain, ...]
    added: tuple[Plain, ...]

    @property
    def reordered(self) -> bool:
        """Whether only the order of the rows changed."""
        return not self.removed and not self.added


@dataclass(frozen=True, slots=True)
class Released:
    """The answers of a question as they were released."""

    version: str
    fingerprint: str
    checked: str | None
    answers: Mapping[str, list[Plain]]

    @classmethod
    def of(cls, query: SavedQuery, answers: Mapping[str, Answer]) -> Released:
        """The present answers of a question by call, not yet checked by anyone."""
        rows = {call: plain(query, answer) for call, answer in answers.items()}
        return cls(query.version, query.fingerprint, None, rows)

    @classmethod
    def read(cls, path: Path) -> Released | None:
        """What a file holds, ``None`` if it is not there.

        :class:`~queries.errors.QueryFileError` for one of another form.
        """
        if not path.is_file():
            return None
        try:
            return cls._parsed(json.loads(path.read_text(encoding="utf-8")))
        except json.JSONDecodeError as error:
            raise QueryFileError(path, error.lineno, error.colno, error.msg) from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise QueryFileError(path, 1, 1, f"not a released answer: {error}") from error

    @classmethod
    def _parsed(cls, found: Any) -> Released:
        checked = found["checked"]
        return cls(
            version=str(found["version"]),
            fingerprint=str(found["fingerprint"]),
            checked=None if checked is None else str(checked),
            answers={
                str(call): [{str(name): str(text) for name, text in row.items()} for row in rows]
                for call, rows in found["answers"].items()
            },
        )

    def write(self, path: Path) -> None:
        """Write the file, one row a line, so that two versions can be compared."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._text(), encoding="utf-8")

    def after(self, before: Released | None) -> Released:
        """This release with what was noted at an earlier one, if the rows are the same."""
        if before is None or before.answers != self.answers:
            return self
        return replace(self, checked=before.checked)

    def changes(self, now: Mapping[str, list[Plain]]) -> list[Change]:
        """How the answers now, by call, differ from these; calls that are not in both are left."""
        pairs = ((call, rows, now[call]) for call, rows in self.answers.items() if call in now)
        return [
            Change(call, tuple(_beyond(before, after)), tuple(_beyond(after, before)))
            for call, before, after in pairs
            if before != after
        ]

    def _text(self) -> str:
        answers = ",\n".join(
            f"  {_dumped(call)}: {_lines(rows)}" for call, rows in self.answers.items()
        )
        head = "".join(
            f' "{name}": {_dumped(value)},\n'
            for name, value in (
                ("version", self.version),
                ("fingerprint", self.fingerprint),
                ("checked", self.checked),
            )
        )
        return f'{{\n{head} "answers": {{\n{answers}\n }}\n}}\n'


def path_of(folder: Path, query: SavedQuery) -> Path:
    """Where the released answers of a question are, in the folder of the questions."""
    return folder / EXPECTED / query.family.name / f"{query.name}{_SUFFIX}"


def left_over(folder: Path, queries: Iterable[SavedQuery]) -> list[Path]:
    """The files of questions that are no longer there."""
    kept = {path_of(folder, query) for query in queries}
    return sorted(set((folder / EXPECTED).glob(f"*/*{_SUFFIX}")) - kept)


def plain(query: SavedQuery, answer: Answer) -> list[Plain]:
    """The rows as a person reads them: text by variable, what is unbound left out."""
    return [dict(_cells(query, row)) for row in answer.rows]


def _cells(query: SavedQuery, row: Row) -> Iterator[tuple[str, str]]:
    """A passage is its quote, document and page; a thing its label; of a list there is a count."""
    groups = {in_group(prefix, "evidence"): prefix for prefix in prefixes(query)}
    for column in shown(query):
        name, term = column.name, row.get(column.name)
        if name in groups:
            parts = (in_group(groups[name], part) for part in _READ)
            yield from ((part, row[part].value) for part in parts if part in row)
        elif term is not None and column.separator is not None:
            yield name, str(len(listed(term, column.separator)))
        elif name + LABEL in row or term is not None:
            yield (name + LABEL if name + LABEL in row else name), label(row, name)


def _beyond(rows: Iterable[Plain], others: Iterable[Plain]) -> Iterator[Plain]:
    """The rows that are not among the others, each as often as it is there too many."""
    left = Counter(map(_dumped, others))
    for row in rows:
        text = _dumped(row)
        if left[text]:
            left[text] -= 1
        else:
            yield row


def _lines(rows: Iterable[Plain]) -> str:
    lines = ",\n".join(f"   {_dumped(row)}" for row in rows)
    return f"[\n{lines}\n  ]" if lines else "[]"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
