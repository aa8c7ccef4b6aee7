"""Targets: what is aimed for, with the figure, the deadline and the baseline that are stated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ingest.document import Range
from ingest.extract import aims, clauses
from ingest.extract.context import Context
from ingest.extract.figure_arguments import arguments
from ingest.extract.figures import figure, kind_of
from ingest.extract.prose import ENTITIES, Content, Sentence, sentences
from ingest.extract.quantities import Quantity
from ingest.graph.writer import dated
from ingest.statement import Rule, Statement

RULE = Rule("targets", 1)
# A goal of the text itself, or of a step in a procedure, is no outcome that policy aims for.
_OF_THE_TEXT = re.compile(
    r"\b(?:dit document|fase \d|op zich|deze (?:leidraad|fase|stap|nota|brief|evaluatie|notitie"
    r"|paragraaf)|dit hoofdstuk"
    r"|(?:doel|doelen) van (?:de|het) (?:\w+ )*(?:evaluaties?|rapport\w*|onderzoek|monitor\w*"
    r"|analyse"
    r"|\w+-evaluaties?)|een eigen doel)\b",
    re.IGNORECASE,
)
_MUST = re.compile(r"\b(?:moet|moeten|dient|dienen)\b")
_EXPECTS = re.compile(r"\b(?:naar verwachting|verwacht)\b")
_A_GOAL = re.compile(r"\b(?:werd|is|wordt|blijft)\b(?=[^.;]*\been (?:\w+e )+doel(?:stelling)?\b)")
_COMPARED = re.compile(
    r"\b(?:ten opzichte van|t\.o\.v\."
    r"|vergeleken met)\s+(?P<baseline>[^,.;]{2,40}?)(?=\s+om(?:dat)?\b|[,.;]|$)"
)


def extract(context: Context) -> Iterator[Statement]:
    """The targets of a document: each figure aimed for, or else the aim that a sentence states."""
    for sentence in sentences(context):
        found = [q for q in sentence.quantities if kind_of(sentence, q) == "Target"]
        for quantity in found:
            yield _statement(sentence, _of_figure(sentence, quantity))
        if not found and (stated := _stated(sentence)) is not None:
            yield _statement(sentence, stated)


def _statement(sentence: Sentence, content: Content) -> Statement:
    context, text = sentence.context, sentence.text
    modality = "intends"
    if _EXPECTS.search(text):
        modality = "expects"
    elif _MUST.search(text):
        modality = "must"
    by = dict(content).get("periodEnd") or aims.deadline(sentence)
    if by is not None:
        content = [*content, ("deadline", dated(by) if isinstance(by, str) else by)]
    whole = (
        *content,
        ("modality", Literal(modality)),
        ("speaker", sentence.speaker),
        *sentence.about(),
    )
    rule = context.rule(RULE)
    return Statement("Target", context.document.id, sentence.evidence, rule, tuple(whole))


def _of_figure(sentence: Sentence, quantity: Quantity) -> Content:
    content = [*figure(sentence, quantity), *arguments(sentence, quantity)]
    if "actor" not in dict(content) and (who := _striver(sentence)) is not None:
        content.append(("actor", who))
    from_value = aims.baseline(sentence, quantity)
    compared = _COMPARED.search(sentence.text)
    if from_value or compared:
        words = from_value or (compared["baseline"] if compared else "")
        content.append(("baseline", Literal(words)))
    return content


def _stated(sentence: Sentence) -> Content | None:
    """The actor and subject of an aim without a figure; ``None`` where no one's aim is stated."""
    text, here = sentence.block.text.text, sentence.range
    if _OF_THE_TEXT.search(text, here.start, here.end) or not sentence.named():
        return None
    strives = aims.STRIVES.search(text, here.start, here.end)
    if strives is not None and not _turned_down(sentence, strives):
        who = clauses.doer(sentence, strives, ENTITIES)
        if who is not None:
            return [("actor" if _acts(sentence, who) else "subject", who)]
        relative = strives.group().lower().startswith(("als", "tot"))
        return _opened(sentence, Range(here.start, strives.start()), relative=relative)
    goal = aims.GOAL_IS.search(text, here.start, here.end) or _A_GOAL.search(
        text, here.start, here.end
    )
    if goal is None or _turned_down(sentence, goal):
        return None
    of = goal.groupdict().get("of")
    within = Range(goal.start("of"), goal.end("of")) if of else Range(here.start, goal.start())
    named = list(clauses.entities(sentence, within))
    for mention in named:
        if mention.found.form != "adjective":
            actor = bool(mention.found.concept.types & {"Actor", "Country"}) and bool(of)
            return [("actor" if actor else "subject", mention.entity)]
    return [("actor", one.entity) for one in named[:1]] if of else []


def _opened(sentence: Sentence, before: Range, *, relative: bool) -> Content | None:
    """Who or what the words before the verb name: the first that can act, or else the last; in a
    relative clause ("een strategie die als doel heeft") always the last.
    """
    named = [m for m in clauses.entities(sentence, before) if m.found.form != "adjective"]
    acting = [m for m in named if m.found.concept.types & {"Actor", "Country"}]
    if acting and not relative:
        return [("actor", acting[0].entity)]
    return [("subject", named[-1].entity)] if named else None


def _turned_down(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether it is said that something is not aimed for: "streeft er niet naar"."""
    return clauses.negated(
        sentence, Range(match.start(), min(match.end() + 25, sentence.range.end))
    )


def _acts(sentence: Sentence, who: NamedNode) -> bool:
    return any(
        one.entity == who and one.found.concept.types & {"Actor", "Country", "Region"}
        for one in sentence.mentions
    )


def _striver(sentence: Sentence) -> NamedNode | None:
    """Who aims, where the sentence names it right before or after the verb."""
    text, here = sentence.block.text.text, sentence.range
    for pattern in (aims.STRIVES, aims.INTENDS):
        for verb in pattern.finditer(text, here.start, here.end):
            if (who := clauses.doer(sentence, verb)) is not None:
                return who
    return None
