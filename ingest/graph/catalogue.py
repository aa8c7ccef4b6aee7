"""The catalogue graph: which documents, graphs, rules and curated claims the data set holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from ingest.extract.claims import ClaimsFile
from ingest.graph.classes import Classes
from ingest.graph.writer import GraphWriter, dated, text
from ingest.manifest import Entry
from ingest.statement import Rule
from ontology.names import DCAT, DCTERMS, PROV, RDFS, Minter

_LABEL = NamedNode(RDFS + "label")


def write_catalogue(
    writer: GraphWriter,
    minter: Minter,
    classes: Classes,
    rules: Iterable[Rule],
    claimed: Iterable[ClaimsFile],
    entries: Mapping[str, Entry],
) -> None:
    """Describe the data set as a whole."""
    whole = minter.thing("dataset", "samenhang")
    writer.type(whole, NamedNode(DCAT + "Dataset"))
    titles = (
        text("Samenhang: wat beleidsdocumenten zeggen", "nl"),
        text("Samenhang: what policy documents say", "en"),
    )
    writer.add(whole, NamedNode(DCTERMS + "title"), *titles)
    for name in entries:
        document = minter.thing("document", name)
        writer.add(whole, NamedNode(DCTERMS + "source"), document)
        graph = minter.thing("graph", name)
        writer.add(document, "graph", graph)
        writer.type(graph, NamedNode(PROV + "Bundle"))
        writer.add(graph, _LABEL, name)
    for rule in rules:
        node = minter.thing("rule", f"{rule.name}-{rule.version}")
        writer.type(node, *classes.of("Rule"))
        writer.add(node, _LABEL, rule.name)
        writer.add(node, "version", str(rule.version))
    for one in claimed:
        for number in range(1, len(one.claims) + 1):
            node = minter.thing("claim", one.document, str(number))
            writer.type(node, *classes.of("Claim"))
            writer.add(node, "curator", one.curator)
            writer.add(node, NamedNode(DCTERMS + "created"), dated(one.date))
