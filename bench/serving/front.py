"""Samenhang on a store folder and a port: ``python -m bench.serving.front STORE PORT``."""

from __future__ import annotations

import sys
from pathlib import Path

import queries
from queries.catalogue import Catalogue
from server.run import listen, serve
from server.settings import Settings


def main(store: Path, port: int) -> None:
    """Serve until told to stop."""
    settings = Settings(port=port)
    catalogue = Catalogue.load(Path(queries.__file__).parent, settings.base_iri)
    serve(settings, catalogue, store, listen("127.0.0.1", port))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
