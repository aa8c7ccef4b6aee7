"""The manifest of a folder of documents: one entry per document, checked when it is read."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ingest.document import Sureness

SEEDS = Path(__file__).parent.parent / "seeds"
MANIFEST = "manifest.yaml"
UNNAMED = "unnamed-author"
"""The actor who speaks in a document that names nobody."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_PREFACE = (
    "# The documents added with `samenhang ingest`. Edit an entry by hand where it is wrong or\n"
    "# lacks something (policy_areas, publisher, speakers, title.en): the next build reads it.\n"
)
# Graphs that are no document's.
_RESERVED = frozenset({"ontology", "schemes", "alignments", "catalogue", "threads", "inferred"})


class ManifestError(Exception):
    """The manifest or a file it names can not be used; the message names file and place."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(_Entry):
    """A text in Dutch and English."""

    nl: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class Certainty(StrEnum):
    """How sure we are of a date or a title."""

    STATED = "stated"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class IdentifierCertainty(StrEnum):
    """Whether an official identifier was verified, follows a rule, or is only a candidate."""

    VERIFIED = "verified"
    PATTERN = "pattern"
    CANDIDATE = "candidate"


class Title(_Entry):
    """A document's title; the English one is left out where there is none yet."""

    nl: Annotated[str, Field(min_length=1)]
    en: str = ""
    certainty: Certainty = Certainty.STATED
    note: str = ""


class Dated(_Entry):
    """A document's date, as exact as it is known: a day, a month ("2023-02"), a year, or none."""

    value: Annotated[str, Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")] = ""
    certainty: Certainty
    note: str = ""

    @field_validator("value")
    @classmethod
    def _of_the_calendar(cls, value: str) -> str:
        if value:
            date.fromisoformat((value + "-01-01")[:10])
        return value

    @model_validator(mode="after")
    def _known_or_not(self) -> Dated:
        if bool(self.value) is (self.certainty is Certainty.UNKNOWN):
            raise ValueError("a date has a value unless its certainty is unknown")
        return self


class FoundValue(_Entry):
    """What reading found that the document says of itself, for whoever looks an entry over."""

    name: str
    value: str
    sureness: Sureness
    note: str = ""


class Identifier(_Entry):
    """An official identifier and how certain it is."""

    scheme: str
    value: str
    certainty: IdentifierCertainty
    note: str = ""


class Rights(_Entry):
    """What may be done with the document."""

    statement: Bilingual
    uri: str = ""


class Entry(_Entry):
    """One document of the manifest. Slugs name concepts of the schemes.

    What is not known is left out: then nothing is said of it in the graph, but that a document
    without a speaker is spoken by an author whom it does not name.
    """

    file: str
    title: Title
    kind: str = ""
    date: Dated = Dated(certainty=Certainty.UNKNOWN)
    publisher: str = ""
    speakers: Annotated[list[str], Field(min_length=1)] = [UNNAMED]
    speakers_note: str = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    identifiers: list[Identifier] = []
    source_format: str = ""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    rights: Rights | None = None
    policy_areas: list[str] = []
    notes: list[str] = []
    original_name: str = ""
    """Under which name the file was handed in."""
    found: list[FoundValue] = []


def load(folder: Path = SEEDS) -> dict[str, Entry]:
    """The manifest's entries by document id; a :class:`ManifestError` for one that is not whole."""
    path = folder / MANIFEST
    raw = _parsed(path)
    if not isinstance(raw, dict):
        raise ManifestError(f"{path}: expected a mapping of document ids to entries")
    entries = {str(name): _entry(path, str(name), fields) for name, fields in raw.items()}
    files: dict[str, str] = {}
    for name, entry in entries.items():
        if files.setdefault(entry.file, name) != name:
            raise ManifestError(f"{path}: {name}: file: {files[entry.file]} has {entry.file} too")
    return entries


def save(folder: Path, entries: Mapping[str, Entry]) -> None:
    """Write a manifest, in place in one step; comments in the one before are lost."""
    path, fresh = folder / MANIFEST, folder / f".{MANIFEST}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(_PREFACE)
        file.write(dumped(entries))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def dumped(entries: Mapping[str, Entry]) -> str:
    """Entries as YAML, in the order they have."""
    raw = {
        name: entry.model_dump(mode="json", exclude_defaults=True)
        for name, entry in entries.items()
    }
    return yaml.dump(raw, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=100)


def read_bytes(folder: Path, entry: Entry) -> bytes:
    """The bytes of an entry's file; a :class:`ManifestError` if it is missing or has changed."""
    path = folder / entry.file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ManifestError(f"{path}: {error.strerror or error}") from error
    _compare(path, entry, sha256(content).hexdigest())
    return content


def verify(folder: Path, entry: Entry) -> None:
    """As :func:`read_bytes`, without holding the file in memory."""
    path = folder / entry.file
    try:
        with path.open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ManifestError(f"{path}: {error.strerror or error}") from error
    _compare(path, entry, found)


def _compare(path: Path, entry: Entry, found: str) -> None:
    if found != entry.sha256:
        raise ManifestError(
            f"{path}: checksum is {found[:12]}..., the manifest says {entry.sha256[:12]}...; "
            "the file has changed"
        )


class _Loader(yaml.CSafeLoader):
    """Refuses a key that stands twice, of which the first would be lost without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping, if every key stands in it once."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value != "<<":
                if key.value in seen:
                    raise yaml.MarkedYAMLError(
                        problem=f"{key.value!r} stands here twice", problem_mark=key.start_mark
                    )
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def _parsed(path: Path) -> Any:
    try:
        return _Loader(path.read_text("utf-8")).get_single_data()
    except FileNotFoundError:
        raise ManifestError(f"{path}: missing") from None
    except OSError as error:
        raise ManifestError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ManifestError(f"{path}: not UTF-8 text (byte {error.start})") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise ManifestError(f"{path}{place}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise ManifestError(f"{path}: {error}") from error


def valid_id(name: str) -> bool:
    """Whether a document may be called so: its id stands in IRIs and in file names."""
    return bool(_ID.fullmatch(name)) and name not in _RESERVED


def _entry(path: Path, name: str, fields: Any) -> Entry:
    if not valid_id(name):
        raise ManifestError(
            f"{path}: {name!r} can not be a document's id: letters, digits, '.', '-' and '_', "
            f"and not {', '.join(sorted(_RESERVED))}"
        )
    try:
        entry = Entry.model_validate(_plain(fields))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "entry"
        unknown = first["type"] == "extra_forbidden"
        reason = "there is no such field" if unknown else first["msg"]
        raise ManifestError(f"{path}: {name}: {where}: {reason}") from error
    if "/" in entry.file or entry.file.startswith("."):
        raise ManifestError(f"{path}: {name}: file: not a file name: {entry.file}")
    return entry


def _plain(value: Any) -> Any:
    """YAML reads 2021-01-25 as a date and 2014 as a number; the manifest means the text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value
