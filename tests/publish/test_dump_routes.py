"""Dumps and exports over HTTP, as harvesters and people take them."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from rdflib import Graph

from server.publish.release import Release
from tests.publish.releasing import other, released, served, source_of

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@dataclass(frozen=True)
class Served:
    """A service that keeps two releases of three."""

    client: httpx.Client
    gone: Release
    earlier: Release
    latest: Release


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("published")
    made = [released(data, source_of(data, other(n)), kept=2) for n in range(3)]
    with served(data) as address, httpx.Client(base_url=address) as client:
        yield Served(client, *made)


def test_the_releases_are_listed_for_software(service: Served) -> None:
    listed = service.client.get("/dumps/").json()
    assert listed["latest"] == service.latest.version
    assert {one["version"] for one in listed["releases"]} == {
        service.earlier.version,
        service.latest.version,
    }
    first = listed["releases"][0]
    release = service.client.get(first["address"]).json()
    assert release["canonicalHash"].startswith(release["version"])
    for file in release["files"]:
        content = service.client.get(file["address"]).content
        assert len(content) == file["size"]
        assert hashlib.sha256(content).hexdigest() == file["sha256"]


@pytest.mark.parametrize(
    "path, words",
    [
        ("/dumps/", {"nl": "De laatste versie", "en": "The latest version"}),
        ("/dumps/{version}/", {"nl": "Per graaf", "en": "By graph"}),
        ("/exports", {"nl": "Begrippen volgens NL-SBB", "en": "Concepts in NL-SBB"}),
        ("/exports/nl-sbb", {"nl": "Wat er niet in staat", "en": "What it leaves out"}),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_person_gets_a_page(
    service: Served, path: str, words: dict[str, str], language: str
) -> None:
    path = path.format(version=service.latest.version)
    page = service.client.get(path, headers=BROWSER, params={"lang": language})
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert words[language] in page.text


def test_a_file_is_served_as_it_is_and_may_be_kept_for_ever(service: Served) -> None:
    file = service.latest.file("samenhang.nq.gz")
    assert file is not None
    path = f"/dumps/{service.latest.version}/{file.name}"
    answer = service.client.get(path)
    assert answer.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in answer.headers
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["etag"] == f'"{file.sha256}"'
    digest = base64.b64encode(hashlib.sha256(answer.content).digest()).decode()
    assert answer.headers["repr-digest"] == f"sha-256=:{digest}:"
    content = gzip.decompress(answer.content)
    assert hashlib.sha256(content).hexdigest() == service.latest.canonical_hash
    head = service.client.head(path)
    assert head.content == b""
    for name in ("content-type", "content-length", "etag", "last-modified", "cache-control"):
        assert head.headers[name] == answer.headers[name]


def test_a_file_that_one_has_is_not_sent_again(service: Served) -> None:
    path = f"/dumps/{service.latest.version}/samenhang.ttl.gz"
    answer = service.client.get(path)
    for condition in (
        {"If-None-Match": answer.headers["etag"]},
        {"If-None-Match": f'"other", W/{answer.headers["etag"]}'},
        {"If-Modified-Since": answer.headers["last-modified"]},
    ):
        again = service.client.get(path, headers=condition)
        assert (again.status_code, again.content) == (304, b""), condition
        assert again.headers["etag"] == answer.headers["etag"]
    for condition in (
        {"If-None-Match": '"other"', "If-Modified-Since": answer.headers["last-modified"]},
        {"If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert service.client.get(path, headers=condition).status_code == 200, condition


def test_a_download_that_was_cut_off_goes_on_where_it_was(service: Served) -> None:
    path = f"/dumps/{service.latest.version}/samenhang.nq.gz"
    whole = service.client.get(path)
    ranged = {"Range": "bytes=100-", "If-Range": whole.headers["etag"]}
    rest = service.client.get(path, headers=ranged)
    assert rest.status_code == 206
    assert rest.content == whole.content[100:]
    size = len(whole.content)
    assert rest.headers["content-range"] == f"bytes 100-{size - 1}/{size}"
    other_file = {"Range": "bytes=100-", "If-Range": '"another"'}
    assert service.client.get(path, headers=other_file).content == whole.content
    last = service.client.get(path, headers={"Range": "bytes=-5"})
    assert last.content == whole.content[-5:]


@pytest.mark.parametrize(
    "value", ["bytes", "bytes=", "bytes=a-b", "lines=1-2", "bytes=9-3", "bytes=1-2-3", "x" * 999]
)
def test_a_range_that_is_none_is_passed_over(service: Served, value: str) -> None:
    path = f"/dumps/{service.latest.version}/SHA256SUMS"
    answer = service.client.get(path, headers={"Range": value})
    assert answer.status_code == 200
    assert answer.content == (service.latest.folder / "SHA256SUMS").read_bytes()


@pytest.mark.parametrize("value", ["bytes=999999999-", "bytes=-0"])
def test_a_range_beyond_the_file_is_refused_in_words(service: Served, value: str) -> None:
    path = f"/dumps/{service.latest.version}/SHA256SUMS"
    answer = service.client.get(path, headers={"Range": value})
    assert answer.status_code == 416
    assert answer.headers["content-type"] == "application/problem+json"
    size = (service.latest.folder / "SHA256SUMS").stat().st_size
    assert answer.headers["content-range"] == f"bytes */{size}"


def test_the_latest_is_where_it_always_was(service: Served) -> None:
    for name in ("", "samenhang.nq.gz", "graph/letter.ttl.gz", "exports/nl-sbb/nl-sbb.ttl"):
        answer = service.client.get(f"/dumps/latest/{name}")
        assert answer.status_code == 307
        assert answer.headers["location"] == f"/dumps/{service.latest.version}/{name}"
        assert answer.headers["cache-control"] == "no-cache"
        assert service.client.get(answer.headers["location"]).status_code == 200


def test_addresses_without_their_slash_lead_on(service: Served) -> None:
    for path in ("/dumps", "/dumps/latest", f"/dumps/{service.latest.version}"):
        answer = service.client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (308, f"{path}/")


def test_a_release_goes_by_its_whole_hash_too(service: Served) -> None:
    found = service.client.get(f"/dumps/{service.latest.canonical_hash}/").json()
    assert found["version"] == service.latest.version


def test_what_was_removed_is_gone_and_names_the_latest(service: Served) -> None:
    for path in ("", "samenhang.nq.gz"):
        answer = service.client.get(f"/dumps/{service.gone.version}/{path}")
        assert answer.status_code == 410
        assert answer.json()["latest"] == service.latest.version
        assert service.latest.version in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/dumps/0123456789abcdef/",
        "/dumps/gone/",
        "/dumps/.lock/x",
        "/dumps/{version}/nothing",
        "/dumps/{version}/..%2f..%2f.lock",
        "/dumps/{version}/%00",
        "/exports/nl-sbb/../nothing",
        "/exports/nl-sbb/nothing",
        "/exports/nlsbb",
    ],
)
def test_what_is_not_there_is_not_found(service: Served, path: str) -> None:
    answer = service.client.get(path.format(version=service.latest.version))
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_an_export_that_is_not_there_names_those_like_it(service: Served) -> None:
    answer = service.client.get("/exports/nl-sb")
    assert answer.json()["detail"] == "There is no export 'nl-sb'; there is nl-sbb."


def test_an_export_says_what_it_is_for_and_what_it_leaves_out(service: Served) -> None:
    listed = service.client.get("/exports", headers={"Accept-Language": "en"}).json()["exports"]
    found = next(one for one in listed if one["token"] == "nl-sbb")
    assert "take over concepts" in found["purpose"]
    assert "documents say" in found["leavesOut"]
    export = service.client.get(found["address"]).json()
    assert export["version"] == service.latest.version
    assert {file["address"].rpartition("/")[2] for file in export["files"]} >= {
        "nl-sbb.ttl",
        "nl-sbb.rdf",
    }
    for file in export["files"]:
        answer = service.client.get(file["address"])
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-cache"
        location = answer.headers["content-location"]
        assert service.client.get(location).content == answer.content


@pytest.mark.parametrize(
    "accept, name",
    [
        ("text/turtle", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
        ("application/n-triples", "nt"),
    ],
)
def test_an_export_that_is_a_graph_answers_with_its_triples(
    service: Served, accept: str, name: str
) -> None:
    answer = service.client.get("/exports/nl-sbb", headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == accept
    expected = Graph().parse(service.latest.folder / "exports/nl-sbb/nl-sbb.nt", format="nt")
    assert len(expected) > 2
    assert set(Graph().parse(data=answer.content, format=name)) == set(expected)


def test_nothing_else_is_on_offer(service: Served) -> None:
    answer = service.client.get("/exports/nl-sbb", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["available"]


def test_a_service_that_makes_no_releases_says_so(tmp_path: Path) -> None:
    with served(tmp_path) as address:
        assert httpx.get(f"{address}/dumps/").json() == {"latest": None, "releases": []}
        page = httpx.get(f"{address}/dumps/", headers=BROWSER)
        answer = httpx.get(f"{address}/dumps/latest/samenhang.nq.gz")
    assert "Deze dienst maakt geen dumps." in page.text
    assert answer.status_code == 404
    assert "samenhang publish" in answer.json()["detail"]


def test_a_release_that_is_being_made_is_worth_coming_back_for(tmp_path: Path) -> None:
    with served(tmp_path, expected=True) as address:
        answer = httpx.get(f"{address}/exports/nl-sbb")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


def test_addresses_are_on_the_address_that_others_reach(tmp_path: Path) -> None:
    release = released(tmp_path, source_of(tmp_path))
    with served(tmp_path, public="https://data.example.org/here") as address:
        listed = httpx.get(f"{address}/dumps/").json()
        export = httpx.get(f"{address}/exports/nl-sbb").json()
    path = f"https://data.example.org/here/dumps/{release.version}/"
    assert listed["releases"][0]["address"] == path
    for file in export["files"]:
        assert file["address"].startswith("https://data.example.org/here/exports/nl-sbb/")
