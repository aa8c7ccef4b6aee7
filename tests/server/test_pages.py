"""The pages as a browser without script gets them: words, tables, links, safety headers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import httpx
import pytest
from starlette.requests import Request

from server.pages.cells import Cells
from server.pages.language import Texts, preferred
from server.pages.links import Links
from server.pages.rendering import FOLDER, Pages
from server.pages.select import Term
from server.problem import Problem
from tests.fixtures.sample_service import make_app, make_store, serving

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = ("/", "/queries", "/queries/actor-roles", "/documents", "/sparql", "/queries/nope")
VOID = {"meta", "link", "input", "br"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    app = make_app(make_store(tmp_path_factory.mktemp("pages")))
    with serving(app) as address, httpx.Client(base_url=address, headers=BROWSER) as client:
        yield client


class Outline(HTMLParser):
    """What a page is made of: its elements with their attributes, all tags closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def request(path: str = "/", query: str = "") -> Request:
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": query.encode(),
        "headers": [(b"host", b"localhost")], "scheme": "http", "server": ("localhost", 80),
    }  # fmt: skip
    return Request(scope)


class TestEveryPage:
    @pytest.mark.parametrize("path", PAGES)
    def test_is_whole_and_safe(self, client: httpx.Client, path: str) -> None:
        response = client.get(path)
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert response.headers["x-content-type-options"] == "nosniff"
        policy = response.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert ("'unsafe-inline'" in policy) == (path == "/sparql")
        assert "script-src" not in policy
        assert "Accept-Language" in response.headers["vary"]
        page = Outline(response.text)
        assert page.all("html") == [{"lang": "nl"}]
        assert len(page.all("h1")) == len(page.all("main")) == 1
        assert {"class": "skip", "href": "#content"} in page.all("a")

    @pytest.mark.parametrize("path", PAGES)
    def test_loads_nothing_from_elsewhere_and_runs_no_inline_script(
        self, client: httpx.Client, path: str
    ) -> None:
        page = Outline(client.get(path).text)
        for script in page.all("script"):
            if script.get("type") != "application/ld+json":  # data, which is not run
                assert script["src"].startswith("/static/")
        for link in page.all("link"):
            assert link["href"].startswith("/static/")
        assert not any(name.startswith("on") for _, found in page.elements for name in found)
        assert not any("style" in found for _, found in page.elements)

    @pytest.mark.parametrize("path", PAGES)
    def test_every_field_has_a_label(self, client: httpx.Client, path: str) -> None:
        page = Outline(client.get(path).text)
        labelled = {label["for"] for label in page.all("label")}
        fields = [*page.all("select"), *page.all("textarea"), *page.all("input")]
        shown = [field for field in fields if field.get("type") != "hidden"]
        assert {field["id"] for field in shown} == labelled
        assert len(labelled) == len(shown)

    @pytest.mark.parametrize("path", PAGES)
    def test_speaks_english_on_request(self, client: httpx.Client, path: str) -> None:
        named = client.get(path, params={"lang": "en"})
        accepted = client.get(path, headers={"Accept-Language": "en-GB,en;q=0.9,nl;q=0.5"})
        assert named.headers["content-language"] == accepted.headers["content-language"] == "en"
        assert "Skip to the content" in named.text
        own = [a["href"] for a in Outline(named.text).all("a") if a["href"].startswith("/")]
        pages = [href for href in own if not href.startswith(("/id/", "/openapi.json"))]
        pages = [href for href in pages if not href.endswith("/definition")]
        kept = [href for href in pages if "lang=en" in href or "format=" in href]
        assert [href for href in pages if href not in kept] == [path + "?lang=nl"]

    def test_static_files(self, client: httpx.Client) -> None:
        for name in ("samenhang.css", "editor.js", "icon.svg"):
            response = client.get(f"/static/{name}")
            assert response.status_code == 200
            assert response.headers["x-content-type-options"] == "nosniff"
            again = client.get(
                f"/static/{name}", headers={"If-None-Match": response.headers["etag"]}
            )
            assert again.status_code == 304
        assert client.get("/static/../texts.yaml").status_code == 404
        assert client.get("/static/%2e%2e/texts.yaml").status_code == 404


class TestHome:
    def test_says_what_there_is(self, client: httpx.Client) -> None:
        text = client.get("/").text
        for name, count in (("documents", 2), ("statements", 3), ("passages", 3)):
            assert f'<dd data-count="{name}">{count}</dd>' in text
        assert "Welke rol heeft een actor?" in text
        assert f"{client.base_url}/sparql".replace("//sparql", "/sparql") in text
        assert "14 februari 2023" in text
        page = Outline(text)
        options = [option["value"] for option in page.all("option")]
        assert options[:3] == ["actor/unhcr", "actor/world-bank", ""]
        assert "policy-area/humanitarian-aid" in options

    def test_english_labels_in_the_drop_downs(self, client: httpx.Client) -> None:
        text = client.get("/?lang=en").text
        assert ">World Bank</option>" in text
        assert ">reception in the region</option>" in text
        assert "14 February 2023" in text


class TestAnswerPage:
    def test_a_quote_with_its_place(self, client: httpx.Client) -> None:
        text = client.get("/queries/actor-roles").text
        assert "<blockquote>UNHCR verdeelt een deel van de ongeoormerkte bijdragen" in text
        assert "&lt;onder voorwaarden&gt;" in text
        assert '<cite><a href="/documents/kst-35570-XVII-52">Opvang in de regio</a></cite>' in text
        assert "blz. 7" in text
        assert '<a href="/id/evidence/two">tekens 5021–5124</a>' in text
        assert 'data-rows="3">3 rijen</span>' in text

    def test_labels_lead_to_things_and_repeats_are_marked(self, client: httpx.Client) -> None:
        page = Outline(client.get("/queries/actor-roles").text)
        link = {
            "href": "/id/actor/unhcr",
            "title": "https://w3id.org/samenhang/id/actor/unhcr",
        }
        assert page.all("a").count(link) == 3
        repeated = [cell for cell in page.all("td") if "repeated" in cell["class"]]
        assert [cell["data-label"] for cell in repeated] == [
            "Actor", "Actor", "Rol", "Beleidsterrein"
        ]  # fmt: skip

    def test_the_same_answer_elsewhere(self, client: httpx.Client) -> None:
        path = "/queries/actor-roles?area=policy-area/humanitarian-aid"
        links = [a["href"] for a in Outline(client.get(path).text).all("a")]
        for form in ("csv", "xlsx", "md", "json", "jsonld"):
            assert f"{path}&format={form}" in links
        editor = next(link for link in links if link.startswith("/sparql?saved="))
        text = client.get(editor).text
        assert "VALUES ?area { &lt;https://w3id.org/samenhang/id/policy-area/" in text

    def test_nothing_found(self, client: httpx.Client) -> None:
        text = client.get("/queries/actor-roles?actor=actor/world-bank").text
        assert "0 rijen" in text
        assert "Geen antwoord" in text
        assert "geen van de documenten noemt het" in text
        assert "<table" not in text

    def test_form_keeps_what_was_asked(self, client: httpx.Client) -> None:
        page = Outline(client.get("/queries/actor-roles?actor=a:other").text)
        chosen = [option["value"] for option in page.all("option") if "selected" in option]
        assert chosen == ["a:other"]


class TestEditorPage:
    def test_has_an_example_and_the_questions(self, client: httpx.Client) -> None:
        text = client.get("/sparql").text
        assert "PREFIX def: &lt;https://w3id.org/samenhang/def/&gt;" in text
        assert 'data-filled="false"' in text
        assert '<a href="/sparql?saved=actor-roles">Welke rol heeft een actor?</a>' in text

    def test_bad_links_are_problems(self, client: httpx.Client) -> None:
        assert client.get("/sparql?saved=nope").status_code == 404
        assert client.get("/sparql?saved=actor-roles&actor=x").status_code == 400

    def test_the_form_works_without_script(self, client: httpx.Client) -> None:
        query = "SELECT (1 AS ?one) {}"
        answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
        assert answer.text.split() == ["one", "1"]


class TestWords:
    texts = Texts(FOLDER / "texts.yaml")

    def test_templates_use_only_words_that_exist(self) -> None:
        for path in (FOLDER / "templates").glob("*.html"):
            text = path.read_text(encoding="utf-8")
            for key in re.findall(r'\bt\("([a-z0-9-]+)"[,)]', text):
                assert key in self.texts, f"{path.name}: {key}"

    @pytest.mark.parametrize(
        ("header", "language"),
        [
            ("", "nl"), ("en", "en"), ("en-US,en;q=0.5", "en"), ("nl-BE", "nl"), ("fr,de", "nl"),
            ("fr, en;q=0.3", "en"), ("nl;q=0.4,en;q=0.8", "en"), ("en;q=0", "nl"),
            ("en, nl", "en"), ("*", "nl"), ("en;q=nonsense", "nl"),
        ],
    )  # fmt: skip
    def test_language_of_a_reader(self, header: str, language: str) -> None:
        assert preferred(header) == language

    @pytest.mark.parametrize(
        ("value", "dutch", "english"),
        [
            ("128000000", "128.000.000", "128,000,000"), ("4.5", "4,5", "4.5"), ("0", "0", "0"),
            ("-1234.50", "-1.234,50", "-1,234.50"), ("+7", "7", "7"), ("-0.5", "-0,5", "-0.5"),
        ],
    )  # fmt: skip
    def test_numbers(self, value: str, dutch: str, english: str) -> None:
        assert self.texts.number(value, "nl") == dutch
        assert self.texts.number(value, "en") == english

    def test_dates(self) -> None:
        assert self.texts.date("2021-01-25", "nl") == "25 januari 2021"
        assert self.texts.date("2021-05", "en") == "May 2021"
        assert self.texts.date("2022", "nl") == "2022"
        assert self.texts.date("2021-13-01", "nl") == "2021-13-01"

    def test_counts(self) -> None:
        assert self.texts.counted("rows", 1, "en") == "1 row"
        assert self.texts.counted("rows", 1200, "nl") == "1.200 rijen"


class TestTable:
    def cells(self, row: dict[str, Term]) -> list[str]:
        links = Links(request(), "https://w3id.org/samenhang/")
        return [Cells(Pages().texts, links, "nl").cell(name, row).text for name in row]

    def test_values_as_people_write_them(self) -> None:
        xsd = "http://www.w3.org/2001/XMLSchema#"
        row = {
            "a": Term("literal", "84000000", datatype=xsd + "decimal"),
            "b": Term("literal", "true", datatype=xsd + "boolean"),
            "c": Term("literal", "2023", datatype=xsd + "gYear"),
        }
        assert self.cells(row) == ["84.000.000", "ja", "2023"]
        row = {
            "a": Term("literal", "1.5E9", datatype=xsd + "double"),
            "b": Term("uri", "http://example.org/a#last"),
            "c": Term("bnode", "b0"),
        }
        assert self.cells(row) == ["1.5E9", "last", "b0"]

    def test_no_link_to_anything_but_the_web(self) -> None:
        links = Links(request(), "https://w3id.org/samenhang/")
        assert links.thing("javascript:alert(1)") is None
        assert links.thing("http://example.org/x") == "http://example.org/x"
        assert links.thing("https://w3id.org/samenhang/id/actor/unhcr") == "/id/actor/unhcr"
        assert links.thing("https://w3id.org/samenhang/def/Actor") == "/def/Actor"


def test_problems_are_pages_only_for_browsers() -> None:
    assert Pages().problem(request(), Problem(404, "Not Found")) is None


def test_the_editor_is_pinned_without_naming_where_it_comes_from() -> None:
    folder = FOLDER / "editor"
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for name, version in wanted.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    for path, package in lock["packages"].items():
        assert "resolved" not in package
        assert path == "" or package["integrity"].startswith("sha512-")
    assert "omit-lockfile-registry-resolved=true" in (folder / ".npmrc").read_text().split()
