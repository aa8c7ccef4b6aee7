"""Process steps: the phases of a procedure as handbooks lay them out.

A phase has labelled blocks: "Doel:", "Input:", "Activiteiten:", "Betrokkenen:", "Resultaat:". What
a label introduces is a step, each item of the list under it one of its own. An overview that
repeats the phases adds evidence, not steps. Of a phase without labels the title is the step, and
"het doel van deze fase is ..." is a goal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from pyoxigraph import Literal, NamedNode

from ingest.document import Block, BlockKind, Range
from ingest.extract.context import Context, passages
from ingest.extract.prose import Content, sentences
from ingest.extract.statement_cues import cue
from ingest.extract.voice import speaker
from ingest.statement import Rule, Statement
from ontology.names import XSD

RULE = Rule("process-steps", 3)
_KINDS = ("goal", "input", "activity", "participant", "output")
_NUMBERED = re.compile(
    r"^(?:fase|stap|phase|step)\s+(?:\d+|[ivx]+|een|twee|drie|vier|vijf|zes)\b", re.I
)
_PRINTED = re.compile(r"\b(?:fase|stap) \d+\b", re.IGNORECASE)
_LIGATURES = re.compile(r"f[fhilt]|tt|[\W\d_]")
_BESIDE = (BlockKind.CAPTION, BlockKind.FOOTNOTE, BlockKind.PULL_QUOTE)
_SAME = 20
_LIKE = 0.93  # of the letters of two long texts, where one repeats the other with a word changed
_LONGEST_TITLE = 80
_LONG_WORD = 8  # letters; of a title, shorter ones stand in much else


@dataclass
class _Step:
    """What a label or an item under it says, and every place that says it."""

    kind: str
    key: str
    places: list[tuple[Block, Range]]


@dataclass
class _Phase:
    """The labelled blocks of one phase; ``title`` is "" where no heading stands right above."""

    title: str
    steps: list[_Step] = field(default_factory=list)

    @property
    def goal(self) -> str:
        """The goal, reduced to what survives of it in print; "" where there is none."""
        return next((step.key for step in self.steps if step.kind == "goal"), "")

    @property
    def labels(self) -> set[str]:
        """The kinds of step it has."""
        return {step.kind for step in self.steps}


def extract(context: Context) -> Iterator[Statement]:
    """The process steps of a document, phase by phase in reading order."""
    found = [one for one in _read(context) if len(one.labels) > 1 or _NUMBERED.match(one.title)]
    phases = _merged(found)
    titles = [phase.title for phase in phases]
    told = list(_told(context, titles))
    steps = [
        (phase.title, step.kind, step.places)
        for phase in phases
        for step in (*_goals(phase, told), *(one for one in phase.steps if one.kind != "goal"))
    ]
    steps += [(title, kind, [place]) for kind, title, place in _titled(context, set(titles))]
    steps += [(title, kind, [place]) for kind, title, place in told if title not in titles]
    for order, (title, kind, places) in enumerate(steps):
        yield _statement(context, title, kind, places, order)


def _goals(phase: _Phase, told: list[tuple[str, str, tuple[Block, Range]]]) -> Iterator[_Step]:
    """The goals of a phase: those that its labels give, and what running text says of it."""
    yield from (step for step in phase.steps if step.kind == "goal")
    yield from (_Step(kind, "", [place]) for kind, title, place in told if title == phase.title)


def _read(context: Context) -> Iterator[_Phase]:
    """The runs of labelled blocks, as they stand in the text."""
    phase = _Phase("")
    label, awaited, heading = "", False, ""
    for block in context.document.blocks:
        if block.kind in _BESIDE:
            continue
        text = block.text.text
        found = _label(context, block)
        if found is not None:
            label, rest = found
            if label == "goal" or heading or not phase.steps:
                yield phase
                phase, heading = _Phase(heading), ""
            awaited = rest.start >= len(text)
            if not awaited:
                phase.steps.append(_Step(label, _key(text[rest.start :]), [(block, rest)]))
        elif label and (block.kind is BlockKind.LIST_ITEM or _awaits(block, awaited, label)):
            awaited = False
            if len(text.split()) > 1:
                phase.steps.append(_Step(label, _key(text), [(block, Range(0, len(text)))]))
        else:
            yield phase
            phase, label = _Phase(""), ""
            is_title = block.kind is BlockKind.HEADING and len(text) <= _LONGEST_TITLE
            heading = text if is_title else ""
    yield phase


def _awaits(block: Block, awaited: bool, label: str) -> bool:
    """Whether a paragraph is what a label that stands alone introduces."""
    return awaited and label != "activity" and block.kind is BlockKind.PARAGRAPH


def _label(context: Context, block: Block) -> tuple[str, Range] | None:
    """The kind of step that a block's first words announce, and the rest of the block."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING):
        return None
    text = block.text.text
    for kind in _KINDS:
        match = cue(context.vocabulary, f"{kind}-label").match(text)
        if match is not None and (":" in match.group() or match.end() == len(text)):
            start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
            return kind, Range(start, len(text))
    return None


def _key(text: str) -> str:
    """A text without what print loses: ligatures, spaces, hyphens and stops."""
    return _LIGATURES.sub("", text.lower().replace("\ufffd", ""))


def _merged(found: list[_Phase]) -> list[_Phase]:
    """Each phase once: runs with the same goal are one, under the first title that any has."""
    result: list[_Phase] = []
    for run in found:
        same = next((one for one in result if run.goal and _alike(one.goal, run.goal)), None)
        if same is None:
            result.append(_Phase(run.title))
            same = result[-1]
        same.title = same.title or run.title
        for step in run.steps:
            _add(same, step)
        same.steps = [step for step in same.steps if not _garbled(step)]
    return result


def _add(phase: _Phase, step: _Step) -> None:
    for known in phase.steps:
        if known.kind == step.kind and _alike(known.key, step.key):
            known.places += step.places
            return
    phase.steps.append(step)


def _garbled(step: _Step) -> bool:
    """Whether extraction lost letters of the text wherever it stands."""
    return all("\ufffd" in block.text.text for block, _ in step.places)


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if one == other or (len(shorter) >= _SAME and longer.startswith(shorter)):
        return True
    alike = SequenceMatcher(None, shorter, longer, autojunk=False)
    return len(shorter) >= 2 * _SAME and alike.quick_ratio() >= _LIKE <= alike.ratio()


def _titled(context: Context, known: set[str]) -> Iterator[tuple[str, str, tuple[Block, Range]]]:
    """Numbered phases and steps that have no labels: their title says what happens."""
    for section in context.document.sections:
        block = context.document.blocks[section.heading]
        if _NUMBERED.match(section.title) and block.text.text not in known:
            yield "activity", block.text.text, (block, Range(0, len(block.text.text)))


def _told(context: Context, known: list[str]) -> Iterator[tuple[str, str, tuple[Block, Range]]]:
    """Goals of phases told in running text, each phase's once.

    A second "doel van deze fase" under one heading is of a later phase, whose heading was lost: of
    that one whose title's words it uses, or of one that we do not know.
    """
    goal = cue(context.vocabulary, "goal-label")
    told: set[str] = set()
    for sentence in sentences(context, BlockKind.PARAGRAPH):
        match = goal.match(sentence.text)
        if match is None or ":" in match.group() or "fase" not in match.group().lower():
            continue
        around = (
            context.document.blocks[one.heading].text.text
            for one in context.document.ancestry(sentence.block)
        )
        title = next((one for one in around if one in known), "")
        if title in told:
            title = next((one for one in known if _is_named(one, sentence.text, told)), "")
        told.update({title} - {""})
        printed = _PRINTED.search(match.group())
        yield (
            "goal",
            title or (printed.group() if printed else ""),
            (sentence.block, sentence.range),
        )


def _is_named(title: str, text: str, told: set[str]) -> bool:
    """Whether a sentence uses a word of the title of a phase of which nothing was told yet."""
    words = set(re.findall(rf"\w{{{_LONG_WORD},}}", title.lower()))
    return title not in told and any(word in text.lower() for word in words)


def _statement(
    context: Context, title: str, kind: str, places: list[tuple[Block, Range]], order: int
) -> Statement:
    block, here = places[0]
    content: Content = [("phase", Literal(title))] if title else []
    content.append(("stepKind", Literal(kind)))
    content.append(("order", Literal(str(order), datatype=NamedNode(XSD + "integer"))))
    content.append(("speaker", speaker(context, block, here)))
    about = dict.fromkeys(
        mention.entity
        for place, stretch in places
        for mention in context.mentions_in(place, stretch)
    )
    return Statement(
        "ProcessStep",
        context.document.id,
        tuple(passage for place in places for passage in passages(*place)),
        context.rule(RULE),
        (*content, *(("about", entity) for entity in about)),
    )
