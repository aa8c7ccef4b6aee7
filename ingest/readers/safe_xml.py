"""XML from strangers: parsed without entities, without the network, and not too deep."""

from __future__ import annotations

import re

from lxml import etree

from ingest.limits import Limits
from ingest.readers.extraction import UnreadableError

_DECLARES_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def parse_xml(data: bytes, name: str, limits: Limits) -> etree._Element:
    """The root element of an XML document.

    Raises ``UnreadableError`` for XML that is not well-formed, declares entities (the means of
    the known attacks: nothing that a document needs) or nests deeper than the limit.
    """
    if _DECLARES_ENTITY.search(data) or _DECLARES_ENTITY.search(data.replace(b"\x00", b"")):
        raise UnreadableError(f"{name}: refused, it declares XML entities")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(
            f"{name}: not well-formed XML: {str(error).splitlines()[0]}"
        ) from error
    if root is None:
        raise UnreadableError(f"{name}: no XML element in it")
    check_depth(root, name, limits)
    return root


def check_depth(root: etree._Element, name: str, limits: Limits) -> None:
    """``UnreadableError`` if elements nest deeper than the limit."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.depth:
            raise UnreadableError(f"{name}: elements nested deeper than {limits.depth}")
