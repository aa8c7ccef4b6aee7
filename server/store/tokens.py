"""The words of a SPARQL text, enough to see FROM and SERVICE and to point at a fault.

The engine offers no parser, so this reads the terminals of SPARQL 1.1 (section 19.8): keywords
inside strings, IRIs, comments, names and language tags are none. The engine reads keywords
without looking for their end (``ASKFROM:g`` is a dataset clause to it), which is followed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TERMINALS = re.compile(
    r"""
      (?P<space>[\x20\t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}
               | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
               | "(?:[^"\\\r\n]|\\.)*"
               | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z0-9-]+)
    | (?P<name>[\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[^\s\w])*)
    | (?P<word>[^\W\d]\w*)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<bracket>[{}();])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


_ASKING = ("from", "service", "load")  # in the order of the fields of Clauses


@dataclass(frozen=True, slots=True)
class Token:
    """A terminal of the text; ``kind`` is the name of its group in the pattern above."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Clauses:
    """What a text asks for beside its pattern: a dataset of its own, or another server."""

    dataset: bool
    service: bool
    load: bool = False


def tokens(text: str) -> Iterator[Token]:
    """All terminals in order, white space and comments included."""
    for match in _TERMINALS.finditer(text):
        yield Token(match.lastgroup or "other", match.group(), match.start())


def words(text: str) -> Iterator[str]:
    """The keywords and names of functions in a text, in lower case."""
    return (token.text.lower() for token in tokens(text) if token.kind == "word")


def clauses(text: str) -> Clauses:
    """Whether FROM, SERVICE and LOAD occur as keywords."""
    folded = text.lower()
    if not any(word in folded for word in _ASKING):
        return Clauses(dataset=False, service=False)
    words = list(_keywords(text))
    return Clauses(*(any(asking in word for word in words) for asking in _ASKING))


def _keywords(text: str) -> Iterator[str]:
    """Keywords in lower case, and the front of names whose prefix is not declared."""
    declared: set[str] = set()
    previous = ""
    for token in tokens(text):
        if token.kind in {"space", "comment"}:
            continue
        if token.kind == "word":
            yield token.text.lower()
        elif token.kind == "name":
            prefix = token.text.partition(":")[0].lower()
            if previous == "prefix":
                declared.add(prefix)
            elif prefix not in declared:
                yield prefix
        previous = token.text.lower()
