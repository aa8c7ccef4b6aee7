"""From the source lines of a block to one line of clean text that remembers its source.

What happens here: line ends become spaces, line-end hyphens go (or stay, where they belong to the
word), invisible characters and bookmarks go, no-break and doubled spaces become one space, words
that lost a soft hyphen are joined again, note references leave the text and are recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.document import Line, MappedText, NoteReference, Span
from ingest.text.words import CONJUNCTIONS, Vocabulary

_INVISIBLE = frozenset("\u00ad\u00ac\u200b\u2060\ufeff")
_HYPHENS = frozenset("-\u2010")
_KEEP_HYPHEN = frozenset(["non", "niet", "ex", "oud", "pro", "semi", "quasi", "vice"])
_WORD_AT_END = re.compile(r"[^\W_][\w+]*$")
_WORD_AT_START = re.compile(r"[^\W\d_]+")
_LINKED = re.compile(r"-(?:en|of|in|op|aan|tot|van|de)$")  # "hulp-en-handelsagenda"
_BREAK_IN_URL = re.compile(r"(?:https?://|www\.)\S*[./_=?&]$")


@dataclass(frozen=True, slots=True)
class Cut:
    """Source text that is left out: a bookmark, or a note reference with its label.

    ``span`` is everything that goes; ``mark`` is the reference itself (without the punctuation
    that separated two references).
    """

    span: Span
    label: str = ""
    mark: Span | None = None


_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")


def bookmark_cuts(lines: Sequence[Line]) -> dict[int, Cut]:
    """The word processor's bookmarks that an extractor printed, by source offset."""
    cuts: dict[int, Cut] = {}
    for line in lines:
        for match in _BOOKMARK.finditer(line.text):
            span = Span(line.start + match.start(), line.start + match.end())
            cuts[span.start] = Cut(span)
    return cuts


@dataclass(slots=True)
class _Draft:
    """Text under construction: parallel lists, so that each character keeps its offset."""

    characters: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    wide: set[int] = field(default_factory=set)  # source offsets of spaces wider than one
    notes: list[tuple[str, int, Span]] = field(default_factory=list)  # label, text position, source

    def add(self, character: str, offset: int) -> None:
        self.characters.append(character)
        self.offsets.append(offset)

    def add_space(self, offset: int) -> None:
        if self.characters and self.characters[-1] != " ":
            self.add(" ", offset)
        elif self.characters:
            self.wide.add(self.offsets[-1])

    def drop_last(self) -> None:
        self.characters.pop()
        self.offsets.pop()

    def tail(self, size: int = 200) -> str:
        return "".join(self.characters[-size:])


def normalise(
    pieces: Sequence[Line], cuts: Mapping[int, Cut], vocabulary: Vocabulary
) -> tuple[MappedText, tuple[NoteReference, ...]]:
    """The clean text of a block's source lines and the note references that stood in it.

    ``pieces`` are (parts of) source lines in reading order; ``cuts`` says by source offset what
    is left out.
    """
    draft = _Draft()
    previous: Line | None = None
    for piece in pieces:
        if not piece.text.strip():
            continue
        if previous is not None:
            _join(draft, previous, piece, vocabulary)
        _append(draft, piece, cuts)
        previous = piece
    while draft.characters and draft.characters[-1] == " ":
        draft.drop_last()
    _mend(draft, vocabulary)
    text = MappedText("".join(draft.characters), tuple(draft.offsets))
    end = len(text.text)
    notes = tuple(NoteReference(label, min(at, end), span) for label, at, span in draft.notes)
    return text, notes


def _append(draft: _Draft, piece: Line, cuts: Mapping[int, Cut]) -> None:
    """Add one line's characters, without its indent, its invisible characters and its cuts."""
    offset = piece.start
    while offset < piece.end:
        if cut := cuts.get(offset):
            if cut.label:
                draft.notes.append((cut.label, len(draft.characters), cut.mark or cut.span))
            offset = cut.span.end
            continue
        character = piece.text[offset - piece.start]
        if character.isspace():
            draft.add_space(offset)
        elif character not in _INVISIBLE:
            draft.add(character, offset)
        offset += 1


def _join(draft: _Draft, previous: Line, following: Line, vocabulary: Vocabulary) -> None:
    """Prepare the end of the text for the next line: a space, or the two halves of a word."""
    while draft.characters and draft.characters[-1] == " ":
        draft.drop_last()
    if not draft.characters:
        return
    if previous.text.rstrip()[-1:] in _INVISIBLE:
        return
    tail = draft.tail()
    first = following.text.lstrip()
    if tail[-1] in _HYPHENS:
        _join_hyphen(draft, previous, first, vocabulary)
    elif not (_BREAK_IN_URL.search(tail) and first[:1].islower()):
        draft.add_space(previous.end)


def _join_hyphen(draft: _Draft, previous: Line, first: str, vocabulary: Vocabulary) -> None:
    tail = draft.tail()[:-1]
    front_match = _WORD_AT_END.search(tail)
    rest_match = _WORD_AT_START.match(first)
    if front_match is None:  # " -": a dash, or a hyphen after a lost character
        word = _WORD_AT_END.search(tail.rstrip())
        wide = tail.endswith(" ") and draft.offsets[-2] in draft.wide
        if word and rest_match and wide and vocabulary.is_known(word.group() + rest_match.group()):
            draft.drop_last()
            draft.drop_last()
        else:
            draft.add_space(previous.end)
    elif rest_match and rest_match.group().lower() in CONJUNCTIONS:
        draft.add_space(previous.end)
    elif _LINKED.search(tail):
        return
    elif rest_match and not _hyphen_belongs(front_match.group(), rest_match.group(), vocabulary):
        draft.drop_last()


def _hyphen_belongs(front: str, rest: str, vocabulary: Vocabulary) -> bool:
    """Whether a hyphen at a line end is part of the word ("non-gouvernementele")."""
    if rest[0].isupper() or front.lower() in _KEEP_HYPHEN:
        return True
    if any(not c.isalpha() for c in front) or any(c.isupper() for c in front[1:]):
        return True  # "VN-", "LHBTIQ+-"
    if len(front) == 1 and front.isupper():
        return True
    if vocabulary.occurs(front + rest):
        return False
    return vocabulary.occurs_hyphenated(front, rest)


_PARTICLE = 3  # letters; a word this short is seldom the second half of a broken one
_SPLIT_WORD = re.compile(r"(?<![\w-])([^\W\d_]+) (?=([^\W\d_]+))")


def _mend(draft: _Draft, vocabulary: Vocabulary) -> None:
    """Join words that a lost soft hyphen or no-break space split in two.

    Only when the joined word occurs elsewhere in the document, and either the gap was wider than
    one space or the vocabulary supports it: "nog niet in zicht" stays as it is.
    """
    position = 0
    text = "".join(draft.characters)
    while match := _SPLIT_WORD.search(text, position):
        front, rest = match[1], match[2]
        space = match.end() - 1
        wide = draft.offsets[space] in draft.wide
        known = vocabulary.is_known(front + rest)
        split = (wide and known and len(rest) > _PARTICLE) or vocabulary.was_split(front, rest)
        if split and rest.islower():
            del draft.characters[space], draft.offsets[space]
            draft.notes = [
                (label, at - 1 if at > space else at, span) for label, at, span in draft.notes
            ]
            text = "".join(draft.characters)
            position = match.start()
        else:
            position = match.end()
