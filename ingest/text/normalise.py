"""From the source lines of a block to one line of clean text that remembers its source.

What happens here: line ends become spaces, line-end hyphens go (or stay, where they belong to the
word), invisible characters and bookmarks go, no-break and doubled spaces become one space, words
that lost a soft hyphen are joined again, note references leave the text and are recorded.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.document import Line, MappedText, NoteReference, Span
from ingest.text.words import CONJUNCTIONS, Vocabulary, alone_at_end, alpha_at_start

_INVISIBLE = "\u00ad\u00ac\u200b\u2060\ufeff"
_HYPHENS = frozenset("-\u2010")
_KEEP_HYPHEN = frozenset(["non", "niet", "ex", "oud", "pro", "semi", "quasi", "vice"])
_WORD_AT_END = re.compile(r"[^\W_][\w+]*$")
_WORD_AT_START = re.compile(r"[^\W\d_]+")
_LINKED = re.compile(r"-(?:en|of|in|op|aan|tot|van|de)$")  # "hulp-en-handelsagenda"
_STRETCH = re.compile(
    rf"(?P<words>[^\s{_INVISIBLE}]+(?: [^\s{_INVISIBLE}]+)*)|(?P<space>\s+)|[{_INVISIBLE}]+"
)
_PARTICLE = 3  # letters; a word this short is seldom the second half of a broken one
_TITLE = 120  # characters; where a title's line ends, a compound may have lost its hyphen
_TAIL = 200  # characters; longer than any word or address that goes on behind a line end
_BREAK_IN_URL = re.compile(r"(?:https?://|www\.)\S*[./_=?&-]$")


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
        if "[" not in line.text:
            continue
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
    ends: set[int] = field(default_factory=set)  # source offsets of line ends
    notes: list[tuple[str, int, Span]] = field(default_factory=list)  # label, text position, source

    def add(self, text: str, offset: int) -> None:
        """Add characters that stand in a row in the source."""
        self.characters.extend(text)
        self.offsets.extend(range(offset, offset + len(text)))

    def add_space(self, offset: int, width: int = 1) -> None:
        """Add a space that is ``width`` characters wide in the source."""
        if self.characters and self.characters[-1] != " ":
            self.add(" ", offset)
            width -= 1
        if self.characters and width:
            self.wide.add(self.offsets[-1])

    def drop_last(self) -> None:
        """Take the last character away again."""
        self.characters.pop()
        self.offsets.pop()

    def tail(self) -> str:
        """The last characters."""
        return "".join(self.characters[-_TAIL:])


class Normaliser:
    """Makes the clean text of blocks; ``cuts`` says by source offset what is left out."""

    def __init__(self, cuts: Mapping[int, Cut], vocabulary: Vocabulary) -> None:
        self._cuts = [cuts[start] for start in sorted(cuts)]
        self._starts = [cut.span.start for cut in self._cuts]
        self._vocabulary = vocabulary
        lost = "|".join(sorted(vocabulary.lost_hyphens))
        self._lost = re.compile(rf"(?<![\w-])(?:{lost})(?![\w-])", re.IGNORECASE) if lost else None
        broken = "|".join([*sorted(vocabulary.lost_ligatures), r"[^\W\d_]*\ufffd[^\W\d_]*"])
        self._broken = re.compile(rf"(?<![^\W\d_])(?:{broken})(?![^\W\d_])", re.IGNORECASE)
        self._ligatures = bool(vocabulary.lost_ligatures)

    def text(self, pieces: Sequence[Line]) -> tuple[MappedText, tuple[NoteReference, ...]]:
        """The clean text of (parts of) source lines, and the note references that stood in it."""
        draft = _Draft()
        previous: Line | None = None
        for piece in pieces:
            if not piece.text.strip():
                continue
            if previous is not None:
                _join(draft, previous, piece, self._vocabulary)
            self._append(draft, piece)
            previous = piece
        while draft.characters and draft.characters[-1] == " ":
            draft.drop_last()
        _mend(draft, self._vocabulary)
        if self._ligatures or "\ufffd" in draft.characters:
            _put_ligatures(draft, self._broken, self._vocabulary)
        if self._lost is not None and _is_title(draft):
            _put_hyphens(draft, self._lost, self._vocabulary)
        text = MappedText("".join(draft.characters), tuple(draft.offsets))
        end = len(text.text)
        notes = tuple(NoteReference(label, min(at, end), span) for label, at, span in draft.notes)
        return text, notes

    def _append(self, draft: _Draft, piece: Line) -> None:
        """Add a line, without its indent, its invisible characters and its cuts."""
        offset = piece.start
        for number in range(bisect_left(self._starts, offset), len(self._cuts)):
            cut = self._cuts[number]
            if cut.span.start >= piece.end:
                break
            if cut.span.start < offset:
                continue
            _add(draft, piece, offset, cut.span.start)
            if cut.label:
                draft.notes.append((cut.label, len(draft.characters), cut.mark or cut.span))
            offset = cut.span.end
        _add(draft, piece, offset, piece.end)


def normalise(
    pieces: Sequence[Line], cuts: Mapping[int, Cut], vocabulary: Vocabulary
) -> tuple[MappedText, tuple[NoteReference, ...]]:
    """The clean text of one block's source lines and the note references that stood in it."""
    return Normaliser(cuts, vocabulary).text(pieces)


def _add(draft: _Draft, piece: Line, start: int, end: int) -> None:
    """Add the part of a line between two source offsets."""
    for match in _STRETCH.finditer(piece.text, start - piece.start, max(end - piece.start, 0)):
        stretch = match.group()
        if match.lastgroup == "words":
            draft.add(stretch, piece.start + match.start())
        elif match.lastgroup == "space":
            draft.add_space(piece.start + match.start(), len(stretch))


def _join(draft: _Draft, previous: Line, following: Line, vocabulary: Vocabulary) -> None:
    """Prepare the end of the text for the next line: a space, or the two halves of a word."""
    while draft.characters and draft.characters[-1] == " ":
        draft.drop_last()
    if not draft.characters:
        return
    if previous.text.rstrip()[-1:] in _INVISIBLE:
        return
    last = draft.characters[-1]
    first = following.text.lstrip()
    if last in "./_=?&-" and _goes_on(last, first) and _BREAK_IN_URL.search(draft.tail()):
        return  # an address keeps its hyphens, and gets no space
    if last in _HYPHENS:
        _join_hyphen(draft, previous, first, vocabulary)
    else:
        draft.add_space(previous.end)
        draft.ends.add(previous.end)


def _goes_on(last: str, first: str) -> bool:
    """Whether an address can go on with the next line; a full stop may also end its sentence."""
    return first[:1].islower() or (last != "." and first[:1].isalnum())


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


def _mend(draft: _Draft, vocabulary: Vocabulary) -> None:
    """Join words that a lost soft hyphen or no-break space split in two.

    Only when the joined word occurs elsewhere in the document, and either the gap was wider than
    one space or the vocabulary supports it: "nog niet in zicht" stays as it is.
    """
    words = "".join(draft.characters).split(" ")
    gaps: list[int] = []  # positions of the spaces that go
    offsets, wide, together = draft.offsets, draft.wide, vocabulary.together
    linked = vocabulary.linked_fronts
    title = len(offsets) <= _TITLE
    position = len(words[0])
    front = words[0]
    for rest in words[1:]:
        gap = offsets[position] in wide
        joined = front + rest
        may_be = gap or joined.lower() in together or front in linked or not joined.isalpha()
        ended = title and offsets[position] in draft.ends and joined.isalpha()
        if (may_be and _is_split(front, rest, gap, vocabulary)) or (
            ended and front.islower() and rest.islower() and vocabulary.are_nouns(front, rest)
        ):
            gaps.append(position)
            front += rest
        else:
            front = rest
        position += len(rest) + 1
    for place in reversed(gaps):
        del draft.characters[place], draft.offsets[place]
    if gaps:
        draft.notes = [(label, at - bisect_left(gaps, at), s) for label, at, s in draft.notes]


def _put_ligatures(draft: _Draft, broken: re.Pattern[str], vocabulary: Vocabulary) -> None:
    """Put back the letters of ligatures that the extraction lost, where the whole word is known.

    They have the source offset of the sign that stands for them, or of the letter before.
    """
    for match in reversed(list(broken.finditer("".join(draft.characters)))):
        place, letters = vocabulary.ligature(match.group())
        if not letters:
            continue
        at = match.start() + place
        width = 1 if draft.characters[at] == "\ufffd" else 0
        offset = draft.offsets[at if width else at - 1]
        draft.characters[at : at + width] = letters
        draft.offsets[at : at + width] = [offset] * len(letters)
        more = len(letters) - width
        draft.notes = [(n, p + more if p > at else p, span) for n, p, span in draft.notes]


def _is_title(draft: _Draft) -> bool:
    """Whether a text is short and no sentence."""
    return 0 < len(draft.characters) <= _TITLE and draft.characters[-1] not in ".!?;:,"


def _put_hyphens(draft: _Draft, lost: re.Pattern[str], vocabulary: Vocabulary) -> None:
    """Put back the hyphens of a title's words that the document writes with one elsewhere.

    A hyphen that is put in has the source offset of the letter before it.
    """
    for match in reversed(list(lost.finditer("".join(draft.characters)))):
        word = vocabulary.hyphenated(match.group())
        for found in re.finditer("-", word):
            at = match.start() + found.start()
            draft.characters.insert(at, "-")
            draft.offsets.insert(at, draft.offsets[at - 1])
            draft.notes = [(n, p + 1 if p >= at else p, s) for n, p, s in draft.notes]


def _is_split(before: str, after: str, wide: bool, vocabulary: Vocabulary) -> bool:
    """Whether two pieces of text in a row end and begin with the halves of one word."""
    if not (after[:1].islower() and before[-1:].isalpha()):
        return False
    front = before if before.isalpha() else alone_at_end(before)
    rest = after if after.isalpha() else alpha_at_start(after)
    if not front or not rest.islower():
        return False
    if not vocabulary.is_known(front + rest):
        prefixed = wide and vocabulary.is_prefixed(front, rest)
        return prefixed or vocabulary.is_linked_front(front, rest)
    return (wide and len(rest) > _PARTICLE) or vocabulary.was_split(front, rest)
