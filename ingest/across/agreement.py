"""The same figure in two documents: confirmed, or different."""

from __future__ import annotations

from pyoxigraph import NamedNode

from ingest.across.comparison import Comparison
from ingest.across.said import Reading, Said
from ingest.extract.literals import decimal, flag
from ingest.extract.same_figures import CELL, FIGURES, Figure, compared, figure, summary
from ingest.graph.writer import GraphWriter, text
from ingest.statement import Rule
from ontology.names import fingerprint

RULE = Rule("agreement", 1)


def write(writer: GraphWriter, comparison: Comparison, reading: Reading) -> None:
    """A check for each figure that two documents give."""
    said: dict[int, Said] = {}
    figures: list[Figure] = []
    for statement in reading.said(*FIGURES, CELL):
        found = _figure(statement, comparison)
        if found is not None:
            said[id(found)] = statement
            figures.append(found)
    written: set[tuple[frozenset[tuple[NamedNode, ...]], bool]] = set()
    for one, other, same in compared(figures):
        if one.where[0] == other.where[0]:
            continue
        ends = said[id(one)], said[id(other)]
        place = (frozenset(end.evidence for end in ends), same)
        if place not in written:
            written.add(place)
            _write(writer, comparison, ends, (one, other), same)


def _figure(said: Said, comparison: Comparison) -> Figure | None:
    kind = CELL if CELL in said.kinds else ""
    content = [(name, value) for name, values in said.content.items() for value in values]
    return figure(kind, content, said.text, (said.source.id, said.evidence), comparison.words)


def _write(
    writer: GraphWriter,
    comparison: Comparison,
    ends: tuple[Said, Said],
    figures: tuple[Figure, Figure],
    same: bool,
) -> None:
    thing, words = comparison.minter.thing, comparison.words
    one, other = figures
    node = thing("statement", fingerprint([RULE.name, *sorted(end.node.value for end in ends)]))
    subject = min(one.subjects & other.subjects, key=str)
    names = {language: words[subject].name(language) for language in ("nl", "en")}
    writer.type(node, *comparison.classes.of("Check"))
    writer.add(node, "checkKind", thing("check-kind", "same-figure"))
    writer.add(node, "about", subject)
    writer.add(node, "stated", decimal(one.amount), decimal(other.amount))
    nl, en = summary(one, other, same, names)
    writer.add(node, "summary", text(nl, "nl"), text(en, "en"))
    writer.add(node, "holds", flag(same))
    writer.add(node, "madeBy", thing("rule", f"{RULE.name}-{RULE.version}"))
    for end in ends:
        writer.add(node, "inDocument", end.source.node)
        writer.add(node, "evidence", *end.evidence)
