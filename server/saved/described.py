"""Receipts as linked data under the base of the data, beside their own address."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from starlette.requests import Request

from ontology.names import DATA_PATH, OWL, PROV, RDF
from server.pages.rendering import Pages
from server.saved.citation import Citation
from server.saved.receipts import ReceiptError, ReceiptStore

KIND = "receipt/"


class Receipts:
    """Knows the receipts that are kept: ``{base}id/receipt/{id}``."""

    def __init__(self, receipts: ReceiptStore, pages: Pages) -> None:
        self._receipts = receipts
        self._pages = pages

    async def triples(self, iri: str, request: Request) -> Sequence[Triple]:
        """The receipt as it says itself, and that it is the one at its address."""
        below = self._pages.base + DATA_PATH + KIND
        if not iri.startswith(below):
            return ()
        try:
            receipt = await asyncio.to_thread(self._receipts.get, iri.removeprefix(below))
        except ReceiptError:
            return ()
        if receipt is None:
            return ()
        address = self._pages.links(request).absolute(f"/receipts/{receipt.id}")
        citation = Citation(receipt, address, self._pages.base, self._pages.texts)
        content = json.dumps(citation.linked()).encode()
        said = (quad.triple for quad in parse(content, format=RdfFormat.JSON_LD))
        thing = NamedNode(iri)
        return (
            Triple(thing, NamedNode(RDF + "type"), NamedNode(PROV + "Entity")),
            Triple(thing, NamedNode(OWL + "sameAs"), NamedNode(address)),
            *said,
        )
