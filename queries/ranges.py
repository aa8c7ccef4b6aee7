"""Whether a term is of the type that a contract declares for its column."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib import RDF, RDFS, SH

from ontology.names import XSD
from queries.entities import Entities
from queries.rows import Term

Members = Callable[[NamedNode], Entities]
"""The instances of a class."""

# SHACL section 4.1.3: sh:nodeKind
_NODE_KINDS: dict[str, tuple[type, ...]] = {
    str(SH.IRI): (NamedNode,),
    str(SH.Literal): (Literal,),
    str(SH.BlankNode): (BlankNode,),
    str(SH.IRIOrLiteral): (NamedNode, Literal),
    str(SH.BlankNodeOrIRI): (BlankNode, NamedNode),
    str(SH.BlankNodeOrLiteral): (BlankNode, Literal),
}
# XML Schema 1.1 part 2, section 3: what is derived from a datatype is of it; and LANG() gives a
# plain string.
_DERIVED = {
    XSD + "decimal": {XSD + "integer"},
    XSD + "integer": {XSD + "nonNegativeInteger", XSD + "positiveInteger", XSD + "int"},
    XSD + "language": {XSD + "string"},
}
_ANY = str(RDFS.Resource)
_ANY_LITERAL = str(RDFS.Literal)


def fits(term: Term, range_: NamedNode, members: Members) -> bool:
    """Whether a term is of a class, of a datatype or of a ``sh:nodeKind``."""
    if range_.value == _ANY:
        return True
    if range_.value in _NODE_KINDS:
        return isinstance(term, _NODE_KINDS[range_.value])
    if range_.value == _ANY_LITERAL:
        return isinstance(term, Literal)
    if range_.value.startswith(XSD) or range_.value == str(RDF.langString):
        return isinstance(term, Literal) and _of(term.datatype.value, range_.value)
    return isinstance(term, NamedNode) and term.value in members(range_)


def fit(text: str, separator: str, range_: NamedNode, members: Members) -> bool:
    """Whether each IRI that a cell lists fits; an empty list does, what is no IRI does not."""
    try:
        return all(fits(NamedNode(one), range_, members) for one in text.split(separator) if one)
    except ValueError:
        return False


def _of(datatype: str, wanted: str) -> bool:
    derived = _DERIVED.get(wanted, set())
    return datatype == wanted or any(_of(datatype, one) for one in derived)
