"""How crawlers, search engines and those who weigh a data set find what there is."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser

import httpx
import pytest
from lxml import etree
from pyoxigraph import NamedNode
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from ontology import names
from ontology.names import DEFAULT_BASE
from server.publish import sitemap
from server.publish.release import Release
from server.publish.robots import robots
from server.publish.source import Source
from tests.publish.publishing_sample import make_source, service

ID = DEFAULT_BASE + "id/"
VOID = Namespace(names.VOID)
WHOLE = URIRef(ID + "dataset/samenhang")
LINKS = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix def: <https://w3id.org/samenhang/def/> .
@prefix id: <https://w3id.org/samenhang/id/> .
<https://w3id.org/samenhang/id/graph/links> {
  <https://w3id.org/samenhang/id/actor/unhcr> a def:Actor ;
    owl:sameAs <http://www.wikidata.org/entity/Q132551> ;
    skos:exactMatch <http://eurovoc.europa.eu/3526> , <http://eurovoc.europa.eu/4314> ;
    def:activeIn <http://publications.europa.eu/resource/authority/country/SDN> .
  <http://publications.europa.eu/resource/authority/country/SDN> a def:Country .
}
"""
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return make_source(tmp_path_factory.mktemp("found"), LINKS)


@pytest.fixture(scope="module")
def void(address: str) -> Graph:
    answer = httpx.get(f"{address}/.well-known/void")
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    return Graph().parse(data=answer.text, format="turtle")


def test_the_figures_are_those_of_the_data(void: Graph, sampled: Source) -> None:
    quads = list(sampled.store)
    triples = {quad.triple for quad in quads}
    counted = {
        "triples": len(triples),
        "distinctSubjects": len({one.subject for one in triples}),
        "distinctObjects": len({one.object for one in triples}),
        "properties": len({one.predicate for one in triples}),
        "classes": len({one.object for one in triples if one.predicate.value == str(RDF.type)}),
        "entities": len({one.subject for one in triples if str(one.subject).startswith(f"<{ID}")}),
    }
    assert {name: figure(void, WHOLE, name) for name in counted} == counted
    graphs = Counter(str(quad.graph_name)[1:-1] for quad in quads)
    subsets = {str(one) for one in void.objects(WHOLE, VOID.subset)}
    assert set(graphs) <= subsets
    assert {name: figure(void, URIRef(name), "triples") for name in graphs} == graphs


def test_each_class_and_property_has_its_part(void: Graph, sampled: Source) -> None:
    triples = {quad.triple for quad in sampled.store}
    kinds: dict[str, set[object]] = {}
    for one in triples:
        if one.predicate.value == str(RDF.type) and isinstance(one.object, NamedNode):
            kinds.setdefault(one.object.value, set()).add(one.subject)
    parts = {
        str(void.value(part, VOID["class"])): figure(void, part, "entities")
        for part in void.objects(WHOLE, VOID.classPartition)
    }
    assert parts == {kind: len(things) for kind, things in kinds.items()}
    used = Counter(one.predicate.value for one in triples)
    parts = {
        str(void.value(part, VOID.property)): figure(void, part, "triples")
        for part in void.objects(WHOLE, VOID.propertyPartition)
    }
    assert parts == used


def test_links_to_other_registries_are_counted(void: Graph) -> None:
    links = {
        (
            str(void.value(one, VOID.linkPredicate)).rpartition("#")[2].rpartition("/")[2],
            str(void.value(void.value(one, VOID.objectsTarget), VOID.uriSpace)),
        ): figure(void, one, "triples")
        for one in void.subjects(RDF.type, VOID.Linkset)
    }
    assert links == {
        ("sameAs", "http://www.wikidata.org/entity/"): 1,
        ("exactMatch", "http://eurovoc.europa.eu/"): 2,
        ("activeIn", "http://publications.europa.eu/resource/authority/country/"): 1,
    }


def test_it_says_where_the_data_are(void: Graph, address: str, release: Release) -> None:
    assert void.value(WHOLE, VOID.sparqlEndpoint) == URIRef(f"{address}/sparql")
    dumps = {str(one) for one in void.objects(WHOLE, VOID.dataDump)}
    assert dumps == {
        f"{address}/dumps/{release.version}/{file.name}" for file in release.of("graph")
    }
    assert void.value(WHOLE, VOID.uriSpace) == Literal(ID)
    assert URIRef(names.VOCABULARY) in set(void.objects(WHOLE, VOID.vocabulary))
    examples = set(void.objects(WHOLE, VOID.exampleResource))
    assert URIRef(ID + "actor/unhcr") in examples
    description = Graph().parse(
        data=httpx.get(f"{address}/sparql", headers={"Accept": "text/turtle"}).text
    )
    assert URIRef(f"{address}/.well-known/void") in set(description.objects())


def test_a_service_without_releases_says_what_it_can(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "store").symlink_to(folder / "store")
    with service(tmp_path, publish=False) as url:
        found = Graph().parse(data=httpx.get(f"{url}/.well-known/void").text, format="turtle")
        assert httpx.get(f"{url}/sitemap.xml").status_code == 200
    assert found.value(WHOLE, VOID.triples) is None
    assert found.value(WHOLE, VOID.sparqlEndpoint) == URIRef(f"{url}/sparql")


def test_crawlers_are_kept_off_queries_only(address: str) -> None:
    text = httpx.get(f"{address}/robots.txt").text
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    assert rules.can_fetch("any", f"{address}/doc/actor/unhcr")
    assert rules.can_fetch("any", f"{address}/catalog")
    assert rules.can_fetch("any", f"{address}/sparql")
    assert not rules.can_fetch("any", f"{address}/sparql?query=ASK%7B%7D")
    assert not rules.can_fetch("any", f"{address}/update")
    assert f"{address}/dumps/" in text
    assert rules.site_maps() == [f"{address}/sitemap.xml"]


def test_behind_a_path_the_rules_have_that_path() -> None:
    text = robots("https://data.example.org/samenhang")
    assert "Disallow: /samenhang/sparql?" in text
    assert "Sitemap: https://data.example.org/samenhang/sitemap.xml" in text


def test_the_sitemap_leads_to_pages_that_are_there(address: str, release: Release) -> None:
    index = etree.fromstring(httpx.get(f"{address}/sitemap.xml").content)
    (part,) = [one.text for one in index.findall("s:sitemap/s:loc", NS)]
    changed = index.find("s:sitemap/s:lastmod", NS)
    assert changed is not None
    assert changed.text == release.issued.isoformat()
    pages = etree.fromstring(httpx.get(str(part)).content)
    found = [str(one.text) for one in pages.findall("s:url/s:loc", NS)]
    assert f"{address}/doc/actor/unhcr" in found
    assert f"{address}/doc/document/kst-35570-XVII-52" in found
    assert f"{address}/doc/country/SDN" in found
    assert not [one for one in found if "/statement/" in one or "/evidence/" in one]
    entry = pages.find("s:url", NS)
    assert entry is not None
    languages = {one.get("hreflang"): str(one.get("href")) for one in entry.findall("x:link", NS)}
    assert set(languages) == {"nl", "en", "x-default"}
    for one in [*found, *languages.values()]:
        assert httpx.get(one, headers={"Accept": "text/html"}).status_code == 200, one
    assert httpx.get(f"{address}/sitemap/2.xml").status_code == 404


def test_the_parts_of_a_sitemap_are_of_the_size_allowed() -> None:
    paths = [f"/doc/theme/{number}" for number in range(120_001)]
    assert sitemap.parts_of(paths) == 3
    parts = [sitemap.parted(paths, number) for number in (1, 2, 3)]
    assert [path for one in parts for path in one] == paths
    assert max(map(len, parts)) == 50_000


def test_whatever_a_name_holds_the_sitemap_is_xml() -> None:
    changed = datetime(2026, 1, 2, tzinfo=UTC)
    content = sitemap.part("http://x", ['/doc/theme/a&b<c>"é'], changed)
    (location,) = etree.fromstring(content).findall("s:url/s:loc", NS)
    assert location.text == "http://x/doc/theme/a&b%3Cc%3E%22%C3%A9"


@pytest.mark.parametrize("path, kind", [("/", "Dataset"), ("/catalog", "DataCatalog")])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_search_engines_find_the_data_set_in_the_head(
    address: str, release: Release, path: str, kind: str, language: str
) -> None:
    page = httpx.get(f"{address}{path}?lang={language}", headers={"Accept": "text/html"})
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    assert match
    assert match.start() < page.text.index("</head>")
    document: dict[str, Any] = json.loads(match[1])
    assert document["@context"] == "https://schema.org/"
    assert document["@type"] == kind
    sets = {one["@id"]: one for one in document.get("dataset", [document])}
    for one in sets.values():
        assert one["name"]
        assert 50 <= len(one["description"]) <= 5000
        assert one["license"].startswith("http")
        assert one["creator"]["name"] == "Samenhang"
        assert one["temporalCoverage"] == "2021-01-25/2023-02-14"
    whole = sets[str(WHOLE)]
    assert {one["contentUrl"] for one in whole["distribution"]} == {
        f"{address}/dumps/{release.version}/{file.name}" for file in release.of("graph")
    }
    assert ("beleid" in whole["name"]) == (language == "nl")


def figure(graph: Graph, one: Any, name: str) -> int:
    return int(str(graph.value(one, VOID[name])))
