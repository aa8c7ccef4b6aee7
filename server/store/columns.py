"""The columns of ``SELECT *`` in the order in which the query first names them.

The engine gives them in the order of the alphabet; a projection by name keeps its order.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from server.store.tokens import tokens

_STAR = re.compile(r"select\s*(?:#[^\n]*\n\s*)*(?:distinct|reduced)?\s*(?:#[^\n]*\n\s*)*\*", re.I)
_BEFORE_STAR = frozenset(("select", "distinct", "reduced", "selectdistinct", "selectreduced"))


def named(text: str, columns: Collection[str]) -> str | None:
    """The query with its ``*`` written out as these columns; ``None`` where it has none."""
    if len(columns) < 2 or not _STAR.search(text):
        return None
    star, order, depth, previous = -1, [], 0, ""
    for token in tokens(text):
        if token.kind in {"space", "comment"}:
            continue
        if token.text == "{":
            depth += 1
        elif token.text == "}":
            depth -= 1
        elif token.text == "*" and not depth and star < 0 and previous in _BEFORE_STAR:
            star = token.start
        elif token.kind == "variable" and token.text[1:] in columns:
            order.append(token.text[1:])
        previous = token.text.lower()
    if star < 0:
        return None
    listed = " ".join(f"?{name}" for name in dict.fromkeys(order))
    return f"{text[:star]} {listed} {text[star + 1 :]}"
