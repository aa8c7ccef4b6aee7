"""The change feed on disk: what it tells of two versions, and that it is never half told."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from ontology.names import DEFAULT_BASE
from server.pages.language import Texts
from server.pages.rendering import FOLDER
from server.publish.feed import FeedError
from server.publish.feed.described import Told
from server.publish.feed.log import Log, Publication
from server.publish.feed.stream import FEED, FEEDS, Stream
from server.publish.source import Source
from tests.conftest import ROOT
from tests.publish.feeding import NOON, publish, quads_of, source_of
from tests.publish.replaying import Event, events, quads, replay

EXAMPLE = "http://example.org/"
THING = f"{EXAMPLE}thing/"
MANY = 600  # things: three pages


def quad(thing: str, value: str, graph: str = "a") -> bytes:
    return f'<{THING}{thing}> <{EXAMPLE}p> "{value}" <{EXAMPLE}{graph}> .\n'.encode()


def log_of(data: Path, base: str = DEFAULT_BASE) -> Log:
    return Log(data / FEEDS / "data", base)


def told(log: Log, publication: Publication) -> list[Event]:
    pages = (log.page(publication, number) for number in range(publication.pages))
    return events(quad for page in pages for quad in parse(page, RdfFormat.N_QUADS))


def story(data: Path) -> list[list[tuple[str, str, str]]]:
    """Kind, thing and graph of each event of each publication."""
    log = log_of(data)
    return [
        sorted(
            (event.kind, event.thing.value.removeprefix(THING), str(event.target)[-2:-1])
            for event in told(log, publication)
        )
        for publication in log.publications()
    ]


def replayed(data: Path) -> set[Quad]:
    state: set[Quad] = set()
    log = log_of(data)
    for publication in log.publications():
        replay(told(log, publication), state)
    return state


def known(data: Path) -> Told:
    return Told(data / FEEDS, Stream(FEED), Texts(FOLDER / "texts.yaml"))


class TestWhatIsTold:
    def test_at_first_everything_is_created(self, tmp_path: Path) -> None:
        source = source_of(tmp_path, [quad("x", "1"), quad("x", "2"), quad("y", "1", "b")])
        assert publish(tmp_path, source) == 2
        assert story(tmp_path) == [[("Create", "x", "a"), ("Create", "y", "b")]]
        assert replayed(tmp_path) == quads_of(source)

    def test_then_what_was_created_updated_and_deleted(self, tmp_path: Path) -> None:
        publish(tmp_path, source_of(tmp_path, [quad("x", "1"), quad("y", "1"), quad("z", "1")]))
        source = source_of(tmp_path, [quad("w", "1"), quad("x", "1"), quad("y", "2")])
        assert publish(tmp_path, source) == 3
        assert story(tmp_path)[1] == [
            ("Create", "w", "a"),
            ("Delete", "z", "a"),
            ("Update", "y", "a"),
        ]
        assert replayed(tmp_path) == quads_of(source)
        publication = log_of(tmp_path).newest()
        assert publication is not None
        assert publication.things == {"Create": 1, "Update": 1, "Delete": 1}
        assert publication.graphs["http://example.org/a"] == publication.things

    def test_the_same_version_tells_nothing(self, tmp_path: Path) -> None:
        source = source_of(tmp_path, [quad("x", "1")])
        assert [publish(tmp_path, source), publish(tmp_path, source)] == [1, 0]
        assert len(log_of(tmp_path).publications()) == 1

    def test_a_thing_that_changes_is_given_in_each_of_its_graphs(self, tmp_path: Path) -> None:
        """So that the latest events about a thing are all there is to know of it."""
        publish(
            tmp_path,
            source_of(tmp_path, [quad("x", "1"), quad("x", "1", "b"), quad("x", "1", "c")]),
        )
        source = source_of(tmp_path, [quad("x", "1"), quad("x", "2", "b"), quad("x", "1", "d")])
        publish(tmp_path, source)
        assert story(tmp_path)[1] == [
            ("Create", "x", "d"),
            ("Delete", "x", "c"),
            ("Update", "x", "a"),
            ("Update", "x", "b"),
        ]
        log = log_of(tmp_path)
        latest = told(log, log.publications()[-1])
        assert {one for event in latest for one in quads(event)} == quads_of(source)

    def test_back_to_an_earlier_version_is_told_with_events_of_their_own(
        self, tmp_path: Path
    ) -> None:
        first = source_of(tmp_path, [quad("x", "1")])
        second = source_of(tmp_path, [quad("x", "2")])
        for source in (first, second, first, second):
            publish(tmp_path, source)
        log = log_of(tmp_path)
        found = [event for one in log.publications() for event in told(log, one)]
        assert [event.kind for event in found] == ["Create", "Update", "Update", "Update"]
        assert len({event.iri for event in found}) == len({event.published for event in found}) == 4
        assert replayed(tmp_path) == quads_of(second)

    def test_no_event_is_older_than_the_one_before_it(self, tmp_path: Path) -> None:
        publish(tmp_path, source_of(tmp_path, [quad("x", "1")]), NOON)
        publish(tmp_path, source_of(tmp_path, [quad("x", "2")]), NOON - timedelta(days=1))
        times = [one.published for one in log_of(tmp_path).publications()]
        assert times == [NOON, NOON + timedelta(seconds=1)]

    def test_events_are_the_same_when_made_again(self, tmp_path: Path) -> None:
        folders = [tmp_path / "one", tmp_path / "two"]
        for folder in folders:
            folder.mkdir()
            for values in ("1", "2"):
                publish(folder, source_of(folder, [quad("x", values), quad("y", values)]))
        one, two = map(log_of, folders)
        assert [told(one, each) for each in one.publications()] == [
            told(two, each) for each in two.publications()
        ]

    def test_data_with_another_base_begin_anew(self, tmp_path: Path) -> None:
        publish(tmp_path, source_of(tmp_path, [quad("x", "1")]))
        other = source_of(tmp_path, [quad("x", "1")], "https://data.example.org/")
        assert publish(tmp_path, other) == 1
        assert [one.number for one in log_of(tmp_path).publications()] == [1]
        assert [one.number for one in log_of(tmp_path, other.base).publications()] == [2]


class TestFailures:
    @pytest.mark.parametrize(
        "lines",
        [
            [quad("y", "1"), quad("x", "1")],
            [quad("x", "1"), quad("y", "1"), quad("x", "2")],
            [b'_:b <http://example.org/p> "1" <http://example.org/a> .\n'],
        ],
        ids=["not sorted", "not together", "blank node"],
    )
    def test_data_that_can_not_be_told_leave_the_feed_as_it_was(
        self, tmp_path: Path, lines: list[bytes]
    ) -> None:
        publish(tmp_path, source_of(tmp_path, [quad("x", "1")]))
        before = sorted((tmp_path / FEEDS).rglob("*"))
        bad = tmp_path / "bad.nq"
        bad.write_bytes(b"".join(lines))
        good = source_of(tmp_path, [quad("z", "1")])
        with pytest.raises(FeedError):
            publish(tmp_path, Source(good.store, bad, "bad", good.base))
        assert sorted((tmp_path / FEEDS).rglob("*")) == before
        assert publish(tmp_path, good) == 2

    @pytest.mark.parametrize("name", ["state", "publication.json"])
    def test_a_damaged_feed_is_not_added_to(self, tmp_path: Path, name: str) -> None:
        publish(tmp_path, source_of(tmp_path, [quad("x", "1")]))
        next((tmp_path / FEEDS).rglob(name)).write_bytes(b"damaged\n")
        with pytest.raises(FeedError, match=r"damaged|can not be read"):
            publish(tmp_path, source_of(tmp_path, [quad("y", "1")]))


CALLS = ("fsync", "rename", "unlink", "rmdir", "mkdir", "chmod", "open")


def killed(data: Path, source: Source, number: int) -> bool:
    """Tell of a version in a process that is killed at the call of this number with which it makes
    something of the disk; whether it was killed before it was done.
    """
    child = os.fork()
    if child == 0:
        left = number

        def counting(call: Callable[..., Any]) -> Callable[..., Any]:
            def counted(*arguments: Any, **named: Any) -> Any:
                nonlocal left
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return call(*arguments, **named)

            return counted

        code = 1
        try:
            for name in CALLS:
                setattr(os, name, counting(getattr(os, name)))
            publish(data, source)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL)
    return status == signal.SIGKILL


class TestKilled:
    def test_the_feed_is_the_old_or_the_new_one(self, tmp_path: Path) -> None:
        before = [quad(f"{number:04}", "1") for number in range(MANY)]
        after = [quad(f"{number:04}", "2") for number in range(100, MANY + 100)]
        prepared = tmp_path / "prepared"
        prepared.mkdir()
        old = source_of(prepared, before)
        publish(prepared, old)
        new = source_of(tmp_path, after)
        ends: Counter[str] = Counter()
        for number in range(1, 100):
            data = tmp_path / f"killed-{number}"
            shutil.copytree(prepared, data)
            was_killed = killed(data, new, number)
            ends[self.end(data, old, new)] += 1
            assert publish(data, new) in (0, MANY + 100)
            assert self.end(data, old, new) == "new"
            assert not list((data / FEEDS).rglob(".telling-*"))
            assert len(list((data / FEEDS).rglob("state"))) == 1
            if not was_killed:
                break
        else:
            pytest.fail("there is no end to it")
        assert ends["old"] > 5
        assert ends["new"] > 1

    @staticmethod
    def end(data: Path, old: Source, new: Source) -> str:
        """Whether the feed tells of the old or the new version, all of it and once."""
        log = log_of(data)
        publications = log.publications()
        found = [event for one in publications for event in told(log, one)]
        assert len({event.iri for event in found}) == len(found)
        assert len(found) == sum(one.events for one in publications)
        versions = [one.version for one in publications]
        state = replayed(data)
        if versions == [old.version]:
            assert state == quads_of(old)
            return "old"
        assert versions == [old.version, new.version]
        assert state == quads_of(new)
        return "new"


class TestGone:
    @pytest.fixture
    def data(self, tmp_path: Path) -> Path:
        numbers = range(50)
        publish(tmp_path, source_of(tmp_path, [quad(f"{one}", "1") for one in numbers]))
        publish(tmp_path, source_of(tmp_path, [quad(f"{one}", "1") for one in numbers if one % 3]))
        return tmp_path

    def test_what_was_removed_is_remembered(self, data: Path) -> None:
        newest = log_of(data).newest()
        assert newest is not None
        for number in range(50):
            found = known(data).find_gone(f"{THING}{number}")
            if number % 3:
                assert found is None
            else:
                assert found is not None
                assert (found.version, found.published) == (newest.version, newest.published)

    @pytest.mark.parametrize("iri", [THING, f"{THING}999", "urn:a", "zzz", "", "x y", "é"])
    def test_what_never_was_is_not(self, data: Path, iri: str) -> None:
        assert known(data).find_gone(iri) is None

    def test_it_stays_gone_until_it_comes_back(self, data: Path) -> None:
        publish(data, source_of(data, [quad("1", "1")]))
        assert known(data).find_gone(f"{THING}0") is not None
        assert known(data).find_gone(f"{THING}2") is not None
        publish(data, source_of(data, [quad("0", "1")]))
        assert known(data).find_gone(f"{THING}0") is None
        assert story(data)[-1] == [("Create", "0", "a"), ("Delete", "1", "a")]

    @pytest.mark.anyio
    async def test_it_is_said_in_words(self, data: Path) -> None:
        newest = log_of(data).newest()
        found = await known(data).gone(f"{THING}0")
        assert newest is not None and found is not None
        assert found.why == {
            "nl": f"Verwijderd op 21 november 2026, met versie {newest.version} van de gegevens.",
            "en": f"Removed on 21 November 2026, with version {newest.version} of the data.",
        }

    def test_nothing_is_gone_where_nothing_was_published(self, tmp_path: Path) -> None:
        assert known(tmp_path).find_gone(f"{THING}0") is None


def test_memory_does_not_grow_with_the_data(tmp_path: Path) -> None:
    """Sixty megabytes in the memory for a page."""
    lines = tmp_path / "large.nq"
    with lines.open("wb") as file:
        for number in range(20_000):
            file.write(quad(f"{number:06}", "long" * 750))
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from tests.publish.feeding import NOON, source_of\n"
        "from server.publish.feed import extend; from server.publish.source import Source\n"
        "used = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = used()\n"
        "source = Source(None, Path(sys.argv[1]), 'large', 'https://w3id.org/samenhang/')\n"
        "assert extend(Path(sys.argv[2]), source, NOON) == 20_000\n"
        "print((used() - before) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, lines, tmp_path / "feed"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < 40  # MiB
