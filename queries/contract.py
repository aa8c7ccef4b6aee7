"""The contract of a saved question: the Turtle beside its query (docs/queries.md).

Parameters are SHACL parameters (``sh:parameter``), columns the property shapes of
``def:resultShape``; title, description and keywords are as in the SPARQL-examples vocabulary. What
several questions share of a parameter or column is said once, in ``shared.ttl``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax

from ontology.names import VOCABULARY
from queries.errors import QueryFileError
from queries.text import LANGUAGES, Bilingual

DEF = Namespace(VOCABULARY)
COLUMN = Namespace(VOCABULARY + "column/")
PARAMETER = Namespace(VOCABULARY + "parameter/")
SCHEMA = Namespace("https://schema.org/")

CONTRACT_SUFFIX = ".ttl"
SHARED = "shared" + CONTRACT_SUFFIX
_Node = URIRef | BNode


@dataclass(frozen=True, slots=True)
class ParameterEntry:
    """A parameter as the contract declares it, before its ``VALUES`` block has been looked at.

    ``range`` is a class or a datatype; ``choices`` names a file in ``choices/``; ``allowed`` are
    the only values (``sh:in``). ``differs_from`` and ``at_most`` name other parameters
    (``sh:disjoint`` and ``sh:lessThanOrEquals``, SHACL section 4.5).
    """

    name: str
    range: NamedNode
    label: Bilingual
    description: Bilingual | None
    required: bool
    choices: str | None
    allowed: tuple[str, ...]
    differs_from: str | None
    at_most: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer: what it means, and which column is evidence for it.

    ``range`` is a class, a datatype or a ``sh:nodeKind``. Every row has it ``always``, or it may be
    ``lacking`` expressly (``sh:minCount 0``). With a ``separator`` a cell lists several IRIs.
    ``hidden`` columns are for software. ``evidence`` names the column that proves this one.
    """

    name: str
    label: Bilingual
    description: Bilingual | None
    range: NamedNode | None
    always: bool
    lacking: bool
    separator: str | None
    hidden: bool
    evidence: str | None

    @property
    def proven(self) -> bool:
        """Whether another column proves it."""
        return self.evidence is not None and self.evidence != self.name


@dataclass(frozen=True, slots=True)
class Contract:
    """What a question says of itself; ``examples`` are query strings of sample calls."""

    title: Bilingual
    description: Bilingual
    keywords: dict[str, tuple[str, ...]]
    version: str
    order: int
    parameters: tuple[ParameterEntry, ...]
    columns: dict[str, Column]
    examples: tuple[str, ...]


def parse(path: Path, base: str) -> Graph:
    """The triples of a Turtle file; :class:`QueryFileError` where it is not legal Turtle."""
    graph = Graph()
    try:
        graph.parse(path, format="turtle", publicID=base)
    except BadSyntax as error:
        raise QueryFileError(path, error.lines + 1, 1, f"Turtle: {error.message}") from error
    except (OSError, ValueError, ParserError) as error:
        raise QueryFileError(path, 1, 1, f"Turtle: {error}") from error
    return graph


class Shared:
    """What ``shared.ttl`` of a folder says of parameters and columns, by their IRIs."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / SHARED
        self.graph = parse(self.path, VOCABULARY) if self.path.is_file() else Graph()


def read(path: Path, shared: Shared, variables: tuple[str, ...], iri: str) -> Contract:
    """The contract beside a query that projects ``variables``.

    Anything missing, unknown or of a wrong shape raises :class:`QueryFileError`.
    """
    return _Reader(path, shared, variables, iri).contract()


class _Reader:
    def __init__(self, path: Path, shared: Shared, variables: tuple[str, ...], iri: str) -> None:
        if not path.is_file():
            raise QueryFileError(path, 1, 1, "no contract beside the query")
        self._path = path
        self._graph = parse(path, iri)
        self._shared = shared.graph
        self._variables = variables
        self._question = URIRef(iri)

    def contract(self) -> Contract:
        if (self._question, RDF.type, DEF.Question) not in self._graph:
            raise self._error("it must say '<> a def:Question'")
        parameters = sorted(
            self._graph.objects(self._question, SH.parameter),
            key=lambda node: self._integer(node, SH.order),
        )
        return Contract(
            title=self._text(self._question, RDFS.label, "a title (rdfs:label)"),
            description=self._text(self._question, RDFS.comment, "a description (rdfs:comment)"),
            keywords=self._keywords(),
            version=self._string(self._question, SCHEMA.version),
            order=self._integer(self._question, SH.order),
            parameters=tuple(self._parameter(node) for node in parameters),
            columns=self._columns(),
            examples=tuple(sorted(str(one) for one in self._objects(DEF.example))),
        )

    def _keywords(self) -> dict[str, tuple[str, ...]]:
        words: dict[str, list[str]] = {language: [] for language in LANGUAGES}
        for word in self._objects(SCHEMA.keywords):
            if not isinstance(word, Literal) or word.language not in words:
                raise self._error(f"a keyword needs the language nl or en: {word}")
            words[word.language].append(str(word))
        return {language: tuple(sorted(found)) for language, found in words.items()}

    def _parameter(self, node: object) -> ParameterEntry:
        name, path = self._named(node, PARAMETER, "parameter")
        found = self._range(node, path)
        if found is None:
            raise self._error(f"parameter {name!r} has no type (sh:class or sh:datatype)")
        choices = self._value(node, DEF.choices) or self._shared.value(path, DEF.choices)
        return ParameterEntry(
            name=name,
            range=found,
            label=self._label(node, path, f"parameter {name!r}"),
            description=self._description(node, path),
            required=self._true(node, DEF.required),
            choices=str(choices) if choices else None,
            allowed=self._allowed(node),
            differs_from=self._other(node, SH.disjoint),
            at_most=self._other(node, SH.lessThanOrEquals),
        )

    def _columns(self) -> dict[str, Column]:
        """The columns in the order of the projection; a label's own variable has none."""
        declared: dict[str, object] = {}
        for shape in self._graph.objects(self._question, DEF.resultShape):
            for node in self._graph.objects(shape, SH.property):
                name, _ = self._named(node, COLUMN, "column")
                if name in declared:
                    raise self._error(f"column {name!r} is described twice")
                declared[name] = node
        for name in declared:
            if name not in self._variables:
                raise self._error(f"the query does not project ?{name}")
        return {
            name: self._column(name, declared.get(name))
            for name in self._variables
            if not label_of(name, self._variables)
        }

    def _column(self, name: str, node: object | None) -> Column:
        prefix, companion = companion_of(name, self._variables)
        path = COLUMN[companion if prefix else name]
        evidence = self._value(node, DEF.evidencedBy)
        separator = self._value(node, DEF.separator)
        return Column(
            name=name,
            label=self._label(node, path, f"column {name!r}"),
            description=self._description(node, path),
            range=self._range(node, path),
            always=self._integer(node, SH.minCount) > 0,
            lacking=str(self._value(node, SH.minCount)) == "0",
            separator=str(separator) if separator else None,
            hidden=self._true(node, DEF.hidden),
            evidence=self._evidence(name, evidence),
        )

    def _evidence(self, name: str, stated: object | None) -> str | None:
        """The column that proves a column: the one stated, else ``evidence`` where there is one."""
        if stated is not None:
            proof = str(stated).removeprefix(COLUMN)
            if proof not in self._variables:
                raise self._error(f"column {name!r} is evidenced by ?{proof}, not projected")
            return proof
        prefix, companion = companion_of(name, self._variables)
        if companion:
            found = in_group(prefix, "evidence")
            return found if found != name and found in self._variables else None
        return "evidence" if "evidence" in self._variables else None

    def _named(self, node: object, namespace: Namespace, what: str) -> tuple[str, URIRef]:
        path = self._value(node, SH.path)
        if not isinstance(path, URIRef) or not path.startswith(namespace):
            raise self._error(f"a {what} needs a sh:path in {namespace}")
        return path.removeprefix(namespace), path

    def _label(self, node: object | None, path: URIRef, what: str) -> Bilingual:
        own = self._bilingual(self._graph, node, SH.name)
        found = own or self._bilingual(self._shared, path, RDFS.label)
        if found is None:
            raise self._error(f"{what} has no name in nl and en (sh:name)")
        return found

    def _description(self, node: object | None, path: URIRef) -> Bilingual | None:
        own = self._bilingual(self._graph, node, SH.description)
        return own or self._bilingual(self._shared, path, RDFS.comment)

    def _range(self, node: object | None, path: URIRef) -> NamedNode | None:
        found = (
            self._value(node, SH["class"])
            or self._value(node, SH.datatype)
            or self._value(node, SH.nodeKind)
            or self._shared.value(path, RDFS.range)
        )
        return NamedNode(str(found)) if isinstance(found, URIRef) else None

    def _allowed(self, node: object) -> tuple[str, ...]:
        head = self._value(node, SH["in"])
        return tuple(str(one) for one in Collection(self._graph, head)) if head else ()

    def _other(self, node: object, predicate: URIRef) -> str | None:
        other = self._value(node, predicate)
        return str(other).removeprefix(PARAMETER) if other else None

    def _text(self, node: _Node, predicate: URIRef, what: str) -> Bilingual:
        found = self._bilingual(self._graph, node, predicate)
        if found is None:
            raise self._error(f"{what} in nl and in en is missing")
        return found

    def _bilingual(self, graph: Graph, node: object | None, predicate: URIRef) -> Bilingual | None:
        if not isinstance(node, URIRef | BNode):
            return None
        versions = {
            text.language: " ".join(str(text).split())
            for text in graph.objects(node, predicate)
            if isinstance(text, Literal) and text.language
        }
        if not set(LANGUAGES) <= versions.keys():
            return None
        return Bilingual(nl=versions["nl"], en=versions["en"])

    def _string(self, node: _Node, predicate: URIRef) -> str:
        found = self._value(node, predicate)
        if not isinstance(found, Literal) or not str(found):
            raise self._error(f"{predicate} is missing")
        return str(found)

    def _integer(self, node: object | None, predicate: URIRef) -> int:
        found = self._value(node, predicate)
        try:
            return int(str(found)) if found is not None else 0
        except ValueError as error:
            raise self._error(f"{predicate}: a whole number was expected") from error

    def _true(self, node: object | None, predicate: URIRef) -> bool:
        return str(self._value(node, predicate)).lower() == "true"

    def _objects(self, predicate: URIRef) -> Iterator[object]:
        yield from self._graph.objects(self._question, predicate)

    def _value(self, node: object | None, predicate: URIRef) -> URIRef | BNode | Literal | None:
        if not isinstance(node, URIRef | BNode):
            return None
        found = self._graph.value(node, predicate)
        return found if isinstance(found, URIRef | BNode | Literal) else None

    def _error(self, message: str) -> QueryFileError:
        return QueryFileError(self._path, 1, 1, message)


COMPANIONS = (
    "evidence",
    "quote",
    "document",
    "documentTitle",
    "page",
    "start",
    "end",
    "statement",
)
"""The columns that together are a passage; a second one in a row has a prefix (``laterQuote``)."""


def in_group(prefix: str, companion: str) -> str:
    """The variable of a companion in the group with a prefix: ``later``, ``quote``: laterQuote."""
    return prefix + companion[0].upper() + companion[1:] if prefix else companion


def companion_of(name: str, variables: tuple[str, ...]) -> tuple[str, str]:
    """The prefix and the companion that a variable is in a group of evidence; ``("", "")`` if none.

    A group is there when its ``evidence`` is projected.
    """
    for companion in COMPANIONS:
        capital = companion[0].upper() + companion[1:]
        if name == companion:
            prefix = ""
        elif name.endswith(capital) and len(name) > len(capital):
            prefix = name.removesuffix(capital)
        else:
            continue
        if in_group(prefix, "evidence") in variables:
            return prefix, companion
    return "", ""


LABEL = "Label"


def label_of(name: str, variables: tuple[str, ...]) -> str | None:
    """The variable whose label another one holds (``actor`` for ``actorLabel``), if it is there."""
    thing = name.removesuffix(LABEL)
    return thing if thing != name and thing in variables else None
