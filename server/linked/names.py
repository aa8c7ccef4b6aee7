"""What things are called: their labels in the data, and those of other vocabularies' terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ontology.names import DATA_PATH, DCTERMS, RDFS, SKOS
from server.linked.questions import Questions
from server.pages.language import LANGUAGES
from server.pages.select import Row, Term

_FOREIGN = Path(__file__).parent / "names.ttl"

LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")

Labels = dict[str, dict[str, str]]


class Names:
    """The labels of things of one data set."""

    def __init__(self, questions: Questions, base: str) -> None:
        self._questions = questions
        self._base = base
        self._foreign = _foreign()

    async def of(self, iris: Iterable[str], language: str, told: Iterable[Triple] = ()) -> Naming:
        """What these things are called in a language, asked in one query; ``told`` are triples
        beside those of the store, which may name some too.
        """
        rows = await self._questions.rows("labels", "thing", dict.fromkeys(iris))
        labels: Labels = {iri: dict(versions) for iri, versions in self._foreign.items()}
        for row in rows:
            label = row["label"]
            versions = labels.setdefault(row["thing"].value, {})
            versions.setdefault(label.language, label.value)
        for one in told:
            if one.predicate.value in LABELS and isinstance(one.object, Literal):
                versions = labels.setdefault(getattr(one.subject, "value", ""), {})
                versions.setdefault(one.object.language or "", one.object.value)
        return Naming(labels, language, self._base + DATA_PATH)


class Naming:
    """A name for each thing, in one reader's language where there is one."""

    def __init__(self, labels: Mapping[str, Mapping[str, str]], language: str, base: str) -> None:
        self._labels = labels
        self._order = (language, "", *LANGUAGES)
        self._base = base

    def __contains__(self, iri: str) -> bool:
        return iri in self._labels

    def __getitem__(self, iri: str) -> Term:
        """The label of a thing; the end of its IRI for one without."""
        versions = self._labels.get(iri)
        if versions is None:
            return Term("literal", self._short(iri))
        language = next((known for known in self._order if known in versions), None)
        if language is None:
            language = next(iter(versions))
        return Term("literal", versions[language], language=language)

    def _short(self, iri: str) -> str:
        """Our own things by their path, others by their address."""
        return iri.removeprefix(self._base)


def iris(rows: Iterable[Row], *columns: str) -> set[str]:
    """The IRIs in these columns."""
    return {row[name].value for row in rows for name in columns if row[name].kind == "uri"}


def _foreign() -> Labels:
    labels: Labels = {}
    for triple in parse(_FOREIGN.read_bytes(), RdfFormat.TURTLE):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
            language = triple.object.language or ""
            labels.setdefault(triple.subject.value, {})[language] = triple.object.value
    return labels
