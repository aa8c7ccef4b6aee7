"""A researcher with a browser, in the SPARQL editor (YASGUI) of a running service."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.acceptance.test_browser import EDITOR
from tests.clients.conftest import MALFORMED, PREFIXES, TITLES
from tests.conftest import unavailable

# Legal to the editor's own grammar, so that the service has the last word.
SCOPE = "SELECT ?s (COUNT(?o) AS ?n)\nWHERE { ?s ?p ?o }\nGROUP BY ?o"
PATIENCE_MS = 15_000  # the whole suite may be at work beside it


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    if not (EDITOR / "yasgui.min.js").is_file():
        unavailable("the SPARQL editor has not been built (python hatch_build.py)")
    context = browser.new_context(locale="nl-NL")
    expect.set_options(timeout=PATIENCE_MS)
    yield context.new_page()
    expect.set_options(timeout=None)
    context.close()


def editor(page: Page, address: str) -> Locator:
    """The tab of the editor that is shown."""
    page.goto(address)
    return page.locator("#yasgui .tabPanel.active")


def write(panel: Locator, query: str) -> None:
    panel.locator(".CodeMirror").evaluate("(node, text) => node.CodeMirror.setValue(text)", query)


def run(panel: Locator) -> None:
    panel.locator(".yasqe_queryButton").click()


def test_writes_a_query_and_sees_rows(page: Page, letters: str) -> None:
    panel = editor(page, f"{letters}/sparql")
    write(panel, TITLES)
    run(panel)
    expect(panel.locator(".yasr_results tbody tr")).to_have_count(2)
    expect(panel.locator(".yasr_results")).to_contain_text("Brief over uganda")


def test_types_a_query_and_runs_it_by_keyboard(page: Page, letters: str) -> None:
    panel = editor(page, f"{letters}/sparql")
    panel.locator(".CodeMirror-code").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("ASK { ?s ?p ?o }")
    page.keyboard.press("Control+Enter")
    expect(panel.locator(".yasr_results")).to_contain_text("True")


def test_sees_triples_of_a_document(page: Page, letters: str) -> None:
    panel = editor(page, f"{letters}/sparql")
    write(panel, f"{PREFIXES} DESCRIBE document:jordan")
    run(panel)
    expect(panel.locator(".yasr_results")).to_contain_text("Brief over jordan")


def test_a_slip_is_marked_at_its_line_while_writing(page: Page, letters: str) -> None:
    panel = editor(page, f"{letters}/sparql")
    write(panel, MALFORMED)
    marked = panel.locator(".CodeMirror-code > div", has=page.locator(".parseErrorIcon"))
    expect(marked).to_contain_text("WHERE { ?s ?p }")


@pytest.mark.parametrize(("query", "line"), [(MALFORMED, 2), (SCOPE, 3)])
def test_the_answer_to_a_wrong_query_tells_the_line(
    page: Page, letters: str, query: str, line: int
) -> None:
    panel = editor(page, f"{letters}/sparql")
    write(panel, query)
    run(panel)
    answer = panel.locator(".yasr_results")
    expect(answer).to_contain_text(f"Line {line}, column")
    expect(answer).not_to_contain_text("..=")  # of the engine's grammar


def test_opens_a_link_with_a_query_in_it(page: Page, letters: str) -> None:
    panel = editor(page, f"{letters}/sparql#query={quote(TITLES)}")
    expect(panel.locator(".CodeMirror-code")).to_contain_text("dcterms:title ?title")
    run(panel)
    expect(panel.locator(".yasr_results tbody tr")).to_have_count(2)


def test_follows_a_link_to_the_endpoint_and_sees_the_query_with_its_rows(
    page: Page, letters: str
) -> None:
    panel = editor(page, f"{letters}/sparql?query={quote(TITLES)}")
    expect(panel.locator(".CodeMirror-code")).to_contain_text("dcterms:title ?title")
    expect(panel.locator(".yasr_results tbody tr")).to_have_count(2)


def test_shares_a_query_with_a_colleague(page: Page, browser: Browser, letters: str) -> None:
    panel = editor(page, f"{letters}/sparql")
    write(panel, TITLES)
    panel.locator(".yasqe_share").click()
    link = page.locator(".yasqe_sharePopup input").input_value()
    colleague = browser.new_context().new_page()
    theirs = editor(colleague, link)
    expect(theirs.locator(".CodeMirror-code")).to_contain_text("dcterms:title ?title")
    colleague.context.close()
