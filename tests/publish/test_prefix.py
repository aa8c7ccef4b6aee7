"""The service below a path of a host, behind a real proxy: each address in it works outside."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.conftest import unavailable
from tests.publish.crawl import Crawler
from tests.publish.pages import walk
from tests.publish.proxy import Proxy, available, proxying
from tests.publish.service import Service

OF_THE_SEEDS = "/queries/said-in-a-section"  # its example is a section that letters do not have
WORKING = {200, 303, 307}
RDF = {"Accept": "text/turtle"}
THING = "/id/actor/unhcr"
FULL = (
    *("/robots.txt", "/sitemap.xml", "/openapi.json", "/v1/openapi.json", "/v1/queries"),
    *("/feed", "/catalog/feed", "/catalog", "/.well-known/void", "/sparql"),
)
"""What has full addresses in it."""
OTHERS = ("/queries/what-a-document-says-of-an-actor/definition", "/dumps/", "/exports")


@pytest.fixture(scope="module")
def proxy(small: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    if reason := available():
        unavailable(reason)
    with proxying(small.address, tmp_path_factory.mktemp("nginx")) as found:
        yield found


@pytest.fixture(params=["below", "stripping"])
def mounted(proxy: Proxy, request: pytest.FixtureRequest) -> str:
    """The address of the service: the path left on for it, or taken off and said in a header."""
    return str(getattr(proxy, request.param))


def inside(answer: httpx.Response, address: str, small: Service) -> None:
    """No address of ours in an answer leaves the path, or is that of the service itself."""
    here, service = urlsplit(address), urlsplit(small.address).netloc
    assert service not in answer.text, answer.url
    for found in re.findall(rf"{here.netloc}(/[^\s\"'<>&)]*)", answer.text):
        assert found.startswith(here.path), (answer.url, found)


def test_every_link_of_the_pages_stays_below_the_path_and_works(
    mounted: str, small: Service
) -> None:
    with httpx.Client(timeout=30) as client:
        answers = list(walk(client, f"{mounted}/", most=150))
    assert len(answers) > 60
    for answer in answers:
        assert answer.url.path.startswith(urlsplit(mounted).path), answer.url
        inside(answer, mounted, small)
    broken = [str(a.url) for a in answers if a.status_code not in WORKING]
    assert [url for url in broken if OF_THE_SEEDS not in url] == []


def test_every_link_of_the_data_stays_below_the_path_and_works(
    mounted: str, small: Service
) -> None:
    report = asyncio.run(Crawler(mounted, small.base, most=200).run())
    assert report.flaws == []
    assert report.resources == 200


@pytest.mark.parametrize("path", [*FULL, *OTHERS])
def test_what_software_reads_has_addresses_outside(mounted: str, small: Service, path: str) -> None:
    answer = httpx.get(mounted + path, headers={"Accept": "text/turtle, */*;q=0.5"}, timeout=30)
    assert answer.status_code == 200
    inside(answer, mounted, small)
    assert mounted in answer.text or path in OTHERS


def test_a_thing_leads_on_below_the_path(mounted: str) -> None:
    answer = httpx.get(mounted + THING, headers=RDF)
    path = urlsplit(mounted).path
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{path}/doc/actor/unhcr"
    assert answer.links["describedby"]["url"] == f"{path}/doc/actor/unhcr"


def test_the_next_rows_are_below_the_path(mounted: str) -> None:
    path = f"{mounted}/v1/queries/where-an-actor-is-named?actor=unhcr&limit=1"
    first = httpx.get(path)
    following = first.links["next"]["url"]
    assert following.startswith(f"{mounted}/v1/queries/")
    second = httpx.get(following)
    assert second.status_code == 200
    assert second.json()["rows"] != first.json()["rows"]


def test_queries_are_answered_again_from_what_is_kept(mounted: str) -> None:
    query = {"query": "SELECT ?s { ?s a <#> } LIMIT 1"}
    first, second = (httpx.get(f"{mounted}/sparql", params=query) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.headers["etag"] == second.headers["etag"]


def test_relative_names_in_a_query_are_relative_to_the_address_outside(mounted: str) -> None:
    for _ in range(2):  # the second comes from what is kept
        query = {"query": "SELECT (<here> AS ?x) {}"}
        answer = httpx.get(f"{mounted}/sparql", params=query, headers={"Accept": "text/csv"})
        assert answer.text.split() == ["x", f"{mounted}/here"]


def test_what_a_client_claims_of_itself_does_not_count(proxy: Proxy) -> None:
    claims = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil", **RDF}
    answer = httpx.get(f"{proxy.below}/catalog", headers=claims)
    assert proxy.below in answer.text
    assert "evil" not in answer.text


def test_with_tls_the_addresses_are_https(proxy: Proxy, small: Service) -> None:
    known = ssl.create_default_context(cafile=str(proxy.certificate))
    with httpx.Client(base_url=proxy.tls, verify=known) as client:
        answer = client.get("/beleid/catalog", headers=RDF)
    assert f"<{proxy.tls}/beleid/sparql>" in answer.text
    assert urlsplit(small.address).netloc not in answer.text


def test_the_proxy_keeps_what_never_changes(proxy: Proxy, small: Service) -> None:
    version = (small.data / "current").resolve().name
    path = f"{proxy.below}/dumps/{version}/samenhang.nq.gz"
    states = [httpx.head(path).headers["x-cache-status"] for _ in range(2)]
    assert states == ["MISS", "HIT"]
    whole = httpx.get(path, headers={"Accept-Encoding": "identity"}).content
    part = httpx.get(path, headers={"Range": "bytes=10-19", "Accept-Encoding": "identity"})
    assert (part.status_code, part.content) == (206, whole[10:20])


def test_the_path_without_its_slash_leads_on(proxy: Proxy) -> None:
    answer = httpx.get(proxy.below)
    assert (answer.status_code, answer.headers["location"]) == (301, f"{proxy.below}/")


def test_the_well_known_address_at_the_root_leads_on(proxy: Proxy) -> None:
    root = proxy.below.removesuffix("/beleid")
    answer = httpx.get(f"{root}/.well-known/void", headers=RDF, follow_redirects=True)
    assert answer.status_code == 200
    assert "void:Dataset" in answer.text
