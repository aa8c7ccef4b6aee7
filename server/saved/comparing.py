"""What was cited beside what is answered now: is it the same, and if not, what differs."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pyoxigraph import Literal, NamedNode

from queries.catalogue import SavedQuery
from queries.errors import ParameterError, UnknownQueryError
from queries.parameters import Value
from queries.readable import Address, local_name, objects, value
from queries.rows import Answer, Row
from server.problem import Problem
from server.saved.asking import Answering, Asked
from server.saved.receipts import Receipt
from server.saved.terms import parsed

SHOWN = 200  # rows added and rows removed that are shown; the counts are exact


class QuestionNow(StrEnum):
    """What became of the question: its version and files as cited, other ones, or no more."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


class AnswerNow(StrEnum):
    """How the answer of now relates to the one cited; ``UNKNOWN`` where there is none."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows that only one of two answers has: how many, and the first of them."""

    count: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is answered now. ``query`` is the question of now, ``dataset`` the version of the data.

    ``answer`` is missing where there is none; ``why`` says the reason. ``added`` and ``removed``
    are there where the rows can be compared.
    """

    question: QuestionNow
    query: SavedQuery | None
    dataset: str
    outcome: AnswerNow
    why: str = ""
    answer: Answer | None = None
    added: Difference | None = None
    removed: Difference | None = None


async def compare(answering: Answering, receipt: Receipt, cited: Answer | None) -> Comparison:
    """Asks the question of a receipt again; ``cited`` are its rows, if they are kept."""
    try:
        query = answering.catalogue[receipt.question]
    except UnknownQueryError:
        return Comparison(
            QuestionNow.GONE, None, answering.version, AnswerNow.UNKNOWN, "The question is gone."
        )
    same = query.fingerprint == receipt.fingerprint and query.version == receipt.version
    question = QuestionNow.SAME if same else QuestionNow.CHANGED
    try:
        answered = await answering.answer(again(query, receipt))
    except ParameterError as error:
        why = f"Parameter {error.name!r}: {error.message}."
        return Comparison(question, query, answering.version, AnswerNow.UNKNOWN, why)
    except Problem as problem:
        why = problem.detail or problem.title
        return Comparison(question, query, answering.version, AnswerNow.UNKNOWN, why)
    answer = answered.answer
    outcome = AnswerNow.SAME if answer.digest == receipt.digest else AnswerNow.DIFFERENT
    added = removed = None
    comparable = cited is not None and cited.variables == answer.variables
    if outcome is AnswerNow.DIFFERENT and cited is not None and comparable:
        added = await asyncio.to_thread(only_in, answer, cited)
        removed = await asyncio.to_thread(only_in, cited, answer)
    return Comparison(
        question, query, answered.version, outcome, answer=answer, added=added, removed=removed
    )


def again(query: SavedQuery, receipt: Receipt) -> Asked:
    """A receipt's question with its parameters; :class:`ParameterError` where they do not fit any
    more.
    """
    terms: dict[str, Value | None] = {}
    for parameter in query.parameters:
        given = receipt.parameters.get(parameter.name)
        if given is None and parameter.required:
            raise parameter.error("the question needs it now, and did not then")
        term = parsed(given.term) if given is not None and given.term else None
        if given is None:
            terms[parameter.name] = parameter.default
        elif term is None and parameter.may_be_empty:
            terms[parameter.name] = None
        elif isinstance(term, NamedNode | Literal) and parameter.fits(term):
            terms[parameter.name] = term
        else:
            raise parameter.error(f"{given.short!r} does not fit the question of now")
    for name in receipt.parameters:
        if name not in terms:
            raise ParameterError(name, "the question does not have it any more")
    return Asked(query, terms, query.bound(terms))


def only_in(answer: Answer, other: Answer) -> Difference:
    """The rows of an answer that another does not have, each as often as it has it more."""
    left = Counter(answer.lines)
    left.subtract(other.lines)
    return Difference(
        sum(count for count in left.values() if count > 0), tuple(_first(answer, left))
    )


def _first(answer: Answer, left: Mapping[str, int]) -> Iterator[Row]:
    rest = Counter(left)
    found = 0
    for line, row in zip(answer.lines, answer.rows, strict=True):
        if rest[line] > 0 and found < SHOWN:
            rest[line] -= 1
            found += 1
            yield row


def read(
    query: SavedQuery | None, variables: Sequence[str], rows: Sequence[Row], address: Address
) -> list[dict[str, Any]]:
    """Rows as objects: by the columns of the question, or by variable where it has others now."""
    if query is not None and query.variables == tuple(variables):
        return objects(query, rows, address)
    return [
        {
            name: {"id": term.value, "label": local_name(term.value), "href": address(term.value)}
            if isinstance(term, NamedNode)
            else value(term)
            for name, term in row.items()
        }
        for row in rows
    ]
