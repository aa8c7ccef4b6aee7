"""PREFIX after a semicolon, which the engine does not read: moved to the front of the update.

Each operation of an update may declare prefixes (SPARQL 1.1, grammar rule 29), and who joins
operations, as rdflib does, has such texts. What would mean something else at the front (BASE, a
relative IRI, one prefix for two IRIs) stays where it is, and the engine refuses it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from server.store.tokens import Token, tokens

_LATER = re.compile(r";(?:\s|#[^\r\n]*[\r\n])*prefix\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_DEPTHS = {"{": 1, "}": -1}
_DECLARATION = ("word", "name", "iri")
_BLANKED = re.compile(r"[^\r\n]")
_LINE = re.compile(r"(error at )(\d+)")


@dataclass(frozen=True, slots=True)
class _Declaration:
    """``PREFIX name: <iri>``; ``later``: after a semicolon."""

    name: str
    iri: str
    start: int
    end: int
    later: bool


def prologue_first(text: str) -> str:
    """The text with the prefixes of later operations declared in a line before it.

    They leave blanks where they stood, so that all else keeps its place, one line below.
    """
    if not _LATER.search(text):
        return text
    declared: dict[str, str] = {}
    parts: list[str] = []
    moved: list[str] = []
    done = 0
    for one in _declarations(text):
        if declared.get(one.name, one.iri) != one.iri:
            return text
        if one.later:
            if not _ABSOLUTE.match(one.iri):
                return text
            if one.name not in declared:
                moved.append(f"PREFIX {one.name} {one.iri}")
            parts += [text[done : one.start], _BLANKED.sub(" ", text[one.start : one.end])]
            done = one.end
        declared[one.name] = one.iri
    return "".join([" ".join(moved), "\n", *parts, text[done:]]) if parts else text


def place_before(message: str, text: str) -> str:
    """The engine's message on the text with its prologue first, with places in the text itself."""
    if prologue_first(text) == text:
        return message
    return _LINE.sub(lambda found: f"{found[1]}{max(int(found[2]) - 1, 1)}", message, count=1)


def _declarations(text: str) -> Iterator[_Declaration]:
    """All declarations of prefixes: outside braces PREFIX can be nothing else."""
    depth = 0
    later = False
    last: deque[Token] = deque(maxlen=len(_DECLARATION))
    for token in tokens(text):
        if token.kind in {"space", "comment"}:
            continue
        depth += _DEPTHS.get(token.text, 0)
        later = later or (token.text == ";" and depth == 0)
        last.append(token)
        if depth or tuple(one.kind for one in last) != _DECLARATION:
            continue
        word, name, iri = last
        if word.text.upper() == "PREFIX":
            yield _Declaration(name.text, iri.text, word.start, iri.start + len(iri.text), later)
