"""The publications of a feed on disk: each a folder of its own, put in place in one step.

``{folder}/{number}-{version}/`` holds ``publication.json`` and the pages, N-Quads in the order of
their events; the newest also ``state``, what has been told so far.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import zstandard

from server.publish.feed.things import FeedError

PUBLICATION, STATE = "publication.json", "state"
_LARGEST_PAGE = 1 << 30  # bytes, unpacked
_KEY = re.compile(r"([1-9][0-9]*)-([0-9A-Za-z][0-9A-Za-z._-]*)")


@dataclass(frozen=True, slots=True)
class Publication:
    """What changed between two versions that were published.

    ``previous`` is the version before, empty for the first. ``page_size`` is how many events a
    page has, but for the last. ``things`` counts what became of things, ``graphs`` the events
    about each named graph; both by the name of the activity.
    """

    number: int
    version: str
    previous: str
    base: str
    published: datetime
    events: int
    page_size: int
    things: Mapping[str, int]
    graphs: Mapping[str, Mapping[str, int]]

    @property
    def key(self) -> str:
        """What names it in addresses and IRIs; another feed has no publication of this name, or
        the same one.
        """
        return f"{self.number}-{self.version}"

    @property
    def pages(self) -> int:
        """How many pages it has; one at least."""
        return max(1, -(-self.events // self.page_size))

    def document(self) -> bytes:
        """What ``publication.json`` says."""
        members = {**asdict(self), "published": self.published.isoformat()}
        return json.dumps(members, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"


class Log:
    """The publications of data with this ``base`` in a folder: what is there now."""

    def __init__(self, folder: Path, base: str) -> None:
        self.folder = folder
        self.base = base
        self._read: dict[str, Publication] = {}  # what is there never changes

    def publications(self) -> list[Publication]:
        """The oldest first."""
        keys = sorted((path.name for path in self._folders()), key=_number_of)
        return list(filter(None, map(self.find, keys)))

    def newest(self) -> Publication | None:
        """The last one; none where nothing has been published."""
        keys = sorted((path.name for path in self._folders()), key=_number_of, reverse=True)
        return next(filter(None, map(self.find, keys)), None)

    def next_number(self) -> int:
        """The number of the publication to come; those of data with another base count too."""
        return 1 + max((_number_of(path.name) for path in self._folders()), default=0)

    def find(self, key: str) -> Publication | None:
        """The publication with this key, if there is one of these data."""
        if not _KEY.fullmatch(key):
            return None
        if key not in self._read:
            if not (self.folder / key).is_dir():
                return None
            self._read[key] = _publication(self.folder / key)
        found = self._read[key]
        return found if found.base == self.base else None

    def numbered(self, number: int) -> Publication | None:
        """The publication with this number."""
        for path in self.folder.glob(f"{number}-*"):
            if publication := self.find(path.name):
                return publication
        return None

    def state(self, publication: Publication) -> Path:
        """The file of what had been told with a publication; only the newest has it."""
        return self.folder / publication.key / STATE

    def page(self, publication: Publication, number: int) -> bytes:
        """The N-Quads of a page of a publication, which are counted from 0."""
        path = self.folder / publication.key / page_name(number)
        try:
            packed = path.read_bytes()
            return zstandard.ZstdDecompressor().decompress(packed, max_output_size=_LARGEST_PAGE)
        except OSError as error:
            raise FeedError(f"{path}: {error.strerror}") from error
        except zstandard.ZstdError as error:
            raise FeedError(f"{path}: {error}") from error

    def _folders(self) -> Iterator[Path]:
        return self.folder.glob("[1-9]*-*")


def page_name(number: int) -> str:
    """The name of the file of a page."""
    return f"{number}.nq.zst"


def _number_of(key: str) -> int:
    match = _KEY.fullmatch(key)
    return int(match[1]) if match else 0


def _publication(folder: Path) -> Publication:
    path = folder / PUBLICATION
    try:
        members: dict[str, Any] = json.loads(path.read_bytes())
        published = datetime.fromisoformat(members["published"]).astimezone(UTC)
        return Publication(**{**members, "published": published})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FeedError(f"{path} can not be read: {error}") from error
