"""One export into a folder of the user's own, without a release and without a service."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory

from server.publish import exports
from server.publish.profiles import Profile
from server.publish.release import ReleaseError
from server.publish.source import Source

_WIDTH = 88  # characters of a line
_OURS = "en"  # the language of the commands


class UnknownExportError(Exception):
    """There is no export of that name; the message names those like it, or all."""

    def __init__(self, token: str, tokens: Iterable[str]) -> None:
        known = sorted(tokens)
        near = get_close_matches(token, known) or known
        super().__init__(f"no export named {token!r}; try {', '.join(near)}")


def find(token: str, base: str) -> Profile:
    """The profile of an export; an :class:`UnknownExportError` where there is none."""
    known = exports.exported(base)
    if token not in known:
        raise UnknownExportError(token, known)
    return known[token]


def export(profile: Profile, source: Source, folder: Path) -> list[Path]:
    """Write the files of an export into a folder, in place of those that have their names."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".exporting-", dir=folder) as staging:
            files = exports.producers(source.base)[profile.token](source, Path(staging))
            pairs = [
                (Path(staging) / file.name, folder / exports.local_name(profile.token, file.name))
                for file in files
            ]
            for made, final in pairs:
                final.parent.mkdir(parents=True, exist_ok=True)
                made.replace(final)
    except OSError as error:
        raise ReleaseError(f"{error.filename or folder}: {error.strerror or error}") from error
    return [final for _, final in pairs]


def listing(base: str) -> str:
    """The exports, and what each is for."""
    lines = []
    for token, profile in exports.exported(base).items():
        lines.append(f"{token}: {profile.title.in_language(_OURS)}")
        purpose = profile.purpose.in_language(_OURS)
        lines += textwrap.wrap(purpose, _WIDTH, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(lines)
