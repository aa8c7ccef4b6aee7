"""Footnote references in running text: which digits are notes, and which are numbers.

Extraction glues a reference to the word before it ("Soedan40", "20195" for 2019 and note 5), so
no digit can be judged alone. Two ways to choose are tried: the best consecutive chain through the
whole document, and, page by page, the best match for each definition printed there (for text
whose columns are out of order); the one that finds most wins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Line, Span
from ingest.text.chains import MISSING, SCALE, Link, best_series
from ingest.text.normalise import Cut

_DIGITS = re.compile(r"\d+")
_MARKED = re.compile(r"\s?\[footnoteRef:\s*(\d+)\]")
_WORD_END = re.compile(r"(?<![^\W\d_])[^\W\d_]+\+?$")
_ABBREVIATED = re.compile(r"(?:\b(?:nr|nrs|p|pp|art|par|blz|hfst|no|vol))\.$", re.IGNORECASE)
_GLUE = ".,;:)]”’\"'»%!?"
_PAIR = re.compile(r"[^\W\d]\d{1,3},\d{1,3}(?![\d.,])")  # "nota70,71"
_MAXIMUM_DIGITS = 3
_CREDIBLE = 4  # references without known notes: at least so many,
_CREDIBLE_SHARE = 0.7  # and this share of the labels up to the last
_GLUED = 0.9  # least weight of digits glued to a word or to punctuation
_HEADING_END = 0.2  # weight of digits set apart at the end of a line
_FIRST_COST = 4  # labels missing before the first, of which the cost counts
_NEAR = 60  # characters around digits that show what they are
_APART = re.compile(r"([^\W\d_]+) (\d{1,3}) (?=[a-zß-ÿ])")
_COUNTS = re.compile(
    r"(?:de|het|een|van|in|op|en|of|voor|met|aan|bij|te|tot|om|uit|over|door|als|dan|na|naar|per|onder"
    r"|tussen|ruim|circa|zo|de|deze|die|alle|andere|minstens|maximaal|artikel|art|lid|hoofdstuk|box"
    r"|kader|figuur|tabel|bijlage|nummer|nr|pagina|fase|stap|januari|februari|maart|april|mei|juni"
    r"|juli|augustus|september|oktober|november|december)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Digits that may be a reference; ``weight`` says how much they look like one."""

    label: int
    span: Span
    page: int
    weight: float
    joined: bool = False  # stands behind another reference ("70,71"): needs that one


def find_references(lines: Sequence[Line], definitions: Mapping[int, int]) -> dict[int, Cut]:
    """The document's note references, by source offset.

    ``lines`` are the body's lines; ``definitions`` gives the page of each known definition.
    """
    marked = _marked_references(lines)
    if marked:
        return marked
    followed = [*(bool(line.text.strip()) for line in lines[1:]), False]
    candidates = [
        candidate
        for line, goes_on in zip(lines, followed, strict=False)
        if line.text
        for candidate in _candidates(line, goes_on)
        if not definitions or _near(candidate, definitions)
    ]
    chain = _chain(candidates, definitions)
    local = _page_local(candidates, definitions)
    chosen = local if len(local) > len(chain) else chain
    chosen = [
        *chosen,
        *_at_heading_ends(candidates, definitions, chosen),
        *_undefined(candidates, definitions, chosen),
    ]
    chosen += _set_apart(lines, definitions, chosen)
    return {cut.span.start: cut for cut in _cuts(chosen, lines)}


def _marked_references(lines: Sequence[Line]) -> dict[int, Cut]:
    cuts: dict[int, Cut] = {}
    for line in lines:
        if "[" not in line.text:
            continue
        for match in _MARKED.finditer(line.text):
            start = line.start + match.start() + (1 if match.group()[0] != "[" else 0)
            span = Span(start, line.start + match.end())
            cuts[span.start] = Cut(span, match[1], span)
    return cuts


def _near(candidate: _Candidate, definitions: Mapping[int, int]) -> bool:
    page = definitions.get(candidate.label)
    return page is None or abs(page - candidate.page) <= 2


def _candidates(line: Line, goes_on: bool) -> list[_Candidate]:
    """The digits of a line that may be references; ``goes_on``: no blank line follows."""
    found: list[_Candidate] = []
    text = line.text
    last = len(text.rstrip())
    for match in _DIGITS.finditer(text):
        for start, weight, joined in _readings(text, match.start(), match.end(), last):
            if weight == _HEADING_END and goes_on:
                continue
            span = Span(line.start + start, line.start + match.end())
            label = int(text[start : match.end()])
            found.append(_Candidate(label, span, line.page, weight, joined))
    return found


def _readings(text: str, start: int, end: int, last: int) -> list[tuple[int, float, bool]]:
    """Ways to read a run of digits as (digits of a number and) a reference.

    ``last`` is where the text ends but for spaces.
    """
    before, after = text[max(start - _NEAR, 0) : start], text[end : min(end + _NEAR, last)]
    if re.match(r"[^\W_]|[.,:/-]\d|[’']s|-[^\W\d]", after) and not _PAIR.match(
        text, max(start - 1, 0), end + _NEAR
    ):
        return []
    if not before.strip():
        return []
    if re.search(r"\d[.,]$", before) and not re.search(r"[^\W\d]\d{1,2},$", before):
        return []
    length = end - start
    readings: list[tuple[int, float, bool]] = []
    if length <= _MAXIMUM_DIGITS and text[start] != "0":
        weight, joined = _whole(before, after)
        if weight:
            readings.append((start, weight, joined))
    if before[-1:].isspace() or before[-1:] in "(€":
        for size in range(1, min(_MAXIMUM_DIGITS, length - 1) + 1):
            number = text[start : end - size]
            if text[end - size] != "0" and (length - size) in (1, 2, 4):
                year = bool(re.fullmatch(r"(?:19|20)\d\d", number))
                readings.append((end - size, 0.55 if year else 0.3, False))
    return readings


def _whole(before: str, after: str) -> tuple[float, bool]:
    """How much a whole run of digits looks like a reference, given what surrounds it."""
    last = before[-1]
    if last.isalpha() or last == "+":
        word = _WORD_END.search(before)
        capitals = word is not None and len(word.group()) > 1 and word.group().isupper()
        return (0.6 if capitals else 1.0), False
    if re.search(r"[^\W\d]\d{1,3},$", before):
        return 0.4, True
    if last in _GLUE:
        return (0.0 if _ABBREVIATED.search(before) else _GLUED), False
    if re.search(r"[^\W\d][^\w\s]?\d{1,3}\.? $", before) and re.match(r"\.?(?:\s|$)", after):
        return 0.35, True
    if re.search(r"[^\W\d_]{3,} $", before) and not after.strip():
        return _HEADING_END, False  # at the end of a heading: "... van Nederland 3"
    return 0.0, False


def _chain(candidates: Sequence[_Candidate], definitions: Mapping[int, int]) -> list[_Candidate]:
    """The best series of rising labels in text order; skipped labels count against it."""
    links = [
        Link(
            candidate.label,
            round(SCALE * (candidate.weight + _evidence(candidate, definitions))),
            MISSING * min(candidate.label - 1, _FIRST_COST),
            candidate.span.end,
            candidate.joined,
        )
        for candidate in candidates
    ]
    chain = [candidates[place] for place in best_series(links)]
    return chain if chain and _is_credible(chain, definitions) else []


def _evidence(candidate: _Candidate, definitions: Mapping[int, int]) -> float:
    if not definitions:
        return 0.0
    if definitions.get(candidate.label) == candidate.page:
        return 0.4
    return -0.25


def _is_credible(chain: Sequence[_Candidate], definitions: Mapping[int, int]) -> bool:
    """Whether a chain is more than a few chance digits ("SDG2 ... SDG6")."""
    known = sum(c.label in definitions for c in chain)
    span = chain[-1].label
    if known and known * 2 >= len(chain):
        return True
    return len(chain) >= _CREDIBLE and len(chain) >= _CREDIBLE_SHARE * span


def _page_local(
    candidates: Sequence[_Candidate], definitions: Mapping[int, int]
) -> list[_Candidate]:
    """For each definition, the candidate on its page that looks most like its reference."""
    by_label: dict[int, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        if definitions.get(candidate.label) == candidate.page:
            by_label[candidate.label].append(candidate)
    chosen = [max(group, key=lambda c: c.weight) for group in by_label.values()]
    return sorted(chosen, key=lambda c: c.span)


def _at_heading_ends(
    candidates: Sequence[_Candidate],
    definitions: Mapping[int, int],
    chosen: Sequence[_Candidate],
) -> list[_Candidate]:
    """Second references to a note of the same page, set apart at the end of a heading."""
    taken = {c.span for c in chosen}
    return [
        c
        for c in candidates
        if c.weight == _HEADING_END and c.span not in taken and definitions.get(c.label) == c.page
    ]


def _undefined(
    candidates: Sequence[_Candidate],
    definitions: Mapping[int, int],
    chosen: Sequence[_Candidate],
) -> list[_Candidate]:
    """References to notes whose text was not found, between two notes that were."""
    taken = {c.label for c in chosen}
    glued: dict[int, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.weight >= _GLUED:
            glued[candidate.label].append(candidate)
    found: list[_Candidate] = []
    for label in range(2, max(definitions, default=0)):
        before, after = definitions.get(label - 1), definitions.get(label + 1)
        if label in taken or before is None or after is None:
            continue
        pages = range(min(before, after), max(before, after) + 1)
        fitting = [c for c in glued[label] if c.page in pages]
        found.extend(fitting if len(fitting) == 1 else [])
    return found


def _set_apart(
    lines: Sequence[Line], definitions: Mapping[int, int], chosen: Sequence[_Candidate]
) -> list[_Candidate]:
    """References that stand as a word of their own, for notes that would have none on their page.

    "external conflicts and crises 11 ook stappen": no number that counts stands there, and the
    digits do so only once.
    """
    taken = {c.label for c in chosen}
    missing = {label: page for label, page in definitions.items() if label not in taken}
    pages = set(missing.values())
    found: dict[int, list[_Candidate]] = defaultdict(list)
    for line in lines:
        if line.page not in pages:
            continue
        for match in _APART.finditer(line.text):
            label = int(match[2])
            if missing.get(label) == line.page and not _COUNTS.fullmatch(match[1]):
                span = Span(line.start + match.start(2), line.start + match.end(2))
                found[label].append(_Candidate(label, span, line.page, _HEADING_END))
    return [group[0] for group in found.values() if len(group) == 1]


def _cuts(chosen: Sequence[_Candidate], lines: Sequence[Line]) -> list[Cut]:
    """References as cuts; the punctuation that separates two references goes with the second."""
    texts = {line.start: line for line in lines}
    starts = sorted(texts)
    cuts: list[Cut] = []
    for candidate in chosen:
        span = candidate.span
        if candidate.joined:
            line = _line_at(span.start, starts, texts)
            at = span.start - line.start
            if line.text[at - 1] == ",":
                span = Span(span.start - 1, span.end)
            elif line.text[at - 2 : at] == ". " and line.text[span.end - line.start :][:1] == ".":
                span = Span(span.start, span.end + 1)
        cuts.append(Cut(span, str(candidate.label), candidate.span))
    return cuts


def _line_at(offset: int, starts: Sequence[int], lines: Mapping[int, Line]) -> Line:
    return lines[starts[bisect_right(starts, offset) - 1]]
