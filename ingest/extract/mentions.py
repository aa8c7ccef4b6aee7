"""Mentions: where a document names an actor, instrument, theme, policy area, place or list.

The labels of the schemes are looked up block by block (ingest/extract/gazetteer.py); what the
document as a whole shows then decides on words that do not mean the same everywhere: abbreviations
that it explains, general names, names with an article. See docs/model.md, "Labels".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from ingest.document import Block, Document
from ingest.extract.gazetteer import TYPES, Found, Gazetteer, gazetteer, longest
from ingest.extract.own_abbreviations import OwnAbbreviations
from ontology.names import SKOS
from ontology.vocabulary import Concept

__all__ = ["TYPES", "Found", "Gazetteer", "Mention", "extract", "gazetteer"]

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_ARTICLE = re.compile(r"(?:de|het) ", re.IGNORECASE)
_OF_A_PLACE = re.compile(r" (?:van|in|te) (?:de |het )?")
_PLACES = frozenset({"Country", "Region"})
_BELONGS_TO = (SKOS + "broader", SKOS + "related")
_HOME = "NLD"
_MINISTRY = "ministry"

_Named = tuple[Block, list[Found]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept named in a block of a document."""

    block: Block
    found: Found

    @property
    def entity(self) -> NamedNode:
        """The concept's IRI."""
        return self.found.concept.iri


def extract(document: Document, labels: Gazetteer) -> Iterator[Mention]:
    """The mentions of a document, in reading order."""
    named = [(block, _outside_addresses(block, labels)) for block in document.blocks]
    own = OwnAbbreviations(named)
    named = [(block, longest(own.applied(block, found))) for block, found in named]
    named = [(block, list(_known(found, named))) for block, found in named]
    for block, found in _resolved(document, labels, named):
        for one in found:
            yield Mention(block, one)


def _outside_addresses(block: Block, labels: Gazetteer) -> list[Found]:
    """A web address names whose page is cited; the words in its path mean nothing."""
    text = block.text.text
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    return [
        found
        for found in labels.find(text)
        if "Actor" in found.concept.types
        or not any(start <= found.start < end for start, end in addresses)
    ]


def _known(found: Sequence[Found], named: Sequence[_Named]) -> Iterator[Found]:
    """Without the general names of what the document does not name, or speak of, otherwise."""
    for one in found:
        if not one.general or _spoken_of(one.concept, named):
            yield one


def _spoken_of(concept: Concept, named: Sequence[_Named]) -> bool:
    company = {concept.iri, *(o for name in _BELONGS_TO for o in concept.properties.get(name, ()))}
    return any(
        one.concept.iri in company and not one.general for _, found in named for one in found
    )


def _resolved(document: Document, labels: Gazetteer, named: Sequence[_Named]) -> Iterator[_Named]:
    """With what a name with an article means here: "het ministerie" is the one last named, "de
    regering" is the Dutch one unless the text is about another country.
    """
    ministry: Concept | None = None
    for block, found in named:
        result = []
        abroad = _abroad(document, labels, block)
        for one in found:
            is_ministry = _is_ministry(one.concept)
            if not _ARTICLE.match(block.text.text, one.start) or one.form == "adjective":
                ministry = one.concept if is_ministry else ministry
                result.append(one)
            elif not abroad and not _of_another_country(block, one, found):
                result.append(replace(one, concept=ministry) if is_ministry and ministry else one)
        yield block, result


def _is_ministry(concept: Concept) -> bool:
    return any(kind.value.endswith(f"/{_MINISTRY}") for kind in concept.objects("kind"))


def _abroad(document: Document, labels: Gazetteer, block: Block) -> bool:
    """Whether the title of the box or section around a block names another country, not ours."""
    titles = [document.sections[block.section].title] if block.section is not None else []
    if block.box is not None:
        titles.append(document.boxes[block.box].title)
    places = {
        one.concept.slug
        for title in titles
        for one in labels.find(title)
        if "Country" in one.concept.types
    }
    return bool(places) and _HOME not in places


def _of_another_country(block: Block, one: Found, found: Sequence[Found]) -> bool:
    match = _OF_A_PLACE.match(block.text.text, one.end)
    return match is not None and any(
        other.start == match.end() and other.concept.types & _PLACES and other.concept.slug != _HOME
        for other in found
    )
