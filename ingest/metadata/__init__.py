"""What a document says about itself: title, date, kind, numbers, sender, language.

Every finding carries the place in the text that shows it. The text comes first; what the file's
own metadata say is added where it is new or differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ingest.document import Document, Found
from ingest.metadata.file_properties import from_properties
from ingest.metadata.findings import inferred, stated
from ingest.metadata.kinds import kind_of_title, named_itself, title_kind
from ingest.metadata.labels import Labelled, labelled
from ingest.metadata.language import language
from ingest.metadata.lines import head_lines, joined, tail_lines
from ingest.metadata.numbers import book_numbers, house_numbers, references
from ingest.metadata.own_date import own_date
from ingest.metadata.parliamentary import PaperTitle, parliamentary_paper
from ingest.metadata.people import addressee, publishers, sender_in_title, signatories
from ingest.metadata.titles import first_title, opening_words

_ORDER = (
    "title",
    "subject",
    "date",
    "kind",
    "identifier",
    "dossier",
    "sender",
    "addressee",
    "publisher",
    "language",
)


def find_metadata(document: Document, properties: Mapping[str, str]) -> tuple[Found, ...]:
    """What the text and the file's metadata (``properties``, by Dublin Core term) state.

    In the order of the names in :class:`Found`; under one name what the text states comes first,
    and a value of the file that differs is kept beside it.
    """
    lines, tail = head_lines(document), tail_lines(document)
    labels = labelled(lines)
    found, title = parliamentary_paper(lines)
    found += own_date(lines, tail, labels)
    found += _subject(labels)
    found += addressee(lines, labels, document)
    found += _title(document, title, found)
    found += _kind(document, title, found)
    found += references(labels) + house_numbers(labels) + book_numbers([*lines, *tail])
    if _is_letter(found):
        found += [*signatories(document), *sender_in_title(title)]
    senders = [one for one in found if one.name == "sender"]
    found += publishers([*lines, *tail], senders)
    found += language(document)
    return tuple(_merged(found, from_properties(properties)))


def _subject(labels: Iterable[Labelled]) -> list[Found]:
    for one in labels:
        if one.name == "subject":
            text, span = joined(one.lines)
            return [stated("subject", text, span)]
    return []


def _title(document: Document, title: PaperTitle | None, found: Sequence[Found]) -> list[Found]:
    if title:
        return [stated("title", title.text, title.span)]
    for one in found:
        if one.name == "subject":
            return [inferred("title", one.value, one.span, "the subject of a letter is its title")]
    return first_title(document)


def _kind(document: Document, title: PaperTitle | None, found: Sequence[Found]) -> list[Found]:
    """By the title; else by an address and a date or subject; else by how the text names itself."""
    for one in found:
        if one.name in ("title", "subject") and one.span:
            named = kind_of_title(one.value)
            letter = any(other.name == "addressee" for other in found) and not title
            # the subject of a letter can name what it comes with: "Nota ..." in "Betreft"
            if named and (not letter or named in ("answers-to-questions", "woo-decision")):
                return title_kind(one.value, one.span)
    to = next((one for one in found if one.name == "addressee"), None)
    if to and "Kamer" in to.value and not title:
        return [inferred("kind", "parliamentary-letter", to.span, "addressed to parliament")]
    if not to:
        for block in opening_words(document):
            if kinds := title_kind(block.text.text, block.spans()[0]):
                return kinds
    names = {one.name for one in found}
    return [one for one in named_itself(document) if one.name not in names]


def _is_letter(found: Iterable[Found]) -> bool:
    letters = ("parliamentary-letter", "answers-to-questions", "woo-decision")
    return any(
        one.name == "addressee" or (one.name == "kind" and one.value in letters) for one in found
    )


def _merged(found: Iterable[Found], of_file: Iterable[Found]) -> list[Found]:
    """Each value once, the text's before the file's, in the order of the names."""
    kept: dict[tuple[str, str], Found] = {}
    for one in (*found, *of_file):
        kept.setdefault((one.name, " ".join(one.value.casefold().split())), one)
    return sorted(kept.values(), key=lambda one: _ORDER.index(one.name))
