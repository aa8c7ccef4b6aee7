"""What the tests share: the data set built from the five documents, once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pyoxigraph import Literal, NamedNode, Quad, QuerySolution, QuerySolutions, Store

from ingest.build import Built, Sources, assemble
from ingest.manifest import SEEDS
from ontology.names import RDF, definition
from queries.catalogue import Catalogue

ROOT = Path(__file__).parent.parent


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def unavailable(reason: str) -> None:
    """Leave these tests out, but never where the whole suite must run."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        unavailable("no Chromium or Chrome on the search path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def built() -> Built:
    """The whole data set in memory, made from the documents."""
    return assemble(Sources())


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the build and its store, made by the command line."""
    folder = tmp_path_factory.mktemp("built") / "data"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "samenhang",
            "query",
            "numbers-that-do-not-add-up",
            "--data",
            folder,
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return folder


@dataclass(frozen=True)
class Graph:
    """The data set in a store, with the questions one asks in tests."""

    store: Store
    catalogue: Catalogue

    def select(self, text: str) -> Iterator[QuerySolution]:
        """The rows of a SELECT over all graphs."""
        answer = self.store.query(text, use_default_graph_as_union=True)
        assert isinstance(answer, QuerySolutions)
        return iter(answer)

    def ask(self, name: str, **values: str) -> list[dict[str, str]]:
        """The rows of a saved question: values as text by column, unbound ones left out."""
        query = self.catalogue[name]
        return [
            {
                variable: value.value
                for variable in query.variables
                if isinstance(value := row[variable], Literal | NamedNode)
            }
            for row in self.select(query.bind(values))
        ]

    def values(self, subject: NamedNode, name: str) -> list[str]:
        """The values of a vocabulary property as text."""
        quads = self.store.quads_for_pattern(subject, definition(name), None, None)
        return [value.value for q in quads if isinstance(value := q.object, Literal | NamedNode)]


@pytest.fixture(scope="session")
def graph(built: Built) -> Graph:
    """The data set in a store in memory."""
    store = Store()
    store.bulk_extend(built.quads)
    return Graph(store, Catalogue.load(ROOT / "queries"))


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the source documents that a test may spoil."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    for path in SEEDS.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    return folder


def of_type(quads: list[Quad], name: str) -> set[NamedNode]:
    """The things of a vocabulary class."""
    return {
        quad.subject
        for quad in quads
        if quad.predicate.value == RDF + "type"
        and quad.object == definition(name)
        and isinstance(quad.subject, NamedNode)
    }
