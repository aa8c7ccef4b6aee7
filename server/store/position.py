"""Where a query goes wrong. The engine's own position is off by the keywords it tried.

It reports the furthest character it looked at, and it looks as far ahead as its longest keyword.
With the words of the text spread wide apart that look never reaches the next word, so the
position falls on the word at fault.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from server.store.interface import QuerySyntaxError
from server.store.tokens import Token, tokens

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
# A comma may be one of the sentence's own, or stand before what else the grammar would allow.
_SENTENCE = re.compile(
    r"""(?:^|, )((?:The |IRI |Invalid |Duplicate )[^,]*(?:,(?! [\["'])[^,]*[a-z][^,]*)*)"""
)
_GAP = " " * 24  # wider than any keyword of SPARQL
_SHOWN = 40


def syntax_error(text: str, message: str, reparse: Callable[[str], str | None]) -> QuerySyntaxError:
    """The fault in a text that the engine refused with ``message``.

    ``reparse`` gives the engine's message for another text, ``None`` where it accepts it.
    """
    if not text.strip():
        return QuerySyntaxError("the query is empty", 1, 1)
    spread, starts, words = _spread(text)
    found = _PLACE.fullmatch(reparse(spread) or "")
    if found is None:
        return _as_reported(message)
    offset = _offset(spread, int(found[1]), int(found[2]))
    word = max(bisect_right(starts, offset) - 1, 0)
    reason = _SENTENCE.search(found[3])
    return _at(text, words[word], reason[1] if reason else "")


def _as_reported(message: str) -> QuerySyntaxError:
    found = _PLACE.fullmatch(message)
    if found is None:
        return QuerySyntaxError(message, 1, 1)
    return QuerySyntaxError("the query is not legal SPARQL", int(found[1]), int(found[2]))


def _spread(text: str) -> tuple[str, list[int], list[Token]]:
    """The text with wide gaps; the starts of its words in it, and the first token of each."""
    parts: list[str] = []
    starts: list[int] = []
    words: list[Token] = []
    length = 0
    apart = True
    for token in tokens(text):
        if token.kind in {"space", "comment"}:
            apart = True
            continue
        if apart or token.kind == "bracket":
            starts.append(length + len(_GAP))
            words.append(token)
            parts.append(_GAP)
            length += len(_GAP)
        parts.append(token.text)
        length += len(token.text)
        apart = token.kind == "bracket"
    starts.append(length + len(_GAP))
    words.append(Token("end", "", len(text.rstrip())))
    return "".join(parts) + _GAP * 2, starts, words


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(part) + 1 for part in lines[: line - 1]) + column - 1


def _at(text: str, word: Token, reason: str) -> QuerySyntaxError:
    before = text[: word.start]
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return QuerySyntaxError(reason or _reason(text, word), line, column)


def _reason(text: str, word: Token) -> str:
    if word.kind == "end":
        return "the query ends too early"
    prefix = word.text.partition(":")[0] + ":"
    declared = {item.text for item in tokens(text) if item.kind == "name"}
    if word.kind == "name" and prefix not in declared:
        return f"the prefix {prefix} is not declared"
    return f"unexpected {word.text[:_SHOWN]}"
