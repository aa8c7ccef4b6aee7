"""Adding documents: whole or not at all, once, and taken out again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from ingest import dataset
from ingest.adding import NOTHING_GIVEN, Added, add, documents_in, proposed, remove
from ingest.build import build
from ingest.describing import Given, Handed, describe
from ingest.document import Found, Sureness
from ingest.extract.mentions import gazetteer
from ingest.limits import Limits
from ingest.manifest import UNNAMED, Entry, ManifestError, load
from ingest.read import read
from ingest.sources import Sources
from ontology import vocabulary
from ontology.names import Minter
from ontology.vocabulary import Vocabulary
from tests.conftest import ROOT
from tests.ingest.small import claim, folder_of, letter

BARE = "Een tekst zonder kop.\n\nDe hulp aan Mali gaat door, en UNHCR helpt.\n"


class Folder:
    """A data folder with one seed, and files that can be added to it."""

    def __init__(self, root: Path) -> None:
        self.root, self.data = root, root / "data"
        self.inbox = root / "inbox"
        self.inbox.mkdir()
        self.seeds = folder_of(root / "seeds", seed=letter("Jemen"))
        self.lines: list[str] = []

    def sources(self, limits: Limits | None = None) -> Sources:
        """The seed and what was added."""
        documents = self.data / "documents"
        return Sources(seeds=self.seeds, documents=documents, limits=limits or Limits())

    def file(self, name: str, content: str | bytes) -> Path:
        """A file to add."""
        path = self.inbox / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def add(self, *paths: Path, given: Given = NOTHING_GIVEN, replacing: bool = False) -> Added:
        """Add files."""
        self.lines.clear()
        return add(
            self.sources(), self.data, paths, given, replacing=replacing, report=self.lines.append
        )

    def files(self) -> set[str]:
        """What there is in the folder of added documents."""
        return {path.name for path in (self.data / "documents").iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty data folder."""
    return Folder(tmp_path)


def test_a_letter_is_added_with_what_it_says_of_itself(folder: Folder) -> None:
    done = folder.add(folder.file("brief.txt", letter("Mali")))
    (name,) = done.new
    assert name == "2024-brief"
    entry = load(folder.data / "documents")[name]
    assert entry.date.value == "2024-03-03"
    assert entry.kind == "parliamentary-letter"
    assert entry.original_name == "brief.txt"
    assert entry.policy_areas == []
    assert {one.name for one in entry.found} >= {"date", "kind", "addressee"}
    assert folder.files() == {"manifest.yaml", "2024-brief.txt"}
    assert folder.lines == [
        f"[1/1] brief.txt: {blocks_of(folder.lines)} blocks, 0 warnings, as 2024-brief"
    ]


def blocks_of(lines: list[str]) -> int:
    """How many blocks a line of progress speaks of."""
    count = int(lines[0].split(" blocks")[0].split()[-1])
    assert count > 3
    return count


def test_an_official_identifier_names_the_document(folder: Folder) -> None:
    text = (ROOT / "seeds" / "2021-kamerbrief-opvang-in-de-regio.txt").read_text("utf-8")
    assert folder.add(folder.file("download.txt", text)).new == ["kst-35570-XVII-52"]


def test_what_is_not_known_is_left_out_and_can_be_built(folder: Folder) -> None:
    assert folder.add(folder.file("Notitie (kopie).txt", BARE)).new == ["notitie-kopie"]
    entry = load(folder.data / "documents")["notitie-kopie"]
    assert entry.title.nl == "Notitie (kopie)"
    assert entry.title.certainty == "inferred"
    assert (entry.date.value, entry.date.certainty) == ("", "unknown")
    assert (entry.kind, entry.publisher, entry.rights) == ("", "", None)
    assert entry.speakers == [UNNAMED]
    made = build(folder.sources(), folder.data)
    assert made.manifest["counts"]["notitie-kopie"]["Mention"] >= 2
    text = (made.folder / "dataset.nq").read_text("utf-8")
    about = [
        line
        for line in text.splitlines()
        if "<https://w3id.org/samenhang/id/document/notitie-kopie> " in line
    ]
    said = "\n".join(about)
    assert 'def/dateCertainty> "unknown"' in said
    assert "dc/terms/issued" not in said
    assert "dc/terms/publisher" not in said
    assert f"def/speaker> <https://w3id.org/samenhang/id/actor/{UNNAMED}>" in said


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    """The schemes."""
    return vocabulary.load(Minter())


def described(words: Vocabulary, *found: tuple[str, str], text: str = BARE) -> Entry:
    """The entry of a document that says this of itself."""
    document = read(text.encode(), "x")
    metadata = tuple(Found(name, value, Sureness.STATED) for name, value in found)
    handed = Handed("inbox/notitie.txt", "x.txt", "0" * 64)
    document = replace(document, metadata=metadata)
    return describe(document, handed, Given(), words, gazetteer(words))


def test_senders_and_publishers_become_actors_of_the_schemes(words: Vocabulary) -> None:
    entry = described(
        words,
        ("sender", "De Minister voor Buitenlandse Handel en Ontwikkelingssamenwerking"),
        ("sender", "S.A.M. Kaag"),
        ("publisher", "Ministerie van Buitenlandse Zaken"),
    )
    assert entry.speakers == ["minister-for-foreign-trade-and-development", "kaag"]
    assert entry.publisher == "ministry-of-foreign-affairs"
    assert entry.notes == []


def test_whom_the_schemes_do_not_know_is_left_out_and_noted(words: Vocabulary) -> None:
    entry = described(
        words,
        ("sender", "Jan Jansen"),
        ("publisher", "Gemeente Ons Dorp"),
        ("kind", "sonnet"),
        ("date", "ooit"),
    )
    assert (entry.speakers, entry.publisher, entry.kind) == ([UNNAMED], "", "")
    assert entry.date.certainty == "unknown"
    assert "\n".join(entry.notes) == (
        "The scheme has no such kind of document: sonnet\n"
        "Not understood as a date: ooit\n"
        "Publisher, not recognised as one actor: Gemeente Ons Dorp\n"
        "Sender, not recognised as an actor: Jan Jansen"
    )


def test_a_publisher_of_two_names_is_not_guessed(words: Vocabulary) -> None:
    both = "Ministerie van Buitenlandse Zaken en Ministerie van Defensie"
    assert described(words, ("publisher", both)).publisher == ""


@pytest.mark.parametrize(
    ("found", "text", "title", "certainty"),
    [
        ((("title", "Een  nota"),), BARE, "Een nota", "stated"),
        ((("subject", "Betreft iets"),), BARE, "Betreft iets", "stated"),
        ((), "1. Inleiding\n\nEr was eens een tekst over hulp.\n", "Inleiding", "inferred"),
        ((), BARE, "notitie", "inferred"),
    ],
)
def test_a_title_is_what_says_most(
    words: Vocabulary,
    found: tuple[tuple[str, str], ...],
    text: str,
    title: str,
    certainty: str,
) -> None:
    entry = described(words, *found, text=text)
    assert (entry.title.nl, entry.title.certainty) == (title, certainty)


def test_adding_is_followed_by_a_build_that_reads_nothing_again(folder: Folder) -> None:
    build(folder.sources(), folder.data)
    folder.add(folder.file("a.txt", letter("Mali")), folder.file("b.txt", letter("Kenia")))
    lines: list[str] = []
    made = build(folder.sources(), folder.data, lines.append)
    read = [line.split()[-3] for line in lines if "[" in line]
    assert sorted(read) == ["catalogue:", "inferred:", "threads:"]
    assert set(made.manifest["counts"]) == {"seed", "2024-a", "2024-b"}


def test_a_file_that_can_not_be_read_leaves_nothing_and_the_others_go_on(folder: Folder) -> None:
    done = folder.add(
        folder.file("leeg.txt", ""),
        folder.file("goed.txt", letter("Mali")),
        folder.file("kapot.pdf", b"%PDF-1.7 nothing more"),
        folder.file("foto.jpg", b"\xff\xd8"),
        folder.inbox / "weg.txt",
    )
    assert done.new == ["2024-goed"]
    assert len(done.failed) == 4
    for name, reason in zip(
        ("leeg.txt", "kapot.pdf", "foto.jpg", "weg.txt"), done.failed, strict=False
    ):
        assert any(name in one and "\n" not in one for one in done.failed), reason
    assert folder.files() == {"manifest.yaml", "2024-goed.txt"}
    assert str(done) == "1 added, 4 not added"


def test_nothing_at_all_is_left_of_one_bad_file(folder: Folder) -> None:
    assert folder.add(folder.file("leeg.txt", "")).failed
    assert folder.files() == set()


def test_a_document_that_takes_too_long_is_not_added(folder: Folder) -> None:
    path = folder.file("traag.txt", letter("Mali"))
    done = add(folder.sources(Limits(seconds=0.001)), folder.data, [path])
    assert done.failed == [f"{path}: reading it took more than 0.001 s"]
    assert folder.files() == set()


def test_a_file_that_is_too_large_or_no_file_is_not_read(folder: Folder) -> None:
    path = folder.file("groot.txt", letter("Mali"))
    pipe = folder.inbox / "pijp.txt"
    os.mkfifo(pipe)
    done = add(folder.sources(Limits(file_bytes=100)), folder.data, [path, pipe])
    assert "more than the 100 that are allowed" in done.failed[0]
    assert done.failed[1] == f"{pipe}: not an ordinary file"


def test_the_same_file_again_is_already_there(folder: Folder) -> None:
    path = folder.file("brief.txt", letter("Mali"))
    folder.add(path)
    before = (folder.data / "documents" / "manifest.yaml").read_bytes()
    done = folder.add(path, folder.file("elders/kopie.txt", letter("Mali")))
    assert (done.new, done.present, done.failed) == ([], ["2024-brief", "2024-brief"], [])
    assert folder.lines[0] == "[1/2] brief.txt: already there as 2024-brief"
    assert (folder.data / "documents" / "manifest.yaml").read_bytes() == before


def test_a_seed_is_already_there(folder: Folder) -> None:
    assert folder.add(folder.file("x.txt", letter("Jemen"))).present == ["seed"]


def test_equal_files_are_added_once(folder: Folder) -> None:
    first, second = folder.file("a.txt", letter("Mali")), folder.file("b.txt", letter("Mali"))
    done = folder.add(first, second)
    assert done.new == ["2024-a"]
    assert any(f"b.txt: the same as {first}" in line for line in folder.lines)


def test_a_changed_file_asks_to_be_replaced_and_is(folder: Folder) -> None:
    path = folder.file("brief.txt", letter("Mali"))
    folder.add(path)
    folder.file("brief.txt", letter("Tsjaad"))
    done = folder.add(path)
    assert (done.new, done.replaced) == ([], [])
    assert "2024-brief is there with other content; --replace" in done.failed[0]
    done = folder.add(path, replacing=True)
    assert done.replaced == ["2024-brief"]
    entry = load(folder.data / "documents")["2024-brief"]
    assert folder.files() == {"manifest.yaml", entry.file}
    assert "Tsjaad" in (folder.data / "documents" / entry.file).read_text("utf-8")
    made = build(folder.sources(), folder.data)
    assert set(made.manifest["counts"]) == {"seed", "2024-brief"}


def test_other_files_of_the_same_name_get_ids_of_their_own(folder: Folder) -> None:
    paths = [
        folder.file(f"{n}/brief.txt", letter(place))
        for n, place in enumerate(["Mali", "Kenia", "Irak"])
    ]
    done = folder.add(*paths)
    assert sorted(done.new) == ["2024-brief", "2024-brief-2", "2024-brief-3"]
    assert folder.add(*paths).present == ["2024-brief", "2024-brief-2", "2024-brief-3"]


def test_a_folder_gives_its_documents_only(folder: Folder) -> None:
    for name in ("a.txt", "deep/er/b.md", "notes.xlsx", ".hidden.txt", ".git/c.txt"):
        folder.file(name, letter(name))
    found = documents_in([folder.inbox])
    assert [str(path.relative_to(folder.inbox)) for path in found] == ["a.txt", "deep/er/b.md"]


def test_what_is_given_counts_above_what_is_found(folder: Folder) -> None:
    given = Given(
        id="mijn-brief",
        title="Een eigen titel",
        date="2023-12",
        kind="policy-note",
        publisher="Ministerie van Defensie",
    )
    assert folder.add(folder.file("x.txt", letter("Mali")), given=given).new == ["mijn-brief"]
    entry = load(folder.data / "documents")["mijn-brief"]
    assert (entry.title.nl, entry.title.certainty) == ("Een eigen titel", "stated")
    assert (entry.date.value, entry.kind) == ("2023-12", "policy-note")
    assert entry.publisher == "ministry-of-defence"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (Given(date="gisteren"), "'gisteren' is no date"),
        (Given(date="2024-02-31"), "'2024-02-31' is no date"),
        (Given(kind="gedicht"), "scheme document-kinds: no concept named 'gedicht'"),
        (Given(id="../x"), "'../x' can not be a document's id"),
        (Given(id="schemes"), "'schemes' can not be a document's id"),
        (Given(id="seed"), "seed is a document of the seeds"),
    ],
)
def test_what_is_given_must_fit(folder: Folder, given: Given, reason: str) -> None:
    done = folder.add(folder.file("x.txt", letter("Mali")), given=given)
    assert reason in done.failed[0]
    assert folder.files() == set()


def test_a_dry_run_shows_the_entry_and_writes_nothing(folder: Folder) -> None:
    path = folder.file("brief.txt", letter("Mali"))
    shown = yaml.safe_load(proposed(folder.sources(), folder.data, [path]))
    assert shown["2024-brief"]["date"] == {"value": "2024-03-03", "certainty": "stated"}
    assert not folder.data.exists()
    folder.add(path)
    kept = yaml.safe_load((folder.data / "documents" / "manifest.yaml").read_text("utf-8"))
    assert kept == shown


def test_a_document_is_taken_out_again(folder: Folder) -> None:
    before = build(folder.sources(), folder.data).version
    folder.add(folder.file("brief.txt", letter("Mali")))
    assert build(folder.sources(), folder.data).version != before
    remove(folder.sources(), folder.data, "2024-brief")
    assert folder.files() == {"manifest.yaml"}
    assert build(folder.sources(), folder.data).version == before


def test_only_an_added_document_can_be_taken_out(folder: Folder) -> None:
    with pytest.raises(ManifestError, match=r"seed is of .*seeds; nothing to remove"):
        remove(folder.sources(), folder.data, "seed")
    with pytest.raises(ManifestError, match="nobody is not there; nothing to remove"):
        remove(folder.sources(), folder.data, "nobody")


def test_a_document_with_claims_is_not_taken_out_under_them(folder: Folder) -> None:
    folder.add(folder.file("brief.txt", letter("Mali")))
    claim(folder.data / "documents", "2024-brief", "De minister onderzoekt de handel")
    assert build(folder.sources(), folder.data).manifest["counts"]["2024-brief"][
        "CoherenceRelation"
    ]
    with pytest.raises(ManifestError, match=r"2024-brief\.claims\.yaml: has claims on"):
        remove(folder.sources(), folder.data, "2024-brief")


def test_a_claim_that_no_longer_fits_refuses_the_new_file(folder: Folder) -> None:
    path = folder.file("brief.txt", letter("Mali"))
    folder.add(path)
    claim(folder.data / "documents", "2024-brief", "De minister onderzoekt de handel met Mali")
    before = folder.files()
    folder.file("brief.txt", letter("Tsjaad"))
    done = folder.add(path, replacing=True)
    assert "claim 1: line 2: quote" in done.failed[0]
    assert folder.files() == before


def edited(folder: Folder, old: str, new: str) -> None:
    """Edit the manifest by hand."""
    manifest = folder.data / "documents" / "manifest.yaml"
    text = manifest.read_text("utf-8")
    assert old in text
    manifest.write_text(text.replace(old, new, 1), "utf-8")


def test_an_entry_can_be_completed_by_hand(folder: Folder) -> None:
    path = folder.file("brief.txt", letter("Mali"))
    folder.add(path)
    edited(folder, "  language: nl\n", "  language: nl\n  policy_areas: [humanitarian-aid]\n")
    made = build(folder.sources(), folder.data)
    assert (
        b"document/2024-brief> <https://w3id.org/samenhang/def/policyArea>"
        in (made.folder / "dataset.nq").read_bytes()
    )
    folder.add(folder.file("b.txt", letter("Kenia")))
    assert load(folder.data / "documents")["2024-brief"].policy_areas == ["humanitarian-aid"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("  colour: red\n", "2024-brief: colour: there is no such field"),
        ("  policy_areas: [zeehonden]\n", "scheme policy-areas: no concept named 'zeehonden'"),
        ("  publisher: niemand\n", "scheme actors: no concept named 'niemand'"),
        ("  language: nl\n", "'language' stands here twice"),
        ("  policy_areas: {\n", "manifest.yaml:"),
    ],
)
def test_a_slip_in_the_manifest_is_named(folder: Folder, line: str, reason: str) -> None:
    folder.add(folder.file("brief.txt", letter("Mali")))
    edited(folder, "  language: nl\n", "  language: nl\n" + line)
    with pytest.raises(ManifestError, match=r"documents/manifest\.yaml") as error:
        build(folder.sources(), folder.data)
    assert reason in str(error.value)


def test_a_run_killed_at_any_moment_leaves_the_former_state_and_the_next_one_heals(
    folder: Folder,
) -> None:
    first = build(folder.sources(), folder.data).version
    paths = [folder.file(f"brief-{n}.txt", letter(f"Mali {n}")) for n in range(30)]
    command = [sys.executable, "-m", "samenhang", "ingest", "--seeds", str(folder.seeds)]
    moments = (1.2, 1.8, 2.4, 3.0)
    for moment in moments:
        process = subprocess.Popen(
            [*command, "--data", str(folder.data), *map(str, paths)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        current = dataset.current(folder.data)
        assert current is not None
        assert len(current.manifest["counts"]) in (1, 31)
        assert current.version == first or len(current.manifest["counts"]) == 31
    done = folder.add(*paths)
    assert len(done.new) + len(done.present) == 30
    names = {f"brief-{n}.txt" for n in range(30)}
    assert {entry.original_name for entry in load(folder.data / "documents").values()} == names
    made = build(folder.sources(), folder.data)
    assert len(made.manifest["counts"]) == 31
    left = [path for path in folder.data.rglob(".*") if path.name != ".lock"]
    assert left == []


def test_a_ctrl_c_stops_at_once_and_leaves_nothing(folder: Folder) -> None:
    paths = [folder.file(f"brief-{n}.txt", letter(f"Mali {n}")) for n in range(200)]
    heeding = ["env", "--default-signal=INT"]  # what runs in the background ignores it otherwise
    command = [*heeding, sys.executable, "-m", "samenhang", "ingest", "--seeds", str(folder.seeds)]
    process = subprocess.Popen(
        [*command, "--data", str(folder.data), *map(str, paths)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    started = time.monotonic()
    _, errors = process.communicate(timeout=10)
    assert time.monotonic() - started < 5
    assert "brief-0.txt" in first
    assert errors.splitlines()[-1] == "samenhang: stopped"
    assert "Traceback" not in errors
    assert process.returncode == 1
    assert folder.files() == set()
