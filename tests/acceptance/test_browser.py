"""A person with a browser: reads the home page, asks a question, opens it in the editor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import unavailable
from tests.fixtures.sample_service import make_app, make_store, serving

EDITOR = Path(__file__).parents[2] / "server" / "pages" / "static" / "editor"
DESKTOP, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(make_app(make_store(tmp_path_factory.mktemp("browser")))) as address:
        yield address


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A page that may complain of nothing and load nothing from anywhere else."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith((address, "data:")) else complaints.append(asked.url)
        ),
    )
    yield page
    assert complaints == []


def fits(page: Page) -> bool:
    """Whether the page is no wider than the window."""
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    page.wait_for_load_state()  # the style sheet among it
    return bool(page.evaluate(wide))


def test_from_the_home_page_to_the_evidence(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Samenhang")
    expect(page.locator("[data-count=documents]")).to_have_text("2")
    assert fits(page)
    card = page.get_by_role("listitem").filter(has_text="Welke rol heeft een actor?")
    card.get_by_label("Beleidsterrein").select_option(label="opvang in de regio")
    card.get_by_role("button", name="Toon het antwoord").click()
    expect(page).to_have_url(
        address + "/queries/actor-roles?actor=actor%2Funhcr"
        "&area=policy-area%2Freception-in-the-region"
    )
    expect(page.locator("[data-rows]")).to_have_text("2 rijen")
    expect(page.locator("blockquote").first).to_contain_text("17% direct naar ngo’s")
    expect(page.locator("figcaption").first).to_contain_text("blz. 4")
    assert fits(page)


def test_the_same_answer_as_csv(page: Page, address: str) -> None:
    page.goto(f"{address}/queries/actor-roles")
    link = page.get_by_role("link", name="CSV").get_attribute("href")
    text = page.request.get(f"{address}{link}").text()
    assert text.startswith("actor,actorLabel,role")
    assert text.count("\n") == 4


def test_into_english_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}/queries/documents-since?since=2022-01-01")
    page.get_by_role("link", name="EN", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Which documents are there since a date?"
    )
    expect(page.get_by_label("Since", exact=True)).to_have_value("2022-01-01")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("navigation").get_by_role("link", name="Documents", exact=True).click()
    expect(page.get_by_role("cell", name="14 February 2023")).to_be_visible()
    page.get_by_role("link", name="NL", exact=True).click()
    expect(page.get_by_role("cell", name="14 februari 2023")).to_be_visible()
    assert fits(page)


def test_a_question_found_cited_and_traced(page: Page, address: str) -> None:
    page.goto(f"{address}/queries?lang=en")
    page.get_by_label("Search by words").fill("role of an actor")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Which role does an actor have?").click()
    page.locator(".proofs a").first.click()
    expect(page.locator("main")).to_contain_text("UNHCR verdeelt een deel")
    page.go_back()
    page.get_by_role("button", name="Cite this answer").click()
    expect(page.locator("main")).to_contain_text("The answer is the same now")
    expect(page.locator("main")).to_contain_text("SHA-256")
    assert fits(page)


def test_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Direct naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Welke rol heeft een actor?")).to_be_focused()


def test_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{address}/queries/actor-roles")
    page.get_by_label("Actor").select_option("actor/world-bank")
    page.get_by_role("button", name="Toon opnieuw").click()
    expect(page.locator("main")).to_contain_text("Geen antwoord")
    page.goto(f"{address}/sparql")
    expect(page.get_by_label("SPARQL-query")).to_have_value(_starting_with("# What do"))
    page.get_by_role("button", name="Voer uit").click()
    expect(page.locator("body")).to_contain_text('"head"')
    context.close()


@pytest.fixture
def editor() -> None:
    if not (EDITOR / "yasgui.min.js").is_file():
        unavailable("the SPARQL editor has not been built (python hatch_build.py)")


@pytest.mark.usefixtures("editor")
def test_a_question_in_the_editor(page: Page, address: str) -> None:
    page.goto(f"{address}/queries/actor-roles?area=policy-area/humanitarian-aid")
    page.get_by_role("link", name="Open in de SPARQL-editor").click()
    panel = page.locator("#yasgui .tabPanel.active")
    expect(panel.locator(".CodeMirror-code")).to_contain_text("# Welke rol heeft een actor?")
    expect(page.locator("#plain")).to_be_hidden()
    panel.locator(".yasqe_queryButton").click()
    expect(panel.locator(".yasr_results")).to_contain_text("ongeoormerkte bijdragen")
    expect(panel.locator(".yasr_results tbody tr")).to_have_count(1)
    assert fits(page)


@pytest.mark.usefixtures("editor")
def test_a_question_from_the_editors_menu(page: Page, address: str) -> None:
    page.goto(f"{address}/sparql")
    panel = page.locator("#yasgui .tabPanel.active")
    expect(panel.locator(".CodeMirror-code")).to_contain_text("What do the documents say")
    page.get_by_text("Begin met een vraag").click()
    page.get_by_role("link", name="Welke documenten zijn er").click()
    expect(panel.locator(".CodeMirror-code")).to_contain_text("documentLabel")
    panel.locator(".yasqe_queryButton").click()
    expect(panel.locator(".yasr_results tbody tr")).to_have_count(2)


def _starting_with(text: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(text)}")
