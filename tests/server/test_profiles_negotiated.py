"""Descriptions by profile, with their ETags and links (W3C DX-PROF-CONNEG, RFC 8288)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from starlette.requests import Request

from ontology.names import DCTERMS, DEFAULT_BASE, PREFIXES, RDF, SKOS
from queries.text import Bilingual
from server.linked import profiling
from server.linked.described import Moved, Removed, Retired
from server.linked.full import in_order
from server.linked.profiling import ALTERNATES_IRI, Asked, How, asked
from server.problem import Problem
from server.publish import profiles
from tests.conftest import ROOT
from tests.fixtures.sample_service import make_app, serving

THEME = "/doc/theme/localisation"
IRI = DEFAULT_BASE + "id/theme/localisation"
NL_SBB, FULL = (f"{DEFAULT_BASE}id/profile/{token}" for token in ("nl-sbb", "full"))
TURTLE = {"Accept": "text/turtle"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ALTR = PREFIXES["altr"]


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[httpx.Client]:
    app = make_app(next((data / "stores").glob("[!.]*")), ROOT / "queries")
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def request(query: str = "", **headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    return Request({"type": "http", "query_string": query.encode(), "headers": pairs})


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (request(), Asked()),
        (request("_profile=cpov"), Asked(("cpov",), How.QUERY)),
        (request("_profile=http://e.org/p"), Asked(("http://e.org/p",), How.QUERY)),
        (request("_profile=a,b;q=0.5"), Asked(("a", "b"), How.QUERY)),
        (request(accept_profile="<urn:a>;q=0.6, <urn:b>"), Asked(("urn:b", "urn:a"), How.ACCEPT)),
        (request(accept_profile="<urn:a>;q=0,cpov"), Asked(("cpov",), How.ACCEPT)),
        (request(accept_profile="*"), Asked(("*",), How.ACCEPT)),
        (request(accept_profile="<urn:a"), Asked(("urn:a",), How.ACCEPT)),
        (request(prefer='respond-async, profile="urn:a"'), Asked(("urn:a",), How.PREFER)),
        (request(prefer="profile=schema; wait=10"), Asked(("schema",), How.PREFER)),
        (request(prefer="noprofile=schema"), Asked()),
        (request("_profile=a", accept_profile="<urn:b>"), Asked(("a",), How.QUERY)),
        (request(accept_profile="<urn:b>", prefer="profile=c"), Asked(("urn:b",), How.ACCEPT)),
    ],
)
def test_what_is_asked(given: Request, wanted: Asked) -> None:
    assert asked(given) == wanted


class TestChoice:
    FITTING = profiling.fitting(
        profiles.load(), [SKOS + "Concept"], "http://www.w3.org/2000/01/rdf-schema#Resource"
    )

    @pytest.mark.parametrize(
        ("wish", "token"),
        [
            (Asked(), "full"),
            (Asked(("nl-sbb",), How.QUERY), "nl-sbb"),
            (Asked((NL_SBB,), How.ACCEPT), "nl-sbb"),
            (Asked(("http://www.w3.org/2004/02/skos/core",), How.ACCEPT), "nl-sbb"),
            (Asked(("urn:unknown", "nl-sbb"), How.ACCEPT), "nl-sbb"),
            (Asked(("urn:unknown", "*"), How.ACCEPT), "full"),
            (Asked(("alt",), How.QUERY), "alt"),
            (Asked((ALTERNATES_IRI,), How.ACCEPT), "alt"),
            (Asked(("urn:unknown",), How.PREFER), "full"),
        ],
    )
    def test_the_best_that_there_is(self, wish: Asked, token: str) -> None:
        assert profiling.chosen(wish, self.FITTING, "urn:x") == token

    @pytest.mark.parametrize("name", ["urn:unknown", "cpov", "iati", ""])
    def test_what_does_not_fit_is_refused(self, name: str) -> None:
        with pytest.raises(Problem) as refused:
            profiling.chosen(Asked((name,), How.QUERY), self.FITTING, "urn:x")
        assert refused.value.status == 406
        tokens = [one["token"] for one in refused.value.extension["available"]]
        assert tokens[0] == "full"
        assert "nl-sbb" in tokens
        assert tokens[-1] == "alt"

    def test_every_profile_speaks_two_languages(self) -> None:
        for profile in profiles.load().values():
            for text in (profile.title, profile.purpose, profile.leaves_out):
                assert isinstance(text, Bilingual)
                assert text.nl
                assert text.en


class TestOverHttp:
    @pytest.mark.parametrize(
        ("parameters", "headers"),
        [
            ({"_profile": "nl-sbb", "_mediatype": "text/turtle"}, {}),
            ({"_profile": NL_SBB, "_mediatype": "text/turtle"}, BROWSER),
            ({}, {"Accept-Profile": f"<{NL_SBB}>", **TURTLE}),
            ({}, {"Accept-Profile": f"<urn:other>;q=0.9,<{NL_SBB}>;q=0.5", **TURTLE}),
            ({"format": "turtle"}, {"Prefer": "profile=nl-sbb"}),
        ],
    )
    def test_each_way_of_asking(
        self, client: httpx.Client, parameters: dict[str, str], headers: dict[str, str]
    ) -> None:
        response = client.get(THEME, params=parameters, headers=headers)
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/turtle")
        assert response.headers["content-profile"] == f"<{NL_SBB}>"
        assert f'<{NL_SBB}>; rel="profile"' in response.headers["link"]
        found = {quad.triple for quad in parse(response.content, RdfFormat.TURTLE)}
        label = Literal("lokalisering", language="nl")
        assert Triple(NamedNode(IRI), NamedNode(SKOS + "prefLabel"), label) in found
        assert not any(one.predicate.value.endswith("/evidence") for one in found)
        applied = response.headers.get("preference-applied")
        assert applied == ("profile=nl-sbb" if "Prefer" in headers else None)

    def test_the_media_type_counts_escaped_or_not(self, client: httpx.Client) -> None:
        for text in ("application/ld+json", "application/ld%2Bjson", "jsonld"):
            response = client.get(f"{THEME}?_mediatype={text}")
            assert response.headers["content-type"] == "application/ld+json"
        assert client.get(f"{THEME}?_mediatype=image/png").status_code == 406

    @pytest.mark.parametrize("token", ["nothing", "iati", "cpov"])
    def test_what_there_is_not_is_406(self, client: httpx.Client, token: str) -> None:
        response = client.get(THEME, params={"_profile": token})
        assert response.status_code == 406
        assert response.headers["content-type"] == "application/problem+json"
        assert "Accept-Profile" in response.headers["vary"]
        assert {"token": "nl-sbb", "profile": NL_SBB} in response.json()["available"]

    def test_every_representation_that_is_listed_is_there(self, client: httpx.Client) -> None:
        response = client.get(THEME, params={"_profile": "alt"}, headers=TURTLE)
        assert response.headers["content-profile"] == f"<{ALTERNATES_IRI}>"
        found = {quad.triple for quad in parse(response.content, RdfFormat.TURTLE)}
        listed = {
            one.object.value: one.predicate.value
            for one in found
            if one.subject == NamedNode(IRI)
            and one.predicate.value.startswith(ALTR)
            and isinstance(one.object, NamedNode)
        }
        assert list(listed.values()).count(ALTR + "hasDefaultRepresentation") == 1
        assert len(listed) > 10
        for address in listed:
            node = NamedNode(address)
            (form,) = (one.object for one in found if one.subject == node
                       and one.predicate.value == DCTERMS + "format")  # fmt: skip
            (profile,) = (one.object for one in found if one.subject == node
                          and one.predicate.value == DCTERMS + "conformsTo")  # fmt: skip
            there = client.get(address)
            assert there.status_code == 200, address
            assert isinstance(form, Literal)
            assert there.headers["content-type"].startswith(form.value)
            assert isinstance(profile, NamedNode)
            assert there.headers["content-profile"] == f"<{profile.value}>"

    def test_the_list_for_people_and_programs(self, client: httpx.Client) -> None:
        page = client.get(THEME, params={"_profile": "alt", "lang": "en"}, headers=BROWSER)
        assert "All forms of this description" in page.text
        assert f"{THEME}?_profile=nl-sbb&amp;_mediatype=text/turtle" in page.text
        made = client.get(THEME, params={"_profile": "alt"}, headers={"Accept": "application/json"})
        assert made.json()["profiles"][0]["token"] == "full"

    def test_a_profile_as_a_page(self, client: httpx.Client) -> None:
        page = client.get(THEME, params={"_profile": "nl-sbb"}, headers=BROWSER)
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "Begrippen volgens NL-SBB" in page.text
        assert "skos:prefLabel" in page.text
        full = client.get(THEME, headers=BROWSER)
        assert f"{THEME}?_profile=nl-sbb" in full.text
        assert f"{THEME}?_profile=alt" in full.text

    def test_what_an_address_asks_is_asked_again(self, client: httpx.Client) -> None:
        given = "_profile=nl-sbb&_mediatype=text/turtle&lang=en&page=2&other=1"
        location = client.get(f"/id/theme/localisation?{given}").headers["location"]
        wanted = "_profile=nl-sbb&_mediatype=text/turtle&lang=en&page=2"
        assert sorted(location.removeprefix(f"{THEME}?").split("&")) == sorted(wanted.split("&"))

    def test_a_profile_of_what_is_not_in_the_store(self, client: httpx.Client) -> None:
        response = client.get("/doc/question-family/money", params={"_profile": "nl-sbb"})
        assert response.status_code in (200, 406)
        if response.status_code == 200:
            assert "question-family/money" in response.text


class TestHeaders:
    @pytest.mark.parametrize("headers", [TURTLE, BROWSER, {"Accept": "application/ld+json"}])
    def test_tag_and_304(self, client: httpx.Client, headers: dict[str, str]) -> None:
        first = client.get(THEME, headers=headers)
        tag = first.headers["etag"]
        assert re.fullmatch('"[0-9a-f]{32}"', tag)
        for shown in (tag, f'"other", {tag}', f"W/{tag}", "*"):
            again = client.get(THEME, headers={**headers, "If-None-Match": shown})
            assert again.status_code == 304
            assert again.headers["etag"] == tag
            assert not again.content
        assert client.get(THEME, headers={**headers, "If-None-Match": '"x"'}).status_code == 200

    def test_another_representation_has_another_tag(self, client: httpx.Client) -> None:
        tags = [
            client.get(THEME, params=parameters, headers={"Accept-Encoding": coding}).headers[
                "etag"
            ]
            for parameters in ({}, {"format": "nt"}, {"_profile": "nl-sbb"}, {"page": "2"})
            for coding in ("identity", "gzip")
        ]
        assert len(set(tags)) == len(tags)

    def test_head_is_get_without_its_content(self, client: httpx.Client) -> None:
        got = client.get(THEME, headers=TURTLE)
        head = client.head(THEME, headers=TURTLE)
        assert not head.content
        for name in ("etag", "link", "vary", "content-type", "content-length", "content-profile"):
            assert head.headers[name] == got.headers[name]

    def test_links(self, client: httpx.Client) -> None:
        response = client.get(THEME, headers=TURTLE)
        links = response.headers["link"]
        here = str(client.base_url.join(THEME))
        assert f'<{IRI}>; rel="about"' in links
        assert f'<{here}>; rel="describedby"; anchor="{IRI}"' in links
        assert f'<{here}>; rel="canonical"; type="text/turtle"; profile="{FULL}"' in links
        for name, media_type in (("nt", "application/n-triples"), ("rdfxml", "application/rdf+xml"),
                                 ("jsonld", "application/ld+json"), ("trig", "application/trig"),
                                 ("nq", "application/n-quads"), ("html", "text/html")):  # fmt: skip
            assert f'<?format={name}>; rel="alternate"; type="{media_type}"' in links
        kind = "<http://www.w3.org/ns/dx/prof/Profile>"
        assert f'{kind}; rel="type"; token="nl-sbb"; anchor="{NL_SBB}"' in links
        assert len(links) < 4000  # what proxies have room for
        for name in ("Accept", "Accept-Language", "Accept-Profile", "Prefer", "Accept-Encoding"):
            assert name in response.headers["vary"].split(", ")
        assert response.headers["access-control-allow-origin"] == "*"
        assert "Link" in response.headers["access-control-expose-headers"]

    def test_a_description_says_what_it_is(self, client: httpx.Client) -> None:
        found = {quad.triple for quad in parse(client.get(THEME, headers=TURTLE).content,
                                               RdfFormat.TURTLE)}  # fmt: skip
        here = NamedNode(str(client.base_url.join(THEME)))
        said = {one.predicate.value: one.object for one in found if one.subject == here}
        assert said["http://xmlns.com/foaf/0.1/primaryTopic"] == NamedNode(IRI)
        assert said[DCTERMS + "conformsTo"] == NamedNode(FULL)
        assert said[RDF + "type"] == NamedNode("http://xmlns.com/foaf/0.1/Document")


def test_order_is_that_of_reading_then_of_names() -> None:
    def row(name: str, reference: str = "", place: str = "") -> list[str]:
        return [f"<http://e.org/{name}>", reference and f"<{reference}>", place and f"<{place}>"]

    rows = [
        row("b", "urn:about"), row("late", "urn:about"), row("early", "urn:about"),
        row("late", "urn:names"), row("a10", "urn:about"), row("a9", "urn:about"),
        row("late", place="http://e.org/d/100-120"), row("early", place="http://e.org/d/90-95"),
        row("early", place="http://e.org/d/200-205"), ["_:blank", "<urn:about>", ""],
    ]  # fmt: skip
    found = in_order(rows)
    names = [one.iri.rpartition("/")[2] for one in found]
    assert names == ["early", "late", "a9", "a10", "b"]
    assert found[1].references == ("urn:about", "urn:names")
    assert found[0].place == "http://e.org/d/90-95"


@pytest.mark.anyio
async def test_what_is_retired_is_under_the_base_of_the_publisher(tmp_path: Path) -> None:
    path = tmp_path / "retired.ttl"
    path.write_text(
        "@prefix dcterms: <http://purl.org/dc/terms/> . @prefix owl: "
        "<http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        "<https://w3id.org/samenhang/id/theme/old> dcterms:isReplacedBy "
        "<https://w3id.org/samenhang/id/theme/new> ."
        '<https://w3id.org/samenhang/id/theme/gone> owl:deprecated true ; rdfs:comment "x"@nl .'
    )
    retired = Retired("https://data.example.org/", path)
    assert await retired.gone("https://data.example.org/id/theme/old") == Moved(
        "https://data.example.org/id/theme/new"
    )
    assert await retired.gone("https://data.example.org/id/theme/gone") == Removed({"nl": "x"})
    assert await retired.gone("https://data.example.org/id/theme/new") is None
