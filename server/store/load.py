"""Make a store folder from a dataset, once: loaded beside, made durable, then renamed in place.

The work is done in a process of its own (``python -m server.store.load DATASET FOLDER``), so that
the web process never holds a writer's lock or the loader's memory. A load that is cut off leaves
only a hidden folder behind, which the next one removes.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import RdfFormat, Store

import server
from server.store.interface import StoreError
from server.store.layout import VERSION, engine_folder, read_version, reason

WRITTEN = ".written"
_ROOT = Path(server.__file__).parents[1]


def open_or_load(dataset: Path, directory: Path) -> None:
    """See to it that ``directory`` is a store of the N-Quads file ``dataset``, and opens.

    A store of another version of the dataset is replaced. A :class:`StoreError` names the folder
    or file that can not be used, and why; a damaged store is never replaced by itself.
    """
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", "server.store.load", str(dataset), str(directory)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": path},
    )
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        raise StoreError(lines[-1] if lines else f"store {directory}: the loader ended by itself")


def ensure(dataset: Path, directory: Path) -> None:
    """The work of :func:`open_or_load`, in this process."""
    with _only_one(directory):
        version = digest(dataset)
        if directory.exists():
            _check(directory)
            if read_version(directory) == version:
                return
        fresh = directory.with_name(f".{directory.name}.loading")
        _remove(fresh)
        load(dataset, fresh, version)
        replace(fresh, directory)


def writable_copy(directory: Path) -> Path:
    """The folder beside a store for a service that takes changes; made at the first call.

    It shares its unchanged files with the store (hard links) and goes its own way from then on.
    """
    written = directory.with_name(directory.name + WRITTEN)
    with _only_one(written):
        if not written.exists():
            fresh = directory.with_name(f".{written.name}.loading")
            _remove(fresh)
            try:
                fresh.mkdir()
                Store.read_only(str(engine_folder(directory))).backup(str(engine_folder(fresh)))
            except (OSError, RuntimeError, ValueError) as error:
                _remove(fresh)
                raise StoreError(f"store {written} can not be made: {reason(error)}") from error
            replace(fresh, written)
    return written


def digest(dataset: Path) -> str:
    """The version of a dataset file: the SHA-256 of its bytes."""
    try:
        with dataset.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StoreError(f"dataset {dataset} can not be read: {reason(error)}") from error


def load(dataset: Path, directory: Path, version: str) -> None:
    """Load an N-Quads file into a new store folder and make it durable."""
    directory.mkdir(parents=True)
    try:
        store = Store(engine_folder(directory))
        store.bulk_load(path=dataset, format=RdfFormat.N_QUADS)
        store.optimize()
        store.flush()
        del store  # lets go of the lock
    except (SyntaxError, OSError, RuntimeError, ValueError) as error:
        _remove(directory)
        raise StoreError(f"dataset {dataset} can not be loaded: {reason(error)}") from error
    (directory / VERSION).write_text(version + "\n", encoding="ascii")
    for path in [*directory.rglob("*"), directory]:
        _sync(path)


def replace(fresh: Path, directory: Path) -> None:
    """Put a finished store folder in place of an earlier one, if any."""
    earlier = directory.with_name(f".{directory.name}.earlier")
    _remove(earlier)
    if directory.exists():
        directory.rename(earlier)
    fresh.rename(directory)
    _sync(directory.parent)
    _remove(earlier)


def _check(directory: Path) -> None:
    read_version(directory)
    try:
        Store.read_only(str(engine_folder(directory))).query("ASK { ?s ?p ?o }")
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"store {directory} can not be opened: {reason(error)}") from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(directory: Path) -> None:
    if directory.exists():
        shutil.rmtree(directory)


@contextmanager
def _only_one(directory: Path) -> Iterator[None]:
    """Let loaders of the same folder take turns."""
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        lock = directory.with_name(f".{directory.name}.lock").open("w")
    except OSError as error:
        raise StoreError(f"store {directory} can not be made: {reason(error)}") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _main() -> int:
    try:
        ensure(Path(sys.argv[1]), Path(sys.argv[2]))
    except (StoreError, OSError) as error:
        sys.stderr.write(f"{reason(error)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())
