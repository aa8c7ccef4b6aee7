"""The seeds, read once for all tests of the ingest room."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import Document
from ingest.read import read

SEEDS = Path(__file__).parents[2] / "seeds"
DOCUMENT_IDS = {
    "2023-kabinetsreactie-iob-humanitaire-hulp": "2023-kabinetsreactie-iob-humanitaire-hulp",
    "2021-kamerbrief-opvang-in-de-regio": "kst-35570-XVII-52",
    "2025-periodieke-rapportage-artikel-1": "2025-periodieke-rapportage-artikel-1",
    "2014-leidraad-geintegreerde-benadering": "2014-leidraad-geintegreerde-benadering",
    "2022-beleidsnota-bhos": "2022-beleidsnota-bhos",
}


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    """The five seeds by document identifier."""
    return {
        identifier: read(SEEDS / f"{stem}.txt", identifier)
        for stem, identifier in DOCUMENT_IDS.items()
    }
