"""The build: documents and ontology in, one data set out. Same input, same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Quad

from ingest import dataset
from ingest.account import Account
from ingest.cache import Cache, Cached
from ingest.dataset import Dataset
from ingest.interpret import BuildError, Interpreter, Part, explained
from ingest.limits import Limits
from ingest.sources import ALIGNMENTS, CATALOGUE, SCHEMES, Inventory, Sources
from ingest.workers import processors, run_each

__all__ = ["BuildError", "Built", "Sources", "assemble", "build", "up_to_date", "validate"]

Report = Callable[[str], None]
Counts = Mapping[str, int]
Make = Callable[[Interpreter, str], Part]
_PARTS = "parts"  # in the manifest: the keys of what a build is made of


@dataclass(frozen=True)
class Built:
    """A data set in memory: its quads, the source texts and how much there is of what."""

    quads: list[Quad]
    texts: dict[str, str]
    counts: dict[str, Counts]


def assemble(sources: Sources) -> Built:
    """The whole data set as quads, made in this process and not validated."""
    interpreter, inventory = Interpreter(sources), sources.inventory()
    parts = {name: make(interpreter, inventory, name) for name in inventory.parts}
    documents = {name: parts[name] for name in inventory.documents}
    lines = [part.shared() for part in documents.values()]
    parts |= {name: interpreter.derived(name, lines) for name in inventory.derived}
    return Built(
        [quad for part in parts.values() for quad in part.quads],
        {name: part.text for name, part in documents.items()},
        {name: part.account.counts for name, part in documents.items()},
    )


def build(
    sources: Sources, data: Path, report: Report = lambda _: None, at_once: int = 0
) -> Dataset:
    """Read, extract, validate and publish; on any error the build in force stays in force.

    Each document is read in a process of its own, ``at_once`` at a time (as many as there are
    processors); of what was built before, only what changed is read again.
    """
    with dataset.locked(data, report):
        inventory, cache = sources.inventory(), Cache(data)
        parts = _parts(sources, inventory, cache, report, at_once)
        report("writing the data set")
        details = {
            "inputs": inventory.fingerprint,
            "base": sources.base,
            "counts": {name: account(parts[name]).counts for name in inventory.documents},
            _PARTS: sorted([*inventory.parts.values(), *inventory.derived.values()]),
        }
        lines = dataset.merged(part.lines() for part in parts.values())
        texts = ((name, parts[name].text.read_bytes()) for name in inventory.documents)
        made = dataset.publish(data, lines, texts, details)
        cache.prune({key for one in dataset.kept(data) for key in one.get(_PARTS, ())})
        return made


def up_to_date(sources: Sources, data: Path) -> Dataset | None:
    """The build in force, if it was made of exactly these sources; else None."""
    existing = dataset.current(data)
    if existing is not None and existing.manifest.get("inputs") == sources.fingerprint():
        return existing
    return None


def validate(
    sources: Sources, report: Report = lambda _: None, at_once: int = 0
) -> dict[str, Counts]:
    """Make and check every part and keep nothing; how much each document says of what."""
    inventory = sources.inventory()
    with TemporaryDirectory() as folder:
        found = _parts(sources, inventory, Cache(Path(folder)), report, at_once)
    return {name: account(found[name]).counts for name in inventory.documents}


def accounts(sources: Sources, data: Path) -> dict[str, Account]:
    """How each document of the build in force was read, as far as its part is still there."""
    inventory, cache = sources.inventory(), Cache(data)
    found = {name: cache.find(inventory.parts[name]) for name in inventory.documents}
    return {name: account(part) for name, part in found.items() if part is not None}


def account(part: Cached) -> Account:
    """How a document was read and what was found in it, as kept with its part."""
    return Account.model_validate(part.account)


def make(interpreter: Interpreter, inventory: Inventory, name: str) -> Part:
    """A part of the data set by its name, not yet validated."""
    if name == SCHEMES:
        return interpreter.schemes()
    if name == ALIGNMENTS:
        return interpreter.alignments()
    if name == CATALOGUE:
        return interpreter.catalogue(inventory.documents)
    return interpreter.document(inventory.documents[name])


def _parts(
    sources: Sources, inventory: Inventory, cache: Cache, report: Report, at_once: int
) -> dict[str, Cached]:
    """Every part by name, as it was made before or made now; those that follow from others last."""
    making = _Making(sources, inventory, cache, report, at_once or processors())
    # The largest documents first: none of them is then left over to wait for at the end.
    largest = sorted(inventory.parts, key=lambda name: _size(inventory, name), reverse=True)
    keys = {name: inventory.parts[name] for name in largest}
    found = making.parts(keys, sources.limits, lambda one, name: make(one, inventory, name))
    documents = [found[name] for name in inventory.documents]

    def derive(interpreter: Interpreter, name: str) -> Part:
        return interpreter.derived(name, (one.shared() for one in documents))

    return found | making.parts(inventory.derived, sources.limits.times(len(documents)), derive)


class _Making:
    """Makes parts and checks them, in a process each, unless the cache has them."""

    def __init__(
        self,
        sources: Sources,
        inventory: Inventory,
        cache: Cache,
        report: Report,
        at_once: int,
    ) -> None:
        self._sources, self._cache = sources, cache
        self._report, self._at_once = report, at_once
        self._label = partial(_label, inventory)

    @cached_property
    def _interpreter(self) -> Interpreter:
        made = Interpreter(self._sources)
        made.prepare()
        return made

    def parts(self, keys: Mapping[str, str], limits: Limits, make: Make) -> dict[str, Cached]:
        """The parts of these names, with these keys."""
        there = {name: self._cache.find(key) for name, key in keys.items()}
        missing = [name for name, part in there.items() if part is None]
        if missing:
            self._make(missing, keys, limits, make)
            there |= {name: self._cache.find(keys[name]) for name in missing}
        if lost := [name for name, part in there.items() if part is None]:
            raise BuildError(f"{self._cache.folder}: {', '.join(lost)}: can not be read back")
        return {name: part for name, part in there.items() if part is not None}

    def _make(
        self,
        names: Sequence[str],
        keys: Mapping[str, str],
        limits: Limits,
        make: Make,
    ) -> None:
        interpreter, label = self._interpreter, self._label

        def work(name: str) -> Counts:
            try:
                part = make(interpreter, name)
                with part.account.timed("check"):
                    doubts = interpreter.check(part.quads, label(name), part.around)
                part.account.doubts = [str(one) for one in doubts]
            except Exception as error:  # whatever it is, it is told with the name of the file
                raise explained(error, label(name)) from error
            part.keep(self._cache, keys[name])
            return part.account.counts

        with closing(run_each(work, names, label, limits, self._at_once)) as outcomes:
            for number, outcome in enumerate(outcomes, start=1):
                said = sum(outcome.result().values())
                place = progress(number, len(names))
                self._report(f"{place} {Path(label(outcome.given)).name}: {said} statements")


def progress(number: int, of: int) -> str:
    """How far we are: "[ 12/1000]"."""
    return f"[{number:>{len(str(of))}}/{of}]"


def _size(inventory: Inventory, name: str) -> int:
    document = inventory.documents.get(name)
    return document.path.stat().st_size if document else 0


def _label(inventory: Inventory, name: str) -> str:
    """What a part is called in messages: the path of a document's file."""
    return str(inventory.documents[name].path) if name in inventory.documents else name
