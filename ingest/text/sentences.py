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


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    """The abbreviations that stand inside a sentence, and those that may close one."""
    text = files("ingest.text").joinpath("abbreviations.yaml").read_text(encoding="utf-8")
    return {group: frozenset(words) for group, words in yaml.safe_load(text).items()}


def sentences(text: str) -> tuple[Range, ...]:
    """The sentences of a block's clean text, in order; spaces between them belong to none."""
    ranges: list[Range] = []
    start = 0
    for match in _END.finditer(text):
        if _is_end(text, match, start):
            ranges.append(Range(start, match.end()))
            start = match.end() + 1
    if start < len(text):
        ranges.append(Range(start, len(text)))
    return tuple(ranges)


def _is_end(text: str, match: re.Match[str], start: int) -> bool:
    """Whether the punctuation at ``match`` ends the sentence that began at ``start``."""
    after = text[match.end() :]
    if not after.strip():
        return True
    if not _BEGINS_SENTENCE.match(after):
        return False
    if match["mark"] != ".":
        return True
    before = text[start : match.start()]
    if match["closers"]:
        return not _LIST_NUMBER.search(before)
    return not _is_abbreviated(before, after.lstrip()[:1])


def _is_abbreviated(before: str, following: str) -> bool:
    """Whether the full stop belongs to an abbreviation, an initial or a list number."""
    if _INITIAL.search(before) or _LIST_NUMBER.search(before):
        return True
    if _LAST_NUMBER.search(before) and _FIRST_NUMBER.search(before):
        return True
    match = _WORD_BEFORE.search(before)
    word = match.group().lower() if match else ""
    if word in _abbreviations()["closing"]:
        return not following.isupper()
    return word in _abbreviations()["inside"]
