"""What a document says of itself: title, date, number, dossier, sender, addressee, kind.

A fact is a statement only where the text has the place it stands in; what the manifest adds is
said of the document alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal

from ingest.document import Found
from ingest.extract.context import Context
from ingest.statement import Passage, Rule, Statement, Term

RULE = Rule("document-facts", 1)
# The language is read from the whole text: no passage says it.
_SAID = frozenset({"title", "date", "kind", "identifier", "dossier", "sender", "addressee"})


def extract(context: Context) -> Iterator[Statement]:
    """What stands in the text about the document itself."""
    for found in context.document.metadata:
        if found.name in _SAID and found.span is not None:
            passage = Passage(found.span, context.document.source.quote(found.span))
            content = tuple(_content(context, found))
            rule = context.rule(RULE)
            yield Statement("DocumentFact", context.document.id, (passage,), rule, content)


def _content(context: Context, found: Found) -> Iterator[tuple[str, Term]]:
    yield "subject", context.thing("document", context.document.id)
    yield "attribute", Literal(found.name)
    yield "value", Literal(found.value)
    yield "certainty", Literal(found.sureness.value)
    named = {one.concept.iri: one for one in context.labels.find(found.value)}
    yield from (("about", iri) for iri in named)
    yield "speaker", context.vocabulary.find("actors", context.entry.speakers[0]).iri
