"""The description of a thing for a person: name, definition, properties, what is said of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from ontology.names import DCTERMS, SKOS, VOCABULARY
from server.linked.names import LABELS, Names, iris
from server.linked.properties import SHOWN_ELSEWHERE, Properties, Property, chosen
from server.linked.questions import Questions
from server.linked.statements import Group, Quote, gather, quotes_of
from server.linked.subjects import Subject, types_of
from server.pages.cells import Cell, Cells
from server.pages.language import Texts
from server.pages.links import Links
from server.pages.select import Row, Term

MEANINGS = (SKOS + "definition", DCTERMS + "description")
_HIDDEN = {*LABELS, *MEANINGS, *SHOWN_ELSEWHERE}


@dataclass(frozen=True, slots=True)
class Description:
    """A thing: ``kinds`` are its narrowest classes, ``references`` what else points to it."""

    iri: str
    title: Term
    kinds: tuple[Cell, ...]
    kind_names: frozenset[str]
    definition: Term | None
    quotes: tuple[Quote, ...]
    properties: tuple[Property, ...]
    references: tuple[Property, ...]
    groups: tuple[Group, ...]

    @property
    def said(self) -> int:
        """How many statements there are about it."""
        return sum(group.total for group in self.groups)


class Describer:
    """Describes things for one reader: in a language, with addresses on this host."""

    def __init__(
        self, questions: Questions, names: Names, texts: Texts, links: Links, language: str
    ) -> None:
        self._questions = questions
        self._names = names
        self._cells = Cells(texts, links, language)
        self.language = language

    async def describe(self, subject: Subject) -> Description:
        """A thing with its properties, and what the store has about it besides."""
        iri, rows, ask = subject.iri, list(subject.rows), self._questions.rows
        narrowest, references, places, gathered = await asyncio.gather(
            ask("kinds", "thing", [iri]),
            ask("references", "thing", [iri]),
            ask("quotes", "statement", [iri]),
            gather(self._questions, iri),
        )
        kinds = sorted(iris(narrowest, "kind")) or types_of(subject.told, iri)
        ours = [kind for kind in kinds if kind.startswith(VOCABULARY)]
        naming = await self._names.of(
            iris(rows, "property", "value")
            | iris(references, "property", "subject")
            | iris(places, "document")
            | {*kinds, iri}
            | gathered.things,
            self.language,
            subject.told,
        )
        properties = Properties(naming, self._cells, self.language)
        return Description(
            iri=iri,
            title=self._title(iri, rows, naming[(ours or kinds or [iri])[0]]),
            kinds=tuple(properties.thing(kind) for kind in ours or kinds),
            kind_names=frozenset(kind.removeprefix(VOCABULARY) for kind in ours),
            definition=chosen(rows, MEANINGS, self.language),
            quotes=quotes_of(places, self._cells, naming).get(iri, ()),
            properties=properties.of(rows, hidden=_HIDDEN),
            references=properties.of(references, "subject"),
            groups=gathered.groups(properties, self._cells, naming),
        )

    async def facts(self, rows: list[Row]) -> dict[str, Property]:
        """The properties in these rows by their IRI."""
        naming = await self._names.of(iris(rows, "property", "value"), self.language)
        made = Properties(naming, self._cells, self.language).of(rows)
        return {one.name.iri: one for one in made}

    def _title(self, iri: str, rows: list[Row], kind: Term) -> Term:
        """Its label; what has none is called by its kind and its number, or by its own name."""
        label = chosen(rows, LABELS, self.language)
        if label is not None:
            return label
        number = chosen(rows, [VOCABULARY + "number"], self.language)
        if iri.startswith(VOCABULARY):
            return Term("literal", iri.removeprefix(VOCABULARY))
        name = f"{kind.value[:1].upper()}{kind.value[1:]}"
        if number is not None:
            name += f" {number.value}"
        return Term("literal", name, language=kind.language)
