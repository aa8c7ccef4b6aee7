"""What extraction yields: statements with their evidence, still without RDF around them."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ingest.document import Span
from ontology.names import fingerprint

Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Rule:
    """An extraction rule: its name and the version that is raised whenever its output changes."""

    name: str
    version: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of evidence: a source span and the readable form of its text."""

    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a document says.

    ``kind`` is the local name of its vocabulary class. ``content`` pairs the local names of
    vocabulary properties with values, in a fixed order. ``key`` is what makes the statement
    itself apart from its evidence; by default its content. ``name`` is a natural path under
    ``id/`` for statements that have one (a numbered recommendation).
    """

    kind: str
    document: str
    evidence: tuple[Passage, ...]
    made_by: NamedNode
    content: tuple[tuple[str, Term], ...]
    name: str = ""
    sentence: Passage | None = None

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a {self.kind} of {self.document} has no evidence")

    @property
    def digest(self) -> str:
        """A name that depends on document, kind, place and content only."""
        places = [f"{one.span.start}-{one.span.end}" for one in self.evidence]
        content = [f"{name} {value}" for name, value in self.content]
        return fingerprint([self.document, self.kind, *places, *content])
