"""Statements as RDF nodes with their evidence, and the plain triples that follow from them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from ingest.graph.classes import Classes
from ingest.graph.evidence import EvidenceWriter
from ingest.graph.papers import Papers
from ingest.graph.plain import triples
from ingest.graph.writer import GraphWriter
from ingest.statement import Statement, Term
from ontology.names import OA, QB, RDFS, Minter
from ontology.vocabulary import Vocabulary


def write_statements(
    writer: GraphWriter,
    evidence: EvidenceWriter,
    statements: Iterable[Statement],
    words: Vocabulary,
    minter: Minter,
    classes: Classes,
) -> int:
    """Write the statements of one document; the number of them."""
    count = 0
    every = list(statements)
    papers = Papers(words, every)
    for statement in every:
        count += 1
        _write(writer, evidence, statement, minter, classes)
        papers.write(writer, iri(statement, minter), statement)
        for subject, plain, value in triples(statement, words, minter):
            writer.add(subject, plain, value)
    return count


def iri(statement: Statement, minter: Minter) -> NamedNode:
    """A statement's IRI: its natural name, or the hash of document, place and content."""
    if statement.name:
        return minter.thing(*statement.name.split("/"))
    return minter.thing("statement", statement.digest)


def _write(
    writer: GraphWriter,
    evidence: EvidenceWriter,
    statement: Statement,
    minter: Minter,
    classes: Classes,
) -> None:
    node = iri(statement, minter)
    document = minter.thing("document", statement.document)
    writer.type(node, *classes.of(statement.kind))
    writer.add(node, "inDocument", document)
    writer.add(node, "madeBy", statement.made_by)
    places = [evidence.write(passage) for passage in statement.evidence]
    writer.add(node, "evidence", *places)
    if statement.sentence is not None:
        writer.add(node, "sentence", evidence.write(statement.sentence))
    for name, value in statement.content:
        writer.add(node, name, value)
    if statement.kind == "Mention":
        _annotation(writer, node, document, places, statement)
    if statement.kind == "BudgetObservation":
        _table(writer, document, statement, classes)


def _annotation(
    writer: GraphWriter,
    node: NamedNode,
    document: NamedNode,
    places: list[NamedNode],
    statement: Statement,
) -> None:
    """A mention is also a Web Annotation that identifies the entity in the text."""
    writer.add(node, NamedNode(OA + "hasTarget"), *places)
    writer.add(node, NamedNode(OA + "motivatedBy"), NamedNode(OA + "identifying"))
    for entity in _values(statement, "mentions"):
        writer.add(node, NamedNode(OA + "hasBody"), entity)
        writer.add(document, "mentions", entity)


def _table(
    writer: GraphWriter, document: NamedNode, statement: Statement, classes: Classes
) -> None:
    """The table and the line that a cell belongs to are things with a name of their own."""
    for table in _values(statement, "table"):
        if isinstance(table, NamedNode):
            writer.type(table, NamedNode(QB + "DataSet"))
            writer.add(table, NamedNode(RDFS + "label"), *_values(statement, "tableLabel"))
            writer.add(table, "inDocument", document)
    for line in _values(statement, "budgetLine"):
        if isinstance(line, NamedNode):
            writer.type(line, *classes.of("BudgetLine"))
            writer.add(line, NamedNode(RDFS + "label"), *_values(statement, "lineLabel"))
            writer.add(line, "inDocument", document)


def _values(statement: Statement, name: str) -> list[Term]:
    return [value for key, value in statement.content if key == name]
