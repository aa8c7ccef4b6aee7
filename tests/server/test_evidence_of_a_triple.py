"""What a triple rests on: statements with their passages, axioms, or no document at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from ingest.graph.plain import ANY_ROLE, PLAIN, ROLES
from ontology.names import DEFAULT_BASE, VOCABULARY, XSD
from queries.catalogue import Catalogue
from queries.tokens import values_blocks
from server.app import create_app
from server.saved.triples import resource, wanted, written
from server.settings import Settings
from server.store.load import load
from server.store.pool import Limits, PooledStore
from tests.fixtures.sample_service import serving
from tests.server.test_receipts import BROWSER, make_questions

ROOT = Path(__file__).parents[2]
VERSION = "0123456789abcdef"
QUOTE = "Nederland steunt UNHCR met <10 miljoen> euro."

# What a build of one letter would have; the ontology is the real one.
DATA = f"""
PREFIX def: <{VOCABULARY}>
PREFIX id: <{DEFAULT_BASE}id/>
PREFIX actor: <{DEFAULT_BASE}id/actor/>
PREFIX area: <{DEFAULT_BASE}id/policy-area/>
PREFIX role: <{DEFAULT_BASE}id/role/>
PREFIX graph: <{DEFAULT_BASE}id/graph/>
PREFIX document: <{DEFAULT_BASE}id/document/>
PREFIX said: <{DEFAULT_BASE}id/statement/>
PREFIX evidence: <{DEFAULT_BASE}id/evidence/letter/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

GRAPH graph:schemes {{
  actor:state a def:Actor ; skos:prefLabel "Nederland"@nl , "the Netherlands"@en .
  actor:unhcr a def:Actor ; skos:prefLabel "UNHCR"@nl , "UNHCR"@en .
  actor:iob a def:Actor ; skos:prefLabel "IOB"@nl , "IOB"@en ; org:unitOf actor:ministry .
  actor:post a def:Actor ; skos:prefLabel "post"@nl , "post"@en ; org:unitOf actor:section .
  actor:section a def:Actor ; skos:prefLabel "afdeling"@nl , "section"@en ;
    org:unitOf actor:ministry .
  actor:ministry a def:Actor ; skos:prefLabel "ministerie"@nl , "ministry"@en .
  area:aid a def:PolicyArea ; skos:prefLabel "hulp"@nl , "aid"@en .
  role:coordinator skos:prefLabel "coördinator"@nl , "coordinator"@en .
}}
GRAPH graph:letter {{
  document:letter a def:Document ; dcterms:title "De brief"@nl , "The letter"@en ;
    dcterms:issued "2023"^^xsd:gYear ; def:mentions actor:unhcr .
  actor:state def:funds actor:unhcr .
  said:funding a def:Statement , def:Funding ; def:inDocument document:letter ;
    def:actor actor:state ; def:recipient actor:unhcr ; def:speaker actor:state ;
    def:modality "did" ; def:evidence evidence:10-55 .
  said:planned a def:Statement , def:Funding ; def:inDocument document:letter ;
    def:actor actor:state ; def:recipient actor:unhcr ; def:speaker actor:state ;
    def:modality "intends" ; def:evidence evidence:90-99 .
  said:reverse a def:Statement , def:Funding ; def:inDocument document:letter ;
    def:actor actor:unhcr ; def:recipient actor:state ; def:speaker actor:state ;
    def:evidence evidence:90-99 .
  said:mention a def:Statement , def:Mention ; def:inDocument document:letter ;
    def:mentions actor:unhcr ; def:evidence evidence:27-32 ; def:sentence evidence:10-55 .
  actor:post def:involvedIn area:aid ; def:hasRoleIn area:aid .
  said:role a def:Statement , def:RoleStatement ; def:inDocument document:letter ;
    def:actor actor:post ; def:role role:coordinator ; def:policyArea area:aid ;
    def:speaker actor:iob ; def:evidence evidence:60-80 .
  evidence:10-55 a def:Evidence ; def:inDocument document:letter ; def:start 10 ; def:end 55 ;
    def:page 2 ; def:quote "{QUOTE}" ; oa:hasSelector <{DEFAULT_BASE}id/selector> .
  <{DEFAULT_BASE}id/selector> a oa:TextQuoteSelector ; oa:exact "{QUOTE}" .
  evidence:27-32 a def:Evidence ; def:inDocument document:letter ; def:start 27 ; def:end 32 ;
    def:quote "UNHCR" .
  evidence:60-80 a def:Evidence ; def:inDocument document:letter ; def:start 60 ; def:end 80 ;
    def:quote "De post coördineert." .
  evidence:90-99 a def:Evidence ; def:inDocument document:letter ; def:start 90 ; def:end 99 ;
    def:quote "Volgend jaar." .
  <{DEFAULT_BASE}id/block/letter/1> a def:Block , def:Paragraph ; def:inDocument document:letter ;
    def:order 1 ; def:evidence evidence:10-55 .
}}
GRAPH graph:inferred {{
  actor:unhcr def:fundedBy actor:state .
  actor:post org:transitiveSubOrganizationOf actor:section , actor:ministry .
  actor:section org:transitiveSubOrganizationOf actor:ministry .
  actor:ministry def:encompasses actor:post , actor:section ; def:involvedIn area:aid .
  actor:section def:encompasses actor:post ; def:involvedIn area:aid .
}}
GRAPH graph:catalogue {{ <{DEFAULT_BASE}id/dataset/samenhang> dcterms:title "Samenhang"@nl . }}
GRAPH <http://example.org/mine> {{ actor:unhcr dcterms:description "eigen notitie" . }}
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("evidence")
    data = Store()
    data.load(DATA.encode(), format=RdfFormat.TRIG)
    ontology = NamedNode(f"{DEFAULT_BASE}id/graph/ontology")
    model = (ROOT / "ontology" / "model.ttl").read_bytes()
    data.load(model, format=RdfFormat.TURTLE, to_graph=ontology, base_iri=DEFAULT_BASE)
    data.dump(str(folder / "data.nq"), format=RdfFormat.N_QUADS)
    load(folder / "data.nq", folder / "store", VERSION)
    pooled = PooledStore(folder / "store", Limits(readers=1, slow_readers=1))
    catalogue = Catalogue.load(make_questions(folder / "queries"))
    app = create_app(Settings(data=folder), pooled, catalogue, "0")
    with serving(app) as address, httpx.Client(base_url=address, timeout=20) as client:
        yield client


def get(client: httpx.Client, s: str, p: str, o: str, accept: str = "*/*") -> httpx.Response:
    return client.get("/evidence", params={"s": s, "p": p, "o": o}, headers={"Accept": accept})


def found(client: httpx.Client, s: str, p: str, o: str) -> Any:
    response = get(client, s, p, o)
    assert response.status_code == 200, response.text
    return response.json()


def ids(statements: list[dict[str, Any]]) -> list[str]:
    return [one["id"].rpartition("/")[2] for one in statements]


class TestSaid:
    def test_the_statement_and_the_sentence_behind_a_triple(self, client: httpx.Client) -> None:
        made = found(client, "actor/state", "def:funds", "actor/unhcr")
        assert made["standing"] == ["said"]
        assert made["graphs"][0]["document"]["label"] == "De brief"
        assert made["dataset"] == VERSION
        # Not what is intended, and not the other way round.
        assert (made["statementCount"], ids(made["statements"])) == (1, ["funding"])
        (statement,) = made["statements"]
        assert statement["kind"]["id"] == VOCABULARY + "Funding"
        assert statement["speaker"]["label"] == "Nederland"
        assert statement["modality"] == "did"
        (passage,) = statement["passages"]
        assert passage["quote"] == QUOTE
        assert (passage["page"], passage["start"], passage["end"]) == (2, 10, 55)
        assert passage["href"].endswith("/documents/letter?start=10&end=55#passage")
        assert "followsFrom" not in made

    def test_the_ways_to_write_it_are_the_same(self, client: httpx.Client) -> None:
        full = f"{DEFAULT_BASE}id/actor/state"
        first = found(client, "actor/state", "def:funds", "actor/unhcr")
        assert found(client, full, f"<{VOCABULARY}funds>", f"<{DEFAULT_BASE}id/actor/unhcr>") == (
            first
        )

    def test_a_role_is_proven_by_that_role_alone(self, client: httpx.Client) -> None:
        made = found(client, "actor/post", "def:involvedIn", "policy-area/aid")
        assert ids(made["statements"]) == ["role"]
        assert made["statements"][0]["role"]["label"] == "coördinator"

    def test_a_mention_has_its_sentence(self, client: httpx.Client) -> None:
        made = found(client, "document/letter", "def:mentions", "actor/unhcr")
        (passage,) = made["statements"][0]["passages"]
        assert (passage["quote"], passage["sentence"]) == ("UNHCR", QUOTE)


class TestPartsOfStatements:
    @pytest.mark.parametrize(
        ("s", "p", "o", "statements"),
        [
            ("statement/planned", "def:modality", "intends", ["planned"]),
            ("statement/funding", "a", "def:Funding", ["funding"]),
            ("evidence/letter/10-55", "def:page", "2", ["1", "funding", "mention"]),
            ("evidence/letter/60-80", "def:quote", '"De post coördineert."', ["role"]),
            ("id/selector", "oa:exact", QUOTE, ["1", "funding", "mention"]),
            ("block/letter/1", "def:order", f'"1"^^<{XSD}integer>', ["1"]),
        ],
    )  # fmt: skip
    def test_lead_to_the_passage(
        self, client: httpx.Client, s: str, p: str, o: str, statements: list[str]
    ) -> None:
        subject = f"{DEFAULT_BASE}{s}" if s == "id/selector" else s
        made = found(client, subject, p, o)
        assert made["standing"] == ["statement"]
        assert sorted(ids(made["statements"])) == statements
        assert all(one["passages"][0]["quote"] for one in made["statements"])


class TestInferred:
    def test_the_other_side_of_what_is_said(self, client: httpx.Client) -> None:
        made = found(client, "actor/unhcr", "def:fundedBy", "actor/state")
        assert made["standing"] == ["inferred"]
        assert (made["statementCount"], made["followsFromCount"]) == (0, 1)
        (way,) = made["followsFrom"]
        assert way["axiom"] == "inverse"
        (premise,) = way["triples"]
        assert premise["standing"] == ["said"]
        assert ids(premise["statements"]) == ["funding"]

    def test_a_chain_is_followed_to_the_schemes_and_the_sentence(
        self, client: httpx.Client
    ) -> None:
        made = found(client, "actor/ministry", "def:involvedIn", "policy-area/aid")
        assert {way["axiom"] for way in made["followsFrom"]} == {"chain"}
        direct = next(
            way
            for way in made["followsFrom"]
            if way["triples"][1]["triple"]["subject"]["label"] == "post"
        )
        part, role = direct["triples"]
        assert part["standing"] == ["inferred"]
        assert ids(role["statements"]) == ["role"]
        (inverse,) = part["followsFrom"]
        (below,) = inverse["triples"]
        (carried,) = below["followsFrom"]
        assert carried["axiom"] == "transitive"
        # Three steps back it says that it goes no further.
        assert [one["followed"] for one in carried["triples"]] == [False, False]
        (section,) = (
            way
            for way in made["followsFrom"]
            if way["triples"][1]["triple"]["subject"]["label"] == "afdeling"
        )
        assert section["triples"][1]["followsFrom"][0]["axiom"] == "chain"

    def test_it_never_follows_from_itself(self, client: httpx.Client) -> None:
        made = found(client, "actor/section", "def:encompasses", "actor/post")
        (inverse,) = made["followsFrom"]
        assert inverse["triples"][0]["followsFrom"][0]["axiom"] == "narrower"
        (scheme,) = inverse["triples"][0]["followsFrom"][0]["triples"]
        assert scheme["standing"] == ["schemes"]
        assert "geen document zegt het" in scheme["meaning"]


class TestWithoutStatements:
    @pytest.mark.parametrize(
        ("s", "p", "o", "standing"),
        [
            ("actor/iob", "org:unitOf", "actor/ministry", "schemes"),
            ("def:funds", "rdfs:label", '"funds"@en', "ontology"),
            ("dataset/samenhang", "dcterms:title", "Samenhang", "catalogue"),
            ("document/letter", "dcterms:issued", f'"2023"^^<{XSD}gYear>', "document"),
            ("actor/unhcr", "dcterms:description", "eigen notitie", "other"),
        ],
    )  # fmt: skip
    def test_it_says_where_the_triple_is_from(
        self, client: httpx.Client, s: str, p: str, o: str, standing: str
    ) -> None:
        made = found(client, s, p, o)
        assert (made["standing"], made["statements"]) == ([standing], [])

    def test_a_text_may_be_several_literals(self, client: httpx.Client) -> None:
        made = found(client, "actor/unhcr", "skos:prefLabel", "UNHCR")
        objects = [made["triple"]["object"]]
        objects += [one["triple"]["object"] for one in made["otherReadings"]]
        assert objects == [
            {"value": "UNHCR", "language": "en"},
            {"value": "UNHCR", "language": "nl"},
        ]
        one = found(client, "actor/unhcr", "skos:prefLabel", '"UNHCR"@nl')
        assert one["otherReadings"] == []


class TestProblems:
    def test_what_is_known_instead(self, client: httpx.Client) -> None:
        problem = get(client, "actor/state", "def:funds", "actor/iob")
        assert problem.status_code == 404
        assert problem.headers["content-type"] == "application/problem+json"
        assert problem.json()["known"] == ["actor/unhcr"]
        assert "It has this for actor/state def:funds: actor/unhcr." in problem.json()["detail"]
        wrong_language = get(client, "actor/unhcr", "skos:prefLabel", '"UNHCR"@fr').json()
        assert wrong_language["known"] == ['"UNHCR"@en', '"UNHCR"@nl']

    def test_a_property_or_subject_that_is_not_there(self, client: httpx.Client) -> None:
        other = get(client, "actor/unhcr", "def:funds", "actor/iob").json()
        assert "skos:prefLabel" in other["properties"]
        nobody = get(client, "actor/nobody", "def:funds", "actor/iob").json()
        assert "It has nothing of actor/nobody" in nobody["detail"]

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ("", "s"),
            ("s=actor/unhcr&o=x", "p"),
            ("s=actor/unhcr&p=def:funds&o=", "o"),
            ("s=a%20b&p=def:funds&o=x", "s"),
            ("s=%3Chttp://a%20b%3E&p=def:funds&o=x", "s"),
            ("s=actor/unhcr&p=%22funds%22&o=x", "p"),
            ("s=actor/unhcr&p=def:funds&o=%22x", "o"),
            ("s=actor/unhcr&p=def:funds&o=%22x%22%20.%20%3Cu:a%3E%20%3Cu:b%3E%20%22y%22", "o"),
            ("s=actor/unhcr&s=actor/iob&p=def:funds&o=x", "s"),
        ],
    )
    def test_a_part_that_is_missing_or_malformed(
        self, client: httpx.Client, query: str, parameter: str
    ) -> None:
        response = client.get(f"/evidence?{query}")
        assert response.status_code == 400
        assert response.json()["parameter"] == parameter
        assert "For example /evidence?s=actor/dutch-government&p=def:funds" in response.text

    @settings(max_examples=40, deadline=None)
    @given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
    def test_whatever_is_asked_is_answered_with_what_to_do(
        self, client: httpx.Client, s: str, p: str, o: str
    ) -> None:
        response = get(client, s, p, o)
        assert response.status_code in (400, 404)
        assert response.json()["detail"]

    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
    def test_a_literal_that_is_written_is_read_back(self, text: str) -> None:
        for term in (Literal(text), Literal(text, language="nl")):
            assert term in wanted(written(term, DEFAULT_BASE), DEFAULT_BASE)
        assert text.startswith('"') or Literal(text) in wanted(text, DEFAULT_BASE)

    def test_an_iri_that_is_written_is_read_back(self) -> None:
        for iri in (f"{DEFAULT_BASE}id/a/b", f"{VOCABULARY}funds", "urn:x:y", "http://e.org/é"):
            assert resource(written(NamedNode(iri), DEFAULT_BASE), DEFAULT_BASE).value == iri


class TestForms:
    def test_page_in_both_languages(self, client: httpx.Client) -> None:
        page = get(client, "actor/unhcr", "def:fundedBy", "actor/state", BROWSER)
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert 'data-standing="inferred"' in page.text
        assert "Het is hetzelfde feit, van de andere kant gezien:" in page.text
        assert "Nederland steunt UNHCR met &lt;10 miljoen&gt; euro." in page.text
        assert "/documents/letter?start=10&amp;end=55#passage" in page.text
        links = re.findall(r'href="(/evidence\?[^"]+)"', page.text)
        onward = [one.replace("&amp;", "&") for one in links if "format=" not in one]
        assert all(get_page(client, one) == 200 for one in onward)
        english = client.get(
            "/evidence?s=actor/unhcr&p=def:fundedBy&o=actor/state&lang=en",
            headers={"Accept": BROWSER},
        )
        assert "It is the same fact, seen from the other side:" in english.text
        assert "<q" not in english.text

    def test_rdf_with_its_provenance(self, client: httpx.Client) -> None:
        asked = ("actor/unhcr", "def:fundedBy", "actor/state")
        turtle = get(client, *asked, "text/turtle")
        graph = Store()
        graph.load(turtle.content, format=RdfFormat.TURTLE)
        assert graph.query(
            f"""
            PREFIX def: <{VOCABULARY}>
            PREFIX prov: <http://www.w3.org/ns/prov#>
            PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
            ASK {{
              ?inferred rdf:predicate def:fundedBy ; prov:wasDerivedFrom ?said .
              ?said rdf:predicate def:funds ; prov:wasDerivedFrom ?statement .
              ?statement a def:Funding ; def:evidence/def:quote "{QUOTE}" .
            }}"""
        )
        linked = get(client, *asked, "application/ld+json")
        assert len({*parse(linked.content, format=RdfFormat.JSON_LD)}) == len(graph)

    def test_a_client_that_has_it_need_not_get_it_again(self, client: httpx.Client) -> None:
        path = "/evidence?s=actor/unhcr&p=def:fundedBy&o=actor/state"
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first.headers["access-control-allow-origin"] == "*"
        assert client.head(path).headers["content-type"] == "application/json"
        assert client.post(path).status_code == 405


def get_page(client: httpx.Client, path: str) -> int:
    return client.get(path, headers={"Accept": BROWSER}).status_code


def test_what_a_triple_is_drawn_from_is_what_the_build_draws_it_from() -> None:
    """The query and the code that draws plain triples name the same kinds, arguments and roles."""
    text = (ROOT / "server" / "saved" / "queries" / "evidence-drawn.rq").read_text(encoding="utf-8")
    blocks = {block.variables: block for block in values_blocks(text)}

    def rows(*variables: str) -> set[tuple[str, ...]]:
        block = blocks[variables]
        lines = re.findall(r"\(([^)]*)\)", text[block.content_start : block.content_end])
        return {tuple(re.split(r":|\s", f" {line}")[2::2]) for line in lines}

    drawn = {
        (plain.property, plain.kind, one, other)
        for plain in PLAIN
        for one in plain.subject
        for other in plain.object
    }
    members = ("actor", "member")
    drawn |= {("worksWith", "Partnership", one, other) for one in members for other in members}
    drawn |= {("mentions", "Mention", "inDocument", "mentions")}
    assert rows("property", "kind", "as", "for") == drawn
    assert rows("property", "role", "for") == {
        (plain.property, role, one)
        for role, plains in ROLES.items()
        for plain in plains
        for one in plain.object
    }
    assert (ANY_ROLE.property, ANY_ROLE.object) == ("hasRoleIn", ("policyArea",))
