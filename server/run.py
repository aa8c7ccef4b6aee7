"""Runs the service: takes the port first, so that a port in use is one clear line."""

from __future__ import annotations

import logging
import socket
import sys
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from queries.catalogue import Catalogue
from server.access import WriteAccess
from server.app import create_app
from server.connection import HEADERS, Connection
from server.following import Builds, follow
from server.publish.publishing import Publisher
from server.settings import Settings
from server.store.bounds import Bounds
from server.store.interface import StoreError
from server.store.pool import Limits, PooledStore
from server.store.writing import WritingStore

_BACKLOG = 2048
_SHUTDOWN_S = 5

# What users wrote that is not as its datatype says is theirs: no trace of it in the log each time.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


class ListenError(StoreError):
    """The address can not be listened on; the message names it and the reason."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; :class:`ListenError` where the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise ListenError(f"can not listen on {host}:{port}: {error.strerror}") from error
    return listening


def serve(
    settings: Settings,
    catalogue: Catalogue,
    store: Path,
    listening: socket.socket,
    builds: Builds | None = None,
) -> None:
    """Answer requests until told to stop; take changes too where a token for writing is set.

    ``store`` is a folder made by ``open_or_load``, or any folder where changes are taken. Where
    none are taken, the service goes over to each new one of ``builds``, and publishes it.
    """
    limits = Limits(
        readers=settings.readers,
        slow_readers=settings.slow_readers,
        max_queue=settings.max_queue,
        reserve_bytes=settings.min_free_bytes,
        bounds=Bounds(
            memory_bytes=settings.reader_memory_bytes,
            answer_rows=settings.max_answer_rows,
            answer_bytes=settings.max_answer_bytes,
            endpoints=settings.allowed_endpoints,
        ),
    )
    app = _application(settings, catalogue, store, limits, builds)
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        h11_max_incomplete_event_size=settings.max_query_bytes + HEADERS,
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # the application sees to them
        timeout_graceful_shutdown=_SHUTDOWN_S,
    )
    _announce(listening)
    uvicorn.Server(config).run(sockets=[listening])


def _application(
    settings: Settings, catalogue: Catalogue, store: Path, limits: Limits, builds: Builds | None
) -> FastAPI:
    if WriteAccess(settings).possible:
        return create_app(settings, WritingStore(store, limits), catalogue, release())
    pooled = PooledStore(store, limits)
    publisher = Publisher(settings) if settings.publish else None
    beside = None if builds is None else partial(follow, pooled, builds, publisher)
    return create_app(settings, pooled, catalogue, release(), beside)


def release() -> str:
    """Samenhang's own version."""
    try:
        return version("samenhang")
    except PackageNotFoundError:
        return "not installed"


def _announce(listening: socket.socket) -> None:
    host, port = listening.getsockname()[:2]
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    lines = (
        f"Samenhang answers on {base}/",
        f"  questions   {base}/queries",
        f"  SPARQL      {base}/sparql",
        f"  health      {base}/healthz",
        "  stop with Ctrl+C",
    )
    print("\n".join(lines), file=sys.stderr, flush=True)
