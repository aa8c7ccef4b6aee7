"""What a file would become in the data set: read, described, interpreted, held against the shapes.

Nothing of it counts yet: the copy of the file is staged, the part of the data set in the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ingest.account import Account
from ingest.cache import Cache
from ingest.describing import Given, Handed, describe, name_document
from ingest.interpret import Interpreter, explained
from ingest.manifest import Entry
from ingest.read import read
from ingest.readers.extraction import UnreadableError
from ingest.sources import SourceDocument, Sources, added, claims_on, document_key

STAGED = ".adding-"
"""How the names of files begin that are not yet added."""


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read: its number in the run, and the id that it must get, if any."""

    number: int
    path: Path
    id: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document that can be added: its id, its entry, and how much was read.

    ``official`` is whether the id is the document's own, so that no other will do.
    """

    id: str
    official: bool
    entry: Entry
    blocks: int
    warnings: int


def proposer(
    sources: Sources, folder: Path, given: Given, cache: Cache | None
) -> Callable[[Request], Proposal]:
    """What turns a request into a proposal; without a cache it writes nothing at all.

    Everything is loaded here, so that the processes that are forked for the work share it.
    """
    interpreter, common = Interpreter(sources), sources.common()
    existing = added(folder)
    claims = claims_on(folder, existing)
    interpreter.prepare()

    def propose(request: Request) -> Proposal:
        name = str(request.path)
        try:
            content = read_file(request.path, sources.limits.file_bytes)
            account = Account()
            with account.timed("read"):
                document = read(content, "document", name, sources.limits)
            named = name_document(document, name, replace(given, id=request.id or given.id))
            document = replace(document, id=named.id)
            checksum = sha256(content).hexdigest()
            file = _free_name(folder, existing, named.id, request.path.suffix.lower(), checksum)
            entry = describe(
                document, Handed(name, file, checksum), given, interpreter.words, interpreter.labels
            )
            source = SourceDocument(named.id, entry, folder, claims.get(named.id))
            if cache is not None:
                key = document_key(common, source)
                if cache.find(key) is None:
                    part = interpreter.part(source, document, account)
                    with account.timed("check"):
                        doubts = interpreter.check(part.quads, name)
                    account.doubts = [str(one) for one in doubts]
                    part.keep(cache, key)
                (folder / (STAGED + file)).write_bytes(content)
        except Exception as error:  # whatever it is, it is told with the name of the file
            raise explained(error, name) from error
        return Proposal(
            named.id, named.official, entry, len(document.blocks), len(document.warnings)
        )

    return propose


def read_file(path: Path, most: int) -> bytes:
    """The bytes of a file; ``UnreadableError`` if it can not be had or is too large."""
    check_file(path, most)
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or error}") from error


def check_file(path: Path, most: int) -> None:
    """``UnreadableError`` for what is no ordinary file, or too large a one."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or error}") from error
    if not path.is_file():
        raise UnreadableError(f"{path}: not an ordinary file")
    if size > most:
        raise UnreadableError(f"{path}: {size:,} bytes, more than the {most:,} that are allowed")


def _free_name(
    folder: Path, existing: Mapping[str, Entry], name: str, suffix: str, checksum: str
) -> str:
    """A file name that no file has of other content: what is in force is never written over."""
    plain = name + suffix
    path = folder / plain
    taken = {entry.file: entry.sha256 for entry in existing.values()}
    if taken.get(plain, checksum) != checksum:
        return f"{name}-{checksum[:8]}{suffix}"
    if path.exists() and sha256(path.read_bytes()).hexdigest() != checksum:
        return f"{name}-{checksum[:8]}{suffix}"
    return plain
