"""The manifest of the source documents: one entry per document, checked when it is read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

SEEDS = Path(__file__).parent.parent / "seeds"
MANIFEST = "manifest.yaml"


class ManifestError(Exception):
    """The manifest or a file it names can not be used; the message names file and place."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(_Entry):
    """A text in Dutch and English."""

    nl: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class Certainty(StrEnum):
    """How sure we are of a date."""

    STATED = "stated"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class IdentifierCertainty(StrEnum):
    """Whether an official identifier was verified, follows a rule, or is only a candidate."""

    VERIFIED = "verified"
    PATTERN = "pattern"
    CANDIDATE = "candidate"


class Dated(_Entry):
    """A document's date, as exact as it is known: a day, a month ("2023-02") or a year."""

    value: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    certainty: Certainty
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
    """One document of the manifest. Slugs name concepts of the schemes."""

    file: str
    title: Bilingual
    kind: str
    date: Dated
    publisher: str
    speakers: Annotated[list[str], Field(min_length=1)]
    speakers_note: str = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    identifiers: list[Identifier] = []
    source_format: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    rights: Rights
    policy_areas: Annotated[list[str], Field(min_length=1)]
    notes: list[str] = []


def load(folder: Path = SEEDS) -> dict[str, Entry]:
    """The manifest's entries by document id, after checking every file against its checksum."""
    path = folder / MANIFEST
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        raise ManifestError(f"{path}: missing") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise ManifestError(f"{path}{place}: {error.problem}") from error
    if not isinstance(raw, dict) or not raw:
        raise ManifestError(f"{path}: expected a mapping of document ids to entries")
    return {str(name): _entry(path, str(name), fields) for name, fields in raw.items()}


def read_bytes(folder: Path, entry: Entry) -> bytes:
    """The bytes of an entry's file; a :class:`ManifestError` if it is missing or has changed."""
    path = folder / entry.file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ManifestError(f"{path}: {error.strerror or error}") from error
    found = sha256(content).hexdigest()
    if found != entry.sha256:
        raise ManifestError(
            f"{path}: checksum is {found[:12]}..., the manifest says {entry.sha256[:12]}...; "
            "the file has changed"
        )
    return content


def _entry(path: Path, name: str, fields: Any) -> Entry:
    try:
        entry = Entry.model_validate(_plain(fields))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "entry"
        raise ManifestError(f"{path}: {name}: {where}: {first['msg']}") from error
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
