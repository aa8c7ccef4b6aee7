"""The saved questions over HTTP: the list, the answers in every format, what goes wrong."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef

from tests.fixtures.sample_service import make_app, make_store, serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
QUOTE = "UNHCR verdeelt een deel van de ongeoormerkte bijdragen onder lokale partners."
EMPTY = "/queries/actor-roles?actor=actor/world-bank"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    app = make_app(make_store(tmp_path_factory.mktemp("saved")))
    with serving(app) as address, httpx.Client(base_url=address) as client:
        yield client


def get(client: httpx.Client, path: str, accept: str = "*/*", language: str = "") -> httpx.Response:
    return client.get(path, headers={"Accept": accept, "Accept-Language": language})


def rows(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get(client, path).json()["rows"]
    return found


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
        assert (actor["type"], actor["default"]) == ("actor", "actor/unhcr")
        assert (area["type"], area["required"], area["default"]) == ("policy area", False, None)
        role = next(one for one in first["columns"] if one["name"] == "role")
        assert role["label"] == {"nl": "Rol", "en": "Role"}
        assert role["evidencedBy"] == "evidence"
        assert response.json()["families"][0]["title"] == {"nl": "Actoren", "en": "Actors"}

    @pytest.mark.parametrize(
        ("parameters", "names"),
        [
            ("family=actors", ["actor-roles"]),
            ("type=policy area", ["actor-roles"]),
            ("type=year", []),
            ("keyword=Datum", ["documents-since"]),
            ("q=welke rol", ["actor-roles"]),
            ("q=documents since", ["documents-since"]),
            ("q=documents&family=actors", []),
            ("q=zwxqk", []),
        ],
    )
    def test_filters_and_search(
        self, client: httpx.Client, parameters: str, names: list[str]
    ) -> None:
        found = get(client, f"/queries?{parameters}").json()
        assert [one["name"] for one in found["queries"]] == names
        assert found["total"] == len(names)

    def test_a_family_that_is_none(self, client: httpx.Client) -> None:
        response = get(client, "/queries?family=weather")
        assert response.status_code == 400
        assert response.json()["available"] == ["actors", "documents"]

    def test_links_lead_somewhere(self, client: httpx.Client) -> None:
        for entry in get(client, "/v1/queries").json()["queries"]:
            choices = [one["choices"] for one in entry["parameters"] if "choices" in one]
            for address in (*entry["links"].values(), *entry["examples"], *choices):
                assert client.get(address).status_code == 200, address
            assert "/v1/queries/" in entry["links"]["self"]

    def test_page_for_a_browser(self, client: httpx.Client) -> None:
        response = get(client, "/queries", BROWSER)
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert '<a href="/queries/actor-roles">Welke rol heeft een actor?</a>' in response.text
        nothing = get(client, "/queries?q=zwxqk&lang=en", BROWSER)
        assert "No question with these words." in nothing.text


class TestAnswer:
    def test_readable_rows_with_their_passage(self, client: httpx.Client) -> None:
        response = get(client, "/queries/actor-roles")
        assert response.headers["content-type"] == "application/json"
        answer = response.json()
        assert answer["question"]["version"] == "1"
        assert answer["dataset"] == "0123456789abcdef"
        assert answer["parameters"]["actor"] == {"value": "actor/unhcr", "label": "UNHCR"}
        assert answer["parameters"]["area"] is None
        assert answer["total"] == len(answer["rows"]) == 3
        row = answer["rows"][0]
        assert row["actor"]["id"] == "https://w3id.org/samenhang/id/actor/unhcr"
        assert row["actor"]["label"] == "UNHCR"
        assert row["evidence"]["quote"] == QUOTE
        assert row["evidence"]["page"] > 0
        for leads in (row["evidence"], row["evidence"]["statement"], row["role"], row["area"]):
            assert client.get(leads["href"], follow_redirects=True).status_code == 200

    def test_a_parameter_restricts(self, client: httpx.Client) -> None:
        path = "/queries/actor-roles?actor=actor/unhcr&area=policy-area/humanitarian-aid"
        assert [row["role"]["label"] for row in rows(client, path)] == ["financier"]

    @pytest.mark.parametrize(
        "value", ["UNHCR", "unhcr", "https://w3id.org/samenhang/id/actor/unhcr"]
    )
    def test_a_thing_by_any_name(self, client: httpx.Client, value: str) -> None:
        path = f"/queries/actor-roles?{urlencode({'actor': value})}"
        assert rows(client, path) == rows(client, "/queries/actor-roles")

    @pytest.mark.parametrize(
        ("name", "accept", "content_type"),
        [
            ("srj", "application/sparql-results+json", "application/sparql-results+json"),
            ("xml", "application/sparql-results+xml", "application/sparql-results+xml"),
            ("csv", "text/csv", "text/csv; charset=utf-8"),
            ("tsv", "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
            ("md", "text/markdown", "text/markdown; charset=utf-8"),
            ("jsonld", "application/ld+json", "application/ld+json"),
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
        header, *found = list(csv.reader(io.StringIO(text)))
        assert header == ["document", "documentLabel", "issued"]
        assert [row[2] for row in found] == ["2023-02-14"]

    def test_a_workbook(self, client: httpx.Client) -> None:
        response = get(client, "/queries/actor-roles?format=xlsx")
        assert "actor-roles.xlsx" in response.headers["content-disposition"]
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
        assert "Rol" in cells
        assert QUOTE in cells
        about = [cell.value for row in book.worksheets[1].iter_rows() for cell in row]
        assert "0123456789abcdef" in about

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

    def test_what_did_not_change_is_not_sent_again(self, client: httpx.Client) -> None:
        for form in ("json", "csv"):
            path = f"/queries/actor-roles?format={form}"
            tag = client.get(path).headers["etag"]
            again = client.get(path, headers={"If-None-Match": tag})
            assert (again.status_code, again.content) == (304, b"")
            other = client.get(f"{path}&actor=actor/world-bank", headers={"If-None-Match": tag})
            assert other.status_code == 200

    def test_the_version_of_the_service(self, client: httpx.Client) -> None:
        newest, first = client.get("/queries/actor-roles"), client.get("/v1/queries/actor-roles")
        assert newest.headers["api-version"] == first.headers["api-version"] == "1.0.0"
        assert newest.json()["rows"] == first.json()["rows"]
        assert client.get("/v1/queries/nope").headers["api-version"] == "1.0.0"
        assert client.get("/v2/queries").status_code == 404


class TestDefinition:
    def test_the_contract_in_rdf(self, client: httpx.Client) -> None:
        response = get(client, "/queries/actor-roles/definition")
        assert response.headers["content-type"] == "text/turtle; charset=utf-8"
        graph = Graph().parse(data=response.text, format="turtle")
        (question,) = graph.subjects(RDF.type, URIRef("https://w3id.org/samenhang/def/Question"))
        assert Literal("Which role does an actor have?", "en") in graph.objects(
            question, RDFS.label
        )
        text = str(graph.value(question, SH.select))
        assert "VALUES ?actor" in text
        paths = {str(graph.value(one, SH.path)) for one in graph.objects(question, SH.parameter)}
        assert paths == {
            "https://w3id.org/samenhang/def/parameter/actor",
            "https://w3id.org/samenhang/def/parameter/area",
        }
        target = URIRef(str(client.base_url).rstrip("/") + "/sparql")
        assert target in graph.objects(question, URIRef("https://schema.org/target"))
        linked = get(client, "/queries/actor-roles/definition", "application/ld+json")
        assert len(Graph().parse(data=linked.text, format="json-ld")) == len(graph)

    def test_choices(self, client: httpx.Client) -> None:
        found = get(client, "/queries/actor-roles/parameters/actor").json()
        assert {"value": "actor/unhcr", "label": "UNHCR"} in found["choices"]
        missing = get(client, "/queries/actor-roles/parameters/colour")
        assert missing.status_code == 404
        assert missing.json()["available"] == ["actor", "area"]


class TestPages:
    def test_following_the_pages_gives_the_whole(self, client: httpx.Client) -> None:
        whole = rows(client, "/queries/actor-roles")
        found: list[dict[str, Any]] = []
        address = "/queries/actor-roles?limit=1"
        for _ in range(10):
            answer = get(client, address).json()
            assert (answer["total"], len(answer["rows"])) == (3, 1)
            found += answer["rows"]
            if "next" not in answer["links"]:
                break
            address = answer["links"]["next"]
        assert found == whole
        assert get(client, answer["links"]["previous"]).json()["rows"] == whole[1:2]

    def test_tables_are_paged_by_the_link_header(self, client: httpx.Client) -> None:
        whole = list(csv.reader(io.StringIO(get(client, "/queries/actor-roles?format=csv").text)))
        first = get(client, "/queries/actor-roles?format=csv&limit=2")
        second = client.get(first.links["next"]["url"])
        assert "next" not in second.links
        found = [list(csv.reader(io.StringIO(one.text)))[1:] for one in (first, second)]
        assert [*found[0], *found[1]] == whole[1:]

    @pytest.mark.parametrize("limit", ["0", "-1", "10001", "many", "1e3", "²"])
    def test_no_such_limit(self, client: httpx.Client, limit: str) -> None:
        response = get(client, f"/queries/actor-roles?limit={limit}")
        assert response.status_code == 400
        assert response.json()["parameter"] == "limit"

    def test_cursors_that_fit_nothing(self, client: httpx.Client) -> None:
        answer = get(client, "/queries/actor-roles?limit=2").json()
        cursor = answer["links"]["next"].rpartition("cursor=")[2]
        other = get(client, f"/queries/documents-since?cursor={cursor}")
        assert (other.status_code, other.json()["parameter"]) == (400, "cursor")
        for spoilt in (cursor[1:], cursor + "x", "nonsense", "%00", "ÿ"):
            assert get(client, f"/queries/actor-roles?cursor={spoilt}").status_code == 400

    def test_beyond_the_end_and_of_other_data(self, client: httpx.Client) -> None:
        answer = get(client, "/queries/actor-roles?limit=2").json()
        cursor = answer["links"]["next"].rpartition("cursor=")[2]
        version, mark, _ = base64.urlsafe_b64decode(cursor + "==").decode().split(".")
        for parts, status, title in (
            ((version, mark, "99"), 404, "Beyond the end"),
            (("f" * len(version), mark, "2"), 410, "Data have changed"),
        ):
            made = base64.urlsafe_b64encode(".".join(parts).encode()).decode().rstrip("=")
            response = get(client, f"/queries/actor-roles?cursor={made}")
            assert (response.status_code, response.json()["title"]) == (status, title)
            assert "Begin again" in response.json()["detail"]

    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(cursor=st.text(max_size=40))
    def test_any_cursor_is_answered(self, client: httpx.Client, cursor: str) -> None:
        encoded = urlencode({"cursor": cursor.encode("utf-8", "surrogatepass")})
        response = get(client, f"/queries/actor-roles?{encoded}")
        assert response.status_code in (200, 400)


class TestEmptyAnswers:
    def test_say_what_excludes(self, client: httpx.Client) -> None:
        path = "/queries/documents-since?since=2022-01-01&word=ruimtevaart"
        found = get(client, path).json()
        assert found["rows"] == []
        reasons = {(one["reason"], one["parameter"]) for one in found["explanations"]}
        assert ("excludes", "word") in reasons
        way_out = next(one["try"] for one in found["explanations"] if "try" in one)
        assert get(client, way_out).json()["total"] == 1

    def test_say_what_is_never_mentioned(self, client: httpx.Client) -> None:
        explanations = get(client, EMPTY).json()["explanations"]
        assert "never-mentioned" in {one["reason"] for one in explanations}
        assert any(
            "World Bank" in one["text"] or "Wereldbank" in one["text"] for one in explanations
        )

    def test_say_what_is_unknown(self, client: httpx.Client) -> None:
        found = get(client, "/queries/actor-roles?actor=http://example.org/unhcr").json()
        unknown = next(one for one in found["explanations"] if one["reason"] == "unknown")
        assert unknown["nearest"] == ["actor/unhcr"]

    def test_in_the_language_of_the_reader(self, client: httpx.Client) -> None:
        text = get(client, EMPTY, BROWSER, "en").text
        assert "No answer" in text
        assert "none of the documents mentions it" in text
        assert "geen van de documenten" in get(client, EMPTY, BROWSER, "nl").text


class TestProblems:
    def test_unknown_question(self, client: httpx.Client) -> None:
        response = get(client, "/queries/actor-role")
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["available"] == ["actor-roles"]

    @pytest.mark.parametrize(
        ("name", "parameters", "parameter", "reason"),
        [
            ("actor-roles", "actor=nobody", "actor", "no actor is known as 'nobody'"),
            ("actor-roles", "actor=policy-area/trade", "actor", "no actor is known"),
            ("actor-roles", "actor=", "actor", "a value is needed"),
            ("actor-roles", "colour=red", "colour", "unknown"),
            ("actor-roles", "actor=a:b&actor=a:c", "actor", "given more than once"),
            ("documents-since", "since=yesterday", "since", "not a date"),
            ("documents-since", "article=1e3", "article", "not a whole number"),
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

    def test_a_slip_of_the_pen(self, client: httpx.Client) -> None:
        problem = get(client, "/queries/actor-roles?actor=actor/unhrc").json()
        assert problem["available"] == ["actor/unhcr"]

    def test_bad_parameter_is_a_page_for_a_browser(self, client: httpx.Client) -> None:
        response = get(client, "/queries/actor-roles?actor=<nobody>", BROWSER)
        assert response.status_code == 400
        assert "no actor is known as &#39;&lt;nobody&gt;&#39;" in response.text

    def test_no_such_format(self, client: httpx.Client) -> None:
        response = get(client, "/queries/actor-roles?format=docx")
        assert response.status_code == 406
        assert "text/csv (format=csv)" in response.json()["detail"]
        assert get(client, "/queries/actor-roles", "image/png").status_code == 406

    def test_other_methods(self, client: httpx.Client) -> None:
        assert client.put("/queries/actor-roles").status_code == 405
