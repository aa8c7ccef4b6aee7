"""Targets: what is aimed for, with the figure, the deadline and the baseline that are stated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from ingest.document import Range
from ingest.extract import aims, clauses
from ingest.extract.context import Context
from ingest.extract.figure_arguments import arguments
from ingest.extract.figures import figure, kind_of, period_of
from ingest.extract.mentions import Mention
from ingest.extract.prose import ENTITIES, Content, Sentence, sentences
from ingest.extract.quantities import Quantity
from ingest.graph.writer import dated
from ingest.statement import Rule, Statement

RULE = Rule("targets", 3)
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
_GOAL_VALUE = re.compile(r"\bstreef(?:cijfer|waarde|percentage)\b", re.IGNORECASE)
_NORM = re.compile(r"norm\b", re.IGNORECASE)
_PREPOSED = re.compile(
    r"\b(?:met|van|voor|in|aan|door|binnen|onder|via|tussen|naar|uit|bij|op|over)\s+"
    r"(?:(?:de|het|een|onze|ons|dit|deze)\s+)?(?:\w+e\s+)?$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|en)\s+(?:(?:de|het)\s+)?(?:\w+\s+)?")


_TOWARDS = re.compile(r"\b(?:toe ?te ?werken|toe ?werk\w*|werkt?\b.*\btoe)\b", re.IGNORECASE)


def extract(context: Context) -> Iterator[Statement]:
    """The targets of a document: each figure aimed for, or else the aim that a sentence states."""
    for sentence in sentences(context):
        found = [q for q in sentence.quantities if kind_of(sentence, q) == "Target"]
        for quantity in found:
            place = clauses.around(sentence, quantity.range)
            norm = aims.is_norm(sentence, quantity)
            due = norm and _NORM.search(sentence.text) and not _TOWARDS.search(sentence.text)
            modality = "must" if due else _modality(sentence, place)
            yield _statement(sentence, _of_figure(sentence, quantity), modality)
        if not found and (stated := _stated(sentence)) is not None:
            content, place = stated
            if (by := aims.deadline(sentence, place)) is not None:
                content.append(("deadline", dated(by)))
            yield _statement(sentence, content, _modality(sentence, place))


def _statement(sentence: Sentence, content: Content, modality: str) -> Statement:
    whole = (
        *content,
        ("modality", Literal(modality)),
        ("speaker", sentence.speaker),
        *sentence.about(),
    )
    rule = sentence.context.rule(RULE)
    return Statement("Target", sentence.context.document.id, sentence.evidence, rule, tuple(whole))


def _modality(sentence: Sentence, place: Range) -> str:
    """Whether the clause of an aim says that it is intended, expected or due."""
    text = sentence.block.text.text
    if _EXPECTS.search(text, place.start, place.end):
        return "expects"
    return "must" if _MUST.search(text, place.start, place.end) else "intends"


def _of_figure(sentence: Sentence, quantity: Quantity) -> Content:
    content = [*figure(sentence, quantity), *arguments(sentence, quantity)]
    if aims.is_norm(sentence, quantity):
        return _of_norm(sentence, quantity, content)
    by = dict(content).get("periodEnd") or aims.deadline(
        sentence, Range(sentence.range.start, clauses.around(sentence, quantity.range).end)
    )
    if by is not None:
        content.append(("deadline", dated(by) if isinstance(by, str) else by))
    if "actor" not in dict(content) and (who := _striver(sentence)) is not None:
        content.append(("actor", who))
    from_value = aims.baseline(sentence, quantity)
    compared = _COMPARED.search(sentence.text)
    if from_value or compared:
        words = from_value or (compared["baseline"] if compared else "")
        content.append(("baseline", Literal(words)))
    return content


def _of_norm(sentence: Sentence, quantity: Quantity, content: Content) -> Content:
    """What a norm says, without who or when of a sentence that only refers to it."""
    period = period_of(sentence, quantity)
    text, here = sentence.block.text.text, sentence.range
    goal = _GOAL_VALUE.search(text, here.start, quantity.range.start)
    from_here = goal.start() if goal else quantity.range.end
    if period is not None and period.range.start >= from_here:
        by = [("deadline", dated(period.end))] if period.end else []
        return [*(pair for pair in content if pair[0] != "actor"), *by]
    return [pair for pair in content if pair[0] != "actor" and not pair[0].startswith("period")]


def _stated(sentence: Sentence) -> tuple[Content, Range] | None:
    """The actor and subject of an aim without a figure, and the clause that states it; ``None``
    where no one's aim is stated.
    """
    text, here = sentence.block.text.text, sentence.range
    if _OF_THE_TEXT.search(text, here.start, here.end) or not sentence.named():
        return None
    strives = aims.STRIVES.search(text, here.start, here.end)
    if strives is not None and not _turned_down(sentence, strives):
        place = clauses.around(sentence, Range(*strives.span()))
        who = clauses.doer(sentence, strives, ENTITIES)
        if who is not None:
            return [("actor" if _acts(sentence, who) else "subject", who)], place
        relative = strives.group().lower().startswith(("als", "tot"))
        content = _opened(sentence, Range(here.start, strives.start()), relative=relative)
        return None if content is None else (content, place)
    goal = aims.GOAL_IS.search(text, here.start, here.end) or _A_GOAL.search(
        text, here.start, here.end
    )
    if goal is None or _turned_down(sentence, goal):
        return None
    return _goal_of(sentence, goal), clauses.around(sentence, Range(*goal.span()))


def _goal_of(sentence: Sentence, goal: re.Match[str]) -> Content:
    """Whose goal it is, or what it is the goal of."""
    of = goal.groupdict().get("of")
    within = Range(*goal.span("of")) if of else Range(sentence.range.start, goal.start())
    named = list(clauses.entities(sentence, within))
    for mention in named:
        if mention.found.form != "adjective":
            actor = bool(mention.found.concept.types & {"Actor", "Country"}) and bool(of)
            return [("actor" if actor else "subject", mention.entity)]
    return [("actor", one.entity) for one in named[:1]] if of else []


def _opened(sentence: Sentence, before: Range, *, relative: bool) -> Content | None:
    """Who or what the words before the verb name: those that can act, or else the last; in a
    relative clause ("een strategie die als doel heeft") always the last.
    """
    named = [m for m in clauses.entities(sentence, before) if m.found.form != "adjective"]
    if not named:
        return None
    text = sentence.block.text.text
    acting: list[Mention] = []
    for mention in named:
        joined = acting and _AND.fullmatch(text[acting[-1].found.end : mention.found.start])
        alone = not acting and not _PREPOSED.search(text[before.start : mention.found.start])
        if mention.found.concept.types & {"Actor", "Country"} and (joined or alone):
            acting.append(mention)
    if relative:
        return [("subject", named[-1].entity)]
    if acting:
        return [("actor", one.entity) for one in acting]
    last = named[-1]
    preposed = _PREPOSED.search(text[before.start : last.found.start])
    return [] if preposed else [("subject", last.entity)]


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
