"""The saved questions over HTTP: the list, the answers in every format, what goes wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import httpx
import pytest

from tests.fixtures.sample_service import make_app, make_store, serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
QUOTE = "UNHCR verdeelt een deel van de ongeoormerkte bijdragen onder lokale partners."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    app = make_app(make_store(tmp_path_factory.mktemp("saved")))
    with serving(app) as address, httpx.Client(base_url=address) as client:
        yield client


def get(client: httpx.Client, path: str, accept: str = "*/*") -> httpx.Response:
    return client.get(path, headers={"Accept": accept})


class TestList:
    def test_json_for_software(self, client: httpx.Client) -> None:
        response = get(client, "/queries")
        assert response.headers["content-type"] == "application/json"
        assert response.headers["access-control-allow-origin"] == "*"
        first, second = response.json()["queries"]
        assert (first["name"], second["name"]) == ("actor-roles", "documents-since")
        assert first["title"] == {
            "nl": "Welke rol heeft een actor?",
            "en": "Which role does an actor have?",
        }
        actor, area = first["parameters"]
        assert actor["default"] == "https://w3id.org/samenhang/id/actor/unhcr"
        assert "SELECT DISTINCT ?value ?label" in actor["choices"]
        assert (area["type"], area["required"], area["default"]) == ("iri", False, None)
        assert first["columns"][3] == {"name": "quote", "label": {"nl": "Bewijs", "en": "Evidence"}}
        assert "quote" in first["variables"]

    def test_links_lead_somewhere(self, client: httpx.Client) -> None:
        for entry in get(client, "/queries").json()["queries"]:
            for address in entry["links"].values():
                assert client.get(address).status_code == 200, address

    def test_page_for_a_browser(self, client: httpx.Client) -> None:
        response = get(client, "/queries", BROWSER)
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert '<form action="/queries/actor-roles" method="get">' in response.text


class TestAnswer:
    def test_defaults_of_the_file(self, client: httpx.Client) -> None:
        response = get(client, "/queries/actor-roles")
        assert response.headers["content-type"] == "application/sparql-results+json"
        assert response.headers["vary"] == "Accept, Accept-Encoding"
        rows = response.json()["results"]["bindings"]
        assert rows[0]["quote"]["value"] == QUOTE
        assert len(rows) == 3

    def test_a_parameter_restricts(self, client: httpx.Client) -> None:
        path = "/queries/actor-roles?actor=actor/unhcr&area=policy-area/humanitarian-aid"
        rows = get(client, path).json()["results"]["bindings"]
        assert [row["roleLabel"]["value"] for row in rows] == ["financier"]

    def test_an_actor_without_roles_has_no_rows(self, client: httpx.Client) -> None:
        rows = get(client, "/queries/actor-roles?actor=actor/world-bank").json()
        assert rows["results"]["bindings"] == []

    @pytest.mark.parametrize(
        ("name", "accept", "content_type"),
        [
            ("json", "application/sparql-results+json", "application/sparql-results+json"),
            ("xml", "application/sparql-results+xml", "application/sparql-results+xml"),
            ("csv", "text/csv", "text/csv; charset=utf-8"),
            ("tsv", "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ],
    )
    def test_formats(self, client: httpx.Client, name: str, accept: str, content_type: str) -> None:
        negotiated = get(client, "/queries/actor-roles", accept)
        named = get(client, f"/queries/actor-roles?format={name}", BROWSER)
        assert negotiated.headers["content-type"] == named.headers["content-type"] == content_type
        assert negotiated.text == named.text
        assert "17% direct naar ngo’s" in named.text

    def test_csv_is_the_table(self, client: httpx.Client) -> None:
        text = get(client, "/queries/documents-since?since=2022-01-01&format=csv").text
        header, *rows = list(csv.reader(io.StringIO(text)))
        assert header == ["document", "documentLabel", "issued"]
        assert [row[2] for row in rows] == ["2023-02-14"]

    def test_the_query_itself(self, client: httpx.Client) -> None:
        path = "/queries/documents-since?since=2022-01-01&word=hulp&format=sparql"
        response = get(client, path)
        assert response.headers["content-type"] == "application/sparql-query; charset=utf-8"
        assert 'VALUES ?word { "hulp" }' in response.text
        again = client.post(
            "/sparql",
            content=response.text,
            headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"},
        )
        assert again.text == get(client, path.replace("sparql", "csv")).text

    def test_head_has_the_headers_of_get(self, client: httpx.Client) -> None:
        for path in ("/queries", "/queries/actor-roles", "/queries/actor-roles?format=html"):
            head, full = client.head(path), client.get(path)
            assert head.status_code == 200
            assert head.content == b""
            assert head.headers["content-type"] == full.headers["content-type"]


class TestProblems:
    def test_unknown_question(self, client: httpx.Client) -> None:
        response = get(client, "/queries/nope")
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
        assert "There are: actor-roles, documents-since." in response.json()["detail"]

    @pytest.mark.parametrize(
        ("name", "parameters", "parameter", "reason"),
        [
            ("actor-roles", "actor=nobody", "actor", "not an absolute IRI"),
            ("actor-roles", "actor=", "actor", "a value is required"),
            ("actor-roles", "colour=red", "colour", "unknown"),
            ("actor-roles", "actor=a:b&actor=a:c", "actor", "given more than once"),
            ("documents-since", "since=yesterday", "since", "not a date"),
            ("documents-since", "limit=1e3", "limit", "not a whole number"),
        ],
    )
    @pytest.mark.parametrize("accept", ["application/json", "text/csv", "*/*"])
    def test_bad_parameter_is_named(
        self,
        client: httpx.Client,
        name: str,
        parameters: str,
        parameter: str,
        reason: str,
        accept: str,
    ) -> None:
        response = get(client, f"/queries/{name}?{parameters}", accept)
        assert response.status_code == 400
        assert response.headers["content-type"] == "application/problem+json"
        problem = response.json()
        assert problem["parameter"] == parameter
        assert reason in problem["detail"]

    def test_bad_parameter_is_a_page_for_a_browser(self, client: httpx.Client) -> None:
        response = get(client, "/queries/actor-roles?actor=<nobody>", BROWSER)
        assert response.status_code == 400
        assert "not an absolute IRI: &#39;&lt;nobody&gt;&#39;" in response.text

    def test_no_such_format(self, client: httpx.Client) -> None:
        response = get(client, "/queries/actor-roles?format=xlsx")
        assert response.status_code == 406
        assert "text/csv (format=csv)" in response.json()["detail"]
        assert get(client, "/queries/actor-roles", "image/png").status_code == 406

    def test_other_methods(self, client: httpx.Client) -> None:
        assert client.put("/queries/actor-roles").status_code == 405
