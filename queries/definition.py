"""The complete contract of a question in RDF, with all that it shares with others written out.

SHACL for parameters and columns (https://www.w3.org/TR/shacl/), and the SPARQL-examples vocabulary
for the query itself (https://github.com/sib-swiss/sparql-examples): any client of either can read
it. The result shape is true of every row (:mod:`queries.linked` makes rows of an answer).
"""

from __future__ import annotations

from pyoxigraph import NamedNode
from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import BNode, Node

from queries.catalogue import SavedQuery
from queries.contract import COLUMN, DEF, PARAMETER, SCHEMA, Column, label_of
from queries.parameters import Parameter, ParameterType, Value
from queries.text import LANGUAGES, Bilingual
from queries.tokens import TokenKind, tokens

_NAMESPACES = {
    "column": COLUMN,
    "dcterms": DCTERMS,
    "def": DEF,
    "parameter": PARAMETER,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}
_NAME_OF = Bilingual(nl="{} (naam)", en="{} (name)")


def definition(query: SavedQuery, target: str | None = None) -> Graph:
    """The question with its parameters, result shape, text and prefixes; ``target`` is the address
    of an endpoint that answers it.
    """
    graph = Graph()
    for prefix, namespace in _NAMESPACES.items():
        graph.bind(prefix, namespace)
    question = _Question(graph, query)
    question.describe(target)
    question.declare_prefixes()
    for order, parameter in enumerate(query.parameters, start=1):
        question.add_parameter(parameter, order)
    question.add_columns()
    return graph


def turtle(query: SavedQuery, target: str | None = None) -> bytes:
    """The :func:`definition` as Turtle, in UTF-8."""
    return definition(query, target).serialize(format="turtle", encoding="utf-8")


class _Question:
    def __init__(self, graph: Graph, query: SavedQuery) -> None:
        self._graph = graph
        self._query = query
        self._iri = URIRef(query.iri)

    def describe(self, target: str | None) -> None:
        query, add = self._query, self._add
        for kind in (DEF.Question, SH.SPARQLExecutable, SH.SPARQLSelectExecutable):
            add(self._iri, RDF.type, kind)
        self._say(self._iri, RDFS.label, query.title)
        self._say(self._iri, RDFS.comment, query.description)
        for language, words in query.keywords.items():
            for word in words:
                add(self._iri, SCHEMA.keywords, Literal(word, lang=language))
        add(self._iri, SCHEMA.version, Literal(query.version))
        add(self._iri, SH.order, Literal(query.order))
        add(self._iri, SH.select, Literal(query.text))
        for example in query.examples:
            add(self._iri, DEF.example, Literal(example))
        if target is not None:
            add(self._iri, SCHEMA.target, URIRef(target))
        family = URIRef(query.family.iri)
        add(self._iri, DCTERMS.subject, family)
        add(family, RDF.type, SKOS.Concept)
        self._say(family, SKOS.prefLabel, query.family.title)
        self._say(family, SKOS.definition, query.family.description)

    def declare_prefixes(self) -> None:
        """The prefixes of the query, as SHACL declares them (section 5.2.1)."""
        prefixes = self._part("prefixes")
        self._add(self._iri, SH.prefixes, prefixes)
        for prefix, namespace in _prologue(self._query.text).items():
            declared = self._part(f"prefix-{prefix}")
            self._add(prefixes, SH.declare, declared)
            self._add(declared, SH.prefix, Literal(prefix))
            self._add(declared, SH.namespace, Literal(namespace, datatype=XSD.anyURI))

    def add_parameter(self, parameter: Parameter, order: int) -> None:
        add = self._add
        node = self._part(f"parameter-{parameter.name}")
        add(self._iri, SH.parameter, node)
        add(node, RDF.type, SH.Parameter)
        add(node, SH.path, PARAMETER[parameter.name])
        add(node, SH.order, Literal(order))
        add(node, SH.optional, Literal(not parameter.required))
        is_entity = parameter.type is ParameterType.ENTITY
        add(node, SH["class"] if is_entity else SH.datatype, URIRef(parameter.range.value))
        self._say(node, SH.name, parameter.label)
        if parameter.description is not None:
            self._say(node, SH.description, parameter.description)
        if parameter.default is not None:
            # Of a parameter that must be given the file has an example, not a default.
            predicate = SKOS.example if parameter.required else SH.defaultValue
            add(node, predicate, _given(parameter, parameter.default))
        if parameter.allowed:
            values: list[Node] = [_allowed(parameter, text) for text in parameter.allowed]
            add(node, SH["in"], Collection(self._graph, BNode(), values).uri)
        for predicate, other in (
            (SH.disjoint, parameter.differs_from),
            (SH.lessThanOrEquals, parameter.at_most),
        ):
            if other is not None:
                add(node, predicate, PARAMETER[other])
        if parameter.choices is not None:
            choices = self._part(f"choices-{parameter.name}")
            add(node, DEF.choicesQuery, choices)
            add(choices, RDF.type, SH.SPARQLSelectExecutable)
            add(choices, SH.select, Literal(parameter.choices))

    def add_columns(self) -> None:
        """The result shape: a property shape for each variable, in the order of the projection."""
        shape = self._part("row")
        self._add(self._iri, DEF.resultShape, shape)
        self._add(shape, RDF.type, SH.NodeShape)
        for order, name in enumerate(self._query.variables, start=1):
            node = self._part(f"column-{name}")
            self._add(shape, SH.property, node)
            self._add(node, RDF.type, SH.PropertyShape)
            self._add(node, SH.path, COLUMN[name])
            self._add(node, SH.order, Literal(order))
            thing = label_of(name, self._query.variables)
            if thing is None:
                self._add_column(node, self._query.columns[name])
            else:
                self._add_label(node, self._query.columns[thing])

    def _add_column(self, node: URIRef, column: Column) -> None:
        self._say(node, SH.name, column.label)
        if column.description is not None:
            self._say(node, SH.description, column.description)
        if column.range is not None:
            self._add(node, *_constraint(URIRef(column.range.value)))
        if column.always:
            self._add(node, SH.minCount, Literal(1))
        if column.separator is None:
            self._add(node, SH.maxCount, Literal(1))
        else:
            self._add(node, DEF.separator, Literal(column.separator))
        if column.evidence is not None:
            self._add(node, DEF.evidencedBy, COLUMN[column.evidence])
        if column.hidden:
            self._add(node, DEF.hidden, Literal(True))

    def _add_label(self, node: URIRef, thing: Column) -> None:
        for language in LANGUAGES:
            name = _NAME_OF.in_language(language).format(thing.label.in_language(language))
            self._add(node, SH.name, Literal(name, lang=language))
        self._add(node, SH.nodeKind, SH.Literal)
        self._add(node, SH.maxCount, Literal(1))
        self._add(node, DEF.labelOf, COLUMN[thing.name])

    def _part(self, name: str) -> URIRef:
        return URIRef(f"{self._iri}#{name}")

    def _say(self, node: URIRef, predicate: URIRef, text: Bilingual) -> None:
        for language in LANGUAGES:
            self._add(node, predicate, Literal(text.in_language(language), lang=language))

    def _add(self, subject: Node, predicate: URIRef, value: Node) -> None:
        self._graph.add((subject, predicate, value))


def _constraint(range_: URIRef) -> tuple[URIRef, URIRef]:
    """The constraint by which a range holds of a value: its predicate and object."""
    if range_ == RDFS.Literal:
        return SH.nodeKind, SH.Literal
    if range_ in SH:
        return SH.nodeKind, range_
    return SH.datatype if range_ in XSD or range_ == RDF.langString else SH["class"], range_


def _given(parameter: Parameter, term: Value) -> Node:
    """A term as a value that fits the parameter's own type."""
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    return _allowed(parameter, term.value)


def _allowed(parameter: Parameter, text: str) -> Node:
    range_ = URIRef(parameter.range.value)
    if parameter.type is ParameterType.ENTITY:
        return URIRef(text)
    return Literal(text, datatype=None if range_ == XSD.string else range_, normalize=False)


def _prologue(text: str) -> dict[str, str]:
    """The prefixes of a query with their namespaces."""
    found: dict[str, str] = {}
    stream = [token for token in tokens(text) if token.kind is not TokenKind.COMMENT]
    for word, name, iri in zip(stream, stream[1:], stream[2:], strict=False):
        if word.kind is TokenKind.WORD and word.text.upper() == "PREFIX":
            found[name.text.removesuffix(":")] = iri.text[1:-1]
    return found
