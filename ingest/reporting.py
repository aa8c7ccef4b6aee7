"""What a build made of each document, told to the operator."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ingest.account import BY_CLAIM, BY_RULE, MENTION, Account

_SHOWN = 8  # names, paragraphs and warnings that the text shows; the JSON has all
_WIDTH = 10


def report_json(accounts: Mapping[str, Account]) -> str:
    """The accounts as JSON: an object by document, with the fields of ``Account``."""
    made = {name: one.model_dump() for name, one in sorted(accounts.items())}
    return json.dumps(made, indent=2, ensure_ascii=False)


def report_text(accounts: Mapping[str, Account]) -> str:
    """The accounts for a person, a document a paragraph."""
    return "\n\n".join(
        "\n".join([name, *(f"  {title:{_WIDTH}} {line}".rstrip() for title, line in _lines(one))])
        for name, one in sorted(accounts.items())
    )


def _lines(account: Account) -> Iterator[tuple[str, str]]:
    blocks = ", ".join(f"{n:,} {kind}" for kind, n in account.blocks.items())
    yield "read", f"{account.characters:,} characters, {_number(account.pages, 'page')}; {blocks}"
    yield from _some("unsure", account.warnings)
    mentions = account.counts.get(MENTION, 0)
    yield "mentions", f"{mentions:,}, of {account.things:,} things"
    yield "statements", _origins(account)
    for kind, origins in account.statements.items():
        if kind != MENTION:
            rule, claim = origins.get(BY_RULE, 0), origins.get(BY_CLAIM, 0)
            yield "", f"{kind:18} {rule:5} by rule {claim:5} by claim"
    yield "silent", f"{len(account.silent):,} of {_number(account.paragraphs, 'paragraph')}"
    yield from _some("", [f"page {one.page}: {one.opening}" for one in account.silent])
    unknown = [f"{name} ({count})" for name, count in account.unknown.items()]
    yield "unknown", f"{_number(len(unknown), 'name')} in no scheme: {', '.join(unknown[:_SHOWN])}"
    yield "shapes", _number(len(account.doubts), "warning")
    yield from _some("", account.doubts)
    yield "seconds", ", ".join(f"{step} {time:.2f}" for step, time in account.seconds.items())


def _origins(account: Account) -> str:
    rule, claim = account.by_origin(BY_RULE), account.by_origin(BY_CLAIM)
    share = f" ({rule / (rule + claim):.0%} by rule)" if rule + claim else ""
    return f"{rule + claim:,} beside the mentions: {rule:,} by rule, {claim:,} by claim{share}"


def _some(title: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    """The first few lines, and how many more there are."""
    for number, line in enumerate(lines[:_SHOWN]):
        yield title if number == 0 else "", line
    if len(lines) > _SHOWN:
        yield "", f"... and {len(lines) - _SHOWN:,} more"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
