"""A running service goes over to each new build: who adds a letter restarts nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from server.store.interface import StoreError
from server.store.pool import PooledStore

EVERY_S = 2.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Builds:
    """Where new builds come from. Both may take long or fail with a :class:`StoreError`.

    ``newest`` names the build in force, soon; ``store`` makes its store, if it is not there.
    """

    newest: Callable[[], str | None]
    store: Callable[[], Path]


async def follow(store: PooledStore, builds: Builds, every_s: float = EVERY_S) -> None:
    """Answer from the build in force, until cancelled.

    A build that can not be used is reported once, and the one before goes on being served.
    """
    served = await asyncio.to_thread(builds.newest)
    while True:
        await asyncio.sleep(every_s)
        newest = await asyncio.to_thread(builds.newest)
        if newest is None or newest == served:
            continue
        served = newest
        try:
            await store.switch(await asyncio.to_thread(builds.store))
            _log.warning("build %s is served from now on", newest)
        except StoreError as error:
            _log.error("build %s is not served: %s", newest, error)
