"""The properties that a Markdown file states in front of its text, in YAML."""

from __future__ import annotations

import re
from datetime import date, datetime

import yaml

_FRONT = re.compile(r"---[ \t]*\n(.*?)(?:\A|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LONGEST = 20_000  # characters of front matter; more is text
_OPENING = re.compile(r"[\[{]|^[ \t]*- |[-?:] (?=[-?] )", re.MULTILINE)
_OPENINGS = 500  # lists and mappings within front matter; more take the parser very long
_TERMS = {
    "title": "title",
    "titel": "title",
    "date": "date",
    "datum": "date",
    "author": "creator",
    "authors": "creator",
    "auteur": "creator",
    "creator": "creator",
    "publisher": "publisher",
    "type": "type",
    "identifier": "identifier",
    "dossier": "dossier",
    "lang": "language",
    "language": "language",
    "subject": "subject",
    "onderwerp": "subject",
    "tags": "subject",
    "keywords": "subject",
    "description": "description",
}


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The properties by Dublin Core term, and the text behind them.

    What stands between the lines is text of the document where it is not a YAML mapping.
    """
    match = _FRONT.match(text[:_LONGEST])
    if match is None or len(_OPENING.findall(match[1])) > _OPENINGS:
        return {}, text
    try:
        stated = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, TypeError, AttributeError):
        return {}, text
    if not isinstance(stated, dict):
        return {}, text
    properties: dict[str, str] = {}
    for name, value in stated.items():
        term = _TERMS.get(name.lower()) if isinstance(name, str) else None
        if term and (words := _words(value)):
            properties.setdefault(term, words)
    return properties, text[match.end() :]


def _words(value: object) -> str:
    """A value in words; "" for one that is no plain value or list of these."""
    if isinstance(value, list):
        words = [_words(item) for item in value if not isinstance(item, list)]
        return "; ".join(word for word in words if word)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
