"""Checks of the saved questions on a data set: are the answers what their contracts promise?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import thread_time
from urllib.parse import parse_qsl

from pyoxigraph import Literal, NamedNode

from ontology.names import DATA_PATH
from queries.answer import Answering
from queries.catalogue import SavedQuery
from queries.contract import CONTRACT_SUFFIX, DEF, LABEL, Column
from queries.contract_check import validate
from queries.errors import ParameterError
from queries.ranges import fit, fits
from queries.readable import passages
from queries.released import Change, Released, path_of, plain
from queries.rows import Answer, Row
from queries.text import LANGUAGE, LANGUAGES
from queries.tracing import Texts, untraced

SLOW = 100.0  # milliseconds of processor time
_STATEMENT = NamedNode(DEF.Statement)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not right, in the answer to a call or (``None``) in the files."""

    call: str | None
    message: str
    failed: bool = True

    def __str__(self) -> str:
        where = "" if self.call is None else f"{self.call or 'by default'}: "
        return f"{where}{self.message}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a question: its Dutch answers by call, the slowest call, all findings."""

    query: SavedQuery
    answers: Mapping[str, Answer]
    milliseconds: float
    findings: tuple[Finding, ...]
    released: Released | None
    changes: tuple[Change, ...]

    @property
    def failed(self) -> bool:
        """Whether a check failed; a change of the answers is none."""
        return any(finding.failed for finding in self.findings)


class Checker:
    """Checks questions of a folder against a data set and its texts."""

    def __init__(self, answering: Answering, texts: Texts, folder: Path) -> None:
        self._answering = answering
        self._texts = texts
        self._folder = folder

    def check(self, query: SavedQuery) -> Checked:
        """Ask a question by default and in each example, in every language, twice; compare."""
        findings = [Finding(None, message) for message in self._invalid(query)]
        answers: dict[str, Answer] = {}
        slowest = (0.0, "")
        for call in ("", *query.examples):
            try:
                found = {one: self._asked(query, call, one) for one in LANGUAGES}
            except ParameterError as error:
                findings.append(Finding(call, str(error)))
                continue
            answers[call] = found[LANGUAGES[0]].answer
            slowest = max(slowest, *((one.milliseconds, call) for one in found.values()))
            findings += [Finding(call, message) for message in self._call(query, call, found)]
        before = Released.read(path_of(self._folder, query))
        now = {call: plain(query, answer) for call, answer in answers.items()}
        changes = before.changes(now) if before else []
        findings += _since(query, before, answers.keys(), bool(changes))
        milliseconds, call = slowest
        if milliseconds > SLOW:
            findings.append(Finding(call, f"slow: {milliseconds:.0f} ms", failed=False))
        return Checked(query, answers, milliseconds, tuple(findings), before, tuple(changes))

    def _invalid(self, query: SavedQuery) -> list[str]:
        contract = self._folder / query.family.name / f"{query.name}{CONTRACT_SUFFIX}"
        return list(validate(contract))

    def _asked(self, query: SavedQuery, call: str, language: str) -> _Twice:
        values = dict(parse_qsl(call, keep_blank_values=True))
        if LANGUAGE in query.parameter_names:
            values[LANGUAGE] = language
        text = self._answering.asked(query, values).text
        begun = thread_time()
        answer = self._answering.answer(text)
        between = thread_time()
        again = self._answering.answer(text)
        best = min(between - begun, thread_time() - between)
        return _Twice(answer, again.lines == answer.lines, best * 1000)

    def _call(self, query: SavedQuery, call: str, found: Mapping[str, _Twice]) -> Iterator[str]:
        sizes = {language: len(one.answer.rows) for language, one in found.items()}
        if len(set(sizes.values())) > 1:
            listed_sizes = ", ".join(f"{count} in {one}" for one, count in sizes.items())
            yield f"not the same rows in each language: {listed_sizes}"
        if not all(one.same for one in found.values()):
            yield "two runs give another order: sort by more"
        if not any(sizes.values()) and call:
            yield "an example without an answer"
        for language, one in found.items():
            yield from self._answer(query, one.answer, language)

    def _answer(self, query: SavedQuery, answer: Answer, language: str) -> Iterator[str]:
        """What is wrong in the rows: each complaint once, with the first row and how many more."""
        complaints: dict[str, list[int]] = {}
        for number, row in enumerate(answer.rows, start=1):
            for complaint in self._row(query, row):
                complaints.setdefault(complaint, []).append(number)
        seen = Counter(answer.lines)
        doubles = [n for n, line in enumerate(answer.lines, start=1) if seen[line] > 1]
        if doubles:
            complaints["is there more than once"] = doubles
        for complaint, rows in complaints.items():
            more = f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
            yield f"{language}, row {rows[0]}{more}: {complaint}"

    def _row(self, query: SavedQuery, row: Row) -> Iterator[str]:
        for column in query.columns.values():
            yield from self._cell(query, column, row)
        found = passages(query, row)
        for passage in found:
            name = passage.document.removeprefix(f"{query.base}{DATA_PATH}document/")
            reason = untraced(passage, name, self._texts)
            if reason is not None:
                yield reason
        if not found and not _may_be_silent(query) and not self._grounded(query, row):
            yield "no passage and no statements: nothing shows where it comes from"

    def _cell(self, query: SavedQuery, column: Column, row: Row) -> Iterator[str]:
        term = row.get(column.name)
        named = column.name + LABEL
        if term is None:
            if column.always and named not in row:
                yield f"?{column.name} is promised (sh:minCount) and not bound"
            return
        if column.range is not None and not self._fits(column, column.range, row):
            kind = f", but {term.datatype.value}" if isinstance(term, Literal) else ""
            yield f"?{column.name} is no {column.range.value}{kind}"
        if named in query.variables and named not in row:
            yield f"?{column.name} has no ?{named}"

    def _fits(self, column: Column, range_: NamedNode, row: Row) -> bool:
        term = row[column.name]
        if column.separator is None:
            return fits(term, range_, self._answering.entities)
        return fit(term.value, column.separator, range_, self._answering.entities)

    def _grounded(self, query: SavedQuery, row: Row) -> bool:
        """Whether a row lists the statements that it was made of."""
        lists = (
            column
            for column in query.columns.values()
            if column.separator is not None and column.name in row and row[column.name].value
        )
        return any(self._fits(column, _STATEMENT, row) for column in lists)


@dataclass(frozen=True, slots=True)
class _Twice:
    """An answer, whether a second run gave the same order, and the time of the faster one.

    The time is that of the processor: others at work on the machine do not make a question slow.
    """

    answer: Answer
    same: bool
    milliseconds: float


def _since(
    query: SavedQuery, before: Released | None, calls: Collection[str], changed: bool
) -> Iterator[Finding]:
    """What is to be said of the version and the calls, compared with the release."""
    advice = f"samenhang queries release {query.name}"
    if before is None:
        yield Finding(None, f"not released yet: {advice}", failed=False)
        return
    if before.fingerprint != query.fingerprint and before.version == query.version:
        message = f"changed since its release, and schema:version is still {query.version!r}"
        yield Finding(None, message, failed=changed)
    for call in sorted(before.answers.keys() ^ set(calls)):
        state = "not released yet" if call in calls else "released, and no longer asked"
        yield Finding(call, f"{state}: {advice}", failed=False)


def _may_be_silent(query: SavedQuery) -> bool:
    """Whether the contract says that a row may have no passage: it tells what is not said."""
    return "evidence" in query.columns and query.columns["evidence"].lacking
