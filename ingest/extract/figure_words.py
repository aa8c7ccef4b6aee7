"""What the words of a figure itself name: "26 miljoen vluchtelingen", "de 14 focuslanden"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import NamedNode

from ingest.document import Range
from ingest.extract import clauses, country_lists
from ingest.extract.context import Context
from ingest.extract.mentions import Mention
from ingest.extract.prose import Sentence
from ingest.extract.quantities import Quantity

PLACES = frozenset({"Country", "Region"})
_RELATIVE = re.compile(r"\s(?:die|dat)\s")
# "De lijst van landen die aanspraak maken op steun": what only tells which countries are meant.
_OF_THOSE = re.compile(r"[^\s,]\s+die\s[^,.;:]*$")


def inside(sentence: Sentence, quantity: Quantity) -> Iterator[tuple[str, NamedNode]]:
    """The place or the subject that stands in the words of a figure."""
    named = [
        one
        for one in sentence.mentions
        if is_in(quantity, one) and not clauses.in_compound(sentence, one)
    ]
    for mention in named:
        types = mention.found.concept.types
        if types & PLACES:
            if mention.found.form != "adjective":
                yield "place", mention.entity
        elif _is_counted(sentence, quantity, mention):
            yield "subject", mention.entity


def _is_counted(sentence: Sentence, quantity: Quantity, mention: Mention) -> bool:
    """Whether a name in the words of a figure is what is counted: not only the sum that it is
    ("een investering van 3 miljoen"), nor one kind of several ("nationale en lokale organisaties"),
    nor a list that the document gives another size.
    """
    text = sentence.block.text.text
    if text.startswith(" van ", mention.found.end):
        return False
    if text[quantity.range.start : mention.found.start].endswith((" en ", " of ", ", ")):
        return False
    size = _list_sizes(sentence.context).get(mention.entity, 0)
    return not size or size == quantity.value


def is_in(quantity: Quantity, mention: Mention) -> bool:
    """Whether a name stands in the words of a figure."""
    return quantity.range.start <= mention.found.start < quantity.range.end


def is_aside(sentence: Sentence, quantity: Quantity, clause: Range, mention: Mention) -> bool:
    """Whether a name stands in a relative clause, before a figure or after it."""
    text, at, end = sentence.block.text.text, mention.found.start, quantity.range.end
    after = _RELATIVE.search(text, end, max(end, at))
    return bool(after or (at < end and _OF_THOSE.search(text, clause.start, at)))


@lru_cache(maxsize=2)
def _list_sizes(context: Context) -> dict[NamedNode, int]:
    """How many countries stand on each list of a document."""
    sizes: Counter[NamedNode] = Counter()
    for one in country_lists.extract(context):
        listed = dict(one.content).get("list")
        if one.kind == "Listing" and isinstance(listed, NamedNode):
            sizes[listed] += 1
    return dict(sizes)
