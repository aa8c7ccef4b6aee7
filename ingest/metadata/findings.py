"""Short ways to say what was found about a document, and how sure it is."""

from __future__ import annotations

from ingest.document import Found, Span, Sureness


def stated(name: str, value: str, span: Span, note: str = "") -> Found:
    """A property that the text itself gives."""
    return Found(name, value, Sureness.STATED, span, note)


def inferred(name: str, value: str, span: Span | None, note: str) -> Found:
    """A property concluded from something in the text or the file; ``note`` says how."""
    return Found(name, value, Sureness.INFERRED, span, note)
