"""Readers with long queries: as many work at once as there are processors, the others wait.

Each long query reads far through the store. Many at once push each other's pages out of the
processors' caches, and all take longer than in turns (docs/performance.md). Those whose turn it is
not are stopped (SIGSTOP); their time limits run on.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

from server.store.link import ReaderLink

TURN_S = 0.5
_AT_ONCE = max(1, len(os.sched_getaffinity(0)))


class SlowLane:
    """Readers in the order of their turns; the first few work."""

    def __init__(self, at_once: int = _AT_ONCE) -> None:
        self._at_once = at_once
        self._links: list[ReaderLink] = []
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._links)

    def __iter__(self) -> Iterator[ReaderLink]:
        return iter(list(self._links))

    def __contains__(self, link: object) -> bool:
        return link in self._links

    def add(self, link: ReaderLink) -> None:
        """A reader turned out to have a long query."""
        link.slow_down()
        self._links.append(link)
        if len(self._links) > self._at_once:
            link.hold()
            if self._timer is None:
                self._schedule()

    def discard(self, link: ReaderLink) -> None:
        """A reader is done or gone: the next takes its place."""
        if link in self._links:
            self._links.remove(link)
            self._go_on()

    def _schedule(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(TURN_S, self._turn)

    def _turn(self) -> None:
        self._timer = None
        if len(self._links) <= self._at_once:
            return
        done = self._links[: self._at_once]
        self._links = self._links[self._at_once :] + done
        for link in self._links[self._at_once :]:
            link.hold()
        self._go_on()
        self._schedule()

    def _go_on(self) -> None:
        for link in self._links[: self._at_once]:
            link.go_on()
