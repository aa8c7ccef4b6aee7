"""A tokenizer for SPARQL 1.1 text that knows strings, IRIs, comments and names.

It does not judge a query (pyoxigraph does that); it finds places in one without being misled by
a brace in a string or an IRI in a comment. Terminals: https://www.w3.org/TR/sparql11-query/#grammar
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class TokenKind(StrEnum):
    """The kinds of token that a reader of saved queries tells apart."""

    COMMENT = "comment"
    STRING = "string"
    IRI = "iri"
    NAME = "name"
    VARIABLE = "variable"
    WORD = "word"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its text as written and where it starts in the query."""

    kind: TokenKind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Position just after the token."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class ValuesBlock:
    """A ``VALUES`` clause: its variables, where it starts, and what stands between its braces."""

    variables: tuple[str, ...]
    start: int
    content_start: int
    content_end: int


_TOKEN = re.compile(
    r"""(?x)
      (?P<comment>  \#[^\n\r]* )
    | (?P<string>   \"{3}(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"{3}
                  | '{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}
                  | "(?:[^"\\\n\r]|\\.)*"
                  | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<iri>      <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<variable> [?$]\w+ )
    | (?P<name>     (?:[^\W\d_](?:[\w.-]*[\w-])?)?:
                    (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])* )
    | (?P<word>     @?\w[\w-]* )
    | (?P<mark>     \S )
    """,
    re.DOTALL,
)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a SPARQL text in order, comments included."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is not None:
            yield Token(TokenKind(kind), match.group(), match.start())


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def values_blocks(text: str) -> list[ValuesBlock]:
    """Every ``VALUES`` clause of a query, in the order of the text."""
    stream = [token for token in tokens(text) if token.kind is not TokenKind.COMMENT]
    return [
        block
        for index, token in enumerate(stream)
        if token.kind is TokenKind.WORD and token.text.upper() == "VALUES"
        if (block := _values_block(stream, index)) is not None
    ]


def _values_block(stream: list[Token], index: int) -> ValuesBlock | None:
    variables: list[str] = []
    opened: Token | None = None
    for token in stream[index + 1 :]:
        if opened is not None:
            if token.text == "}":
                return ValuesBlock(tuple(variables), stream[index].start, opened.end, token.start)
        elif token.kind is TokenKind.VARIABLE:
            variables.append(token.text[1:])
        elif token.text == "{":
            opened = token
        elif token.text not in ("(", ")"):
            return None
    return None


def replaced_iris(text: str, replacement: Callable[[str], str]) -> str:
    """The text with each ``<IRI>`` (in a ``PREFIX`` line or anywhere else) passed through.

    Strings, comments and prefixed names stay as they are.
    """
    pieces: list[str] = []
    done = 0
    for token in tokens(text):
        if token.kind is TokenKind.IRI:
            pieces += [text[done : token.start], f"<{replacement(token.text[1:-1])}>"]
            done = token.end
    return "".join(pieces) + text[done:]
