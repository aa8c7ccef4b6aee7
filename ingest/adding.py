"""Adding documents to a data folder, and taking them out: ``{data}/documents/`` and its manifest.

A file is added whole or not at all: it is read, interpreted and validated in a process of its own
before anything of it counts. A document counts when the manifest names it, and the manifest is
written last, in one step.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path

from ingest import dataset
from ingest.build import progress
from ingest.cache import Cache
from ingest.dataset import failure
from ingest.describing import Given
from ingest.manifest import MANIFEST, ManifestError, dumped, load, save
from ingest.proposing import STAGED, Proposal, Request, check_file, proposer
from ingest.readers.extraction import UnreadableError
from ingest.readers.formats import SUFFIXES
from ingest.sources import DOCUMENTS, Sources, added, claims_on
from ingest.workers import processors, run_each

Report = Callable[[str], None]
NOTHING_GIVEN = Given()


@dataclass
class Added:
    """What came of adding files: ids of what is new, replaced, there already; why others failed."""

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = {
            "added": self.new,
            "replaced": self.replaced,
            "already there": self.present,
            "not added": self.failed,
        }
        return ", ".join(f"{len(some)} {what}" for what, some in said.items() if some) or "no files"


def documents_in(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and of folders all files of a known kind, in a fixed order."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found.extend(
                Path(folder, name)
                for name in sorted(files)
                if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES
            )
    return found


def add(
    sources: Sources,
    data: Path,
    paths: Sequence[Path],
    given: Given = NOTHING_GIVEN,
    *,
    replacing: bool = False,
    report: Report = lambda _: None,
    at_once: int = 0,
) -> Added:
    """Add files to the data folder; one that can not be is reported and leaves nothing.

    The data set is not built by this; what was read for it waits in the cache.
    """
    folder = data / DOCUMENTS
    with dataset.locked(data, report), _staging(folder):
        run = _Run(sources, folder, replacing, report, len(paths))
        requests = list(run.requests(paths))
        if requests:
            propose = proposer(sources, folder, given, Cache(data))
            while requests:
                name, at = _name, at_once or processors()
                with closing(run_each(propose, requests, name, sources.limits, at)) as outcomes:
                    for one in outcomes:
                        if one.error is not None:
                            run.fail(one.given, str(one.error))
                        else:
                            run.accept(one.given, one.result())
                requests = run.again()
            run.commit()
        return run.result


def proposed(
    sources: Sources, data: Path, paths: Sequence[Path], given: Given = NOTHING_GIVEN
) -> str:
    """The entries that these files would get, as YAML; nothing is written."""
    propose = proposer(sources, data / DOCUMENTS, given, None)
    requests = [Request(number, path) for number, path in enumerate(paths, start=1)]
    with closing(run_each(propose, requests, _name, sources.limits, processors())) as outcomes:
        made = [outcome.result() for outcome in outcomes]
    return dumped({one.id: one.entry for one in made})


def remove(sources: Sources, data: Path, name: str, report: Report = lambda _: None) -> None:
    """Take an added document out again."""
    folder = data / DOCUMENTS
    with dataset.locked(data, report):
        entries = added(folder)
        if name not in entries:
            where = f"is of {sources.seeds}" if name in load(sources.seeds) else "is not there"
            raise ManifestError(f"{folder / MANIFEST}: {name} {where}; nothing to remove")
        claims = claims_on(folder, entries).get(name)
        if claims is not None:
            raise ManifestError(f"{claims.path}: has claims on {name}; take that file away first")
        entry = entries.pop(name)
        try:
            save(folder, entries)
            (folder / entry.file).unlink(missing_ok=True)
        except OSError as error:
            raise failure(folder, error) from error


class _Run:
    """One run over files: what is there, what is accepted so far, what must be read again."""

    def __init__(
        self, sources: Sources, folder: Path, replacing: bool, report: Report, total: int
    ) -> None:
        self._folder, self._replacing, self._report = folder, replacing, report
        self._most, self._total = sources.limits.file_bytes, total
        self._seeds, self._existing = load(sources.seeds), added(folder)
        self._accepted: dict[str, tuple[Request, Proposal]] = {}
        self._again: list[tuple[Request, str]] = []
        self.result = Added()

    def requests(self, paths: Sequence[Path]) -> Iterator[Request]:
        """A request for each file that is not there yet, of equal files for the first."""
        there = {one.sha256: name for name, one in (*self._seeds.items(), *self._existing.items())}
        seen: dict[str, Path] = {}
        for number, path in enumerate(paths, start=1):
            request = Request(number, path)
            try:
                content = self._checksum(path)
            except UnreadableError as error:
                self.fail(request, str(error))
                continue
            first, name = seen.setdefault(content, path), there.get(content, "")
            if first is not path:
                self._present(request, name, f"the same as {first}")
            elif name in self._existing and self._replacing:
                yield Request(number, path, name)
            elif name:
                self._present(request, name, f"already there as {name}")
            else:
                yield request

    def accept(self, request: Request, made: Proposal) -> None:
        """Take a proposal, refuse it, or ask for it again under another id."""
        before, other = self._existing.get(made.id), self._accepted.get(made.id)
        refused = ""
        if made.id in self._seeds:
            refused = f"{made.id} is a document of the seeds"
        elif other is not None:
            refused = f"{made.id} is {other[0].path} already"
        elif before is not None and not self._replacing:
            refused = f"{made.id} is there with other content; --replace puts this in its place"
        elsewhere = before is None or before.original_name != request.path.name
        if (refused or before is not None) and not made.official and elsewhere:
            self._again.append((request, made.id))  # another document that is called the same
        elif refused:
            self.fail(request, f"{request.path}: {refused}")
        else:
            self._accepted[made.id] = (request, made)
            (self.result.new if before is None else self.result.replaced).append(made.id)
            said = f"{made.blocks} blocks, {made.warnings} warnings"
            self._say(request, f"{request.path.name}: {said}, as {made.id}")

    def again(self) -> list[Request]:
        """The files to read once more, each with an id that is free."""
        taken = {*self._seeds, *self._existing, *self._accepted}
        requests: list[Request] = []
        for request, wanted in self._again:
            number = 2
            while (name := f"{wanted}-{number}") in taken:
                number += 1
            taken.add(name)
            requests.append(Request(request.number, request.path, name))
        self._again.clear()
        return requests

    def fail(self, request: Request, reason: str) -> None:
        """Report a file that can not be added."""
        self.result.failed.append(" ".join(reason.split()))
        self._say(request, f"not added: {self.result.failed[-1]}")

    def commit(self) -> None:
        """Put the files in place, then the manifest that names them; then go those replaced."""
        if not self._accepted:
            return
        try:
            entries = added(self._folder)  # as someone may have edited it meanwhile
            former = {entries[name].file for name in self._accepted if name in entries}
            for name, (_, made) in self._accepted.items():
                file = self._folder / made.entry.file
                (self._folder / (STAGED + file.name)).replace(file)
                entries[name] = made.entry
            save(self._folder, entries)
            for gone in former - {entry.file for entry in entries.values()}:
                (self._folder / gone).unlink(missing_ok=True)
        except OSError as error:
            raise failure(self._folder, error) from error

    def _present(self, request: Request, name: str, said: str) -> None:
        self.result.present.append(name)
        self._say(request, f"{request.path.name}: {said}")

    def _say(self, request: Request, what: str) -> None:
        self._report(f"{progress(request.number, self._total)} {what}")

    def _checksum(self, path: Path) -> str:
        check_file(path, self._most)
        try:
            with path.open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise UnreadableError(f"{path}: {error.strerror or error}") from error


@contextmanager
def _staging(folder: Path) -> Iterator[None]:
    """The folder of documents, without what an interrupted run left or this one leaves."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder)
        yield
    except OSError as error:
        raise failure(folder, error) from error
    finally:
        _clear(folder)


def _clear(folder: Path) -> None:
    for left in folder.glob(STAGED + "*"):
        left.unlink(missing_ok=True)


def _name(request: Request) -> str:
    return str(request.path)
