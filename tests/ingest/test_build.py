"""The build: the same bytes each time, in place in one step, and never half done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store

from ingest import dataset
from ingest.build import BuildError, Built, Sources, assemble, build, check, up_to_date
from ingest.dataset import DatasetError
from ingest.manifest import ManifestError
from ontology.names import definition
from tests.conftest import ROOT, of_type


def test_building_twice_gives_the_same_bytes(built: Built) -> None:
    again = assemble(Sources())
    assert dataset.canonical(again.quads) == dataset.canonical(built.quads)


def test_the_order_of_sets_does_not_show_in_the_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; from hashlib import sha256; from ingest import dataset;"
        "from ingest.build import Sources, assemble;"
        "print(sha256(dataset.canonical(assemble(Sources()).quads)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_literals_are_in_the_form_that_the_store_keeps(built: Built) -> None:
    store = Store()
    store.bulk_extend(built.quads)
    assert dataset.canonical(store) == dataset.canonical(built.quads)


def test_a_graph_that_breaks_the_shapes_stops_the_build(built: Built) -> None:
    statement = min(of_type(built.quads, "Listing"), key=str)
    spoiled = [
        quad
        for quad in built.quads
        if quad.subject == statement and quad.predicate != definition("evidence")
    ]
    with pytest.raises(BuildError, match="A statement carries evidence") as error:
        check(spoiled)
    assert statement.value in str(error.value)


def test_a_build_is_reused_until_something_changes(tmp_path: Path, seeds: Path) -> None:
    data = tmp_path / "data"
    sources = Sources(seeds=seeds)
    made = dataset.publish(data, b"", {}, {"inputs": sources.fingerprint()})
    reused = up_to_date(sources, data)
    assert reused is not None
    assert reused.version == made.version
    claims = next(seeds.glob("*.claims.yaml"))
    claims.write_text(claims.read_text("utf-8") + "\n# read again\n", "utf-8")
    assert up_to_date(sources, data) is None


def test_the_manifest_of_a_build_says_what_is_in_it(tmp_path: Path) -> None:
    quad = Quad(NamedNode("a:s"), NamedNode("a:p"), NamedNode("a:o"), NamedNode("a:g"))
    content = dataset.canonical([quad, quad])
    made = dataset.publish(tmp_path, content, {"one": "text"}, {"base": "x"})
    manifest = json.loads((tmp_path / "current" / "manifest.json").read_text())
    assert manifest["quads"] == 1
    assert manifest["version"] == made.version
    assert (tmp_path / "current" / "dataset.nq").read_bytes() == content
    assert (tmp_path / "current" / "texts" / "one.txt").read_text() == "text"


def test_publishing_again_keeps_the_link_whole_and_few_builds(tmp_path: Path) -> None:
    for number in range(6):
        dataset.publish(tmp_path, f"{number}\n".encode(), {}, {})
    current = dataset.current(tmp_path)
    assert current is not None
    assert (current.folder / "dataset.nq").read_text() == "5\n"
    assert len(list((tmp_path / "builds").iterdir())) <= dataset.KEPT_BUILDS + 1


def test_a_folder_that_can_not_be_written_is_named_before_any_work() -> None:
    seen: list[str] = []
    with pytest.raises(DatasetError, match="/proc/nowhere"):
        build(Sources(), Path("/proc/nowhere"), seen.append)
    assert seen == []


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(DatasetError, match="data"):
        dataset.publish(tmp_path / "data", b"", {}, {})


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    made = dataset.publish(tmp_path, b"", {}, {})
    (made.folder / "manifest.json").write_text("{")
    with pytest.raises(DatasetError, match=r"manifest\.json"):
        dataset.current(tmp_path)


def test_a_build_killed_at_any_moment_leaves_the_last_one_in_force(tmp_path: Path) -> None:
    first = dataset.publish(tmp_path, b"first\n", {}, {})
    code = (
        "import sys; from pathlib import Path; from ingest import dataset\n"
        "n = 0\n"
        "while True:\n"
        "    n += 1; content = b'x' * 2_000_000 + str(n).encode()\n"
        "    dataset.publish(Path(sys.argv[1]), content, {}, {})\n"
    )
    for moment in (0.25, 0.3, 0.35, 0.4):
        process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        current = dataset.current(tmp_path)
        assert current is not None
        content = (current.folder / "dataset.nq").read_bytes()
        assert content == b"first\n" or len(content) > 2_000_000
    assert first.version


def test_everything_is_built_under_the_publishers_own_base(tmp_path: Path) -> None:
    built = assemble(Sources(base="https://data.example.nl/"))
    things = {q.subject.value for q in built.quads if isinstance(q.subject, NamedNode)}
    assert "https://data.example.nl/id/actor/unhcr" in things
    assert not any(iri.startswith("https://w3id.org/samenhang/id/") for iri in things)
    assert any(iri.startswith("https://w3id.org/samenhang/def/") for iri in things)


def test_a_build_from_spoiled_seeds_publishes_nothing(tmp_path: Path, seeds: Path) -> None:
    before = dataset.publish(tmp_path / "data", b"good\n", {}, {})
    (seeds / "2022-beleidsnota-bhos.txt").write_text("changed")
    with pytest.raises(ManifestError, match=r"2022-beleidsnota-bhos\.txt.*changed"):
        build(Sources(seeds=seeds), tmp_path / "data")
    current = dataset.current(tmp_path / "data")
    assert current is not None
    assert current.version == before.version
