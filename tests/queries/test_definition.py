"""The contract of a question in RDF: complete, true of every row, and checked as a file."""

from __future__ import annotations

import json
import shutil
from itertools import islice
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from ingest.build import Built
from ontology import shapes, vocabulary
from ontology.names import RDF as RDF_NAMES
from ontology.names import VOCABULARY, Minter
from ontology.shapes import to_rdflib
from queries.catalogue import Catalogue, SavedQuery
from queries.contract import COLUMN, DEF, PARAMETER, SCHEMA
from queries.contract_check import validate
from queries.definition import definition, turtle
from queries.linked import linked
from queries.rows import Answer
from tests.conftest import ROOT

QUERIES = ROOT / "queries"
CONTRACTS = sorted(QUERIES.glob("*/*.ttl"))
THEMES = "themes-spanning-two-policy-areas"
QUESTION = URIRef(f"https://w3id.org/samenhang/id/question/{THEMES}")
ID = Namespace("https://w3id.org/samenhang/id/")
ROWS = 12  # of each answer, the first ones
TYPE = NamedNode(RDF_NAMES + "type")
SUBCLASS = NamedNode(str(RDFS.subClassOf))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(QUERIES)


@pytest.fixture(scope="module")
def themes(catalogue: Catalogue) -> Graph:
    return definition(catalogue[THEMES], "https://kennis.example.nl/sparql")


@pytest.fixture(scope="module")
def store(built: Built) -> Store:
    store = Store()
    store.bulk_extend(built.quads)
    return store


def one(graph: Graph, subject: URIRef, name: str, predicate: URIRef = SH.path) -> URIRef:
    """The part of a question (a parameter, a column) with a path."""
    (found,) = (node for node in graph.subjects(predicate, URIRef(name)) if subject in str(node))
    assert isinstance(found, URIRef)
    return found


class TestDefinition:
    def test_it_says_what_the_question_asks(self, themes: Graph, catalogue: Catalogue) -> None:
        query = catalogue[THEMES]
        kinds = {DEF.Question, SH.SPARQLExecutable, SH.SPARQLSelectExecutable}
        assert set(themes.objects(QUESTION, RDF.type)) == kinds
        assert set(themes.objects(QUESTION, RDFS.label)) == {
            Literal(query.title.nl, "nl"),
            Literal(query.title.en, "en"),
        }
        assert Literal("handel", "nl") in themes.objects(QUESTION, SCHEMA.keywords)
        assert themes.value(QUESTION, SCHEMA.version) == Literal(query.version)
        target = URIRef("https://kennis.example.nl/sparql")
        assert themes.value(QUESTION, SCHEMA.target) == target
        assert (QUESTION, SCHEMA.target, None) not in definition(query)
        subject = URIRef("http://purl.org/dc/terms/subject")
        family = ID["question-family/coherence"]
        assert themes.value(QUESTION, subject) == family
        assert (family, SKOS.prefLabel, Literal("Samenhang", "nl")) in themes

    def test_its_text_runs_with_its_declared_prefixes(
        self, themes: Graph, catalogue: Catalogue
    ) -> None:
        assert str(themes.value(QUESTION, SH.select)) == catalogue[THEMES].text
        declared = {
            str(themes.value(node, SH.prefix)): str(themes.value(node, SH.namespace))
            for node in themes.objects(themes.value(QUESTION, SH.prefixes), SH.declare)
        }
        assert declared["area"] == "https://w3id.org/samenhang/id/policy-area/"
        lines = [line for line in catalogue[THEMES].text.splitlines() if "PREFIX" not in line]
        Store().query("\n".join(lines), prefixes=declared)

    def test_a_parameter_says_what_may_be_given(self, themes: Graph) -> None:
        node = one(themes, QUESTION, PARAMETER.one)
        assert (QUESTION, SH.parameter, node) in themes
        assert themes.value(node, SH["class"]) == DEF.PolicyArea
        assert themes.value(node, SH.defaultValue) == ID["policy-area/trade"]
        assert themes.value(node, SH.optional) == Literal(True)
        assert themes.value(node, SH.order) == Literal(1)
        assert (node, SH.name, Literal("Eerste beleidsterrein", "nl")) in themes
        choices = themes.value(node, DEF.choicesQuery)
        assert "?value ?label" in str(themes.value(choices, SH.select))

    def test_what_is_shared_is_written_out(self, themes: Graph) -> None:
        language = one(themes, QUESTION, PARAMETER.language)
        assert (language, SH.name, Literal("Taal van de namen", "nl")) in themes
        quote = one(themes, QUESTION, COLUMN.quote)
        assert (quote, SH.name, Literal("Citaat", "nl")) in themes
        assert themes.value(quote, DEF.evidencedBy) == COLUMN.evidence

    def test_every_variable_has_a_property_shape_in_order(
        self, themes: Graph, catalogue: Catalogue
    ) -> None:
        shape = themes.value(QUESTION, DEF.resultShape)
        nodes = sorted(
            themes.objects(shape, SH.property),
            key=lambda node: int(str(themes.value(node, SH.order))),
        )
        paths = [str(themes.value(node, SH.path)).rpartition("/")[2] for node in nodes]
        assert tuple(paths) == catalogue[THEMES].variables
        label = one(themes, QUESTION, COLUMN.themeLabel)
        assert (label, SH.name, Literal("Thema (naam)", "nl")) in themes
        assert themes.value(label, DEF.labelOf) == COLUMN.theme

    def test_only_a_few_values_and_a_pair_of_parameters(self, tmp_path: Path) -> None:
        old = 'sh:name "Eerste beleidsterrein"'
        extra = f"sh:disjoint parameter:other ; def:required true ; {old}"
        listed = "sh:path parameter:language ; sh:order 3"
        folder = spoilt(tmp_path, (old, extra), (listed, f'{listed} ; sh:in ( "nl" "en" )'))
        graph = definition(Catalogue.load(folder)["one"])
        first, language = (
            one(graph, URIRef(ID["question/one"]), path)
            for path in (PARAMETER.one, PARAMETER.language)
        )
        assert graph.value(first, SH.disjoint) == PARAMETER.other
        assert graph.value(first, SH.optional) == Literal(False)
        assert graph.value(first, SH.defaultValue) is None
        assert graph.value(first, SKOS.example) == ID["policy-area/trade"]
        head = graph.value(language, SH["in"])
        assert head is not None
        allowed = Collection(graph, head)
        language_type = URIRef("http://www.w3.org/2001/XMLSchema#language")
        assert [str(term) for term in allowed] == ["nl", "en"]
        assert graph.value(language, SH.defaultValue) == Literal("nl", datatype=language_type)

    def test_turtle_is_the_same_graph(self, themes: Graph, catalogue: Catalogue) -> None:
        text = turtle(catalogue[THEMES], "https://kennis.example.nl/sparql")
        assert isomorphic(Graph().parse(data=text, format="turtle"), themes)
        assert isomorphic(to_rdflib(parse(text, format=RdfFormat.TURTLE)), themes)


@pytest.mark.parametrize("name", [path.stem for path in CONTRACTS])
class TestResultShape:
    def test_it_is_true_of_the_answer(self, store: Store, catalogue: Catalogue, name: str) -> None:
        query = catalogue[name]
        assert breaches(query, rows(store, query)) == set()

    def test_it_finds_a_spoilt_cell(self, store: Store, catalogue: Catalogue, name: str) -> None:
        query = catalogue[name]
        data = rows(store, query)
        before = breaches(query, data)
        row = URIRef("https://e.nl/answer#row-1")
        name = next(
            column.name
            for column in query.columns.values()
            if column.range is not None and (row, COLUMN[column.name], None) in data
        )
        data.remove((row, COLUMN[name], None))
        data.add((row, COLUMN[name], Literal("spoilt", "fr")))
        data.add((row, COLUMN[name], Literal("twice", "fr")))
        assert {path for path, _ in breaches(query, data) - before} == {str(COLUMN[name])}


def rows(store: Store, query: SavedQuery) -> Graph:
    """The first rows of an answer as linked data, with the classes of all things in them."""
    found = store.query(query.bind(), use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    answer = Answer.of(found)
    assert answer.rows, "the default gives no rows"
    some = Answer(answer.variables, tuple(islice(answer.rows, ROWS)))
    made = linked(query, query.terms({}), some, "1", "https://e.nl/answer", "https://e.nl/data")
    graph = Graph().parse(data=json.dumps(made), format="json-ld")
    for thing in {term for term in graph.all_nodes() if isinstance(term, URIRef)}:
        for quad in store.quads_for_pattern(NamedNode(str(thing)), TYPE, None, None):
            graph.add((thing, RDF.type, URIRef(str(quad.object)[1:-1])))
    # A country is a place: what SHACL calls an instance of a class is one of its subclasses too.
    graph += to_rdflib(store.quads_for_pattern(None, SUBCLASS, None, None))
    return graph


def breaches(query: SavedQuery, data: Graph) -> set[tuple[str, str]]:
    """What in the rows is not as the result shape says, by column."""
    made = definition(query)
    shape = made.value(URIRef(query.iri), DEF.resultShape)
    assert shape is not None
    made.add((shape, SH.targetClass, DEF.Row))
    return {(one.path, one.message) for one in shapes.violations(data, made)}


def test_a_passage_in_an_answer_says_no_more_than_the_data_set(
    store: Store, catalogue: Catalogue
) -> None:
    data = rows(store, catalogue[THEMES])
    passages = set(data.subjects(RDF.type, DEF.Evidence))
    assert passages
    for subject, predicate, value in data:
        if subject in passages:
            held = store.quads_for_pattern(
                NamedNode(str(subject)), NamedNode(str(predicate)), None, None
            )
            assert value in set(to_rdflib(held).objects())


def spoilt(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """A folder with one question, its contract changed."""
    for name in ("shared.ttl", "families.ttl"):
        shutil.copy(QUERIES / name, tmp_path)
    shutil.copytree(QUERIES / "choices", tmp_path / "choices")
    (tmp_path / "coherence").mkdir()
    shutil.copy(QUERIES / "coherence" / f"{THEMES}.rq", tmp_path / "coherence" / "one.rq")
    text = (QUERIES / "coherence" / f"{THEMES}.ttl").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "coherence" / "one.ttl").write_text(text, "utf-8")
    return tmp_path


class TestContractFiles:
    @pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
    def test_every_contract_of_ours_is_as_it_should_be(self, path: Path) -> None:
        assert validate(path) == []

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("rdfs:comment", "rdfs:coment", "question: a contract has no such property: coment"),
            ("rdfs:comment", "rdfs:coment",
             "question: the description (rdfs:comment) is said once in nl and once in en"),
            ('aid?"@en', 'aid"@en',
             "question: the title (rdfs:label) is one short question in nl and one in en"),
            (' , "Shown by"@en', "",
             "column basis: a column has a name (sh:name) in nl and en, its own or a shared one"),
            ("sh:description", "sh:descripton",
             "column theme: a column has no such property: descripton"),
            ("def:choices", "def:choice",
             "parameter one: a parameter has no such property: choice"),
            ("sh:class def:PolicyArea ;", "",
             "parameter one: a parameter has one type, sh:class or sh:datatype, its own or a "
             "shared one"),
            ("[ sh:path parameter:language ; sh:order 3 ]",
             "[ sh:path parameter:theme ; sh:order 3 ]",
             "question: one parameter is the language of the names (parameter:language)"),
            ("sh:order 1 ; sh:disjoint", "sh:disjoint",
             "parameter one: one place in the form (sh:order), a whole number"),
            ("def:resultShape", "def:resultShapes",
             "question: one result shape (def:resultShape), a sh:NodeShape"),
            ('"one=policy', '"one policy',
             "question: an example (def:example) of values: name=value&name=value"),
            ("column:basis ;", 'column:basis ; def:separator " " ;',
             "column basis: what a separator separates are IRIs (sh:nodeKind sh:IRI)"),
            ("schema:version \"", "schema:version 1, \"",
             "question: one version (schema:version), a number in quotes"),
        ],
    )  # fmt: skip
    def test_a_slip_is_named(self, tmp_path: Path, old: str, new: str, message: str) -> None:
        folder = spoilt(tmp_path, (old, new))
        assert f"one.ttl: {message}" in validate(folder / "coherence" / "one.ttl")

    def test_all_slips_are_named_at_once(self, tmp_path: Path) -> None:
        folder = spoilt(tmp_path, ('"handel"@nl', '"handel"@de'), ("def:choices", "def:choose"))
        assert validate(folder / "coherence" / "one.ttl") == [
            "one.ttl: parameter one: a parameter has no such property: choose",
            "one.ttl: question: a keyword has the language nl or en",
        ]

    def test_what_is_no_turtle_or_no_question_says_so(self, tmp_path: Path) -> None:
        folder = spoilt(tmp_path, ("a def:Question ,", "a"))
        path = folder / "coherence" / "one.ttl"
        assert validate(path) == ["one.ttl: it must say '<> a def:Question'"]
        path.write_text("<> a def:Question .", "utf-8")
        assert validate(path)[0].startswith("one.ttl:1:1: Turtle: ")


class TestTerms:
    def test_every_term_of_a_contract_and_an_answer_is_explained(
        self, store: Store, catalogue: Catalogue
    ) -> None:
        explained = Graph()
        for name in ("model.ttl", "questions.ttl"):
            explained.parse(ROOT / "ontology" / name)
        used = set(rows(store, catalogue[THEMES]).predicates())
        for path in CONTRACTS:
            graph = Graph().parse(path, publicID=QUESTION)
            used |= set(graph.predicates()) | set(graph.objects(None, RDF.type))
        for query in catalogue.values():
            used |= set(definition(query).predicates())
        used.add(DEF.Row)
        used.add(DEF.Answer)
        ours = {term for term in used if str(term).startswith(VOCABULARY)}
        ours = {term for term in ours if "/" not in str(term).removeprefix(VOCABULARY)}
        assert DEF.evidencedBy in ours
        assert ours <= set(explained.subjects(RDFS.label, None))

    def test_they_are_explained_in_both_languages(self) -> None:
        graph = Graph().parse(ROOT / "ontology" / "questions.ttl")
        terms = set(graph.subjects(RDF.type, None))
        assert len(terms) > 10
        for term in terms:
            kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
            assert set(graph.objects(term, RDF.type)) <= kinds
            for predicate in (RDFS.label, SKOS.definition):
                texts = graph.objects(term, predicate)
                languages = {text.language for text in texts if isinstance(text, Literal)}
                assert languages == {"nl", "en"}, (term, predicate)
            assert (term, SKOS.example, None) in graph

    def test_they_change_nothing_in_the_schemes(self, tmp_path: Path) -> None:
        for path in (ROOT / "ontology").glob("*.ttl"):
            if path.name != "questions.ttl":
                shutil.copy(path, tmp_path)
        without, within = vocabulary.load(Minter(), tmp_path), vocabulary.load(Minter())
        assert list(without) == list(within)
        more: set[Quad] = set(within.quads) - set(without.quads)
        assert all(str(quad.subject).startswith(f"<{VOCABULARY}") for quad in more)
