"""rdflib-endpoint on a store of the engine: ``python -m bench.serving.rdflib_front STORE PORT``."""

from __future__ import annotations

import sys

import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint


def main(store: str, port: int) -> None:
    """Serve until told to stop."""
    dataset = Dataset(store="OxMemory" if store == "memory" else "Oxigraph", default_union=True)
    dataset.open(store)
    uvicorn.run(SparqlEndpoint(graph=dataset), port=port, log_level="error")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
