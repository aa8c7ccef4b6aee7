"""What a data set is made of: folders of documents, the ontology, the code, and their keys.

A key is a hash over everything that a part of the data set depends on. A part whose key is known
need not be made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from ingest.across import threads_file
from ingest.across.derived import DERIVED
from ingest.across.threads_file import ThreadsFile
from ingest.extract import claims
from ingest.extract.claims import ClaimError, ClaimsFile
from ingest.limits import Limits
from ingest.manifest import MANIFEST, SEEDS, Entry, ManifestError, load, verify
from ontology.alignments import SUBFOLDER
from ontology.names import DEFAULT_BASE
from ontology.vocabulary import FOLDER

DOCUMENTS = "documents"
"""The folder of the added documents, within the data folder."""
SCHEMES, ALIGNMENTS, CATALOGUE = "schemes", "alignments", "catalogue"
"""The parts of a data set that are no document's; no document may be called so."""
# What the reading of a document depends on beside our own code.
LIBRARIES = (
    "lxml",
    "markdown-it-py",
    "pyahocorasick",
    "pyoxigraph",
    "pypdfium2",
    "pyshacl",
    "pyyaml",
    "rdflib",
    "reasonable",
)


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document to read: its entry, the folder of its file, and the claims on it."""

    id: str
    entry: Entry
    folder: Path
    claims: ClaimsFile | None = None

    @property
    def path(self) -> Path:
        """The document's file."""
        return self.folder / self.entry.file


@dataclass(frozen=True)
class Sources:
    """What a build is made of: folders of documents, the ontology, the base of the IRIs to mint.

    ``seeds`` has a manifest; ``documents``, of what was added later, need not exist. ``limits``
    bound the reading of each document.
    """

    seeds: Path = SEEDS
    ontology: Path = FOLDER
    base: str = DEFAULT_BASE
    documents: Path | None = None
    limits: Limits = field(default_factory=Limits)

    def common(self) -> str:
        """The key of what every part depends on: ontology, code, libraries, base and limits."""
        here = Path(__file__).parent
        files = [
            *self.ontology.glob("*.ttl"),
            *here.rglob("*.py"),
            *here.rglob("*.yaml"),
            *FOLDER.glob("*.py"),
        ]
        return key_of(
            self.base,
            self.limits.model_dump_json(),
            *(f"{name} {version(name)}" for name in LIBRARIES),
            *(f"{path.name} {_digest(path)}" for path in sorted(files)),
        )

    def inventory(self) -> Inventory:
        """What there is now, each file compared with its checksum."""
        found = _folder(self.seeds)
        if self.documents is not None and (self.documents / MANIFEST).exists():
            for name, one in _folder(self.documents).items():
                if name in found:
                    raise ManifestError(
                        f"{self.documents / MANIFEST}: {name}: {self.seeds} has a document of "
                        "this id too"
                    )
                found[name] = one
        aligned = sorted((self.ontology / SUBFOLDER).glob("*.ttl"))
        return Inventory(self.common(), found, tuple(self.threads()), tuple(aligned))

    def threads(self) -> list[ThreadsFile]:
        """The curated threads between documents, of each folder that has any."""
        folders = {"seeds": self.seeds, DOCUMENTS: self.documents}
        found = (threads_file.load(at, name) for name, at in folders.items() if at is not None)
        return [one for one in found if one is not None]

    def fingerprint(self) -> str:
        """The key of the whole data set as it would be made now."""
        return self.inventory().fingerprint


@dataclass(frozen=True)
class Inventory:
    """The documents by id, and the key of what they have in common."""

    common: str
    documents: Mapping[str, SourceDocument]
    threads: tuple[ThreadsFile, ...] = ()
    alignments: tuple[Path, ...] = ()

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """The key of each part by its name; a document's part has the document's id."""
        claims = [one.claims for one in self.documents.values() if one.claims is not None]
        said = [f"{c.document} {c.curator} {c.date} {len(c.claims)}" for c in claims]
        said += [f"{one.name} {_digest(one.path)}" for one in self.threads]
        aligned = [f"{path.name} {_digest(path)}" for path in self.alignments]
        return {
            SCHEMES: key_of(self.common, SCHEMES),
            ALIGNMENTS: key_of(self.common, ALIGNMENTS, *aligned),
            **{name: document_key(self.common, one) for name, one in self.documents.items()},
            CATALOGUE: key_of(self.common, CATALOGUE, *sorted(self.documents), *sorted(said)),
        }

    @cached_property
    def derived(self) -> Mapping[str, str]:
        """The keys of the parts that follow from all documents."""
        return {name: key_of(self.fingerprint, name) for name in DERIVED}

    @property
    def fingerprint(self) -> str:
        """The key of the whole data set."""
        return key_of(*sorted(self.parts.values()))


def document_key(common: str, document: SourceDocument) -> str:
    """The key of one document: of its bytes, its entry, its claims and what all depend on."""
    claimed = _digest(document.claims.path) if document.claims else ""
    return key_of(common, document.id, document.entry.model_dump_json(), claimed)


def added(folder: Path) -> dict[str, Entry]:
    """The entries of the folder of added documents; none where there is no manifest yet."""
    return load(folder) if (folder / MANIFEST).exists() else {}


def _folder(folder: Path | None) -> dict[str, SourceDocument]:
    if folder is None:
        return {}
    entries = load(folder)
    claimed = claims_on(folder, entries)
    for entry in entries.values():
        verify(folder, entry)
    return {
        name: SourceDocument(name, entry, folder, claimed.get(name))
        for name, entry in entries.items()
    }


def claims_on(folder: Path, entries: Mapping[str, Entry]) -> dict[str, ClaimsFile]:
    """The claims files of a folder by the document that they are on."""
    found: dict[str, ClaimsFile] = {}
    for path in sorted(folder.glob("*" + claims.SUFFIX)):
        one = claims.load(path)
        if one.document not in entries:
            raise ClaimError(f"{path}: {MANIFEST} has no document {one.document!r}")
        if one.document in found:
            raise ClaimError(f"{path}: {found[one.document].path.name} has claims on it already")
        found[one.document] = one
    return found


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def key_of(*parts: str) -> str:
    """A hash that stands for the parts, in this order."""
    return sha256(json.dumps(parts).encode()).hexdigest()
