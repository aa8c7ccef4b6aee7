"""The report on checked questions, for the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain

from queries.checking import Checked
from queries.released import Change, Plain

_SHOWN = 20  # changed rows of a call, and findings of a question; of more only the number
_HEAD = ("question", "rows", "ms", "result")


def reported(done: Sequence[Checked]) -> str:
    """A table with a line a question, and what was found and changed below it."""
    width = max(len(_HEAD[0]), *(len(one.query.name) for one in done))
    lines = [_line(width, *_HEAD)]
    for one in done:
        rows = len(one.answers[""].rows) if "" in one.answers else "-"
        lines.append(_line(width, one.query.name, rows, f"{one.milliseconds:.0f}", _result(one)))
    details = chain.from_iterable(_details(one) for one in done)
    failed = sum(one.failed for one in done)
    changed = sum(bool(one.changes) for one in done)
    count = "1 question" if len(done) == 1 else f"{len(done)} questions"
    last = f"{count} checked: {failed} failed, {changed} with another answer than released"
    return "\n".join([*lines, "", *details, last])


def _line(width: int, name: str, rows: object, milliseconds: str, result: str) -> str:
    return f"{name:<{width}}  {rows:>5}  {milliseconds:>5}  {result}"


def _result(one: Checked) -> str:
    if one.failed:
        return "failed"
    if one.changes:
        return "changed"
    return "see below" if one.findings else "good"


def _details(one: Checked) -> Iterator[str]:
    if not one.findings and not one.changes:
        return
    yield one.query.name
    for finding in one.findings[:_SHOWN]:
        yield f"  {'failed' if finding.failed else 'note'}: {finding}"
    yield from _more(len(one.findings), "findings")
    for change in one.changes:
        yield from _changed(change)
    yield ""


def _changed(change: Change) -> Iterator[str]:
    counts = f"{len(change.removed)} rows removed, {len(change.added)} added"
    what = "the same rows in another order" if change.reordered else counts
    yield f"  {change.call or 'by default'}: {what}"
    for sign, rows in (("-", change.removed), ("+", change.added)):
        yield from (f"  {sign} {_text(row)}" for row in rows[:_SHOWN])
        yield from _more(len(rows), "rows")


def _more(count: int, what: str) -> Iterator[str]:
    if count > _SHOWN:
        yield f"    ... and {count - _SHOWN} more {what}"


def _text(row: Plain) -> str:
    return json.dumps(row, ensure_ascii=False)
