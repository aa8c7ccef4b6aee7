"""An answer as GitHub-flavoured Markdown: a table, and its passages as numbered footnotes.

Syntax: https://github.github.com/gfm/ (tables in 4.10); footnotes as GitHub, Pandoc and most
editors read them (``[^1]``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from pyoxigraph import NamedNode

from queries import readable
from queries.catalogue import SavedQuery
from queries.contract import Column, in_group
from queries.readable import Address, Passage
from queries.rows import Answer, Row, Term
from queries.text import Bilingual

_PAGE = Bilingual(nl="blz. {}", en="p. {}")
_PASSAGE = Bilingual(nl="passage", en="passage")
_TRUTH = {True: Bilingual(nl="ja", en="yes"), False: Bilingual(nl="nee", en="no")}

# A colon that begins an address and the dot of www. are marks too: a bare address becomes a link.
_MARKS = re.compile(r"[\\`*_\[\]<>|~$&#!^]|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_SAFE = "/:?#[]@!$&'*+,;=%~"  # of an address; a bracket, bar or space would end the link


def markdown(query: SavedQuery, answer: Answer, language: str, address: Address) -> str:
    """The rows as a table with headings in a language, and below it a footnote for each passage.

    A thing links to where ``address`` has it; those addresses must be absolute to be of use
    elsewhere. A passage that several rows share has one footnote.
    """
    notes = _Footnotes(language, address)
    columns = readable.shown(query)
    groups = {in_group(prefix, "evidence"): prefix for prefix in readable.prefixes(query)}
    lines = [
        _line(escaped(column.label.in_language(language)) for column in columns),
        _line("---" for _ in columns),
    ]
    for row in answer.rows:
        cells = (
            notes.mark(row, groups[column.name])
            if column.name in groups
            else _cell(row, column, language, address)
            for column in columns
        )
        lines.append(_line(cells))
    return "\n".join([*lines, "", *notes.texts, ""]) if notes.texts else "\n".join([*lines, ""])


def escaped(text: str) -> str:
    """A text that reads in a cell exactly as it is: on one line, nothing of it markup."""
    return _MARKS.sub(lambda mark: "\\" + mark.group(), " ".join(text.split()))


class _Footnotes:
    """Numbers passages in the order in which they are first referred to."""

    def __init__(self, language: str, address: Address) -> None:
        self._language = language
        self._address = address
        self._numbers: dict[str, int] = {}
        self.texts: list[str] = []

    def mark(self, row: Row, prefix: str) -> str:
        """The reference to a row's passage; empty where the row has none."""
        passage = readable.passage(row, prefix)
        if passage is None:
            return ""
        number = self._numbers.get(passage.evidence)
        if number is None:
            number = self._numbers[passage.evidence] = len(self._numbers) + 1
            self.texts.append(f"[^{number}]: {self._text(passage)}")
        return f"[^{number}]"

    def _text(self, passage: Passage) -> str:
        parts = [f"“{escaped(passage.quote)}”"]
        if passage.title:
            parts.append(_link(escaped(passage.title), self._address(passage.document)))
        if passage.page is not None:
            parts.append(_PAGE.in_language(self._language).format(passage.page))
        place = self._address(passage.evidence)
        if place:
            parts.append(_link(_PASSAGE.in_language(self._language), place))
        return ", ".join(parts) + "."


def _cell(row: Row, column: Column, language: str, address: Address) -> str:
    term = row.get(column.name)
    if term is None:
        return ""
    if column.separator is not None:
        iris = readable.listed(term, column.separator)
        return ", ".join(_link(escaped(readable.local_name(iri)), address(iri)) for iri in iris)
    if isinstance(term, NamedNode):
        return _link(escaped(readable.label(row, column.name)), address(term.value))
    return escaped(_literal(term, language))


def _literal(term: Term, language: str) -> str:
    value = readable.value(term)
    if isinstance(value, bool):
        return _TRUTH[value].in_language(language)
    # A fraction as the graph writes it: 0.10 stays 0.10.
    return term.value if isinstance(value, float) else str(value)


def _link(text: str, target: str | None) -> str:
    return f"[{text}]({quote(target, safe=_SAFE)})" if target else text


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
