"""All representations of a thing: the profile ``alt`` (https://www.w3.org/TR/dx-prof-conneg/)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from ontology.names import DCTERMS, PREFIXES, PROF, RDF
from queries.text import LANGUAGES
from server.linked.linking import representation
from server.linked.profiling import FULL
from server.negotiation import MediaType
from server.publish.profiles import Profile

_ALTR = PREFIXES["altr"]


@dataclass(frozen=True, slots=True)
class Alternate:
    """A profile with the addresses of its representations by media type."""

    profile: Profile
    addresses: Mapping[str, str]


def alternates(
    address: str, fitting: Mapping[str, Profile], forms: Sequence[MediaType]
) -> list[Alternate]:
    """The profiles of a thing, in each of these formats; the full one first."""
    return [
        Alternate(profile, {form.essence: representation(address, token, form) for form in forms})
        for token, profile in fitting.items()
    ]


def triples(iri: str, listed: Sequence[Alternate]) -> Iterator[Triple]:
    """The list in the Alternate Representations Data Model."""
    thing = NamedNode(iri)
    for number, one in enumerate(listed):
        profile = NamedNode(one.profile.iri)
        yield Triple(profile, _term(PROF + "hasToken"), Literal(one.profile.token))
        for language in LANGUAGES:
            title = Literal(one.profile.title.in_language(language), language=language)
            yield Triple(profile, _term(DCTERMS + "title"), title)
        for place, (media_type, address) in enumerate(one.addresses.items()):
            default = number == place == 0
            rel = "hasDefaultRepresentation" if default else "hasRepresentation"
            there = NamedNode(address)
            yield Triple(thing, _term(_ALTR + rel), there)
            yield Triple(there, _term(RDF + "type"), _term(_ALTR + "Representation"))
            yield Triple(there, _term(DCTERMS + "conformsTo"), profile)
            yield Triple(there, _term(DCTERMS + "format"), Literal(media_type))
        yield Triple(profile, _term(RDF + "type"), _term(PROF + "Profile"))


def in_json(iri: str, listed: Sequence[Alternate]) -> bytes:
    """The list in plain JSON."""
    made: dict[str, Any] = {
        "id": iri,
        "default": FULL,
        "profiles": [
            {
                "token": one.profile.token,
                "profile": one.profile.iri,
                "title": {name: one.profile.title.in_language(name) for name in LANGUAGES},
                "description": {name: one.profile.purpose.in_language(name) for name in LANGUAGES},
                "leavesOut": {name: one.profile.leaves_out.in_language(name) for name in LANGUAGES},
                "conformsTo": list(one.profile.standards),
                "representations": dict(one.addresses),
            }
            for one in listed
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def _term(iri: str) -> NamedNode:
    return NamedNode(iri)
