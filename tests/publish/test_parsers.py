"""Whatever is sent or stored as RDF is read by three parsers, and they read the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from hatch_build import EditorError
from tests.clients.npm.install import InstallationError
from tests.conftest import unavailable
from tests.publish.parsers import (
    FORMATS,
    Content,
    Document,
    by_npm,
    by_pyoxigraph,
    by_rdflib,
    kind,
    triples,
    unpacked,
)
from tests.publish.service import Service

DESCRIPTIONS = tuple(name for name in FORMATS if name != "application/n-quads")
PAGES = (
    "/catalog",
    "/.well-known/void",
    "/sparql",
    "/feed",
    "/catalog/feed",
    "/def/",
    "/def/Recommendation",
    "/doc/country/JOR",
)
ELSEWHERE = (
    "exports/rdf12/",  # rdflib 7 does not know RDF 1.2; tests/publish/test_rdf12.py reads it
    "ro-crate-metadata.json",  # its context is on the web; tests/publish/test_release.py reads it
)


@pytest.fixture(scope="module")
def things(small: Service) -> list[str]:
    """A thing of each kind that the data or the catalogue has."""
    first: dict[str, str] = {}
    catalogue = httpx.get(f"{small.address}/catalog", headers={"Accept": "text/turtle"})
    for quad in (
        *parse(small.dataset.read_bytes(), RdfFormat.N_QUADS),
        *parse(catalogue.content, RdfFormat.TURTLE),
    ):
        subject = quad.subject
        if isinstance(subject, NamedNode) and subject.value.startswith(f"{small.base}id/"):
            first.setdefault(kind(subject.value, small.base), subject.value)
    assert len(first) > 30
    return list(first.values())


@pytest.fixture(scope="module")
def sent(small: Service, things: list[str]) -> list[Document]:
    """What is answered, in each format."""
    paths = [*PAGES, *(f"/{iri.removeprefix(small.base)}" for iri in things)]
    made = []
    with httpx.Client(base_url=small.address, timeout=30, follow_redirects=True) as client:
        for path in paths:
            for media_type in DESCRIPTIONS:
                answer = client.get(path, headers={"Accept": media_type})
                assert answer.status_code == 200, (path, media_type, answer.text)
                found = answer.headers["content-type"].partition(";")[0]
                assert found == media_type, path
                name, base = f"{path} {media_type}", str(answer.url)
                made.append(Document(name, media_type, base, answer.content))
    return made


@pytest.fixture(scope="module")
def stored(small: Service) -> list[Document]:
    """The files of RDF of a release; of those that differ in their packing only, one."""
    folder = small.data / "releases" / "latest"
    made: dict[str, Document] = {}
    for file in json.loads((folder / "release.json").read_text("utf-8"))["files"]:
        name, media_type = file["name"], file["media_type"]
        if media_type in FORMATS and not name.startswith(ELSEWHERE):
            bare = name.removesuffix(".gz").removesuffix(".zst")
            content = unpacked(folder / name)
            made.setdefault(bare, Document(bare, media_type, small.base, content))
            assert made[bare].content == content, name
    assert len(made) > 20
    return list(made.values())


@pytest.fixture(scope="module")
def read_by_npm(
    sent: list[Document], stored: list[Document], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Content]:
    try:
        return by_npm([*sent, *stored], tmp_path_factory.mktemp("npm"))
    except (InstallationError, EditorError) as error:
        unavailable(str(error))
        raise


class TestAnswers:
    def test_three_parsers_read_the_same(
        self, sent: list[Document], read_by_npm: Mapping[str, Content]
    ) -> None:
        for document in sent:
            content = by_pyoxigraph(document)
            assert content, document.name
            assert by_rdflib(document) == content, document.name
            assert read_by_npm[document.name] == content, document.name

    def test_each_format_says_the_same(self, sent: list[Document]) -> None:
        said: dict[str, frozenset[object]] = {}
        for document in sent:
            path, _, media_type = document.name.partition(" ")
            content = triples(by_pyoxigraph(document))
            assert said.setdefault(path, content) == content, (path, media_type)


class TestFiles:
    def test_three_parsers_read_the_same(
        self, stored: list[Document], read_by_npm: Mapping[str, Content]
    ) -> None:
        for document in stored:
            content = by_pyoxigraph(document)
            assert content, document.name
            assert by_rdflib(document) == content, document.name
            assert read_by_npm[document.name] == content, document.name

    def test_each_format_says_the_same(self, stored: list[Document]) -> None:
        said: dict[str, frozenset[object]] = {}
        for document in stored:
            content = triples(by_pyoxigraph(document))
            bare = str(Path(document.name).with_suffix(""))
            assert said.setdefault(bare, content) == content, document.name

    def test_every_kind_of_thing_in_them_answers(
        self, small: Service, stored: list[Document]
    ) -> None:
        with httpx.Client(base_url=small.address, timeout=30, follow_redirects=True) as client:
            for path, name in _things_in(stored, small.base).items():
                answer = client.get(f"/{path}", headers={"Accept": "application/n-triples"})
                assert answer.status_code == 200, (path, name)
                assert f"<{small.base}{path}>" in answer.text, (path, name)

    def test_the_whole_is_the_data_set(self, small: Service, stored: list[Document]) -> None:
        whole = frozenset(parse(small.dataset.read_bytes(), RdfFormat.N_QUADS))
        for document in stored:
            if document.name in {"samenhang.nq", "samenhang.trig", "samenhang.jsonld"}:
                assert by_pyoxigraph(document) == whole, document.name


def _things_in(documents: list[Document], base: str) -> dict[str, str]:
    """Of each kind of thing one that a document names, by its path below the base."""
    found: dict[tuple[str, str], str] = {}
    for document in documents:
        for quad in by_pyoxigraph(document):
            for term in quad:
                if isinstance(term, NamedNode) and term.value.startswith(f"{base}id/"):
                    path = term.value.removeprefix(base).partition("#")[0]
                    found.setdefault((kind(term.value, base), document.name), path)
    return {path: name for (_, name), path in found.items()}
