"""Where a sentence ends in Dutch policy prose.

A full stop ends a sentence unless an abbreviation, an initial or a list number precedes it, or no
sentence can begin after it. Closing quotes and brackets belong to the sentence they close.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from ingest.document import Range

_END = re.compile(r"(?P<mark>[.!?…]+)(?P<closers>[”’\"')\]»]*)(?=\s|$)")
_WORD_BEFORE = re.compile(r"(?:[^\W_]+\.)*[^\W_]+$")
_INITIAL = re.compile(r"(?:^|[\s(.])[A-Z]$")
_LIST_NUMBER = re.compile(r"(?:^|[:;]\s|[.!?]\s)(?:\d{1,2}|[ivx]{1,5}|[a-z])$")
_FIRST_NUMBER = re.compile(r"(?:^|[:;]\s)1\.\s")
_LAST_NUMBER = re.compile(r"\b(?:en|of)\s\d{1,2}$")  # "...; en 5. Sociale stabiliteit"
_BEGINS_SENTENCE = re.compile(r"\s+[“‘\"'(\[–-]*\s?[A-ZÀ-Þ0-9€$]|\s+’[st]\s[A-Z]|\s+[•·-]\s")
_NOT_SPACE = re.compile(r"\S")
_REACH = 2000  # characters before a full stop that can tell whether it ends the sentence
_WORD_REACH = 24  # the same for the word before it; no abbreviation is longer


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    """The abbreviations that stand inside a sentence, and those that may close one."""
    text = files("ingest.text").joinpath("abbreviations.yaml").read_text(encoding="utf-8")
    return {group: frozenset(words) for group, words in yaml.safe_load(text).items()}


def sentences(text: str) -> tuple[Range, ...]:
    """The sentences of a block's clean text, in order; spaces between them belong to none."""
    ranges: list[Range] = []
    start = 0
    last = len(text.rstrip())
    for match in _END.finditer(text):
        if match.end() >= last or _is_end(text, match, start):
            ranges.append(Range(start, match.end()))
            start = match.end() + 1
    if start < len(text):
        ranges.append(Range(start, len(text)))
    return tuple(ranges)


def _is_end(text: str, match: re.Match[str], start: int) -> bool:
    """Whether punctuation with text behind it ends the sentence that began at ``start``."""
    if not _BEGINS_SENTENCE.match(text, match.end()):
        return False
    if match["mark"] != ".":
        return True
    before = text[max(start, match.start() - _REACH) : match.start()]
    if match["closers"]:
        return not _LIST_NUMBER.search(before)
    following = _NOT_SPACE.search(text, match.end())
    return not _is_abbreviated(before, following.group() if following else "")


def _is_abbreviated(before: str, following: str) -> bool:
    """Whether the full stop belongs to an abbreviation, an initial or a list number."""
    near = before[-_WORD_REACH:]
    if _INITIAL.search(near) or _LIST_NUMBER.search(near):
        return True
    if _LAST_NUMBER.search(near) and _FIRST_NUMBER.search(before):
        return True
    match = _WORD_BEFORE.search(near)
    word = match.group().lower() if match else ""
    if word in _abbreviations()["closing"]:
        return not following.isupper()
    return word in _abbreviations()["inside"]
