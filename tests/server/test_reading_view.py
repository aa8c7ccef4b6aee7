"""The reading view: a document's text in order, with the passage behind an answer marked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from ingest.build import Built
from ontology.names import definition
from server.linked.passage import Passage, Run, aligned, runs
from tests.acceptance.test_browser import PHONE, fits
from tests.conftest import ROOT, of_type
from tests.fixtures.sample_service import make_app, serving
from tests.server.test_pages import Outline

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
LETTER, NOTE = "/documents/kst-35570-XVII-52", "/documents/2022-beleidsnota-bhos"
RESPONSE = "/documents/2023-kabinetsreactie-iob-humanitaire-hulp"


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    app = make_app(next((data / "stores").glob("[!.]*")), ROOT / "queries")
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, headers=BROWSER) as client:
        yield client


def marks(text: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r"<mark[^>]*>([^<]*)</mark>", text)]


def words(text: str) -> str:
    """The text of the article, without its markup."""
    article = re.findall(r"<article.*</article>", text, re.S)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", article)).split())


def place(seed: str, passage: str) -> tuple[int, int]:
    """Where a passage stands in a source text, as offsets."""
    text = (ROOT / "seeds" / seed).read_text(encoding="utf-8")
    start = text.index(passage)
    return start, start + len(passage)


class TestText:
    @pytest.mark.parametrize("path", [LETTER, NOTE, RESPONSE])
    def test_is_whole_and_safe(self, client: httpx.Client, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 200
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in response.headers["content-security-policy"]
        page = Outline(response.text)
        assert len(page.all("h1")) == 1
        assert page.all("script") == []
        ids = [found["id"] for _, found in page.elements if "id" in found]
        assert len(ids) == len(set(ids))
        for link in page.all("a"):
            if link["href"].startswith("#"):
                assert link["href"][1:] in ids
        assert page.all("article") == [{"lang": "nl"}]
        assert page.all("mark") == []

    def test_has_all_blocks_in_order(self, client: httpx.Client, built: Built) -> None:
        document = definition("inDocument")
        iri = "https://w3id.org/samenhang/id/document/kst-35570-XVII-52"
        blocks = of_type(built.quads, "Block")
        count = sum(
            1
            for quad in built.quads
            if quad.predicate == document
            and quad.subject in blocks
            and str(quad.object) == f"<{iri}>"
        )
        orders = [int(n) for n in re.findall(r'id="block-(\d+)"', client.get(LETTER).text)]
        assert orders == list(range(count))

    def test_headings_lists_notes_and_pages(self, client: httpx.Client) -> None:
        text = client.get(RESPONSE).text
        page = Outline(text)
        assert re.search(
            r'<h2 class="heading" id="block-\d+"><a class="anchor" id="section-2"', text
        )
        assert '<a href="#section-2">I Humanitaire systeem en financiering</a>' in text
        assert re.search(r'<span class="marker">i\.</span> <span class="words">doorgaat met', text)
        assert len([a for a in page.all("aside") if a.get("class") == "notes"]) > 1
        pages = re.findall(r'id="page-(\d+)"', text)
        assert pages == sorted(pages, key=int)
        assert pages[:3] == ["1", "2", "3"]

    def test_a_table_has_its_rows(self, client: httpx.Client) -> None:
        text = client.get(NOTE).text
        table = re.findall(r'<p class="table" id="block-\d+">(.*?)</p>', text, re.S)[0]
        lines = [" ".join(line.split()) for line in table.strip().split("\n")]
        assert "Voedselzekerheid 50 75 100 100 100" in lines
        assert "Humanitaire hulp 82 150 150 150 150 150" in lines

    def test_title_page(self, client: httpx.Client) -> None:
        dutch, english = client.get(LETTER).text, client.get(LETTER + "?lang=en").text
        assert "25 januari 2021 (staat in het document)" in dutch
        assert "25 January 2021 (stated in the document)" in english
        assert ">Ministerie van Buitenlandse Zaken</a>" in dutch
        assert "<h1>Brief van de minister" in dutch
        assert "<h1>Letter" in english
        assert "kst-35570-XVII-52</span>" in dutch
        assert "Auteurswet" in dutch
        assert "Dutch Copyright Act" in english
        assert 'href="/doc/document/kst-35570-XVII-52?lang=en"' in english
        assert "(afgeleid, staat niet in het document)" in client.get(RESPONSE).text

    def test_unknown_and_wrong(self, client: httpx.Client) -> None:
        assert client.get("/documents/nope").status_code == 404
        assert client.get("/documents/a%20b").status_code == 404
        for query in ("start=5", "start=x&end=9", "start=9&end=9", "start=9&end=3", "end=1"):
            response = client.get(f"{LETTER}?{query}")
            assert response.status_code == 400
            assert "places in the source text" in response.text


class TestPassage:
    def test_is_marked_where_it_stands(self, client: httpx.Client) -> None:
        passage = "gaat 17% direct naar ngo’s, 70% naar VN-agentschappen"
        start, end = place("2021-kamerbrief-opvang-in-de-regio.txt", passage)
        text = client.get(f"{LETTER}?start={start}&end={end}").text
        assert marks(text) == [passage]
        assert text.count('id="passage"') == 1
        assert re.search(r'<p class="paragraph here" id="block-\d+">[^<]*<mark id="passage">', text)
        assert f"Gemarkeerd: tekens {start}–{end}." in text
        assert words(text) == words(client.get(LETTER).text)
        assert "Marked: characters" in client.get(f"{LETTER}?start={start}&end={end}&lang=en").text

    def test_line_ends_and_hyphens_do_not_matter(self, client: httpx.Client) -> None:
        source = (ROOT / "seeds" / "2022-beleidsnota-bhos.txt").read_text(encoding="utf-8")
        broken = re.search(r"[a-z]{4,} [a-z]{3,}-\n[a-z]{3,} [a-z]{4,}", source)
        assert broken is not None
        text = client.get(f"{NOTE}?start={broken.start()}&end={broken.end()}").text
        assert marks(text) == [broken[0].replace("-\n", "")]

    def test_every_answer_leads_to_its_quote(self, client: httpx.Client) -> None:
        answer = client.get("/queries/what-a-document-says-of-an-actor").text
        figures = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>.*?href=\"(/documents/[^\"?]+)\""
                             r".*?href=\"([^\"]+#passage)\"", answer, re.S)  # fmt: skip
        assert len(figures) > 3
        for quote, document, link in figures:
            assert link.startswith(document)
            text = client.get(html.unescape(link).partition("#")[0]).text
            assert marks(text) == [html.unescape(quote)]

    def test_over_several_blocks(self, client: httpx.Client) -> None:
        text = client.get(f"{RESPONSE}?start=556&end=1300").text
        assert len(marks(text)) > 1
        assert text.count('id="passage"') == 1

    def test_nothing_there(self, client: httpx.Client) -> None:
        text = client.get(f"{LETTER}?start=99999999&end=999999999").text
        assert marks(text) == []
        assert "Op tekens 99999999–999999999 staat niets" in text

    def test_documents_page_leads_here(self, client: httpx.Client) -> None:
        assert f'href="{LETTER}"' in client.get("/documents").text
        assert f'href="{LETTER}?lang=en"' in client.get("/documents?lang=en").text


class TestRuns:
    def test_aligned_by_what_the_readable_text_leaves_out(self) -> None:
        assert aligned("een samenwerking. En", "een samen-\nwerking12. \nEn")[4:8] == [4, 5, 6, 7]
        assert aligned("ab", "a") == []

    def test_cut(self) -> None:
        exact = "een samen-\nwerking12. En"
        readable = "een samenwerking. En"
        assert runs(readable, exact, 100, Passage(104, 118)) == (
            Run("een "), Run("samenwerking", marked=True), Run(". En"),
        )  # fmt: skip
        assert runs(readable, exact, 100, Passage(0, 900)) == (Run(readable, marked=True),)

    def test_all_where_it_can_not_be_found(self) -> None:
        assert runs("another", "text", 0, Passage(1, 2)) == (Run("another", marked=True),)
        assert runs("ab", "a12b", 0, Passage(1, 3)) == (Run("ab", marked=True),)


@pytest.mark.parametrize("path", [LETTER, NOTE, "/doc/actor/unhcr", "/def/", "/def/policyArea"])
def test_fits_a_phone(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="nl-NL")
    page.goto(address + path)
    assert fits(page)
    if path == LETTER:
        page.goto(f"{address}{LETTER}?start=7209&end=7458#passage")
        expect(page.locator("#passage")).to_be_in_viewport()
    page.close()
