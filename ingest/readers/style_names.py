"""What the names of styles in English and Dutch word processors say about a paragraph."""

from __future__ import annotations

import re

from ingest.document import BlockKind

_HEADING = re.compile(r"(?:heading|kop|kopje) ?([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:toc|inhopg|inhoudsopgave|contents|inhoud) ?[1-9]|(?:toc|contents) heading"
    r"|kop ?(?:van ?)?inhoudsopgave|table of figures|lijst met afbeeldingen",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:list(?: bullet| number| continue)?|lijst|lijstnummering|lijst opsom\.teken) ?([2-9])"
    r"(?: (?:start|end|cont\.))?",
    re.IGNORECASE,
)
_TITLES = frozenset(("title", "titel"))
_KINDS = {
    "caption": BlockKind.CAPTION,
    "bijschrift": BlockKind.CAPTION,
    "quote": BlockKind.PULL_QUOTE,
    "citaat": BlockKind.PULL_QUOTE,
    "intense quote": BlockKind.PULL_QUOTE,
    "duidelijk citaat": BlockKind.PULL_QUOTE,
    "quotations": BlockKind.PULL_QUOTE,
    "citaten": BlockKind.PULL_QUOTE,
    "signature": BlockKind.SIGNATURE,
    "handtekening": BlockKind.SIGNATURE,
}


def heading_level(name: str) -> int:
    """The rank of the headings that a style sets (1: chapter or title; 0: it sets none)."""
    heading = _HEADING.fullmatch(name)
    return int(heading[1]) if heading else int(name.lower() in _TITLES)


def kind_named(name: str) -> BlockKind | None:
    """The kind of block that a style is for, where its name says so."""
    return _KINDS.get(name.lower())


def is_contents(name: str) -> bool:
    """Whether a style is for a table of contents."""
    return bool(_CONTENTS.fullmatch(name))


def list_depth(name: str) -> int:
    """How deep the lists of a style stand ("List Bullet 2": 2); 0 where its name tells nothing."""
    found = _LIST.fullmatch(name)
    return int(found[1]) if found else 0
