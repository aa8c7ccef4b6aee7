"""When two figures are the same figure, and whether they then state the same number.

Two figures are compared only where unit, subject, frequency, reserve and period are the same. They
differ only where their sentences say the same in nearly the same words as well: a difference
claimed wrongly is worse than one that is missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pyoxigraph import NamedNode

from ingest.statement import Term
from ingest.text.wording import likeness, overlap, telling, without_numbers
from ontology.vocabulary import Vocabulary

FIGURES = ("Amount", "Allocation", "Share", "Count", "Target", "Result")
CELL = "BudgetObservation"
_LARGE = 1000  # from here on a number of things is hardly the same by chance
_SAME_WORDS = 0.8  # of a sentence without its numbers
_SIMILAR = 0.3  # of the telling words
_TELLING = 4  # words without which a sentence says too little
_WIDE = 40  # figures of one subject and time that are compared with each other
_IDENTITY = ("recipient", "place", "actor", "amountKind", "baseline")
_FREE = frozenset({"expected"})
Summary = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure with what makes it this figure; ``where`` tells places and documents apart."""

    where: tuple[str, Hashable]
    text: str
    amount: Decimal
    maximum: str
    unit: str
    per: str
    noun: str
    written: str
    qualifiers: frozenset[str]
    subjects: frozenset[NamedNode]
    start: str
    end: str
    other: frozenset[str]
    cell: bool


def figure(
    kind: str,
    content: Iterable[tuple[str, Term]],
    text: str,
    where: tuple[str, Hashable],
    words: Vocabulary,
) -> Figure | None:
    """The figure of a statement, given by its content; None where it has none."""
    found: dict[str, list[Term]] = {}
    for name, value in content:
        found.setdefault(name, []).append(value)

    def one(name: str) -> str:
        return next((value.value for value in found.get(name, [])), "")

    def things(*names: str) -> frozenset[NamedNode]:
        values = [value for name in names for value in found.get(name, [])]
        return frozenset(value for value in values if isinstance(value, NamedNode))

    if len(found.get("amount", [])) != 1:
        return None
    cell = kind == CELL
    year = one("period")
    subjects = things("about") if cell else things("subject")
    return Figure(
        where,
        text,
        Decimal(one("amount")),
        one("maximum"),
        words.find("units", "eur").iri.value if cell else one("unit"),
        one("per"),
        one("noun"),
        one("asWritten"),
        frozenset(q.value.rsplit("/", 1)[-1] for q in found.get("qualifier", [])),
        subjects,
        year or one("periodStart"),
        year or one("periodEnd"),
        frozenset(f"{name} {value}" for name in _IDENTITY for value in found.get(name, [])),
        cell,
    )


def compared(figures: list[Figure]) -> Iterator[tuple[Figure, Figure, bool]]:
    """The pairs that are the same figure in two places, and whether the number is the same."""
    crowd = Counter((one.where, one.unit) for one in figures)
    groups: dict[tuple[str, NamedNode], list[Figure]] = {}
    for one in figures:
        for subject in one.subjects:
            groups.setdefault((one.unit, subject), []).append(one)
    seen: set[frozenset[int]] = set()
    confirmed: set[int] = set()
    for group in groups.values():
        for one, other in combinations(group[:_WIDE], 2):
            pair = frozenset((id(one), id(other)))
            if one.where == other.where or pair in seen:
                continue
            seen.add(pair)
            if _agree(one, other):
                if id(other) not in confirmed:  # once is enough, however many more places agree
                    confirmed.add(id(other))
                    yield one, other, True
                continue
            alone = crowd[one.where, one.unit] == crowd[other.where, other.unit] == 1
            if alone and _differ(one, other):
                yield one, other, False


def _agree(one: Figure, other: Figure) -> bool:
    if (one.amount, one.maximum) != (other.amount, other.maximum):
        return False
    if one.cell or other.cell:
        text, cell = (other, one) if one.cell else (one, other)
        return not (text.cell or text.per) and text.start[:4] == cell.start and _year(text)
    if not _same_kind(one, other):
        return False
    if one.start or other.start:
        telling_number = bool(one.unit) and (one.amount >= _LARGE or _relative(one))
    else:
        telling_number = False
    return telling_number or (one.noun == other.noun and overlap(one.text, other.text) >= _SIMILAR)


def _differ(one: Figure, other: Figure) -> bool:
    """Whether the same sentence gives another number."""
    return (
        not (one.cell or other.cell)
        and (one.amount, one.maximum) != (other.amount, other.maximum)
        and bool(one.start)
        and _same_kind(one, other)
        and (one.noun, one.other, one.subjects) == (other.noun, other.other, other.subjects)
        and len(telling(one.text)) >= _TELLING
        and likeness(without_numbers(one.text), without_numbers(other.text)) >= _SAME_WORDS
    )


def _same_kind(one: Figure, other: Figure) -> bool:
    return (one.per, one.start, one.end, one.qualifiers - _FREE) == (
        other.per,
        other.start,
        other.end,
        other.qualifiers - _FREE,
    )


def _year(text: Figure) -> bool:
    """Whether the words are on one year, or on one year and all after it."""
    return not text.end or text.end[:4] == text.start[:4]


def _relative(one: Figure) -> bool:
    return one.unit.endswith("/percent")


def summary(one: Figure, other: Figure, same: bool, subject: Mapping[str, str]) -> Summary:
    """What a check says of two figures, in Dutch and in English."""
    a, b = _shown(one), _shown(other)
    # A cell is of one year, words may be on several.
    cell = one if one.cell else other
    start, end = (cell.start, cell.end) if cell.cell else (one.start, one.end)
    years = start if end[:4] in ("", start[:4]) else f"{start}–{end}"
    when = f" ({years})" if start else ""
    if one.cell or other.cell:
        text = b if one.cell else a
        return (
            f"De tekst en de tabel geven voor {subject['nl']} hetzelfde bedrag: {text}{when}.",
            f"The text and the table give the same amount for {subject['en']}: {text}{when}.",
        )
    if same:
        both = a if a.casefold() == b.casefold() else f"{a}; {b}"
        return (
            f"Beide plaatsen geven voor {subject['nl']} hetzelfde cijfer: {both}{when}.",
            f"Both places give the same figure for {subject['en']}: {both}{when}.",
        )
    return (
        f"Voor {subject['nl']} geeft de ene plaats {a} en de andere {b}{when}.",
        f"For {subject['en']} one place gives {a} and the other {b}{when}.",
    )


def _shown(one: Figure) -> str:
    return one.written or f"{one.amount:,}".replace(",", ".")
