"""All extractors in order: a document in, its statements out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from ingest.extract import (
    budget_tables,
    citations,
    claims,
    coherence,
    commitments,
    consistency,
    country_lists,
    definitions,
    document_facts,
    enumerations,
    events,
    figures,
    findings,
    frames,
    handling,
    policy_options,
    process_steps,
    recommendations,
    results,
    targets,
    withdrawals,
)
from ingest.extract.claims import ClaimError, ClaimsFile
from ingest.extract.context import Context, passages
from ingest.statement import Rule, Statement
from ontology.vocabulary import Vocabulary

MENTIONS = Rule("mentions", 2)
EXTRACTORS: tuple[tuple[Rule, Callable[[Context], Iterator[Statement]]], ...] = (
    (document_facts.RULE, document_facts.extract),
    (country_lists.RULE, country_lists.extract),
    (recommendations.RULE, recommendations.extract),
    (budget_tables.RULE, budget_tables.extract),
    (handling.RULE, handling.extract),
    (coherence.RULE, coherence.extract),
    (citations.RULE, citations.extract),
    (figures.RULE, figures.extract),
    (results.RULE, results.extract),
    (targets.RULE, targets.extract),
    (findings.RULE, findings.extract),
    (commitments.RULE, commitments.extract),
    (definitions.RULE, definitions.extract),
    (process_steps.RULE, process_steps.extract),
    (policy_options.RULE, policy_options.extract),
    (events.RULE, events.extract),
    (enumerations.RULE, enumerations.extract),
    (frames.RULE, frames.extract),
)
RULES = (MENTIONS, *(rule for rule, _ in EXTRACTORS), consistency.RULE)


def statements(context: Context, claimed: ClaimsFile | None = None) -> list[Statement]:
    """What a document says, by rule and by curated claim."""
    result = list(_mentions(context))
    for _, extract in EXTRACTORS:
        result.extend(extract(context))
    if claimed is not None:
        result, wrong = withdrawals.without(context, claimed, result)
        if wrong:
            raise ClaimError(wrong[0])
        result.extend(claims.extract(context, claimed, result))
    kept = list(once(result, _symmetric(context.vocabulary)))
    return [*kept, *consistency.extract(context, kept)]


_OF_THE_PLACE = frozenset(("speaker", "heading"))
_OF_THE_TIE = _OF_THE_PLACE | {"respondsTo", "confidence", "condition", "about"}


def _symmetric(vocabulary: Vocabulary) -> frozenset[NamedNode]:
    """The relations that say the same with their parties exchanged."""
    relations = vocabulary.in_scheme("coherence-relations")
    return frozenset(one.iri for one in relations if "true" in one.texts("symmetric"))


def once(statements: list[Statement], symmetric: frozenset[NamedNode]) -> Iterator[Statement]:
    """Each statement once in a place: a claim that says what a rule found there gives way.

    What is said again elsewhere, or by others in one breath, is a statement of its own. Of two
    that are equal and share a place, the first is kept with the places of both; where a curator
    hears another voice than a rule, it is the curator's reading that is kept.
    """
    kept: list[Statement] = []
    said: dict[tuple[object, ...], list[int]] = {}
    for one in statements:
        equal = [] if one.kind == "Mention" else said.setdefault(_content(one, symmetric), [])
        at = next((at for at in equal if _same(kept[at], one)), None)
        if at is None:
            equal.append(len(kept))
            kept.append(one)
        else:
            kept[at] = _united(kept[at], one)
    yield from kept


def _content(one: Statement, symmetric: frozenset[NamedNode]) -> tuple[object, ...]:
    """What a statement says, apart from where and in whose voice."""
    apart = _OF_THE_TIE if one.kind == "Position" else _OF_THE_PLACE
    content = [pair for pair in one.content if pair[0] not in apart]
    if any(value in symmetric for _, value in content):
        return one.kind, frozenset(value for _, value in content), one.name
    return one.kind, frozenset(content), one.name


def _united(first: Statement, other: Statement) -> Statement:
    """Two equal statements as one, with the places of both."""
    curated = first.kind == "Position" and _is_claim(other)  # what it answers is better known
    if curated or _voices_differ(first, other):
        first, other = other, first
    more = tuple(
        place
        for place in other.evidence
        if not any(place.span.overlaps(known.span) for known in first.evidence)
    )
    return replace(first, evidence=first.evidence + more) if more else first


def _same(one: Statement, other: Statement) -> bool:
    """Whether two equal statements share a place; what two readers' claims differ in stays."""
    if _voices_differ(one, other) and (_is_claim(one) or not _is_claim(other)):
        return False
    return any(a.span.overlaps(b.span) for a in one.evidence for b in other.evidence)


def _voices_differ(one: Statement, other: Statement) -> bool:
    voices = [[value for name, value in s.content if name == "speaker"] for s in (one, other)]
    return voices[0] != voices[1] and all(voices)


def _is_claim(one: Statement) -> bool:
    return "/claim/" in one.made_by.value


def _mentions(context: Context) -> Iterator[Statement]:
    for mention in context.mentions:
        block, found = mention.block, mention.found
        here = passages(block, found.range)
        sentence = passages(block, block.sentence_at(found.start))
        around = [one for one in sentence if one.span.overlaps(here[0].span)]
        yield Statement(
            "Mention",
            context.document.id,
            here,
            context.rule(MENTIONS),
            (("mentions", found.concept.iri), ("form", Literal(found.form))),
            sentence=around[0],
        )
