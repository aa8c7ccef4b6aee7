"""The build: the same bytes each time, in place in one step, and never half done."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from pyoxigraph import Literal, NamedNode, Quad, Store

from ingest import dataset
from ingest.build import BuildError, Built, Sources, assemble, build, make, up_to_date, validate
from ingest.dataset import DatasetError
from ingest.extract.claims import ClaimError
from ingest.interpret import Interpreter
from ingest.limits import Limits
from ingest.manifest import ManifestError
from ingest.readers.extraction import UnreadableError
from ontology import shapes
from ontology.names import definition
from ontology.vocabulary import FOLDER
from tests.conftest import ROOT, of_type
from tests.ingest.small import claim, folder_of, letter

FROM_ALL = {"threads", "inferred"}
"""The parts that follow from all documents, and are made again when one changes."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder of three small documents."""
    texts = {name: letter(name.title()) for name in ("mali", "jordanië", "oeganda")}
    return folder_of(tmp_path / "small", **{n.replace("ë", "e"): t for n, t in texts.items()})


def read_again(lines: list[str]) -> set[str]:
    """The files that a build says it read."""
    return {word for line in lines if "[" in line for word in [line.split()[-3].rstrip(":")]}


def content(data: Path) -> bytes:
    """The data set in force."""
    return (data / "current" / "dataset.nq").read_bytes()


def test_building_twice_gives_the_same_bytes(built: Built) -> None:
    again = assemble(Sources())
    assert dataset.canonical(again.quads) == dataset.canonical(built.quads)


def test_the_order_of_sets_does_not_show_in_the_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; from hashlib import sha256; from ingest import dataset;"
        "from ingest.build import Sources, assemble;"
        "print(sha256(b''.join(dataset.canonical(assemble(Sources()).quads))).hexdigest())"
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


def test_a_build_in_processes_gives_the_bytes_of_one_in_memory(
    tmp_path: Path, data: Path, built: Built
) -> None:
    assert content(data) == b"".join(dataset.canonical(built.quads))
    manifest = json.loads((data / "current" / "manifest.json").read_bytes())
    assert manifest["counts"] == built.counts
    for name, text in built.texts.items():
        assert (data / "current" / "texts" / f"{name}.txt").read_bytes() == text.encode()


@pytest.fixture(scope="module")
def interpreter() -> Interpreter:
    """What is loaded once for all documents."""
    return Interpreter(Sources())


@pytest.fixture(scope="module")
def one_part(interpreter: Interpreter) -> list[Quad]:
    """The quads of one seed."""
    name = "2025-periodieke-rapportage-artikel-1"
    return make(interpreter, Sources().inventory(), name).quads


def without_evidence(quads: list[Quad]) -> list[Quad]:
    statement = min(of_type(quads, "Mention"), key=str)
    return [q for q in quads if (q.subject, q.predicate) != (statement, definition("evidence"))]


def with_an_unknown_concept(quads: list[Quad]) -> list[Quad]:
    mention = min(of_type(quads, "Mention"), key=str)
    said = next(q for q in quads if (q.subject, q.predicate) == (mention, definition("mentions")))
    nobody = NamedNode("https://w3id.org/samenhang/id/actor/nobody")
    kept = [quad for quad in quads if quad != said]
    return [*kept, Quad(mention, said.predicate, nobody, said.graph_name)]


def with_a_concept_of_another_class(quads: list[Quad]) -> list[Quad]:
    handling = min(of_type(quads, "Handling"), key=str)
    area = (handling, definition("policyArea"))
    said = next(q for q in quads if (q.subject, q.predicate) == area)
    actor = NamedNode("https://w3id.org/samenhang/id/actor/unhcr")
    kept = [quad for quad in quads if quad != said]
    return [*kept, Quad(handling, said.predicate, actor, said.graph_name)]


def with_a_second_label(quads: list[Quad]) -> list[Quad]:
    actor = NamedNode("https://w3id.org/samenhang/id/actor/unhcr")
    label = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    return [*quads, Quad(actor, label, Literal("VN", language="nl"), quads[0].graph_name)]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (without_evidence, "A statement carries evidence"),
        (with_an_unknown_concept, "A mention names one concept"),
        (with_a_concept_of_another_class, "A handling is in one policy area"),
        (with_a_second_label, "A concept has one preferred label"),
    ],
)
def test_a_document_alone_breaks_the_shapes_that_it_breaks_in_the_whole(
    interpreter: Interpreter,
    one_part: list[Quad],
    spoil: Callable[[list[Quad]], list[Quad]],
    message: str,
) -> None:
    spoiled = spoil(one_part)
    with pytest.raises(BuildError, match=message) as error:
        interpreter.check(spoiled, "the.pdf")
    assert str(error.value).startswith("the.pdf: 1 violations of the shapes")
    whole = [*interpreter.schemes().quads, *spoiled]
    assert interpreter.violations(spoiled) == shapes.violations(
        shapes.to_rdflib(whole), shapes.load_shapes()
    )


def test_every_part_of_the_seeds_is_sound(interpreter: Interpreter, one_part: list[Quad]) -> None:
    assert interpreter.violations(one_part) == []
    assert interpreter.violations(interpreter.schemes().quads) == []
    assert interpreter.violations(interpreter.alignments().quads) == []


def test_a_claim_that_breaks_the_shapes_stops_the_build(tmp_path: Path, small: Path) -> None:
    said = {"kind": "amount", "value": 5, "maximum": 3, "unit": "eur", "voice": "cabinet"}
    said["quote"] = "De minister onderzoekt de handel"
    content = {"document": "mali", "curator": "test", "date": "2024-04-01", "claims": [said]}
    (small / "mali.claims.yaml").write_text(yaml.safe_dump(content), "utf-8")
    with pytest.raises(BuildError, match=r"mali\.txt.*violations of the shapes"):
        build(Sources(seeds=small), tmp_path / "data")
    assert dataset.current(tmp_path / "data") is None


def test_only_what_changed_is_read_again(tmp_path: Path, small: Path) -> None:
    data, lines = tmp_path / "data", list[str]()
    build(Sources(seeds=small), data, lines.append)
    documents = {"mali.txt", "jordanie.txt", "oeganda.txt"}
    assert read_again(lines) == {*documents, "schemes", "alignments", "catalogue", *FROM_ALL}
    before = content(data)
    lines.clear()
    build(Sources(seeds=small), data, lines.append)
    assert read_again(lines) == set()
    assert content(data) == before
    claim(small, "mali", "De minister onderzoekt de handel")
    build(Sources(seeds=small), data, lines.append)
    assert read_again(lines) == {"mali.txt", "catalogue", *FROM_ALL}
    assert content(data) != before
    lines.clear()
    (small / "mali.claims.yaml").unlink()
    build(Sources(seeds=small), data, lines.append)
    assert read_again(lines) == set()
    assert content(data) == before


def test_an_alignment_that_changes_leaves_the_documents_alone(tmp_path: Path, small: Path) -> None:
    data, lines, ontology = tmp_path / "data", list[str](), tmp_path / "ontology"
    shutil.copytree(FOLDER, ontology)
    build(Sources(seeds=small, ontology=ontology), data)
    actors = ontology / "alignments" / "actors.ttl"
    text = actors.read_text("utf-8")
    actors.write_text(text.replace("Q132551", "Q1"), "utf-8")
    build(Sources(seeds=small, ontology=ontology), data, lines.append)
    assert read_again(lines) == {"alignments", *FROM_ALL}
    assert b"wikidata.org/entity/Q1>" in content(data)


def test_an_entry_that_changes_is_read_again(tmp_path: Path, small: Path) -> None:
    data, lines = tmp_path / "data", list[str]()
    build(Sources(seeds=small), data)
    manifest = small / "manifest.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("Brief over mali", "Brief"), "utf-8")
    build(Sources(seeds=small), data, lines.append)
    assert read_again(lines) == {"mali.txt", *FROM_ALL}
    assert '"Brief"@nl' in content(data).decode()


def test_another_base_is_another_data_set(tmp_path: Path, small: Path) -> None:
    lines: list[str] = []
    build(Sources(seeds=small), tmp_path)
    build(Sources(seeds=small, base="https://data.example.nl/"), tmp_path, lines.append)
    assert len(read_again(lines)) == 8
    assert b"https://w3id.org/samenhang/id/" not in content(tmp_path)


@pytest.mark.parametrize("file", ["quads", "text.txt", "part.json"])
@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_part_is_made_again(tmp_path: Path, small: Path, file: str, damage: str) -> None:
    data, lines = tmp_path / "data", list[str]()
    build(Sources(seeds=small), data)
    before = content(data)
    part = next(p.parent for p in (data / "cache").glob("*/text.txt") if "Mali" in p.read_text())
    path = part / file
    held = path.read_bytes()
    path.write_bytes(held[: len(held) // 2] if damage == "cut" else b"x" + held[1:])
    if damage == "gone":
        path.unlink()
    build(Sources(seeds=small), data, lines.append)
    assert read_again(lines) == {"mali.txt"}
    assert content(data) == before


def test_parts_that_no_kept_build_has_are_removed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for number in range(dataset.KEPT_BUILDS + 3):
        build(Sources(seeds=folder_of(tmp_path / "small", mali=letter(f"Mali {number}"))), data)
    kept = {key for one in dataset.kept(data) for key in one["parts"]}
    assert {path.name for path in (data / "cache").iterdir()} == kept
    assert sum(1 for path in (data / "cache").glob("*/text.txt") if path.stat().st_size) <= 4


def test_a_document_in_both_folders_is_an_error(tmp_path: Path, small: Path) -> None:
    documents = folder_of(tmp_path / "documents", mali=letter("Mali, later"))
    with pytest.raises(ManifestError, match=r"documents/manifest\.yaml: mali: .*small has"):
        build(Sources(seeds=small, documents=documents), tmp_path / "data")


def test_added_documents_are_built_with_the_seeds(tmp_path: Path, small: Path) -> None:
    documents = folder_of(tmp_path / "documents", kenia=letter("Kenia"))
    made = build(Sources(seeds=small, documents=documents), tmp_path / "data")
    assert set(made.manifest["counts"]) == {"mali", "jordanie", "oeganda", "kenia"}


def test_a_document_that_takes_too_long_stops_the_build_by_name(
    tmp_path: Path, small: Path
) -> None:
    sources = Sources(seeds=small, limits=Limits(seconds=0.001))
    with pytest.raises(UnreadableError, match="took more than"):
        build(sources, tmp_path / "data")


def test_what_is_wrong_with_a_claim_arrives_from_the_process_that_read_it(
    tmp_path: Path, small: Path
) -> None:
    claim(small, "mali", "Dit staat er niet")
    with pytest.raises(ClaimError, match=r"mali\.claims\.yaml: claim 1: .*nearest on page 1"):
        build(Sources(seeds=small), tmp_path / "data")


def test_validating_writes_nothing(small: Path) -> None:
    before = sorted(small.iterdir())
    counts = validate(Sources(seeds=small))
    assert set(counts) == {"mali", "jordanie", "oeganda"}
    assert all(one["Mention"] > 3 for one in counts.values())
    assert sorted(small.iterdir()) == before


def test_two_builds_at_once_wait_for_each_other(tmp_path: Path, small: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ingest.build import Sources, build\n"
        "print(build(Sources(seeds=Path(sys.argv[1])), Path(sys.argv[2])).version)\n"
    )
    command = [sys.executable, "-c", code, str(small), str(tmp_path / "data")]
    both = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    versions = {one.communicate(timeout=60)[0].strip() for one in both}
    assert len(versions) == 1
    assert (tmp_path / "data" / "current").resolve().name in versions


def test_a_build_is_reused_until_something_changes(tmp_path: Path, seeds: Path) -> None:
    data = tmp_path / "data"
    sources = Sources(seeds=seeds)
    made = dataset.publish(data, [], [], {"inputs": sources.fingerprint()})
    reused = up_to_date(sources, data)
    assert reused is not None
    assert reused.version == made.version
    claims = next(seeds.glob("*.claims.yaml"))
    claims.write_text(claims.read_text("utf-8") + "\n# read again\n", "utf-8")
    assert up_to_date(sources, data) is None


def test_the_manifest_of_a_build_says_what_is_in_it(tmp_path: Path) -> None:
    quad = Quad(NamedNode("a:s"), NamedNode("a:p"), NamedNode("a:o"), NamedNode("a:g"))
    lines = dataset.canonical([quad, quad])
    made = dataset.publish(tmp_path, lines, [("one", b"text")], {"base": "x"})
    manifest = json.loads((tmp_path / "current" / "manifest.json").read_text())
    assert manifest["quads"] == 1
    assert manifest["version"] == made.version
    assert (tmp_path / "current" / "dataset.nq").read_bytes() == b"".join(lines)
    assert (tmp_path / "current" / "texts" / "one.txt").read_text() == "text"


def test_publishing_again_keeps_the_link_whole_and_few_builds(tmp_path: Path) -> None:
    for number in range(6):
        dataset.publish(tmp_path, [f"{number}\n".encode()], [], {})
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
        dataset.publish(tmp_path / "data", [], [], {})


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    made = dataset.publish(tmp_path, [], [], {})
    (made.folder / "manifest.json").write_text("{")
    with pytest.raises(DatasetError, match=r"manifest\.json"):
        dataset.current(tmp_path)


def test_a_build_killed_at_any_moment_leaves_the_last_one_in_force(
    tmp_path: Path, small: Path
) -> None:
    data = tmp_path / "data"
    first = build(Sources(seeds=small), data)
    code = (
        "import sys; from pathlib import Path; from ingest.build import Sources, build\n"
        "for number in range(1000):\n"
        "    base = f'https://example.nl/{number}/'\n"
        "    build(Sources(seeds=Path(sys.argv[1]), base=base), Path(sys.argv[2]))\n"
    )
    for moment in (0.8, 1.1, 1.4, 1.7, 2.0):
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(small), str(data)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        current = dataset.current(data)
        assert current is not None
        assert sha256(content(data)).hexdigest() == current.manifest["sha256"]["dataset.nq"]
    assert build(Sources(seeds=small), data).version == first.version
    assert not [path for path in (data / "builds").iterdir() if path.name.startswith(".")]
    assert not list((data / "cache").glob(".*"))


def test_everything_is_built_under_the_publishers_own_base(tmp_path: Path) -> None:
    built = assemble(Sources(base="https://data.example.nl/"))
    things = {q.subject.value for q in built.quads if isinstance(q.subject, NamedNode)}
    assert "https://data.example.nl/id/actor/unhcr" in things
    assert not any(iri.startswith("https://w3id.org/samenhang/id/") for iri in things)
    assert any(iri.startswith("https://w3id.org/samenhang/def/") for iri in things)


def test_a_build_from_spoiled_seeds_publishes_nothing(tmp_path: Path, seeds: Path) -> None:
    before = dataset.publish(tmp_path / "data", [b"good\n"], [], {})
    (seeds / "2022-beleidsnota-bhos.txt").write_text("changed")
    with pytest.raises(ManifestError, match=r"2022-beleidsnota-bhos\.txt.*changed"):
        build(Sources(seeds=seeds), tmp_path / "data")
    current = dataset.current(tmp_path / "data")
    assert current is not None
    assert current.version == before.version
