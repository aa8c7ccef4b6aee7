"""What the engine lets pass though the grammar of SPARQL does not, and what it refuses wrongly.

The engine (0.5.13) takes ``<?a&&?b>`` for a comparison though the longest token is an IRI (SPARQL
1.1, 19.8), an aggregate within an aggregate, and in an expression a triple term or literal as
the subject of a triple term (SPARQL 1.2); and it knows true and false in lower case only, though
keywords have no case. Each is looked for only in a text that may have it: most texts are not read
at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from server.store.interface import QuerySyntaxError
from server.store.tokens import Token, tokens

_AGGREGATES = frozenset(("count", "sum", "min", "max", "avg", "sample", "group_concat"))
_NAMES = "|".join(_AGGREGATES)
_SUSPECT = re.compile(
    rf"<<\(\s*(?:<<|[\"'\d+\-]|true|false)|[?$]\w+\s*<[?$][^\s<>]*>"
    rf"|\b(?:{_NAMES})\s*\(.*?\b(?:{_NAMES})\s*\(",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = ("<<", "<?", "<$")
_BOOLEAN = re.compile(r"\b(?!(?:true|false)\b)(?i:true|false)\b")
_LITERALS = frozenset(("string", "number"))


def check(text: str) -> None:
    """A :class:`QuerySyntaxError` for what only the engine takes for legal."""
    if not _looks_suspect(text):
        return
    every = [token for token in tokens(text) if token.kind not in {"space", "comment"}]
    open_brackets: list[int] = []
    for place, token in enumerate(every):
        if token.text in {"(", "{"}:
            open_brackets.append(place)
        elif token.text in {")", "}"} and open_brackets:
            open_brackets.pop()
        reason = _fault(every, place, open_brackets)
        if reason:
            line = text.count("\n", 0, token.start) + 1
            column = token.start - (text.rfind("\n", 0, token.start) + 1) + 1
            raise QuerySyntaxError(reason, line, column)


def lower_booleans(text: str) -> str:
    """The text with TRUE and FALSE, which have no case, as the engine knows them."""
    folded = text.lower()
    if ("true" not in folded and "false" not in folded) or not _BOOLEAN.search(text):
        return text
    return "".join(
        token.text.lower()
        if token.kind == "word" and _BOOLEAN.fullmatch(token.text)
        else token.text
        for token in tokens(text)
    )


def _looks_suspect(text: str) -> bool:
    """Whether to read it at all: plain searches first, for the pattern is slow to say no."""
    folded = text.lower()
    hinted = any(mark in text for mark in _MARKS) or any(name in folded for name in _AGGREGATES)
    return hinted and _SUSPECT.search(text) is not None


def _fault(every: Sequence[Token], place: int, open_brackets: Sequence[int]) -> str:
    token = every[place]
    if token.kind == "iri" and token.text[1:2] in {"?", "$"}:
        return _iri_for_comparison(every, place, open_brackets)
    if _opens_triple_term(every, place) and _in_expression(every, open_brackets):
        return _subject(every, place + 1)
    if token.kind == "word" and token.text.lower() in _AGGREGATES:
        for bracket in reversed(open_brackets):
            if every[bracket].text == "{":  # a query of its own
                break
            if every[bracket - 1].text.lower() in _AGGREGATES:
                return f"{token.text} stands within {every[bracket - 1].text}"
    return ""


def _iri_for_comparison(every: Sequence[Token], place: int, open_brackets: Sequence[int]) -> str:
    """An IRI right after a variable within the brackets of an expression."""
    if not open_brackets or every[place - 1].kind != "variable":
        return ""
    bracket = open_brackets[-1]
    expression = every[bracket].text == "(" and every[bracket - 1].kind == "word"
    return f"{every[place].text} is an IRI here, no comparison" if expression else ""


def _opens_triple_term(every: Sequence[Token], place: int) -> bool:
    return every[place].text == "(" and _texts(every, place - 2, place) == ["<", "<"]


def _in_expression(every: Sequence[Token], open_brackets: Sequence[int]) -> bool:
    """Whether what is around the triple terms here is an expression, not a pattern."""
    around = [place for place in open_brackets if not _opens_triple_term(every, place)]
    return bool(around) and every[around[-1]].text == "("


def _subject(every: Sequence[Token], place: int) -> str:
    """What can not be the subject of a triple term."""
    if place >= len(every):
        return ""
    if _texts(every, place, place + 3) == ["<", "<", "("]:
        return "a triple term is no subject"
    token = every[place]
    literal = token.kind in _LITERALS or token.text.lower() in {"true", "false", "+", "-"}
    return "a literal is no subject" if literal else ""


def _texts(every: Sequence[Token], start: int, end: int) -> list[str]:
    return [token.text for token in every[max(start, 0) : end]]
