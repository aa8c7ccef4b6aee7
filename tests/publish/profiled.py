"""The profiles of descriptions, as a release exports them and as one thing is described in them."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from ontology.shapes import to_rdflib
from server.publish import profiles
from server.publish.source import Source

ID = "https://w3id.org/samenhang/id/"


def exported(source: Source, token: str) -> Graph:
    """All things of a profile, described in it."""
    return _made(source, token, None)


def described(source: Source, token: str, thing: str) -> Graph:
    """One thing, by its IRI or its path below ``/id/``, described in a profile."""
    return _made(source, token, [str(named(thing))])


def named(thing: str) -> URIRef:
    """The IRI of a thing, given by its path below ``/id/`` or itself."""
    return URIRef(thing if thing.startswith("http") else ID + thing)


def things(source: Source, token: str) -> frozenset[str]:
    """What a profile says that it describes."""
    classes = " ".join(f"<{iri}>" for iri in sorted(profiles.load()[token].classes))
    text = f"SELECT DISTINCT ?thing WHERE {{ VALUES ?class {{ {classes} }} ?thing a ?class }}"
    return frozenset(row["thing"].value for row in source.solutions(text))


def texts(graph: Graph, thing: str, name: Node) -> set[tuple[str, str]]:
    """The values of a property as text with its language; "" where there is none."""
    values = graph.objects(named(thing), name)
    return {(str(one), one.language or "" if isinstance(one, Literal) else "") for one in values}


def _made(source: Source, token: str, wanted: list[str] | None) -> Graph:
    profile = profiles.load()[token]
    found = (triple for text in profile.texts(wanted) for triple in source.triples(text))
    return to_rdflib(dict.fromkeys(found))  # type: ignore[arg-type]  # triples have all it reads
