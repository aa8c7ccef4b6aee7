"""Whether a document agrees with itself: dates, shares of a whole, figures given twice, sources.

What agrees is recorded where it is worth knowing (shares that make a whole, a figure that the text
and a table both give); what does not is recorded always. No figure is ever repaired.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pyoxigraph import Literal

from ingest.document import Range
from ingest.extract.context import Context, passages
from ingest.extract.literals import decimal, flag
from ingest.extract.prose import Sentence, sentences
from ingest.extract.same_figures import CELL, FIGURES, Figure, compared, figure, summary
from ingest.extract.source_years import contradicting
from ingest.manifest import Certainty
from ingest.statement import Passage, Rule, Statement, Term

RULE = Rule("consistency", 2)

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_DAY = re.compile(rf"(?<![\d.,/])(29|30|31)\s+({'|'.join(_MONTHS)})\b(?:\s+((?:19|20)\d\d)\b)?")
_SPAN = re.compile(
    r"\b(?:van|periode|tussen|jaren)\s+((?:19|20)\d\d)\s*(?:-|–|tot(?: en met)?|t/m|en)\s*"
    r"((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:zal|zullen|gaat|gaan)\b")
_PAST = re.compile(
    r"\b(?:was|waren|werd|werden|had|hadden|zou|zouden|toen|destijds|eerder|oorspronkelijk"
    r"|heeft|hebben|geleden)\b"
)
_COMPARED = re.compile(
    r"\bvan\b[^.]*\bnaar\b"
    r"|\b(?:stijg|daal|steeg|daling|toenam|afnam|tegenover|vergeleken|ten opzichte)"
)
_DIVIDED = re.compile(r"\b(?:verdeeld|verdeling|verdeelt|resterende|overige|de rest)\b")
_WHOLE = Decimal(100)
_ROUNDING = Decimal(1)
_NEARLY = Decimal(10)
_ENOUGH = 3  # shares that make a whole without a word that says so
_MOST = 8
_PROMISES = ("Commitment", "Announcement")


def extract(context: Context, statements: Sequence[Statement]) -> Iterator[Statement]:
    """The checks of a document, of whose statements ``statements`` are those found so far."""
    yield from _calendar(context)
    yield from _spans(context)
    yield from _deadlines(context, statements)
    yield from _shares(context)
    yield from _figures(context, statements)
    for evidence, nl, en in contradicting(context.document.blocks):
        yield _check(context, "source-date", evidence, False, (nl, en))


def _check(
    context: Context,
    kind: str,
    evidence: Sequence[Passage],
    holds: bool,
    summaries: tuple[str, str],
    *content: tuple[str, Term],
) -> Statement:
    nl, en = summaries
    return Statement(
        "Check",
        context.document.id,
        tuple(dict.fromkeys(evidence)),
        context.rule(RULE),
        (
            ("checkKind", context.thing("check-kind", kind)),
            *content,
            ("summary", Literal(nl, language="nl")),
            ("summary", Literal(en, language="en")),
            ("holds", flag(holds)),
        ),
    )


def _calendar(context: Context) -> Iterator[Statement]:
    """Days that are on no calendar."""
    for block in context.document.blocks:
        for match in _DAY.finditer(block.text.text):
            month = _MONTHS.index(match[2]) + 1
            year = int(match[3]) if match[3] else 2024  # any leap year
            if int(match[1]) > monthrange(year, month)[1]:
                said = match.group()
                summaries = f"De dag {said} bestaat niet.", f"There is no such day as {said}."
                here = passages(block, Range(*match.span()))
                yield _check(context, "calendar", here, False, summaries)


def _spans(context: Context) -> Iterator[Statement]:
    """Periods that end before they start."""
    for sentence in sentences(context):
        match = sentence.has(_SPAN)
        if match and match[2] < match[1]:
            summaries = (
                f"De periode ‘{match.group()}’ eindigt voor zij begint.",
                f"The period ‘{match.group()}’ ends before it starts.",
            )
            yield _check(context, "date-order", sentence.evidence, False, summaries)


def _deadlines(context: Context, statements: Sequence[Statement]) -> Iterator[Statement]:
    """What is still promised by a day that was past when the document was written."""
    issued = context.entry.date
    if issued.certainty is not Certainty.STATED:
        return
    for one in statements:
        text = " ".join(passage.quote for passage in one.evidence)
        if one.kind not in _PROMISES or not _TO_COME.search(text) or _PAST.search(text):
            continue
        for name, value in one.content:
            if name == "deadline" and _before(value.value, issued.value):
                summaries = (
                    f"De termijn {value.value} was al voorbij op de datum van het document, "
                    f"{issued.value}.",
                    f"The deadline {value.value} was past on the date of the document, "
                    f"{issued.value}.",
                )
                yield _check(context, "date-order", one.evidence, False, summaries)


def _before(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    return one[:length] < other[:length]


def _shares(context: Context) -> Iterator[Statement]:
    """The shares in a sentence that divides a whole."""
    for sentence in sentences(context):
        shares = [q for q in sentence.quantities if q.unit and q.unit.slug == "percent"]
        if not 1 < len(shares) <= _MOST or sentence.has(_COMPARED):
            continue
        if any(one.maximum is not None or one.qualifiers for one in shares):
            continue
        total = sum((one.value for one in shares), Decimal(0))
        divided = bool(sentence.has(_DIVIDED))
        if abs(total - _WHOLE) <= (_ROUNDING if divided else 0):
            if divided or len(shares) >= _ENOUGH:
                yield _division(context, sentence, total, True)
        elif divided and len(shares) >= _ENOUGH and abs(total - _WHOLE) <= _NEARLY:
            yield _division(context, sentence, total, False)


def _division(context: Context, sentence: Sentence, total: Decimal, holds: bool) -> Statement:
    shown = decimal(total).value
    summaries = (
        f"De aandelen in deze zin tellen op tot {shown} procent.",
        f"The shares in this sentence add up to {shown} per cent.",
    )
    sums: tuple[tuple[str, Term], ...] = (("stated", decimal(_WHOLE)), ("computed", decimal(total)))
    return _check(context, "share-sum", sentence.evidence, holds, summaries, *sums)


def _figures(context: Context, statements: Sequence[Statement]) -> Iterator[Statement]:
    """Figures that the document gives in two places."""
    starts = _starts(context)
    by_figure: dict[int, Statement] = {}
    figures: list[Figure] = []
    for statement in statements:
        if statement.kind in (*FIGURES, CELL):
            text = " ".join(passage.quote for passage in statement.evidence)
            where = (statement.document, bisect_right(starts, statement.evidence[0].span.start))
            content = statement.content
            found = figure(statement.kind, content, text, where, context.vocabulary)
            if found is not None:
                by_figure[id(found)] = statement
                figures.append(found)
    written = set()
    for one, other, same in compared(figures):
        place = frozenset((one.where, other.where)), one.amount, other.amount
        if place in written or _share_words(by_figure[id(one)], by_figure[id(other)]):
            continue
        written.add(place)
        subject = min(one.subjects & other.subjects, key=str)
        named = context.vocabulary[subject]
        names = {key: named.name(key) for key in ("nl", "en")}
        yield _check(
            context,
            "same-figure",
            (*by_figure[id(one)].evidence, *by_figure[id(other)].evidence),
            same,
            summary(one, other, same, names),
            ("about", subject),
            *(("stated", decimal(value)) for value in sorted({one.amount, other.amount})),
        )


def _share_words(one: Statement, other: Statement) -> bool:
    """Whether two statements rest on the same words, so that neither confirms the other."""
    return any(
        a.span.start < b.span.end and b.span.start < a.span.end
        for a in one.evidence
        for b in other.evidence
    )


def _starts(context: Context) -> list[int]:
    """Where each sentence starts in the source text, so that none is held against itself."""
    blocks = context.document.blocks
    return sorted(one.text.offsets[here.start] for one in blocks for here in one.sentences)
