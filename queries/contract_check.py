"""Checks a contract file as a whole against ``contract-shapes.ttl``: all that is wrong at once.

The catalogue stops at the first thing that it can not use (:mod:`queries.contract`); this also
finds what would be silently passed over, such as a property with a slip of the pen.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from ontology import shapes
from ontology.names import DEFAULT_BASE
from queries import readable
from queries.catalogue import QUESTION_PATH
from queries.contract import COLUMN, DEF, PARAMETER, Shared, parse
from queries.errors import QueryFileError

SHAPES = Path(__file__).parent / "contract-shapes.ttl"


def validate(path: Path) -> list[str]:
    """What is wrong with a contract, a line for each in a stable order; none if nothing is.

    ``shared.ttl`` is that of the folder of the family's folder. A line reads
    ``FILE: parameter NAME: what is wrong``.
    """
    question = f"{DEFAULT_BASE}{QUESTION_PATH}{path.stem}"
    try:
        graph = parse(path, question)
        shared = Shared(path.parent.parent).graph
    except QueryFileError as error:
        return [" ".join(str(error).split())]
    if (URIRef(question), RDF.type, DEF.Question) not in graph:
        return [f"{path.name}: it must say '<> a def:Question'"]
    # With an IRI for every node, so that a report says which one it is about.
    named = graph.skolemize()
    found = shapes.violations(named + shared, _shapes())
    lines = (f"{path.name}: {_where(named, one)}: {_message(one)}" for one in found)
    return sorted(dict.fromkeys(lines))


@cache
def _shapes() -> Graph:
    return shapes.load_shapes(SHAPES)


def _message(violation: shapes.Violation) -> str:
    """What a shape says, with the property that it does not know."""
    if "no such property" not in violation.message:
        return violation.message
    return f"{violation.message}: {readable.local_name(violation.path)}"


def _where(graph: Graph, violation: shapes.Violation) -> str:
    """The parameter or column that a violation is about; else the question or its result shape."""
    node = URIRef(violation.node)
    path = str(graph.value(node, SH.path) or "")
    for kind, namespace in (("parameter", PARAMETER), ("column", COLUMN)):
        if path.startswith(namespace):
            return f"{kind} {path.removeprefix(namespace)}"
    return _kind(graph, node)


def _kind(graph: Graph, node: Node) -> str:
    if (node, RDF.type, DEF.Question) in graph:
        return "question"
    if (None, SH.parameter, node) in graph:
        return "parameter"
    return "column" if (None, SH.property, node) in graph else "result shape"
