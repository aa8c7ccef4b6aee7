"""The text of an update before the engine sees it: what is refused, and the protocol's dataset.

The engine takes no dataset beside the text, so the graphs of ``using-graph-uri`` and
``using-named-graph-uri`` (SPARQL 1.1 Protocol, section 2.2.3) become USING clauses, which is what
the protocol says they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from server.store.interface import QuerySyntaxError, UpdateRequest
from server.store.prologues import prologue_first
from server.store.reach import only_allowed, refused
from server.store.tokens import Token, clauses, tokens

_LEFT, _RIGHT = "{", "}"


@dataclass(frozen=True, slots=True)
class _Word:
    token: Token
    depth: int
    order: int  # among the words that are no white space or comment


@dataclass(frozen=True, slots=True)
class Reach:
    """What an update may reach; ``walled``: the process that carries it out can make no sockets."""

    endpoints: tuple[str, ...] = ()
    walled: bool = False


def prepare(request: UpdateRequest, reach: Reach) -> str:
    """The text to carry out.

    :class:`QuerySyntaxError` for USING or WITH beside graphs of the protocol,
    :class:`QueryRefusedError` for what would reach other servers.
    """
    _refuse_others(request.text, reach)
    text = prologue_first(request.text)
    if not request.using and not request.using_named:
        return text
    return _with_dataset(text, request.using, request.using_named)


def _refuse_others(text: str, reach: Reach) -> None:
    found = clauses(text)
    if found.service and not only_allowed(text, "service", reach.endpoints):
        raise refused("SERVICE", reach.endpoints)
    if found.load and not only_allowed(text, "load", reach.endpoints):
        if reach.walled and _only_silent(text):
            return
        raise refused("LOAD", reach.endpoints)


def _only_silent(text: str) -> bool:
    """Whether each LOAD may fail unnoticed: behind a wall it does, and the rest is carried out."""
    words = list(_words(text))
    after = {w.order: words[w.order + 1] for w in words[:-1] if w.token.text.upper() == "LOAD"}
    silent = all(word.token.text.upper() == "SILENT" for word in after.values())
    return silent and len(after) == sum(_names_load(w.token) for w in words)


def _names_load(token: Token) -> bool:
    return token.kind in {"word", "name"} and "load" in token.text.lower()


def _with_dataset(text: str, using: Sequence[NamedNode], using_named: Sequence[NamedNode]) -> str:
    words = list(_words(text))
    dataset = " ".join(
        [*(f"USING {one}" for one in using), *(f"USING NAMED {one}" for one in using_named)]
    )
    parts: list[str] = []
    done = 0
    for word in words:
        if word.depth == 0 and word.token.kind == "word":
            name = word.token.text.upper()
            if name in ("USING", "WITH"):
                line = text.count("\n", 0, word.token.start) + 1
                column = word.token.start - (text.rfind("\n", 0, word.token.start) + 1) + 1
                message = f"{name} can not stand beside graphs given by the protocol"
                raise QuerySyntaxError(message, line, column)
            if name == "WHERE":
                pattern = ""
                if _follows_delete(words, word):
                    pattern = _block_after(text, words, word)  # DELETE WHERE {p} is short for this
                parts += [text[done : word.token.start], pattern, pattern and " ", dataset, " "]
                done = word.token.start
    return "".join([*parts, text[done:]])


def _words(text: str) -> Iterator[_Word]:
    depth = order = 0
    for token in tokens(text):
        if token.kind in {"space", "comment"}:
            continue
        if token.text == _RIGHT:
            depth -= 1
        yield _Word(token, depth, order)
        order += 1
        if token.text == _LEFT:
            depth += 1


def _follows_delete(words: Sequence[_Word], word: _Word) -> bool:
    before = words[word.order - 1].token if word.order else None
    return before is not None and before.text.upper() == "DELETE"


def _block_after(text: str, words: Sequence[_Word], word: _Word) -> str:
    """The braces after a word, with what is in them; empty where there are none."""
    start = words[word.order + 1] if word.order + 1 < len(words) else None
    if start is None or start.token.text != _LEFT:
        return ""
    end = next((w for w in words[start.order :] if w.token.text == _RIGHT and not w.depth), None)
    return text[start.token.start : end.token.start + 1] if end is not None else ""
