"""Who is quoted in a quotation set apart."""

from __future__ import annotations

import re
from itertools import chain

from lxml import etree

from ingest.readers.html.tags import brief_words, names_of, tag_of

_CREDIT = frozenset(["author", "auteur", "attribution", "quote-author", "citaat-bron", "bron"])
_CREDIT_SIZE = 200  # characters
_DASHES = re.compile(r"\s*(?:—|–|--|―)\s*(?=\S)")


def credit_of(quotation: etree._Element) -> str:
    """The words under a quotation (or a figure with one in it) that say who is quoted."""
    marked = quotation.iterdescendants("cite", "footer", "figcaption")
    for element in chain(marked, quotation):
        words = brief_words(element, _CREDIT_SIZE)
        if words and _is_credit(element, quotation, words):
            return _DASHES.sub("", words, count=1)
    return ""


def credited(element: etree._Element, attribution: str) -> bool:
    """Whether an element within a quotation is where it says who is quoted."""
    if not attribution or tag_of(element) in ("blockquote", "div", "section", "figure"):
        return False
    return _DASHES.sub("", brief_words(element, _CREDIT_SIZE), count=1) == attribution


def _is_credit(element: etree._Element, quotation: etree._Element, words: str) -> bool:
    tag = tag_of(element)
    if tag == "figcaption":
        return next(quotation.iterdescendants("blockquote"), None) is not None
    if tag in ("cite", "footer") or _CREDIT & set(names_of(element)):
        return True
    return tag == "p" and element.getnext() is None and bool(_DASHES.match(words))
