"""How a built store lies in its folder: the engine's own folder, and the dataset's version."""

from __future__ import annotations

from pathlib import Path

from server.store.interface import StoreError

ENGINE = "engine"
VERSION = "version"


def engine_folder(directory: Path) -> Path:
    """The folder that the engine opens."""
    return directory / ENGINE


def read_version(directory: Path) -> str:
    """The version of the dataset in a store folder; :class:`StoreError` where there is none."""
    try:
        return (directory / VERSION).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"store {directory} can not be opened: {reason(error)}") from error


def reason(error: Exception) -> str:
    """An exception's message as one line."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror if error.filename is None else f"{error.strerror}: {error.filename}"
    return " ".join(str(error).split()) or type(error).__name__
