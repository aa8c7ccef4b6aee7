"""What one rule of extraction makes of a text that is no seed."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from pyoxigraph import NamedNode

from ingest.extract import mentions
from ingest.extract.context import Context
from ingest.extract.mentions import Gazetteer, gazetteer
from ingest.manifest import Entry, load
from ingest.read import read
from ontology import vocabulary
from ontology.names import Minter
from ontology.vocabulary import Vocabulary

LETTER = "kst-35570-XVII-52"


@cache
def _vocabulary() -> tuple[Minter, Vocabulary, Gazetteer, Entry]:
    minter = Minter()
    words = vocabulary.load(minter)
    return minter, words, gazetteer(words), load()[LETTER]


def said(rule: str, text: str) -> list[dict[str, list[str]]]:
    """The statements that a rule (a module of ``ingest.extract``) makes of a letter's text.

    Each is its kind under "kind", and its content: the values by property, an entity by its slug.
    """
    minter, words, labels, entry = _vocabulary()
    document = read(text.encode(), "brief")
    found = list(mentions.extract(document, labels))
    context = Context(entry, document, words, minter, found, labels)
    result = []
    for statement in import_module(f"ingest.extract.{rule}").extract(context):
        content: dict[str, list[str]] = {"kind": [statement.kind]}
        for name, value in statement.content:
            shown = value.value
            if isinstance(value, NamedNode):
                shown = shown.rsplit("/", 1)[-1]
            content.setdefault(name, []).append(shown)
        result.append(content)
    return result
