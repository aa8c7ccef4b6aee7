"""IRIs that answer: things, their descriptions as data and as pages, and the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ontology.names import DEFAULT_BASE, FOAF, RDF, RDFS, SKOS, definition
from server.linked.questions import Questions
from server.pages.links import AUTHORITIES, reading_place
from server.store.pool import Limits, PooledStore
from tests.conftest import ROOT
from tests.fixtures.sample_service import make_app, serving

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
TURTLE = {"Accept": "text/turtle"}
UNHCR = NamedNode(DEFAULT_BASE + "id/actor/unhcr")
RECOMMENDATION = "recommendation/2023-kabinetsreactie-iob-humanitaire-hulp/1-i"
FORMATS = {
    "turtle": ("text/turtle; charset=utf-8", RdfFormat.TURTLE),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdfxml": ("application/rdf+xml", RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
}


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[httpx.Client]:
    app = make_app(next((data / "stores").glob("[!.]*")), ROOT / "queries")
    with serving(app) as address, httpx.Client(base_url=address, headers=BROWSER) as client:
        yield client


def triples(response: httpx.Response, form: RdfFormat = RdfFormat.TURTLE) -> set[Triple]:
    return {quad.triple for quad in parse(response.content, form)}


def evidence(client: httpx.Client) -> str:
    """The path of the evidence of the first recommendation."""
    found = triples(client.get(f"/doc/{RECOMMENDATION}", headers=TURTLE))
    place = next(t.object for t in found if t.predicate == definition("evidence"))
    assert isinstance(place, NamedNode)
    return place.value.removeprefix(DEFAULT_BASE + "id/")


class TestThing:
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    @pytest.mark.parametrize("headers", [BROWSER, TURTLE])
    def test_leads_on_to_its_description(
        self, client: httpx.Client, method: str, headers: dict[str, str]
    ) -> None:
        response = client.request(method, "/id/actor/unhcr", headers=headers)
        assert response.status_code == 303
        assert response.headers["location"] == "/doc/actor/unhcr"
        assert "Accept" in response.headers["vary"]

    def test_keeps_what_was_chosen(self, client: httpx.Client) -> None:
        response = client.get("/id/actor/unhcr?lang=en&other=1")
        assert response.headers["location"] == "/doc/actor/unhcr?lang=en"
        response = client.get("/id/actor/unhcr?format=nt")
        assert response.headers["location"] == "/doc/actor/unhcr?format=nt"

    def test_a_place_in_a_text_leads_a_browser_to_the_text(self, client: httpx.Client) -> None:
        path = evidence(client)
        start, end = path.rpartition("/")[2].split("-")
        document = "/documents/2023-kabinetsreactie-iob-humanitaire-hulp"
        response = client.get(f"/id/{path}?lang=en")
        assert response.status_code == 303
        assert response.headers["location"] == f"{document}?start={start}&end={end}&lang=en#passage"
        response = client.get(f"/id/{path}", headers=TURTLE)
        assert response.headers["location"] == f"/doc/{path}"

    @pytest.mark.parametrize(
        "path",
        ["/id/actor/nobody", "/doc/actor/nobody", "/id/", "/id/a%20b%3E%7D", "/doc/country/XXX",
         "/doc/country/%3E", "/def/Nothing", "/def/a%20b", "/id/evidence/nothing/1-2"],
    )  # fmt: skip
    def test_unknown(self, client: httpx.Client, path: str) -> None:
        page = client.get(path)
        assert page.status_code == 404
        assert "Hier is niets" in page.text
        problem = client.get(path, headers={"Accept": "text/turtle, application/problem+json"})
        assert problem.status_code == 404
        assert problem.headers["content-type"] == "application/problem+json"
        assert problem.json()["title"] in ("Unknown thing", "Unknown term")


class TestData:
    @pytest.mark.parametrize("name", FORMATS)
    def test_by_format_and_by_accept(self, client: httpx.Client, name: str) -> None:
        media_type, form = FORMATS[name]
        named = client.get(f"/doc/actor/unhcr?format={name}")
        accepted = client.get("/doc/actor/unhcr", headers={"Accept": media_type})
        assert named.headers["content-type"] == accepted.headers["content-type"] == media_type
        assert triples(named, form) == triples(accepted, form)
        found = triples(named, form)
        assert Triple(UNHCR, NamedNode(RDF + "type"), definition("Actor")) in found
        label = NamedNode(SKOS + "prefLabel")
        assert Triple(UNHCR, label, Literal("UNHCR", language="nl")) in found
        above = NamedNode(DEFAULT_BASE + "id/actor/un-agencies")
        assert Triple(above, label, Literal("VN-organisaties", language="nl")) in found
        assert named.headers["access-control-allow-origin"] == "*"

    def test_a_statement_comes_with_its_quote(self, client: httpx.Client) -> None:
        found = triples(client.get(f"/doc/{RECOMMENDATION}", headers=TURTLE))
        thing = NamedNode(f"{DEFAULT_BASE}id/{RECOMMENDATION}")
        places = {t.object for t in found if t.subject == thing
                  and t.predicate == definition("evidence")}  # fmt: skip
        quotes = {t.object.value for t in found if t.predicate == definition("quote")
                  and t.subject in places and isinstance(t.object, Literal)}  # fmt: skip
        assert len(quotes) == 1
        assert "meerjarige ongeoormerkte middelen" in quotes.pop()

    def test_evidence_comes_with_its_selectors(self, client: httpx.Client) -> None:
        text = client.get(f"/doc/{evidence(client)}?format=nt").text
        for name in ("TextPositionSelector", "oa#exact", "oa#prefix", "oa#suffix"):
            assert name in text

    def test_whatever_is_asked_without_preference_is_data(self, client: httpx.Client) -> None:
        response = client.get("/doc/actor/unhcr", headers={"Accept": "*/*"})
        assert response.headers["content-type"].startswith("text/turtle")

    def test_head(self, client: httpx.Client) -> None:
        response = client.head("/doc/actor/unhcr", headers=TURTLE)
        assert response.status_code == 200
        assert int(response.headers["content-length"]) > 500

    def test_not_acceptable(self, client: httpx.Client) -> None:
        for request in ("/doc/actor/unhcr?format=pdf", "/def/Actor?format=pdf"):
            response = client.get(request)
            assert response.status_code == 406
            assert "text/turtle" in response.json()["available"]


class TestPage:
    @pytest.mark.parametrize(
        "path", ["/doc/actor/unhcr", f"/doc/{RECOMMENDATION}", "/def/", "/def/Recommendation"]
    )
    def test_is_safe_and_speaks_two_languages(self, client: httpx.Client, path: str) -> None:
        for language, skip in (("nl", "Direct naar de inhoud"), ("en", "Skip to the content")):
            response = client.get(path, params={"lang": language})
            assert response.headers["content-type"] == "text/html; charset=utf-8"
            assert response.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'self'" in response.headers["content-security-policy"]
            assert response.headers["content-language"] == language
            assert skip in response.text
            assert 'style="' not in response.text

    def test_an_actor(self, client: httpx.Client) -> None:
        text = client.get("/doc/actor/unhcr").text
        assert "<h1>UNHCR</h1>" in text
        assert "De vluchtelingenorganisatie van de Verenigde Naties." in text
        assert 'href="/def/Actor"' in text
        assert re.search(r'<a href="/id/actor/un-agencies"[^>]*>VN-organisaties</a>', text)
        assert 'href="http://www.wikidata.org/entity/Q132551"' in text
        assert "41121 (DacChannelCode)" in text
        assert "/doc/actor/unhcr?format=jsonld" in text

    def test_what_is_said_of_an_actor(self, client: httpx.Client) -> None:
        text = client.get("/doc/actor/unhcr?lang=en").text
        assert re.search(r">role statement</a></span> <span class=\"count\">", text)
        assert "<blockquote>" in text
        assert re.search(r'/documents/[\w-]+\?start=\d+&amp;end=\d+&amp;lang=en#passage"', text)
        assert re.search(r'<span class="name">role</span> <span><a href="/id/role/', text)
        everything = "/queries/what-a-document-says-of-an-actor?document=&amp;actor=actor/unhcr"
        assert f'{everything}&amp;lang=en">What does a document say about an actor?</a>' in text
        answer = client.get(everything.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert 'data-rows="0"' not in answer.text

    def test_no_more_than_some_of_each_kind(self, client: httpx.Client) -> None:
        text = client.get("/doc/policy-area/humanitarian-aid").text
        total = int(re.findall(r'data-statements="(\d+)"', text)[0])
        shown = text.count('<a href="/id/statement/') + text.count('<a href="/id/response/')
        assert 0 < shown < total
        assert re.search(r"de eerste 5 van \d+", text)
        assert "/sparql?query=" in text
        listed = re.findall(r'<ul class="said">(.*?)</ul>', text, re.S)
        assert all(item.count("<figure>") <= 2 for part in listed for item in part.split("<li>"))

    def test_a_country_has_a_page_here_under_the_iri_of_the_authority(
        self, client: httpx.Client
    ) -> None:
        text = client.get("/doc/country/SDN?lang=en").text
        assert "<h1>Sudan</h1>" in text
        assert AUTHORITIES["country/"] + "SDN" in text
        assert re.search(r'href="/id/country-list/[\w-]+\?lang=en"', text)
        found = triples(client.get("/doc/country/SDN", headers=TURTLE))
        sudan = NamedNode(AUTHORITIES["country/"] + "SDN")
        assert Triple(sudan, NamedNode(RDF + "type"), definition("Country")) in found

    def test_a_statement_without_a_name(self, client: httpx.Client) -> None:
        text = client.get(f"/doc/{RECOMMENDATION}").text
        assert "<h1>Aanbeveling i</h1>" in text
        assert "meerjarige ongeoormerkte middelen" in text
        assert re.search(r">aanbevolen door</a></span></dt>\s*<dd><span><a href=", text)

    def test_a_part_of_a_text_leads_to_it(self, client: httpx.Client) -> None:
        assert (
            'href="/documents/kst-35570-XVII-52"'
            in client.get("/doc/document/kst-35570-XVII-52").text
        )
        assert (
            'href="/documents/kst-35570-XVII-52#block-20"'
            in client.get("/doc/block/kst-35570-XVII-52/20").text
        )

    def test_every_link_of_ours_answers(self, client: httpx.Client) -> None:
        links: set[str] = set()
        for path in (
            "/doc/actor/unhcr",
            f"/doc/{RECOMMENDATION}",
            "/doc/document/2022-beleidsnota-bhos",
        ):
            links |= set(
                re.findall(
                    r'href="(/(?:id|doc|def|documents|queries)/[^"#]*)', client.get(path).text
                )
            )
        assert len(links) > 40
        for link in sorted(links)[::4]:
            response = client.get(link.replace("&amp;", "&"), follow_redirects=True)
            assert response.status_code == 200, link


class TestVocabulary:
    def test_a_class(self, client: httpx.Client) -> None:
        text = client.get("/def/Recommendation").text
        assert "aanbeveling <code>def:Recommendation</code></h1>" in text
        assert 'lang="nl">Een aanbeveling van een evaluator' in text
        assert 'lang="en">A recommendation of an evaluator' in text
        assert re.search(r'href="/def/Statement"[^>]*>bewering</a>', text)
        assert re.search(r'Eigenschappen van deze klasse.*href="/def/recommendedBy"', text, re.S)

    def test_a_property(self, client: httpx.Client) -> None:
        text = client.get("/def/recommendedBy?lang=en").text
        assert re.search(r">property of</a>.*?>recommendation</a>", text, re.S)
        assert re.search(r">value</a>.*?>actor</a>", text, re.S)

    def test_as_data(self, client: httpx.Client) -> None:
        found = triples(client.get("/def/Recommendation", headers=TURTLE))
        about = {t.predicate.value for t in found if t.subject == definition("Recommendation")}
        assert about == {
            RDF + "type", RDFS + "label", RDFS + "subClassOf", SKOS + "definition",
            SKOS + "example", FOAF + "isPrimaryTopicOf",
        }  # fmt: skip

    def test_the_whole(self, client: httpx.Client) -> None:
        found = triples(client.get("/def/", headers=TURTLE))
        model = parse(path=str(ROOT / "ontology" / "model.ttl"), format=RdfFormat.TURTLE)
        assert {quad.triple for quad in model} <= found
        text = client.get("/def/").text
        assert re.search(r'href="/def/Mention">vermelding</a> <code>def:Mention</code>', text)
        assert "Een document noemt een entiteit op deze plaats." in text


class TestQuestions:
    def test_hold_terms_only(self, tmp_path: Path) -> None:
        questions = Questions(PooledStore(tmp_path, Limits()), 1.0)
        text = questions.text("thing", "thing", ["http://example.org/a", "http://example.org/b"])
        assert "VALUES ?thing { <http://example.org/a> <http://example.org/b> }" in text
        text = questions.text("thing", "thing", ["http://example.org/> } DROP ALL #", "5", ""])
        assert "VALUES ?thing {  }" in text

    def test_places_to_read(self) -> None:
        place = reading_place("evidence/a/1-20")
        assert place is not None
        assert (place.document, place.start, place.end) == ("a", "1", "20")
        section = reading_place("section/a/3")
        assert section is not None
        assert section.fragment == "section-3"
        assert reading_place("evidence/a/1-20/quote") is None
        assert reading_place("actor/unhcr") is None
