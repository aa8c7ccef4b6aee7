"""What the concepts of the schemes are called by other registries, each with where it was seen.

An alignment is a triple (``actor:unhcr owl:sameAs wd:Q132551``) and an axiom annotation of it, as
OWL 2 writes one in RDF (Mapping to RDF Graphs, section 2.2), with a name of its own.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, Quad

from ontology.names import OWL, SKOS, Minter
from ontology.vocabulary import FOLDER, OntologyError, parse_turtle, rebased

SUBFOLDER = "alignments"
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
MAPPINGS = frozenset({OWL + "sameAs", *(SKOS + name for name in _MATCHES)})
_ANNOTATED = tuple(NamedNode(f"{OWL}annotated{part}") for part in ("Source", "Property", "Target"))


def load(minter: Minter, folder: Path = FOLDER) -> tuple[Quad, ...]:
    """The alignments below a folder of schemes, their IRIs under the minter's base.

    :class:`OntologyError`, with the file, for a mapping without its evidence and for evidence of a
    triple that is not stated.
    """
    found: dict[Quad, None] = {}
    for path in sorted((folder / SUBFOLDER).glob("*.ttl")):
        quads = parse_turtle(path)
        _check(path, quads)
        found.update(dict.fromkeys(rebased(quad, minter) for quad in quads))
    return tuple(found)


def _check(path: Path, quads: list[Quad]) -> None:
    parts: dict[object, dict[object, object]] = {}
    for quad in quads:
        if quad.predicate in _ANNOTATED:
            parts.setdefault(quad.subject, {})[quad.predicate] = quad.object
    annotated = {tuple(one.get(part) for part in _ANNOTATED): name for name, one in parts.items()}
    stated = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    for triple, name in annotated.items():
        if triple not in stated:
            raise OntologyError(f"{path}: {name} annotates a triple that is not stated")
    for quad in quads:
        triple = (quad.subject, quad.predicate, quad.object)
        if quad.predicate.value in MAPPINGS and triple not in annotated:
            mapping = " ".join(str(term) for term in triple)
            raise OntologyError(f"{path}: no evidence of {mapping}")
