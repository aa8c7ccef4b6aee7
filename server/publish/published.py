"""The releases as requests see them: there, not yet there, or gone."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus

from server.problem import Problem
from server.publish.release import Release, Releases

WAIT_S = 30.0
_EVERY_S = 0.25
_RETRY_S = 30


class Published:
    """Finds releases for requests.

    ``expected``: this service makes them, so that one that is not there yet is worth waiting for,
    at most ``wait_s`` seconds.
    """

    def __init__(self, releases: Releases, *, expected: bool, wait_s: float = WAIT_S) -> None:
        self.releases = releases
        self._expected = expected
        self._wait_s = wait_s

    async def listed(self) -> list[Release]:
        """The releases, that of the data in force first; none where this service makes none."""
        if not self._expected and self.releases.latest() is None:
            return []
        latest = await self.latest()
        return [latest, *(one for one in self.releases if one.version != latest.version)]

    async def latest(self) -> Release:
        """The latest release; a :class:`Problem` 503 while it is being made, 404 for none."""
        until = time.monotonic() + self._wait_s
        while (release := self.releases.latest()) is None:
            if not self._expected:
                raise Problem(
                    HTTPStatus.NOT_FOUND,
                    "Not published",
                    "This service makes no dumps and exports; 'samenhang publish' does.",
                )
            if time.monotonic() >= until:
                raise Problem(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    "Not yet published",
                    "The files of this version of the data are being made; try again later.",
                    headers={"Retry-After": str(_RETRY_S)},
                )
            await asyncio.sleep(_EVERY_S)
        return release

    def find(self, version: str) -> Release:
        """The release of a version; a :class:`Problem` 410 where its files were removed, or 404."""
        release = self.releases.find(version)
        if release is not None:
            return release
        latest = self.releases.latest()
        there = f"The latest release is {latest.version}." if latest else ""
        if self.releases.is_gone(version):
            raise Problem(
                HTTPStatus.GONE,
                HTTPStatus.GONE.phrase,
                f"The files of release {version} are no longer kept. {there}".strip(),
                latest=latest.version if latest else None,
            )
        raise Problem(
            HTTPStatus.NOT_FOUND,
            HTTPStatus.NOT_FOUND.phrase,
            f"There is no release {version!r}. {there}".strip(),
        )
