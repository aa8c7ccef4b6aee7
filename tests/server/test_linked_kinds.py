"""Every kind of thing answers, in every format, with the same triples about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, RdfFormat, parse
from rdflib.compare import isomorphic

from ontology.names import DEFAULT_BASE, HYDRA, VOCABULARY
from queries.catalogue import Catalogue
from server.linked.subjects import path_of
from tests.conftest import ROOT
from tests.fixtures.sample_service import make_app, serving

TURTLE = {"Accept": "text/turtle"}
GRAPHS = {
    "turtle": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
DATASETS = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}
# What is not among the subjects of the store: one of each kind.
BESIDE = [
    DEFAULT_BASE + "id/question/themes-spanning-two-policy-areas",
    DEFAULT_BASE + "id/question-family/money",
    DEFAULT_BASE + "id/scheme/question-families",
    DEFAULT_BASE + "id/profile/full",
    DEFAULT_BASE + "id/graph/threads",
    DEFAULT_BASE + "id/graph/catalogue",
    VOCABULARY,
    VOCABULARY + "shape/",
    VOCABULARY + "shape/Concept",
    VOCABULARY + "column/evidence",
    VOCABULARY + "column/themeLabel",
    VOCABULARY + "parameter/",
    VOCABULARY + "parameter/actor",
]
# Known to be there whatever else is: a kind that is gone must not go unnoticed.
EXPECTED = {
    "id/actor",
    "id/theme",
    "id/instrument",
    "id/policy-area",
    "id/region",
    "id/country-list",
    "id/document",
    "id/text",
    "id/section",
    "id/block",
    "id/box",
    "id/table",
    "id/evidence",
    "id/statement",
    "id/recommendation",
    "id/response",
    "id/thread",
    "id/claim",
    "id/rule",
    "id/graph",
    "id/dataset",
    "id/activity",
    "id/software",
    "id/scheme",
    "id/kind",
    "id/unit",
    "id/role",
    "id/stance",
    "id/qualifier",
    "id/statement-cue",
    "id/budget-line",
    "id/amount-kind",
    "id/basis",
    "id/check-kind",
    "id/citation-kind",
    "id/coherence",
    "id/document-kind",
    "id/thread-kind",
    "def",
    "def/chain",
}


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[httpx.Client]:
    app = make_app(next((data / "stores").glob("[!.]*")), ROOT / "queries")
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def things(client: httpx.Client, data: Path) -> dict[str, str]:
    """The IRI of a thing of each kind, the kind being how its IRI begins, and of each class."""
    with (data / "current" / "dataset.nq").open(encoding="utf-8") as lines:
        listed = {line.partition(" ")[0].strip("<>") for line in lines}
    query = "SELECT ?class (MIN(?thing) AS ?first) { ?thing a ?class } GROUP BY ?class"
    classes = client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    found: dict[str, str] = {
        name: iri
        for name, iri in (line.split(",") for line in classes.text.split()[1:])
        if path_of(iri, DEFAULT_BASE)
    }
    for iri in sorted(listed):
        if iri.startswith(DEFAULT_BASE):
            kind = iri.removeprefix(DEFAULT_BASE).rpartition("/")[0]
            found.setdefault("/".join(kind.split("/")[:2]), iri)
        elif "/authority/country/" in iri:
            found.setdefault("country", iri)
    return found | {iri: iri for iri in BESIDE}


def quads(content: bytes, form: RdfFormat) -> Dataset:
    dataset = Dataset(parse(content, form))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def described(client: httpx.Client, path: str, name: str) -> bytes:
    response = client.get(path, params={"format": name})
    assert response.status_code == 200, (path, name, response.text)
    return response.content


def test_all_kinds_are_there(things: dict[str, str]) -> None:
    assert EXPECTED | {"country"} <= things.keys()


def test_a_thing_leads_to_its_description(client: httpx.Client, things: dict[str, str]) -> None:
    for iri in {*things.values()}:
        path = path_of(iri, DEFAULT_BASE)
        assert path is not None, iri
        if path.startswith("/id/"):
            response = client.get(path, headers=TURTLE)
            assert response.status_code == 303, iri
            path = f"/doc/{path.removeprefix('/id/')}"
            assert response.headers["location"] == path
            assert response.headers["link"] == f'<{path}>; rel="describedby"'
        described_here = client.get(path, headers=TURTLE)
        assert described_here.status_code == 200, iri
        subjects = {quad.subject for quad in parse(described_here.content, RdfFormat.TURTLE)}
        assert NamedNode(iri) in subjects, iri
        page = client.get(path, headers={"Accept": "text/html"})
        assert page.status_code == 200, iri
        assert iri.replace("&", "&amp;") in page.text


def test_every_format_says_the_same(client: httpx.Client, things: dict[str, str]) -> None:
    for iri in {*things.values()}:
        path = (path_of(iri, DEFAULT_BASE) or "").replace("/id/", "/doc/", 1)
        said = {name: quads(described(client, path, name), form) for name, form in GRAPHS.items()}
        assert all(one == said["nt"] for one in said.values()), iri
        held = {name: quads(described(client, path, name), form) for name, form in DATASETS.items()}
        assert held["trig"] == held["nq"], iri
        assert {quad.triple for quad in held["trig"]} == {quad.triple for quad in said["nt"]}, iri


@pytest.mark.parametrize(
    "path",
    ["/doc/actor/unhcr", "/doc/question/themes-spanning-two-policy-areas", "/def/budgetLine"],
)
def test_another_library_reads_the_same(client: httpx.Client, path: str) -> None:
    read = {
        name: rdflib.Graph().parse(data=described(client, path, name), format=form)
        for name, form in (("turtle", "turtle"), ("nt", "nt"), ("rdfxml", "xml"),
                           ("jsonld", "json-ld"))
    }  # fmt: skip
    assert all(isomorphic(one, read["nt"]) for one in read.values())


def test_graphs_are_those_of_the_data(client: httpx.Client) -> None:
    path = "/doc/recommendation/2023-kabinetsreactie-iob-humanitaire-hulp/1-i"
    iri = NamedNode(DEFAULT_BASE + path.removeprefix("/doc/").join(("id/", "")))
    found = {
        quad.graph_name
        for quad in parse(described(client, path, "trig"), RdfFormat.TRIG)
        if quad.subject == iri and not quad.predicate.value.startswith("http://xmlns.com/foaf/")
    }
    graph = DEFAULT_BASE + "id/graph/2023-kabinetsreactie-iob-humanitaire-hulp"
    assert found == {NamedNode(graph)}


class TestPages:
    HUB = "/doc/country/NLD"

    def test_all_that_refers_to_a_hub_comes_page_by_page(self, client: httpx.Client) -> None:
        address, members, totals, pages = self.HUB, list[str](), set[str](), 0
        while address:
            response = client.get(address, headers=TURTLE)
            pages += 1
            found = [*parse(response.content, RdfFormat.TURTLE)]
            on_page = {
                quad.object.value
                for quad in found
                if quad.predicate.value == HYDRA + "member" and isinstance(quad.object, NamedNode)
            }
            assert 0 < len(on_page) <= 100
            members += sorted(on_page)
            totals |= {
                quad.object.value
                for quad in found
                if quad.predicate.value == HYDRA + "totalItems" and isinstance(quad.object, Literal)
            }
            following = re.search(r'<(\?[^>]*)>; rel="next"', response.headers["link"])
            told = {quad.object for quad in found if quad.predicate.value == HYDRA + "next"}
            assert bool(following) == bool(told)
            address = self.HUB + following[1] if following else ""
        assert len(members) == len(set(members))
        assert totals == {str(len(members))}
        assert pages > 3

    def test_a_statement_on_a_page_has_its_quote_and_place(self, client: httpx.Client) -> None:
        found = Dataset(parse(client.get(self.HUB, headers=TURTLE).content, RdfFormat.TURTLE))
        statement = next(
            quad.object
            for quad in found
            if quad.predicate.value == HYDRA + "member" and "/statement/" in str(quad.object)
        )
        assert isinstance(statement, NamedNode)
        evidence = next(
            quad.object
            for quad in found.quads_for_subject(statement)
            if quad.predicate.value == VOCABULARY + "evidence"
        )
        assert isinstance(evidence, NamedNode)
        told = {quad.predicate.value for quad in found.quads_for_subject(evidence)}
        assert {VOCABULARY + name for name in ("quote", "start", "end", "inDocument")} <= told

    @pytest.mark.parametrize(
        ("number", "status"), [("1", 200), ("999", 404), ("0", 400), ("-1", 400), ("x", 400),
                               ("", 400), ("²", 400)]
    )  # fmt: skip
    def test_numbers(self, client: httpx.Client, number: str, status: int) -> None:
        response = client.get(self.HUB, params={"page": number}, headers=TURTLE)
        assert response.status_code == status
        if status != 200:
            assert response.headers["content-type"] == "application/problem+json"

    def test_other_parameters_are_kept(self, client: httpx.Client) -> None:
        links = client.get(self.HUB, params={"format": "nt"}).headers["link"]
        assert '<?format=nt&page=2>; rel="next"' in links
        assert 'rel="prev"' not in links
        links = client.get(self.HUB, params={"format": "nt", "page": "2"}).headers["link"]
        assert '<?format=nt&page=1>; rel="prev"' in links


class TestJson:
    def test_is_a_tree_with_readable_names(self, client: httpx.Client) -> None:
        made = client.get("/doc/theme/localisation", params={"format": "jsonld"}).json()
        assert made["id"] == DEFAULT_BASE + "id/theme/localisation"
        assert made["type"] == ["Theme", "Concept"] or made["type"] == ["Concept", "Theme"]
        assert made["prefLabel"]["nl"] == "lokalisering"
        assert made["inScheme"]["title"]["en"] == "Themes"
        page = made["isPrimaryTopicOf"]
        assert page["totalItems"] > 50
        first = page["hydra:member"][0] if "hydra:member" in page else page["member"][0]
        place = first["evidence"][0] if isinstance(first["evidence"], list) else first["evidence"]
        assert isinstance(place["start"], int)
        assert place["quote"]
        published = client.get("/def/context.jsonld").json()["@context"]
        assert made["@context"].items() <= published.items()

    def test_the_context_is_published(self, client: httpx.Client) -> None:
        response = client.get("/def/context.jsonld")
        assert response.headers["content-type"] == "application/ld+json"
        assert response.headers["access-control-allow-origin"] == "*"
        context = response.json()["@context"]
        assert context["recommendedBy"] == {"@id": "def:recommendedBy", "@type": "@id"}
        assert context["prefLabel"] == {"@id": "skos:prefLabel", "@container": "@language"}
        tag = response.headers["etag"]
        again = client.get("/def/context.jsonld", headers={"If-None-Match": tag})
        assert again.status_code == 304


class TestSavedQuestions:
    def test_a_question_has_its_contract(self, client: httpx.Client) -> None:
        query = next(iter(Catalogue.load(ROOT / "queries").values()))
        found = [
            *parse(described(client, f"/doc/question/{query.name}", "nt"), RdfFormat.N_TRIPLES)
        ]
        texts = {quad.object.value for quad in found if quad.predicate.value.endswith("#select")
                 and isinstance(quad.object, Literal)}  # fmt: skip
        assert query.text in texts

    def test_a_column_says_which_questions_have_it(self, client: httpx.Client) -> None:
        found = described(client, "/def/column/evidence", "nt").decode()
        assert found.count("/terms/isReferencedBy>") > 10


class TestWhatIsNoMore:
    def test_what_was_replaced_leads_on(self, client: httpx.Client) -> None:
        response = client.get("/def/line?format=nt")
        assert response.status_code == 301
        assert response.headers["location"] == "/def/budgetLine?format=nt"
        assert response.json()["replacement"] == VOCABULARY + "budgetLine"

    def test_what_was_withdrawn_says_why(self, client: httpx.Client) -> None:
        response = client.get("/def/shape/Day", headers={"Accept-Language": "en"})
        assert response.status_code == 410
        assert "a shape of their own" in response.json()["detail"]
        assert response.headers["access-control-allow-origin"] == "*"


def test_a_receipt_answers_under_the_base_too(client: httpx.Client) -> None:
    made = client.post("/queries/numbers-that-do-not-add-up/receipts").json()
    path = f"/id/receipt/{made['id']}"
    assert client.get(path).status_code == 303
    found = described(client, path.replace("/id/", "/doc/"), "nt").decode()
    assert (
        f"<{DEFAULT_BASE}id/receipt/{made['id']}> <http://www.w3.org/2002/07/owl#sameAs>" in found
    )
    assert made["digest"] in found
    assert client.get("/id/receipt/" + "0" * 20).status_code == 404
