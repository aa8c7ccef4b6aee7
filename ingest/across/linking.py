"""A thread between what two documents say, and how it is written into the graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from ingest.across.comparison import Comparison
from ingest.across.said import Said, Source
from ingest.extract.literals import decimal
from ingest.graph.writer import GraphWriter, text
from ingest.statement import Rule
from ontology.names import fingerprint

CERTAIN = Decimal(1)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why statements are linked, in words."""

    nl: str
    en: str


@dataclass(frozen=True, eq=False)
class Thread:
    """A link between two statements, the first of which is the earlier where dates say so.

    A citation may refer to a ``document`` as a whole; its thread may then have one statement only.
    """

    kind: str
    statements: tuple[Said, ...]
    reason: Reason
    confidence: Decimal
    made_by: Rule | NamedNode
    about: frozenset[NamedNode] = frozenset()
    document: Source | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What makes this thread itself."""
        document = self.document.id if self.document else ""
        return (self.kind, document, *(one.node.value for one in self.statements))

    @property
    def directed(self) -> bool:
        """Whether the first statement is certainly the earlier."""
        first, last = self.statements[0], self.statements[-1]
        return first.source.before(last.source)


def in_order(one: Said, other: Said) -> tuple[Said, Said]:
    """Two statements, the earlier first; in a fixed order where their dates do not tell."""
    return (one, other) if one.order <= other.order else (other, one)


def graded(base: str, *parts: float) -> Decimal:
    """A confidence: a base, and for each part, from 0 to 1, a share of what is left."""
    left = (Decimal("0.95") - Decimal(base)) / max(len(parts), 1)
    total = Decimal(base) + sum((left * Decimal(str(min(1.0, one))) for one in parts), Decimal(0))
    return total.quantize(Decimal("0.01"))


def write(writer: GraphWriter, comparison: Comparison, threads: Iterable[Thread]) -> None:
    """Write threads, each once; of those between the same statements the surest of a kind."""
    best: dict[tuple[str, ...], Thread] = {}
    for one in threads:
        if one.key not in best or one.confidence > best[one.key].confidence:
            best[one.key] = one
    for key in sorted(best):
        _write(writer, comparison, best[key])


def _write(writer: GraphWriter, comparison: Comparison, thread: Thread) -> None:
    thing = comparison.minter.thing
    node = thing("thread", fingerprint(thread.key))
    writer.type(node, *comparison.classes.of("Thread"))
    writer.add(node, "threadKind", thing("thread-kind", thread.kind))
    for one in thread.statements:
        writer.add(node, "inDocument", one.source.node)
        writer.add(node, "links", one.node)
        writer.add(node, "evidence", *one.evidence)
    if thread.directed:
        writer.add(node, "earlier", thread.statements[0].node)
        writer.add(node, "later", thread.statements[-1].node)
    writer.add(node, "about", *sorted(thread.about, key=str))
    writer.add(node, "reason", text(thread.reason.nl, "nl"), text(thread.reason.en, "en"))
    writer.add(node, "confidence", decimal(thread.confidence))
    made_by = thread.made_by
    if isinstance(made_by, Rule):
        made_by = thing("rule", f"{made_by.name}-{made_by.version}")
    writer.add(node, "madeBy", made_by)
    if thread.document is not None:
        _refer(writer, node, thread, thread.document)


def _refer(writer: GraphWriter, node: NamedNode, thread: Thread, document: Source) -> None:
    """What a citation refers to: said of the citation too where it is certain."""
    writer.add(node, "inDocument", document.node)
    if thread.confidence < CERTAIN:
        writer.add(node, "mayReferTo", document.node)
        return
    for one in (node, *(said.node for said in thread.statements if "Citation" in said.kinds)):
        writer.add(one, "resolvesTo", document.node)
