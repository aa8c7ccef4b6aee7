"""All extractors in order: a document in, its statements out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import Literal, NamedNode

from ingest.document import Document
from ingest.extract import (
    budget_tables,
    citations,
    claims,
    coherence,
    commitments,
    country_lists,
    definitions,
    enumerations,
    events,
    figures,
    findings,
    frames,
    handling,
    mentions,
    policy_options,
    process_steps,
    recommendations,
    results,
    targets,
)
from ingest.extract.claims import ClaimsFile
from ingest.extract.context import Context, passages
from ingest.extract.mentions import Gazetteer
from ingest.manifest import Entry
from ingest.statement import Rule, Statement
from ontology.names import Minter
from ontology.vocabulary import Vocabulary

MENTIONS = Rule("mentions", 1)
EXTRACTORS: tuple[tuple[Rule, Callable[[Context], Iterator[Statement]]], ...] = (
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
RULES = (MENTIONS, *(rule for rule, _ in EXTRACTORS))


def statements(
    entry: Entry,
    document: Document,
    vocabulary: Vocabulary,
    labels: Gazetteer,
    minter: Minter,
    claimed: ClaimsFile | None,
) -> list[Statement]:
    """What a document says, by rule and by curated claim."""
    found = list(mentions.extract(document, labels))
    context = Context(entry, document, vocabulary, minter, found, labels)
    result = list(_mentions(context))
    for _, extract in EXTRACTORS:
        result.extend(extract(context))
    if claimed is not None:
        result.extend(claims.extract(context, claimed))
    return list(_once(result, _symmetric(vocabulary)))


def _symmetric(vocabulary: Vocabulary) -> frozenset[NamedNode]:
    """The relations that say the same with their parties exchanged."""
    relations = vocabulary.in_scheme("coherence-relations")
    return frozenset(one.iri for one in relations if "true" in one.texts("symmetric"))


def _once(statements: list[Statement], symmetric: frozenset[NamedNode]) -> Iterator[Statement]:
    """Each statement once: a claim that says what a rule found in the same place gives way."""
    said: dict[tuple[object, ...], list[Statement]] = {}
    for one in statements:
        content = tuple(pair for pair in one.content if pair[0] not in ("speaker", "heading"))
        values: object = content
        if any(value in symmetric for _, value in content):
            values = frozenset(value for _, value in content)
        before = said.setdefault((one.kind, values, one.name), [])
        if not any(_overlap(one, other) for other in before):
            before.append(one)
            yield one


def _overlap(one: Statement, other: Statement) -> bool:
    return any(a.span.overlaps(b.span) for a in one.evidence for b in other.evidence)


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
