"""A running service goes over to each new build: who adds a letter restarts nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from server.publish.publishing import Build, Publisher
from server.store.interface import StoreError
from server.store.pool import PooledStore

EVERY_S = 2.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Builds:
    """Where new builds come from. Both calls may take long or fail with a :class:`StoreError`.

    ``first`` is the one that is served at the start; ``newest`` names the build in force, soon;
    ``made`` makes its store, if it is not there.
    """

    first: Build
    newest: Callable[[], str | None]
    made: Callable[[], Build]


async def follow(
    store: PooledStore,
    builds: Builds,
    publisher: Publisher | None = None,
    every_s: float = EVERY_S,
) -> None:
    """Answer from the build in force, until cancelled; let each that is served be published.

    A build that can not be used is reported once, and the one before goes on being served.
    """
    publishing = asyncio.create_task(publisher.run()) if publisher else None
    try:
        await _follow(store, builds, publisher, every_s)
    finally:
        if publishing is not None:
            publishing.cancel()
            await asyncio.wait([publishing])


async def _follow(
    store: PooledStore, builds: Builds, publisher: Publisher | None, every_s: float
) -> None:
    served: str | None = builds.first.version
    if publisher is not None:
        publisher.ask(builds.first)
    while True:
        await asyncio.sleep(every_s)
        newest = await asyncio.to_thread(builds.newest)
        if newest is None or newest == served:
            continue
        served = newest
        try:
            build = await asyncio.to_thread(builds.made)
            await store.switch(build.store)
            _log.warning("build %s is served from now on", newest)
            if publisher is not None:
                publisher.ask(build)
        except StoreError as error:
            _log.error("build %s is not served: %s", newest, error)
