"""RDF terms one by one: read from N-Triples syntax, written in JSON-LD, and JSON-LD as Turtle."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse, serialize

from ontology.names import XSD
from queries.rows import Term

_BEFORE, _AFTER = "<urn:x-term:s> <urn:x-term:p> ", " .\n"


def parsed(text: str) -> Term:
    """The term that a text is; a ``ValueError`` for what is none, or is more than one."""
    try:
        triples = [*parse(f"{_BEFORE}{text}{_AFTER}", format=RdfFormat.N_TRIPLES)]
    except (SyntaxError, ValueError, UnicodeError) as error:
        raise ValueError(f"not a term in N-Triples: {text!r}") from error
    if len(triples) != 1 or not isinstance(triples[0].object, NamedNode | BlankNode | Literal):
        raise ValueError(f"not one term in N-Triples: {text!r}")
    return triples[0].object


def in_json_ld(term: Term) -> dict[str, str]:
    """A term as a node or value object (https://www.w3.org/TR/json-ld11/#value-objects)."""
    if isinstance(term, NamedNode):
        return {"@id": term.value}
    if isinstance(term, BlankNode):
        return {"@id": f"_:{term.value}"}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return {"@value": term.value}
    return {"@value": term.value, "@type": term.datatype.value}


def turtle(document: Mapping[str, Any]) -> bytes:
    """The triples of a JSON-LD document, whose context holds its prefixes."""
    triples = parse(json.dumps(document).encode(), format=RdfFormat.JSON_LD)
    prefixes = {
        name: iri
        for name, iri in document["@context"].items()
        if isinstance(iri, str) and iri.endswith(("/", "#"))
    }
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
