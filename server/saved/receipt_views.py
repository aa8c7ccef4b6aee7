"""Receipts for reading: the JSON document, and what the page shows."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode

from queries.readable import Address, shown
from server.linked.names import Names
from server.negotiation import FORMAT_PARAMETER
from server.pages.links import Links
from server.saved.citation import Citation
from server.saved.comparing import SHOWN, Comparison, Difference, read
from server.saved.receipts import Receipt
from server.saved.terms import parsed

_FORMATS = ("json", "jsonld", "turtle", "bibtex", "text")
_ROW_FORMATS = ("json", "csv", "tsv")


def address_of(links: Links) -> Address:
    """Finds the full address at which a thing can be looked up."""

    def address(iri: str) -> str | None:
        link = links.thing(iri)
        return None if link is None else links.full(link)

    return address


def document(citation: Citation, links: Links, language: str) -> dict[str, Any]:
    """A receipt in JSON, without the answer of now."""
    receipt = citation.receipt
    path = f"/receipts/{receipt.id}"
    return {
        "id": receipt.id,
        "url": citation.address,
        "citation": citation.line(language),
        "question": {
            "id": receipt.iri,
            "name": receipt.question,
            "version": receipt.version,
            "fingerprint": receipt.fingerprint,
            "title": {"nl": receipt.title.nl, "en": receipt.title.en},
        },
        "parameters": {
            name: {"value": given.short, "term": given.term} if given.term else None
            for name, given in receipt.parameters.items()
        },
        "language": receipt.language,
        "dataset": receipt.dataset,
        "digest": receipt.digest,
        "rows": receipt.rows,
        "rowsKept": receipt.kept,
        "time": receipt.time,
        "links": {
            "self": links.api(path),
            "answer": links.api(f"{path}/answer"),
            "now": links.api(f"/queries/{receipt.question}", _values(receipt)),
            **{
                name: links.api(path, {FORMAT_PARAMETER: name})
                for name in _FORMATS
                if name != "json"
            },
        },
    }


def compared(comparison: Comparison, links: Links) -> dict[str, Any]:
    """The answer of now beside the one cited, in JSON."""
    made: dict[str, Any] = {
        "question": {"state": comparison.question.value},
        "dataset": comparison.dataset,
        "answer": {"state": comparison.outcome.value},
    }
    if comparison.query is not None:
        made["question"]["version"] = comparison.query.version
        made["question"]["fingerprint"] = comparison.query.fingerprint
    if comparison.answer is not None:
        made["answer"] |= {"digest": comparison.answer.digest, "rows": len(comparison.answer.rows)}
    if comparison.why:
        made["answer"]["why"] = comparison.why

    for name, difference in (("added", comparison.added), ("removed", comparison.removed)):
        if difference is not None:
            made["answer"][name] = {
                "count": difference.count,
                "rows": _objects(comparison, difference, address_of(links)),
            }
    return made


async def page_values(
    citation: Citation, comparison: Comparison, links: Links, language: str, names: Names
) -> dict[str, Any]:
    """What the template of the page needs."""
    receipt = citation.receipt
    path = f"/receipts/{receipt.id}"
    columns = (
        {column.name: column.label.in_language(language) for column in shown(comparison.query)}
        if comparison.query is not None
        else {}
    )
    differences = [
        (name, difference.count, _objects(comparison, difference, links.thing))
        for name, difference in (("added", comparison.added), ("removed", comparison.removed))
        if difference is not None and difference.count
    ]
    return {
        "receipt": receipt,
        "title": receipt.title.in_language(language),
        "day": receipt.time[:10],
        "line": citation.line(language),
        "bibtex": citation.bibtex(language),
        "address": citation.address,
        "given": await _given(receipt, comparison, links, language, names),
        "now": comparison,
        "now_rows": len(comparison.answer.rows) if comparison.answer is not None else 0,
        "columns": columns,
        "differences": differences,
        "most": SHOWN,
        "ask": links.page(f"/queries/{receipt.question}", _values(receipt)),
        "downloads": [(name, links.result(path, {FORMAT_PARAMETER: name})) for name in _FORMATS],
        "row_downloads": [
            (name.upper(), links.result(f"{path}/answer", {FORMAT_PARAMETER: name}))
            for name in _ROW_FORMATS
        ],
    }


async def _given(
    receipt: Receipt, comparison: Comparison, links: Links, language: str, names: Names
) -> list[tuple[str, str, str | None]]:
    """The parameters that restrict anything: what each is called, its value and where it leads."""
    query = comparison.query
    labels = (
        {one.name: one.label.in_language(language) for one in query.parameters} if query else {}
    )
    terms = {name: parsed(given.term) for name, given in receipt.parameters.items() if given.term}
    things = [term.value for term in terms.values() if isinstance(term, NamedNode)]
    naming = await names.of(things, language)
    return [
        (
            labels.get(name, name),
            naming[term.value].value if isinstance(term, NamedNode) else term.value,
            links.thing(term.value) if isinstance(term, NamedNode) else None,
        )
        for name, term in terms.items()
    ]


def _objects(
    comparison: Comparison, difference: Difference, address: Address
) -> list[dict[str, Any]]:
    variables = comparison.answer.variables if comparison.answer is not None else ()
    return read(comparison.query, variables, difference.rows, address)


def _values(receipt: Receipt) -> dict[str, str]:
    return {name: given.short for name, given in receipt.parameters.items()}
