"""Played as a harvester: the script of the documentation keeps a copy, from one address alone."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import httpx
from pyoxigraph import Quad, RdfFormat, parse

from tests.conftest import ROOT
from tests.ingest.small import folder_of, letter
from tests.publish.service import BASE, environment, serving

SCRIPT = ROOT / "docs" / "harvest.py"
PATIENCE_S = 90
JORDAN, UGANDA = letter("Jordanië"), letter("Oeganda")


class Publisher:
    """Who publishes letters, and now and then others."""

    def __init__(self, folder: Path) -> None:
        self.data, self.seeds = folder / "data", folder / "seeds"

    def write(self, **letters: str) -> None:
        """These are the letters from now on."""
        folder_of(self.seeds, **letters)
        command = [sys.executable, "-m", "samenhang", "build", "--data", str(self.data)]
        subprocess.run(
            [*command, "--seeds", str(self.seeds)],
            cwd=ROOT,
            env=environment(base_iri=BASE),
            check=True,
            capture_output=True,
        )

    def quads(self) -> frozenset[Quad]:
        """What is in the data set."""
        return quads(self.data / "current" / "dataset.nq")

    def wait(self, address: str) -> None:
        """Until the service has told of the newest data."""
        version = (self.data / "current").resolve().name
        until = time.monotonic() + PATIENCE_S
        while version not in httpx.get(f"{address}/feed", headers={"Accept": "text/turtle"}).text:
            assert time.monotonic() < until, "the feed does not tell of the new data"
            time.sleep(0.2)


def quads(path: Path) -> frozenset[Quad]:
    """The quads of a file."""
    return frozenset(parse(path.read_bytes(), RdfFormat.N_QUADS))


def harvest(catalogue: str, folder: Path) -> str:
    """Run the script, elsewhere; what it says."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(SCRIPT), catalogue, "copy"],
        cwd=folder,
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    return done.stdout


def test_a_copy_stays_the_same_as_what_is_published(tmp_path: Path) -> None:
    publisher, elsewhere = Publisher(tmp_path / "publisher"), tmp_path / "elsewhere"
    publisher.seeds.parent.mkdir()
    elsewhere.mkdir()
    publisher.write(jordan=JORDAN)
    with serving(publisher.data, publisher.seeds, base_iri=BASE) as address:
        catalogue = f"{address}/catalog"
        assert "samenhang.nq.gz" in harvest(catalogue, elsewhere)
        first = quads(elsewhere / "copy.nq")
        assert first == publisher.quads()

        publisher.write(jordan=JORDAN, uganda=UGANDA)
        publisher.wait(address)
        said = harvest(catalogue, elsewhere)
        assert "things changed" in said
        assert "samenhang.nq.gz" not in said
        second = quads(elsewhere / "copy.nq")
        assert second == publisher.quads() != first

        publisher.write(uganda=UGANDA)
        publisher.wait(address)
        harvest(catalogue, elsewhere)
        assert quads(elsewhere / "copy.nq") == publisher.quads()

        assert "changed" not in harvest(catalogue, elsewhere)
        (elsewhere / "copy.json").unlink()  # as one who comes only now
        harvest(catalogue, elsewhere)
        assert quads(elsewhere / "copy.nq") == publisher.quads()
