"""Whether a quote is really in the text of its document."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from queries.readable import Passage

Texts = Callable[[str], str | None]
"""The text of a document by its name; ``None`` if there is none."""

_MARKS = re.compile(r"\[[^\]]*\]")  # of the extraction from a PDF, no words of the document
_LIGATURES = frozenset("flitjh")  # letters that a PDF may lose, and reading puts back


def folder_texts(folder: Path) -> Texts:
    """The texts of a build: ``{name}.txt``, in which positions count characters."""

    @cache
    def text(name: str) -> str | None:
        path = folder / f"{name}.txt"
        inside = path.resolve().parent == folder.resolve()
        return path.read_bytes().decode() if inside and path.is_file() else None

    return text


def untraced(passage: Passage, name: str, texts: Texts) -> str | None:
    """Why a passage is not what the document of that name has at its place; ``None`` if it is."""
    text = texts(name)
    if text is None:
        return f"there is no text of {name}"
    if passage.start is None or passage.end is None:
        return "the passage has no place (?start and ?end)"
    literal = text[passage.start : passage.end]
    if not passage.quote or not says_the_same(passage.quote, literal):
        return f"{name} has no “{passage.quote[:60]}” at {passage.start}–{passage.end}"
    return None


def says_the_same(quote: str, literal: str) -> bool:
    """Whether a readable quote has the letters of the literal passage, in order, and no other.

    Reading joins hyphenated words, leaves out the numbers of notes and puts ligatures back.
    """
    rest = [letter for letter in _MARKS.sub("", literal) if letter.isalpha()]
    at = 0
    for letter in filter(str.isalpha, quote):
        if at < len(rest) and rest[at] == letter:
            at += 1
        elif letter not in _LIGATURES:
            return False
    figures = filter(str.isdigit, literal)
    return at == len(rest) and all(one in figures for one in filter(str.isdigit, quote))
