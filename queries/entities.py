"""The entities of a class with their names and identifiers: for reading what a user calls one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode

from ontology.names import DATA_PATH
from queries.rows import Row
from queries.tokens import values_blocks

NEAREST = 5
_SIMILAR = 0.6  # of difflib's ratio, from 0 to 1
_TELLING = re.compile(r"[A-Za-z]|\d{3}")
_RELATIONS = ("exact", "close", "related")
_NAMES = Path(__file__).parent / "names.rq"


def names_query(class_: NamedNode) -> str:
    """The SELECT over a class of which :meth:`Entities.of` reads the rows."""
    text = _NAMES.read_text(encoding="utf-8")
    (block,) = [one for one in values_blocks(text) if one.variables == ("class",)]
    return f"{text[: block.content_start]} {class_} {text[block.content_end :]}"


class Entities:
    """Entities by IRI, each with its names in any language and its identifiers elsewhere.

    An identifier is (entity, identifier, relation): an IRI, or a code with its list ("M49:231");
    the relation is ``exact``, ``close`` or ``related``.
    """

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        base: str,
        identifiers: Iterable[tuple[str, str, str]] = (),
    ) -> None:
        self._iris: dict[str, None] = {}
        self._called: dict[str, dict[str, None]] = {}
        self._base = base
        for iri, name in names:
            self._iris[iri] = None
            self._called.setdefault(folded(name), {})[iri] = None
        self._identified: dict[str, dict[str, dict[str, None]]] = {one: {} for one in _RELATIONS}
        for iri, identifier, relation in identifiers:
            for form in _forms(identifier):
                self._identified[relation].setdefault(form, {})[iri] = None

    @classmethod
    def of(cls, rows: Iterable[Row], base: str) -> Entities:
        """The entities in the answer to :func:`names_query`."""
        names: list[tuple[str, str]] = []
        identifiers: list[tuple[str, str, str]] = []
        for row in rows:
            iri, name = row["entity"].value, row["name"].value if "name" in row else ""
            names.append((iri, name))
            if "identifier" in row:
                found = row["identifier"].value, row["relation"].value
                identifiers.append((iri, *found))
        return cls(names, base, identifiers)

    def __contains__(self, iri: str) -> bool:
        return iri in self._iris

    def __len__(self) -> int:
        return len(self._iris)

    def called(self, name: str) -> tuple[str, ...]:
        """The entities that a name belongs to, whatever its capitals and accents."""
        return tuple(self._called.get(folded(name), ()))

    def identified(self, text: str) -> tuple[str, ...]:
        """The entities that an identifier elsewhere is of: exactly, or else by a close match."""
        form = _form(text)
        kinds = (self._identified[relation].get(form, {}) for relation in _RELATIONS[:2])
        return next((tuple(one) for one in kinds if one), ())

    def nearest(self, text: str) -> tuple[str, ...]:
        """The entities related to what a text identifies, or else most like it, best first."""
        related = self._identified["related"].get(_form(text), {})
        return tuple(related)[:NEAREST] or self._alike(text)

    def _alike(self, text: str) -> tuple[str, ...]:
        wanted = folded(text.rpartition("/")[2].replace("-", " "))
        close = get_close_matches(wanted, self._by_word, NEAREST * 2, _SIMILAR)
        found = {iri: None for word in close for iri in self._by_word[word]}
        if not found:
            found = {
                iri: None
                for word, iris in self._by_word.items()
                if len(wanted) > 2 and wanted in word
                for iri in iris
            }
        return tuple(found)[:NEAREST]

    @cached_property
    def _by_word(self) -> Mapping[str, Iterable[str]]:
        """The entities by their names, and by the last part of their paths."""
        words: dict[str, dict[str, None]] = {
            name: dict(iris) for name, iris in self._called.items()
        }
        for iri in self._iris:
            local = iri.removeprefix(self._base + DATA_PATH).rpartition("/")[2]
            words.setdefault(folded(local.replace("-", " ")), {})[iri] = None
        return words


def _forms(identifier: str) -> Iterator[str]:
    """How an identifier may be given: an IRI as it is, a code with its list, and also without it
    unless it is a number so short that it may just as well be of another list.
    """
    yield _form(identifier)
    code = identifier.partition(":")[2]
    if "//" not in identifier and _TELLING.search(code):
        yield _form(code)


def _form(text: str) -> str:
    """An identifier to compare: no capitals, and http for https, of which lists have either."""
    return folded(text).replace("https://", "http://", 1)


def folded(text: str) -> str:
    """A text without capitals, accents and doubled spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())
