"""A registry that keeps a copy: an LDES client of npm replays the feed into an empty store."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Quad, RdfFormat, parse, serialize

from hatch_build import EditorError
from ingest.build import assemble
from ingest.dataset import canonical
from ingest.sources import Sources
from server.publish.feed.log import Log
from server.publish.feed.stream import FEEDS
from server.publish.source import Source
from tests.clients.npm.install import InstallationError, install
from tests.conftest import ROOT, unavailable
from tests.ingest.small import folder_of, letter
from tests.publish.feeding import NOON, publish, quads_of, served, source_of
from tests.publish.replaying import Event, events, followed, quads, replay

NPM = ROOT / "tests" / "clients" / "npm"
STATE = "state"


@pytest.fixture(scope="module")
def command() -> list[str]:
    """The npm client, in Node.js."""
    try:
        node, _ = install("ldes-client")
        return [node, str(NPM / "follow.mjs")]
    except (InstallationError, EditorError) as error:
        unavailable(str(error))
        raise


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    """Three builds: one letter, then another one beside it, then the other one only."""
    folder = tmp_path_factory.mktemp("builds")
    letters = {"jordan": letter("Jordanië"), "uganda": letter("Oeganda")}
    made = []
    for number, names in enumerate((["jordan"], ["jordan", "uganda"], ["uganda"])):
        texts = {name: letters[name] for name in names}
        seeds = folder_of(folder / f"seeds-{number}", **texts)
        made.append(source_of(folder, canonical(assemble(Sources(seeds=seeds)).quads)))
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("followed")


@pytest.fixture(scope="module")
def feed(folder: Path, versions: list[Source]) -> Iterator[str]:
    """The feed of the first version; the tests publish the others."""
    publish(folder, versions[0])
    with served(folder) as address:
        yield f"{address}/feed"


def handed_over(
    command: list[str], feed: str, order: str, state: str | Path = "", latest: str = ""
) -> list[Event]:
    """The events that the client hands over, in the order of their times."""
    done = subprocess.run(
        [*command, feed, order, str(state), latest],
        capture_output=True,
        timeout=120,
        check=False,
        env=os.environ | {"LOG_LEVEL": "error", "NO_COLOR": "1"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return events(parse(done.stdout, RdfFormat.N_QUADS))


def test_a_copy_is_made_and_kept(
    command: list[str], feed: str, folder: Path, versions: list[Source], tmp_path: Path
) -> None:
    """After each build the copy is the data, graph by graph; nothing is handed over twice."""
    state: set[Quad] = set()
    for number, version in enumerate(versions):
        published = publish(folder, version, NOON + timedelta(days=number))
        told = handed_over(command, feed, "ascending", tmp_path / STATE)
        assert published in (len(told), 0)
        replay(told, state)
        assert state == quads_of(version)
    # Who comes now and wants the latest of each thing only has the same data.
    latest = handed_over(command, feed, "descending", latest="latest")
    assert {quad for event in latest for quad in quads(event)} == state
    # So has who reads the tree without such a client, from the beginning or from a time on.
    copied: set[Quad] = set()
    with httpx.Client() as reading:
        followed(reading, feed, copied)
    assert copied == state


def test_a_document_more_is_a_small_part_of_the_data(
    versions: list[Source], tmp_path: Path
) -> None:
    """The feed tells what changed, not everything again."""
    first, second = (quads_of(version) for version in versions[:2])
    feed = tmp_path
    publish(feed, versions[0])
    events_of_the_second = publish(feed, versions[1], NOON + timedelta(days=1))
    things = {quad.subject for quad in first ^ second}
    graphs = {(q.subject, q.graph_name) for q in first | second if q.subject in things}
    assert events_of_the_second == len(graphs)
    assert events_of_the_second < len({(q.subject, q.graph_name) for q in first}) / 5


def test_all_data_are_told(source: Source, tmp_path: Path) -> None:
    """The whole data set as it is built: from its pages comes every line of it again."""
    told = publish(tmp_path, source)
    log = Log(tmp_path / FEEDS / "data", source.base)
    [publication] = log.publications()
    assert (
        publication.events == told == sum(kinds["Create"] for kinds in publication.graphs.values())
    )
    copied = set()
    for number in range(publication.pages):
        found = events(parse(log.page(publication, number), RdfFormat.N_QUADS))
        assert 0 < len(found) <= publication.page_size
        for event in found:
            copied.update(
                (serialize(quads(event), format=RdfFormat.N_QUADS) or b"").splitlines(True)
            )
    assert b"".join(sorted(copied)) == source.quads.read_bytes()
