"""A triple as an address names it: IRIs, paths, compact names and literals become terms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ontology.names import DATA_PATH, PREFIXES, RDF
from queries.parameters import THING, iri_of
from queries.rows import Term
from server.saved.terms import parsed

LONGEST = 10_000  # characters of a term

_COMPACT = re.compile(r"([a-z]+):([A-Za-z0-9._-]*(?:/[A-Za-z0-9._-]+)*)")

Triple = tuple[NamedNode, NamedNode, Term]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The object that is asked for: one of these terms, or any literal that reads so."""

    terms: tuple[Term, ...]
    text: str | None = None

    def __contains__(self, term: object) -> bool:
        return term in self.terms or (isinstance(term, Literal) and term.value == self.text)

    @property
    def readings(self) -> tuple[Literal, ...]:
        """What the object may read as: its IRI or its lexical form."""
        texts = [one.value for one in self.terms] + ([] if self.text is None else [self.text])
        return tuple(Literal(text) for text in dict.fromkeys(texts))


def resource(text: str, base: str) -> NamedNode:
    """The IRI that a text is, or is short for; a ``ValueError`` says why it is none."""
    text = text.strip()
    found = _resource(text, base)
    if found is None:
        raise ValueError(f"{_cut(text)!r} is no IRI, path (actor/unhcr) or name such as def:funds")
    return found


def wanted(text: str, base: str) -> Wanted:
    """The object that a text stands for; a ``ValueError`` says why it stands for none."""
    if len(text) > LONGEST:
        raise ValueError(f"at most {LONGEST} characters")
    if text.startswith('"'):
        return Wanted((parsed(text.strip()),))
    found = _resource(text.strip(), base)
    return Wanted(() if found is None else (found,), text)


def property_of(text: str, base: str) -> NamedNode:
    """The property that a text names; ``a`` is ``rdf:type``, as in Turtle."""
    return NamedNode(RDF + "type") if text.strip() == "a" else resource(text, base)


def written(term: Term, base: str) -> str:
    """A term as briefly as it can be given back."""
    if not isinstance(term, NamedNode):
        return str(term)
    path = term.value.removeprefix(base + DATA_PATH)
    if path != term.value and THING.fullmatch(path):
        return path
    for prefix, namespace in PREFIXES.items():
        local = term.value.removeprefix(namespace)
        if local != term.value and _COMPACT.fullmatch(f"{prefix}:{local}"):
            return f"{prefix}:{local}"
    return term.value


def _resource(text: str, base: str) -> NamedNode | None:
    if len(text) > LONGEST:
        return None
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    elif (match := _COMPACT.fullmatch(text)) and match[1] in PREFIXES:
        return NamedNode(PREFIXES[match[1]] + match[2])
    return iri_of(text, base)


def _cut(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:100]}…"
