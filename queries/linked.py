"""An answer with its evidence as linked data: JSON-LD 1.1 with its context inside.

The answer is a ``prov:Entity`` (https://www.w3.org/TR/prov-o/) derived from the question and from
one version of the data set. A row has a property for each column, as the result shape of the
question says (:mod:`queries.definition`); a passage is the ``oa:SpecificResource`` of the data set
itself (https://www.w3.org/TR/annotation-model/#specific-resources). There are no blank nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from ontology.names import DCAT, DCTERMS, OA, PROV, RDFS, VOCABULARY, XSD
from queries import readable
from queries.catalogue import SavedQuery
from queries.contract import COLUMN, PARAMETER, SCHEMA
from queries.parameters import Value
from queries.readable import Passage
from queries.rows import Answer, Row, Term
from queries.text import LANGUAGES, Bilingual

_PREFIXES = {
    "column": str(COLUMN),
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "def": VOCABULARY,
    "oa": OA,
    "parameter": str(PARAMETER),
    "prov": PROV,
    "rdfs": RDFS,
    "schema": str(SCHEMA),
    "xsd": XSD,
}
_CONTEXT = {"@vocab": str(COLUMN), **_PREFIXES}  # a name without a prefix is that of a column
_DERIVED = "prov:wasDerivedFrom"


def linked(
    query: SavedQuery,
    terms: Mapping[str, Value | None],
    answer: Answer,
    version: str,
    address: str,
    data_set: str,
) -> dict[str, Any]:
    """The answer as a JSON-LD document, its rows in order (``schema:position``).

    ``terms`` are the values of the parameters, ``version`` and ``data_set`` the version of the data
    set and the IRI of that version, and ``address`` the absolute IRI of this answer, under which
    its rows get theirs (``#row-1``).
    """
    prefixes = readable.prefixes(query)
    passages = [
        tuple(found for prefix in prefixes if (found := readable.passage(row, prefix)) is not None)
        for row in answer.rows
    ]
    listed = _listed_evidence(query)
    return {
        "@context": _CONTEXT,
        "@id": address,
        "@type": ["prov:Entity", "def:Answer"],
        _DERIVED: [_question(query), _data_set(data_set, version)],
        **{f"parameter:{name}": _value(term) for name, term in terms.items() if term is not None},
        "schema:sha256": answer.digest,
        "def:evidence": _passages(passages),
        "def:row": [
            {
                "@id": f"{address}#row-{number}",
                "@type": "def:Row",
                "schema:position": number,
                **{_key(name): _cell(query, name, term) for name, term in row.items()},
                _DERIVED: [*_sources(own), *_listed(query, row, listed)],
            }
            for number, (row, own) in enumerate(zip(answer.rows, passages, strict=True), start=1)
        ],
    }


def _question(query: SavedQuery) -> dict[str, Any]:
    return {
        "@id": query.iri,
        "@type": ["prov:Entity", "def:Question"],
        "rdfs:label": _versions(query.title),
        "schema:version": query.version,
    }


def _data_set(iri: str, version: str) -> dict[str, Any]:
    return {"@id": iri, "@type": ["prov:Entity", "dcat:Dataset"], "schema:version": version}


def _key(name: str) -> str:
    return f"column:{name}" if name in _PREFIXES else name


def _cell(query: SavedQuery, name: str, term: Term) -> Any:
    column = query.columns.get(name)
    if column is None or column.separator is None:
        return _value(term)
    return [{"@id": iri} for iri in readable.listed(term, column.separator)]


def _sources(passages: Iterable[Passage]) -> Iterator[dict[str, Any]]:
    """What a row rests on: its passages, and the statements that these carry."""
    for passage in passages:
        evidence = {"@id": passage.evidence}
        yield evidence
        if passage.statement is not None:
            yield {"@id": passage.statement, "@type": "def:Statement", _DERIVED: evidence}


def _listed_evidence(query: SavedQuery) -> tuple[str, ...]:
    """The columns that list the statements behind another one."""
    proofs = dict.fromkeys(column.evidence for column in query.columns.values())
    columns = (query.columns.get(name or "") for name in proofs)
    return tuple(one.name for one in columns if one is not None and one.separator is not None)


def _listed(query: SavedQuery, row: Row, names: Iterable[str]) -> Iterator[dict[str, Any]]:
    for name in names:
        if name in row:
            yield from _cell(query, name, row[name])


def _passages(rows: Iterable[Iterable[Passage]]) -> list[dict[str, Any]]:
    """Each passage once, as the data set has it."""
    once = {passage.evidence: passage for row in rows for passage in row}
    return [_passage(passage) for passage in once.values()]


def _passage(passage: Passage) -> dict[str, Any]:
    made = {
        "def:quote": passage.quote or None,
        "def:inDocument": {"@id": passage.document} if passage.document else None,
        "def:page": passage.page,
        "def:start": passage.start,
        "def:end": passage.end,
    }
    return {
        "@id": passage.evidence,
        "@type": ["oa:SpecificResource", "def:Evidence"],
        **{name: value for name, value in made.items() if value is not None},
    }


def _value(term: Term) -> Any:
    """A term in JSON-LD; a literal always with its own words, so that 1.50 stays 1.50."""
    if not isinstance(term, Literal):
        return {"@id": term.value if isinstance(term, NamedNode) else str(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return term.value
    return {"@value": term.value, "@type": term.datatype.value}


def _versions(text: Bilingual) -> list[dict[str, str]]:
    return [{"@value": text.in_language(language), "@language": language} for language in LANGUAGES]
