"""DCAT-AP Feeds: the changes of the catalogue (https://semiceu.github.io/LDES-DCAT-AP-feeds/).

An event is about one entity of the catalogue: of a class that the specification's shapes know. What
belongs to an entity and is none itself, such as a checksum, comes along with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from ontology.names import DCAT, DCTERMS, FOAF, RDF
from server.publish.feed.extending import extended
from server.publish.feed.stream import CATALOGUE_FEED, Stream
from server.publish.feed.things import Thing

_ENTITIES = {
    *(DCAT + name for name in ("Catalog", "Dataset", "Distribution", "DataService")),
    FOAF + "Agent",
    DCTERMS + "LicenseDocument",
    "http://www.w3.org/2006/vcard/ns#Kind",
}
_TYPE = NamedNode(RDF + "type")
# The specification's shapes want a decimal, those of the catalogue a whole number: not told here.
_SIZE = NamedNode(DCAT + "byteSize")


def extend_catalogue(
    folder: Path, description: Iterable[Triple], base: str, issued: datetime
) -> int:
    """Tell what changed of the catalogue since it was last told; the number of events.

    ``description`` is all of the catalogue, without blank nodes, ``base`` that of its IRIs.
    """
    found = list(entities(one for one in description if one.predicate != _SIZE))
    version = sha256(b"".join(line for one in found for line in one.lines)).hexdigest()[:16]
    return extended(folder, Stream(CATALOGUE_FEED, base), version, found, issued)


def entities(description: Iterable[Triple]) -> Iterator[Thing]:
    """The entities of a catalogue with what belongs to each, in the order of their IRIs."""
    said: dict[NamedNode, list[Triple]] = {}
    for triple in description:
        if isinstance(triple.subject, NamedNode):
            said.setdefault(triple.subject, []).append(triple)
    found = {iri for iri, triples in said.items() if any(map(_is_entity, triples))}
    for iri in sorted(found, key=str):
        lines = serialize(_belonging(iri, said, found), format=RdfFormat.N_TRIPLES) or b""
        yield Thing(str(iri).encode(), tuple(sorted(set(lines.splitlines(keepends=True)))))


def _belonging(
    entity: NamedNode, said: dict[NamedNode, list[Triple]], entities: set[NamedNode]
) -> Iterator[Triple]:
    """What is said of an entity, and of what it refers to that is no entity."""
    waiting, seen = [entity], {entity}
    while waiting:
        for triple in said.get(waiting.pop(), ()):
            yield triple
            other = triple.object
            if isinstance(other, NamedNode) and other not in seen | entities:
                seen.add(other)
                waiting.append(other)


def _is_entity(triple: Triple) -> bool:
    kind = triple.object
    return triple.predicate == _TYPE and isinstance(kind, NamedNode) and kind.value in _ENTITIES
