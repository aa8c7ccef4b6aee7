"""What a triple rests on, for one reader: as a document of objects, and in RDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pyoxigraph import NamedNode

from ontology.names import DATA_PATH, DCTERMS, PROV, RDF, RDFS, VOCABULARY, XSD
from queries.readable import Address
from queries.rows import Row, Term
from server.linked.names import Naming
from server.pages.language import Texts
from server.saved.grounds import Ground, Standing
from server.saved.terms import in_json_ld
from server.saved.triples import Triple, written

_CONTEXT = {
    "dcterms": DCTERMS,
    "def": VOCABULARY,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
}
_QUALIFIERS = ("modality", "polarity")
Here = Callable[[Mapping[str, str]], str]
"""The address of the evidence of a triple, from the parameters that ask for it."""


class EvidenceWriter:
    """Writes grounds in a language, with what ``naming`` calls things and where ``address`` finds
    them. ``rows`` are the passages of their statements.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        naming: Naming,
        address: Address,
        texts: Texts,
        language: str,
        base: str,
    ) -> None:
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            self._rows.setdefault(row["statement"].value, []).append(row)
        self._naming = naming
        self._address = address
        self._texts = texts
        self._language = language
        self._base = base

    def document(self, ground: Ground) -> dict[str, Any]:
        """A triple with what it rests on, as objects."""
        subject, predicate, value = ground.triple
        made: dict[str, Any] = {
            "triple": {
                "subject": self._thing(subject),
                "property": self._thing(predicate),
                "object": self._term(value),
            },
            "standing": [one.value for one in ground.standing],
            "meaning": self.meaning(ground),
            "graphs": [self._graph(graph) for graph in ground.graphs],
            "statementCount": ground.total,
            "statements": [self._statement(iri) for iri in ground.statements],
        }
        if Standing.INFERRED in ground.standing:
            made["followsFromCount"] = ground.ways_total
            made["followsFrom"] = [
                {
                    "axiom": way.axiom,
                    "meaning": self._text(f"evidence-axiom-{way.axiom}"),
                    "triples": [self.document(premise) for premise in way.premises],
                }
                for way in ground.ways
            ]
            made["followed"] = not ground.cut
        return made

    def meaning(self, ground: Ground) -> str:
        """In words, how the triple is there."""
        return " ".join(self._text(f"evidence-standing-{one.value}") for one in ground.standing)

    def linked(self, grounds: Iterable[Ground], here: Here) -> dict[str, Any]:
        """The same in JSON-LD: each triple an ``rdf:Statement`` that was derived (PROV) from the
        statements of documents, or from other triples.
        """
        nodes: dict[str, dict[str, Any]] = {}
        for ground in grounds:
            for one in ground.all():
                node = self._node(one, here)
                nodes.setdefault(node["@id"], node)
                for iri in one.statements:
                    nodes.setdefault(iri, self._said(iri))
        return {"@context": _CONTEXT, "@graph": list(nodes.values())}

    def _node(self, ground: Ground, here: Here) -> dict[str, Any]:
        subject, predicate, value = ground.triple
        node: dict[str, Any] = {
            "@id": here(query_of(ground.triple, self._base)),
            "@type": ["rdf:Statement", "prov:Entity"],
            "rdf:subject": {"@id": subject.value},
            "rdf:predicate": {"@id": predicate.value},
            "rdf:object": in_json_ld(value),
            "rdfs:comment": {"@value": self.meaning(ground), "@language": self._language},
            "dcterms:isPartOf": [{"@id": graph} for graph in ground.graphs],
        }
        sources = [{"@id": iri} for iri in ground.statements]
        sources += [
            {"@id": here(query_of(premise.triple, self._base))}
            for way in ground.ways
            for premise in way.premises
        ]
        if sources:
            node["prov:wasDerivedFrom"] = sources
        return node

    def _said(self, iri: str) -> dict[str, Any]:
        rows = self._rows.get(iri, [])
        node: dict[str, Any] = {"@id": iri, "@type": ["prov:Entity"]}
        node["@type"] += sorted({row["kind"].value for row in rows})
        for row in rows[:1]:
            for name in ("speaker", *_QUALIFIERS, "role", "madeBy"):
                if name in row:
                    node[f"def:{name}"] = in_json_ld(row[name])
        passages = {row["evidence"].value: row for row in rows}
        node["def:evidence"] = [
            {
                "@id": evidence,
                "def:inDocument": in_json_ld(row["document"]),
                **{
                    f"def:{name}": in_json_ld(row[name])
                    for name in ("quote", "page", "start", "end")
                    if name in row
                },
            }
            for evidence, row in passages.items()
        ]
        return node

    def _statement(self, iri: str) -> dict[str, Any]:
        rows = self._rows.get(iri, [])
        made: dict[str, Any] = {"id": iri, "href": self._address(iri)}
        for row in rows[:1]:
            made["kind"] = self._thing(row["kind"])
            for name in ("speaker", "role"):
                if name in row:
                    made[name] = self._thing(row[name])
            for name in _QUALIFIERS:
                if name in row:
                    made[name] = row[name].value
            if "madeBy" in row:
                made["madeBy"] = self._thing(row["madeBy"])
        passages = {row["evidence"].value: row for row in rows}
        made["passages"] = [self._passage(row) for row in passages.values()]
        return made

    def _passage(self, row: Row) -> dict[str, Any]:
        evidence = row["evidence"].value
        made: dict[str, Any] = {
            "id": evidence,
            "quote": row["quote"].value,
            "document": self._thing(row["document"]),
            "href": self._address(evidence),
        }
        if "sentence" in row:
            made["sentence"] = row["sentence"].value
        for name in ("page", "start", "end"):
            if name in row:
                made[name] = int(row[name].value)
        return made

    def _graph(self, graph: str) -> dict[str, Any]:
        name = graph.removeprefix(f"{self._base}{DATA_PATH}graph/")
        document = f"{self._base}{DATA_PATH}document/{name}"
        if name != graph and document in self._naming:
            return {"id": graph, "document": self._thing(NamedNode(document))}
        return {"id": graph, "label": name}

    def _term(self, term: Term) -> dict[str, Any]:
        if isinstance(term, NamedNode):
            return self._thing(term)
        made = in_json_ld(term)
        return {name.removeprefix("@"): value for name, value in made.items()}

    def _thing(self, term: Term) -> dict[str, Any]:
        known = term.value in self._naming
        label = self._naming[term.value].value if known else written(term, self._base)
        return {"id": term.value, "label": label, "href": self._address(term.value)}

    def _text(self, key: str) -> str:
        return self._texts.text(key, self._language)


def query_of(triple: Triple, base: str) -> dict[str, str]:
    """The parameters of an address that ask for a triple."""
    return {name: written(term, base) for name, term in zip("spo", triple, strict=True)}


def things_of(grounds: Iterable[Ground], rows: Iterable[Row], base: str) -> set[str]:
    """All that needs a name, to write these grounds."""
    found: set[str] = set()
    for ground in grounds:
        for one in ground.all():
            found |= {term.value for term in one.triple if isinstance(term, NamedNode)}
            found |= {
                graph.replace(f"{base}{DATA_PATH}graph/", f"{base}{DATA_PATH}document/")
                for graph in one.graphs
            }
    for row in rows:
        found |= {
            row[name].value
            for name in ("kind", "speaker", "role", "document", "madeBy")
            if name in row and isinstance(row[name], NamedNode)
        }
    return found
