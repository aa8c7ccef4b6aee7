"""Who sends a letter, to whom, and who publishes a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.document import BlockKind, Document, Found, Span, Sureness
from ingest.metadata.findings import inferred, stated
from ingest.metadata.labels import Labelled, is_salutation
from ingest.metadata.lines import HeadLine
from ingest.metadata.parliamentary import PaperTitle

_OFFICES = (
    r"(?:minister(?:-president)?|staatssecretaris|vice-minister-president|directeur(?:-generaal)?"
    r"|secretaris-generaal|inspecteur-generaal|voorzitter)"
)
_CHAMBER = re.compile(
    r"^[ \t>]*(?:Aan\s*:?\s+)?(?:de\s+)?(?P<who>voorzitters?\s+van\s+de\s+"
    r"(?P<chamber>(?:Eerste\s+en\s+(?:van\s+de\s+)?)?(?:Tweede|Eerste)\s+Kamer)"
    r"(?:\s+der\s+Staten[-‑]\s?Generaal)?)",
    re.IGNORECASE | re.MULTILINE,
)
_OFFICE = re.compile(
    rf"^[ \t]*(?:Namens\s+)?(?:de|het)\s+(?P<office>{_OFFICES}\b[^\n.:;]*(?:\n[^\n.:;]*){{0,2}}?),"
    r"[ \t]*\n\s{0,40}(?P<name>[^\n]{3,60})$",
    re.IGNORECASE | re.MULTILINE,
)
_NAME = re.compile(
    r"(?:(?:drs|dr|mr|ir|ing|prof)\.\s*)*(?:[A-Z][\w’.-]*\.?\s*){1,4}(?:[a-z]{2,4}\s){0,3}"
)
_TITLE_SENDER = re.compile(rf"brief van (?:de|het) (?P<office>{_OFFICES}\b.*)$", re.IGNORECASE)
_MINISTRY = re.compile(r"\s*(?P<name>Ministerie\s+(?:van|voor)\s+[A-Z][\w, -]{4,70}?)\s*$")
_FROM_OFFICE = re.compile(r"minister van (?P<what>[A-Z][\w, -]{4,60})$", re.IGNORECASE)
_TRADE = re.compile(
    r"minister voor Buitenlandse Handel en Ontwikkeling(?:ssamenwerking|shulp)", re.I
)
_LAST = 20_000  # characters at the end of a letter, without its annexes


def addressee(
    lines: Sequence[HeadLine], labels: Iterable[Labelled], document: Document
) -> list[Found]:
    """To whom a letter goes, from its address."""
    until = next((line.start for line in lines if is_salutation(line)), None)
    end = until or (lines[-1].start + len(lines[-1].text) if lines else 0)
    if match := _CHAMBER.search(document.source.text, 0, end):
        value = " ".join(match["who"].split()).replace("‑", "-")
        span = Span(match.start("who"), match.end("who"))
        return [stated("addressee", value[0].upper() + value[1:], span)]
    for labelled in labels:
        if labelled.name == "addressee":
            line = labelled.lines[0]
            return [stated("addressee", " ".join(line.text.split()).rstrip(","), line.whole)]
    return []


def signatories(document: Document) -> list[Found]:
    """Office and name of who signed, from the end of a letter."""
    text = document.source.text
    found: list[Found] = []
    signed = document.of_kind(BlockKind.SIGNATURE)
    places = [(b.lines[0].start, min(b.lines[-1].end, b.lines[0].start + _LAST)) for b in signed]
    places = places or [(max(0, len(text) - _LAST), len(text))]
    matches = (match for start, end in places for match in _OFFICE.finditer(text, start, end))
    for match in matches:
        name = match["name"].strip()
        if not _NAME.match(name) or name.endswith((".", ",", ":", ";")):
            continue
        office = " ".join(match["office"].split())
        found.append(stated("sender", office, Span(match.start("office"), match.end("office"))))
        start = match.start("name")
        found.append(stated("sender", name, Span(start, start + len(name)), "the name signed"))
    return found


def sender_in_title(title: PaperTitle | None) -> list[Found]:
    """The sender that the title of a parliamentary paper names."""
    match = _TITLE_SENDER.match(title.text) if title else None
    return [stated("sender", match["office"].strip(), title.span)] if match and title else []


def publishers(lines: Iterable[HeadLine], senders: Iterable[Found]) -> list[Found]:
    """A ministry that stands on a line of its own, or the ministry of the minister who sends."""
    for line in lines:
        if match := _MINISTRY.match(line.text):
            span = line.span(match.start("name"), match.end("name"))
            return [stated("publisher", " ".join(match["name"].split()), span)]
    for sender in senders:
        if sender.sureness is not Sureness.STATED:
            continue
        if _TRADE.match(sender.value):
            note = "the ministry from which this minister works"
            return [inferred("publisher", "Ministerie van Buitenlandse Zaken", sender.span, note)]
        if match := _FROM_OFFICE.match(sender.value):
            note = "the ministry of the minister who sends it"
            return [inferred("publisher", f"Ministerie van {match['what']}", sender.span, note)]
    return []
